// SPDX-License-Identifier: Apache-2.0
// The files of the driver store, and what an INF alone says of its package.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/device_class.h"
#include "engine/inspect/drivers.h"
#include "engine/inspect/fact_reader.h"
#include "engine/servicing/inf.h"
#include "engine/servicing/inf_version.h"

namespace casement {

/// "C:\Windows\System32\DriverStore\FileRepository\<package>\<inf>". Empty, with a
/// finding ("bad-file-name"), when one of the two is no plain name of a file.
std::u16string driver_store_path(FactReader& reader, std::u16string_view package,
                                 std::u16string_view inf);
/// "C:\Windows\<below>".
std::u16string windows_file_path(const Image& image, std::u16string_view below);

/// "acpi.inf" of "acpi.inf_amd64_5859aee69503742c"; the whole text when it has no such end.
std::u16string inf_name_of_package(std::u16string_view package_id);
/// amd64 of "acpi.inf_amd64_5859aee69503742c".
Architecture architecture_of_package(std::u16string_view package_id) noexcept;

Architecture architecture_of(InfArchitecture architecture) noexcept;
/// nullopt: none that INFs can name.
std::optional<InfArchitecture> inf_architecture_of(Architecture architecture) noexcept;

/// The N of "oemN.inf"; nullopt for another name.
std::optional<std::uint32_t> oem_number(std::u16string_view published_name) noexcept;

/// INFs and catalogs have at most some megabytes.
inline constexpr std::size_t max_driver_file = std::size_t{16} << 20;

/// Fills from the [Version] section what the package does not have yet, and the class.
void complete_from_inf(DriverPackage& package, const Inf& inf, DeviceClasses& classes);
/// Class name, description and boot-criticality of class_guid.
void take_class(DriverPackage& package, DeviceClasses& classes);

/// Installations without a database: System32\DriverStore\FileRepository, and oemN.inf of
/// Windows\INF told by their content. Unsorted.
std::vector<DriverPackage> read_driver_store(FactReader& reader, DeviceClasses& classes);

}  // namespace casement
