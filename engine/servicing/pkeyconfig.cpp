// SPDX-License-Identifier: Apache-2.0
// XML in base64 in XML: a damaged entry is left out, the others stay.
#include "engine/servicing/pkeyconfig.h"

#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "engine/servicing/base64.h"
#include "engine/servicing/xml_document.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::u16string child_text(const pugi::xml_node& node, std::string_view name) {
  return element_text(child_of(node, name));
}

/// Reads one entry's numbers; the first that is none becomes a finding.
class EntryReader {
 public:
  EntryReader(const pugi::xml_node& node, std::size_t index, Diagnostics& findings)
      : node_(node), index_(index), findings_(findings) {}

  std::uint32_t number(const char* name) {
    const std::u16string text = child_text(node_, name);
    const auto value = parse_digits<std::uint32_t>(text);
    if (!value) {
      leave_out(fmt::format("{} is \"{}\", expected a number", name, to_utf8(text).substr(0, 40)));
    }
    return value.value_or(0);
  }
  std::u16string identifier(const char* name) {
    std::u16string text = child_text(node_, name);
    if (text.empty()) {
      leave_out(fmt::format("{} is missing", name));
    }
    return text;
  }
  void leave_out(const std::string& why) {
    if (std::exchange(good_, false)) {
      findings_.add(Severity::warning, "damaged",
                    fmt::format("{} {}: {}; it is left out", local_name(node_), index_ + 1, why));
    }
  }
  bool good() const noexcept { return good_; }

 private:
  const pugi::xml_node& node_;
  std::size_t index_;
  Diagnostics& findings_;
  bool good_ = true;
};

PkeyConfiguration read_configuration(const pugi::xml_node& node, EntryReader& entry) {
  return {.id = entry.identifier("ActConfigId"),
          .group = entry.number("RefGroupId"),
          .edition = child_text(node, "EditionId"),
          .description = child_text(node, "ProductDescription"),
          .key_type = child_text(node, "ProductKeyType")};
}

PkeyRange read_range(const pugi::xml_node& node, EntryReader& entry) {
  PkeyRange range{.configuration = entry.identifier("RefActConfigId"),
                  .part_number = child_text(node, "PartNumber"),
                  .eula_type = child_text(node, "EulaType"),
                  .valid = equals_folded(child_text(node, "IsValid"), u"true"),
                  .start = entry.number("Start"),
                  .end = entry.number("End")};
  if (entry.good() && range.start > range.end) {
    entry.leave_out(fmt::format("it begins at {}, behind its end {}", range.start, range.end));
  }
  return range;
}

PkeyPublicKey read_public_key(const pugi::xml_node& /*node*/, EntryReader& entry) {
  return {.group = entry.number("GroupId"), .algorithm = entry.identifier("AlgorithmId")};
}

/// All elements `name` below the element `list` of the root.
template <class T, class Read>
void read_entries(const pugi::xml_node& root, const char* list, std::string_view name,
                  std::vector<T>& entries, Diagnostics& findings, Read read) {
  std::size_t index = 0;
  for (const pugi::xml_node& node : child_of(root, list).children()) {
    if (local_name(node) != name) {
      continue;
    }
    EntryReader entry(node, index++, findings);  // NOLINT(misc-const-correctness): read() may
    T value = read(node, entry);
    if (entry.good()) {
      entries.push_back(std::move(value));
    }
  }
}

/// The decoded infoBin. Empty text is damage too: there is nothing that it could mean.
Result<std::vector<std::byte>> inner_xml(const pugi::xml_document& outer) {
  const pugi::xml_node bin = outer.find_node([](const pugi::xml_node& node) {
    return local_name(node) == "infoBin" && attribute_text(node, "name") == u"pkeyConfigData";
  });
  if (!bin) {
    return fail(Status::corrupt, "no infoBin called pkeyConfigData in the licence");
  }
  return decode_base64(bin.text().get()).with_context([] { return std::string("pkeyConfigData"); });
}

/// Whether keys of that group can be of 2009: as its public key says, and when there is none.
bool is_of_2009(const PkeyConfig& config, std::uint32_t group) {
  bool known = false;
  for (const PkeyPublicKey& key : config.public_keys) {
    if (key.group == group) {
      known = true;
      if (equals_folded(key.algorithm, pkey_algorithm_2009)) {
        return true;
      }
    }
  }
  return !known;
}

}  // namespace

Result<PkeyConfig> parse_pkeyconfig(Bytes xrm) {
  pugi::xml_document outer;
  CASEMENT_TRY(load_xml(outer, xrm, max_pkeyconfig_size));
  const std::vector<std::byte> xml = CASEMENT_TRY(inner_xml(outer));
  outer.reset();
  pugi::xml_document document;
  CASEMENT_TRY(load_xml(document, xml, max_pkeyconfig_size).with_context([] {
    return std::string("pkeyConfigData");
  }));
  const pugi::xml_node root = document.document_element();
  if (local_name(root) != "ProductKeyConfiguration") {
    return fail(Status::corrupt, fmt::format("pkeyConfigData: the root is \"{}\", expected "
                                             "ProductKeyConfiguration",
                                             local_name(root)));
  }
  PkeyConfig config;
  read_entries(root, "Configurations", "Configuration", config.configurations, config.diagnostics,
               read_configuration);
  read_entries(root, "KeyRanges", "KeyRange", config.ranges, config.diagnostics, read_range);
  read_entries(root, "PublicKeys", "PublicKey", config.public_keys, config.diagnostics,
               read_public_key);
  return config;
}

std::optional<PkeyMatch> find_pkey_range(const PkeyConfig& config, std::uint32_t group,
                                         std::uint32_t serial) {
  if (!is_of_2009(config, group)) {
    return std::nullopt;
  }
  // Several configurations share a group; a range names its configuration.
  std::map<std::u16string, const PkeyConfiguration*> of_group;
  for (const PkeyConfiguration& configuration : config.configurations) {
    if (configuration.group == group) {
      of_group.emplace(upcase(configuration.id), &configuration);
    }
  }
  std::optional<PkeyMatch> refused;
  for (const PkeyRange& range : config.ranges) {
    if (serial < range.start || serial > range.end) {
      continue;
    }
    const auto found = of_group.find(upcase(range.configuration));
    if (found == of_group.end()) {
      continue;
    }
    const PkeyMatch match{.configuration = found->second, .range = &range};
    if (range.valid) {
      return match;
    }
    if (!refused) {
      refused = match;
    }
  }
  return refused;
}

}  // namespace casement
