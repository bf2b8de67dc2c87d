// SPDX-License-Identifier: Apache-2.0
// Setup classes of devices: their names, what people call them, and which of them Windows boots by.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/indirect_string.h"
#include "vfs/core/guid.h"

namespace casement {

struct DeviceClass {
  std::u16string name;         // "Mouse"; empty: nobody says
  std::u16string description;  // "Mice and other pointing devices"; empty likewise
  bool boot_critical = false;  // devices of this class may be needed to start Windows
};

/// What is known of a class without an installation; an empty one when nothing is.
DeviceClass well_known_device_class(const Guid& guid);

/// The classes of one installation, each read at its first use. Belongs to one thread.
class DeviceClasses {
 public:
  /// Precondition: `reader` outlives this.
  explicit DeviceClasses(FactReader& reader) noexcept : reader_(reader), strings_(reader) {}

  /// Control\Class of the current control set first, in the language of the installation where its
  /// texts are references to strings; then what is well known.
  const DeviceClass& find(const Guid& guid);

 private:
  FactReader& reader_;
  IndirectStrings strings_;
  std::map<Guid, DeviceClass> known_;
};

}  // namespace casement
