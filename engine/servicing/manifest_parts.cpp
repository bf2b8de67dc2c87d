// SPDX-License-Identifier: Apache-2.0
// The parts of a package manifest, each read from its element.
#include "engine/servicing/manifest_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/servicing/custom_information.h"
#include "engine/servicing/xml_document.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

void report_type(const pugi::xml_node& node, std::string_view attribute, std::u16string_view found,
                 const char* expected, Diagnostics& findings) {
  findings.add(Severity::warning, "wrong-type",
               fmt::format("{} of {} is \"{}\", expected {}", attribute, local_name(node),
                           to_utf8(found.substr(0, 100)), expected));
}

/// Parents beyond this are left out: comparing each with all before it must stay cheap. Real
/// features have one to three.
constexpr std::size_t max_parents = 1000;

/// Adds the names of `update` elements below `detect`, at any depth, each once.
void add_detected_updates(const pugi::xml_node& detect, std::vector<std::u16string>& names) {
  pugi::xml_node node = detect.first_child();
  while (node && names.size() < max_parents) {
    if (local_name(node) == "update") {
      std::u16string name = attribute_text(node, "name");
      const auto is_known = [&](const std::u16string& known) { return equals_folded(known, name); };
      if (!name.empty() && std::none_of(names.begin(), names.end(), is_known)) {
        names.push_back(std::move(name));
      }
    }
    if (const pugi::xml_node inner = node.first_child()) {
      node = inner;
      continue;
    }
    while (node != detect && !node.next_sibling()) {
      node = node.parent();
    }
    node = node == detect ? pugi::xml_node() : node.next_sibling();
  }
}

}  // namespace

std::vector<PackageIdentity> read_identities(const pugi::xml_node& node, Diagnostics& findings) {
  std::vector<PackageIdentity> identities;
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) != "assemblyIdentity") {
      continue;
    }
    PackageIdentity identity{.name = attribute_text(child, "name"),
                             .public_key_token = attribute_text(child, "publicKeyToken"),
                             .architecture = attribute_text(child, "processorArchitecture"),
                             .language = attribute_text(child, "language"),
                             .version = attribute_text(child, "version")};
    if (identity.name.empty()) {
      findings.add(Severity::warning, "incomplete",
                   fmt::format("an assemblyIdentity of {} has no name", local_name(node)));
      continue;
    }
    if (equals_folded(identity.language, u"neutral")) {
      identity.language.clear();
    }
    identities.push_back(std::move(identity));
  }
  return identities;
}

ManifestUpdate read_manifest_update(const pugi::xml_node& node, const ManifestStrings& strings,
                                    TextBudget& budget, Diagnostics& findings) {
  ManifestUpdate update;
  update.name = attribute_text(node, "name");
  update.display_name = strings.expand(attribute_text(node, "displayName"));
  update.description = strings.expand(attribute_text(node, "description"));
  update.restart = attribute_text(node, "restart");
  read_custom_information(node, budget, update.properties);
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = local_name(child);
    if (name == "selectable") {
      update.selectable = true;
      read_custom_information(child, budget, update.properties);
    } else if (name == "package") {
      std::vector<PackageIdentity> packages = read_identities(child, findings);
      std::move(packages.begin(), packages.end(), std::back_inserter(update.packages));
    } else if (name == "applicable") {
      for (const pugi::xml_node& detect : child.children()) {
        if (local_name(detect) == "detectUpdate") {
          add_detected_updates(detect, update.parents);
        }
      }
    }
  }
  for (CustomProperty& property : update.properties) {
    property.value = strings.expand(std::move(property.value));
  }
  return update;
}

std::optional<bool> read_boolean(const pugi::xml_node& node, std::string_view attribute,
                                 Diagnostics& findings) {
  const std::u16string text = attribute_text(node, attribute);
  if (text.empty()) {
    return std::nullopt;
  }
  if (equals_folded(text, u"true") || text == u"1") {
    return true;
  }
  if (equals_folded(text, u"false") || text == u"0") {
    return false;
  }
  report_type(node, attribute, text, "true or false", findings);
  return std::nullopt;
}

std::optional<std::uint64_t> read_number(const pugi::xml_node& node, std::string_view attribute,
                                         Diagnostics& findings) {
  const std::u16string text = attribute_text(node, attribute);
  if (text.empty()) {
    return std::nullopt;
  }
  const std::string digits = to_utf8(text);
  std::uint64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto outcome = std::from_chars(digits.data(), end, number);
  if (outcome.ec != std::errc() || outcome.ptr != end) {
    report_type(node, attribute, text, "a number of 64 bits", findings);
    return std::nullopt;
  }
  return number;
}

}  // namespace casement
