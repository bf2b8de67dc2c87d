// SPDX-License-Identifier: Apache-2.0
// Creating and replacing files without harm to the image.
#include "tools/casement/commands/output_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "tools/support/write_all.h"
#include "vfs/source/file_source.h"

namespace casement::cli {
namespace {

namespace fs = std::filesystem;

constexpr mode_t new_file_mode = 0666;  // less what the umask takes away

std::unexpected<Error> host_error(const std::string& path, int error) {
  return fail(status_from_errno(error),
              fmt::format("write {}: {}", path, std::generic_category().message(error)));
}

std::unexpected<Error> refuse(const std::string& path, const char* reason) {
  return fail(Status::invalid_argument, fmt::format("write {}: {}", path, reason));
}

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// Every part of an image, parent disks too, is open while it is read; of EWF segments see below.
bool is_open_here(const struct stat& file) {
  const std::unique_ptr<DIR, int (*)(DIR*)> descriptors(::opendir("/proc/self/fd"), ::closedir);
  if (!descriptors) {
    return false;
  }
  while (const dirent* entry = ::readdir(descriptors.get())) {
    struct stat status{};
    const std::string_view name = entry->d_name;
    int descriptor = -1;  // stays so for "." and ".."
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (descriptor > STDERR_FILENO && ::fstat(descriptor, &status) == 0 &&
        is_same_file(status, file)) {
      return true;
    }
  }
  return false;
}

/// Of many segments few are open at a time; the others are opened again by their names.
/// What cannot be read is taken for one.
bool looks_like_segment(const std::string& path) {
  constexpr std::array<std::string_view, 4> signatures = {"EVF\x09", "LVF\x09", "EVF2", "LEF2"};
  std::array<char, 4> start{};
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    return true;
  }
  const ssize_t count = ::pread(descriptor, start.data(), start.size(), 0);
  ::close(descriptor);
  return count < 0 || std::ranges::find(signatures, std::string_view(start.data(), start.size())) !=
                          signatures.end();
}

/// Whether `path` would lie in the directory `image`, at any depth.
bool lies_in_image(const std::string& path, const std::string& image) {
  std::error_code error;
  const fs::path root = fs::canonical(image, error);
  if (error || !fs::is_directory(root, error)) {
    return false;
  }
  fs::path directory = fs::absolute(path, error).parent_path();
  directory = error ? fs::path() : fs::weakly_canonical(directory, error);
  while (!error && !directory.empty()) {
    if (directory == root) {
      return true;
    }
    fs::path parent = directory.parent_path();
    if (parent == directory) {
      break;
    }
    directory = std::move(parent);
  }
  return false;
}

/// Why the existing file must not be replaced; null: it may.
const char* objection_to(const struct stat& file, const std::string& path, const std::string& image,
                         ImageParts parts) {
  if (S_ISDIR(file.st_mode)) {
    return "a directory";
  }
  if (S_ISBLK(file.st_mode)) {
    return "a block device, which is never written to";
  }
  struct stat image_file{};
  if (::stat(image.c_str(), &image_file) == 0 && is_same_file(image_file, file)) {
    return "the image itself";
  }
  if (!S_ISREG(file.st_mode)) {
    return nullptr;
  }
  if (is_open_here(file)) {
    return "a part of the image";
  }
  return parts == ImageParts::ewf_segments && looks_like_segment(path)
             ? "an EWF segment, which may be a part of the image"
             : nullptr;
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path, const std::string& image,
                                      bool replace, ImageParts parts) {
  if (lies_in_image(path, image)) {
    return refuse(path, "a place in the image, which is never written to");
  }
  constexpr int fresh = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  int descriptor = ::open(path.c_str(), fresh, new_file_mode);
  if (descriptor >= 0) {
    return OutputFile(descriptor, path, path);
  }
  if (errno != EEXIST) {
    return host_error(path, errno);
  }
  struct stat existing{};
  const bool there = ::stat(path.c_str(), &existing) == 0;
  if (const char* objection = there ? objection_to(existing, path, image, parts) : nullptr) {
    return refuse(path, objection);
  }
  if (!replace) {
    return fail(Status::already_exists,
                fmt::format("write {}: it is there already; --force replaces it", path));
  }
  if (there && !S_ISREG(existing.st_mode)) {
    // A pipe or /dev/null: nothing of it could be lost, and it cannot be replaced.
    descriptor = ::open(path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    return descriptor < 0 ? Result<OutputFile>(host_error(path, errno))
                          : OutputFile(descriptor, path, path);
  }
  const std::string written = fmt::format("{}.{}.part", path, ::getpid());
  descriptor = ::open(written.c_str(), fresh, new_file_mode);
  if (descriptor < 0) {
    return host_error(written, errno);
  }
  return OutputFile(descriptor, path, written);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      written_(std::move(other.written_)) {}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) {
    return;
  }
  ::close(descriptor_);
  if (written_ != path_) {
    (void)::unlink(written_.c_str());
  }
}

Result<void> OutputFile::write(std::string_view bytes) {
  if (const int error = write_all(descriptor_, bytes); error != 0) {
    return host_error(written_, error);
  }
  return {};
}

Result<void> OutputFile::commit() {
  if (::close(std::exchange(descriptor_, -1)) != 0) {
    return host_error(written_, errno);
  }
  if (written_ != path_ && std::rename(written_.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    (void)::unlink(written_.c_str());
    return host_error(path_, error);
  }
  return {};
}

}  // namespace casement::cli
