// SPDX-License-Identifier: Apache-2.0
// Disk images from the host's file to what a file on a volume says.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <ostream>
#include <span>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/disk/qcow2_builder.h"
#include "fixtures/build/disk/vdi_builder.h"
#include "fixtures/build/disk/vhd_builder.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/open/disk_image_support.h"
#include "tests/vfs/volume/bitlocker_support.h"
#include "vfs/open/opener.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

using fx::ByteVector;

/// The disk cut into blocks of `size`, the last one filled up with zeros.
std::vector<ByteVector> blocks_of(const ByteVector& disk, std::size_t size) {
  std::vector<ByteVector> blocks;
  for (std::size_t at = 0; at < disk.size(); at += size) {
    const auto begin = disk.begin() + static_cast<std::ptrdiff_t>(at);
    blocks.emplace_back(begin,
                        begin + static_cast<std::ptrdiff_t>(std::min(size, disk.size() - at)));
    blocks.back().resize(size);
  }
  return blocks;
}

ByteVector qcow2_of(const ByteVector& disk) {
  constexpr std::uint32_t bits = 16;
  std::vector<fx::Qcow2Cluster> clusters;
  for (ByteVector& block : blocks_of(disk, std::size_t{1} << bits)) {
    clusters.push_back({.kind = fx::Qcow2ClusterKind::data, .bytes = std::move(block)});
  }
  fx::Qcow2Options options;
  options.cluster_bits = bits;
  options.disk_size = disk.size();
  return fx::build_qcow2(options, clusters).bytes;
}

ByteVector vdi_of(const ByteVector& disk) {
  fx::VdiOptions options;
  options.block_size = 1U << 16;
  options.disk_size = disk.size();
  options.backwards = true;
  std::vector<fx::VdiBlock> blocks;
  for (ByteVector& block : blocks_of(disk, options.block_size)) {
    blocks.push_back({.kind = fx::VdiBlockKind::data, .bytes = std::move(block)});
  }
  return fx::build_vdi(options, blocks);
}

struct Form {
  const char* layers;  // in front of the partition table
  std::function<ByteVector(const ByteVector&)> wrap;
};

std::ostream& operator<<(std::ostream& out, const Form& form) {
  return out << form.layers;
}

const std::vector<Form> forms = {
    {"file", [](const ByteVector& disk) { return disk; }},
    {"file vhd", [](const ByteVector& disk) { return fx::build_vhd(fx::whole_disk(disk)); }},
    {"file vhd",
     [](const ByteVector& disk) {
       fx::VhdPlan plan;
       plan.fixed = true;
       return fx::build_vhd(fx::whole_disk(disk), plan);
     }},
    {"file vhdx", [](const ByteVector& disk) { return fx::build_vhdx(fx::whole_disk(disk)); }},
    {"file vhdx",
     [](const ByteVector& disk) {
       fx::VhdxPlan plan;
       plan.fixed = true;
       return fx::build_vhdx(fx::whole_disk(disk), plan);
     }},
    {"file qcow2", qcow2_of},
    {"file vdi", vdi_of},
    {"file vhdx vhd",
     [](const ByteVector& disk) {
       return fx::build_vhdx(fx::whole_disk(fx::build_vhd(fx::whole_disk(disk))));
     }},
};

BOOST_FIXTURE_TEST_SUITE(disk_image, TempDir)

BOOST_DATA_TEST_CASE_F(TempDir, a_disk_is_the_same_in_every_container, bdata::make(forms), form) {
  // The name proves nothing.
  const OpenedImage image =
      must(open_image(write("image.bin", form.wrap(gpt_disk_of(esp_and_ntfs())))));
  BOOST_TEST(layers_of(image) == form.layers + std::string(" gpt"));
  BOOST_REQUIRE_EQUAL(image.volumes.size(), 2U);
  BOOST_TEST(all_say(image) == "esp windows");
  BOOST_TEST(image.diagnostics.empty());
  BOOST_TEST(!image.selected);
  const Volume& esp = image.volumes[0];
  BOOST_TEST(esp.name == "partition 1");
  BOOST_TEST(esp.content == "fat");
  BOOST_TEST((esp.partition->role == PartitionRole::efi_system));
  const Volume& windows = image.volumes[1];
  BOOST_TEST(windows.index == 2U);
  BOOST_TEST(windows.content == "ntfs");
  BOOST_TEST(windows.identity.partition_id->to_string() == fx::derived_guid("partition 2").text());
  BOOST_TEST(windows.identity.disk_id->to_string() == fx::derived_guid("disk").text());
  BOOST_TEST(!windows.identity.mbr_signature);
  BOOST_TEST(windows.identity.start_offset.value() == first_sector_of(esp_and_ntfs(), 2) * 512);
}

