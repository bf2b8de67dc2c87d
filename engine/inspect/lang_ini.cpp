// SPDX-License-Identifier: Apache-2.0
// sources\lang.ini of installation media.
#include <fmt/format.h>

#include <string_view>

#include "engine/inspect/intl.h"
#include "engine/inspect/text_bytes.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::uint64_t max_ini_size = std::uint64_t{1} << 20;  // real ones have 200 bytes
constexpr std::size_t max_languages = 1024;
constexpr std::u16string_view blanks = u" \t\r";

/// Up to the next line feed, which goes with it.
std::u16string_view take_line(std::u16string_view& text) {
  const std::size_t end = text.find(u'\n');
  const std::u16string_view line = text.substr(0, end);
  text.remove_prefix(end == std::u16string_view::npos ? text.size() : end + 1);
  return trimmed(line, blanks);
}

}  // namespace

Result<DistributionLanguages> parse_lang_ini(Bytes ini) {
  if (ini.size() > max_ini_size) {
    return fail(Status::limit_exceeded,
                fmt::format("lang.ini has {} bytes, more than {}", ini.size(), max_ini_size));
  }
  const std::u16string text = decode_text(ini);
  std::u16string_view rest = text;
  bool inside = false;
  bool found = false;
  DistributionLanguages languages;
  while (!rest.empty()) {
    const std::u16string_view line = take_line(rest);
    if (line.starts_with(u'[')) {
      inside = equals_folded(line, u"[Available UI Languages]");
      found = found || inside;
      continue;
    }
    const std::size_t equals = line.find(u'=');
    const std::u16string_view tag = trimmed(line.substr(0, equals), blanks);
    if (!inside || equals == std::u16string_view::npos || tag.empty() || tag.front() == u';') {
      continue;
    }
    // 3: the language of Setup itself. The others have 0 or 1.
    if (trimmed(line.substr(equals + 1), blanks) == u"3" && languages.default_language.empty()) {
      languages.default_language = tag;
    } else if (languages.others.size() < max_languages) {
      languages.others.emplace_back(tag);
    }
  }
  if (!found) {
    return fail(Status::corrupt, "lang.ini has no section [Available UI Languages]");
  }
  return languages;
}

}  // namespace casement
