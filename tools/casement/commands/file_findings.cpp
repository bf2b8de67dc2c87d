// SPDX-License-Identifier: Apache-2.0
// New findings as warnings.
#include "tools/casement/commands/file_findings.h"

#include <fmt/format.h>

#include <cstddef>
#include <set>

namespace casement::cli {
namespace {

/// A doubt about which of several names was meant: nothing is damaged, and nothing is missing.
bool is_damage(const Diagnostic& finding) {
  return finding.code != "ambiguous-case";
}

void report_volume(const ImageFiles& files, std::size_t volume, DamageReport& damage) {
  const NewFindings findings = files.new_findings(volume);
  const std::string& name = files.opened().volumes[volume].name;
  for (const Diagnostic& finding : findings.items) {
    if (is_damage(finding)) {
      damage.add(name, finding.text);
    } else {
      say_warning(fmt::format("{}: {}", name, finding.text));
    }
  }
  if (findings.dropped != 0) {
    damage.add(name, fmt::format("{} more findings, of which nothing was kept", findings.dropped));
  }
}

}  // namespace

void report_findings(const ImageFiles& files, const FoundFile* found, DamageReport& damage) {
  std::set<std::size_t> volumes;
  if (files.home()) {
    volumes.insert(*files.home());
  }
  if (const auto volume = found ? files.volume_of(*found->file_system) : std::nullopt) {
    volumes.insert(*volume);
  }
  for (const std::size_t volume : volumes) {
    report_volume(files, volume, damage);
  }
}

}  // namespace casement::cli
