// SPDX-License-Identifier: Apache-2.0
#include "engine/bcd/device.h"

#include <string_view>

#include "fixtures/build/bcd_device.h"
#include "tests/engine/bcd/device_forms.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {
using Kind = BcdDevice::Kind;
}  // namespace

BOOST_AUTO_TEST_SUITE(bcd_device)

BOOST_AUTO_TEST_CASE(reads_a_gpt_partition) {
  const BcdDevice device = parsed(
      Raw(0x58).u32(0x10, 6).guid(0x20, partition_text).u32(0x34, 0).guid(0x38, disk_text).blob());
  BOOST_TEST((device.kind == Kind::partition));
  BOOST_TEST((device.scheme == BcdPartitionScheme::gpt));
  BOOST_TEST((device.partition_id == guid(partition_text)));
  BOOST_TEST((device.disk_id == guid(disk_text)));
  BOOST_TEST(device.parent == nullptr);
  BOOST_TEST(device.options.is_nil());
  BOOST_TEST(describe(device) ==
             std::string("partition ") + partition_text + " on disk " + disk_text);
}

BOOST_AUTO_TEST_CASE(reads_an_mbr_partition) {
  const BcdDevice device =
      parsed(Raw(0x58).u32(0x10, 6).u64(0x20, mbr_offset).u32(0x34, 1).u32(0x38, signature).blob());
  BOOST_TEST((device.scheme == BcdPartitionScheme::mbr));
  BOOST_TEST(device.mbr_offset == mbr_offset);
  BOOST_TEST(device.mbr_signature == signature);
  BOOST_TEST(!device.partition_number.has_value());
  BOOST_TEST(describe(device) == "partition at 368050176 on disk 63f07796");
}

BOOST_AUTO_TEST_CASE(reads_a_legacy_partition_by_its_number) {
  const BcdDevice device =
      parsed(Raw(0x58).u32(0x10, 2).u32(0x20, 3).u32(0x34, 1).u32(0x38, signature).blob());
  BOOST_TEST((device.kind == Kind::partition));
  BOOST_TEST(device.partition_number.value() == 3U);
  BOOST_TEST(device.mbr_offset == 0U);
  BOOST_TEST(describe(device) == "partition 3 on disk 63f07796");
}

BOOST_AUTO_TEST_CASE(reads_a_disk_without_partitions) {
  const BcdDevice device = parsed(Raw(0x58).u32(0x10, 6).u32(0x34, 2).u32(0x38, 4).blob());
  BOOST_TEST((device.scheme == BcdPartitionScheme::raw));
  BOOST_TEST(device.disk_number == 4U);
  BOOST_TEST(describe(device) == "whole disk 4");
}

BOOST_AUTO_TEST_CASE(reads_a_whole_hard_disk) {
  const BcdDevice device = parsed(Raw(0x58).u32(0x10, 0).u32(0x24, 1).u32(0x28, signature).blob());
  BOOST_TEST((device.kind == Kind::disk));
  BOOST_TEST(device.mbr_signature == signature);
  BOOST_TEST(describe(device) == "disk 63f07796");
}

BOOST_AUTO_TEST_CASE(reads_floppy_and_cd_rom_by_number) {
  const BcdDevice floppy = parsed(Raw(0x58).u32(0x20, 1).u32(0x24, 1).blob());
  BOOST_TEST((floppy.kind == Kind::floppy));
  BOOST_TEST(describe(floppy) == "floppy 1");
  const BcdDevice disc = parsed(Raw(0x58).u32(0x20, 2).u32(0x24, 0).blob());
  BOOST_TEST((disc.kind == Kind::cd_rom));
  BOOST_TEST(describe(disc) == "CD-ROM 0");
}

BOOST_AUTO_TEST_CASE(reads_the_boot_device_also_in_its_smallest_form) {
  BOOST_TEST((parsed(Raw(0x58).u32(0x10, 5).blob()).kind == Kind::boot));
  const BcdDevice smallest = parsed(Raw(0x1C).u32(0x10, 5).blob());
  BOOST_TEST((smallest.kind == Kind::boot));
  BOOST_TEST(describe(smallest) == "boot");
}

