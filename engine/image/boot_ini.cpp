// SPDX-License-Identifier: Apache-2.0
// Lines, sections and ARC names of boot.ini.
#include "engine/image/boot_ini.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace casement {
namespace {

constexpr std::size_t max_entries = 256;  // ntldr shows ten; the rest of a hostile file is noise

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\f\v";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// 0x80 to 0xA7 of code pages 437 and 850; 0: they differ or have no letter there.
constexpr std::array<char16_t, 0x28> oem_letters = {
    u'\u00C7', u'\u00FC', u'\u00E9', u'\u00E2', u'\u00E4', u'\u00E0', u'\u00E5', u'\u00E7',
    u'\u00EA', u'\u00EB', u'\u00E8', u'\u00EF', u'\u00EE', u'\u00EC', u'\u00C4', u'\u00C5',
    u'\u00C9', u'\u00E6', u'\u00C6', u'\u00F4', u'\u00F6', u'\u00F2', u'\u00FB', u'\u00F9',
    u'\u00FF', u'\u00D6', u'\u00DC', 0,         u'\u00A3', 0,         0,         u'\u0192',
    u'\u00E1', u'\u00ED', u'\u00F3', u'\u00FA', u'\u00F1', u'\u00D1', u'\u00AA', u'\u00BA'};

std::u16string from_oem(std::string_view text) {
  std::u16string out;
  for (const char c : text) {
    const auto unit = static_cast<unsigned char>(c);
    char16_t letter = unit;
    if (unit >= 0x80) {
      const std::size_t index = unit - 0x80U;
      letter = index < oem_letters.size() ? oem_letters.at(index) : char16_t{0};
      letter = letter == 0 ? u'\uFFFD' : letter;
    }
    out += letter;
  }
  return out;
}

/// Takes "name(number)" off the front of `text`.
std::optional<std::uint32_t> take_call(std::string_view& text, std::string_view name, int base) {
  if (text.size() <= name.size() || !same(text.substr(0, name.size()), name) ||
      text[name.size()] != '(') {
    return std::nullopt;
  }
  const std::string_view rest = text.substr(name.size() + 1);
  std::uint32_t number = 0;
  const auto end = std::from_chars(rest.data(), rest.data() + rest.size(), number, base);
  const auto used = static_cast<std::size_t>(end.ptr - rest.data());
  if (end.ec != std::errc() || used >= rest.size() || rest[used] != ')') {
    return std::nullopt;
  }
  text = rest.substr(used + 1);
  return number;
}

BootIniEntry parse_entry(std::string_view location, std::string_view rest) {
  BootIniEntry entry;
  entry.location = location;
  if (const auto arc = parse_arc_path(location)) {
    entry.arc = arc->path;
    entry.directory = from_oem(location.substr(arc->length));
  }
  if (!rest.empty() && rest.front() == '"') {
    rest.remove_prefix(1);
    const std::size_t close = std::min(rest.find('"'), rest.size());
    entry.description = from_oem(rest.substr(0, close));
    rest.remove_prefix(std::min(close + 1, rest.size()));
  } else {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    entry.description = from_oem(trimmed(rest.substr(0, slash)));
    rest.remove_prefix(slash);
  }
  entry.switches = trimmed(rest);
  return entry;
}

void read_loader_line(BootIni& ini, std::string_view key, std::string_view value) {
  if (same(key, "default")) {
    ini.default_location = value;
  } else if (same(key, "timeout")) {
    std::uint32_t seconds = 0;
    const auto end = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (end.ec == std::errc() && end.ptr == value.data() + value.size()) {
      ini.timeout = seconds;
    }
  }
}

/// The first entry at the default's place, as ntldr takes it.
void mark_default(BootIni& ini) {
  const auto is_default = [&ini](const BootIniEntry& entry) {
    return same(entry.location, ini.default_location);
  };
  const auto found = std::find_if(ini.entries.begin(), ini.entries.end(), is_default);
  if (found != ini.entries.end()) {
    found->is_default = true;
  }
}

}  // namespace

std::optional<ParsedArcPath> parse_arc_path(std::string_view text) {
  std::string_view rest = text;
  ArcPath path;
  if (const auto multi = take_call(rest, "multi", 10)) {
    path.kind = ArcPath::Kind::multi;
    path.controller = *multi;
  } else if (const auto scsi = take_call(rest, "scsi", 10)) {
    path.kind = ArcPath::Kind::scsi;
    path.controller = *scsi;
  } else if (const auto signature = take_call(rest, "signature", 16)) {
    path.kind = ArcPath::Kind::signature;
    path.controller = *signature;
  } else {
    return std::nullopt;
  }
  const auto disk = take_call(rest, "disk", 10);
  const auto rdisk = disk ? take_call(rest, "rdisk", 10) : std::nullopt;
  const auto partition = rdisk ? take_call(rest, "partition", 10) : std::nullopt;
  if (!partition) {
    return std::nullopt;
  }
  path.disk = *disk;
  path.rdisk = *rdisk;
  path.partition = *partition;
  return ParsedArcPath{.path = path, .length = text.size() - rest.size()};
}

BootIni parse_boot_ini(Bytes text) {
  std::string all;
  all.reserve(text.size());
  for (const std::byte unit : text) {
    all += static_cast<char>(std::to_integer<unsigned char>(unit));
  }
  BootIni ini;
  std::string section;
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.front() == ';') {
      continue;
    }
    if (line.front() == '[') {
      section = trimmed(line.substr(1, std::min(line.find(']'), line.size()) - 1));
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      continue;
    }
    const std::string_view key = trimmed(line.substr(0, equals));
    const std::string_view value = trimmed(line.substr(equals + 1));
    if (same(section, "boot loader")) {
      read_loader_line(ini, key, value);
    } else if (same(section, "operating systems") && ini.entries.size() < max_entries) {
      ini.entries.push_back(parse_entry(key, value));
    }
  }
  mark_default(ini);
  return ini;
}

}  // namespace casement
