// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vhd/vhd_parent.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/disk/vhd_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/vhd/disk_support.h"
#include "vfs/container/vhd/vhd_container.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
using fixture::ByteVector;
using fixture::DiskPiece;
using fixture::VhdParentPlan;
using fixture::VhdPlan;

constexpr std::uint64_t disk_size = 64 * 512;

ByteVector filled(std::size_t size, int value) {
  return ByteVector(size, static_cast<std::byte>(value));
}

VhdPlan plan_of(const std::string& seed) {
  VhdPlan plan;
  plan.seed = seed;
  plan.block_size = 8 * 512;
  return plan;
}

/// A child of the disk with the seed `parent`, which lies in "<parent>.vhd".
VhdPlan child_of(const std::string& parent, const std::string& seed) {
  VhdPlan plan = plan_of(seed);
  plan.parent = VhdParentPlan{.id = vhd_id(plan_of(parent)),
                              .name = "C:\\vm\\" + parent + ".vhd",
                              .relative_path = ".\\" + parent + ".vhd",
                              .absolute_path = "C:\\vm\\" + parent + ".vhd"};
  return plan;
}

ByteVector base_image() {
  return build_vhd(fixture::sparse_disk(disk_size, {{0, filled(disk_size, 0xAA)}}),
                   plan_of("base"));
}

ByteVector child_image(const VhdPlan& plan, std::vector<DiskPiece> writes) {
  return build_vhd(fixture::sparse_disk(disk_size, std::move(writes)), plan);
}

ByteVector merged(std::vector<DiskPiece> writes) {
  ByteVector disk = filled(disk_size, 0xAA);
  for (const DiskPiece& piece : writes) {
    std::ranges::copy(piece.bytes, disk.begin() + static_cast<std::ptrdiff_t>(piece.offset));
  }
  return disk;
}

