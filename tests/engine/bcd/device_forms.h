// SPDX-License-Identifier: Apache-2.0
// Device elements for the tests: written field by field, and one valid element of each form.
#pragma once

#include <ostream>
#include <string_view>
#include <vector>

#include "engine/bcd/device.h"
#include "fixtures/build/bcd_device.h"
#include "tests/support/matchers.h"

namespace casement::test {

namespace fx = casement::fixture;
using Blob = std::vector<std::byte>;

inline constexpr const char* partition_text = "9d4a7cb0-41c5-4c9b-8a15-53d3e2b6a001";
inline constexpr const char* disk_text = "5541e87d-91a5-4f2b-ad43-a0345c199e9b";
inline constexpr const char* options_text = "ae5534e0-a924-466c-b836-758539a3ee3a";
inline constexpr std::uint32_t signature = 0x63F07796;
inline constexpr std::uint64_t mbr_offset = 368050176;

/// Writes fields at the offsets of the format's description; shares nothing with the builders.
class Raw {
 public:
  explicit Raw(std::size_t size) : blob_(size) {
    u32(0x18, static_cast<std::uint32_t>(size - 0x10));
  }
  Raw& u32(std::size_t offset, std::uint32_t value) {
    fx::put_u32(blob_, offset, value);
    return *this;
  }
  Raw& u64(std::size_t offset, std::uint64_t value) {
    fx::put_u64(blob_, offset, value);
    return *this;
  }
  Raw& guid(std::size_t offset, const char* text) {
    fx::put_bytes(blob_, offset, fx::Guid::parse(text).bytes);
    return *this;
  }
  Raw& text(std::size_t offset, std::u16string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      fx::put_u16(blob_, offset + 2 * i, text[i]);
    }
    return *this;
  }
  const Blob& blob() const { return blob_; }

 private:
  Blob blob_;
};

inline Guid guid(const char* text) {
  return Guid::parse(std::string_view(text)).value();
}

inline fx::GptPartition gpt_place() {
  return {.partition = fx::Guid::parse(partition_text), .disk = fx::Guid::parse(disk_text)};
}
inline fx::MbrPartition mbr_place() {
  return {.byte_offset = mbr_offset, .disk_signature = signature};
}

/// Parses completely and keeps every byte.
inline BcdDevice parsed(const Blob& blob) {
  BcdDevice device = must(parse_device(blob));
  BOOST_TEST(device.parsed);
  BOOST_TEST((device.raw == blob));
  return device;
}

/// One valid element of each form.
struct Form {
  const char* name;
  Blob blob;
};
inline std::ostream& operator<<(std::ostream& out, const Form& form) {
  return out << form.name;
}

inline const std::vector<Form>& forms() {
  static const std::vector<Form> all = {
      {"boot", fx::device_at(fx::BootVolume{})},
      {"GPT partition", fx::device_at(gpt_place())},
      {"MBR partition", fx::device_at(mbr_place())},
      {"raw disk", fx::device_at(fx::RawDisk{2})},
      {"RAM disk on a partition",
       fx::device_ram_disk(mbr_place(), u"\\Recovery\\Winre.wim", fx::Guid::parse(options_text))},
      {"RAM disk on the boot volume",
       fx::device_ram_disk(fx::BootVolume{}, u"\\sources\\boot.wim")},
      {"partition in a VHD", fx::device_vhd(mbr_place(), gpt_place(), u"\\vhd\\win.vhdx")},
      {"locate", fx::device_locate(0x22000002)},
      {"locate in a VHD", fx::device_locate_vhd(0x12000002, gpt_place(), u"\\win.vhdx")},
  };
  return all;
}

}  // namespace casement::test
