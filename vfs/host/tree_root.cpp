// SPDX-License-Identifier: Apache-2.0
// openat2 below a directory, and the component walk where there is no openat2.
#include "vfs/host/tree_root.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <boost/filesystem.hpp>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "vfs/source/file_source.h"

namespace casement {
namespace {

/// Longest relative path given to the kernel at once: PATH_MAX (4096) less room for the final NUL.
/// Deeper ones are opened piece by piece.
constexpr std::size_t max_chunk = 4000;
/// openat2 answers EAGAIN when the tree is renamed while it looks; then the component walk, which
/// needs no such check, takes over.
constexpr int max_attempts = 16;

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('\0') == std::string_view::npos;
}

bool has_plain_names(std::string_view relative) {
  while (true) {
    const std::size_t end = relative.find('/');
    if (!is_plain_name(relative.substr(0, end))) {
      return false;
    }
    if (end == std::string_view::npos) {
      return true;
    }
    relative.remove_prefix(end + 1);
  }
}

/// The descriptor, or -errno.
int open_at(int directory, const std::string& name, int flags) {
  int fd = -1;
  do {
    fd = ::openat(directory, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
  } while (fd < 0 && errno == EINTR);
  return fd < 0 ? -errno : fd;
}

/// The descriptor, or -errno: -ENOSYS and -EPERM (seccomp filters) when there is no openat2, and
/// -EAGAIN when the tree would not hold still.
int open_at_beneath(int directory, const std::string& relative, int flags) {
  open_how how = {};
  how.flags = static_cast<std::uint64_t>(flags | O_NOFOLLOW | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  for (int attempt = 0; attempt < max_attempts; ++attempt) {
    const long fd = ::syscall(SYS_openat2, directory, relative.c_str(), &how, sizeof(how));
    if (fd >= 0) {
      return static_cast<int>(fd);
    }
    if (errno != EAGAIN && errno != EINTR) {
      return -errno;
    }
  }
  return -EAGAIN;
}

int open_by_components(int directory, std::string_view relative, int flags) {
  std::optional<UniqueFd> parent;
  while (true) {
    const int from = parent ? parent->get() : directory;
    const std::size_t end = relative.find('/');
    const std::string name(relative.substr(0, end));
    if (end == std::string_view::npos) {
      return open_at(from, name, flags);
    }
    // O_NOFOLLOW with O_PATH opens a link itself; O_DIRECTORY refuses it then.
    const int fd = open_at(from, name, O_PATH | O_DIRECTORY);
    if (fd < 0) {
      return fd;
    }
    parent = UniqueFd(fd);
    relative.remove_prefix(end + 1);
  }
}

bool lacks_openat2(int error) {
  return error == ENOSYS || error == EPERM || error == E2BIG;
}

}  // namespace

TreeRoot::TreeRoot(UniqueFd fd, std::string path, OpenMethod method)
    : fd_(std::move(fd)),
      path_(std::move(path)),
      walk_components_(method == OpenMethod::component_walk) {}

Result<std::shared_ptr<const TreeRoot>> TreeRoot::open(const std::string& path, OpenMethod method) {
  const int fd = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    const Status status = error == ENOTDIR ? Status::not_a_directory : status_from_errno(error);
    return fail(status, fmt::format("open directory {}: {}", path, errno_text(error)));
  }
  UniqueFd root(fd);
  boost::system::error_code failed;
  const auto canonical = boost::filesystem::canonical(path, failed);
  // A parent that may not be searched any more: the descriptor is good, only texts get worse.
  std::string name = failed ? path : canonical.string();
  return std::shared_ptr<const TreeRoot>(new TreeRoot(std::move(root), std::move(name), method));
}

Result<std::shared_ptr<const TreeRoot>> TreeRoot::subtree(std::string_view relative) const {
  UniqueFd fd = CASEMENT_TRY(open_beneath(relative, O_PATH | O_DIRECTORY));
  const auto method = walk_components_ ? OpenMethod::component_walk : OpenMethod::automatic;
  return std::shared_ptr<const TreeRoot>(new TreeRoot(std::move(fd), describe(relative), method));
}

std::string TreeRoot::describe(std::string_view relative) const {
  if (relative.empty()) {
    return path_;
  }
  return path_ + (path_.ends_with('/') ? "" : "/") + std::string(relative);
}

Result<UniqueFd> TreeRoot::open_chunk(int directory, std::string_view relative, int flags) const {
  int fd = -ENOSYS;
  if (!walk_components_) {
    fd = open_at_beneath(directory, std::string(relative), flags);
    if (fd < 0 && lacks_openat2(-fd)) {
      walk_components_ = true;
    }
  }
  if (fd < 0 && (walk_components_ || fd == -EAGAIN)) {
    fd = open_by_components(directory, relative, flags);
  }
  if (fd < 0) {
    return fail(status_from_errno(-fd), errno_text(-fd));
  }
  return UniqueFd(fd);
}

Result<UniqueFd> TreeRoot::open_beneath(std::string_view relative, int flags) const {
  const auto context = [&, whole = relative] { return describe(whole); };
  if (relative.empty()) {
    const int fd = open_at(fd_.get(), ".", flags);
    if (fd < 0) {
      return fail(status_from_errno(-fd), fmt::format("{}: {}", path_, errno_text(-fd)));
    }
    return UniqueFd(fd);
  }
  if (!has_plain_names(relative)) {
    return fail(Status::invalid_argument,
                fmt::format("{}: a component that is no plain name", context()));
  }
  std::optional<UniqueFd> base;
  while (relative.size() > max_chunk) {
    const std::size_t cut = relative.rfind('/', max_chunk);
    if (cut == std::string_view::npos) {
      return fail(Status::name_too_long, fmt::format("{}: component too long", context()));
    }
    base = CASEMENT_TRY(
        open_chunk(base ? base->get() : fd_.get(), relative.substr(0, cut), O_PATH | O_DIRECTORY)
            .with_context(context));
    relative.remove_prefix(cut + 1);
  }
  return open_chunk(base ? base->get() : fd_.get(), relative, flags).with_context(context);
}

}  // namespace casement
