// SPDX-License-Identifier: Apache-2.0
// `casement apps`.
#include "tools/casement/commands/apps.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "engine/servicing/package_identity.h"
#include "tools/casement/commands/app_rows.h"
#include "tools/casement/commands/question.h"

namespace casement::cli {
namespace {

ExitCode list_apps(const Image& image, const AppsOptions& options, Output& output) {
  const AppxList list = read_provisioned_appx(image);
  // A table does not say what a user may remove: the question is spared, and what it has to note.
  const bool table = options.name.empty() && options.style.format == ListingFormat::text;
  const NonRemovableApps kept = table ? NonRemovableApps() : read_non_removable_apps(image);
  FindingList findings;
  findings.add("apps", list.diagnostics);
  findings.add("apps", kept.diagnostics);
  add_hive_findings(findings, image);
  std::vector<AppRow> rows = app_rows(list, kept);
  const ItemFilter filter(options);
  if (options.name.empty()) {
    std::erase_if(rows, [&](const AppRow& row) {
      return !filter.takes(row.app->full_name) && !filter.takes(row.app->name);
    });
  }
  Listing listing = make_listing("apps", "app", rows, describe_app);
  listing.remark = fmt::format("{} of {} provisioned apps", rows.size(), list.packages.size());
  const ItemNames names{names_of(rows, [](const AppRow& row) { return row.app->full_name; }),
                        names_of(rows, [](const AppRow& row) { return row.app->name; })};
  return answer(output, listing, names, options, findings);
}

std::u16string code_text(const MsiProduct& product) {
  const std::string text = product.code.to_string();
  return {text.begin(), text.end()};  // ASCII
}

ExitCode list_products(const Image& image, const AppsOptions& options, Output& output) {
  const MsiList list = read_msi(image);
  FindingList findings;
  findings.add("msi_products", list.diagnostics);
  add_hive_findings(findings, image);
  std::vector<ProductRow> rows = product_rows(list);
  const ItemFilter filter(options);
  if (options.name.empty()) {
    std::erase_if(rows, [&](const ProductRow& row) { return !filter.takes(row.product->name); });
  }
  Listing listing = make_listing("msi_products", "msi_product", rows, describe_product);
  listing.remark = fmt::format("{} of {} products", rows.size(), list.products.size());
  const ItemNames names{
      names_of(rows, [](const ProductRow& row) { return code_text(*row.product); }),
      names_of(rows, [](const ProductRow& row) { return row.product->name; })};
  AppsOptions settled = options;
  // As the registry and msiexec write a product code.
  if (settled.name.starts_with('{') && settled.name.ends_with('}')) {
    settled.name = settled.name.substr(1, settled.name.size() - 2);
  }
  return answer(output, listing, names, settled, findings);
}

}  // namespace

std::vector<AppRow> app_rows(const AppxList& apps, const NonRemovableApps& kept) {
  std::vector<AppRow> rows;
  for (const AppxPackage& app : apps.packages) {
    const std::u16string family = app.name + u'_' + app.publisher_id;
    const bool removable = std::ranges::none_of(
        kept.families, [&](const std::u16string& other) { return same_identity(other, family); });
    rows.push_back({.app = &app, .removable = removable});
  }
  return rows;
}

std::vector<ProductRow> product_rows(const MsiList& list) {
  std::vector<ProductRow> rows;
  for (const MsiProduct& product : list.products) {
    ProductRow row{.product = &product, .patches = {}};
    for (const MsiPatch& patch : list.patches) {
      if (patch.product == product.code) {
        row.patches.push_back(&patch);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

ExitCode run_apps(const AppsOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const Image& image = std::get<SessionPtr>(opened)->image();
  return options.msi ? list_products(image, options, output) : list_apps(image, options, output);
}

}  // namespace casement::cli
