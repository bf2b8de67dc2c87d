// SPDX-License-Identifier: Apache-2.0
// Images in images, and what the bytes of a guest must not reach.
#include <boost/test/unit_test.hpp>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/disk/qcow2_builder.h"
#include "fixtures/build/disk/vhd_builder.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/open/disk_image_support.h"
#include "vfs/open/opener.h"

namespace casement::test {
namespace {

using fx::ByteVector;

ByteVector vhdx_of(ByteVector disk) {
  return fx::build_vhdx(fx::whole_disk(std::move(disk)));
}

/// An empty QCOW2 of `disk_size` bytes over a backing file.
ByteVector qcow2_over(const std::string& backing_file, std::uint64_t disk_size,
                      const std::string& backing_format = "raw") {
  fx::Qcow2Options options;
  options.cluster_bits = 16;
  options.disk_size = disk_size;
  options.backing_file = backing_file;
  options.backing_format = backing_format;
  return fx::build_qcow2(options, std::vector<fx::Qcow2Cluster>((disk_size + 0xFFFF) >> 16)).bytes;
}

/// A VHD without a sector of its own over the one with the seed `parent`.
fx::VhdPlan vhd_over(const std::string& seed, const std::string& parent) {
  fx::VhdPlan plan;
  plan.seed = seed;
  fx::VhdPlan base;
  base.seed = parent;
  plan.parent = fx::VhdParentPlan{
      .id = vhd_id(base), .name = parent + ".vhd", .relative_path = ".\\" + parent + ".vhd"};
  return plan;
}

ByteVector vhd_of(const fx::VhdPlan& plan, const ByteVector& disk) {
  return fx::build_vhd(plan.parent ? fx::sparse_disk(disk.size(), {}) : fx::whole_disk(disk), plan);
}

BOOST_FIXTURE_TEST_SUITE(disk_image_nested, TempDir)

BOOST_AUTO_TEST_CASE(an_image_on_a_partition_is_opened_by_its_path_there) {
  auto volumes = esp_and_ntfs();
  volumes[1].bytes = ntfs_holding("images/inner.vhdx", vhdx_of(gpt_disk_of(esp_and_ntfs())));
  const std::string disk = write("disk.raw", gpt_disk_of(volumes));
  const OpenedImage image = must(open_image(disk + "#p2!/images/inner.vhdx"));
  BOOST_TEST(layers_of(image) == "file gpt file vhdx gpt");
  BOOST_TEST(all_say(image) == "esp windows");
  BOOST_TEST(!image.selected);
  BOOST_TEST(must(open_image(disk + "#p2!\\IMAGES\\inner.vhdx#p1")).selected.value() == 0U);
  const auto inner = open_image(disk + "#p2!/images/inner.vhdx#p9");
  BOOST_REQUIRE(is_status(inner, Status::not_found));
  BOOST_TEST(mentions(inner.error().message(), {"inner.vhdx", "no partition 9"}));
}

BOOST_AUTO_TEST_CASE(an_inner_path_needs_one_volume_and_a_file_on_it) {
  auto volumes = esp_and_ntfs();
  volumes.push_back({.bytes = ByteVector(std::size_t{1} << 20)});
  const std::string disk = write("disk.raw", gpt_disk_of(volumes));
  const auto either = open_image(disk + "!/where.txt");
  BOOST_REQUIRE(is_status(either, Status::invalid_argument));
  BOOST_TEST(mentions(either.error().message(), {"2 volumes", "#pN", "partition 1, partition 2"}));
  const auto empty = open_image(disk + "#p3!/where.txt");
  BOOST_REQUIRE(is_status(empty, Status::unsupported));
  BOOST_TEST(mentions(empty.error().message(), {"not formatted"}));
  BOOST_TEST(is_status(open_image(disk + "#p2!/nothing.vhd"), Status::not_found));
  const auto text = open_image(disk + "#p2!/where.txt");
  BOOST_REQUIRE(is_status(text, Status::unsupported));
  BOOST_TEST(mentions(text.error().message(), {"where.txt", "a file of unknown content"}));
  const std::string folder = write("folder", ntfs_holding("images/a", {}));
  BOOST_TEST(is_status(open_image(folder + "!/images"), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(an_ntfs_volume_in_a_fat_volume_in_an_ntfs_volume) {
  const ByteVector fat = fat_holding("deep/inner.img", ntfs_saying("innermost"));
  const std::string outer = write("outer", ntfs_holding("middle.img", fat));
  const std::string path = outer + "!/middle.img!/deep/inner.img";
  BOOST_TEST(all_say(must(open_image(path))) == "innermost");
  Limits limits;
  limits.max_image_depth = 3;
  BOOST_TEST(is_ok(open_image(path, limits)));
  limits.max_image_depth = 2;
  BOOST_TEST(is_status(open_image(path, limits), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(containers_in_containers_end_at_the_limit) {
  ByteVector image = ntfs_saying("four deep");
  for (int depth = 0; depth < 4; ++depth) {
    image = vhd_of({}, image);
  }
  const std::string four = write("four", image);
  BOOST_TEST(all_say(must(open_image(four))) == "four deep");
  const auto five = open_image(write("five", vhd_of({}, image)));
  BOOST_REQUIRE(is_status(five, Status::limit_exceeded));
  BOOST_TEST(mentions(five.error().message(), {"more than 4"}));
}

BOOST_AUTO_TEST_CASE(an_image_in_a_disk_reaches_no_file_of_the_host) {
  const ByteVector secret = ntfs_saying("secret");
  const std::string host = write("secret.raw", secret);
  // A control: beside the file on the host the same header finds it.
  BOOST_TEST(all_say(must(open_image(
                 write("control.qcow2", qcow2_over("secret.raw", secret.size()))))) == "secret");
  for (const std::string& name : {std::string("secret.raw"), host, "../" + host.substr(1)}) {
    BOOST_TEST_CONTEXT(name) {
      const ByteVector header = qcow2_over(name, secret.size());
      const auto wrapped = open_image(write("guest.vhdx", vhdx_of(header)));
      BOOST_REQUIRE(is_status(wrapped, Status::not_found));
      BOOST_TEST(mentions(wrapped.error().message(), {"secret.raw"}));
      const std::string volume = write("guest.ntfs", ntfs_holding("a/child.qcow2", header));
      BOOST_TEST(is_status(open_image(volume + "!/a/child.qcow2"), Status::not_found));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_parent_inside_of_an_image_lies_beside_its_child_there) {
  const ByteVector base = ntfs_saying("from the parent");
  fx::VhdPlan plan;
  plan.seed = "base";
  const fx::NtfsBuilder volume;
  (void)volume.file("vm/child.vhd", vhd_of(vhd_over("child", "base"), base));
  (void)volume.file("vm/base.vhd", vhd_of(plan, base));
  (void)volume.file("vm/sub/over.qcow2", qcow2_over("../raw.img", base.size()));
  (void)volume.file("vm/raw.img", base);
  const std::string outer = write("outer", volume.build());
  BOOST_TEST(all_say(must(open_image(outer + "!/vm/child.vhd"))) == "from the parent");
  BOOST_TEST(all_say(must(open_image(outer + "!/vm/sub/over.qcow2"))) == "from the parent");
}

BOOST_AUTO_TEST_CASE(loops_of_parents_end) {
  const ByteVector disk = ntfs_saying("never");
  for (const char* format : {"qcow2", ""}) {
    const std::string a = write("a.qcow2", qcow2_over("b.qcow2", disk.size(), format));
    (void)write("b.qcow2", qcow2_over("a.qcow2", disk.size(), format));
    BOOST_TEST(is_status(open_image(a), Status::corrupt));
    const std::string self = write("self.qcow2", qcow2_over("self.qcow2", disk.size(), format));
    BOOST_TEST(is_status(open_image(self), Status::corrupt));
  }
  const std::string first = write("first.vhd", vhd_of(vhd_over("first", "second"), disk));
  (void)write("second.vhd", vhd_of(vhd_over("second", "first"), disk));
  BOOST_TEST(is_status(open_image(first), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_backing_file_that_is_called_raw_is_read_as_raw) {
  // The disk is then the bytes of this very header: a container inside of it, without a folder.
  const std::string self = write("self.qcow2", qcow2_over("self.qcow2", std::size_t{1} << 20));
  BOOST_TEST(is_status(open_image(self), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_missing_parent_is_named) {
  const auto child =
      open_image(write("child.vhd", vhd_of(vhd_over("child", "base"), ntfs_saying("x"))));
  BOOST_REQUIRE(is_status(child, Status::not_found));
  BOOST_TEST(mentions(child.error().message(), {"child.vhd", "base.vhd"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
