// SPDX-License-Identifier: Apache-2.0
// Looking for Windows directories by name, by nesting and by content.
#include "engine/image/candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/image/classify.h"
#include "engine/image/node_lookup.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"

namespace casement {
namespace {

/// Windows directories by name: NT 3.1 to today, the terminal server of NT 4, ReactOS.
constexpr std::array<std::u16string_view, 6> usual_names = {u"Windows", u"WINNT", u"WIN",
                                                            u"WINNT35", u"WTSRV", u"ReactOS"};

/// Upgrades in progress, container base layers and their utility machine.
constexpr std::array<std::u16string_view, 5> nested_paths = {
    u"$WINDOWS.~BT\\NewOS\\Windows", u"$Windows.~WS\\NewOS\\Windows", u"Files\\Windows",
    u"UtilityVM\\Files\\Windows", u"BaseLayer\\Files\\Windows"};

/// What Windows.old holds beside Windows is a handful of folders.
constexpr std::size_t max_previous_entries = 256;

std::string volume_path(const OpenedImage& opened, std::size_t volume, std::u16string_view path) {
  return fmt::format("{} {}", opened.volumes[volume].name, to_utf8(path));
}

class VolumeSearch {
 public:
  VolumeSearch(const OpenedImage& opened, std::size_t volume, const Limits& limits,
               CandidateList& list)
      : opened_(opened), volume_(volume), limits_(limits), list_(list) {}

  void run() {
    try_path(u"\\", "user");
    for (const std::u16string_view name : usual_names) {
      try_path(name, "name");
    }
    for (const std::u16string_view path : nested_paths) {
      try_path(path, "nested");
    }
    const FileSystem& file_system = *opened_.volumes[volume_].file_system;
    const auto entries =
        list_directory(file_system, file_system.root(), max_root_entries, list_.failures());
    if (!entries) {
      list_.add_failure(volume_path(opened_, volume_, u"\\"), entries.error());
      return;
    }
    for (const DirEntry& entry : *entries) {
      if (entry.kind == NodeKind::directory) {
        visit(file_system, entry);
      }
    }
  }

 private:
  void visit(const FileSystem& file_system, const DirEntry& entry) {
    if (is_previous_directory(entry.name)) {
      search_previous(file_system, entry);
    }
    const auto config = find_directory_below(file_system, entry.node, u"System32\\config");
    if (!config) {
      list_.add_failure(volume_path(opened_, volume_, entry.name), config.error());
    } else if (*config) {
      list_.add({.volume = volume_,
                 .path = u"\\" + entry.name,
                 .directory = entry.node,
                 .origin = "scan"});
    }
  }

  void search_previous(const FileSystem& file_system, const DirEntry& entry) {
    const auto inner =
        list_directory(file_system, entry.node, max_previous_entries, list_.failures());
    if (!inner) {
      list_.add_failure(volume_path(opened_, volume_, entry.name), inner.error());
      return;
    }
    for (const DirEntry& below : *inner) {
      if (below.kind == NodeKind::directory) {
        try_path(entry.name + u"\\" + below.name, "nested");
      }
    }
  }

  void try_path(std::u16string_view path, const char* origin) {
    auto candidate = candidate_at(opened_, volume_, path, origin, limits_);
    if (!candidate) {
      list_.add_failure(volume_path(opened_, volume_, path), candidate.error());
    } else if (*candidate) {
      list_.add(**std::move(candidate));
    }
  }

  const OpenedImage& opened_;
  std::size_t volume_;
  const Limits& limits_;
  CandidateList& list_;
};

}  // namespace

void CandidateList::add(Candidate candidate) {
  const bool known =
      std::any_of(candidates_.begin(), candidates_.end(), [&candidate](const Candidate& other) {
        return other.volume == candidate.volume && other.directory == candidate.directory;
      });
  if (known) {
    return;
  }
  if (candidates_.size() >= max_candidates) {
    failures_.add(Severity::warning, "search-incomplete",
                  fmt::format("{} is left out: the image has more than {} Windows directories",
                              to_utf8(candidate.path), max_candidates));
    return;
  }
  candidates_.push_back(std::move(candidate));
}

void CandidateList::add_failure(const std::string& where, const Error& error) {
  Error with_place = Error(error).context(fmt::format("search for Windows in {}", where));
  failures_.add("search-incomplete", with_place);
  if (error.status() == Status::access_denied && !denied_) {
    denied_ = std::move(with_place);
  }
}

Result<std::optional<Candidate>> candidate_at(const OpenedImage& opened, std::size_t volume,
                                              std::u16string_view path, const char* origin,
                                              const Limits& limits) {
  const FileSystemPtr& file_system = opened.volumes[volume].file_system;
  WalkOptions options;
  options.limits = limits;
  const auto found = CASEMENT_TRY(
      find_path(file_system, path, options, opened.volumes[volume].collected_as.value_or(u'C')));
  if (!found || found->kind != NodeKind::directory) {
    return std::optional<Candidate>();
  }
  const auto system32 = CASEMENT_TRY(find_directory_below(*file_system, found->node, u"System32"));
  if (!system32) {
    return std::optional<Candidate>();
  }
  return std::optional(
      Candidate{.volume = volume, .path = found->path, .directory = found->node, .origin = origin});
}

void find_candidates(const OpenedImage& opened, const Limits& limits, CandidateList& list) {
  for (std::size_t volume = 0; volume < opened.volumes.size(); ++volume) {
    if (opened.volumes[volume].file_system) {
      VolumeSearch(opened, volume, limits, list).run();
    }
  }
}

}  // namespace casement
