// SPDX-License-Identifier: Apache-2.0
// Findings of several sources.
#include "tools/casement/commands/finding_list.h"

#include <algorithm>
#include <utility>

#include "tools/casement/messages.h"

namespace casement::cli {

void FindingList::add(const std::string& source, const Diagnostics& diagnostics) {
  for (const Diagnostic& item : diagnostics.items()) {
    add(Finding{source, item});
  }
  dropped_ += diagnostics.dropped();
}

void FindingList::add(Finding finding) {
  if (known_.emplace(finding.diagnostic.code, finding.diagnostic.text).second) {
    items_.push_back(std::move(finding));
  }
}

void FindingList::add(const FindingList& others) {
  for (const Finding& finding : others.items_) {
    add(finding);
  }
  dropped_ += others.dropped_;
}

void FindingList::say(bool notes) const {
  DamageReport damage;
  for (const Finding& finding : items_) {
    if (finding.diagnostic.severity != Severity::note) {
      damage.add("", finding.diagnostic.text);
    } else if (notes) {
      say_note(finding.diagnostic.text);
    }
  }
  damage.finish();
}

ExitCode FindingList::exit_code() const noexcept {
  const bool damaged = dropped_ != 0 || std::ranges::any_of(items_, [](const Finding& finding) {
                         return finding.diagnostic.severity != Severity::note;
                       });
  return damaged ? ExitCode::partial : ExitCode::ok;
}

const char* severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

}  // namespace casement::cli
