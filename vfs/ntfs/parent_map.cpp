// SPDX-License-Identifier: Apache-2.0
// Children of a directory from a pass over the MFT.
#include "vfs/ntfs/parent_map.h"

#include <string>
#include <utility>

#include "vfs/ntfs/scan_order.h"
#include "vfs/ntfs/scan_pass.h"
#include "vfs/ntfs/scan_table.h"

namespace casement::ntfs {

ParentMap::ParentMap(NtfsVolumePtr volume) : volume_(std::move(volume)) {}

ParentMap::~ParentMap() = default;

Result<void> ParentMap::build() const {
  if (!table_) {
    table_ = CASEMENT_TRY(read_scan_table(volume_, false));
    order_ = std::make_unique<const ScanOrder>(*table_);
  }
  return {};
}

Result<std::vector<ListedName>> ParentMap::names_in(FileReference directory) const {
  {
    const std::scoped_lock lock(mutex_);
    CASEMENT_TRY(build());
  }
  std::vector<ListedName> names;
  const auto found = table_->find(directory.record());
  if (!found || !directory.matches(table_->record(*found).sequence)) {
    return names;
  }
  for (const ScanTable::Index index : order_->children(*found)) {
    const ScanName& name = table_->name(index);
    names.push_back({table_->reference(name.record), name.parent,
                     std::u16string(table_->text(name)), std::u16string(table_->short_text(name)),
                     table_->record(name.record).kind});
  }
  return names;
}

}  // namespace casement::ntfs
