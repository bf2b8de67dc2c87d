// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets bcd_device and bcd_store: write_bcd_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>

#include "fixtures/build/bcd_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

void write_devices(const std::filesystem::path& folder) {
  const GptPartition gpt{derived_guid("partition"), derived_guid("disk")};
  const MbrPartition mbr{.byte_offset = 1048576, .disk_signature = 0x63F07796};
  write_file(folder / "boot.bin", device_at(BootVolume{}));
  write_file(folder / "gpt.bin", device_at(gpt));
  write_file(folder / "mbr.bin", device_at(mbr));
  write_file(folder / "raw_disk.bin", device_at(RawDisk{1}));
  write_file(folder / "ram_disk.bin", device_ram_disk(mbr, "\\a.wim", derived_guid("options")));
  write_file(folder / "vhd.bin", device_vhd(mbr, gpt, "\\a.vhdx"));
  write_file(folder / "locate.bin", device_locate(bcd_element::system_root));
  write_file(folder / "locate_vhd.bin", device_locate_vhd(bcd_element::path, gpt, "\\a.vhd"));
  write_file(folder / "unknown.bin", device_other(9, ByteVector(16, std::byte{1})));
}

void write_stores(const std::filesystem::path& folder) {
  BcdEntry entry;
  entry.os_device = device_at(MbrPartition{.byte_offset = 1048576, .disk_signature = 7});
  write_file(folder / "setup.bin", build_bcd_store({.uefi = true, .entries = {entry}}).build());

  BcdBuilder small;
  const Guid loader = derived_guid("loader");
  const Guid settings = derived_guid("settings");
  small.object(bcd_id::boot_manager, bcd_object::boot_manager)
      .set_object(bcd_element::default_entry, loader)
      .set_object_list(bcd_element::display_order, {loader, settings});
  small.object(loader, bcd_object::os_loader)
      .set_device(bcd_element::os_device, device_locate(bcd_element::system_root))
      .set_string(bcd_element::system_root, "\\Windows")
      .set_object_list(bcd_element::inherit, {settings});
  small.object(settings, bcd_object::inherit_os_loader)
      .set_object_list(bcd_element::inherit, {loader})
      .set_integer_list(bcd_element::bad_memory_list, {1, 2})
      .set_boolean(bcd_element::test_signing, true);
  write_file(folder / "small.bin", small.build());
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_bcd_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_devices(folder / "bcd_device");
  write_stores(folder / "bcd_store");
  return 0;
}
