// SPDX-License-Identifier: Apache-2.0
// One file after another question: a container? a WIM? an archive? a disk?
#include "vfs/open/image_content.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "vfs/open/content_kind.h"
#include "vfs/open/disk_stack.h"
#include "vfs/open/image_folder.h"
#include "vfs/open/media.h"
#include "vfs/open/tree_image.h"
#include "vfs/open/volumes.h"
#include "vfs/open/wim_images.h"
#include "vfs/wim/wim_file.h"

namespace casement {

const char* const accepted_images =
    "expected a disk image (raw, split, VHD, VHDX, QCOW2, VMDK, VDI, E01), a WIM, ESD or SWM, an "
    "ISO, an archive (tar, zip, 7z, rar, cab), or a directory: the root of a Windows volume, a "
    "Windows directory, or a collection with one directory a drive (C, C:, C%3A, C_drive, [root], "
    "$rootfs$, uploads/<accessor>/C%3A)";

namespace {

/// A file that is no disk and no volume.
std::unexpected<Error> refuse_file(const ByteSource& source) {
  auto content = describe_content(source);
  if (!content) {
    return std::unexpected(std::move(content).error());
  }
  return fail(Status::unsupported,
              fmt::format("looks like {}, which this version does not open; {}", *content,
                          accepted_images));
}

/// The containers are open; what remains is not a disk.
void add_stack(OpenedImage& image, DiskStack& stack) {
  std::move(stack.layers.begin(), stack.layers.end(), std::back_inserter(image.layers));
  stack.layers.clear();
  image.diagnostics.append(stack.diagnostics);
  stack.diagnostics = {};
}

}  // namespace

Result<void> add_content(OpenedImage& image, const ContainerFile& file, const std::string& path,
                         const Limits& limits) {
  image.layers.push_back({"file", fmt::format("{}, {} bytes", path, file.source->size())});
  DiskStack stack = CASEMENT_TRY(open_disk_stack(file, limits));
  const bool plain_file = stack.layers.empty();
  const SourcePtr disk = stack.disk;
  if (CASEMENT_TRY(wim::probe_wim(*disk))) {
    add_stack(image, stack);
    return add_wim(image,
                   {.source = disk,
                    .name = plain_file ? file.name : std::string(),
                    .folder = plain_file ? file.folder : make_no_folder()},
                   limits);
  }
  if (plain_file && CASEMENT_TRY(add_archive_volumes(image, disk, limits))) {
    return {};
  }
  if (!CASEMENT_TRY(add_volumes(image, std::move(stack), limits))) {
    return refuse_file(*disk);
  }
  return add_media(image, limits);
}

}  // namespace casement
