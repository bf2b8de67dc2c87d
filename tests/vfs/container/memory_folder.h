// SPDX-License-Identifier: Apache-2.0
// A directory of image files in memory, for tests and fuzz targets.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vfs/container/container.h"
#include "vfs/source/memory_source.h"

namespace casement::test {

/// Paths are from one root that all folders made from this one share: "disk.vdi",
/// "Snapshots/a.vdi".
class MemoryFolder final : public ImageFolder {
 public:
  using Files = std::map<std::string, std::vector<std::byte>, std::less<>>;

  explicit MemoryFolder(Files files, std::string below = "")
      : files_(std::make_shared<const Files>(std::move(files))), below_(std::move(below)) {}
  MemoryFolder(std::shared_ptr<const Files> files, std::string below)
      : files_(std::move(files)), below_(std::move(below)) {}

  Result<SourcePtr> find(std::string_view relative) const override {
    const std::string wanted = resolve(relative);
    if (const auto exact = files_->find(wanted); exact != files_->end()) {
      return make_memory_source(exact->second, exact->first);
    }
    for (const auto& [path, bytes] : *files_) {
      if (std::ranges::equal(path, wanted, [](char a, char b) { return lower(a) == lower(b); })) {
        return make_memory_source(bytes, path);
      }
    }
    return nullptr;
  }

  ImageFolderPtr folder_of(std::string_view relative) const override {
    const std::string path = resolve(relative);
    return std::make_shared<MemoryFolder>(files_, path.substr(0, path.find_last_of('/') + 1));
  }

  Result<std::vector<std::string>> list() const override {
    std::vector<std::string> names;
    for (const auto& [path, bytes] : *files_) {
      if (path.starts_with(below_) && path.find('/', below_.size()) == std::string::npos) {
        names.push_back(path.substr(below_.size()));
      }
    }
    return names;
  }

  std::string describe() const override { return "memory/" + below_; }
  std::optional<std::string> host_path(std::string_view /*relative*/) const override {
    return std::nullopt;
  }

 private:
  static char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }

  /// From the root; ".." stops there.
  std::string resolve(std::string_view relative) const {
    std::string path = below_;
    while (!relative.empty()) {
      const std::size_t end = std::min(relative.find_first_of("/\\"), relative.size());
      const std::string_view part = relative.substr(0, end);
      relative.remove_prefix(std::min(end + 1, relative.size()));
      if (part == "..") {
        path.resize(path.empty() ? 0 : path.find_last_of('/', path.size() - 2) + 1);
      } else if (!part.empty() && part != ".") {
        path += part;
        path += relative.empty() && end == part.size() ? "" : "/";
      }
    }
    return path;
  }

  std::shared_ptr<const Files> files_;
  std::string below_;  // "", "Snapshots/"
};

}  // namespace casement::test
