// SPDX-License-Identifier: Apache-2.0
// Which Windows this is: product, version, architecture, installation, host.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/image/image.h"
#include "engine/inspect/fact.h"
#include "engine/pe/version_info.h"

namespace casement {

enum class Architecture : std::uint16_t {
  unknown = 0,
  x86 = 0x014C,
  arm = 0x01C4,
  ia64 = 0x0200,
  amd64 = 0x8664,
  arm64 = 0xAA64,
};
const char* architecture_name(Architecture architecture) noexcept;

struct TimeZone {
  std::u16string key_name;        // "Pacific Standard Time"
  std::int32_t bias_minutes = 0;  // UTC = local + bias
};

/// Absent facts are nullopt: nothing is guessed.
struct Identity {
  MaybeFact<std::u16string> product_name;  // as stored: says "Windows 10" on Windows 11
  /// product_name, corrected: builds from 22000 with InstallationType Client are Windows 11.
  std::u16string marketing_name;
  MaybeFact<std::u16string> edition;            // EditionID
  MaybeFact<std::u16string> installation_type;  // "Client", "Server Core"
  MaybeFact<std::uint32_t> major_version;
  MaybeFact<std::uint32_t> minor_version;
  MaybeFact<std::u16string> build;  // "19045"
  MaybeFact<std::uint32_t> ubr;
  MaybeFact<std::u16string> display_version;  // DisplayVersion, else ReleaseId, else CSDVersion
  MaybeFact<std::u16string> build_lab;
  /// Of ntoskrnl.exe. Its build may be that of BuildLab: enablement packages leave the kernel as it
  /// is. Its revision may be below `ubr`: not every update brings a kernel.
  MaybeFact<FileVersion> kernel_version;
  MaybeFact<Architecture> architecture;  // PE header of ntoskrnl.exe or kernel32.dll
  MaybeFact<FileTime> install_date;
  MaybeFact<std::u16string> hostname;
  MaybeFact<TimeZone> time_zone;
  MaybeFact<std::u16string> product_type;  // WinNT, ServerNT, LanmanNT
  MaybeFact<std::u16string> system_root;
  MaybeFact<std::u16string> registered_owner;
  MaybeFact<std::u16string> registered_organization;
  MaybeFact<FileTime> last_shutdown;
  MaybeFact<std::u16string> default_language;   // "en-US", from Nls\Language!InstallLanguage
  std::vector<Fact<std::u16string>> languages;  // MUI\UILanguages
  /// Facts that contradict each other, damaged values.
  Diagnostics diagnostics;

  /// "10.0.19045.3570"; shorter when parts are unknown.
  std::string version_string() const;
};

/// Reads what is there; a damaged value is reported in Identity::diagnostics and hides no other.
Identity read_identity(const Image& image);

}  // namespace casement
