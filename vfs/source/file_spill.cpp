// SPDX-License-Identifier: Apache-2.0
// Nameless temporary files. POSIX only.
#include "vfs/source/file_spill.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdlib>
#include <limits>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

constexpr int no_file = -1;

/// The host is asked how much room there is once for so many bytes.
constexpr std::uint64_t room_step = std::uint64_t{64} << 20;

std::unexpected<Error> host_error(const std::string& what, int error) {
  return fail(error == ENOSPC || error == EDQUOT || error == EFBIG ? Status::limit_exceeded
                                                                   : status_from_errno(error),
              fmt::format("{}: {}", what, errno_text(error)));
}

Result<int> open_nameless(const std::string& folder) {
#ifdef O_TMPFILE
  // O_EXCL: nobody can give it a name later.
  const int nameless = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (nameless >= 0) {
    return nameless;
  }
#endif
  std::string path = folder + "/casement-XXXXXX";
  const int fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    return host_error("temporary file in " + folder, error);
  }
  ::unlink(path.c_str());
  return fd;
}

}  // namespace

Result<FileSpill> FileSpill::create(std::uint64_t max_stored) {
  boost::system::error_code error;
  const auto folder = boost::filesystem::temp_directory_path(error);
  if (error) {
    return fail(status_from_errno(error.value()),
                fmt::format("the directory for temporary files: {}", error.message()));
  }
  return FileSpill(CASEMENT_TRY(open_nameless(folder.string())), max_stored);
}

FileSpill::FileSpill(FileSpill&& other) noexcept
    : fd_(std::exchange(other.fd_, no_file)),
      max_stored_(other.max_stored_),
      size_(other.size_),
      stored_(other.stored_),
      room_(other.room_) {}

FileSpill& FileSpill::operator=(FileSpill&& other) noexcept {
  std::swap(fd_, other.fd_);
  max_stored_ = other.max_stored_;
  size_ = other.size_;
  stored_ = other.stored_;
  room_ = other.room_;
  return *this;
}

FileSpill::~FileSpill() {
  if (fd_ != no_file) {
    ::close(fd_);
  }
}

Result<void> FileSpill::check_room(std::uint64_t length) {
  if (!in_range(max_stored_, stored_, length)) {
    return fail(
        Status::limit_exceeded,
        fmt::format("temporary file: more than the {} bytes that may be put aside", max_stored_));
  }
  if (length <= room_) {
    return {};
  }
  struct statvfs info = {};
  if (::fstatvfs(fd_, &info) != 0) {
    return host_error("temporary file", errno);
  }
  const std::uint64_t free =
      checked_mul(info.f_bavail, info.f_frsize).value_or(std::numeric_limits<std::uint64_t>::max());
  if (!in_range(free, reserved_room, length)) {
    return fail(Status::limit_exceeded,
                fmt::format("temporary file: {} bytes are free on its file system; {} more would "
                            "leave less than {}",
                            free, length, reserved_room));
  }
  room_ = std::min(free - reserved_room, std::max(room_step, length));
  return {};
}

Result<void> FileSpill::append(Bytes data) {
  CASEMENT_TRY(check_room(data.size()));
  while (!data.empty()) {
    const ssize_t written = ::pwrite(fd_, data.data(), data.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return host_error("temporary file", written < 0 ? errno : EIO);
    }
    const auto count = static_cast<std::uint64_t>(written);
    size_ += count;
    stored_ += count;
    room_ -= count;
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> FileSpill::append_hole(std::uint64_t length) {
  const auto size = checked_add(size_, length);
  if (!size || !checked_cast<off_t>(*size)) {
    return fail(Status::limit_exceeded,
                fmt::format("temporary file: a hole of {} bytes at 0x{:x}", length, size_));
  }
  if (::ftruncate(fd_, static_cast<off_t>(*size)) != 0) {
    return host_error("temporary file", errno);
  }
  size_ = *size;
  return {};
}

Result<SourcePtr> FileSpill::finish(std::string name) && {
  return adopt_file_source(std::exchange(fd_, no_file), std::move(name));
}

}  // namespace casement
