// SPDX-License-Identifier: Apache-2.0
// Names of conditions.
#include "engine/hive/hive_state.h"

namespace casement {

const char* condition_name(HiveCondition condition) noexcept {
  switch (condition) {
    case HiveCondition::clean:
      return "clean";
    case HiveCondition::recovered:
      return "recovered";
    case HiveCondition::dirty:
      return "dirty";
  }
  return "dirty";
}

}  // namespace casement
