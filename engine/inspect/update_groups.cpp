// SPDX-License-Identifier: Apache-2.0
// Updates that are gathered by number.
#include "engine/inspect/update_groups.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "engine/inspect/feature_state.h"

namespace casement {
namespace {

/// Whether `a` says better than `b` what the update is.
bool decides(const UpdateSource& a, const UpdateSource& b) noexcept {
  if (a.is_whole != b.is_whole) {
    return a.is_whole;
  }
  if (a.update.state != b.update.state) {
    return state_rank(a.update.state) > state_rank(b.update.state);
  }
  const std::strong_ordering order = compare_versions(a.update.version, b.update.version);
  return order != 0 ? order > 0 : a.update.packages < b.update.packages;
}

void fill(std::u16string& text, const std::u16string& other) {
  if (text.empty()) {
    text = other;
  }
}

Update merged(std::vector<UpdateSource> sources) {
  std::sort(sources.begin(), sources.end(), decides);
  Update update = std::move(sources.front().update);
  std::set<std::u16string> named(update.packages.begin(), update.packages.end());
  for (auto other = std::next(sources.begin()); other != sources.end(); ++other) {
    if (!update.release_type && other->update.release_type) {
      update.release_type = other->update.release_type;
      update.release_type_as_written = other->update.release_type_as_written;
    }
    fill(update.release_type_as_written, other->update.release_type_as_written);
    if (!update.install_time) {
      update.install_time = other->update.install_time;
    }
    fill(update.description, other->update.description);
    fill(update.support_information, other->update.support_information);
    for (std::u16string& package : other->update.packages) {
      if (named.insert(package).second) {
        update.packages.push_back(std::move(package));
      }
    }
  }
  return update;
}

/// "KB976902" before "KB5030219": by number and not by text.
bool number_before(const std::u16string& a, const std::u16string& b) noexcept {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace

void UpdateGroups::add(UpdateSource source) {
  groups_[source.update.knowledge_base].push_back(std::move(source));
}

std::vector<Update> UpdateGroups::take() {
  std::vector<Update> updates;
  for (auto& [number, sources] : groups_) {
    updates.push_back(merged(std::move(sources)));
  }
  groups_.clear();
  std::sort(updates.begin(), updates.end(), [](const Update& a, const Update& b) {
    if (a.install_time != b.install_time) {
      return b.install_time < a.install_time;  // none is older than any
    }
    return number_before(a.knowledge_base, b.knowledge_base);
  });
  return updates;
}

}  // namespace casement
