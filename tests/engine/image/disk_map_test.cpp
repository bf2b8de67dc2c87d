// SPDX-License-Identifier: Apache-2.0
// Volumes of one disk, and their numbers on it.
#include "engine/image/disk_map.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/disk_image.h"

namespace casement::test {

BOOST_AUTO_TEST_SUITE(disk_map)

BOOST_AUTO_TEST_CASE(tells_disks_by_their_identifiers) {
  const OpenedImage image = image_of_disks(fixture::build_gpt_disk(gpt_plan("a")), {},
                                           fixture::build_mbr_disk(mbr_plan(7)), {});
  const DiskMap disks(image);
  BOOST_TEST_REQUIRE(image.volumes.size() == 8U);
  BOOST_TEST(disks.same_disk(0, 3));
  BOOST_TEST(!disks.same_disk(3, 4));
  BOOST_TEST(disks.same_disk(4, 7));
}

BOOST_AUTO_TEST_CASE(tells_copies_of_a_disk_apart) {
  const auto gpt = fixture::build_gpt_disk(gpt_plan("a"));
  const OpenedImage copies = image_of_disks(gpt, {}, gpt, {});
  const DiskMap disks(copies);
  BOOST_TEST(disks.same_disk(0, 3));
  BOOST_TEST(!disks.same_disk(3, 4));
  BOOST_TEST(!disks.same_disk(0, 4));
  BOOST_TEST(disks.same_disk(4, 7));
}

BOOST_AUTO_TEST_CASE(volumes_without_a_disk_stand_alone) {
  const OpenedImage image = image_of({volume_of({}), volume_of({})});
  const DiskMap disks(image);
  BOOST_TEST(!disks.same_disk(0, 1));
  BOOST_TEST(disks.same_disk(0, 0));
  BOOST_TEST(!disks.arc_ordinal(0).has_value());
  BOOST_TEST(!disks.volume_ordinal(0).has_value());
}

BOOST_AUTO_TEST_CASE(arc_names_count_every_gpt_entry_and_volumes_leave_out_the_reserved_one) {
  const OpenedImage image = image_of_disk(fixture::build_gpt_disk(gpt_plan("a")), {});
  const DiskMap disks(image);
  BOOST_TEST(disks.arc_ordinal(1).value() == 2U);
  BOOST_TEST(disks.arc_ordinal(3).value() == 4U);
  BOOST_TEST(disks.volume_ordinal(1).value() == 2U);
  BOOST_TEST(!disks.volume_ordinal(2).has_value());
  BOOST_TEST(disks.volume_ordinal(3).value() == 3U);
}

BOOST_AUTO_TEST_CASE(arc_names_count_logical_partitions_without_their_container) {
  const OpenedImage image = image_of_disk(fixture::build_mbr_disk(mbr_plan(7)), {});
  const DiskMap disks(image);
  BOOST_TEST_REQUIRE(image.volumes.size() == 4U);
  BOOST_TEST(image.volumes[2].name == "partition 5");
  BOOST_TEST(disks.arc_ordinal(2).value() == 3U);
  BOOST_TEST(disks.volume_ordinal(3).value() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