BOOST_AUTO_TEST_CASE(logical_partitions_count_from_5_on) {
  const std::string disk = write("disk.raw", mbr_disk_with_logical_partitions());
  const OpenedImage image = must(open_image(disk));
  BOOST_TEST(layers_of(image) == "file mbr");
  BOOST_TEST(all_say(image) == "first fifth sixth");
  BOOST_TEST(image.volumes[2].name == "partition 6");
  BOOST_TEST(image.volumes[2].partition->logical);
  BOOST_TEST(image.volumes[2].identity.mbr_signature.value() == 0x11223344U);
  BOOST_TEST(must(open_image(disk + "#p6")).selected.value() == 2U);
  BOOST_TEST(is_status(open_image(disk + "#p2"), Status::not_found));  // the extended one
}

BOOST_AUTO_TEST_CASE(a_volume_without_a_table_is_one_volume) {
  for (const ByteVector& bytes : {ntfs_saying("alone"), fat_saying("alone")}) {
    const OpenedImage image = must(open_image(write("volume", bytes)));
    BOOST_TEST(layers_of(image) == "file volume");
    BOOST_TEST(all_say(image) == "alone");
    BOOST_TEST(image.volumes[0].name == "volume");
    BOOST_TEST(!image.volumes[0].partition);
    BOOST_TEST(!image.volumes[0].identity.start_offset);
    BOOST_TEST(is_status(open_image(path() + "/volume#p1"), Status::not_found));
  }
}

BOOST_AUTO_TEST_CASE(partitions_behind_the_end_of_the_image_stay_in_the_list) {
  const auto volumes = esp_and_ntfs();
  ByteVector disk = gpt_disk_of(volumes);
  const std::size_t second = first_sector_of(volumes, 2) * 512;
  disk.resize(second);
  const OpenedImage without = must(open_image(write("without", disk)));
  BOOST_TEST(all_say(without) == "esp unreadable");
  BOOST_TEST((without.volumes[1].bytes == nullptr));
  BOOST_TEST(mentions(without.volumes[1].reason, {"the image ends before this partition"}));
  BOOST_TEST(!without.diagnostics.empty());
  // Half of the volume: what lies in it is readable, and nobody is told that it is whole.
  disk = gpt_disk_of(volumes);
  disk.resize(second + volumes[1].bytes.size() / 2);
  const OpenedImage half = must(open_image(write("half", disk)));
  BOOST_TEST(half.volumes[1].bytes->size() == volumes[1].bytes.size() / 2);
  BOOST_TEST(half.volumes[1].partition->size == volumes[1].bytes.size());
  BOOST_TEST(!half.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_volume_hides_no_other) {
  auto volumes = esp_and_ntfs();
  fx::BuiltNtfs damaged = fx::NtfsBuilder().build_mapped();
  const ByteVector zeros(damaged.record_size);
  fx::put_bytes(damaged.bytes, damaged.record(0).offset, zeros);
  fx::put_bytes(damaged.bytes, damaged.mirror_offset, zeros);
  volumes.insert(volumes.begin() + 1, {.bytes = damaged.bytes});
  const OpenedImage image = must(open_image(write("disk", gpt_disk_of(volumes))));
  BOOST_TEST(all_say(image) == "esp unreadable windows");
  BOOST_TEST(image.volumes[1].content == "ntfs");
  BOOST_TEST(mentions(image.volumes[1].reason, {"record"}));
  BOOST_TEST(!image.volumes[1].locked);
}

BOOST_AUTO_TEST_CASE(bitlocker_is_locked_and_never_taken_for_fat) {
  auto volumes = esp_and_ntfs();
  volumes.push_back({.bytes = build_bitlocker({})});
  // To Go hides behind a FAT32 boot sector.
  volumes.push_back({.bytes = build_bitlocker({.kind = BitLockerPlan::Kind::to_go})});
  const OpenedImage image = must(open_image(write("disk", gpt_disk_of(volumes))));
  BOOST_TEST(all_say(image) == "esp windows unreadable unreadable");
  for (const std::size_t i : {2U, 3U}) {
    BOOST_TEST(image.volumes[i].content == "bitlocker");
    BOOST_TEST(image.volumes[i].locked);
    BOOST_TEST(mentions(image.volumes[i].reason, {"BitLocker"}));
  }
  BOOST_TEST(!image.volumes[1].locked);
  const OpenedImage bare =
      must(open_image(write("bare", build_bitlocker({.kind = BitLockerPlan::Kind::to_go}))));
  BOOST_TEST(bare.volumes.at(0).locked);
}

BOOST_AUTO_TEST_CASE(a_selector_marks_its_partition_and_keeps_the_others) {
  const std::string disk = write("disk.raw", gpt_disk_of(esp_and_ntfs()));
  const OpenedImage image = must(open_image(disk + "#p2"));
  BOOST_TEST(image.selected.value() == 1U);
  BOOST_TEST(image.path == disk + "#p2");
  BOOST_TEST(all_say(image) == "esp windows");
  const auto missing = open_image(disk + "#p9");
  BOOST_REQUIRE(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"no partition 9", "partition 1, partition 2"}));
  BOOST_TEST(is_status(open_image(disk + "#2"), Status::not_found));
  BOOST_TEST(!must(open_image(disk + "#1")).selected);  // a disk is its own image 1
  for (const char* wrong : {"#p0", "#p", "#p1#p2", "#p99999999999999999999", "#windows"}) {
    BOOST_TEST_CONTEXT(wrong) {
      BOOST_TEST(is_status(open_image(disk + wrong), Status::invalid_argument));
    }
  }
  (void)write("disk.raw#p2", ntfs_saying("a file of that very name"));
  BOOST_TEST(all_say(must(open_image(disk + "#p2"))) == "a file of that very name");
}

