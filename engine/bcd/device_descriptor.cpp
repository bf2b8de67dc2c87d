// SPDX-License-Identifier: Apache-2.0
// The one place that believes a device descriptor's size.
#include "engine/bcd/device_descriptor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "engine/bcd/device_layout.h"

namespace casement {

using namespace bcd_layout;

Result<DeviceDescriptor> load_descriptor(DeviceWindow window) {
  const Bytes header =
      CASEMENT_TRY(slice(window.bytes, 0, smallest_descriptor, "device header").with_context([&] {
        return fmt::format("device at {:#x}", window.at);
      }));
  const auto size = get_le<std::uint32_t>(header, offsetof(DescriptorHeader, size));
  if (size < smallest_descriptor) {
    return fail(Status::corrupt, fmt::format("device at {:#x} says that it has {:#x} bytes, less "
                                             "than its header",
                                             window.at, size));
  }
  if (!in_range(window.bytes.size(), 0, size)) {
    return fail(Status::truncated,
                fmt::format("device at {:#x} says that it has {:#x} bytes, {:#x} are left",
                            window.at, size, window.bytes.size()));
  }
  DeviceDescriptor out;
  out.type = get_le<std::uint32_t>(header, offsetof(DescriptorHeader, type));
  out.flags = get_le<std::uint32_t>(header, offsetof(DescriptorHeader, flags));
  out.whole = {window.bytes.first(size), window.at};
  out.body = out.whole.from(std::min<std::size_t>(size, sizeof(DescriptorHeader)));
  return out;
}

}  // namespace casement
