// SPDX-License-Identifier: Apache-2.0
// Registry data as people read it.
#pragma once

#include <string>

#include "tools/casement/render/reg_writer.h"

namespace casement::cli {

/// Bytes of binary data that are printed when nobody asked for all of them.
inline constexpr std::size_t short_binary = 32;

/// `"text"`, `0x00000df2 (3570)`, `"a", "b"`, `a4 00 00 ... (164 bytes)`.
void append_data_text(std::string& out, const ReadValue& value, bool full);

/// The data alone, for `--value`: the text itself, a decimal number, one string a line, hex. Ends
/// with a line feed. `escaping`: printable for a terminal, exact for programs.
void append_data_plain(std::string& out, const ReadValue& value, Escaping escaping);

}  // namespace casement::cli
