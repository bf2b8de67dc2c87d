// SPDX-License-Identifier: Apache-2.0
// What an Image holds; shared by the files of this folder that complete it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/image/environment.h"
#include "engine/image/hive_set.h"
#include "engine/image/image.h"
#include "vfs/core/limits.h"
#include "vfs/fs/path_walker.h"

namespace casement {

/// Set once while the image is opened, then only read; `hives` does its own locking.
struct Image::State {
  OpenedImage opened;
  Limits limits;
  std::vector<Installation> installations;
  std::vector<UnreadableInstallation> unreadable;
  std::size_t chosen = 0;
  std::string choice_reason;
  std::uint32_t control_set = 0;
  DriveLetters letters;
  BootManager boot_manager;
  std::shared_ptr<const HiveSet> hives;
  EnvironmentSources environment;
  std::unique_ptr<const PathWalker> walker;
};

/// Everything that Image::open does; `choice` as given there.
Result<std::unique_ptr<Image::State>> build_image_state(OpenedImage opened,
                                                        const ImageChoice& choice,
                                                        const Limits& limits);

/// Image::find_file on a complete state.
Result<std::optional<Image::LocatedFile>> locate_file(const Image::State& state,
                                                      std::u16string_view windows_path,
                                                      FollowMode mode = FollowMode::follow);

}  // namespace casement
