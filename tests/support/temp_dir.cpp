// SPDX-License-Identifier: Apache-2.0
// Temporary directories.
#include "tests/support/temp_dir.h"

#include <boost/filesystem.hpp>
#include <boost/filesystem/fstream.hpp>
#include <stdexcept>

namespace casement::test {
namespace {

namespace bfs = boost::filesystem;

/// Directories that a test made unreadable must become removable again.
void allow_removal(const bfs::path& dir) {
  boost::system::error_code ignored;
  bfs::permissions(dir, bfs::owner_all | bfs::add_perms, ignored);
  for (bfs::directory_iterator it(dir, ignored), end; it != end; it.increment(ignored)) {
    if (bfs::is_directory(it->symlink_status())) {
      allow_removal(it->path());
    }
  }
}

}  // namespace

TempDir::TempDir()
    : path_((bfs::temp_directory_path() / bfs::unique_path("casement-%%%%-%%%%-%%%%")).string()) {
  bfs::create_directory(path_);
}

TempDir::~TempDir() {
  boost::system::error_code ignored;
  allow_removal(path_);
  bfs::remove_all(path_, ignored);
}

std::string TempDir::file(std::string_view relative) const {
  const bfs::path path = bfs::path(path_) / std::string(relative);
  bfs::create_directories(path.parent_path());
  return path.string();
}

std::string TempDir::write(std::string_view relative, std::string_view text) const {
  return write(relative, std::as_bytes(std::span(text)));
}

std::string TempDir::write(std::string_view relative, std::span<const std::byte> bytes) const {
  std::string path = file(relative);
  bfs::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),  // NOLINT: bytes to chars
            static_cast<std::streamsize>(bytes.size()));
  if (!out) {
    throw std::runtime_error("cannot write " + path);
  }
  return path;
}

std::string TempDir::make_dir(std::string_view relative) const {
  std::string path = file(relative);
  bfs::create_directories(path);
  return path;
}

}  // namespace casement::test
