// SPDX-License-Identifier: Apache-2.0
// Relative names of hostile origin, looked up in a directory and nowhere else.
#include "vfs/open/image_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/filesystem.hpp>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

namespace bfs = boost::filesystem;

/// Damaged entries of one directory before the rest of it is given up.
constexpr std::uint32_t max_errors = 1000;

/// Folders above its own that an image may name a file in. Virtual machines keep base disks one or
/// two folders up; more would let an image that somebody made up reach anywhere on the host.
constexpr std::size_t max_parents = 2;

/// The components of a relative path; nullopt for an absolute one, one with a NUL, and one that
/// leads up too far.
std::optional<std::vector<std::string>> components_of(std::string_view relative) {
  const bool absolute = relative.starts_with('/') || relative.starts_with('\\') ||
                        (relative.size() >= 2 && relative[1] == ':');
  if (absolute || relative.empty() || relative.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::vector<std::string> components;
  while (!relative.empty()) {
    const std::size_t end = relative.find_first_of("/\\");
    const std::string_view name = relative.substr(0, end);
    if (!name.empty() && name != ".") {
      components.emplace_back(name);
    }
    relative.remove_prefix(end == std::string_view::npos ? relative.size() : end + 1);
  }
  if (std::ranges::count(components, std::string("..")) >
      static_cast<std::ptrdiff_t>(max_parents)) {
    return std::nullopt;
  }
  return components;
}

/// Everything before the last component; "" for a plain name.
std::string_view parent_of(std::string_view relative) {
  const std::size_t end = relative.find_last_of("/\\");
  return end == std::string_view::npos ? std::string_view{} : relative.substr(0, end);
}

class HostFolder final : public ImageFolder {
 public:
  explicit HostFolder(std::string path) : path_(std::move(path)) {}

  Result<SourcePtr> find(std::string_view relative) const override {
    const std::optional<bfs::path> path = resolve(relative);
    boost::system::error_code ignored;
    // The bytes of an image must not choose a device of the host: files only.
    if (!path || !bfs::is_regular_file(*path, ignored)) {
      return SourcePtr{};
    }
    auto source = open_file_source(path->string());
    if (!source && (source.error().status() == Status::not_found ||
                    source.error().status() == Status::path_not_found)) {
      return SourcePtr{};
    }
    return source;
  }

  ImageFolderPtr folder_of(std::string_view relative) const override {
    const std::string_view parent = parent_of(relative);
    const std::optional<bfs::path> path = resolve(parent);
    return make_host_folder(path ? path->string() : path_);
  }

  Result<std::vector<std::string>> list() const override {
    std::vector<std::string> names;
    boost::system::error_code error;
    bfs::directory_iterator entry(path_, error);
    for (; !error && entry != bfs::directory_iterator(); entry.increment(error)) {
      names.push_back(entry->path().filename().string());
    }
    if (error) {
      return fail(status_from_errno(error.value()),
                  fmt::format("directory {}: {}", path_, error.message()));
    }
    return names;
  }

  std::string describe() const override { return path_; }

  std::optional<std::string> host_path(std::string_view relative) const override {
    const std::optional<bfs::path> path = resolve(relative);
    return path ? std::optional(path->string()) : std::nullopt;
  }

 private:
  /// An existing path, each component matched exactly or else without regard to case.
  std::optional<bfs::path> resolve(std::string_view relative) const {
    const auto components = components_of(relative);
    if (!components) {
      return std::nullopt;
    }
    bfs::path path(path_);
    for (const std::string& component : *components) {
      const std::optional<bfs::path> next = step(path, component);
      if (!next) {
        return std::nullopt;
      }
      path = *next;
    }
    return path;
  }

  static std::optional<bfs::path> step(const bfs::path& directory, const std::string& name) {
    boost::system::error_code error;
    bfs::path exact = directory / name;
    if (bfs::exists(exact, error)) {
      return exact;
    }
    const std::optional<std::u16string> wanted = from_utf8(name);
    bfs::directory_iterator entry(directory, error);
    for (; wanted && !error && entry != bfs::directory_iterator(); entry.increment(error)) {
      const auto found = from_utf8(entry->path().filename().string());
      if (found && equals_folded(*found, *wanted)) {
        return entry->path();
      }
    }
    return std::nullopt;
  }

  std::string path_;
};

class InnerFolder final : public ImageFolder {
 public:
  InnerFolder(FileSystemPtr file_system, std::u16string path, const Limits& limits)
      : file_system_(std::move(file_system)), path_(std::move(path)), limits_(limits) {}

  Result<SourcePtr> find(std::string_view relative) const override {
    const std::optional<std::u16string> wanted = from_utf8(relative);
    if (!wanted || !components_of(relative)) {
      return SourcePtr{};
    }
    WalkOptions options;
    options.limits = limits_;
    const auto found = CASEMENT_TRY(find_path(file_system_, path_ + u'\\' + *wanted, options));
    if (!found || found->kind != NodeKind::file) {
      return SourcePtr{};
    }
    return found->file_system->open(found->node, {});
  }

  ImageFolderPtr folder_of(std::string_view relative) const override {
    const std::optional<std::u16string> parent = from_utf8(parent_of(relative));
    return make_inner_folder(file_system_, parent ? path_ + u'\\' + *parent : path_, limits_);
  }

  Result<std::vector<std::string>> list() const override {
    WalkOptions options;
    options.limits = limits_;
    const auto folder = CASEMENT_TRY(find_path(file_system_, path_ + u'\\', options));
    std::vector<std::string> names;
    if (!folder || folder->kind != NodeKind::directory) {
      return names;
    }
    const auto reader = CASEMENT_TRY(folder->file_system->read_dir(folder->node));
    std::uint32_t errors = 0;
    while (names.size() < limits_.max_directory_entries && errors < max_errors) {
      auto entry = reader->next();
      if (!entry) {
        ++errors;  // a damaged entry hides no other
      } else if (!*entry) {
        break;
      } else {
        names.push_back(to_utf8((*entry)->name));
      }
    }
    return names;
  }

  std::string describe() const override { return path_.empty() ? "\\" : to_utf8(path_); }

  std::optional<std::string> host_path(std::string_view /*relative*/) const override {
    return std::nullopt;
  }

 private:
  FileSystemPtr file_system_;
  std::u16string path_;
  Limits limits_;
};

class NoFolder final : public ImageFolder {
 public:
  Result<SourcePtr> find(std::string_view /*relative*/) const override { return SourcePtr{}; }
  Result<std::vector<std::string>> list() const override { return std::vector<std::string>{}; }
  ImageFolderPtr folder_of(std::string_view /*relative*/) const override {
    return make_no_folder();
  }
  std::string describe() const override { return "the disk around it"; }
  std::optional<std::string> host_path(std::string_view /*relative*/) const override {
    return std::nullopt;
  }
};

}  // namespace

ImageFolderPtr make_host_folder(std::string path) {
  return std::make_shared<HostFolder>(std::move(path));
}

ImageFolderPtr make_inner_folder(FileSystemPtr file_system, std::u16string path,
                                 const Limits& limits) {
  return std::make_shared<InnerFolder>(std::move(file_system), std::move(path), limits);
}

ImageFolderPtr make_no_folder() {
  return std::make_shared<NoFolder>();
}

}  // namespace casement
