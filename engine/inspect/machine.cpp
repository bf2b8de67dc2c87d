// SPDX-License-Identifier: Apache-2.0
// What SYSTEM says about the machine: its name, its clock, its role.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string_view>
#include <utility>

#include "engine/image/registry_read.h"
#include "engine/inspect/identity_parts.h"
#include "engine/inspect/indirect_string.h"
#include "engine/inspect/registry_list.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive = HiveId::system;
constexpr std::u16string_view zones_key = u"Microsoft\\Windows NT\\CurrentVersion\\Time Zones";
constexpr std::size_t max_time_zones = 1024;  // Windows 11 has 141
constexpr std::size_t netbios_units = 15;     // of a computer name; DNS names may be longer

void read_hostname(FactReader& reader, Identity& identity) {
  auto name = reader.filled_text(hive, reader.control_set(u"Control\\ComputerName\\ComputerName"),
                                 u"ComputerName");
  const std::u16string tcpip = reader.control_set(u"Services\\Tcpip\\Parameters");
  auto dns = reader.filled_text(hive, tcpip, u"Hostname");
  if (!dns) {
    dns = reader.filled_text(hive, tcpip, u"NV Hostname");
  }
  if (name && dns &&
      !equals_folded(std::u16string_view(name->value).substr(0, netbios_units),
                     std::u16string_view(dns->value).substr(0, netbios_units))) {
    reader.findings().add(Severity::warning, "conflict",
                          fmt::format("ComputerName is {}, the TCP/IP host name is {}",
                                      to_utf8(name->value), to_utf8(dns->value)));
  }
  identity.hostname = name ? name : dns;
}

void read_time_zone(FactReader& reader, Identity& identity) {
  const std::u16string key = reader.control_set(u"Control\\TimeZoneInformation");
  const auto name = read_time_zone_name(reader);
  const auto bias = reader.dword(hive, key, u"Bias");
  if (!name && !bias) {
    return;
  }
  Fact<TimeZone> zone;
  zone.evidence = name ? name->evidence : bias->evidence;
  zone.value.key_name = name ? name->value : std::u16string();
  if (bias) {
    // A LONG in a REG_DWORD: zones east of Greenwich are negative.
    zone.value.bias_minutes = std::bit_cast<std::int32_t>(bias->value);
  }
  identity.time_zone = std::move(zone);
}

/// The zone whose standard time is called by the same reference has the name that no language
/// changes; without SOFTWARE the text itself is as good as can be.
MaybeFact<std::u16string> name_of_reference(FactReader& reader, std::u16string_view reference) {
  for (const std::u16string& zone :
       subkey_names(reader, HiveId::software, zones_key, max_time_zones)) {
    const std::u16string key = join_key(zones_key, zone);
    const auto standard = reader.filled_text(HiveId::software, key, u"MUI_Std");
    if (standard && equals_folded(standard->value, reference)) {
      return Fact<std::u16string>{.value = zone, .evidence = standard->evidence};
    }
  }
  auto text = IndirectStrings(reader).resolve(reference);
  if (!text) {
    return std::nullopt;
  }
  return Fact<std::u16string>{
      .value = std::move(text->text),
      .evidence = {.path = to_utf8(text->file), .key = {}, .value = {}, .recovered = false}};
}

void check_role(FactReader& reader, const Identity& identity) {
  if (!identity.product_type || !identity.installation_type) {
    return;
  }
  const bool client_type = equals_folded(identity.product_type->value, u"WinNT");
  const bool client_installation = equals_folded(identity.installation_type->value, u"Client");
  if (client_installation && !client_type) {
    reader.findings().add(Severity::warning, "conflict",
                          fmt::format("InstallationType is Client, ProductType is {}",
                                      to_utf8(identity.product_type->value)));
  }
}

}  // namespace

MaybeFact<std::u16string> read_time_zone_name(FactReader& reader) {
  const std::u16string key = reader.control_set(u"Control\\TimeZoneInformation");
  if (auto name = reader.filled_text(hive, key, u"TimeZoneKeyName")) {
    return name;
  }
  // Before Vista; later this is a reference to a resource ("@tzres.dll,-212").
  auto name = reader.filled_text(hive, key, u"StandardName");
  return name && name->value.front() == u'@' ? name_of_reference(reader, name->value) : name;
}

void read_machine(FactReader& reader, Identity& identity) {
  read_hostname(reader, identity);
  read_time_zone(reader, identity);
  identity.product_type =
      reader.text(hive, reader.control_set(u"Control\\ProductOptions"), u"ProductType");
  identity.last_shutdown =
      reader.file_time(hive, reader.control_set(u"Control\\Windows"), u"ShutdownTime");
  check_role(reader, identity);
}

}  // namespace casement
