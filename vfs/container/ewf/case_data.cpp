// SPDX-License-Identifier: Apache-2.0
// Text of lines and tabs inside zlib streams; digests; ranges of sectors.
#include "vfs/container/ewf/case_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "vfs/codec/deflate.h"
#include "vfs/container/ewf/ewf_layout.h"
#include "vfs/container/ewf/section.h"
#include "vfs/container/referenced_file.h"
#include "vfs/core/digest.h"
#include "vfs/core/filetime.h"
#include "vfs/core/utf16.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

/// EnCase itself has trouble with texts of 1 MiB.
constexpr std::uint64_t max_text_size = std::uint64_t{1} << 20;
/// Longest value that is shown.
constexpr std::size_t max_value = 200;

/// UTF-16 of either byte order, as its mark says; little-endian without one.
std::string decode_utf16(Bytes raw) {
  std::vector<std::byte> bytes = to_vector(raw);
  if (bytes.size() >= 2 && bytes[0] == std::byte{0xFE} && bytes[1] == std::byte{0xFF}) {
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
      std::swap(bytes[i], bytes[i + 1]);
    }
  }
  const std::u16string text = from_utf16le(bytes);
  return to_utf8(text.starts_with(u'\uFEFF') ? std::u16string_view(text).substr(1) : text);
}

/// UTF-8 where it is that; else each byte is a character, as in the code page of western Windows.
std::string decode_bytes(Bytes raw) {
  const std::string text(reinterpret_cast<const char*>(raw.data()), raw.size());  // NOLINT: bytes
  return from_utf8(text) ? text : to_utf8(from_latin1(raw));
}

/// Takes the part before `separator` off the front of `text`.
std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::string_view take_line(std::string_view& text) {
  std::string_view line = take_part(text, '\n');
  while (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

/// Printable, without blanks at the end, and cut between characters.
std::string shown(std::string_view value) {
  std::size_t size = std::min(value.size(), max_value);
  while (size < value.size() && size > 0 &&
         (static_cast<unsigned char>(value[size]) & 0xC0U) == 0x80) {
    --size;
  }
  std::string text = printable_text(value.substr(0, size));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    return std::nullopt;
  }
  return number;
}

/// "1142163845": Unix time. "2018 5 16 15 5 8": as the clock on the wall showed it.
std::string parse_time(std::string_view value) {
  if (const auto seconds = parse_number(value)) {
    constexpr std::string_view::size_type to_seconds = 19;  // "2023-12-20T15:42:47"
    const std::string text = FileTime::from_unix_seconds(*seconds).to_iso8601();
    return text.size() < to_seconds ? shown(value) : text.substr(0, to_seconds) + "Z";
  }
  std::vector<std::int64_t> numbers;
  std::string_view rest = value;
  while (!rest.empty() && numbers.size() <= 6) {
    const auto number = parse_number(take_part(rest, ' '));
    if (!number) {
      return shown(value);
    }
    numbers.push_back(*number);
  }
  if (numbers.size() != 6) {
    return shown(value);
  }
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", numbers[0], numbers[1], numbers[2],
                     numbers[3], numbers[4], numbers[5]);
}

std::string joined(const std::string& version, const std::string& platform) {
  if (version.empty() || platform.empty()) {
    return version.empty() ? platform : version;
  }
  return fmt::format("{} on {}", version, platform);
}

EwfCase parse_text(std::string_view text) {
  EwfCase found;
  while (!text.empty() && take_line(text) != "main") {
  }
  std::string_view keys = take_line(text);
  std::string_view values = take_line(text);
  std::string version;
  std::string platform;
  while (!keys.empty()) {
    const std::string_view key = take_part(keys, '\t');
    const std::string_view value = take_part(values, '\t');
    if (key == "m") {
      found.acquired = parse_time(value);
    } else if (key == "c") {
      found.case_number = shown(value);
    } else if (key == "n") {
      found.evidence_number = shown(value);
    } else if (key == "a") {
      found.description = shown(value);
    } else if (key == "e") {
      found.examiner = shown(value);
    } else if (key == "t") {
      found.notes = shown(value);
    } else if (key == "md") {
      found.model = shown(value);
    } else if (key == "sn") {
      found.serial_number = shown(value);
    } else if (key == "av") {
      version = shown(value);
    } else if (key == "ov") {
      platform = shown(value);
    }
  }
  found.program = joined(version, platform);
  return found;
}

/// Zeros stand for no digest.
std::string digest_text(Bytes digest) {
  return is_zero_filled(digest) ? std::string() : to_hex(digest);
}

/// The structure at the start of `body`, with its checksum right.
template <DiskStruct T>
Result<T> load_checked(Bytes body, const char* what) {
  const T disk = CASEMENT_TRY(load<T>(body, 0, what));
  if (!ends_with_checksum(body.first(sizeof(T)))) {
    return fail(Status::corrupt, fmt::format("{}: the checksum is wrong", what));
  }
  return disk;
}

}  // namespace

Result<EwfCase> EwfCase::parse(Bytes body, bool is_utf16) {
  const std::uint64_t most = body.size() * max_inflate_ratio;
  std::vector<std::byte> text(static_cast<std::size_t>(std::min(max_text_size, most)));
  text.resize(CASEMENT_TRY(inflate_whole(DeflateFraming::zlib, body, text)));
  return parse_text(is_utf16 ? decode_utf16(text) : decode_bytes(text));
}

Result<std::vector<EwfBadSectors>> parse_bad_sectors(Bytes body) {
  const auto header =
      CASEMENT_TRY(load_checked<ewf_layout::ErrorHeader>(body, "error2 section header"));
  const std::uint64_t count = header.entry_count.value();
  const Bytes entries = CASEMENT_TRY(slice(body, sizeof(header),
                                           count * sizeof(ewf_layout::ErrorEntry) + sizeof(le32),
                                           "error2 section entries"));
  if (!ends_with_checksum(entries)) {
    return fail(Status::corrupt, "error2 section entries: the checksum is wrong");
  }
  std::vector<EwfBadSectors> ranges;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto entry = CASEMENT_TRY(
        load<ewf_layout::ErrorEntry>(entries, i * sizeof(ewf_layout::ErrorEntry), "error2 entry"));
    ranges.push_back({entry.first_sector.value(), entry.sector_count.value()});
  }
  return ranges;
}

Result<EwfDigests> EwfDigests::parse_hash(Bytes body) {
  const auto disk = CASEMENT_TRY(load_checked<ewf_layout::Hash>(body, "hash section"));
  return EwfDigests{digest_text(disk.md5), {}};
}

Result<EwfDigests> EwfDigests::parse_digest(Bytes body) {
  const auto disk = CASEMENT_TRY(load_checked<ewf_layout::Digest>(body, "digest section"));
  return EwfDigests{digest_text(disk.md5), digest_text(disk.sha1)};
}

}  // namespace casement
