// SPDX-License-Identifier: Apache-2.0
// `casement packages`.
#include "tools/casement/commands/packages.h"

#include <fmt/format.h>

#include "tools/casement/commands/package_rows.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

void add_findings(FindingList& findings, const PackageStore& store) {
  findings.add("packages", store.findings());
  add_hive_findings(findings, store.image());
}

ExitCode show_one(const PackageStore& store, const PackagesOptions& options, Output& output) {
  const ItemNames names = with_short_names(
      names_of(store.packages(), [](const Package& package) { return package.identity; }));
  const auto index = choose_item(options.name, names, "packages");
  FindingList findings;
  if (!index) {
    add_findings(findings, store);
    findings.say(true);
    return ExitCode::failed;
  }
  const Package& package = store.packages()[*index];
  const PackageRow row{.package = &package, .manifest = store.manifest(package)};
  const PackageDetails details = package_details(store, package);
  add_findings(findings, store);
  const Listing listing{
      .kind = "packages",
      .singular = "package",
      .count = 1,
      .describe = [&](std::size_t, FieldSink& sink) { describe_package(row, details, sink); },
      .describe_none = [](FieldSink& sink) { describe_package({}, PackageDetails(), sink); }};
  render_item(output, listing, 0, options.style, findings);
  return end_question(findings, options.style);
}

std::string remark(const PackageStore& store, std::size_t shown, bool all) {
  std::size_t hidden = 0;
  for (const Package& package : store.packages()) {
    hidden += package.visible ? 0U : 1U;
  }
  std::string text = fmt::format("{} of {} packages", shown, store.packages().size());
  if (!all && hidden != 0) {
    text += fmt::format("; --all lists the {} hidden ones too", hidden);
  }
  return text;
}

}  // namespace

std::vector<PackageRow> package_rows(const PackageStore& store,
                                     const std::function<bool(const Package&)>& wanted) {
  std::vector<PackageRow> rows;
  for (const Package& package : store.packages()) {
    if (wanted(package)) {
      rows.push_back({.package = &package, .manifest = nullptr});
    }
  }
  // Reading all manifests at once takes several threads, which pays when most of them are wanted.
  if (rows.size() > store.packages().size() / 2) {
    store.load_manifests();
  }
  for (PackageRow& row : rows) {
    row.manifest = store.manifest(*row.package);
  }
  return rows;
}

ExitCode run_packages(const PackagesOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const PackageStore& store = std::get<SessionPtr>(opened)->packages();
  if (!options.name.empty()) {
    return show_one(store, options, output);
  }
  const ItemFilter filter(options);
  const std::vector<PackageRow> rows = package_rows(store, [&](const Package& package) {
    return (options.all || package.visible) &&
           filter.takes(package.identity, package_state_words(package.state));
  });
  const Shown visible = options.all ? Shown::column : Shown::details;
  Listing listing = make_listing(
      "packages", "package", rows,
      [visible](const PackageRow& row, FieldSink& sink) { describe_package(row, sink, visible); });
  listing.remark = remark(store, rows.size(), options.all);
  FindingList findings;
  add_findings(findings, store);
  render_listing(output, listing, options.style, findings);
  return end_question(findings, options.style);
}

}  // namespace casement::cli
