// SPDX-License-Identifier: Apache-2.0
// A fresh directory for one test.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace casement::test {

/// Made empty, removed with everything in it (also what has no write permission).
class TempDir {
 public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();

  const std::string& path() const noexcept { return path_; }
  /// path() + "/" + relative; parents are made.
  std::string file(std::string_view relative) const;
  /// Writes a file and gives its path.
  std::string write(std::string_view relative, std::string_view text) const;
  std::string write(std::string_view relative, std::span<const std::byte> bytes) const;
  std::string make_dir(std::string_view relative) const;

 private:
  std::string path_;
};

}  // namespace casement::test
