// SPDX-License-Identifier: Apache-2.0
// Where LoadString finds a string of an installation that is not running.
//
// Sources: Microsoft, "SHLoadIndirectString function" and "RegLoadMUIString function" for the form
// of references, "MUI Resource Management" and "User Interface Language Management" for where the
// files of a language lie and which is tried first.
#include "engine/inspect/indirect_string.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/inspect/identity_parts.h"
#include "engine/inspect/image_file.h"
#include "engine/inspect/language_tags.h"
#include "engine/pe/string_table.h"
#include "engine/servicing/inf.h"
#include "vfs/core/ascii.h"
#include "vfs/core/checked.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view english = u"en-US";
constexpr std::u16string_view inf_suffix = u".inf";
/// INFs of classes have some ten KiB; those of large drivers are not referred to.
constexpr std::uint64_t max_inf_size = 1U << 20U;

bool ends_with_folded(std::u16string_view text, std::u16string_view suffix) {
  return text.size() >= suffix.size() &&
         equals_folded(text.substr(text.size() - suffix.size()), suffix);
}

/// "v2": which edition of the string is meant, and no text to show.
bool is_version_modifier(std::u16string_view text) {
  return text.size() >= 2 && upcase(text.front()) == u'V' &&
         std::ranges::all_of(text.substr(1), is_ascii_digit<char16_t>);
}

/// Where a file of a reference may be, as Windows paths. A name alone is searched for as libraries
/// are.
std::vector<std::u16string> places_of(std::u16string_view file) {
  if (file.find_first_of(u"\\/%:") != file.npos) {
    return {std::u16string(file)};
  }
  return {u"\\SystemRoot\\System32\\" + std::u16string(file),
          u"\\SystemRoot\\" + std::u16string(file)};
}

/// "dir\x.dll", "de-DE": "dir\de-DE\x.dll.mui".
std::u16string in_language(std::u16string_view path, std::u16string_view tag) {
  const std::size_t slash = path.find_last_of(u"\\/");
  const std::size_t name = slash == path.npos ? 0 : slash + 1;
  return std::u16string(path.substr(0, name)) + std::u16string(tag) + u"\\" +
         std::u16string(path.substr(name)) + u".mui";
}

}  // namespace

std::optional<IndirectReference> parse_indirect_string(std::u16string_view stored) {
  if (!stored.starts_with(u'@')) {
    return std::nullopt;
  }
  const std::size_t semicolon = std::min(stored.find(u';'), stored.size());
  const std::u16string_view head = stored.substr(1, semicolon - 1);
  const std::size_t comma = head.rfind(u',');
  if (comma == head.npos || comma == 0) {
    return std::nullopt;
  }
  IndirectReference reference;
  reference.file = trimmed(head.substr(0, comma), u" \t\"");
  const std::u16string_view string = trimmed(head.substr(comma + 1), u" \t");
  if (string.starts_with(u'-')) {
    reference.number = parse_digits<std::uint16_t>(string.substr(1));
  } else if (string.size() > 2 && string.front() == u'%' && string.back() == u'%') {
    reference.token = string.substr(1, string.size() - 2);
  }
  if (semicolon < stored.size()) {
    const std::u16string_view fallback = stored.substr(semicolon + 1);
    reference.fallback = is_version_modifier(fallback) ? std::u16string_view() : fallback;
  }
  return reference;
}

std::optional<IndirectText> IndirectStrings::resolve(std::u16string_view stored) {
  if (stored.size() > max_units) {
    report_limit();
    return std::nullopt;
  }
  if (!stored.starts_with(u'@')) {
    return IndirectText{.text = std::u16string(stored), .file = {}};
  }
  const auto reference = parse_indirect_string(stored);
  if (!reference) {
    return std::nullopt;
  }
  std::u16string key = upcase(stored);
  if (const auto known = resolved_.find(key); known != resolved_.end()) {
    return known->second;
  }
  const bool has_room = resolved_.size() < max_references;
  std::optional<IndirectText> found;
  if (has_room) {
    found = look_up(*reference);
  } else {
    report_limit();
  }
  if (!found && !reference->fallback.empty()) {
    found = IndirectText{.text = reference->fallback, .file = {}};
  }
  if (has_room) {
    resolved_.emplace(std::move(key), found);
  }
  return found;
}

