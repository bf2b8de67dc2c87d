// SPDX-License-Identifier: Apache-2.0
// Random access to the plain bytes of a chunked resource.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/wim/resource.h"

namespace casement::wim {

/// See open_resource(). Precondition: check_resource() said yes, and it is chunked and not empty.
Result<SourcePtr> make_resource_source(const ResourceSpec& spec, const ReadStatePtr& state,
                                       const Limits& limits);

}  // namespace casement::wim
