// SPDX-License-Identifier: Apache-2.0
// /Get-Apps, /Get-AppInfo, /Get-AppPatches, /Get-AppPatchInfo, /Check-AppPatch: Windows Installer.
#include "engine/inspect/msi_apps.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "engine/session/host_path.h"
#include "engine/session/servicing_file.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "tools/dism/values.h"

namespace casement::dism {
namespace {

const char* product_state(std::int32_t state) {
  switch (state) {
    case -1:
      return "Unknown";
    case 1:
      return "Advertised";
    case 2:
      return "Absent";
    case 5:
      return "Installed";
    default:
      return "Unknown";
  }
}

const char* patch_state(std::uint32_t state) {
  switch (state) {
    case 1:
      return "Applied";
    case 2:
      return "Superseded";
    case 4:
      return "Obsolete";
    default:
      return "Unknown";
  }
}

/// The GUID of an option; nullopt: it was not given. wrong_usage: it is none.
Result<std::optional<Guid>> asked_code(Context& context, std::string_view option) {
  const auto text = context.request().value(option);
  if (!text) {
    return std::nullopt;
  }
  const auto guid = Guid::parse(*text);
  if (!guid) {
    const std::string spelled = fmt::format("/{}", option);
    return context.refuse(wrong_usage, usage::invalid_argument(*text, spelled),
                          fmt::format("{} is no GUID", *text));
  }
  return guid;
}

void add_product(std::string& out, const MsiProduct& product) {
  add_field(out, "Product Code", guid_text(product.code));
  add_field(out, "Product Name", product.name);
}

void add_product_details(std::string& out, const MsiProduct& product) {
  add_product(out, product);
  add_field(out, "Product State",
            fmt::format("{} ({})", product.state, product_state(product.state)));
  add_field(out, "Package Code",
            product.package_code ? guid_text(*product.package_code) : std::string());
  add_field(out, "Product Version", product.version);
  add_field(out, "Assignment Type",
            fmt::format("{} ({})", product.assignment,
                        product.assignment == 0 ? "Per-User" : "Per-Machine"));
  add_field(out, "Publisher", product.publisher);
  add_field(out, "Language", product.language);
  add_field(out, "Install Source", product.install_source);
  add_field(out, "Package Name", product.package_name);
  add_field(out, "Help Link", product.help_link);
  add_field(out, "Help Telephone", product.help_telephone);
  add_field(out, "Install Location", product.install_location);
  add_field(out, "Install Date", product.install_date);
  add_field(out, "Contact", product.contact);
  add_field(out, "Comments", product.comments);
  add_field(out, "Readme", product.readme);
  add_field(out, "URL Info About", product.url_about);
  add_field(out, "URL Update Info", product.url_update);
  add_field(out, "Local Package", product.local_package);
  add_field(out, "Product ID", product.product_id);
  add_field(out, "Registered Owner", product.owner);
  add_field(out, "Registered Company", product.organization);
}

void add_patch(std::string& out, const MsiPatch& patch) {
  add_field(out, "Patch Code", guid_text(patch.code));
  add_field(out, "Product Code", guid_text(patch.product));
  add_field(out, "Patch Name", patch.name);
}

void add_patch_details(std::string& out, const MsiPatch& patch) {
  add_patch(out, patch);
  add_field(out, "Patch State", fmt::format("{} ({})", patch.state, patch_state(patch.state)));
  add_field(out, "Patch Uninstallable", patch.uninstallable ? "1 (Yes)" : "0 (No)");
  add_field(out, "Help Link", patch.help_link);
  add_field(out, "Transforms", patch.transforms);
  add_field(out, "Local Package", patch.local_package);
  add_field(out, "Install Date", patch.install_date);
  add_field(out, "More Info URL", patch.more_info_url);
}

using AddProduct = void (*)(std::string&, const MsiProduct&);
using AddPatch = void (*)(std::string&, const MsiPatch&);

Result<void> print_products(Context& context, AddProduct add) {
  const auto code = CASEMENT_TRY(asked_code(context, "ProductCode"));
  const MsiList list = read_msi(context.image());
  context.note(list.diagnostics);
  std::string& out = context.text();
  bool first = true;
  for (const MsiProduct& product : list.products) {
    if (!code || product.code == *code) {
      out += first ? "" : "\n";
      first = false;
      add(out, product);
    }
  }
  if (first && code) {
    return context.refuse(element_not_found, {}, "the image has no product with that code");
  }
  if (first) {
    out += "(No applications found in the image)\n";
  }
  return {};
}

Result<void> print_patches(Context& context, AddPatch add) {
  const auto product = CASEMENT_TRY(asked_code(context, "ProductCode"));
  const auto code = CASEMENT_TRY(asked_code(context, "PatchCode"));
  const MsiList list = read_msi(context.image());
  context.note(list.diagnostics);
  std::string& out = context.text();
  bool first = true;
  for (const MsiPatch& patch : list.patches) {
    if ((!product || patch.product == *product) && (!code || patch.code == *code)) {
      out += first ? "" : "\n";
      first = false;
      add(out, patch);
    }
  }
  if (first && code) {
    return context.refuse(element_not_found, {}, "the image has no patch with that code");
  }
  if (first) {
    out += "(No application patches found in the image)\n";
  }
  return {};
}

/// The patch at a path of the host.
Result<MsiPatchFile> patch_at(Context& context, const std::string& path) {
  const std::u16string name = CASEMENT_TRY(wide(path, "the path of the patch"));
  auto patch = read_patch_file(name);
  if (patch) {
    return patch;
  }
  const Status status = is_missing(patch.error()) || patch.error().status() == Status::access_denied
                            ? patch.error().status()
                            : invalid_patch;
  return context.refuse(status,
                        {.before = {fmt::format("An error occurred trying to open - {} Error: "
                                                "0x{:x}",
                                                path, static_cast<std::uint32_t>(status))},
                         .lines = {system_text(status)}},
                        patch.error());
}

}  // namespace

Result<void> get_apps(Context& context) {
  return print_products(context, add_product);
}

Result<void> get_app_info(Context& context) {
  return print_products(context, add_product_details);
}

Result<void> get_app_patches(Context& context) {
  return print_patches(context, add_patch);
}

Result<void> get_app_patch_info(Context& context) {
  return print_patches(context, add_patch_details);
}

/// A patch that is for nothing in the image prints nothing: "displays information only if the MSP
/// patches are applicable".
Result<void> check_app_patch(Context& context) {
  const auto& options = context.request().options;
  if (options.empty()) {
    return context.refuse(wrong_usage, usage::missing_option("Check-AppPatch", "/PatchLocation"),
                          "no patch was named");
  }
  const MsiList list = read_msi(context.image());
  context.note(list.diagnostics);
  std::string& out = context.text();
  bool first = true;
  for (const GivenOption& option : options) {
    const MsiPatchFile patch = CASEMENT_TRY(patch_at(context, option.value));
    for (const MsiProduct* product : patchable_products(patch, list)) {
      out += first ? "" : "\n";
      first = false;
      add_field(out, "Patch Code", guid_text(patch.code));
      add_product(out, *product);
    }
  }
  return {};
}

}  // namespace casement::dism