/// Sectors 3 to 5 and 17, and a zero sector at 40: written zeros are not the parent's.
std::vector<DiskPiece> some_writes() {
  return {
      {3 * 512, filled(3 * 512, 0x11)}, {17 * 512, filled(512, 0x22)}, {40 * 512, filled(512, 0)}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhd_parent)

BOOST_AUTO_TEST_CASE(sectors_come_from_the_child_or_its_parent) {
  MemoryFolder folder;
  folder.add("base.vhd", base_image());
  folder.add("child.vhd", child_image(child_of("base", "child"), some_writes()));
  const auto opened = must(open_image_file(folder.file("child.vhd")));
  const ByteVector expected = merged(some_writes());
  BOOST_TEST((read_all(*opened.disk) == expected));
  for (std::size_t offset = 0; offset + 700 < disk_size; offset += 100) {
    ByteVector out(700);
    must(opened.disk->read(offset, out));
    BOOST_REQUIRE(
        std::equal(out.begin(), out.end(), expected.begin() + static_cast<std::ptrdiff_t>(offset)));
  }
  BOOST_TEST(opened.other_files == std::vector<std::string>{"base.vhd"},
             boost::test_tools::per_element());
  BOOST_TEST(opened.detail.starts_with("differencing, "));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_CASE(grandchildren_name_all_files_nearest_first) {
  MemoryFolder folder;
  folder.add("base.vhd", base_image());
  folder.add("child.vhd", child_image(child_of("base", "child"), some_writes()));
  folder.add("last.vhd", child_image(child_of("child", "last"), {{4 * 512, filled(512, 0x33)}}));
  const auto opened = must(open_image_file(folder.file("last.vhd")));
  auto writes = some_writes();
  writes.push_back({4 * 512, filled(512, 0x33)});
  BOOST_TEST((read_all(*opened.disk) == merged(writes)));
  BOOST_TEST((opened.other_files == std::vector<std::string>{"child.vhd", "base.vhd"}));
}

BOOST_AUTO_TEST_CASE(bitmaps_are_read_once) {
  MemoryFolder plain;
  plain.add("child.vhd", child_image(child_of("base", "child"), some_writes()));
  const auto counted = std::make_shared<CountingSource>(plain.file("child.vhd").source);
  MemoryFolder folder;
  folder.add("base.vhd", base_image());
  folder.add("child.vhd", counted);
  const auto opened = must(open_image_file(folder.file("child.vhd")));
  ByteVector out(512);
  must(opened.disk->read(3 * 512, out));
  const std::size_t before = counted->reads();
  must(opened.disk->read(4 * 512, out));
  BOOST_TEST(counted->reads() == before + 1);
}

BOOST_AUTO_TEST_CASE(looks_by_relative_path_first_then_by_the_names_of_the_others) {
  VhdPlan plan = child_of("base", "child");
  plan.parent->relative_path = "..\\vm\\.\\one.vhd";
  plan.parent->absolute_path = "D:\\other\\two.vhd";
  plan.parent->name = "three.vhd";
  MemoryFolder folder;
  folder.add("child.vhd", child_image(plan, {}));
  Diagnostics findings;
  const auto file = folder.file("child.vhd");
  const auto header = must(VhdDynamicHeader::read(*file.source, 512));
  const auto paths = vhd_parent_paths(*file.source, header, findings);
  const std::vector<std::string> expected = {"../vm/one.vhd", "one.vhd", "two.vhd", "three.vhd"};
  BOOST_TEST(paths.paths() == expected, boost::test_tools::per_element());
  BOOST_TEST(findings.empty());
  for (const char* name : {"../vm/one.vhd", "one.vhd", "two.vhd", "three.vhd"}) {
    MemoryFolder one;
    one.add("child.vhd", child_image(plan, {}));
    one.add(name, base_image());
    BOOST_TEST(is_ok(open_image_file(one.file("child.vhd"))), name);
  }
}

BOOST_AUTO_TEST_CASE(a_missing_parent_is_named_with_the_places) {
  MemoryFolder folder;
  folder.add("child.vhd", child_image(child_of("base", "child"), {}));
  const auto opened = open_image_file(folder.file("child.vhd"));
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(mentions(opened.error().message(), {"child.vhd", "base.vhd", "/memory",
                                                 vhd_id(plan_of("base")).text().c_str()}));
}

BOOST_AUTO_TEST_CASE(the_file_with_the_right_id_wins_over_the_first_one) {
  VhdPlan plan = child_of("base", "child");
  plan.parent->absolute_path = "C:\\right.vhd";
  MemoryFolder folder;
  folder.add("child.vhd", child_image(plan, {}));
  folder.add("base.vhd", build_vhd(fixture::sparse_disk(disk_size, {}), plan_of("stranger")));
  folder.add("right.vhd", base_image());
  const auto opened = must(open_image_file(folder.file("child.vhd")));
  BOOST_TEST((read_all(*opened.disk) == merged({})));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_CASE(another_id_is_a_finding) {
  MemoryFolder folder;
  folder.add("child.vhd", child_image(child_of("base", "child"), {}));
  folder.add("base.vhd", build_vhd(fixture::sparse_disk(disk_size, {}), plan_of("stranger")));
  const auto opened = must(open_image_file(folder.file("child.vhd")));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-parent-mismatch"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_vhd_is_not_the_parent) {
  MemoryFolder folder;
  folder.add("child.vhd", child_image(child_of("base", "child"), {}));
  folder.add("base.vhd", filled(disk_size, 0xAA));
  BOOST_TEST(is_status(open_image_file(folder.file("child.vhd")), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_smaller_parent_goes_on_as_zeros) {
  MemoryFolder folder;
  folder.add("base.vhd", build_vhd(fixture::sparse_disk(3 * 512, {{0, filled(3 * 512, 0xAA)}}),
                                   plan_of("base")));
  folder.add("child.vhd", child_image(child_of("base", "child"), {{512, filled(512, 0x11)}}));
  const ByteVector disk = read_all(*must(open_image_file(folder.file("child.vhd"))).disk);
  BOOST_TEST(std::to_integer<int>(disk[2 * 512]) == 0xAA);
  BOOST_TEST(std::to_integer<int>(disk[3 * 512]) == 0);
  BOOST_TEST(disk.size() == disk_size);
}

BOOST_AUTO_TEST_CASE(loops_end) {
  MemoryFolder folder;
  folder.add("a.vhd", child_image(child_of("b", "a"), {}));
  folder.add("b.vhd", child_image(child_of("a", "b"), {}));
  folder.add("self.vhd", child_image(child_of("self", "self"), {}));
  BOOST_TEST(is_status(open_image_file(folder.file("a.vhd")), Status::limit_exceeded));
  BOOST_TEST(is_status(open_image_file(folder.file("self.vhd")), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(chains_end_at_the_limit) {
  MemoryFolder folder;
  folder.add("base.vhd", base_image());
  folder.add("child.vhd", child_image(child_of("base", "child"), {}));
  folder.add("last.vhd", child_image(child_of("child", "last"), {}));
  Limits limits;
  limits.max_parent_chain = 2;
  BOOST_TEST(is_status(open_image_file(folder.file("last.vhd"), limits), Status::limit_exceeded));
  limits.max_parent_chain = 3;
  BOOST_TEST(is_ok(open_image_file(folder.file("last.vhd"), limits)));
}

BOOST_AUTO_TEST_CASE(a_locator_that_cannot_be_read_leaves_the_others) {
  ByteVector image = child_image(child_of("base", "child"), some_writes());
  image[512 + 576 + 24 + 8] = std::byte{0xFF};  // the length of the relative locator
  fixture::fix_vhd_checksums(image);
  MemoryFolder folder;
  folder.add("base.vhd", base_image());
  folder.add("child.vhd", std::move(image));
  const auto opened = must(open_image_file(folder.file("child.vhd")));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-parent-locator"));
  BOOST_TEST((read_all(*opened.disk) == merged(some_writes())));
}

BOOST_AUTO_TEST_CASE(parents_of_parents_are_looked_for_where_the_parent_lies) {
  VhdPlan child = child_of("child", "last");
  child.parent->relative_path = "deep\\child.vhd";
  const TempDir dir;
  dir.write("deep/base.vhd", base_image());
  dir.write("deep/child.vhd", child_image(child_of("base", "child"), some_writes()));
  const std::string path = dir.write("last.vhd", child_image(child, {}));
  BOOST_TEST((read_all(*must(open_image_file(host_image(path))).disk) == merged(some_writes())));
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_a_child) {
  const ByteVector image = child_image(child_of("base", "child"), some_writes());
  MemoryFolder folder;
  folder.add("base.vhd", base_image());
  for (std::size_t i = 0; i < image.size(); ++i) {
    ByteVector flipped = image;
    flipped[i] ^= std::byte{0xFF};
    folder.add("child.vhd", std::move(flipped));
    const auto opened = open_image_file(folder.file("child.vhd"));
    if (opened && opened->disk->size() <= 1U << 20) {
      ByteVector out(opened->disk->size());
      (void)opened->disk->read(0, out);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
