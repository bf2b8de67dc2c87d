// SPDX-License-Identifier: Apache-2.0
// Virtual disks that are opened beside the volumes that they lie on.
#include "vfs/open/nested_disk.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/open/disk_image_support.h"
#include "vfs/fs/path_walker.h"

namespace casement::test {
namespace {

/// A disk with \images\inner.vhdx of this content on its second partition.
OpenedImage open_around(const TempDir& dir, fx::ByteVector inner) {
  auto volumes = esp_and_ntfs();
  volumes[1].bytes = ntfs_holding("images/inner.vhdx", std::move(inner));
  return must(open_image(dir.write("disk.raw", gpt_disk_of(volumes))));
}

NestedDisk inner_of(const OpenedImage& image) {
  const auto found = must(find_path(image.volumes.at(1).file_system, u"\\images\\inner.vhdx"));
  BOOST_REQUIRE(found.has_value());
  return {.volume = 1, .file = found->node, .path = found->path};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(nested_disk, TempDir)

BOOST_AUTO_TEST_CASE(its_volumes_follow_those_of_the_image) {
  const fx::ByteVector disk = gpt_disk_of(esp_and_ntfs());
  OpenedImage image = open_around(*this, fx::build_vhdx(fx::whole_disk(disk)));
  add_nested_disk(image, inner_of(image), {});
  BOOST_TEST(layers_of(image) == "file gpt file vhdx gpt");
  BOOST_TEST(image.layers[2].detail.starts_with("\\images\\inner.vhdx on partition 2, "));
  BOOST_TEST_REQUIRE(image.volumes.size() == 4U);
  BOOST_TEST(says(image.volumes[2]) == "esp");
  BOOST_TEST(says(image.volumes[3]) == "windows");
  BOOST_TEST(image.volumes[3].name == "partition 2 of \\images\\inner.vhdx");
  BOOST_TEST(image.volumes[3].index == 4U);
  BOOST_TEST(image.volumes[3].nested_disk.value() == 0U);
  BOOST_TEST(!image.volumes[1].nested_disk);
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_opened_is_a_volume_with_the_reason) {
  OpenedImage image = open_around(*this, fx::ascii_bytes("no disk"));
  add_nested_disk(image, inner_of(image), {});
  BOOST_TEST(layers_of(image) == "file gpt");
  BOOST_TEST_REQUIRE(image.volumes.size() == 3U);
  BOOST_TEST(image.volumes[2].name == "virtual disk \\images\\inner.vhdx");
  BOOST_TEST(!image.volumes[2].file_system);
  BOOST_TEST(mentions(image.volumes[2].reason, {"looks like", "expected a virtual disk"}));
  BOOST_TEST(image.nested_disks.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
