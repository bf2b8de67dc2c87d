// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/parent_search.h"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "vfs/container/sector_bitmap.h"
#include "vfs/container/size_text.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace)

std::vector<std::string> after(const std::function<void(ParentPaths&)>& add) {
  ParentPaths paths;
  add(paths);
  return paths.paths();
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(parent_search)

BOOST_AUTO_TEST_CASE(relative_paths_are_tried_as_they_are_and_by_their_last_component) {
  const auto relative = [](const char* stored) {
    return after([stored](ParentPaths& paths) { paths.add_relative(stored); });
  };
  BOOST_TEST((relative(".\\base.vhd") == Names{"base.vhd"}));
  BOOST_TEST((relative("..\\a\\.\\base.vhd") == Names{"../a/base.vhd", "base.vhd"}));
  BOOST_TEST((relative("a//base.vhd") == Names{"a/base.vhd", "base.vhd"}));
  // Absolute ones are of another machine.
  BOOST_TEST((relative("C:\\vm\\base.vhd") == Names{"base.vhd"}));
  BOOST_TEST((relative("\\\\server\\share\\base.vhd") == Names{"base.vhd"}));
}

BOOST_AUTO_TEST_CASE(absolute_paths_give_their_last_component_once) {
  BOOST_TEST((after([](ParentPaths& paths) {
                paths.add_absolute("C:\\vm\\base.vhdx");
                paths.add_absolute(
                    "\\\\?\\Volume{0eba351e-5634-46d6-a8cf-4ddc2d6ac0b9}\\base.vhdx");
                paths.add_absolute("file:///disks/other.vhd");
              }) == Names{"base.vhdx", "other.vhd"}));
}

BOOST_AUTO_TEST_CASE(what_names_no_file_is_left_out) {
  BOOST_TEST(after([](ParentPaths& paths) {
               for (const char* stored : {"", ".", "..", "\\", "a\\..", "..\\.."}) {
                 paths.add_relative(stored);
                 paths.add_absolute(stored);
               }
               paths.add_relative(std::string_view("a\0b.vhd", 7));
               paths.add_absolute(std::string_view("a\0b.vhd", 7));
             }).empty());
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
