// SPDX-License-Identifier: Apache-2.0
// A BCD element: its type word, its name, its decoded value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/bcd/device.h"
#include "vfs/core/bytes.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"

namespace casement {

/// Bits 28 to 31 of an element type.
enum class BcdElementClass : std::uint8_t {
  none = 0,
  library = 1,      // means the same in every object
  application = 2,  // means what the object's application says
  device = 3,       // of device options objects
  setup = 4,        // template, for Windows Setup
  oem = 5,
};

/// Bits 24 to 27 of an element type: how the bytes are read, whatever the registry type says.
enum class BcdFormat : std::uint8_t {
  none = 0,
  device = 1,
  string = 2,
  object = 3,
  object_list = 4,
  integer = 5,
  boolean = 6,
  integer_list = 7,
  binary = 8,
};

constexpr BcdElementClass element_class(std::uint32_t type) noexcept {
  return static_cast<BcdElementClass>(type >> 28);
}
constexpr BcdFormat element_format(std::uint32_t type) noexcept {
  return static_cast<BcdFormat>((type >> 24) & 0xF);
}

/// Types that the engine itself asks for.
namespace bcd {
inline constexpr std::uint32_t device = 0x11000001;
inline constexpr std::uint32_t path = 0x12000002;
inline constexpr std::uint32_t description = 0x12000004;
inline constexpr std::uint32_t inherit = 0x14000006;
inline constexpr std::uint32_t recovery_enabled = 0x16000009;
inline constexpr std::uint32_t test_signing = 0x16000049;
inline constexpr std::uint32_t display_order = 0x24000001;      // boot manager
inline constexpr std::uint32_t boot_sequence = 0x24000002;      // boot manager: the next start only
inline constexpr std::uint32_t default_object = 0x23000003;     // boot manager
inline constexpr std::uint32_t timeout = 0x25000004;            // boot manager, seconds
inline constexpr std::uint32_t os_device = 0x21000001;          // OS loader
inline constexpr std::uint32_t system_root = 0x22000002;        // OS loader
inline constexpr std::uint32_t resume_object = 0x23000003;      // OS loader
inline constexpr std::uint32_t nx = 0x25000020;                 // OS loader
inline constexpr std::uint32_t win_pe = 0x26000022;             // OS loader
inline constexpr std::uint32_t hiberfil_path = 0x22000002;      // resume application
inline constexpr std::uint32_t ram_disk_sdi_path = 0x32000004;  // device options
}  // namespace bcd

/// The value of an element, by its format. The bytes alone when the format is binary or unknown, or
/// when they could not be read as their format.
using BcdValue = std::variant<std::vector<std::byte>, BcdDevice, std::u16string, Guid,
                              std::vector<Guid>, std::uint64_t, bool, std::vector<std::uint64_t>>;

struct BcdElement {
  std::uint32_t type = 0;
  BcdValue value;
  /// element_name() in its object.
  std::string name;
  std::uint32_t registry_type = 0;
  std::vector<std::byte> raw;

  BcdFormat format() const noexcept { return element_format(type); }

  /// The value when it has that kind, or nullptr.
  const BcdDevice* device() const noexcept { return std::get_if<BcdDevice>(&value); }
  const std::u16string* string() const noexcept { return std::get_if<std::u16string>(&value); }
  const Guid* object() const noexcept { return std::get_if<Guid>(&value); }
  const std::vector<Guid>* objects() const noexcept {
    return std::get_if<std::vector<Guid>>(&value);
  }
  const std::uint64_t* integer() const noexcept { return std::get_if<std::uint64_t>(&value); }
  const bool* boolean() const noexcept { return std::get_if<bool>(&value); }
  const std::vector<std::uint64_t>* integers() const noexcept {
    return std::get_if<std::vector<std::uint64_t>>(&value);
  }
};

/// What bcdedit calls the element in an object of that type ("default" in a boot manager is
/// "resumeobject" in an OS loader); eight hexadecimal digits when we have no name for it.
std::string element_name(std::uint32_t type, std::uint32_t object_type);

/// What was made of an element's bytes.
struct DecodedElement {
  BcdValue value;
  /// Why `value` is the bytes alone, or which items of a list were left out.
  std::optional<Error> damage;
};

/// Reads bytes as the format of `type` says. Never fails: see DecodedElement.
DecodedElement decode_element(std::uint32_t type, Bytes raw, const Limits& limits = {});

/// For people, each item of a list alone: devices as describe(), objects as "{guid}", booleans
/// "Yes" and "No", an integer in decimal or by the name that bcdedit has for the value ("OptIn"),
/// the integers of a list as "0x15000075", bytes in hexadecimal.
std::vector<std::string> describe_items(const BcdElement& element);
/// The same, joined by ", ".
std::string describe(const BcdElement& element);

}  // namespace casement
