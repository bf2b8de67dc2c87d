// SPDX-License-Identifier: Apache-2.0
// Fields of apps.
#include "tools/casement/render/describe_apps.h"

#include <fmt/format.h>

#include <optional>

#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

void describe_patch(const MsiPatch& patch, FieldSink& sink) {
  sink.text({"name", "Name", Shown::column}, patch.name);
  sink.guid({"patch_code", "Patch code", Shown::last}, patch.code);
  sink.number({"state", "State", Shown::column}, std::uint64_t{patch.state});
  sink.boolean({"uninstallable", "Uninstallable", Shown::column}, patch.uninstallable);
  sink.text({"install_date", "Installed", Shown::column}, patch.install_date);
  sink.text({"help_link", "Help"}, patch.help_link);
  sink.text({"more_info_url", "More"}, patch.more_info_url);
  sink.text({"local_package", "Local package"}, patch.local_package);
  sink.text({"transforms", "Transforms"}, patch.transforms);
}

void describe_links(const MsiProduct& product, FieldSink& sink) {
  sink.text({"help_link", "Help"}, product.help_link);
  sink.text({"help_telephone", "Telephone"}, product.help_telephone);
  sink.text({"contact", "Contact"}, product.contact);
  sink.text({"comments", "Comments"}, product.comments);
  sink.text({"readme", "Read me"}, product.readme);
  sink.text({"url_about", "About"}, product.url_about);
  sink.text({"url_update", "Updates"}, product.url_update);
}

void describe_sources(const MsiProduct& product, FieldSink& sink) {
  sink.text({"install_location", "Location"}, product.install_location);
  sink.text({"install_source", "Source"}, product.install_source);
  sink.text({"package_name", "Package"}, product.package_name);
  sink.guid({"package_code", "Package code"}, product.package_code);
  sink.text({"local_package", "Local package"}, product.local_package);
  sink.text({"language", "Language"}, product.language);
  sink.boolean({"per_machine", "Per machine"}, product.assignment == 1);
  sink.text({"product_id", "Product id"}, product.product_id);
  sink.text({"owner", "Owner"}, product.owner);
  sink.text({"organization", "Organization"}, product.organization);
  sink.size({"estimated_size_kb", "Size in KB"}, product.estimated_size);
}

}  // namespace

void describe_app(const AppRow& row, FieldSink& sink) {
  static const AppxPackage none;
  const AppxPackage& app = row.app != nullptr ? *row.app : none;
  const Field full_name{"full_name", "Full name", Shown::last};
  sink.text({"name", "Name", Shown::column}, app.name);
  sink.word(
      {"version", "Version", Shown::column},
      fmt::format("{}.{}.{}.{}", app.version[0], app.version[1], app.version[2], app.version[3]));
  sink.text({"architecture", "Architecture", Shown::column}, app.architecture);
  sink.text(full_name, app.full_name);
  sink.evidence(full_name, app.evidence);
  sink.text({"resource_id", "Resource id"}, app.resource_id);
  sink.text({"publisher_id", "Publisher id"}, app.publisher_id);
  sink.boolean({"bundle", "Bundle"}, app.bundle);
  sink.boolean({"removable", "Removable"}, row.removable);
  sink.text({"regions", "Regions"}, app.regions);
  sink.text({"install_location", "Location"}, app.install_location);
}

void describe_product(const ProductRow& row, FieldSink& sink) {
  static const MsiProduct none;
  const MsiProduct& product = row.product != nullptr ? *row.product : none;
  const Field code{"product_code", "Product code", Shown::last};
  sink.text({"name", "Name", Shown::column}, product.name);
  sink.text({"version", "Version", Shown::column}, product.version);
  sink.text({"publisher", "Publisher", Shown::column}, product.publisher);
  sink.choice({"state", "State", Shown::column}, product_state_words(product.state));
  sink.text({"install_date", "Installed", Shown::column}, product.install_date);
  sink.guid(code, product.code);
  sink.evidence(code, product.evidence);
  describe_sources(product, sink);
  describe_links(product, sink);
  sink.begin_items({"patches", "Patches", Shown::tree});
  for (const MsiPatch* patch : row.patches) {
    sink.begin_item();
    describe_patch(*patch, sink);
    sink.end_item();
  }
  sink.end_items();
}

}  // namespace casement::cli
