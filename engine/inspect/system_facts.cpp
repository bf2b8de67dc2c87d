// SPDX-License-Identifier: Apache-2.0
// Facts of SYSTEM, SOFTWARE, SAM and SECURITY beside those of the identity.
#include "engine/inspect/system_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/image/facts.h"
#include "engine/image/registry_read.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/registry_list.h"
#include "engine/inspect/system_blobs.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint32_t max_blob_size = 64 * 1024;  // DigitalProductId has 164, Account!V 500
constexpr std::size_t max_history = 256;
constexpr std::size_t max_setup_keys = 1024;

/// A binary value through one of the decoders. What cannot be decoded is "damaged".
template <class Decode>
MaybeFact<std::u16string> decoded(FactReader& reader, HiveId id, std::u16string_view key,
                                  std::u16string_view name, Decode decode) {
  const HivePtr hive = reader.hive(id);
  if (!hive) {
    return std::nullopt;
  }
  const std::string place =
      std::string(hive_file_name(id)) + " " + to_utf8(key) + "!" + to_utf8(name);
  const auto value = read_value(*hive, key, name);
  if (!value) {
    reader.findings().add("damaged", Error(value.error()).context(place));
    return std::nullopt;
  }
  if (!*value || (*value)->size() == 0) {
    return std::nullopt;
  }
  if ((*value)->size() > max_blob_size) {
    reader.findings().add(
        Severity::warning, "limit",
        fmt::format("{} has {} bytes, more than {}", place, (*value)->size(), max_blob_size));
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
  facts.last_user = reader.filled_text(
      HiveId::software, u"Microsoft\\Windows\\CurrentVersion\\Authentication\\LogonUI",
      u"LastLoggedOnUser");
  if (!facts.last_user) {
    facts.last_user = reader.filled_text(
        HiveId::software, join_key(current_version_key, u"Winlogon"), u"DefaultUserName");
  }
}

void read_membership(FactReader& reader, SystemFacts& facts) {
  const std::u16string tcpip = reader.control_set(u"Services\\Tcpip\\Parameters");
  for (const std::u16string_view name : {u"Domain", u"NV Domain"}) {
    if (!facts.dns_domain) {
      facts.dns_domain = reader.filled_text(HiveId::system, tcpip, name);
    }
  }
  facts.machine_sid =
      decoded(reader, HiveId::sam, u"SAM\\Domains\\Account", u"V", find_machine_sid);
  if (!facts.machine_sid) {
    facts.machine_sid =
        decoded(reader, HiveId::security, u"Policy\\PolAcDmS", u"", find_machine_sid);
  }
  // The primary domain has an identifier when it is a domain and not a workgroup.
  facts.domain_sid = decoded(reader, HiveId::security, u"Policy\\PolPrDmS", u"", find_machine_sid);
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
  facts.secure_boot = reader.flag(HiveId::system, reader.control_set(u"Control\\SecureBoot\\State"),
                                  u"UEFISecureBootEnabled");
  facts.clock_in_utc = reader.flag(
      HiveId::system, reader.control_set(u"Control\\TimeZoneInformation"), u"RealTimeIsUniversal");
  const std::u16string pages = reader.control_set(u"Control\\Nls\\CodePage");
  facts.ansi_code_page = reader.filled_text(HiveId::system, pages, u"ACP");
  facts.oem_code_page = reader.filled_text(HiveId::system, pages, u"OEMCP");
}

void read_deployment(FactReader& reader, DeploymentState& state) {
  state.setup_in_progress = reader.flag(HiveId::system, u"Setup", u"SystemSetupInProgress");
  state.oobe_in_progress = reader.flag(HiveId::system, u"Setup", u"OOBEInProgress");
  state.image_state = reader.filled_text(
      HiveId::software, u"Microsoft\\Windows\\CurrentVersion\\Setup\\State", u"ImageState");
  state.generalization =
      reader.dword(HiveId::system, u"Setup\\Status\\SysprepStatus", u"GeneralizationState");
}

/// Of the configuration that was used last, else of the last boot.
void read_hardware(FactReader& reader, Hardware& hardware) {
  std::vector<std::u16string> keys;
  if (const auto last = reader.filled_text(HiveId::system, u"HardwareConfig", u"LastConfig")) {
    keys.push_back(join_key(u"HardwareConfig", last->value));
  }
  keys.push_back(reader.control_set(u"Control\\SystemInformation"));
  const auto fill = [&](MaybeFact<std::u16string>& fact, std::u16string_view name) {
    for (const std::u16string& key : keys) {
      if (!fact) {
        fact = reader.filled_text(HiveId::system, key, name);
      }
    }
  };
  fill(hardware.manufacturer, u"SystemManufacturer");
  fill(hardware.model, u"SystemProductName");
  fill(hardware.firmware_version, u"BIOSVersion");
  fill(hardware.firmware_date, u"BIOSReleaseDate");
}

std::u16string plain(const MaybeFact<std::u16string>& fact) {
  return fact ? fact->value : std::u16string();
}

PreviousWindows read_previous(FactReader& reader, const std::u16string& name) {
  const std::u16string key = join_key(u"Setup", name);
  PreviousWindows previous;
  previous.key = name;
  previous.product_name = plain(reader.text(HiveId::system, key, u"ProductName"));
  previous.edition = plain(reader.text(HiveId::system, key, u"EditionID"));
  previous.build = plain(reader.text(HiveId::system, key, u"CurrentBuild"));
  if (const auto time = reader.file_time(HiveId::system, key, u"InstallTime")) {
    previous.install_date = time->value;
  } else if (const auto seconds = reader.dword(HiveId::system, key, u"InstallDate");
             seconds && seconds->value != 0) {
    previous.install_date = FileTime::from_unix_seconds(seconds->value);
  }
  previous.evidence = reader.evidence(HiveId::system, key, {});
  return previous;
}

void read_history(FactReader& reader, SystemFacts& facts) {
  for (const std::u16string& name :
       subkey_names(reader, HiveId::system, u"Setup", max_setup_keys)) {
    if (!starts_with_folded(name, u"Source OS")) {
      continue;
    }
    if (facts.history.size() >= max_history) {
      reader.findings().add(Severity::warning, "limit",
                            fmt::format("more than {} earlier versions of Windows: the rest is "
                                        "not read",
                                        max_history));
      break;
    }
    facts.history.push_back(read_previous(reader, name));
  }
  // Those without a date come first: nullopt is less than any.
  std::sort(facts.history.begin(), facts.history.end(),
            [](const PreviousWindows& a, const PreviousWindows& b) {
              return std::tie(a.install_date, a.key) < std::tie(b.install_date, b.key);
            });
}

}  // namespace

SystemFacts read_system_facts(const Image& image) {
  SystemFacts facts;
  FactReader reader(image, facts.diagnostics);
  read_keys(reader, facts);
  read_membership(reader, facts);
  read_firmware(reader, facts);
  read_deployment(reader, facts.deployment);
  read_hardware(reader, facts.hardware);
  read_history(reader, facts);
  return facts;
}

}  // namespace casement
