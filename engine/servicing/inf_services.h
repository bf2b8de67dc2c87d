// SPDX-License-Identifier: Apache-2.0
// From an install section of an INF to the service that it associates with the device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/servicing/inf.h"
#include "engine/servicing/inf_version.h"

namespace casement {

struct InfService {
  std::u16string name;  // empty: no service
  std::optional<std::uint32_t> start_type;
};

/// `install_section` without decoration: of it, the one for the processor, for NT, or the plain one
/// is read, whichever has services first.
InfService read_inf_service(const Inf& inf, std::u16string_view install_section,
                            InfArchitecture architecture);

}  // namespace casement
