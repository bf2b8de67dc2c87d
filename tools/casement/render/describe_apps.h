// SPDX-License-Identifier: Apache-2.0
// What is said of provisioned apps and of Windows Installer's products.
#pragma once

#include <vector>

#include "engine/inspect/appx.h"
#include "engine/inspect/msi_apps.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

struct AppRow {
  const AppxPackage* app = nullptr;
  bool removable = true;  // by a user
};
void describe_app(const AppRow& row, FieldSink& sink);

struct ProductRow {
  const MsiProduct* product = nullptr;
  std::vector<const MsiPatch*> patches;
};
void describe_product(const ProductRow& row, FieldSink& sink);

}  // namespace casement::cli
