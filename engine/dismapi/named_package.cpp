// SPDX-License-Identifier: Apache-2.0
// By name in the registry, by path on the host.
#include "engine/dismapi/named_package.h"

#include <fmt/format.h>

#include <string>

#include "engine/dismapi/convert.h"
#include "engine/session/servicing_file.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

Result<NamedPackage> find_by_name(const PackageStore& store, const std::u16string& name) {
  const Package* const package = store.find(name);
  if (package == nullptr) {
    // The words that programs written for DISM look for come first.
    return fail(invalid_package,
                fmt::format("The specified package is not valid Windows package. The image has no "
                            "package \"{}\"; {} packages are known to it",
                            to_utf8(name), store.packages().size()));
  }
  return package;
}

}  // namespace

Result<NamedPackage> find_named_package(const PackageStore& store, PCWSTR identifier,
                                        DismPackageIdentifier kind) {
  const std::u16string text = CASEMENT_TRY(required_string(identifier, "Identifier"));
  if (kind == DismPackageName) {
    return find_by_name(store, text);
  }
  return CASEMENT_TRY(read_package_file(text));
}

}  // namespace casement::dismapi
