// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/referenced_file.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/container/memory_folder.h"
#include "vfs/container/sector_bitmap.h"
#include "vfs/container/size_text.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace)

using Names = std::vector<std::string>;

Names after(const std::vector<std::string_view>& stored) {
  SearchPaths places;
  for (const std::string_view path : stored) {
    places.add(path);
  }
  return places.paths();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(referenced_file)

BOOST_AUTO_TEST_CASE(relative_paths_are_tried_as_they_are_and_by_their_last_component) {
  BOOST_TEST((after({".\\base.vhd"}) == Names{"base.vhd"}));
  BOOST_TEST((after({"..\\a\\.\\base.vhd"}) == Names{"../a/base.vhd", "base.vhd"}));
  BOOST_TEST((after({"a//base.vhd"}) == Names{"a/base.vhd", "base.vhd"}));
}

BOOST_AUTO_TEST_CASE(absolute_paths_give_their_last_component_once) {
  BOOST_TEST(
      (after({"C:\\vm\\base.vhdx", "\\\\?\\Volume{0eba351e-5634-46d6-a8cf-4ddc2d6ac0b9}\\base.vhdx",
              "\\\\server\\share\\base.vhdx", "/vm/base.vhdx", "file:///disks/other.vhd"}) ==
       Names{"base.vhdx", "other.vhd"}));
}

BOOST_AUTO_TEST_CASE(what_names_no_file_is_left_out) {
  BOOST_TEST(after({"", ".", "..", "\\", "a\\..", "..\\..", std::string_view("a\0b.vhd", 7),
                    std::string_view("C:\\a\0b.vhd", 10)})
                 .empty());
}

BOOST_AUTO_TEST_CASE(files_are_found_at_the_first_place_that_has_one) {
  const auto folder = std::make_shared<test::MemoryFolder>(
      test::MemoryFolder::Files{{"sub/base", {}}, {"base", {}}, {"only", {}}});
  const auto deep = test::must(find_referenced(folder, "sub\\base", "backing file"));
  BOOST_TEST(deep.path == "sub/base");
  BOOST_TEST(deep.name == "base");
  BOOST_TEST(deep.folder->describe() == "memory/sub/");
  BOOST_TEST(test::must(find_referenced(folder, "/old/base", "backing file")).path == "base");
  BOOST_TEST(test::must(find_referenced(folder, "sub/only", "backing file")).path == "only");
  const auto missing = find_referenced(folder, "sub/no\nne", "backing file");
  BOOST_TEST(test::is_status(missing, Status::not_found));
  BOOST_TEST(test::mentions(missing.error().message(),
                            {"backing file \"sub/no?ne\"", "\"sub/no?ne\", \"no?ne\" in memory/"}));
}

BOOST_AUTO_TEST_CASE(a_parent_joins_the_disk_above_it) {
  OpenedContainer below;
  below.other_files = {"deeper"};
  below.diagnostics.add(Severity::warning, "code", "text");
  ContainerContext context;
  context.limits.max_parent_chain = 3;
  std::uint32_t chain = 0;
  context.open_disk = [&](const ContainerFile& file) -> Result<OpenedContainer> {
    chain = file.chain;
    return file.name == "bad" ? fail(Status::corrupt, "why") : Result<OpenedContainer>(below);
  };
  const auto open = [&](const char* name, std::uint32_t depth, OpenedContainer& disk) {
    return open_parent_file({nullptr, "child", nullptr, depth}, {nullptr, name, name, nullptr},
                            "parent", context, disk);
  };
  OpenedContainer disk;
  BOOST_TEST(test::is_ok(open("base", 2, disk)));
  BOOST_TEST(chain == 3U);
  BOOST_TEST((disk.other_files == Names{"base", "deeper"}));
  BOOST_REQUIRE(disk.diagnostics.items().size() == 1U);
  BOOST_TEST(disk.diagnostics.items()[0].text == "parent base: text");
  OpenedContainer untouched;
  const auto damaged = open("bad", 1, untouched);
  BOOST_TEST(test::is_status(damaged, Status::corrupt));
  BOOST_TEST(test::mentions(damaged.error().message(), {"parent bad", "why"}));
  BOOST_TEST(test::is_status(open("base", 3, untouched), Status::limit_exceeded));
  BOOST_TEST(untouched.other_files.empty());
}

BOOST_AUTO_TEST_CASE(sizes_have_one_decimal_in_the_largest_unit) {
  BOOST_TEST(size_text(0) == "0 bytes");
  BOOST_TEST(size_text(512) == "512 bytes");
  BOOST_TEST(size_text(104448) == "102 KiB");
  BOOST_TEST(size_text(104449) == "104449 bytes");
  BOOST_TEST(size_text(2U << 20) == "2 MiB");
  BOOST_TEST(size_text((10ULL << 30) + (512ULL << 20)) == "10.5 GiB");
  BOOST_TEST(size_text((std::uint64_t{2} << 40) - 1) == "1.9 TiB");
  BOOST_TEST(size_text(UINT64_MAX) == "15.9 EiB");
}

BOOST_AUTO_TEST_CASE(runs_of_sectors_end_where_the_bits_change) {
  const std::vector<std::byte> bitmap = {std::byte{0xFF}, std::byte{0xFF}, std::byte{0x07},
                                         std::byte{0},    std::byte{0},    std::byte{0x80}};
  BOOST_TEST(sector_run_end(bitmap, 0, 48) == 19U);
  BOOST_TEST(sector_run_end(bitmap, 5, 12) == 12U);
  BOOST_TEST(sector_run_end(bitmap, 19, 48) == 47U);
  BOOST_TEST(sector_run_end(bitmap, 47, 48) == 48U);
  BOOST_TEST(sector_is_held(bitmap, 18));
  BOOST_TEST(!sector_is_held(bitmap, 19));
}

BOOST_AUTO_TEST_SUITE_END()
