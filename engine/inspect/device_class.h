// SPDX-License-Identifier: Apache-2.0
// Setup classes of devices: their names, what people call them, and which of them Windows boots by.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/inspect/fact_reader.h"
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
  explicit DeviceClasses(FactReader& reader) noexcept : reader_(reader) {}

  /// Control\Class of the current control set first, then what is well known.
  const DeviceClass& find(const Guid& guid);

 private:
  FactReader& reader_;
  std::map<Guid, DeviceClass> known_;
};

/// The text of a ClassDesc value: itself, or what stands behind the ';' of a reference to an INF
/// ("@c_monitor.inf,%ClassDesc%;Monitors"). Empty for a reference to a string of a program
/// ("@%SystemRoot%\System32\SysClass.Dll,-3004"): those are in the table of well-known classes.
std::u16string_view class_description_text(std::u16string_view stored) noexcept;

}  // namespace casement
