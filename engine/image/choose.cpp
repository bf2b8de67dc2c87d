// SPDX-License-Identifier: Apache-2.0
// Choosing among installations.
#include "engine/image/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/image/classify.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Full installations; without any, those whose kind nobody knows; without those, all.
std::vector<std::size_t> eligible(std::span<const Examined> installations, bool& full) {
  std::vector<std::size_t> chosen;
  full = true;
  for (std::size_t i = 0; i < installations.size(); ++i) {
    if (is_full_windows(installations[i].installation.kind)) {
      chosen.push_back(i);
    }
  }
  if (!chosen.empty()) {
    return chosen;
  }
  full = false;
  for (std::size_t i = 0; i < installations.size(); ++i) {
    if (installations[i].installation.kind == InstallationClass::unknown) {
      chosen.push_back(i);
    }
  }
  if (chosen.empty()) {
    chosen.resize(installations.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  }
  return chosen;
}

std::string name_of(const Examined& examined) {
  const Installation& installation = examined.installation;
  const std::string name = to_utf8(installation.windows_directory);
  return installation.virtual_disk.empty()
             ? name
             : fmt::format("{} in the virtual disk {}", name, to_utf8(installation.virtual_disk));
}

/// The best of several and what made it the best.
InstallationChoice best_of(std::span<const Examined> installations,
                           const std::vector<std::size_t>& positions) {
  std::size_t best = positions.front();
  for (const std::size_t position : positions) {
    if (comes_first(installations[position], installations[best])) {
      best = position;
    }
  }
  bool tied = false;
  bool newer = false;
  for (const std::size_t position : positions) {
    if (position != best &&
        installations[position].installation.score == installations[best].installation.score) {
      tied = true;
      newer = newer ||
              installations[best].facts.last_activity > installations[position].facts.last_activity;
    }
  }
  const int score = installations[best].installation.score;
  std::string reason = fmt::format("{} has the highest score ({}) of {} installations",
                                   name_of(installations[best]), score, positions.size());
  if (tied) {
    reason = newer ? fmt::format("{} shares the highest score ({}) and was shut down last",
                                 name_of(installations[best]), score)
                   : fmt::format("{} shares the highest score ({}) and was found first",
                                 name_of(installations[best]), score);
  }
  return {.position = best, .reason = reason};
}

}  // namespace

bool comes_first(const Examined& a, const Examined& b) {
  if (a.installation.score != b.installation.score) {
    return a.installation.score > b.installation.score;
  }
  return a.facts.last_activity > b.facts.last_activity;
}

InstallationChoice choose_installation(std::span<const Examined> installations,
                                       std::optional<std::size_t> by_caller,
                                       std::optional<std::size_t> by_default_entry) {
  if (by_caller) {
    return {.position = *by_caller,
            .reason = fmt::format("{} is the Windows directory that the caller named",
                                  name_of(installations[*by_caller]))};
  }
  if (installations.size() == 1) {
    return {.position = 0,
            .reason = fmt::format("{} is the only installation", name_of(installations[0]))};
  }
  bool full = false;
  const std::vector<std::size_t> positions = eligible(installations, full);
  if (positions.size() == 1) {
    return {.position = positions.front(),
            .reason = fmt::format("{} is the only {} of {} installations",
                                  name_of(installations[positions.front()]),
                                  full ? "full one" : "one for general use", installations.size())};
  }
  if (by_default_entry &&
      std::find(positions.begin(), positions.end(), *by_default_entry) != positions.end()) {
    return {.position = *by_default_entry,
            .reason = fmt::format("{} is what the default entry of the boot store starts",
                                  name_of(installations[*by_default_entry]))};
  }
  return best_of(installations, positions);
}

}  // namespace casement
