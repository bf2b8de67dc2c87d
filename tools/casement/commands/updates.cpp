// SPDX-License-Identifier: Apache-2.0
// `casement updates`.
#include "tools/casement/commands/updates.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/inspect/updates.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/describe_packages.h"
#include "tools/casement/render/words.h"
#include "vfs/core/ascii.h"

namespace casement::cli {
namespace {

/// "5030219" means "KB5030219".
std::string with_prefix(std::string name) {
  const bool digits = !name.empty() && std::ranges::all_of(name, is_ascii_digit<char>);
  return digits ? "KB" + name : name;
}

}  // namespace

ExitCode run_updates(const UpdatesOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const PackageStore& store = std::get<SessionPtr>(opened)->packages();
  UpdateList list = read_updates(store);
  FindingList findings;
  findings.add("updates", list.diagnostics);
  findings.add("packages", store.findings());
  add_hive_findings(findings, store.image());

  const std::size_t total = list.updates.size();
  UpdatesOptions settled = options;
  settled.name = with_prefix(settled.name);
  const ItemFilter filter(settled);
  if (settled.name.empty()) {
    std::erase_if(list.updates, [&](const Update& update) {
      return !filter.takes(update.knowledge_base, package_state_words(update.state));
    });
  }
  Listing listing = make_listing("updates", "update", list.updates, describe_update);
  listing.remark = fmt::format("{} of {} updates", list.updates.size(), total);
  const ItemNames names{
      names_of(list.updates, [](const Update& update) { return update.knowledge_base; })};
  return answer(output, listing, names, settled, findings);
}

}  // namespace casement::cli
