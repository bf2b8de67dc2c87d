// SPDX-License-Identifier: Apache-2.0
// The files, hives, letters and boot manager of one chosen installation.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/hive/hive.h"
#include "engine/image/boot_manager.h"
#include "engine/image/drive_letters.h"
#include "engine/image/hive_id.h"
#include "engine/image/installation.h"
#include "engine/image/unreadable_installation.h"
#include "vfs/fs/path_walker.h"
#include "vfs/open/opener.h"

namespace casement {

/// What the caller of a session may fix instead of leaving it to the search.
struct ImageChoice {
  /// WindowsDirectory of DismOpenSession: relative to the image or absolute; empty: search.
  std::u16string windows_directory;
  /// SystemDrive of DismOpenSession: "S:" or "S:\"; empty: search.
  std::u16string system_drive;
};

/// One installation on file systems. Immutable after open but for hives, which are opened at the
/// first question and then kept. All const calls may be made from many threads.
class Image {
 public:
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  ~Image();

  /// Finds every installation in `opened`, chooses one and completes it.
  /// path_not_found: no installation, or the given Windows directory or system drive is not there
  /// or is not one. unsupported: no installation that can be read, and a volume is locked.
  /// invalid_argument: a malformed choice. The message says what was looked for, where, and what
  /// was found instead.
  static Result<std::shared_ptr<const Image>> open(OpenedImage opened, const ImageChoice& choice,
                                                   const Limits& limits = {});

  const OpenedImage& opened() const noexcept;
  /// All of them, best first; and the position of the chosen one.
  const std::vector<Installation>& installations() const noexcept;
  std::size_t chosen() const noexcept;
  const Installation& installation() const noexcept { return installations()[chosen()]; }
  /// What boot entries start on volumes that cannot be opened: present but locked, mostly.
  const std::vector<UnreadableInstallation>& unreadable_installations() const noexcept;
  /// One sentence: why the chosen one was chosen.
  const std::string& choice_reason() const noexcept;

  const DriveLetters& drive_letters() const noexcept;
  const BootManager& boot_manager() const noexcept;

  /// The current control set from SYSTEM\Select; 0 when there is no SYSTEM.
  std::uint32_t control_set() const noexcept;
  /// Its key as stored, "ControlSet001"; empty when there is none.
  const std::u16string& control_set_key() const noexcept;

  /// The hive, opened and recovered at the first call and then kept. nullptr: the file is not
  /// there.
  Result<HivePtr> hive(HiveId id) const;
  /// Any hive file by Windows path on the installation's volume, opened and kept likewise.
  Result<HivePtr> hive_at(std::u16string_view path) const;

  /// What opening hives met beside errors, so far: logs that could not be read.
  Diagnostics hive_findings() const;

  /// A key by its path in the running system: HKLM\SOFTWARE\..., HKLM\SYSTEM\CurrentControlSet\...,
  /// HKU\.DEFAULT, HKU\<SID>, HKU\<SID>_Classes, HKCR, and the long root names. Without regard to
  /// case; symbolic links are followed.
  /// nullopt: not there. invalid_argument: no such root, a root that only a running system has
  /// (HKCU, HKCC), or a root alone. too_many_links: a cycle.
  struct LocatedKey {
    HivePtr hive;
    Key key;
    std::u16string path;  // canonical: "HKLM\SYSTEM\ControlSet001\Control", names as stored
  };
  Result<std::optional<LocatedKey>> find_key(std::u16string_view registry_path) const;

  /// A file or directory by Windows path ("C:\Windows\explorer.exe", "\Windows",
  /// "%SystemRoot%\.."). A relative path is looked for from the root of the installation's volume,
  /// then from the Windows directory. nullopt: not there. invalid_argument: malformed, or it begins
  /// with a variable that the installation does not define. Else as PathWalker::resolve, which
  /// `mode` is for.
  struct LocatedFile {
    FileSystemPtr file_system;
    NodeId node;
    NodeKind kind = NodeKind::file;
    std::u16string path;  // names as stored, from the root of `file_system`
    std::u16string
        stream;  // named stream that the path asked for; whether it exists is not checked
  };
  Result<std::optional<LocatedFile>> find_file(std::u16string_view windows_path,
                                               FollowMode mode = FollowMode::follow) const;

  /// Where the drive letters and volume names of this installation lead.
  const DriveMap& drives() const noexcept;

  /// How the image is held; for the files of this folder.
  struct State;

 private:
  explicit Image(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

using ImagePtr = std::shared_ptr<const Image>;

}  // namespace casement
