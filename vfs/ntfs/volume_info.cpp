// SPDX-License-Identifier: Apache-2.0
// The two small attributes of $Volume.
#include "vfs/ntfs/volume_info.h"

#include "vfs/core/utf16.h"
#include "vfs/ntfs/node.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/volume_info_layout.h"

namespace casement::ntfs {
namespace {

Result<void> load_info(const NtfsVolumePtr& volume, NtfsVolumeInfo& info) {
  using namespace ntfs_layout;  // NOLINT(google-build-using-namespace): one function
  const NtfsNode node = CASEMENT_TRY(NtfsNode::read(volume, {metadata_record::volume}));
  if (const AttributeChain* name = node.find(attribute_type::volume_name, u"")) {
    info.label = from_utf16le(name->head.value);
  }
  const AttributeChain* chain = CASEMENT_TRY(node.require(attribute_type::volume_information, u""));
  const auto disk =
      CASEMENT_TRY(load<VolumeInformation>(chain->head.value, 0, "$VOLUME_INFORMATION"));
  info.major_version = disk.major_version;
  info.minor_version = disk.minor_version;
  info.flags = disk.flags.value();
  return {};
}

}  // namespace

bool NtfsVolumeInfo::dirty() const noexcept {
  return (flags & (ntfs_layout::volume_flag::dirty | ntfs_layout::volume_flag::chkdsk_underway)) !=
         0;
}

NtfsVolumeInfo read_volume_info(const NtfsVolumePtr& volume) {
  NtfsVolumeInfo info;
  if (auto loaded = load_info(volume, info); !loaded) {
    volume->findings().add("volume-info-damaged", ntfs_layout::metadata_record::volume,
                           std::move(loaded).error().context("$Volume"));
  }
  return info;
}

}  // namespace casement::ntfs