std::optional<IndirectText> IndirectStrings::look_up(const IndirectReference& reference) {
  if (reference.number) {
    return from_program(reference);
  }
  const bool of_inf = !reference.token.empty() && ends_with_folded(reference.file, inf_suffix);
  return of_inf && reference.fallback.empty() ? from_inf(reference) : std::nullopt;
}

std::optional<IndirectText> IndirectStrings::from_program(const IndirectReference& reference) {
  for (const std::u16string& place : places_of(reference.file)) {
    for (const ImageProgram& program : programs_of(place)) {
      auto text = read_resource_string(program.file, *reference.number, language_);
      if (!text) {
        report(program.path, text.error());
      } else if (*text && (*text)->size() <= max_units) {
        return IndirectText{.text = **std::move(text), .file = program.path};
      }
    }
  }
  return std::nullopt;
}

std::optional<IndirectText> IndirectStrings::from_inf(const IndirectReference& reference) {
  // A plain name: INFs of classes lie in one folder.
  if (reference.file.find_first_of(u"\\/%:") != std::u16string::npos || !take_file()) {
    return std::nullopt;
  }
  const std::u16string path = u"\\SystemRoot\\INF\\" + reference.file;
  const auto file = read_image_file(reader_.image(), path, max_inf_size);
  const auto inf = file && *file ? parse_inf((*file)->bytes)
                                 : Result<Inf>(fail(Status::not_found, "it is not there"));
  if (!file || (*file && !inf)) {
    report(path, file ? inf.error() : file.error());
    return std::nullopt;
  }
  if (!inf) {
    return std::nullopt;
  }
  const std::u16string written = u"%" + reference.token + u"%";
  std::u16string text = inf->expand(written);
  return text == written
             ? std::nullopt
             : std::optional(IndirectText{.text = std::move(text), .file = (*file)->path});
}

const std::vector<ImageProgram>& IndirectStrings::programs_of(const std::u16string& path) {
  const auto [entry, is_new] = programs_.try_emplace(upcase(path));
  std::vector<ImageProgram>& programs = entry->second;
  if (!is_new || !take_file()) {
    return programs;
  }
  find_languages();
  for (const std::u16string& tag : tags_) {
    open_program(in_language(path, tag), programs);
  }
  open_program(path, programs);
  return programs;
}

void IndirectStrings::open_program(std::u16string_view path, std::vector<ImageProgram>& programs) {
  auto program = open_image_program(reader_.image(), path);
  if (!program) {
    report(path, program.error());
  } else if (*program) {
    programs.push_back(**std::move(program));
  }
}

void IndirectStrings::find_languages() {
  if (languages_known_) {
    return;
  }
  languages_known_ = true;
  Diagnostics unused;  // the questions about languages tell what is wrong with them
  FactReader reader(reader_.image(), unused);
  if (auto tag = read_install_language(reader)) {
    tags_.push_back(std::move(tag->value));
  }
  if (tags_.empty() || !equals_folded(tags_.front(), english)) {
    tags_.emplace_back(english);
  }
  const auto lcid = reader.filled_text(
      HiveId::system, reader.control_set(u"Control\\Nls\\Language"), u"InstallLanguage");
  language_ = lcid ? parse_digits<std::uint16_t>(lcid->value, 16) : std::nullopt;
}

bool IndirectStrings::take_file() {
  if (files_ >= max_files) {
    report_limit();
    return false;
  }
  ++files_;
  return true;
}

void IndirectStrings::report_limit() {
  if (!limit_reported_) {
    limit_reported_ = true;
    reader_.findings().add(
        Severity::warning, "limit",
        fmt::format("references to strings: at most {} references of {} units to {} files are read",
                    max_references, max_units, max_files));
  }
}

void IndirectStrings::report(std::u16string_view path, const Error& error) {
  const std::string place = to_utf8(path);
  for (const Diagnostic& known : reader_.findings().items()) {
    if (known.code == "resource-unreadable" && known.text.starts_with(place + ":")) {
      return;
    }
  }
  reader_.findings().add(Severity::warning, "resource-unreadable",
                         Error(error).context(place).message());
}

}  // namespace casement
