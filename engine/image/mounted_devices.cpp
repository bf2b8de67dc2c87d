// SPDX-License-Identifier: Apache-2.0
// MountedDevices names and data, as libyal's winreg-kb ("Mounted devices") describes them.
#include "engine/image/mounted_devices.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "engine/image/registry_read.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view letter_prefix = u"\\DosDevices\\";
constexpr std::u16string_view volume_prefix = u"\\??\\Volume";
constexpr std::string_view guid_magic = "DMIO:ID:";
constexpr std::size_t mbr_size = 12;
constexpr std::size_t guid_size = 24;
/// Real systems have a few dozen; those that saw many USB disks a few hundred.
constexpr std::size_t max_devices = 4096;
/// Of data that is no known form; real device paths stay below 1 KiB.
constexpr std::size_t max_unknown_size = 4096;
constexpr std::size_t hex_shown = 64;  // bytes of unknown data in a description

bool has_guid_magic(Bytes data) {
  return std::equal(guid_magic.begin(), guid_magic.end(), data.begin(),
                    [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
}

/// Text without control characters, or nullopt.
std::optional<std::u16string> as_path(Bytes data) {
  if (data.empty() || data.size() % 2 != 0) {
    return std::nullopt;
  }
  std::u16string text = from_utf16le(data);
  while (!text.empty() && text.back() == u'\0') {
    text.pop_back();
  }
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char16_t unit) { return unit >= 0x20; });
  // Every path that the mount manager writes starts with one of these two.
  if (text.empty() || !printable || (text.front() != u'\\' && text.front() != u'_')) {
    return std::nullopt;
  }
  return text;
}

struct Describe {
  std::string operator()(const MountedMbrPartition& target) const {
    return fmt::format("disk {:08x} offset {}", target.disk_signature, target.offset);
  }
  std::string operator()(const MountedGuid& target) const {
    return fmt::format("partition {}", target.id.to_string());
  }
  std::string operator()(const MountedPath& target) const { return to_utf8(target.path); }
  std::string operator()(const MountedUnknown& target) const {
    std::string text = "data ";
    for (std::size_t i = 0; i < std::min(target.bytes.size(), hex_shown); ++i) {
      text += fmt::format("{:02x}", std::to_integer<unsigned>(target.bytes[i]));
    }
    return target.bytes.size() > hex_shown ? text + "..." : text;
  }
};

}  // namespace

MountedTarget decode_mounted_target(Bytes data) {
  if (data.size() == mbr_size) {
    return MountedMbrPartition{.disk_signature = get_le<std::uint32_t>(data, 0),
                               .offset = get_le<std::uint64_t>(data, 4)};
  }
  if (data.size() == guid_size && has_guid_magic(data)) {
    return MountedGuid{Guid::from_bytes(data.subspan(guid_magic.size()))};
  }
  if (auto path = as_path(data)) {
    return MountedPath{*std::move(path)};
  }
  const Bytes kept = data.first(std::min(data.size(), max_unknown_size));
  return MountedUnknown{.bytes = {kept.begin(), kept.end()},
                        .complete = kept.size() == data.size()};
}

std::optional<MountedDevice> decode_mounted_device(std::u16string_view name, Bytes data) {
  MountedDevice device;
  if (starts_with_folded(name, letter_prefix)) {
    const std::u16string_view rest = name.substr(letter_prefix.size());
    if (rest.size() != 2 || rest[1] != u':' || upcase(rest[0]) < u'A' || upcase(rest[0]) > u'Z') {
      return std::nullopt;
    }
    device.letter = upcase(rest[0]);
  } else if (starts_with_folded(name, volume_prefix)) {
    device.volume_guid = Guid::parse(name.substr(volume_prefix.size()));
  } else if (!name.empty() && name.front() == u'#') {
    device.volume_guid = Guid::parse(name.substr(1));
  }
  if (!device.letter && !device.volume_guid) {
    return std::nullopt;
  }
  device.target = decode_mounted_target(data);
  return device;
}

std::string describe_mounted_target(const MountedTarget& target) {
  return std::visit(Describe{}, target);
}

bool names_volume(const MountedTarget& target, const VolumeIdentity& identity) {
  if (const auto* mbr = std::get_if<MountedMbrPartition>(&target)) {
    return identity.mbr_signature == mbr->disk_signature && identity.start_offset == mbr->offset;
  }
  if (const auto* guid = std::get_if<MountedGuid>(&target)) {
    return identity.partition_id == guid->id;
  }
  return false;
}

namespace {

/// Takes one value after the other, within the budgets.
class DeviceReader {
 public:
  explicit DeviceReader(Diagnostics& findings) : findings_(findings) {}

  /// false: nothing more is read.
  bool take(const Value& value) {
    const std::string name = to_utf8(value.name().to_u16string());
    if (value.size() > max_mounted_value) {
      findings_.add(Severity::warning, "mounted-devices",
                    fmt::format("SYSTEM\\MountedDevices!{} claims {} bytes of data: not read", name,
                                value.size()));
      return true;
    }
    if (value.size() > max_mounted_data - read_) {
      findings_.add(Severity::warning, "mounted-devices",
                    fmt::format("only the first {} bytes of data in SYSTEM\\MountedDevices are "
                                "read",
                                max_mounted_data));
      return false;
    }
    read_ += value.size();
    const auto data = value.data();
    if (!data) {
      findings_.add("mounted-devices", data.error());
      return true;
    }
    auto device = decode_mounted_device(value.name().to_u16string(), data->bytes());
    if (!device) {
      findings_.add(
          Severity::note, "mounted-devices",
          fmt::format("SYSTEM\\MountedDevices!{} names neither a letter nor a volume", name));
    } else if (!device->letter || letters_.insert(*device->letter).second) {
      devices_.push_back(*std::move(device));
    }
    return true;
  }

  std::vector<MountedDevice> devices() && { return std::move(devices_); }

 private:
  Diagnostics& findings_;
  std::uint64_t read_ = 0;  // bytes of data
  std::set<char16_t> letters_;
  std::vector<MountedDevice> devices_;
};

}  // namespace

std::vector<MountedDevice> read_mounted_devices(const Hive& system, Diagnostics& findings) {
  const auto key = system.find(u"MountedDevices");
  if (!key) {
    findings.add("mounted-devices", key.error());
    return {};
  }
  if (!*key) {
    return {};
  }
  DeviceReader devices(findings);
  ValueReader reader = (*key)->values();
  for (std::size_t read = 0;; ++read) {
    if (read == max_devices) {
      findings.add(
          Severity::warning, "mounted-devices",
          fmt::format("only the first {} values of SYSTEM\\MountedDevices are read", max_devices));
      break;
    }
    const auto value = reader.next();
    if (!value) {
      findings.add("mounted-devices", value.error());
      continue;
    }
    if (!*value || !devices.take(**value)) {
      break;
    }
  }
  return std::move(devices).devices();
}

}  // namespace casement