BOOST_AUTO_TEST_CASE(reads_a_ram_disk_at_the_offsets_of_windows) {
  constexpr std::u16string_view path = u"\\Recovery\\Winre.wim";
  const std::size_t size = 0x8C + 2 * (path.size() + 1);
  const auto length = static_cast<std::uint32_t>(size);
  const BcdDevice device = parsed(Raw(size)
                                      .guid(0x00, options_text)
                                      .u32(0x14, 1)
                                      .u32(0x20, 3)
                                      .u64(0x24, 0x1'0000'0000)
                                      .u64(0x2C, 0x90)
                                      .u32(0x34, 0x2000)
                                      .u32(0x38, 1)
                                      .u32(0x3C, length - 0x38)
                                      .u32(0x40, 5)
                                      .u32(0x44, 6)
                                      .u32(0x4C, 0x48)
                                      .u64(0x54, mbr_offset)
                                      .u32(0x68, 1)
                                      .u32(0x6C, signature)
                                      .text(0x8C, path)
                                      .blob());
  BOOST_TEST((device.kind == Kind::ram_disk));
  BOOST_TEST(device.flags == 1U);
  BOOST_TEST((device.options == guid(options_text)));
  BOOST_TEST(device.image_base == 0x1'0000'0000U);
  BOOST_TEST(device.image_size == 0x90U);
  BOOST_TEST(device.image_offset == 0x2000U);
  BOOST_TEST((device.path == path));
  BOOST_REQUIRE(device.parent != nullptr);
  BOOST_TEST(device.parent->mbr_offset == mbr_offset);
  BOOST_TEST(device.parent->raw.size() == 0x48U);
  BOOST_TEST(describe(device) ==
             "[\\Recovery\\Winre.wim] in partition at 368050176 on disk 63f07796");
}

BOOST_AUTO_TEST_CASE(reads_a_ram_disk_that_is_in_memory_already) {
  const BcdDevice device = parsed(Raw(0x58).u32(0x20, 3).u64(0x24, 0x10000).u64(0x2C, 4096).blob());
  BOOST_TEST((device.kind == Kind::ram_disk));
  BOOST_TEST(device.path.empty());
  BOOST_TEST(device.parent == nullptr);
  BOOST_TEST(describe(device) == "RAM disk of 4096 bytes at 0x10000");
}

BOOST_AUTO_TEST_CASE(reads_a_partition_inside_a_vhd_at_the_offsets_of_windows) {
  constexpr std::u16string_view path = u"\\x.vhdx";
  const std::size_t size = 0xB0 + 2 * (path.size() + 1);
  const auto length = static_cast<std::uint32_t>(size);
  const BcdDevice device = parsed(Raw(size)
                                      .u32(0x10, 6)
                                      .u64(0x20, 1048576)
                                      .u32(0x30, 6)
                                      .u32(0x34, 1)
                                      .u32(0x38, 0xA3F1D6DF)
                                      .u32(0x48, 0)
                                      .u32(0x50, length - 0x48)
                                      .u32(0x58, 5)
                                      .u32(0x5C, 1)
                                      .u32(0x60, length - 0x5C)
                                      .u32(0x64, 5)
                                      .u32(0x68, 6)
                                      .u32(0x70, 0x48)
                                      .guid(0x78, partition_text)
                                      .guid(0x90, disk_text)
                                      .text(0xB0, path)
                                      .blob());
  BOOST_TEST((device.kind == Kind::partition));
  BOOST_TEST(device.mbr_offset == 1048576U);
  BOOST_TEST(device.mbr_signature == 0xA3F1D6DFU);
  BOOST_REQUIRE(device.parent != nullptr);
  const BcdDevice& disk = *device.parent;
  BOOST_TEST((disk.kind == Kind::vhd));
  BOOST_TEST(disk.mbr_signature == 0xA3F1D6DFU);
  BOOST_TEST((disk.path == path));
  BOOST_REQUIRE(disk.parent != nullptr);
  BOOST_TEST((disk.parent->partition_id == guid(partition_text)));
  const std::string place = std::string("partition ") + partition_text + " on disk " + disk_text;
  BOOST_TEST(describe(disk) == "VHD \\x.vhdx in " + place);
  BOOST_TEST(describe(device) ==
             "partition at 1048576 on disk a3f1d6df in VHD \\x.vhdx in " + place);
}

BOOST_AUTO_TEST_CASE(reads_a_device_to_locate) {
  const BcdDevice device = parsed(Raw(0x2E).u32(0x10, 8).u32(0x24, 0x22000002).blob());
  BOOST_TEST((device.kind == Kind::locate));
  BOOST_TEST(device.locate_element == 0x22000002U);
  BOOST_TEST(device.path.empty());
  BOOST_TEST(describe(device) == "locate by element 22000002");
}

BOOST_AUTO_TEST_CASE(reads_a_device_to_locate_by_its_own_path) {
  constexpr std::u16string_view path = u"\\Windows";
  const BcdDevice device =
      parsed(Raw(0x2C + 2 * (path.size() + 1)).u32(0x10, 8).u32(0x20, 1).text(0x2C, path).blob());
  BOOST_TEST((device.path == path));
  BOOST_TEST(describe(device) == "locate \\Windows");
}

BOOST_AUTO_TEST_CASE(reads_a_device_to_locate_inside_a_vhd_at_the_offsets_of_windows) {
  constexpr std::u16string_view path = u"\\x.vhd";
  const std::size_t size = 0xBE + 2 * (path.size() + 1);
  const auto length = static_cast<std::uint32_t>(size);
  const BcdDevice device = parsed(Raw(size)
                                      .u32(0x10, 8)
                                      .u32(0x24, 0x12000002)
                                      .u32(0x28, 0x1E)
                                      .u32(0x36, length - 0x2E)
                                      .u32(0x3E, 6)
                                      .u32(0x5E, length - 0x56)
                                      .u32(0x66, 5)
                                      .u32(0x6A, 1)
                                      .u32(0x6E, length - 0x6A)
                                      .u32(0x72, 5)
                                      .u32(0x76, 5)
                                      .u32(0x7E, 0x48)
                                      .text(0xBE, path)
                                      .blob());
  BOOST_TEST((device.kind == Kind::locate));
  BOOST_TEST(device.path.empty());
  BOOST_REQUIRE(device.parent != nullptr);
  BOOST_TEST((device.parent->kind == Kind::vhd));
  BOOST_TEST((device.parent->path == path));
  BOOST_TEST(describe(device) == "locate by element 12000002 in VHD \\x.vhd in boot");
}

