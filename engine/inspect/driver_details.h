// SPDX-License-Identifier: Apache-2.0
// The devices that a driver package serves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/drivers.h"
#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// ERROR_NOT_FOUND ("Element not found"): a package without a record of its version.
inline constexpr Status element_not_found =
    static_cast<Status>(static_cast<std::int32_t>(0x80070490));

/// One line of a models section.
struct DriverModel {
  std::u16string manufacturer;
  std::u16string description;
  Architecture architecture = Architecture::unknown;
  std::u16string hardware_id;
  std::u16string service;
  std::vector<std::u16string> compatible_ids;
  std::vector<std::u16string> exclude_ids;
};

struct DriverDetails {
  DriverPackage package;
  std::vector<DriverModel> models;  // by architecture, then in the order of the INF
  Diagnostics diagnostics;
};

/// An installed one: models of its own architecture only. They come from its INF in the store;
/// where that is not there, from the registry, without compatible and excluded ids. What the list
/// leaves to the files is completed: the signature by the package's catalog, boot-criticality by
/// the start types of its services. element_not_found (0x80070490): the registry has no usable
/// Version for it. Precondition: of read_drivers().
Result<DriverDetails> driver_details(const Image& image, const DriverPackage& driver);

/// An INF that is not installed: models of all architectures. `name` is its file name, `path` is
/// what store_path shall say; class descriptions come from `image`. Its catalog is not looked for:
/// without one it is unsigned, else nobody knows. Errors as parse_inf.
Result<DriverDetails> driver_details(const Image& image, Bytes inf, std::u16string_view name,
                                     std::u16string_view path);

}  // namespace casement
