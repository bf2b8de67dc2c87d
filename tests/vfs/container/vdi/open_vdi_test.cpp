// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vdi/open_vdi.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/disk/vdi_builder.h"
#include "tests/support/real_data.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
namespace fx = casement::fixture;

namespace {

fx::VdiBlock data_block(std::uint32_t seed, std::size_t size = 512) {
  return {fx::VdiBlockKind::data, pattern(size, seed)};
}

/// data, free, zero, data, data.
std::vector<fx::VdiBlock> some_blocks() {
  return {data_block(1), {}, {fx::VdiBlockKind::zero}, data_block(4), data_block(5)};
}

ByteVector some_disk() {
  return join({pattern(512, 1), ByteVector(1024), pattern(512, 4), pattern(512, 5)});
}

const fx::Guid base_id = fx::derived_guid("base");
const fx::Guid base_state = fx::derived_guid("state of base");

ByteVector base_image() {
  return fx::build_vdi({.id = base_id, .modified_id = base_state}, some_blocks());
}

/// Block 1 is its own and block 3 is zeros; the others are of the parent.
ByteVector child_image(const fx::Guid& parent = base_id, const fx::Guid& state = base_state) {
  return fx::build_vdi({.type = 4,
                        .id = fx::derived_guid("child"),
                        .parent_id = parent,
                        .parent_modified_id = state},
                       {{}, data_block(21), {}, {fx::VdiBlockKind::zero}, {}});
}

ByteVector child_disk() {
  return join({pattern(512, 1), pattern(512, 21), ByteVector(1024), pattern(512, 5)});
}

struct VdiFolder {
  explicit VdiFolder(MemoryFolder::Files files, const Limits& limits = {})
      : folder(std::make_shared<MemoryFolder>(std::move(files))),
        opener(std::vector<ContainerFormat>{vdi_format}, limits) {}
  explicit VdiFolder(ByteVector image)
      : VdiFolder(MemoryFolder::Files{{"disk.vdi", std::move(image)}}) {}

  Result<OpenedContainer> open() const { return opener.open(folder, "disk.vdi"); }

  ImageFolderPtr folder;
  DiskOpener opener;
};

const std::array mutations{
    Mutation{"version 0.1", 0x44, {1, 0, 0, 0}, Status::unsupported},
    Mutation{"type 0", 0x4C, {0}, Status::unsupported},
    Mutation{"type 5", 0x4C, {5}, Status::unsupported},
    Mutation{"a map past the end", 0x156, {1}, Status::truncated},
    Mutation{"a disk larger than its map", 0x171, {0x7F}, Status::corrupt},
    Mutation{"a disk of 2^64 bytes", 0x177, {0xFF}, Status::corrupt},
    Mutation{"blocks of no bytes", 0x179, {0}, Status::corrupt},
    Mutation{"blocks of 513 bytes", 0x178, {1}, Status::corrupt},
    Mutation{"blocks of 2 GiB", 0x17B, {0x80}, Status::corrupt},
    Mutation{"no blocks", 0x180, {0}, Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_vdi)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_block_across_their_boundaries) {
  const auto opened = must(VdiFolder(fx::build_vdi({}, some_blocks())).open());
  BOOST_TEST(opened.format == "vdi");
  BOOST_TEST(opened.detail == "dynamic, 2560 bytes, 512 bytes blocks");
  BOOST_TEST(*opened.sector_size == 512U);
  BOOST_TEST(opened.diagnostics.empty());
  check_disk(*opened.disk, some_disk());
}

BOOST_AUTO_TEST_CASE(blocks_may_lie_in_any_order_and_have_something_before_them) {
  check_disk(*must(VdiFolder(fx::build_vdi({.backwards = true}, some_blocks())).open()).disk,
             some_disk());
  check_disk(*must(VdiFolder(fx::build_vdi({.block_extra = 100}, some_blocks())).open()).disk,
             some_disk());
  const auto fixed =
      must(VdiFolder(fx::build_vdi({.type = 2, .disk_size = 2500}, some_blocks())).open());
  BOOST_TEST(mentions(fixed.detail, {"fixed"}));
  check_disk(*fixed.disk, prefix(some_disk(), 2500));
}

BOOST_AUTO_TEST_CASE(blocks_that_lie_one_after_another_are_one_read) {
  const auto counted = std::make_shared<CountingSource>(
      make_memory_source(fx::build_vdi({}, some_blocks()), "disk.vdi"));
  const VdiFolder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open({counted, "disk.vdi", folder.folder, 1}));
  const std::size_t before = counted->reads();
  (void)read_range(*opened.disk, 3 * 512 + 10, 900);
  BOOST_TEST(counted->reads() - before == 1U);
  (void)read_range(*opened.disk, 512, 1024);
  BOOST_TEST(counted->reads() - before == 1U);
}

BOOST_DATA_TEST_CASE(rejects, bdata::make(mutations), mutation) {
  const ByteVector image = fx::build_vdi({}, some_blocks());
  BOOST_TEST(is_status(VdiFolder(mutate(image, mutation.offset, mutation.bytes)).open(),
                       mutation.expected));
}

