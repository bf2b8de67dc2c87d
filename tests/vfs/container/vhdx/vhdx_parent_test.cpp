// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vhdx/vhdx_parent.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/vfs/container/vhdx/vhdx_support.h"
#include "vfs/container/vhdx/vhdx_file.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::ByteVector;
using fixture::DiskPiece;
using fixture::VhdxParentPlan;
using fixture::VhdxPlan;

constexpr std::uint64_t disk_size = 3 * mib;

VhdxPlan child_of(const std::string& parent, const std::string& seed) {
  VhdxPlan plan = small_plan(seed);
  plan.parent = VhdxParentPlan{.data_write_id = vhdx_data_write_id(small_plan(parent)),
                               .relative_path = ".\\" + parent + ".vhdx",
                               .absolute_path = "C:\\vm\\" + parent + ".vhdx"};
  return plan;
}

const ByteVector& base_image() {
  static const ByteVector image = build_vhdx(
      fixture::sparse_disk(disk_size, {{0, filled(disk_size, 0xAA)}}), small_plan("base"));
  return image;
}

ByteVector child_image(const VhdxPlan& plan, std::vector<DiskPiece> writes) {
  return build_vhdx(fixture::sparse_disk(disk_size, std::move(writes)), plan);
}

/// Single sectors, runs, written zeros, a whole block, and nothing in the middle one.
std::vector<DiskPiece> some_writes() {
  return {{4096, filled(4096, 0x11)},
          {65536, filled(3 * 4096, 0x22)},
          {262144, filled(4096, 0)},
          {mib - 4096, filled(4096, 0x33)},
          {2 * mib, filled(mib, 0x44)}};
}

ByteVector merged(const std::vector<DiskPiece>& writes) {
  ByteVector disk = filled(disk_size, 0xAA);
  for (const DiskPiece& piece : writes) {
    fixture::put_bytes(disk, piece.offset, piece.bytes);
  }
  return disk;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhdx_parent)

