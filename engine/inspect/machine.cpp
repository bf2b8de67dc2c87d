// SPDX-License-Identifier: Apache-2.0
// What SYSTEM says about the machine: its name, its clock, its role.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string_view>

#include "engine/inspect/identity_parts.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive = HiveId::system;
constexpr std::size_t netbios_units = 15;  // of a computer name; DNS names may be longer

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
  auto name = reader.filled_text(hive, key, u"TimeZoneKeyName");
  if (!name) {
    // Before Vista; later this is a reference to a resource ("@tzres.dll,-212").
    name = reader.filled_text(hive, key, u"StandardName");
    if (name && name->value.front() == u'@') {
      name.reset();
    }
  }
  return name;
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
