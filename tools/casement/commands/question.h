// SPDX-License-Identifier: Apache-2.0
// What the commands that ask an installation have in common.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/session/session.h"
#include "tools/casement/args.h"
#include "tools/casement/commands/finding_list.h"
#include "tools/casement/commands/item_choice.h"
#include "tools/casement/render/listing.h"

namespace casement::cli {

/// The session that `options` mean, or the exit code when there is none: the reason was said.
std::variant<SessionPtr, ExitCode> open_question(const ImageOptions& options);

/// Says the findings; the exit code. Call when everything is printed.
ExitCode end_question(const FindingList& findings, const ListingStyle& style);

/// Findings of hives and logs that the questions opened so far.
void add_hive_findings(FindingList& findings, const Image& image);

/// Prints the listing, or with a name in `options` one item of it. `names`: of the items.
ExitCode answer(Output& output, const Listing& listing, const ItemNames& names,
                const ListOptions& options, const FindingList& findings);

/// One kind of names of items.
template <class Items, class Name>
std::vector<std::u16string> names_of(const Items& items, Name name) {
  std::vector<std::u16string> names;
  for (const auto& item : items) {
    names.push_back(name(item));
  }
  return names;
}

}  // namespace casement::cli
