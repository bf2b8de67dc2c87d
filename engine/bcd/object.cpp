// SPDX-License-Identifier: Apache-2.0
// Object kinds from the type word, and the objects that every store names alike.
#include "engine/bcd/object.h"

#include <algorithm>
#include <array>

namespace casement {
namespace {

enum class TypeClass : std::uint8_t { application = 1, inherited = 2, device = 3 };

/// Bits 20 to 23 of an inherited object: the class of object that may inherit it.
constexpr std::uint32_t inherited_by_application = 2;
/// Bits 0 to 19 of an entry of the firmware's menu that is no Windows application.
constexpr std::uint32_t firmware_entry = 0xFFFFF;

/// Compile-time GUID from its text form's five groups.
constexpr Guid make_guid(std::uint32_t a, std::uint16_t b, std::uint16_t c,
                         std::uint64_t d) noexcept {
  Guid id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.raw[i] = static_cast<std::byte>((a >> (8 * i)) & 0xFF);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    id.raw[4 + i] = static_cast<std::byte>((b >> (8 * i)) & 0xFF);
    id.raw[6 + i] = static_cast<std::byte>((c >> (8 * i)) & 0xFF);
  }
  for (std::size_t i = 0; i < 8; ++i) {
    id.raw[8 + i] = static_cast<std::byte>((d >> (8 * (7 - i))) & 0xFF);
  }
  return id;
}

struct KnownObject {
  std::string_view name;
  Guid id;
};

// The names are those of bcdedit.
constexpr std::array<KnownObject, 15> known_objects = {{
    {"{bootmgr}", make_guid(0x9dea862c, 0x5cdd, 0x4e70, 0xacc1'f32b344d4795)},
    {"{fwbootmgr}", make_guid(0xa5a30fa2, 0x3d06, 0x4e9f, 0xb5f4'a01df9d1fcba)},
    {"{memdiag}", make_guid(0xb2721d73, 0x1db4, 0x4c62, 0xbf78'c548a880142d)},
    {"{ntldr}", make_guid(0x466f5a88, 0x0af2, 0x4f76, 0x9038'095b170dc21c)},
    {"{ramdiskoptions}", make_guid(0xae5534e0, 0xa924, 0x466c, 0xb836'758539a3ee3a)},
    {"{globalsettings}", make_guid(0x7ea2e1ac, 0x2e61, 0x4728, 0xaaa3'896d9d0a9f0e)},
    {"{bootloadersettings}", make_guid(0x6efb52bf, 0x1766, 0x41db, 0xa6b3'0ee5eff72bd7)},
    {"{resumeloadersettings}", make_guid(0x1afa9c49, 0x16ab, 0x4a5c, 0x901b'212802da9460)},
    {"{hypervisorsettings}", make_guid(0x7ff607e0, 0x4395, 0x11db, 0xb0de'0800200c9a66)},
    {"{emssettings}", make_guid(0x0ce4991b, 0xe6b3, 0x4b16, 0xb23c'5e0d9250e5d9)},
    {"{dbgsettings}", make_guid(0x4636856e, 0x540f, 0x4170, 0xa130'a84776f4c654)},
    {"{badmemory}", make_guid(0x5189b25c, 0x5558, 0x4bf2, 0xbca4'289b11bd29e2)},
    {"{kerneldbgsettings}", make_guid(0x313e8eed, 0x7098, 0x4586, 0xa9bf'309c61f8d449)},
    {"{default}", make_guid(0x1cae1eb7, 0xa0df, 0x4d4d, 0x9851'4860e34ef535)},
    {"{current}", make_guid(0xfa926493, 0x6f1c, 0x4193, 0xa414'58f0b2456d1e)},
}};

constexpr Guid known(std::string_view name) noexcept {
  for (const KnownObject& object : known_objects) {
    if (object.name == name) {
      return object.id;
    }
  }
  return {};
}

}  // namespace

namespace bcd_id {
constexpr Guid boot_manager = known("{bootmgr}");
constexpr Guid firmware_boot_manager = known("{fwbootmgr}");
constexpr Guid memory_tester = known("{memdiag}");
constexpr Guid legacy_loader = known("{ntldr}");
constexpr Guid ram_disk_options = known("{ramdiskoptions}");
constexpr Guid global_settings = known("{globalsettings}");
constexpr Guid boot_loader_settings = known("{bootloadersettings}");
constexpr Guid resume_loader_settings = known("{resumeloadersettings}");
constexpr Guid hypervisor_settings = known("{hypervisorsettings}");
constexpr Guid default_entry = known("{default}");
constexpr Guid current_entry = known("{current}");
}  // namespace bcd_id

BcdObjectKind application_kind(std::uint32_t type) noexcept {
  const auto type_class = static_cast<TypeClass>(type >> 28);
  const bool about_application =
      type_class == TypeClass::application ||
      (type_class == TypeClass::inherited && ((type >> 20) & 0xF) == inherited_by_application);
  if (!about_application) {
    return BcdObjectKind::unknown;
  }
  constexpr std::array<BcdObjectKind, 10> kinds = {
      BcdObjectKind::unknown,       BcdObjectKind::firmware_boot_manager,
      BcdObjectKind::boot_manager,  BcdObjectKind::os_loader,
      BcdObjectKind::resume,        BcdObjectKind::memory_tester,
      BcdObjectKind::legacy_loader, BcdObjectKind::setup_loader,
      BcdObjectKind::boot_sector,   BcdObjectKind::startup_module};
  const std::uint32_t application = type & 0xFFFFF;
  if (application == firmware_entry) {
    return BcdObjectKind::firmware_application;
  }
  return application < kinds.size() ? kinds[application] : BcdObjectKind::unknown;
}

BcdObjectKind object_kind(std::uint32_t type) noexcept {
  switch (static_cast<TypeClass>(type >> 28)) {
    case TypeClass::application:
      return application_kind(type);
    case TypeClass::inherited:
      return BcdObjectKind::inherited_settings;
    case TypeClass::device:
      return BcdObjectKind::device_options;
  }
  return BcdObjectKind::unknown;
}

const char* object_kind_name(BcdObjectKind kind) noexcept {
  switch (kind) {
    case BcdObjectKind::firmware_boot_manager:
      return "Firmware Boot Manager";
    case BcdObjectKind::boot_manager:
      return "Windows Boot Manager";
    case BcdObjectKind::os_loader:
      return "Windows Boot Loader";
    case BcdObjectKind::resume:
      return "Resume from Hibernate";
    case BcdObjectKind::memory_tester:
      return "Windows Memory Tester";
    case BcdObjectKind::legacy_loader:
      return "Windows Legacy OS Loader";
    case BcdObjectKind::setup_loader:
      return "Windows Setup Loader";
    case BcdObjectKind::boot_sector:
      return "Real-mode Boot Sector";
    case BcdObjectKind::startup_module:
      return "Startup Module";
    case BcdObjectKind::firmware_application:
      return "Firmware Application";
    case BcdObjectKind::inherited_settings:
      return "Inherited Settings";
    case BcdObjectKind::device_options:
      return "Device Options";
    case BcdObjectKind::unknown:
      break;
  }
  return "Unknown Object";
}

const BcdElement* BcdObject::find(std::uint32_t element_type) const noexcept {
  const auto found = std::lower_bound(
      elements.begin(), elements.end(), element_type,
      [](const BcdElement& element, std::uint32_t wanted) { return element.type < wanted; });
  return found != elements.end() && found->type == element_type ? &*found : nullptr;
}

std::optional<std::string_view> well_known_name(const Guid& id) noexcept {
  for (const KnownObject& object : known_objects) {
    if (object.id == id) {
      return object.name;
    }
  }
  return std::nullopt;
}

std::string display_id(const Guid& id) {
  if (const auto name = well_known_name(id)) {
    return std::string(*name);
  }
  return "{" + id.to_string() + "}";
}

}  // namespace casement
