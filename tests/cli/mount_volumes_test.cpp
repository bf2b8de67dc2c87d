// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/fuse/mount_volumes.h"

#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/temp_dir.h"
#include "tools/casement/commands/mount_list.h"
#include "tools/casement/fuse/fuse_server.h"
#include "tools/casement/fuse/mount_source.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::MemoryFileSystem;
using casement::test::mentions;
using casement::test::must;
using casement::test::TempDir;

namespace {

Volume volume(std::uint32_t index, std::string name, bool readable = true) {
  Volume made;
  made.index = index;
  made.name = std::move(name);
  if (readable) {
    made.file_system = std::make_shared<MemoryFileSystem>();
  }
  return made;
}

Volume partition(std::uint32_t index, std::uint32_t number, bool readable = true) {
  Volume made = volume(index, "partition", readable);
  made.partition.emplace();
  made.partition->number = number;
  return made;
}

Volume wim_image(std::uint32_t index, std::uint32_t number) {
  Volume made = volume(index, "image");
  made.wim_image = number;
  return made;
}

OpenedImage image_of(std::vector<Volume> volumes) {
  OpenedImage opened;
  opened.path = "image";
  opened.volumes = std::move(volumes);
  return opened;
}

std::vector<std::string> names(const MountLayout& layout) {
  std::vector<std::string> names;
  for (const MountedVolume& each : layout.volumes) {
    names.push_back(each.name);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(mount_volumes)

BOOST_AUTO_TEST_CASE(names_volumes_by_letter_partition_or_image) {
  const OpenedImage opened =
      image_of({partition(1, 1), partition(2, 2, false), partition(3, 3), wim_image(4, 2)});
  DriveMap drives;
  drives.letters[u'C'] = opened.volumes[2].file_system;
  const MountLayout layout = must(layout_of_all(opened, drives));
  BOOST_TEST(layout.one_directory_each);
  BOOST_TEST(names(layout) == (Names{"partition 1", "C", "image 2"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(makes_names_possible_and_unique) {
  const MountLayout layout =
      must(layout_of_all(image_of({partition(1, 3), partition(2, 3), volume(3, "a/b"),
                                   volume(4, ".."), volume(5, "PARTITION 3")}),
                         {}));
  BOOST_TEST(names(layout) == (Names{"partition 3", "partition 3 (2)",
                                     "a\xEF\x80\xAF"
                                     "b",
                                     "volume 4", "PARTITION 3 (3)"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(shows_one_volume_as_the_root) {
  const OpenedImage opened = image_of({partition(1, 1), partition(2, 2)});
  const MountLayout layout = layout_of_volume(opened, {}, 1);
  BOOST_TEST(!layout.one_directory_each);
  BOOST_REQUIRE(layout.volumes.size() == 1U);
  BOOST_CHECK(layout.volumes[0].file_system == opened.volumes[1].file_system);
}

BOOST_AUTO_TEST_CASE(calls_a_volume_c_unless_another_is) {
  const OpenedImage opened = image_of({partition(1, 1), partition(2, 2)});
  BOOST_CHECK(layout_of_volume(opened, {}, 0).volumes[0].letters == std::vector<char16_t>{u'C'});
  DriveMap drives;
  drives.letters[u'C'] = opened.volumes[1].file_system;
  drives.letters[u'S'] = opened.volumes[1].file_system;
  BOOST_TEST(layout_of_volume(opened, drives, 0).volumes[0].letters.empty());
  BOOST_CHECK(layout_of_volume(opened, drives, 1).volumes[0].letters ==
              (std::vector<char16_t>{u'C', u'S'}));
}

BOOST_AUTO_TEST_CASE(calls_every_image_of_a_wim_c) {
  const OpenedImage opened = image_of({wim_image(1, 1), wim_image(2, 2)});
  DriveMap drives;
  drives.letters[u'C'] = opened.volumes[0].file_system;
  const MountLayout layout = must(layout_of_all(opened, drives));
  for (const MountedVolume& each : layout.volumes) {
    BOOST_CHECK(each.letters == std::vector<char16_t>{u'C'});
    BOOST_TEST(each.alone);
  }
}

BOOST_AUTO_TEST_CASE(says_so_when_no_volume_can_be_read) {
  BOOST_TEST(is_status(layout_of_all(image_of({partition(1, 1, false)}), {}), Status::not_found));
}

BOOST_AUTO_TEST_CASE(says_which_image_a_mount_shows) {
  const TempDir temp;
  const std::string file = temp.write("x#1 y", "");
  OpenedImage opened = image_of({partition(1, 1), partition(2, 3)});
  opened.path = temp.path() + "/./x#1 y";
  BOOST_TEST(mount_source(opened, 1) == file + "#p3");
  BOOST_TEST(mount_source(opened, std::nullopt) == file);
  opened.path += "#p1";
  opened.selected = 0;
  BOOST_TEST(mount_source(opened, 0) == file + "#p1");
  BOOST_TEST(mount_source(opened, 1) == file + "#p3");  // --volume beside a selector
  BOOST_TEST(mount_source(opened, std::nullopt) == file);
}

BOOST_AUTO_TEST_CASE(a_volume_of_a_virtual_disk_is_named_by_the_file) {
  const TempDir temp;
  OpenedImage opened = image_of({partition(1, 1), partition(2, 3), partition(3, 2)});
  opened.path = temp.write("disk.raw", "");
  opened.nested_disks = {{.volume = 1, .file = {}, .path = u"\\vm\\win.vhdx"}};
  opened.volumes[2].nested_disk = 0;
  BOOST_TEST(mount_source(opened, 2) == opened.path + "#p3!/vm/win.vhdx#p2");
}

BOOST_AUTO_TEST_CASE(selects_nothing_where_there_is_one_volume) {
  OpenedImage opened = image_of({partition(1, 1)});
  opened.path = "/";
  BOOST_TEST(mount_source(opened, 0) == "/");
}

BOOST_AUTO_TEST_CASE(selects_an_image_of_a_wim_by_its_number) {
  const TempDir temp;
  const std::string file = temp.write("install.wim", "");
  OpenedImage opened = image_of({wim_image(1, 1), wim_image(2, 2)});
  opened.path = file;
  BOOST_TEST(mount_source(opened, 1) == file + "#2");
  opened.path = file + "#Windows #11 Pro";
  opened.selected = 1;
  BOOST_TEST(mount_source(opened, 1) == file + "#2");
  opened.path = file;
  opened.selected.reset();
  opened.wim_path = "/sources/install.wim";  // the file is the media that it is on
  BOOST_TEST(mount_source(opened, 1) == file + "!/sources/install.wim#2");
}

BOOST_AUTO_TEST_CASE(keeps_the_steps_into_an_image) {
  const TempDir temp;
  const std::string file = temp.write("disk.vhdx", "");
  OpenedImage opened = image_of({partition(1, 1), partition(2, 2)});
  opened.path = file + "#p3!/vm#1/child.vhdx";
  BOOST_TEST(mount_source(opened, 1) == opened.path + "#p2");
  opened.selected = 1;
  opened.path += "#p2";
  BOOST_TEST(mount_source(opened, 0) == file + "#p3!/vm#1/child.vhdx#p1");
}

BOOST_AUTO_TEST_CASE(escapes_what_separates_mount_options) {
  BOOST_TEST(escape_mount_option("/a,b\\c d#p3") == "/a\\,b\\\\c d#p3");
}

BOOST_AUTO_TEST_CASE(prints_mounts_for_people_and_for_programs) {
  std::string out;
  render_mounts_text(out, {});
  BOOST_TEST(out == "Nothing is mounted.\n");
  const std::vector<MountedImage> mounts = {
      {.mount_path = "/m/a\x1B", .image = "/i.wim#2", .image_path = "/i.wim", .index = 2},
      {.mount_path = "/m/b", .image = "/d", .image_path = "/d", .state = MountState::invalid},
      {.mount_path = "/m/c",
       .image = "/e",
       .image_path = "/e",
       .state = MountState::needs_remount}};
  out.clear();
  render_mounts_text(out, mounts);
  BOOST_TEST(mentions(out, {"/m/a\\u{1B}", "ok", "/i.wim#2", "/m/b", "dead", "image is gone"}));
  out.clear();
  render_mounts_json(out, mounts);
  BOOST_TEST(mentions(out, {"\"casement.mounts/1\"", "\"index\": 2", "\"state\": \"ok\"",
                            "\"state\": \"invalid\"", "\"state\": \"needs_remount\""}));
}

BOOST_AUTO_TEST_SUITE_END()
