// SPDX-License-Identifier: Apache-2.0
// Facts of SYSTEM, SOFTWARE, SAM and SECURITY beside those of the identity: keys, names, firmware.
#include "engine/inspect/system_facts.h"

#include <fmt/format.h>

#include <utility>

#include "engine/image/facts.h"
#include "engine/image/registry_read.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/system_blobs.h"
#include "engine/inspect/system_facts_parts.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint32_t max_blob_size = 64 * 1024;  // DigitalProductId has 164, Account!V 500
constexpr std::size_t max_texts = 256;              // ProductSuite has up to 5, CloneTag 1

std::string value_place(HiveId id, std::u16string_view key, std::u16string_view name) {
  return fmt::format("{} {}!{}", hive_file_name(id), to_utf8(key), to_utf8(name));
}

void report_too_large(FactReader& reader, const std::string& place, std::uint32_t size) {
  reader.findings().add(Severity::warning, "limit",
                        fmt::format("{} has {} bytes, more than {}", place, size, max_blob_size));
}

/// A binary value through one of the decoders. What cannot be decoded is "damaged".
template <class Decode>
MaybeFact<std::u16string> decoded(FactReader& reader, HiveId id, std::u16string_view key,
                                  std::u16string_view name, Decode decode) {
  const HivePtr hive = reader.hive(id);
  if (!hive) {
    return std::nullopt;
  }
  const std::string place = value_place(id, key, name);
  const auto value = read_value(*hive, key, name);
  if (!value) {
    reader.findings().add("damaged", Error(value.error()).context(place));
    return std::nullopt;
  }
  if (!*value || (*value)->size() == 0) {
    return std::nullopt;
  }
  if ((*value)->size() > max_blob_size) {
    report_too_large(reader, place, (*value)->size());
    return std::nullopt;
  }
  const auto data = (*value)->data();
  if (!data) {
    reader.findings().add("damaged", Error(data.error()).context(place));
    return std::nullopt;
  }
  auto text = decode(data->bytes());
  if (!text) {
    reader.findings().add(
        Severity::warning, "damaged",
        fmt::format("{}: its {} bytes hold nothing known", place, data->bytes().size()));
    return std::nullopt;
  }
  return Fact<std::u16string>{.value = *std::move(text),
                              .evidence = reader.evidence(id, key, name)};
}

void read_keys(FactReader& reader, SystemFacts& facts) {
  facts.machine_guid =
      reader.filled_text(HiveId::software, u"Microsoft\\Cryptography", u"MachineGuid");
  facts.product_id = reader.filled_text(HiveId::software, current_version_key, u"ProductId");
  facts.product_key = decoded(reader, HiveId::software, current_version_key, u"DigitalProductId",
                              decode_digital_product_id);
  facts.backup_product_key = reader.filled_text(
      HiveId::software, join_key(current_version_key, u"SoftwareProtectionPlatform"),
      u"BackupProductKeyDefault");
  facts.composition_edition =
      reader.filled_text(HiveId::software, current_version_key, u"CompositionEditionID");
  facts.product_suite = read_texts(reader, HiveId::system,
                                   reader.control_set(u"Control\\ProductOptions"), u"ProductSuite");
}

void read_logon(FactReader& reader, SystemFacts& facts) {
  const std::u16string winlogon = join_key(current_version_key, u"Winlogon");
  AutomaticLogon& logon = facts.automatic_logon;
  logon.user = reader.filled_text(HiveId::software, winlogon, u"DefaultUserName");
  // A text: "1" or "0".
  if (auto on = reader.filled_text(HiveId::software, winlogon, u"AutoAdminLogon")) {
    logon.enabled = Fact<bool>{.value = on->value != u"0", .evidence = std::move(on->evidence)};
  }
  if (auto password = reader.text(HiveId::software, winlogon, u"DefaultPassword")) {
    logon.password_stored =
        Fact<bool>{.value = !password->value.empty(), .evidence = std::move(password->evidence)};
  }
  facts.last_user = reader.filled_text(
      HiveId::software, u"Microsoft\\Windows\\CurrentVersion\\Authentication\\LogonUI",
      u"LastLoggedOnUser");
  if (!facts.last_user) {
    facts.last_user = logon.user;
  }
}

