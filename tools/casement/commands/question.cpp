// SPDX-License-Identifier: Apache-2.0
// Asking an installation.
#include "tools/casement/commands/question.h"

#include "tools/casement/commands/registry_source.h"
#include "tools/casement/messages.h"

namespace casement::cli {

std::variant<SessionPtr, ExitCode> open_question(const ImageOptions& options) {
  const Result<SessionRequest> request = to_request(options);
  if (!request) {
    return fail_with(request.error());
  }
  Result<SessionPtr> session = Session::open(*request);
  if (!session) {
    return fail_with(session.error());
  }
  return std::move(session).take();
}

ExitCode end_question(const FindingList& findings, const ListingStyle& style) {
  findings.say(style.format != ListingFormat::json);
  return findings.exit_code();
}

void add_hive_findings(FindingList& findings, const Image& image) {
  findings.add("hives", image.hive_findings());
}

ExitCode answer(Output& output, const Listing& listing, const ItemNames& names,
                const ListOptions& options, const FindingList& findings) {
  if (options.name.empty()) {
    render_listing(output, listing, options.style, findings);
  } else if (const auto index = choose_item(options.name, names, listing.kind)) {
    render_item(output, listing, *index, options.style, findings);
  } else {
    findings.say(true);
    return ExitCode::failed;
  }
  return end_question(findings, options.style);
}

}  // namespace casement::cli
