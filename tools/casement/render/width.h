// SPDX-License-Identifier: Apache-2.0
// How much room UTF-8 text takes, and making it take less.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casement::cli {

/// Columns that UTF-8 text takes on a terminal: 2 for East Asian wide characters, 0 for combining
/// ones.
std::size_t display_width(std::string_view utf8) noexcept;

/// `text` with its middle replaced by " ... " when it is longer than `max_size` bytes. Never cuts a
/// UTF-8 sequence.
std::string shorten(std::string_view text, std::size_t max_size);

}  // namespace casement::cli
