// SPDX-License-Identifier: Apache-2.0
// Installations with driver packages, for the tests of what is asked about them.
#pragma once

#include <cstdint>
#include <string>

#include "fixtures/build/bytes.h"
#include "fixtures/build/hive_builder.h"
#include "tests/engine/image/image_support.h"

namespace casement::test {

inline constexpr const char* system_class = "4d36e97d-e325-11ce-bfc1-08002be10318";
inline constexpr const char* mouse_class = "4d36e96f-e325-11ce-bfc1-08002be10318";
inline constexpr const char* net_class = "4d36e972-e325-11ce-bfc1-08002be10318";

/// The 48 bytes of a Version value: 12.5.10.0 of 2019-07-11.
inline fixture::ByteVector version_value(const std::string& class_guid, bool inbox,
                                         std::uint16_t processor = 9) {
  fixture::ByteVector blob;
  fixture::append_u16(blob, inbox ? 0xFFFF : 0xFF00);
  fixture::append_u16(blob, processor);
  fixture::append_u32(blob, 0);
  fixture::append_bytes(blob, fixture::Guid::parse(class_guid).bytes);
  fixture::append_u64(blob, fixture::ticks_at(2019, 7, 11));
  for (const std::uint16_t part : std::initializer_list<std::uint16_t>{0, 10, 5, 12}) {
    fixture::append_u16(blob, part);
  }
  blob.resize(48);
  return blob;
}

/// A Windows 10 whose hives can be changed before it is opened.
struct DriverImage {
  fixture::HiveBuilder system = small_system();
  fixture::HiveBuilder software = small_software();
  fixture::HiveBuilder drivers;
  fixture::Tree files;  // beside the hives

  DriverImage() {
    software.key("Microsoft\\Windows NT\\CurrentVersion")
        .set_dword("CurrentMajorVersionNumber", 10)
        .set_dword("CurrentMinorVersionNumber", 0)
        .set_string("CurrentBuildNumber", "19041");
  }

  /// The key of a package, with its published name and nothing else.
  static fixture::KeyBuilder package(const fixture::HiveBuilder& hive, const std::string& id,
                                     const std::string& published) {
    return hive.key("DriverDatabase\\DriverPackages").subkey(id).set_default(published);
  }

  fixture::Tree tree() const {
    fixture::Tree built;
    add_small_windows(built, "Windows", system, software);
    built.add_file("Windows/System32/config/DRIVERS", drivers.build());
    built.add_tree("", files);
    return built;
  }
  ImagePtr open() const { return open_tree(tree()); }
};

/// The mouse driver of a virtual machine, as Windows records it.
inline fixture::KeyBuilder add_mouse(const fixture::HiveBuilder& hive) {
  const fixture::KeyBuilder key =
      DriverImage::package(hive, "vmusbmouse.inf_amd64_64ac7a0a2c0a1a36", "oem7.inf");
  fixture::ByteVector imported;
  fixture::append_u64(imported, fixture::ticks_at(2022, 6, 22));
  key.set_binary("Version", version_value(mouse_class, false))
      .set_string("Provider", "VMware, Inc.")
      .set_dword("SignerScore", 0x0D000005)
      .set_string("SignerName", "Microsoft Windows Hardware Compatibility Publisher")
      .set_string("InfName", "vmusbmouse.inf")
      .set_string("OemPath", "C:\\Drivers")
      .set_string("Catalog", "vmusbmouse.cat")
      .set_binary("ImportDate", imported);
  return key;
}

}  // namespace casement::test
