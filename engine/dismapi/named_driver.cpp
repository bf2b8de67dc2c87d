// SPDX-License-Identifier: Apache-2.0
// By name in the driver store, by path on the host.
#include "engine/dismapi/named_driver.h"

#include <fmt/format.h>

#include <string>

#include "engine/dismapi/convert.h"
#include "engine/session/servicing_file.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
Result<DriverDetails> find_named_driver(const Session& session, PCWSTR driver_path) {
  const std::u16string text = CASEMENT_TRY(required_string(driver_path, "DriverPath"));
  const Image& image = session.image();
  const DriverList& installed = session.drivers();
  if (const DriverPackage* const driver = find_driver(installed, text)) {
    return driver_details(image, *driver);
  }
  const InfFile file = CASEMENT_TRY(read_inf_file(text).with_context([&] {
    return fmt::format("\"{}\" is none of the {} drivers of the image, so it names a file",
                       to_utf8(text), installed.drivers.size());
  }));
  return driver_details(image, file.bytes, file.name, file.path);
}

}  // namespace casement::dismapi
