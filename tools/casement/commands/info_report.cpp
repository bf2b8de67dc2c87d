// SPDX-License-Identifier: Apache-2.0
// Gathering what `casement info` prints.
#include "tools/casement/commands/info_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/session/installation_claims.h"
#include "tools/casement/render/text.h"

namespace casement::cli {
namespace {

void gather_hives(InfoReport& report) {
  for (std::size_t i = 0; i < hive_id_count; ++i) {
    const auto id = static_cast<HiveId>(i);
    HiveReport hive{.name = hive_file_name(id), .hive = nullptr, .error = {}};
    if (Result<HivePtr> opened = report.image().hive(id)) {
      hive.hive = std::move(opened).take();
    } else {
      hive.error = opened.error().message();
    }
    if (hive.hive) {
      report.findings.add(hive.name, hive.hive->state().diagnostics);
    }
    report.hives.push_back(std::move(hive));
  }
}

/// What the WIM claims of the image that was chosen.
void compare_with_wim(InfoReport& report) {
  const OpenedImage& opened = report.image().opened();
  const auto index = opened.volumes.at(report.image().installation().volume).wim_image;
  if (opened.wim && index && *index <= opened.wim->images().size()) {
    report.findings.add("wim", compare_claims(opened.wim->images()[*index - 1], report.identity));
  }
}

}  // namespace

bool InfoReport::is_damaged() const noexcept {
  return std::ranges::any_of(hives, [](const HiveReport& hive) { return !hive.error.empty(); }) ||
         std::ranges::any_of(findings.items(), [](const Finding& finding) {
           return finding.diagnostic.severity == Severity::error;
         });
}

InfoReport gather_info(SessionPtr session) {
  InfoReport report;
  report.session = std::move(session);
  report.identity = read_identity(report.image());
  report.volumes = gather_volumes(report.image().opened(), &report.image());
  report.findings.add("image", report.image().opened().diagnostics);
  report.findings.add("installation", report.image().installation().diagnostics);
  gather_hives(report);
  report.findings.add("identity", report.identity.diagnostics);
  compare_with_wim(report);
  return report;
}

std::unique_ptr<const VolumesReport> gather_volumes_report(OpenedImage opened, const Error& error) {
  auto report = std::make_unique<VolumesReport>();
  report->opened = std::move(opened);
  report->volumes = gather_volumes(report->opened, nullptr);
  report->error = error.message();
  report->findings.add("image", report->opened.diagnostics);
  for (const Volume& volume : report->opened.volumes) {
    if (volume.file_system) {
      report->findings.add(volume.name, volume.file_system->diagnostics());
    }
  }
  return report;
}

std::string headline(const InfoReport& report) {
  const Identity& identity = report.identity;
  std::string text = identity.marketing_name.empty() ? "Windows of an unknown edition"
                                                     : printable(identity.marketing_name);
  if (identity.display_version) {
    text += ' ' + printable(identity.display_version->value);
  }
  if (const std::string version = identity.version_string(); !version.empty()) {
    text += " (" + printable(version) + ")";
  }
  if (identity.architecture) {
    text += fmt::format(" {}", architecture_name(identity.architecture->value));
  }
  if (identity.hostname) {
    text += ", host " + printable(identity.hostname->value);
  }
  return text;
}

std::u16string windows_path(const Image& image, const Installation& installation) {
  std::u16string path;
  if (const auto letter = letter_of(image, installation.volume)) {
    path += static_cast<char16_t>(letter->front());
    path += u':';
  }
  return path + installation.windows_directory;
}

}  // namespace casement::cli
