// SPDX-License-Identifier: Apache-2.0
// The table.
#include "vfs/open/formats.h"

#include <array>

#include "vfs/container/ewf/open_ewf.h"
#include "vfs/container/qcow2/open_qcow2.h"
#include "vfs/container/split/split_container.h"
#include "vfs/container/vdi/open_vdi.h"
#include "vfs/container/vhd/vhd_container.h"
#include "vfs/container/vhdx/vhdx_container.h"
#include "vfs/container/vmdk/open_vmdk.h"
#include "vfs/exfat/open_exfat.h"
#include "vfs/fat/open_fat.h"
#include "vfs/iso9660/open_iso9660.h"
#include "vfs/ntfs/open_ntfs.h"
#include "vfs/udf/open_udf.h"

namespace casement {
namespace {

// The first segment of a split image begins like the whole, so names that count up come first. A
// fixed VHD has its magic at the end alone, and comes last.
constexpr std::array containers{split_format, vhdx_format, qcow2_format, vmdk_format,
                                vdi_format,   ewf_format,  vhd_format};

// UDF comes before ISO 9660: media that have both keep the files in UDF, and a note in the other.
// FAT comes last: BitLocker To Go, for one, hides behind a FAT32 boot sector.
constexpr std::array file_systems{
    FileSystemFormat{"ntfs", false, false, probe_ntfs, open_ntfs},
    FileSystemFormat{"exfat", false, false, probe_exfat, open_exfat},
    FileSystemFormat{"udf", false, true, probe_udf, open_udf},
    FileSystemFormat{"iso9660", false, true, probe_iso9660, open_iso9660},
    FileSystemFormat{"fat", true, false, probe_fat, open_fat},
};

}  // namespace

std::span<const ContainerFormat> container_formats() noexcept {
  return containers;
}

std::span<const FileSystemFormat> file_system_formats() noexcept {
  return file_systems;
}

}  // namespace casement
