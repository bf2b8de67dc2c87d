// SPDX-License-Identifier: Apache-2.0
// Apps and products with what belongs to them, for lists.
#pragma once

#include <vector>

#include "tools/casement/render/describe_apps.h"

namespace casement::cli {

/// The rows refer to `apps`.
std::vector<AppRow> app_rows(const AppxList& apps, const NonRemovableApps& kept);

/// Each product with its patches; the rows refer to `list`. Patches of no product are left out.
std::vector<ProductRow> product_rows(const MsiList& list);

}  // namespace casement::cli
