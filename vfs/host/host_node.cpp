// SPDX-License-Identifier: Apache-2.0
// Metadata, links and streams of host nodes.
#include "vfs/host/host_node.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/host_link.h"
#include "vfs/fs/reparse.h"
#include "vfs/host/host_xattr.h"
#include "vfs/source/file_source.h"
#include "vfs/source/memory_source.h"

namespace casement {
namespace {

/// Where ntfs-3g shows named streams (streams_interface=xattr), and where copies keep them.
constexpr std::string_view stream_prefix = "user.";

FileTime file_time(const statx_timestamp& time) {
  return FileTime::from_unix(time.tv_sec, time.tv_nsec);
}

const char* special_kind(std::uint32_t mode) {
  switch (mode & S_IFMT) {
    case S_IFIFO:
      return "a named pipe";
    case S_IFSOCK:
      return "a socket";
    case S_IFCHR:
    case S_IFBLK:
      return "a device";
    default:
      return "neither a file nor a directory";
  }
}

}  // namespace

HostNode::HostNode(const TreeRoot& root, std::string relative, NameCoding coding, bool ntfs,
                   UniqueFd fd, const struct statx& status)
    : root_(&root),
      relative_(std::move(relative)),
      coding_(coding),
      ntfs_(ntfs),
      fd_(std::move(fd)),
      status_(status) {}

Result<HostNode> HostNode::open(const TreeRoot& root, std::string relative, NameCoding coding,
                                bool ntfs) {
  UniqueFd fd = CASEMENT_TRY(root.open_beneath(relative, O_PATH));
  struct statx status = {};
  if (::statx(fd.get(), "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &status) != 0) {
    const int error = errno;
    return fail(status_from_errno(error),
                fmt::format("{}: {}", root.describe(relative), errno_text(error)));
  }
  return HostNode(root, std::move(relative), coding, ntfs, std::move(fd), status);
}

NodeKind HostNode::kind() const noexcept {
  if (S_ISDIR(status_.stx_mode)) {
    return NodeKind::directory;
  }
  return S_ISLNK(status_.stx_mode) ? NodeKind::reparse_point : NodeKind::file;
}

Result<NodeInfo> HostNode::info() const {
  NodeInfo info;
  info.kind = kind();
  info.link_count = status_.stx_nlink;
  info.size = S_ISREG(status_.stx_mode) ? status_.stx_size : 0;
  info.modified = file_time(status_.stx_mtime);
  info.changed = file_time(status_.stx_ctime);
  info.accessed = file_time(status_.stx_atime);
  if ((status_.stx_mask & STATX_BTIME) != 0) {
    info.created = file_time(status_.stx_btime);
  }
  if (info.kind == NodeKind::directory) {
    info.attributes = file_attribute::directory;
  }
  if (ntfs_) {
    const std::string path = xattr_path(fd_.get());
    if (const auto attributes = CASEMENT_TRY(read_ntfs_attributes(path))) {
      info.attributes |= *attributes;
    }
    if (const auto times = CASEMENT_TRY(read_ntfs_times(path))) {
      info.created = times->created;
      info.modified = times->modified;
      info.accessed = times->accessed;
      info.changed = times->changed;
    }
  }
  if (info.kind == NodeKind::reparse_point) {
    info.attributes |= file_attribute::reparse_point;
    info.reparse_tag = CASEMENT_TRY(link_tag());
  }
  if (info.attributes == 0) {
    info.attributes = file_attribute::normal;
  }
  return info;
}

Result<std::string> HostNode::link_text() const {
  std::array<char, PATH_MAX> text = {};
  const ssize_t length = ::readlinkat(fd_.get(), "", text.data(), text.size());
  if (length < 0) {
    const int error = errno;
    return fail(status_from_errno(error), fmt::format("{}: {}", name(), errno_text(error)));
  }
  return std::string(text.data(), static_cast<std::size_t>(length));
}

Result<std::uint32_t> HostNode::link_tag() const {
  if (ntfs_) {
    const auto buffer = CASEMENT_TRY(read_ntfs_reparse(xattr_path(fd_.get())));
    if (buffer && buffer->size() >= 8) {
      return parse_reparse_tag(*buffer);
    }
  }
  const std::string text = CASEMENT_TRY(link_text());
  return parse_unsupported_tag(text).value_or(reparse_tag::symlink);
}

Result<std::vector<std::byte>> HostNode::reparse_data() const {
  if (ntfs_) {
    auto buffer = CASEMENT_TRY(read_ntfs_reparse(xattr_path(fd_.get())));
    if (buffer && !buffer->empty()) {
      return *std::move(buffer);
    }
  }
  if (kind() != NodeKind::reparse_point) {
    return fail(Status::not_a_reparse_point, fmt::format("{}: no reparse point", name()));
  }
  const std::string text = CASEMENT_TRY(link_text());
  if (const auto tag = parse_unsupported_tag(text)) {
    return fail(Status::unsupported,
                fmt::format("{}: the mount shows no data of reparse tag 0x{:08x}", name(), *tag));
  }
  return make_host_link_buffer(text, root_->path(), coding_).with_context([&] { return name(); });
}

Result<std::vector<std::byte>> HostNode::security_descriptor() const {
  if (!ntfs_) {
    return std::vector<std::byte>();
  }
  auto descriptor = CASEMENT_TRY(read_ntfs_security(xattr_path(fd_.get())));
  return std::move(descriptor).value_or(std::vector<std::byte>());
}

Result<std::vector<StreamInfo>> HostNode::streams() const {
  std::vector<StreamInfo> streams;
  if (S_ISREG(status_.stx_mode)) {
    streams.push_back({u"", status_.stx_size});
  }
  const std::string path = xattr_path(fd_.get());
  for (const std::string& attribute : CASEMENT_TRY(list_xattrs(path))) {
    if (!attribute.starts_with(stream_prefix) || attribute.size() == stream_prefix.size()) {
      continue;
    }
    const auto value = CASEMENT_TRY(read_xattr(path, attribute.c_str()));
    if (value) {
      streams.push_back({decode_host_name(attribute.substr(stream_prefix.size())), value->size()});
    }
  }
  return streams;
}

/// Says why a node has no bytes of its own.
Result<void> HostNode::check_openable() const {
  if (S_ISREG(status_.stx_mode)) {
    return {};
  }
  if (S_ISDIR(status_.stx_mode)) {
    return fail(Status::not_found, fmt::format("{}: a directory has no main stream", name()));
  }
  if (!S_ISLNK(status_.stx_mode)) {
    return fail(Status::unsupported,
                fmt::format("{}: {}, not a file", name(), special_kind(status_.stx_mode)));
  }
  const std::string text = CASEMENT_TRY(link_text());
  if (const auto tag = parse_unsupported_tag(text)) {
    const char* const hint = *tag == 0x80000017
                                 ? "compressed by Windows (WOF); mount the volume with ntfs-3g's "
                                   "system-compression plugin, or with ntfs3"
                                 : "the mount does not show its content";
    return fail(Status::unsupported,
                fmt::format("{}: reparse tag 0x{:08x}: {}", name(), *tag, hint));
  }
  return fail(Status::unsupported, fmt::format("{}: a link to {}", name(), text));
}

Result<SourcePtr> HostNode::open_main() const {
  CASEMENT_TRY(check_openable());
  // O_NONBLOCK: should a named pipe have taken the file's place, it must not stop us.
  UniqueFd fd = CASEMENT_TRY(root_->open_beneath(relative_, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  struct stat opened = {};
  const bool same = ::fstat(fd.get(), &opened) == 0 && S_ISREG(opened.st_mode) &&
                    opened.st_ino == status_.stx_ino;
  if (!same) {
    return fail(Status::io_failed, fmt::format("{}: exchanged while it was opened", name()));
  }
  return adopt_file_source(fd.release(), name());
}

Result<SourcePtr> HostNode::open_stream(std::u16string_view stream) const {
  if (stream.empty()) {
    return open_main();
  }
  const std::string path = xattr_path(fd_.get());
  std::optional<std::string> chosen;
  for (std::string& attribute : CASEMENT_TRY(list_xattrs(path))) {
    if (!attribute.starts_with(stream_prefix)) {
      continue;
    }
    const std::u16string found = decode_host_name(attribute.substr(stream_prefix.size()));
    if (found == stream || (!chosen && equals_folded(found, stream))) {
      const bool exact = found == stream;
      chosen = std::move(attribute);
      if (exact) {
        break;
      }
    }
  }
  const std::string label = name() + ":" + to_utf8(stream);
  if (!chosen) {
    return fail(Status::not_found, fmt::format("{}: no such stream", label));
  }
  auto value = CASEMENT_TRY(read_xattr(path, chosen->c_str()));
  if (!value) {
    return fail(Status::not_found, fmt::format("{}: the stream is gone", label));
  }
  return make_memory_source(*std::move(value), label);
}

}  // namespace casement