BOOST_AUTO_TEST_CASE(maps_obey_their_limit) {
  Limits limits;
  limits.max_table_size = 20;
  const ByteVector image = fx::build_vdi({}, some_blocks());
  BOOST_TEST(is_ok(VdiFolder({{"disk.vdi", image}}, limits).open()));
  limits.max_table_size = 19;
  BOOST_TEST(is_status(VdiFolder({{"disk.vdi", image}}, limits).open(), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(a_block_past_the_end_fails_and_hides_no_other) {
  const ByteVector image = fx::build_vdi({}, some_blocks());
  const auto opened =
      must(VdiFolder(mutate(image, 0x200 + 4 * 3, std::array<std::uint8_t, 1>{0x77})).open());
  std::array<std::byte, 8> bytes{};
  BOOST_TEST(is_status(opened.disk->read(3 * 512, bytes), Status::truncated));
  BOOST_TEST((read_range(*opened.disk, 4 * 512, 512) == pattern(512, 5)));
}

BOOST_AUTO_TEST_CASE(parents_are_found_by_their_number_wherever_virtualbox_keeps_them) {
  const std::string own_name = "{" + base_id.text() + "}.vdi";
  for (const std::string& place : {std::string("Base.VDI"), own_name, "Snapshots/" + own_name,
                                   std::string("Snapshots/other.vdi")}) {
    const VdiFolder folder({{"disk.vdi", child_image()},
                            {"another.vdi", fx::build_vdi({}, some_blocks())},
                            {"broken.vdi", pattern(100, 1)},
                            {place, base_image()}});
    const auto opened = must(folder.open());
    check_disk(*opened.disk, child_disk());
    BOOST_TEST(opened.other_files == std::vector<std::string>{place});
    BOOST_TEST(mentions(opened.detail, {"differencing", base_id.text().c_str()}));
    BOOST_TEST(opened.diagnostics.empty());
  }
  const VdiFolder above({{"Snapshots/x.vdi", child_image()}, {"base.vdi", base_image()}});
  const auto opened = must(above.opener.open(above.folder->folder_of("Snapshots/x.vdi"), "x.vdi"));
  check_disk(*opened.disk, child_disk());
}

BOOST_AUTO_TEST_CASE(a_missing_parent_is_named_and_a_changed_one_is_a_finding) {
  const auto missing = VdiFolder(child_image()).open();
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(
      mentions(missing.error().message(), {"parent disk", base_id.text().c_str(), "memory/"}));
  const VdiFolder folder(
      {{"disk.vdi", child_image(base_id, fx::derived_guid("older"))}, {"base.vdi", base_image()}});
  const auto opened = must(folder.open());
  BOOST_TEST(has_finding(opened, "vdi-parent-changed"));
  check_disk(*opened.disk, child_disk());
  const auto orphan = must(VdiFolder(child_image(fx::Guid{})).open());
  BOOST_TEST(has_finding(orphan, "vdi-no-parent"));
}

BOOST_AUTO_TEST_CASE(loops_end_at_the_limit_of_the_chain) {
  const auto loop = VdiFolder(child_image(fx::derived_guid("child"))).open();
  BOOST_TEST(is_status(loop, Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(survives_truncation_and_flipped_bytes) {
  const ByteVector image = fx::build_vdi({}, some_blocks());
  for (std::size_t size = 0; size < image.size(); ++size) {
    if (const auto opened = VdiFolder(prefix(image, size)).open()) {
      touch(*opened->disk);
    }
  }
  std::size_t opened_images = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    for (const std::byte mask : {std::byte{0x01}, std::byte{0xFF}}) {
      ByteVector damaged = image;
      damaged[i] ^= mask;
      if (const auto opened = VdiFolder(std::move(damaged)).open()) {
        touch(*opened->disk);
        ++opened_images;
      }
    }
  }
  BOOST_TEST(opened_images > 1000U);
}

BOOST_AUTO_TEST_CASE(other_files_are_not_ours) {
  const VdiFolder folder({{"a", {}}, {"b", pattern(0x43, 1)}, {"c", pattern(0x200, 2)}});
  for (const char* name : {"a", "b", "c"}) {
    const auto source = must(folder.folder->find(name));
    const ContainerFile file{source, name, folder.folder, 1};
    BOOST_TEST(!must(probe_vdi(file)));
    BOOST_TEST(!is_ok(open_vdi(file, folder.opener.context())));
  }
}

BOOST_AUTO_TEST_CASE(reads_a_real_image) {
  if (!have_real_data()) {
    return;
  }
  const VdiFolder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open(
      {real_source("disk/dissect_hypervisor/basic.vdi.gz"), "basic.vdi", folder.folder, 1}));
  BOOST_TEST(opened.detail == "dynamic, 10 MiB, 1 MiB blocks");
  // A megabyte of zeros; from there on 4 KiB block n is filled with n.
  const ByteVector disk = read_all(*opened.disk);
  BOOST_REQUIRE_EQUAL(disk.size(), std::size_t{10} << 20);
  for (std::size_t n = 0; n < disk.size() / 4096; ++n) {
    const auto value = static_cast<std::byte>(n < 256 ? 0 : n % 256);
    const auto block = std::span(disk).subspan(n * 4096, 4096);
    BOOST_REQUIRE_MESSAGE(std::ranges::count(block, value) == 4096, "block " << n);
  }
}

BOOST_AUTO_TEST_SUITE_END()
