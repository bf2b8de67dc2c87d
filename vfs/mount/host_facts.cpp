// SPDX-License-Identifier: Apache-2.0
// Asking the host about files, directories and mounts.
#include "vfs/mount/host_facts.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include "vfs/source/file_source.h"

namespace casement {
namespace {

namespace bfs = boost::filesystem;

std::int64_t nanoseconds(const timespec& time) {
  constexpr std::int64_t per_second = 1'000'000'000;
  return std::int64_t{time.tv_sec} * per_second + time.tv_nsec;
}

/// realpath(3). nullopt: some part of it is not there, or does not answer.
std::optional<std::string> real_path(const std::string& path) {
  struct Free {
    void operator()(char* text) const noexcept { std::free(text); }
  };
  const std::unique_ptr<char, Free> resolved(::realpath(path.c_str(), nullptr));
  return resolved ? std::optional<std::string>(resolved.get()) : std::nullopt;
}

std::unexpected<Error> fail_with_errno(const std::string& path, int error) {
  return fail(status_from_errno(error), fmt::format("{}: {}", path, errno_text(error)));
}

}  // namespace

Result<FileFacts> read_file_facts(const std::string& path) {
  struct stat found = {};
  if (::stat(path.c_str(), &found) != 0) {
    return fail_with_errno(path, errno);
  }
  FileFacts facts{.device = found.st_dev, .inode = found.st_ino};
  if (!S_ISDIR(found.st_mode)) {
    facts.size = static_cast<std::uint64_t>(found.st_size);
    facts.modified_ns = nanoseconds(found.st_mtim);
    facts.changed_ns = nanoseconds(found.st_ctim);
  }
  return facts;
}

std::string canonical_path(const std::string& path) {
  if (auto resolved = real_path(path)) {
    return *std::move(resolved);
  }
  boost::system::error_code ignored;
  std::string text =
      bfs::path(path).is_absolute() ? path : (bfs::current_path(ignored) / path).string();
  while (text.size() > 1 && text.back() == '/') {
    text.pop_back();
  }
  const bfs::path absolute(text);
  if (!absolute.filename_is_dot() && !absolute.filename_is_dot_dot()) {
    if (const auto parent = real_path(absolute.parent_path().string())) {
      return (bfs::path(*parent) / absolute.filename()).string();
    }
  }
  return absolute.lexically_normal().string();
}

Result<std::string> require_empty_directory(const std::string& directory) {
  const auto resolved = real_path(directory);
  if (!resolved) {
    return fail_with_errno(directory, errno);
  }
  if (!is_directory(*resolved)) {
    return fail(Status::not_a_directory, fmt::format("{} is no directory", directory));
  }
  boost::system::error_code error;
  const bfs::directory_iterator entries(*resolved, error);
  if (error) {
    return fail_with_errno(directory, error.value());
  }
  if (entries != bfs::directory_iterator()) {
    return fail(Status::invalid_argument, fmt::format("{} is not empty: \"{}\" is in it", directory,
                                                      entries->path().filename().string()));
  }
  return *resolved;
}

bool is_directory(const std::string& path) {
  struct stat found = {};
  return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

bool is_dead_mount(const std::string& directory) {
  // Not stat(): the kernel answers that from its cache, also when the server is gone.
  struct statvfs ignored = {};
  return ::statvfs(directory.c_str(), &ignored) != 0 && errno == ENOTCONN;
}

}  // namespace casement
