// SPDX-License-Identifier: Apache-2.0
// Reading and searching a host directory.
#include "vfs/host/dir_index.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <numeric>
#include <optional>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/host/host_xattr.h"
#include "vfs/host/tree_root.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

struct CloseDir {
  void operator()(DIR* dir) const noexcept { ::closedir(dir); }
};

NodeKind kind_of(DIR* dir, const dirent& entry) {
  switch (entry.d_type) {
    case DT_DIR:
      return NodeKind::directory;
    case DT_LNK:
      return NodeKind::reparse_point;
    case DT_UNKNOWN:
      break;
    default:
      return NodeKind::file;
  }
  struct stat info = {};
  if (::fstatat(::dirfd(dir), entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
    return NodeKind::file;  // gone meanwhile, or not to be examined: opening it will say so
  }
  if (S_ISDIR(info.st_mode)) {
    return NodeKind::directory;
  }
  return S_ISLNK(info.st_mode) ? NodeKind::reparse_point : NodeKind::file;
}

}  // namespace

DirIndex::DirIndex(std::vector<IndexedName> names)
    : names_(std::move(names)), folded_(names_.size()) {
  std::sort(names_.begin(), names_.end(),
            [](const IndexedName& a, const IndexedName& b) { return a.host_name < b.host_name; });
  std::iota(folded_.begin(), folded_.end(), 0U);
  std::sort(folded_.begin(), folded_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto order = compare_folded(names_[a].name, names_[b].name);
    return order != 0 ? order < 0 : a < b;
  });
}

Result<std::shared_ptr<const DirIndex>> DirIndex::read(UniqueFd fd, NameCoding coding,
                                                       const Limits& limits) {
  const std::unique_ptr<DIR, CloseDir> dir(::fdopendir(fd.get()));
  if (dir == nullptr) {
    const int error = errno;
    return fail(status_from_errno(error), fmt::format("read directory: {}", errno_text(error)));
  }
  (void)fd.release();  // the stream owns it now
  std::vector<IndexedName> names;
  while (true) {
    errno = 0;
    const dirent* const entry = ::readdir(dir.get());  // NOLINT(concurrency-mt-unsafe): own stream
    if (entry == nullptr) {
      break;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") {
      continue;
    }
    if (names.size() >= limits.max_directory_entries) {
      return fail(Status::limit_exceeded,
                  fmt::format("directory with more than {} entries", limits.max_directory_entries));
    }
    names.push_back(
        {std::string(name), decode_host_name(name, coding), kind_of(dir.get(), *entry)});
  }
  if (errno != 0) {
    const int error = errno;
    return fail(status_from_errno(error), fmt::format("read directory: {}", errno_text(error)));
  }
  return std::shared_ptr<const DirIndex>(new DirIndex(std::move(names)));
}

DirIndex::Match DirIndex::find(std::u16string_view name) const {
  const auto begin = std::lower_bound(folded_.begin(), folded_.end(), name,
                                      [&](std::uint32_t at, std::u16string_view wanted) {
                                        return compare_folded(names_[at].name, wanted) < 0;
                                      });
  Match match;
  for (auto at = begin; at != folded_.end() && equals_folded(names_[*at].name, name); ++at) {
    const IndexedName& candidate = names_[*at];
    if (candidate.name == name) {
      return {&candidate, 0};
    }
    if (match.entry == nullptr) {
      match.entry = &candidate;
    } else {
      ++match.rivals;
    }
  }
  return match;
}

const IndexedName* DirIndex::find_short(std::u16string_view name, int directory) const {
  std::call_once(short_names_once_, [&] {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      // An entry whose attributes cannot be read has no 8.3 name as far as anybody can tell.
      const auto text = read_ntfs_short_name(xattr_path(directory, names_[i].host_name));
      if (text && *text) {
        short_names_.push_back({decode_host_name(**text), i});
      }
    }
  });
  const auto found =
      std::find_if(short_names_.begin(), short_names_.end(),
                   [&](const ShortName& entry) { return equals_folded(entry.name, name); });
  return found == short_names_.end() ? nullptr : &names_[found->index];
}

}  // namespace casement
