// SPDX-License-Identifier: Apache-2.0
// Opening each hive once, from any thread.
#include "engine/image/hive_set.h"

#include <fmt/format.h>

#include <string>

#include "engine/image/hive_file.h"
#include "engine/image/node_lookup.h"
#include "vfs/core/utf16.h"

namespace casement {

const char* hive_file_name(HiveId id) noexcept {
  switch (id) {
    case HiveId::system:
      return "SYSTEM";
    case HiveId::software:
      return "SOFTWARE";
    case HiveId::sam:
      return "SAM";
    case HiveId::security:
      return "SECURITY";
    case HiveId::default_user:
      return "DEFAULT";
    case HiveId::components:
      return "COMPONENTS";
    case HiveId::drivers:
      return "DRIVERS";
    case HiveId::bcd_template:
      return "BCD-Template";
  }
  return "";
}

HiveSet::HiveSet(FileSystemPtr file_system, NodeId windows_directory, const Limits& limits)
    : file_system_(std::move(file_system)),
      windows_directory_(windows_directory),
      limits_(limits) {}

HiveSet::~HiveSet() = default;

Result<HivePtr> HiveSet::hive(HiveId id) const {
  const auto index = static_cast<std::size_t>(id);
  if (index >= named_.size()) {
    return fail(Status::invalid_argument, fmt::format("no hive has the number {}", index));
  }
  Slot& slot = named_[index];
  std::call_once(slot.once, [&] { slot.hive = open_named(id); });
  return *slot.hive;
}

Result<HivePtr> HiveSet::open_named(HiveId id) const {
  const auto context = [id] { return fmt::format("System32\\config\\{}", hive_file_name(id)); };
  const auto config =
      CASEMENT_TRY(find_directory_below(*file_system_, windows_directory_, u"System32\\config")
                       .with_context(context));
  if (!config) {
    return HivePtr();
  }
  const std::string name = hive_file_name(id);
  return hive_in(*file_system_, config->node, std::u16string(name.begin(), name.end()))
      .with_context(context);
}

Result<HivePtr> HiveSet::hive_in(const FileSystem& file_system, NodeId dir,
                                 std::u16string_view name) const {
  const auto entry = CASEMENT_TRY(file_system.lookup(dir, name));
  if (!entry || entry->kind == NodeKind::directory) {
    return HivePtr();
  }
  std::shared_ptr<Slot> slot;
  {
    const std::scoped_lock lock(mutex_);
    std::shared_ptr<Slot>& kept = by_node_[{&file_system, entry->node.value}];
    if (!kept) {
      kept = std::make_shared<Slot>();
    }
    slot = kept;
  }
  // Outside the lock: a large dirty hive must not hold up the questions to others.
  std::call_once(slot->once, [&] {
    Diagnostics met;
    slot->hive = open_hive_file(file_system, dir, name, limits_, met);
    const std::scoped_lock lock(mutex_);
    for (const Diagnostic& finding : met.items()) {
      findings_.add(finding.severity, finding.code, finding.text);
    }
  });
  return *slot->hive;
}

Diagnostics HiveSet::findings() const {
  const std::scoped_lock lock(mutex_);
  return findings_;
}

}  // namespace casement
