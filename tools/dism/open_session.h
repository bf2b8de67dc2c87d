// SPDX-License-Identifier: Apache-2.0
// From /Image, /WinDir and /SysDriveDir to a session.
#pragma once

#include "tools/dism/context.h"

namespace casement::dism {

/// Opens the session of the context. Precondition: /Image was given. Errors as Session::open(),
/// with the words that dism.exe has for them.
Result<void> open_session(Context& context);

/// UTF-16 of a text of the command line. invalid_argument: it is not UTF-8; `what` names it.
Result<std::u16string> wide(std::string_view text, const char* what);

}  // namespace casement::dism
