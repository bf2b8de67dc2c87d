// SPDX-License-Identifier: Apache-2.0
// `casement capabilities`.
#include "tools/casement/commands/capabilities.h"

#include <fmt/format.h>

#include "engine/inspect/capabilities.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/describe_packages.h"
#include "tools/casement/render/words.h"

namespace casement::cli {

ExitCode run_capabilities(const CapabilitiesOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const PackageStore& store = std::get<SessionPtr>(opened)->packages();
  CapabilityList list = read_capabilities(store);
  FindingList findings;
  findings.add("capabilities", list.diagnostics);
  findings.add("packages", store.findings());
  add_hive_findings(findings, store.image());

  const std::size_t total = list.capabilities.size();
  const ItemFilter filter(options);
  if (options.name.empty()) {
    std::erase_if(list.capabilities, [&](const Capability& item) {
      return !filter.takes(item.identity, package_state_words(item.state));
    });
  }
  Listing listing =
      make_listing("capabilities", "capability", list.capabilities, describe_capability);
  listing.remark = fmt::format("{} of {} capabilities", list.capabilities.size(), total);
  const ItemNames names = with_short_names(
      names_of(list.capabilities, [](const Capability& item) { return item.identity; }));
  return answer(output, listing, names, options, findings);
}

}  // namespace casement::cli
