// SPDX-License-Identifier: Apache-2.0
// /Get-CurrentEdition and /Get-TargetEditions.
#include "engine/inspect/editions.h"

#include <string>

#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"

namespace casement::dism {
namespace {

Result<Editions> editions_of(Context& context) {
  Editions editions = read_editions(context.packages());
  context.note(editions.diagnostics);
  if (editions.windows_pe) {
    return context.refuse(
        Status::unsupported,
        {.before = {}, .lines = {"This command cannot be used with a Windows PE image."}},
        "Windows PE has no editions");
  }
  return editions;
}

}  // namespace

Result<void> get_current_edition(Context& context) {
  const Editions editions = CASEMENT_TRY(editions_of(context));
  if (!editions.current) {
    return context.refuse(element_not_found, {},
                          "neither an edition package nor EditionID says which edition it is");
  }
  context.text() += "Current edition is:\n\n";
  add_field(context.text(), "Current Edition", editions.current->value);
  return {};
}

Result<void> get_target_editions(Context& context) {
  const Editions editions = CASEMENT_TRY(editions_of(context));
  std::string& out = context.text();
  out += "Editions that can be upgraded to:\n\n";
  for (const auto& target : editions.targets) {
    add_field(out, "Target Edition", target.value);
  }
  if (editions.targets.empty()) {
    out += "(The current edition cannot be upgraded to any target editions.)\n";
  }
  return {};
}

}  // namespace casement::dism