BOOST_AUTO_TEST_CASE(follows_explicit_sizes_and_not_fixed_offsets) {
  // The nested partition has 8 bytes more than Windows writes, so that the path begins later.
  constexpr std::u16string_view path = u"\\a.wim";
  const std::size_t size = 0x94 + 2 * (path.size() + 1);
  const auto length = static_cast<std::uint32_t>(size);
  const BcdDevice device = parsed(Raw(size)
                                      .u32(0x20, 3)
                                      .u32(0x38, 1)
                                      .u32(0x3C, length - 0x38)
                                      .u32(0x40, 5)
                                      .u32(0x44, 5)
                                      .u32(0x4C, 0x50)
                                      .text(0x94, path)
                                      .blob());
  BOOST_TEST((device.path == path));
}

BOOST_AUTO_TEST_CASE(keeps_the_bytes_of_devices_that_it_does_not_know) {
  const auto known = [](std::uint32_t type) {
    const Blob blob = fx::device_other(type, Blob(8, std::byte{0xAB}));
    BcdDevice device = must(parse_device(blob));
    BOOST_TEST(!device.parsed);
    BOOST_TEST(device.type == type);
    BOOST_TEST((device.raw == blob));
    BOOST_TEST(!describe(device).empty());
    return device.kind;
  };
  BOOST_TEST((known(3) == Kind::serial));
  BOOST_TEST((known(4) == Kind::udp));
  BOOST_TEST((known(7) == Kind::vmbus));
  BOOST_TEST((known(9) == Kind::uri));
  BOOST_TEST((known(10) == Kind::composite));
  BOOST_TEST((known(11) == Kind::cimfs));
  BOOST_TEST((known(1) == Kind::unknown));
  BOOST_TEST((known(0xFFFFFFFF) == Kind::unknown));
}

BOOST_AUTO_TEST_CASE(says_when_a_part_is_not_understood) {
  const auto understood = [](Raw raw) { return must(parse_device(raw.blob())).parsed; };
  BOOST_TEST(!understood(Raw(0x58).u32(0x10, 6).u32(0x34, 3)));  // a partition scheme
  BOOST_TEST(!understood(Raw(0x58).u32(0x20, 4)));               // a local device
  BOOST_TEST(!understood(Raw(0x58).u32(0x10, 6).u32(0x30, 2)));  // a partition of a CD-ROM
  BOOST_TEST(!understood(Raw(0x58).u32(0x20, 6)));               // a VHD without a file
  BOOST_TEST(!understood(Raw(0x58).u32(0x20, 5).u32(0x24, 2)));  // a path of another version
  BOOST_TEST(!understood(Raw(0x58).u32(0x20, 5).u32(0x24, 1).u32(0x28, 0x34).u32(0x2C, 4)));
  // A device to locate by neither element nor path.
  BOOST_TEST(!understood(Raw(0x2E).u32(0x10, 8).u32(0x20, 1).u32(0x24, 0x12000002)));
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_inside_marks_the_outer_device_too) {
  Blob blob = fx::device_ram_disk(mbr_place(), u"\\a.wim");
  fx::put_u32(blob, 0x44, 0x77);  // type of the nested device
  const BcdDevice device = must(parse_device(blob));
  BOOST_TEST(!device.parsed);
  BOOST_TEST((device.path == u"\\a.wim"));
  BOOST_TEST((device.parent->kind == Kind::unknown));
  BOOST_TEST(device.parent->raw.size() == 0x48U);
}

BOOST_AUTO_TEST_CASE(ignores_bytes_behind_the_descriptor) {
  Blob blob = fx::device_at(mbr_place());
  blob.resize(blob.size() + 7, std::byte{0xEE});
  const BcdDevice device = parsed(blob);
  BOOST_TEST(device.mbr_offset == mbr_offset);
}

BOOST_AUTO_TEST_CASE(a_path_without_a_terminator_ends_with_the_element) {
  Blob blob = fx::device_ram_disk(mbr_place(), u"\\a.wim");
  blob = prefix(blob, blob.size() - 2);
  const auto size = static_cast<std::uint32_t>(blob.size());
  fx::put_u32(blob, 0x18, size - 0x10);
  fx::put_u32(blob, 0x3C, size - 0x38);
  BOOST_TEST((parsed(blob).path == u"\\a.wim"));
}

BOOST_AUTO_TEST_SUITE_END()
