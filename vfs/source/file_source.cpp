// SPDX-License-Identifier: Apache-2.0
// pread over a descriptor. POSIX only.
#include "vfs/source/file_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace casement {
namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, std::uint64_t size, std::string name)
      : fd_(fd), size_(size), name_(std::move(name)) {}
  ~FileSource() override { ::close(fd_); }

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    while (!out.empty()) {
      const ssize_t got = ::pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got < 0) {
        const int error = errno;
        return fail(Status::io_failed, fmt::format("{}: read of {} bytes at 0x{:x}: {}", name_,
                                                   out.size(), offset, errno_text(error)));
      }
      if (got == 0) {
        return fail(Status::io_failed,
                    fmt::format("{}: ends at 0x{:x}, but was 0x{:x} bytes long when opened", name_,
                                offset, size_));
      }
      offset += static_cast<std::uint64_t>(got);
      out = out.subspan(static_cast<std::size_t>(got));
    }
    return {};
  }

  int fd_;
  std::uint64_t size_;
  std::string name_;
};

}  // namespace

std::string errno_text(int error) {
  return std::generic_category().message(error);
}

Status status_from_errno(int error) noexcept {
  switch (error) {
    case ENOENT:
      return Status::not_found;
    case ENOTDIR:
      return Status::path_not_found;
    case EACCES:
    case EPERM:
      return Status::access_denied;
    case ENAMETOOLONG:
      return Status::name_too_long;
    case ELOOP:
    case EXDEV:
      return Status::too_many_links;
    case EINVAL:
      return Status::invalid_argument;
    default:
      return Status::io_failed;
  }
}

Result<SourcePtr> adopt_file_source(int fd, std::string name) {
  struct stat info = {};
  if (::fstat(fd, &info) != 0) {
    const int error = errno;
    ::close(fd);
    return fail(status_from_errno(error), fmt::format("{}: {}", name, errno_text(error)));
  }
  if (S_ISREG(info.st_mode)) {
    return std::make_shared<FileSource>(fd, static_cast<std::uint64_t>(info.st_size),
                                        std::move(name));
  }
  if (S_ISBLK(info.st_mode)) {
    const off_t end = ::lseek(fd, 0, SEEK_END);
    if (end >= 0) {
      return std::make_shared<FileSource>(fd, static_cast<std::uint64_t>(end), std::move(name));
    }
  }
  ::close(fd);
  return fail(Status::invalid_argument,
              fmt::format("{}: neither a regular file nor a block device", name));
}

Result<SourcePtr> open_file_source(const std::string& path) {
  // O_NONBLOCK: a named pipe in an extracted tree must not stop us; regular files ignore it.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    const int error = errno;
    return fail(status_from_errno(error), fmt::format("open {}: {}", path, errno_text(error)));
  }
  return adopt_file_source(fd, path);
}

}  // namespace casement
