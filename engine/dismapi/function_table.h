// SPDX-License-Identifier: Apache-2.0
// DISMAPI_FUNCTION_TABLE as C++ values, so that the entry points are compiled against it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/dismapi/dismapi.h"

namespace casement::dismapi {

/// What a function does in this version; dismapi.h explains the three.
enum class FunctionState : std::uint8_t { implemented, not_built, read_only };

/// The functions by their C names, two of which begin with an underscore on Windows as well.
enum class Function : std::uint8_t {
#define DISMAPI_ENUMERATOR(name, state) name,
  // NOLINTNEXTLINE(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp):
  // as on Windows
  DISMAPI_FUNCTION_TABLE(DISMAPI_ENUMERATOR)
#undef DISMAPI_ENUMERATOR
};

struct FunctionRow {
  Function function;
  std::string_view name;
  FunctionState state;
};

#define DISMAPI_ROW(name, state) FunctionRow{Function::name, #name, FunctionState::state},
inline constexpr std::array function_rows{DISMAPI_FUNCTION_TABLE(DISMAPI_ROW)};
#undef DISMAPI_ROW

constexpr const FunctionRow& row_of(Function function) noexcept {
  return function_rows[static_cast<std::size_t>(function)];  // the enumerators are in table order
}

/// The message of a function that is not implemented. Precondition: it is not.
std::string unavailable_message(Function function);

}  // namespace casement::dismapi
