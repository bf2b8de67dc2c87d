// SPDX-License-Identifier: Apache-2.0
// Files that the programs of the tests write: the seeds of fuzz targets.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>

namespace casement::test {

/// Makes the folders above `file`. Throws std::runtime_error when it cannot be written.
inline void write_file(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  for (const std::byte b : bytes) {
    out.put(static_cast<char>(b));
  }
  if (!out.flush()) {
    throw std::runtime_error("cannot write " + file.string());
  }
}

}  // namespace casement::test
