// SPDX-License-Identifier: Apache-2.0
// Which ControlSetNNN of a SYSTEM hive is the current one.
#pragma once

#include <cstdint>
#include <string>

#include "engine/hive/hive.h"
#include "vfs/core/diagnostics.h"

namespace casement {

struct ControlSet {
  std::uint32_t number = 0;  // 0: the hive has none
  std::u16string key;        // "ControlSet001"; empty when number is 0
  /// SYSTEM has a Select key whose Current names this set: nothing had to be guessed.
  bool as_selected = false;
};

/// Select!Current, else Default, else LastKnownGood, else the lowest ControlSetNNN, each only when
/// the key that it names is there, however its number is written ("ControlSet1", "ControlSet0001").
/// Everything that differs from a healthy hive is a finding.
ControlSet find_control_set(const Hive& system, Diagnostics& findings);

/// "ControlSet001": how Windows itself writes it.
std::u16string control_set_key(std::uint32_t number);

}  // namespace casement
