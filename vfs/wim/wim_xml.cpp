// SPDX-License-Identifier: Apache-2.0
// Images, their versions and languages from elements.
#include "vfs/wim/wim_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <utility>

#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement::wim {
namespace {

using pugi::xml_node;

/// The most that formats and tools count; a document may repeat its elements without end.
constexpr std::size_t max_images = 65535;
constexpr std::size_t max_languages = 1000;

/// A decimal number or one with "0x"; nullopt for anything else.
template <std::unsigned_integral T>
std::optional<T> parse_number(std::string_view text) {
  text = trimmed(text, " \t\r\n");
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  }
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

std::string text_of(const xml_node& parent, const char* name) {
  return parent.child(name).child_value();
}

template <std::unsigned_integral T>
std::optional<T> number_of(const xml_node& parent, const char* name) {
  return parse_number<T>(parent.child(name).child_value());
}

std::optional<FileTime> time_of(const xml_node& parent, const char* name) {
  const xml_node time = parent.child(name);
  const auto high = number_of<std::uint32_t>(time, "HIGHPART");
  const auto low = number_of<std::uint32_t>(time, "LOWPART");
  if (!high || !low) {
    return std::nullopt;
  }
  return FileTime{(std::uint64_t{*high} << 32) | *low};
}

std::optional<ClaimedVersion> version_of(const xml_node& windows) {
  const xml_node version = windows.child("VERSION");
  const auto major = number_of<std::uint32_t>(version, "MAJOR");
  if (!major) {
    return std::nullopt;
  }
  return ClaimedVersion{.major = *major,
                        .minor = number_of<std::uint32_t>(version, "MINOR").value_or(0),
                        .build = number_of<std::uint32_t>(version, "BUILD").value_or(0),
                        .sp_build = number_of<std::uint32_t>(version, "SPBUILD"),
                        .sp_level = number_of<std::uint32_t>(version, "SPLEVEL")};
}

WindowsClaims windows_of(const xml_node& windows) {
  WindowsClaims claims;
  claims.architecture = number_of<std::uint32_t>(windows, "ARCH");
  claims.product_name = text_of(windows, "PRODUCTNAME");
  claims.edition_id = text_of(windows, "EDITIONID");
  claims.installation_type = text_of(windows, "INSTALLATIONTYPE");
  claims.product_type = text_of(windows, "PRODUCTTYPE");
  claims.product_suite = text_of(windows, "PRODUCTSUITE");
  claims.hal = text_of(windows, "HAL");
  claims.system_root = text_of(windows, "SYSTEMROOT");
  const xml_node languages = windows.child("LANGUAGES");
  for (const xml_node& language : languages.children("LANGUAGE")) {
    if (claims.languages.size() == max_languages) {
      break;
    }
    claims.languages.emplace_back(language.child_value());
  }
  claims.default_language = text_of(languages, "DEFAULT");
  claims.version = version_of(windows);
  return claims;
}

ImageClaims image_of(const xml_node& image) {
  ImageClaims claims;
  claims.index = parse_number<std::uint32_t>(image.attribute("INDEX").value()).value_or(0);
  claims.name = text_of(image, "NAME");
  claims.description = text_of(image, "DESCRIPTION");
  claims.display_name = text_of(image, "DISPLAYNAME");
  claims.display_description = text_of(image, "DISPLAYDESCRIPTION");
  claims.flags = text_of(image, "FLAGS");
  claims.directory_count = number_of<std::uint64_t>(image, "DIRCOUNT");
  claims.file_count = number_of<std::uint64_t>(image, "FILECOUNT");
  claims.total_bytes = number_of<std::uint64_t>(image, "TOTALBYTES");
  claims.hard_link_bytes = number_of<std::uint64_t>(image, "HARDLINKBYTES");
  claims.created = time_of(image, "CREATIONTIME");
  claims.modified = time_of(image, "LASTMODIFICATIONTIME");
  if (const auto wim_boot = number_of<std::uint32_t>(image, "WIMBOOT")) {
    claims.wim_boot = *wim_boot != 0;
  }
  if (const xml_node windows = image.child("WINDOWS")) {
    claims.windows = windows_of(windows);
  }
  return claims;
}

bool starts_with(Bytes stored, std::initializer_list<unsigned> mark) {
  return stored.size() >= mark.size() &&
         std::equal(mark.begin(), mark.end(), stored.begin(),
                    [](unsigned a, std::byte b) { return a == std::to_integer<unsigned>(b); });
}

}  // namespace

Result<std::string> xml_to_utf8(Bytes stored) {
  const auto cut = [](std::string text) {
    text.resize(text.find_last_not_of('\0') + 1);  // npos + 1: nothing but NULs
    return text;
  };
  if (starts_with(stored, {0xFF, 0xFE})) {
    return cut(to_utf8(from_utf16le(stored.subspan(2))));
  }
  // Markup is ASCII, so that UTF-16LE has a NUL behind its first character.
  if (stored.size() >= 2 && stored[0] != std::byte{0} && stored[1] == std::byte{0}) {
    return cut(to_utf8(from_utf16le(stored)));
  }
  const Bytes plain = starts_with(stored, {0xEF, 0xBB, 0xBF}) ? stored.subspan(3) : stored;
  std::string text(plain.size(), '\0');
  std::ranges::transform(plain, text.begin(), [](std::byte b) { return static_cast<char>(b); });
  text = cut(std::move(text));
  if (!from_utf8(text)) {
    return fail(Status::corrupt, "neither UTF-16LE nor UTF-8");
  }
  return text;
}

Result<WimXml> parse_wim_xml(std::string_view utf8) {
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(utf8.data(), utf8.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    return fail(Status::corrupt, fmt::format("not well-formed at character {}: {}", parsed.offset,
                                             parsed.description()));
  }
  const xml_node root = document.child("WIM");
  if (!root) {
    return fail(Status::corrupt, "no <WIM> element");
  }
  WimXml xml;
  xml.encrypted = static_cast<bool>(root.child("ESD").child("ENCRYPTED"));
  for (const xml_node& image : root.children("IMAGE")) {
    if (xml.images.size() == max_images) {
      break;
    }
    xml.images.push_back(image_of(image));
  }
  return xml;
}

}  // namespace casement::wim