BOOST_DATA_TEST_CASE(sectors_come_from_the_child_or_its_parent, bdata::make({512U, 4096U}),
                     sector) {
  VhdxPlan plan = child_of("base", "child");
  plan.logical_sector_size = sector;
  MemoryFolder folder;
  folder.add("base.vhdx", base_image());
  folder.add("child.vhdx", child_image(plan, some_writes()));
  const auto opened = must(open_image_file(folder.file("child.vhdx")));
  const ByteVector expected_disk = merged(some_writes());
  BOOST_TEST((read_all(*opened.disk) == expected_disk));
  for (const std::uint64_t center : {std::uint64_t{4096}, std::uint64_t{65536}, mib, 2 * mib}) {
    for (std::uint64_t offset = center - 4096; offset < center + 9000; offset += 617) {
      ByteVector out(7001);
      must(opened.disk->read(offset, out));
      BOOST_REQUIRE(std::equal(out.begin(), out.end(),
                               expected_disk.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
  }
  BOOST_TEST((opened.other_files == std::vector<std::string>{"base.vhdx"}));
  BOOST_TEST(opened.detail == "differencing, 3 MiB, 1 MiB blocks");
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
  const auto states =
      must(must(VhdxFile::open(folder.file("child.vhdx").source, {})).block_table({}))
          .count_states();
  BOOST_TEST(states[0] == 1U);
  BOOST_TEST(states[6] == 1U);
  BOOST_TEST(states[7] == 1U);
}

BOOST_AUTO_TEST_CASE(a_partial_block_needs_its_bitmap_once) {
  MemoryFolder plain;
  plain.add("child.vhdx", child_image(child_of("base", "child"), some_writes()));
  const auto counted = std::make_shared<CountingSource>(plain.file("child.vhdx").source);
  MemoryFolder folder;
  folder.add("base.vhdx", base_image());
  folder.add("child.vhdx", counted);
  const auto opened = must(open_image_file(folder.file("child.vhdx")));
  ByteVector out(512);
  std::size_t before = counted->reads();
  must(opened.disk->read(4096, out));
  BOOST_TEST(counted->reads() == before + 2);
  must(opened.disk->read(65536, out));
  BOOST_TEST(counted->reads() == before + 3);
  before = counted->reads();
  must(opened.disk->read(8192, out));  // the parent's
  BOOST_TEST(counted->reads() == before);
}

BOOST_AUTO_TEST_CASE(a_partial_block_without_its_bitmap_spoils_itself_alone) {
  ByteVector image = child_image(child_of("base", "child"), some_writes());
  // The entry after the 4096 blocks of the chunk.
  const std::uint64_t entry = fixture::vhdx_block_table(small_plan()) + 4096 * 8;
  BOOST_REQUIRE(fixture::get_u64(image, entry) % 8 == 6);
  fixture::put_u64(image, entry, 0);
  MemoryFolder folder;
  folder.add("base.vhdx", base_image());
  folder.add("child.vhdx", std::move(image));
  const auto opened = must(open_image_file(folder.file("child.vhdx")));
  ByteVector out(512);
  BOOST_TEST(is_status(opened.disk->read(4096, out), Status::corrupt));
  BOOST_TEST(is_ok(opened.disk->read(mib, out)));
  BOOST_TEST(is_ok(opened.disk->read(2 * mib, out)));
}

BOOST_AUTO_TEST_CASE(dirty_children_of_dirty_parents_are_replayed) {
  VhdxPlan middle = child_of("base", "middle");
  middle.log = fixture::VhdxLogPlan{.writes = {{2 * mib + 4096, filled(4096, 0x55)}}};
  VhdxPlan last = child_of("middle", "last");
  last.log = fixture::VhdxLogPlan{.writes = {{2 * mib + 8192, filled(4096, 0x66)}}};
  MemoryFolder folder;
  folder.add("base.vhdx", base_image());
  folder.add("middle.vhdx", child_image(middle, some_writes()));
  folder.add("last.vhdx", child_image(last, {{2 * mib, filled(mib, 0x77)}}));
  const auto from_middle = must(open_image_file(folder.file("middle.vhdx")));
  auto writes = some_writes();
  writes.push_back({2 * mib + 4096, filled(4096, 0x55)});
  BOOST_TEST((read_all(*from_middle.disk) == merged(writes)));
  const auto opened = must(open_image_file(folder.file("last.vhdx")));
  writes.push_back({2 * mib, filled(mib, 0x77)});
  writes.push_back({2 * mib + 8192, filled(4096, 0x66)});
  BOOST_TEST((read_all(*opened.disk) == merged(writes)));
  BOOST_TEST((opened.other_files == std::vector<std::string>{"middle.vhdx", "base.vhdx"}));
}

BOOST_AUTO_TEST_CASE(a_missing_parent_is_named_with_the_places) {
  VhdxPlan plan = child_of("base", "child");
  plan.parent->relative_path = "..\\base\\one.vhdx";
  plan.parent->absolute_path = "C:\\vm\\two.vhdx";
  plan.parent->volume_path = "\\\\?\\Volume{0eba351e-5634-46d6-a8cf-4ddc2d6ac0b9}\\three.vhdx";
  MemoryFolder folder;
  folder.add("child.vhdx", child_image(plan, {}));
  const auto opened = open_image_file(folder.file("child.vhdx"));
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(mentions(opened.error().message(),
                      {"child.vhdx", "../base/one.vhdx", "\"one.vhdx\"", "two.vhdx", "three.vhdx",
                       "/memory", plan.parent->data_write_id.text().c_str()}));
  for (const char* name : {"../base/one.vhdx", "one.vhdx", "two.vhdx", "three.vhdx"}) {
    MemoryFolder one;
    one.add("child.vhdx", child_image(plan, {}));
    one.add(name, base_image());
    BOOST_TEST(is_ok(open_image_file(one.file("child.vhdx"))), name);
  }
}

BOOST_AUTO_TEST_CASE(the_linkage_must_match) {
  MemoryFolder folder;
  folder.add("base.vhdx", build_vhdx(fixture::sparse_disk(disk_size, {}), small_plan("stranger")));
  VhdxPlan plan = child_of("base", "child");
  folder.add("child.vhdx", child_image(plan, {}));
  const auto opened = open_image_file(folder.file("child.vhdx"));
  BOOST_TEST(is_status(opened, Status::corrupt));
  BOOST_TEST(mentions(opened.error().message(),
                      {plan.parent->data_write_id.text().c_str(),
                       vhdx_data_write_id(small_plan("stranger")).text().c_str()}));
  // The second linkage counts, too.
  plan.parent->second_id = vhdx_data_write_id(small_plan("stranger"));
  folder.add("child.vhdx", child_image(plan, {}));
  BOOST_TEST(is_ok(open_image_file(folder.file("child.vhdx"))));
  // So does a file further on in the search.
  plan = child_of("base", "child");
  plan.parent->absolute_path = "C:\\right.vhdx";
  folder.add("child.vhdx", child_image(plan, {}));
  folder.add("right.vhdx", base_image());
  BOOST_TEST((read_all(*must(open_image_file(folder.file("child.vhdx"))).disk) == merged({})));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_vhdx_is_not_the_parent) {
  MemoryFolder folder;
  folder.add("base.vhdx", filled(4096, 1));
  folder.add("child.vhdx", child_image(child_of("base", "child"), {}));
  const auto opened = open_image_file(folder.file("child.vhdx"));
  BOOST_TEST(is_status(opened, Status::corrupt));
  BOOST_TEST(mentions(opened.error().message(), {"base.vhdx: it is not a VHDX"}));
}

BOOST_AUTO_TEST_CASE(loops_and_long_chains_end) {
  MemoryFolder folder;
  folder.add("a.vhdx", child_image(child_of("b", "a"), {}));
  folder.add("b.vhdx", child_image(child_of("a", "b"), {}));
  folder.add("self.vhdx", child_image(child_of("self", "self"), {}));
  BOOST_TEST(is_status(open_image_file(folder.file("a.vhdx")), Status::limit_exceeded));
  BOOST_TEST(is_status(open_image_file(folder.file("self.vhdx")), Status::limit_exceeded));
  folder.add("base.vhdx", base_image());
  folder.add("child.vhdx", child_image(child_of("base", "child"), {}));
  Limits limits;
  limits.max_parent_chain = 1;
  BOOST_TEST(is_status(open_image_file(folder.file("child.vhdx"), limits), Status::limit_exceeded));
  limits.max_parent_chain = 2;
  BOOST_TEST(is_ok(open_image_file(folder.file("child.vhdx"), limits)));
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_a_parent_locator) {
  const ByteVector image = child_image(child_of("base", "child"), some_writes());
  const std::size_t locator = 2 * mib + 65536 + 8 + 8 + 4 + 4 + 16;
  BOOST_REQUIRE(std::to_integer<int>(image[locator]) == 0xB7);
  const SourcePtr source = as_source(image);
  const SourcePtr parent = as_source(base_image());
  for (std::size_t i = 0; i < 500; i += 3) {
    const auto flipped = std::make_shared<PatchedSource>(source);
    flipped->patch(locator + i, {image[locator + i] ^ std::byte{0xFF}});
    MemoryFolder folder;
    folder.add("base.vhdx", parent);
    folder.add("child.vhdx", flipped);
    (void)open_image_file(folder.file("child.vhdx"));
  }
}

BOOST_AUTO_TEST_CASE(overlapping_texts_of_a_locator_are_refused) {
  // 100 entries that all name the same 60,000 bytes.
  ByteVector raw(20 + 100 * 12 + 60000);
  fixture::put_bytes(raw, 0, fixture::Guid::parse("b04aefb7-d19e-4a81-b789-25b8e9445913").bytes);
  fixture::put_u16(raw, 18, 100);
  for (std::size_t i = 0; i < 100; ++i) {
    fixture::put_u32(raw, 20 + 12 * i, 1220);
    fixture::put_u32(raw, 24 + 12 * i, 1220);
    fixture::put_u16(raw, 30 + 12 * i, 60000);
  }
  BOOST_TEST(is_status(VhdxParentLocator::parse(raw), Status::corrupt));
  fixture::put_u16(raw, 18, 1);
  BOOST_TEST(is_ok(VhdxParentLocator::parse(raw)));
  raw[0] = std::byte{0};
  BOOST_TEST(is_status(VhdxParentLocator::parse(raw), Status::unsupported));
}

BOOST_AUTO_TEST_SUITE_END()
