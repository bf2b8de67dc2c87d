// SPDX-License-Identifier: Apache-2.0
// DismCheckImageHealth: the flags that servicing left, and the scan of the component store.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/dismapi/cancel_events.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/inspect/servicing_state.h"

namespace casement::dismapi {
namespace {

// The engine's enumeration is in the API's order.
static_assert(static_cast<int>(HealthState::healthy) == DismImageHealthy);
static_assert(static_cast<int>(HealthState::repairable) == DismImageRepairable);
static_assert(static_cast<int>(HealthState::not_repairable) == DismImageNonRepairable);

// Windows calls back with 50 first and counts to a thousand or more; programs were written for it.
constexpr UINT first_step = 50;  // when the flags are read
constexpr UINT all_steps = 1000;

/// Calls the caller back once a step.
class StepCounter {
 public:
  StepCounter(DISM_PROGRESS_CALLBACK progress, PVOID user_data) noexcept
      : progress_(progress), user_data_(user_data) {}

  void show(UINT step) {
    if (progress_ != nullptr && step > shown_) {
      shown_ = step;
      progress_(step, all_steps, user_data_);
    }
  }
  /// `done` of `total` pieces of the scan.
  void show_scan(std::uint64_t done, std::uint64_t total) {
    const double part =
        total == 0 ? 0.0 : static_cast<double>(std::min(done, total)) / static_cast<double>(total);
    show(first_step + static_cast<UINT>(part * (all_steps - first_step)));
  }

 private:
  DISM_PROGRESS_CALLBACK progress_;
  PVOID user_data_;
  UINT shown_ = 0;
};

void log_problems(const HealthReport& report) {
  for (const Diagnostic& problem : report.problems) {
    Library::instance().log(problem.severity, [&] {
      return fmt::format("DismCheckImageHealth: {}: {}", problem.code, problem.text);
    });
  }
}

Result<HealthState> scan(const PackageStore& store, const CancelEvents::View& cancel,
                         StepCounter& steps) {
  steps.show(first_step);
  const auto progress = [&](std::uint64_t done, std::uint64_t total) {
    steps.show_scan(done, total);
    return !is_cancelled(cancel);
  };
  if (is_cancelled(cancel)) {
    return fail(scan_cancelled, "the scan was stopped before it began: CancelEvent is set");
  }
  const HealthReport report = CASEMENT_TRY(scan_health(store, progress));
  log_problems(report);
  steps.show(all_steps);
  return report.state;
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming)
HRESULT WINAPI DismCheckImageHealth(DismSession Session, BOOL ScanImage, HANDLE CancelEvent,
                                    DISM_PROGRESS_CALLBACK Progress, PVOID UserData,
                                    DismImageHealthState* ImageHealth) noexcept {
  return question<Function::DismCheckImageHealth>(
      [&](Arguments& arguments) {
        arguments.out_value(ImageHealth, "ImageHealth").session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const StoredHealth stored = read_stored_health(opened.image());
        log_findings(Function::DismCheckImageHealth, stored.diagnostics);
        HealthState health = stored.state;
        if (ScanImage != FALSE) {
          StepCounter steps(Progress, UserData);
          health = CASEMENT_TRY(
              scan(opened.packages(), CancelEvents::instance().find(CancelEvent), steps));
        }
        *ImageHealth = static_cast<DismImageHealthState>(health);
        return {};
      });
}
// NOLINTEND(readability-identifier-naming)