void read_membership(FactReader& reader, SystemFacts& facts) {
  const std::u16string tcpip = reader.control_set(u"Services\\Tcpip\\Parameters");
  for (const std::u16string_view name : {u"Domain", u"NV Domain"}) {
    if (!facts.dns_domain) {
      facts.dns_domain = reader.filled_text(HiveId::system, tcpip, name);
    }
  }
  facts.dhcp_domain = reader.filled_text(HiveId::system, tcpip, u"DhcpDomain");
  constexpr std::u16string_view policy =
      u"Microsoft\\Windows\\CurrentVersion\\Group Policy\\History";
  facts.policy_domain = reader.filled_text(HiveId::software, policy, u"MachineDomain");
  facts.domain_controller = reader.filled_text(HiveId::software, policy, u"DCName");
  facts.machine_sid =
      decoded(reader, HiveId::sam, u"SAM\\Domains\\Account", u"V", find_machine_sid);
  if (!facts.machine_sid) {
    facts.machine_sid =
        decoded(reader, HiveId::security, u"Policy\\PolAcDmS", u"", find_machine_sid);
  }
  // The primary domain has an identifier when it is a domain and not a workgroup.
  facts.domain_sid = decoded(reader, HiveId::security, u"Policy\\PolPrDmS", u"", find_machine_sid);
  if (!facts.domain_sid) {
    facts.domain_sid =
        decoded(reader, HiveId::security, u"Policy\\PolMachineAccountS", u"", find_machine_sid);
  }
  auto name = decoded(reader, HiveId::security, u"Policy\\PolPrDmN", u"", decode_policy_text);
  if (name && !name->value.empty()) {
    (facts.domain_sid ? facts.netbios_domain : facts.workgroup) = std::move(name);
  }
}

void read_firmware(FactReader& reader, SystemFacts& facts) {
  const auto type = reader.dword(HiveId::system, reader.control_set(u"Control"), u"PEFirmwareType");
  const BootManager& boot = reader.image().boot_manager();
  if (type && (type->value == 1 || type->value == 2)) {
    facts.firmware = {.value = type->value == 1 ? Firmware::bios : Firmware::uefi,
                      .evidence = type->evidence};
  } else if (boot.chosen && boot.stores[*boot.chosen].firmware != Firmware::unknown) {
    const BootStore& store = boot.stores[*boot.chosen];
    facts.firmware = {
        .value = store.firmware,
        .evidence = {.path = to_utf8(store.path), .key = {}, .value = {}, .recovered = false}};
  }
  const std::u16string control = reader.control_set(u"Control");
  facts.firmware_boot_device = reader.filled_text(HiveId::system, control, u"FirmwareBootDevice");
  facts.system_boot_device = reader.filled_text(HiveId::system, control, u"SystemBootDevice");
  facts.system_partition = reader.filled_text(HiveId::system, u"Setup", u"SystemPartition");
  facts.secure_boot = reader.flag(HiveId::system, reader.control_set(u"Control\\SecureBoot\\State"),
                                  u"UEFISecureBootEnabled");
}

void read_settings(FactReader& reader, SystemFacts& facts) {
  const std::u16string zone = reader.control_set(u"Control\\TimeZoneInformation");
  facts.clock_in_utc = reader.flag(HiveId::system, zone, u"RealTimeIsUniversal");
  facts.daylight_saving_off = reader.flag(HiveId::system, zone, u"DynamicDaylightTimeDisabled");
  const std::u16string pages = reader.control_set(u"Control\\Nls\\CodePage");
  facts.ansi_code_page = reader.filled_text(HiveId::system, pages, u"ACP");
  facts.oem_code_page = reader.filled_text(HiveId::system, pages, u"OEMCP");
}

}  // namespace

std::vector<Fact<std::u16string>> read_texts(FactReader& reader, HiveId id, std::u16string_view key,
                                             std::u16string_view name) {
  std::vector<Fact<std::u16string>> facts;
  const HivePtr hive = reader.hive(id);
  if (!hive || key.empty()) {
    return facts;
  }
  const std::string place = value_place(id, key, name);
  const auto value = read_value(*hive, key, name);
  if (!value) {
    reader.findings().add("damaged", Error(value.error()).context(place));
    return facts;
  }
  if (!*value) {
    return facts;
  }
  if ((*value)->size() > max_blob_size) {
    report_too_large(reader, place, (*value)->size());
    return facts;
  }
  auto texts = (*value)->as_strings();
  if (!texts) {
    reader.findings().add(texts.error().status() == Status::invalid_data ? "wrong-type" : "damaged",
                          Error(texts.error()).context(place));
    return facts;
  }
  for (std::u16string& text : *texts) {
    if (facts.size() == max_texts) {
      reader.findings().add(Severity::warning, "limit",
                            fmt::format("{} has {} texts: only {} of them are read", place,
                                        texts->size(), max_texts));
      break;
    }
    if (!text.empty()) {
      facts.push_back({.value = std::move(text), .evidence = reader.evidence(id, key, name)});
    }
  }
  return facts;
}

SystemFacts read_system_facts(const Image& image) {
  SystemFacts facts;
  FactReader reader(image, facts.diagnostics);
  read_keys(reader, facts);
  read_logon(reader, facts);
  read_membership(reader, facts);
  read_firmware(reader, facts);
  read_settings(reader, facts);
  read_deployment(reader, facts.deployment);
  read_hardware(reader, facts.hardware);
  facts.history = read_history(reader);
  return facts;
}

}  // namespace casement
