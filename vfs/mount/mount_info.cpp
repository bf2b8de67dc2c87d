// SPDX-License-Identifier: Apache-2.0
// Reading /proc/self/mountinfo.
#include "vfs/mount/mount_info.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "vfs/source/file_source.h"

namespace casement {
namespace {

constexpr const char* mount_info_path = "/proc/self/mountinfo";

/// A machine with 100,000 mounts has some 20 MB of them.
constexpr std::size_t max_bytes = std::size_t{256} << 20;

bool is_octal(char c) noexcept {
  return c >= '0' && c <= '7';
}

/// The text before the next blank, which is taken away with it. A field may be empty.
std::optional<std::string_view> take_field(std::string_view& line) {
  if (line.empty()) {
    return std::nullopt;
  }
  const std::size_t end = line.find(' ');
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return field;
}

/// "36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root rw": the number of optional fields
/// before the '-' varies.
std::optional<MountInfoEntry> parse_line(std::string_view line) {
  constexpr int fields_before_root = 3;
  for (int i = 0; i < fields_before_root; ++i) {
    if (!take_field(line)) {
      return std::nullopt;
    }
  }
  const auto root = take_field(line);
  const auto mount_point = take_field(line);
  const auto options = take_field(line);
  if (!root || !mount_point || !options) {
    return std::nullopt;
  }
  for (auto optional = take_field(line); optional != "-"; optional = take_field(line)) {
    if (!optional) {
      return std::nullopt;
    }
  }
  const auto type = take_field(line);
  const auto source = take_field(line);
  if (!type || !source) {
    return std::nullopt;
  }
  return MountInfoEntry{.root = unescape_octal(*root),
                        .mount_point = unescape_octal(*mount_point),
                        .type = unescape_octal(*type),
                        .source = unescape_octal(*source)};
}

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

/// The size of a file in /proc is not known beforehand.
Result<std::string> read_all(std::FILE* file) {
  std::string text;
  std::array<char, 1 << 16> piece = {};
  while (text.size() < max_bytes) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file);
    text.append(piece.data(), got);
    if (got == piece.size()) {
      continue;
    }
    if (std::ferror(file) != 0) {
      const int error = errno;
      return fail(status_from_errno(error),
                  fmt::format("read {}: {}", mount_info_path, errno_text(error)));
    }
    return text;
  }
  return fail(Status::limit_exceeded,
              fmt::format("{}: more than {} bytes", mount_info_path, max_bytes));
}

}  // namespace

std::string unescape_octal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && text.size() - i > 3 && is_octal(text[i + 1]) &&
                        is_octal(text[i + 2]) && is_octal(text[i + 3]) && text[i + 1] < '4';
    if (!escape) {
      out += text[i];
      continue;
    }
    const int value = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0');
    out += static_cast<char>(value);
    i += 3;
  }
  return out;
}

std::vector<MountInfoEntry> parse_mount_info(std::string_view text) {
  std::vector<MountInfoEntry> entries;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (auto entry = parse_line(text.substr(0, end))) {
      entries.push_back(*std::move(entry));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return entries;
}

Result<std::vector<MountInfoEntry>> read_mount_info() {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(mount_info_path, "re"));
  if (!file) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) {
      return std::vector<MountInfoEntry>();
    }
    return fail(status_from_errno(error),
                fmt::format("open {}: {}", mount_info_path, errno_text(error)));
  }
  const std::string text = CASEMENT_TRY(read_all(file.get()));
  return parse_mount_info(text);
}

}  // namespace casement
