// SPDX-License-Identifier: Apache-2.0
// Reading the facts that opening an image needs.
#include "engine/image/facts.h"

#include <fmt/format.h>

#include "engine/image/registry_read.h"

namespace casement {
namespace {

/// The value of a read, with an error turned into a finding.
template <class T>
std::optional<T> or_finding(Result<std::optional<T>> read, Diagnostics& findings) {
  if (!read) {
    findings.add("registry-value", read.error());
    return std::nullopt;
  }
  return *std::move(read);
}

bool has_key(const Hive& hive, std::u16string_view path, Diagnostics& findings) {
  return or_finding(hive.find(path), findings).has_value();
}

FileTime shutdown_time(const Hive& system, const std::u16string& control, Diagnostics& findings) {
  const auto value =
      or_finding(read_value(system, join_key(control, u"Windows"), u"ShutdownTime"), findings);
  if (!value) {
    return {};
  }
  const auto data = value->data();
  if (!data || data->bytes().size() != 8) {
    return {};
  }
  return {get_le<std::uint64_t>(data->bytes(), 0)};
}

void read_system(InstallationFacts& facts, Diagnostics& findings) {
  const Hive& system = *facts.system;
  facts.start.system_partition =
      or_finding(read_string(system, u"Setup", u"SystemPartition"), findings);
  facts.control_set = find_control_set(system, findings);
  if (facts.control_set.number == 0) {
    return;
  }
  const std::u16string control = join_key(facts.control_set.key, u"Control");
  facts.mini_nt = has_key(system, join_key(control, u"MiniNT"), findings);
  facts.product_type = or_finding(
      read_string(system, join_key(control, u"ProductOptions"), u"ProductType"), findings);
  facts.last_activity = shutdown_time(system, control, findings);
  facts.start.firmware_boot_device =
      or_finding(read_string(system, control, u"FirmwareBootDevice"), findings);
  facts.start.system_boot_device =
      or_finding(read_string(system, control, u"SystemBootDevice"), findings);
}

void read_software(InstallationFacts& facts, Diagnostics& findings) {
  const Hive& software = *facts.software;
  const std::u16string_view key = current_version_key;
  facts.current_version = has_key(software, key, findings);
  if (facts.current_version) {
    facts.winpe_key = has_key(software, join_key(key, u"WinPE"), findings);
    facts.system_root = or_finding(read_string(software, key, u"SystemRoot"), findings);
    if (!facts.system_root) {
      facts.system_root = or_finding(read_string(software, key, u"PathName"), findings);
    }
    facts.installation_type = or_finding(read_string(software, key, u"InstallationType"), findings);
    facts.edition = or_finding(read_string(software, key, u"EditionID"), findings);
    facts.install_date = or_finding(read_integer(software, key, u"InstallDate"), findings);
  }
  facts.machine_guid =
      or_finding(read_string(software, u"Microsoft\\Cryptography", u"MachineGuid"), findings);
}

/// The hive when it can be read; `there` tells a missing file from a bad one.
HivePtr open_for_facts(const HiveSet& hives, HiveId id, bool& there, Diagnostics& findings) {
  Result<HivePtr> hive = hives.hive(id);
  if (!hive) {
    there = true;
    findings.add("hive-unreadable", hive.error());
    return nullptr;
  }
  there = *hive != nullptr;
  return *std::move(hive);
}

}  // namespace

InstallationFacts read_facts(const HiveSet& hives, Diagnostics& findings) {
  InstallationFacts facts;
  facts.system = open_for_facts(hives, HiveId::system, facts.system_file, findings);
  facts.software = open_for_facts(hives, HiveId::software, facts.software_file, findings);
  if (facts.system) {
    read_system(facts, findings);
  }
  if (facts.software) {
    read_software(facts, findings);
  }
  return facts;
}

}  // namespace casement
