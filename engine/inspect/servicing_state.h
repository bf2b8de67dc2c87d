// SPDX-License-Identifier: Apache-2.0
// Whether servicing work is unfinished, and whether the component store is known to be damaged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/inspect/fact.h"
#include "engine/inspect/packages.h"
#include "engine/inspect/scan_progress.h"
#include "vfs/core/result.h"

namespace casement {

/// In the order of DismImageHealthState.
enum class HealthState : std::uint8_t { healthy, repairable, not_repairable };

struct PendingSession {
  std::u16string id;
  bool complete = false;
};

/// Why work is pending is told fact by fact: each is set only when it was found.
struct ServicingState {
  bool pending = false;  // one of those below says so
  MaybeFact<bool> reboot_pending;
  MaybeFact<bool> reboot_in_progress;
  std::vector<std::u16string> packages_pending;
  std::vector<PendingSession> sessions;  // complete ones as well
  MaybeFact<bool> pending_xml;           // WinSxS\pending.xml is there
  MaybeFact<std::u16string> pending_xml_identifier;
  MaybeFact<std::u16string> setup_execute;
  MaybeFact<std::uint64_t> execution_state;   // COMPONENTS, as the next three
  MaybeFact<std::uint64_t> next_queue_entry;  // work that is queued, unless 0
  MaybeFact<std::uint64_t> next_queue_entry_bcdb;
  MaybeFact<bool> advanced_installers_need_resolving;
  MaybeFact<bool> unserviceable;
  MaybeFact<bool> store_dirty;
  MaybeFact<std::u16string> image_state;  // IMAGE_STATE_COMPLETE
  MaybeFact<FileTime> last_reset_base;
  std::vector<std::u16string> servicing_stacks;  // versions
  Diagnostics diagnostics;
};
ServicingState read_servicing_state(const Image& image);
inline ServicingState read_servicing_state(const PackageStore& store) {
  return read_servicing_state(store.image());
}

/// What DismCheckImageHealth says without a scan: the flags that servicing left.
HealthState stored_health(const ServicingState& state) noexcept;

/// The same, for who wants nothing else: reads the flags alone.
struct StoredHealth {
  HealthState state = HealthState::healthy;
  Diagnostics diagnostics;
};
StoredHealth read_stored_health(const Image& image);

/// What a scan found. `problems` says what and where.
struct HealthReport {
  HealthState state = HealthState::healthy;
  std::vector<Diagnostic> problems;
  std::uint64_t problems_dropped = 0;  // more than Diagnostics::max_kept are counted only
  std::uint64_t packages_checked = 0;
  std::uint64_t components_checked = 0;
};
/// Manifests and catalogs of packages, keys and files of components. Compressed manifests are read
/// with the base manifest of the image; where there is none, a note says that they and their files
/// were not compared. scan_cancelled: `progress` wanted it.
Result<HealthReport> scan_health(const PackageStore& store, const ScanProgress& progress);

/// Sizes of the component store, in bytes: what /AnalyzeComponentStore prints.
struct ComponentStoreSizes {
  std::uint64_t explorer_reported = 0;  // each link counted
  std::uint64_t actual = 0;             // each file once
  std::uint64_t shared_with_windows = 0;
  std::uint64_t backups_and_disabled = 0;
  std::uint64_t cache_and_temporary = 0;
  std::optional<FileTime> last_cleanup;
  std::uint64_t reclaimable_packages = 0;
  bool cleanup_recommended = false;
  Diagnostics diagnostics;
};
/// scan_cancelled: `progress` wanted it. not_found: there is no WinSxS directory.
Result<ComponentStoreSizes> analyze_component_store(const PackageStore& store,
                                                    const ScanProgress& progress);

}  // namespace casement
