// SPDX-License-Identifier: Apache-2.0
// Reading extended attributes through /proc/self/fd.
#include "vfs/host/host_xattr.h"

#include <fmt/format.h>
#include <sys/xattr.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "vfs/core/bytes.h"
#include "vfs/host/tree_root.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

/// A value may grow between asking for its size and reading it; a tree at rest needs one attempt.
constexpr int max_attempts = 8;

constexpr std::string_view proc_prefix = "/proc/self/fd/";

/// "/proc/self/fd/5" is a link to the node, to be followed; "/proc/self/fd/5/name" is the node.
bool is_entry(const std::string& path) {
  return path.find('/', proc_prefix.size()) != std::string::npos;
}

bool means_none(int error) {
  // ENOENT, ENOTDIR: no /proc. EACCES, EPERM: attributes are a supplement; the node itself is read.
  return error == ENODATA || error == EOPNOTSUPP || error == ENOENT || error == ENOTDIR ||
         error == EACCES || error == EPERM;
}

/// Calls a size-or-fill function until the value fits.
template <class Fill>
Result<std::optional<std::vector<std::byte>>> read_sized(const char* what, Fill fill) {
  for (int attempt = 0; attempt < max_attempts; ++attempt) {
    const ssize_t size = fill(nullptr, std::size_t{0});
    if (size < 0) {
      const int error = errno;
      if (means_none(error)) {
        return std::optional<std::vector<std::byte>>();
      }
      return fail(status_from_errno(error),
                  fmt::format("extended attribute {}: {}", what, errno_text(error)));
    }
    std::vector<std::byte> value(static_cast<std::size_t>(size));
    if (size == 0) {
      return std::optional(std::move(value));
    }
    const ssize_t got = fill(value.data(), value.size());
    if (got >= 0) {
      value.resize(static_cast<std::size_t>(got));
      return std::optional(std::move(value));
    }
    if (errno != ERANGE && !means_none(errno)) {
      const int error = errno;
      return fail(status_from_errno(error),
                  fmt::format("extended attribute {}: {}", what, errno_text(error)));
    }
  }
  return fail(Status::io_failed, fmt::format("extended attribute {} keeps changing", what));
}

/// `big_endian_name` first: its byte order does not depend on the driver. The other one is in the
/// host's order. `Big` is the big-endian form of T.
template <class Big, class T, std::size_t Count>
Result<std::optional<std::array<T, Count>>> read_integers(const std::string& path,
                                                          const char* big_endian_name,
                                                          const char* native_name) {
  std::array<T, Count> values = {};
  const auto big = CASEMENT_TRY(read_xattr(path, big_endian_name));
  if (big && big->size() >= sizeof(values)) {
    for (std::size_t i = 0; i < Count; ++i) {
      values[i] = CASEMENT_TRY(load<Big>(*big, i * sizeof(Big), big_endian_name)).value();
    }
    return std::optional(values);
  }
  const auto native = CASEMENT_TRY(read_xattr(path, native_name));
  if (native && native->size() >= sizeof(values)) {
    std::memcpy(values.data(), native->data(), sizeof(values));
    return std::optional(values);
  }
  return std::optional<std::array<T, Count>>();
}

}  // namespace

std::string xattr_path(int fd) {
  return fmt::format("{}{}", proc_prefix, fd);
}

std::string xattr_path(int directory, const std::string& name) {
  return fmt::format("{}{}/{}", proc_prefix, directory, name);
}

Result<std::optional<std::vector<std::byte>>> read_xattr(const std::string& path,
                                                         const char* name) {
  const bool entry = is_entry(path);
  return read_sized(name, [&](void* value, std::size_t size) {
    return entry ? ::lgetxattr(path.c_str(), name, value, size)
                 : ::getxattr(path.c_str(), name, value, size);
  });
}

Result<std::vector<std::string>> list_xattrs(const std::string& path) {
  const bool entry = is_entry(path);
  const auto raw = CASEMENT_TRY(read_sized("list", [&](void* value, std::size_t size) {
    auto* const text = static_cast<char*>(value);
    return entry ? ::llistxattr(path.c_str(), text, size) : ::listxattr(path.c_str(), text, size);
  }));
  std::vector<std::string> names;
  std::string name;
  for (const std::byte byte : raw.value_or(std::vector<std::byte>())) {
    if (byte != std::byte{0}) {
      name += static_cast<char>(byte);
      continue;
    }
    names.push_back(std::exchange(name, {}));
  }
  return names;
}

bool offers_ntfs_attributes(const std::string& path) {
  const auto attributes = read_ntfs_attributes(path);
  return attributes && *attributes;
}

Result<std::optional<std::uint32_t>> read_ntfs_attributes(const std::string& path) {
  const auto values = CASEMENT_TRY(
      (read_integers<be32, std::uint32_t, 1>(path, "system.ntfs_attrib_be", "system.ntfs_attrib")));
  return values ? std::optional((*values)[0]) : std::nullopt;
}

Result<std::optional<NtfsTimes>> read_ntfs_times(const std::string& path) {
  const auto values = CASEMENT_TRY(
      (read_integers<be64, std::uint64_t, 4>(path, "system.ntfs_times_be", "system.ntfs_times")));
  if (!values) {
    return std::optional<NtfsTimes>();
  }
  const auto& [created, modified, accessed, changed] = *values;
  return std::optional(NtfsTimes{{created}, {modified}, {accessed}, {changed}});
}

Result<std::optional<std::string>> read_ntfs_short_name(const std::string& path) {
  const auto raw = CASEMENT_TRY(read_xattr(path, "system.ntfs_dos_name"));
  if (!raw || raw->empty()) {
    return std::optional<std::string>();
  }
  std::string name;
  for (const std::byte byte : *raw) {
    name += static_cast<char>(byte);
  }
  return std::optional(std::move(name));
}

Result<std::optional<std::vector<std::byte>>> read_ntfs_reparse(const std::string& path) {
  return read_xattr(path, "system.ntfs_reparse_data");
}

Result<std::optional<std::vector<std::byte>>> read_ntfs_security(const std::string& path) {
  auto descriptor = CASEMENT_TRY(read_xattr(path, "system.ntfs_acl"));
  if (descriptor) {
    return descriptor;
  }
  return read_xattr(path, "system.ntfs_security");  // the kernel's ntfs3 calls it so
}

}  // namespace casement