BOOST_AUTO_TEST_CASE(a_split_image_opens_by_any_of_its_parts) {
  constexpr std::size_t part_size = 2'000'001;  // within a partition, at no sector's end
  const ByteVector disk = gpt_disk_of(esp_and_ntfs());
  std::size_t count = 0;
  for (std::size_t at = 0; at < disk.size(); at += part_size) {
    const auto part = std::span(disk).subspan(at, std::min(part_size, disk.size() - at));
    (void)write("disk.raw.00" + std::to_string(++count), part);
  }
  BOOST_REQUIRE_GE(count, 3U);
  for (const char* name : {"/disk.raw.001", "/disk.raw.002", "/disk.raw.003"}) {
    const OpenedImage image = must(open_image(path() + name));
    BOOST_TEST(layers_of(image) == "file split gpt");
    BOOST_TEST(all_say(image) == "esp windows");
    BOOST_TEST(must(open_image(path() + name + "#p2")).selected.value() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(files_of_other_content_are_refused_with_what_they_look_like) {
  struct Row {
    std::string content;
    const char* meaning;
  };
  for (const Row& row : {Row{"nothing that anybody knows", "a file of unknown content"},
                         Row{std::string(100'000, '\0'), "a file of unknown content"},
                         Row{"MZ" + std::string(5000, 'x'), "a Windows program"}}) {
    const auto refused = open_image(write("disk.vhdx", row.content));
    BOOST_REQUIRE(is_status(refused, Status::unsupported));
    BOOST_TEST(mentions(refused.error().message(), {"disk.vhdx", row.meaning}));
  }
}

BOOST_AUTO_TEST_CASE(an_image_that_may_only_be_read_stays_as_it_is) {
  const ByteVector disk = gpt_disk_of(esp_and_ntfs());
  for (const Form& form : forms) {
    BOOST_TEST_CONTEXT(form) {
      const TempDir folder;
      const std::string file = folder.write("disk", form.wrap(disk));
      const bool root = ::geteuid() == 0;
      BOOST_REQUIRE_EQUAL(::chmod(file.c_str(), 0444), 0);
      BOOST_REQUIRE_EQUAL(root ? ::chmod(folder.path().c_str(), 0555) : 0, 0);
      const std::string before = state_of(folder.path());
      BOOST_REQUIRE_EQUAL(root ? ::seteuid(65'534) : 0, 0);  // permissions do not stop root
      const auto image = open_image(file);
      const std::string found = image ? all_say(*image) : image.error().message();
      (void)open_image(file + "#p9");
      (void)open_image(file + "#p2!/nothing");
      BOOST_REQUIRE_EQUAL(root ? ::seteuid(0) : 0, 0);
      BOOST_TEST(found == "esp windows");
      BOOST_TEST((state_of(folder.path()) == before));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
