// SPDX-License-Identifier: Apache-2.0
// The options and commands that there are.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "vfs/core/result.h"

namespace casement::dism {

class Context;

enum class Argument : std::uint8_t { none, required };

/// An option: names without '/', in the spelling of the documentation.
struct OptionRule {
  std::string_view name;
  std::string_view alias = {};  // empty: there is none
  Argument argument = Argument::required;
  bool repeatable = false;
};

/// What a command works on.
enum class Target : std::uint8_t {
  image,           // /Image is necessary
  image_if_given,  // with /Image or without
  none,            // /Image is an error: image files and mounts
};

struct CommandRule {
  std::string_view name;
  std::string_view alias = {};
  Target target = Target::image;
  std::span<const OptionRule> options = {};
  /// Prints the body. After an error the caller prints the block of it.
  Result<void> (*run)(Context&) = nullptr;
  /// It would change something: it is known, its options are not looked at, and it is refused.
  bool changes = false;
};

/// Options that go with every command.
std::span<const OptionRule> global_options();

/// nullptr: there is none of that name.
const OptionRule* find_option(std::span<const OptionRule> options, std::string_view name) noexcept;
const CommandRule* find_command(std::string_view name) noexcept;
/// All that read, in the order of the help.
std::span<const CommandRule> reading_commands();

}  // namespace casement::dism
