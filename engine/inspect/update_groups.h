// SPDX-License-Identifier: Apache-2.0
// Updates that are gathered by number.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/inspect/updates.h"

namespace casement {

/// What one package or key says of an update.
struct UpdateSource {
  Update update;          // with the one package
  bool is_whole = false;  // it stands for the update, not for a part of it
};

/// One line a number, made from all that is said of it: the package that stands for the whole
/// update decides, among several the best state and then the newest version.
class UpdateGroups {
 public:
  void add(UpdateSource source);
  /// Newest first, then by number.
  std::vector<Update> take();

 private:
  std::map<std::u16string, std::vector<UpdateSource>> groups_;  // by number
};

/// Adds what the keys HotFix and Updates say, which is where systems before Windows Vista keep it.
void add_legacy_updates(const Image& image, UpdateGroups& groups, Diagnostics& findings);

}  // namespace casement
