// SPDX-License-Identifier: Apache-2.0
// Commands that change something.
#include <fmt/format.h>

#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"

namespace casement::dism {

Result<void> refuse_change(Context& context) {
  return context.refuse(
      Status::unsupported,
      {.before = {},
       .lines = {system_text(Status::unsupported),
                 fmt::format("This program only reads images: {} is not available.",
                             context.request().command_text)}},
      fmt::format("{} is known and not available: nothing was changed",
                  context.request().command_text));
}

}  // namespace casement::dism
