// SPDX-License-Identifier: Apache-2.0
// Everything that `casement info` says, gathered before anything is printed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/session/session.h"
#include "tools/casement/commands/finding_list.h"
#include "tools/casement/commands/volume_report.h"

namespace casement::cli {

/// One hive of the session: there, absent, or unreadable.
struct HiveReport {
  const char* name = "";
  HivePtr hive;       // null: absent or unreadable
  std::string error;  // why it cannot be read
};

struct InfoReport {
  SessionPtr session;
  Identity identity;
  std::vector<VolumeReport> volumes;
  std::vector<HiveReport> hives;
  FindingList findings;

  const Image& image() const noexcept { return session->image(); }
  /// Something that the image should have is damaged or unreadable.
  bool is_damaged() const noexcept;
};

/// Asks the session everything.
InfoReport gather_info(SessionPtr session);

/// What can be said of an image in which no Windows was found.
struct VolumesReport {
  OpenedImage opened;
  std::vector<VolumeReport> volumes;  // refers to `opened`
  FindingList findings;
  std::string error;  // why there is no session

  VolumesReport() = default;
  VolumesReport(const VolumesReport&) = delete;
  VolumesReport& operator=(const VolumesReport&) = delete;
};

/// Asks the volumes everything.
std::unique_ptr<const VolumesReport> gather_volumes_report(OpenedImage opened, const Error& error);

/// "Windows 11 Pro 23H2 (10.0.22631.4460) amd64, host DESKTOP-1"; what is unknown is left out.
std::string headline(const InfoReport& report);

/// "C:\Windows", or "\Windows" when the volume has no letter.
std::u16string windows_path(const Image& image, const Installation& installation);

}  // namespace casement::cli
