// SPDX-License-Identifier: Apache-2.0
// The texts of a manifest, by name and by language.
#include "engine/servicing/manifest_strings.h"

#include <utility>

#include "engine/servicing/xml_document.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::u16string_view reference_start = u"$(string.";

/// A bound on the search for the end of a reference: real names have some tens of units.
constexpr std::size_t max_name_units = 256;

bool is_english(std::u16string_view language) noexcept {
  return equals_folded(language, u"en-US");
}

}  // namespace

void ManifestStrings::add(const pugi::xml_node& string, std::u16string_view language) {
  const std::u16string own = attribute_text(string, "language");
  const bool preferred = is_english(own.empty() ? language : own);
  std::u16string display_name = attribute_text(string, "displayName");
  std::u16string description = attribute_text(string, "description");
  const bool first = display_name_.empty() && description_.empty();
  if ((!display_name.empty() || !description.empty()) && (first || (preferred && !preferred_))) {
    display_name_ = std::move(display_name);
    description_ = std::move(description);
    preferred_ = preferred;
  }
  const std::u16string id = attribute_text(string, "id");
  if (id.empty()) {
    return;
  }
  const auto [position, added] = values_.try_emplace(upcase(id));
  if (added || (preferred && !position->second.preferred)) {
    position->second = {.value = attribute_text(string, "value"), .preferred = preferred};
  }
}

void ManifestStrings::read(const pugi::xml_node& parent) {
  for (const pugi::xml_node& string : child_of(parent, "localizedStrings").children()) {
    if (local_name(string) == "string") {
      add(string, {});
    }
  }
  for (const pugi::xml_node& resources : child_of(parent, "localization").children()) {
    const std::u16string culture = attribute_text(resources, "culture");
    for (const pugi::xml_node& string : child_of(resources, "stringTable").children()) {
      if (local_name(string) == "string") {
        add(string, culture);
      }
    }
  }
}

std::u16string ManifestStrings::expand(std::u16string text) const {
  if (values_.empty()) {
    return text;
  }
  std::u16string out;
  std::size_t done = 0;
  for (std::size_t start = text.find(reference_start); start != std::u16string::npos;
       start = text.find(reference_start, start + 1)) {
    const std::size_t name_start = start + reference_start.size();
    const auto rest = std::u16string_view(text).substr(name_start, max_name_units);
    const std::size_t length = rest.find(u')');
    const std::u16string_view name = rest.substr(0, length);
    if (length == std::u16string_view::npos || name.find(u"$(") != std::u16string_view::npos) {
      continue;  // no reference, or another one starts first
    }
    const auto found = values_.find(upcase(name));
    if (found == values_.end() || !budget_.take(found->second.value.size())) {
      continue;
    }
    out.append(text, done, start - done).append(found->second.value);
    done = name_start + length + 1;
  }
  return done == 0 ? std::move(text) : out.append(text, done);
}

}  // namespace casement
