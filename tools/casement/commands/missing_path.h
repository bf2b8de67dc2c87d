// SPDX-License-Identifier: Apache-2.0
// What to say of a path that is not there.
#pragma once

#include <string_view>

#include "tools/casement/commands/image_files.h"

namespace casement::cli {

/// Explains on standard error that `path` is not in the image: how much of it is there, what lies
/// there instead, where a link on the way leads, whether the shell took the backslashes away.
void say_missing_path(const ImageFiles& files, std::u16string_view path);

/// Explains that the file has no stream of that name, and which it has.
void say_missing_stream(const FoundFile& found, std::u16string_view path);

}  // namespace casement::cli
