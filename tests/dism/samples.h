// SPDX-License-Identifier: Apache-2.0
// Published outputs of dism.exe, from the folder of real data.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/moment.h"

namespace casement::test {

/// From the banner on, as text with '\n', with our version in the banner. Without the command that
/// a page shows before it. A sample without a banner is given as it is.
std::string sample(const std::string& relative);

/// "Label : value" lines between blank lines.
using Block = std::map<std::string, std::string>;
/// The blocks of a text that have a line of this label.
std::vector<Block> blocks_with(std::string_view text, const std::string& label);

/// "15/09/2018 09:07" and "17/05/2024", as a British Windows prints them.
fixture::FileTicks british_time(const std::string& text);

/// Lines that begin with one of the labels get the date of an American Windows: what the program
/// prints without regard to where it runs.
std::string with_american_dates(std::string_view text, const std::vector<std::string>& labels);

/// Without spaces before the ends of lines: web pages lose them.
std::string without_trailing_spaces(std::string_view text);

}  // namespace casement::test
