// SPDX-License-Identifier: Apache-2.0
// Where `casement reg` finds keys: the hives of an image, or one hive file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/session/session.h"
#include "tools/casement/args.h"

namespace casement::cli {

/// A key to begin at.
struct RegStart {
  HivePtr hive;
  Key key;
  /// As printed: "HKLM\SYSTEM\Select"; "\Select" (the root: "\") in a hive file.
  std::u16string path;
};

/// Both kinds of IMAGE behind one question.
class RegistrySource {
 public:
  /// A regular file that begins with "regf" is a hive; everything else is opened as an image.
  static Result<RegistrySource> open(const RegOptions& options);

  bool is_hive_file() const noexcept { return hive_ != nullptr; }

  /// By path with '\'. nullopt: not there. invalid_argument: no such registry root.
  Result<std::optional<RegStart>> find(std::u16string_view path) const;

  /// Every place that a key path can begin at: the root of the hive file, or the hives of the image
  /// that are below `root` ("HKLM", "HKU", or "" for both). A hive that cannot be opened gives its
  /// error in its place.
  std::vector<Result<RegStart>> tops(std::u16string_view root) const;

  /// What .reg files call the root of the hive file; empty for an image.
  const std::u16string& reg_prefix() const noexcept { return reg_prefix_; }

 private:
  RegistrySource() = default;
  std::vector<std::u16string> user_names() const;

  HivePtr hive_;
  SessionPtr session_;
  std::u16string reg_prefix_;
};

/// What a SessionRequest takes, from the command line. invalid_argument: no UTF-8.
Result<SessionRequest> to_request(const ImageOptions& options);

}  // namespace casement::cli
