// SPDX-License-Identifier: Apache-2.0
// What happens to a failure on its way out.
#include "engine/dismapi/guard.h"

#include <fmt/format.h>

#include <string>

namespace casement::dismapi {

HRESULT report_failure(Function function, const Error& error, Remember remember) {
  const std::string message = error.message();
  if (remember == Remember::yes) {
    remember_message(message);
  }
  Library::instance().log(Severity::error, [&] {
    return fmt::format("{} failed with 0x{:08X}: {}", row_of(function).name,
                       static_cast<std::uint32_t>(error.status()), message);
  });
  return static_cast<HRESULT>(error.status());
}

void log_findings(Function function, const Diagnostics& findings) {
  for (const Diagnostic& finding : findings.items()) {
    Library::instance().log(finding.severity, [&] {
      return fmt::format("{}: {}: {}", row_of(function).name, finding.code, finding.text);
    });
  }
}

}  // namespace casement::dismapi
