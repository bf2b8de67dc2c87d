// SPDX-License-Identifier: Apache-2.0
// What is said of packages, features, capabilities and updates.
#pragma once

#include <string>
#include <vector>

#include "engine/inspect/capabilities.h"
#include "engine/inspect/package_details.h"
#include "engine/inspect/updates.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

/// Nothing is owned; both may be null.
struct PackageRow {
  const Package* package = nullptr;
  const PackageManifest* manifest = nullptr;
};
/// `visible`: where people see whether DISM lists it without being asked.
void describe_package(const PackageRow& row, FieldSink& sink, Shown visible = Shown::details);
/// Everything.
void describe_package(const PackageRow& row, const PackageDetails& details, FieldSink& sink);

struct FeatureRow {
  const Feature* feature = nullptr;
  std::vector<std::u16string> children;  // features that need this one
};
void describe_feature(const FeatureRow& row, FieldSink& sink);

void describe_capability(const Capability& capability, FieldSink& sink);

void describe_update(const Update& update, FieldSink& sink);

}  // namespace casement::cli
