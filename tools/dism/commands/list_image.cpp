// SPDX-License-Identifier: Apache-2.0
// /List-Image: every file and directory of an image.
#include <algorithm>
#include <string>

#include "tools/dism/commands/catalog.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "vfs/fs/tree_walker.h"

namespace casement::dism {
namespace {

/// Of a WIM the tree of that image; of a disk the volume that Windows is on.
Result<FileSystemPtr> asked_tree(Context& context, const AskedCatalog& asked) {
  if (asked.catalog.kind != CatalogKind::wim) {
    SessionRequest request;
    request.image_path = CASEMENT_TRY(wide(asked.path, "the image file"));
    const SessionPtr session = CASEMENT_TRY(Session::open(request));
    const Installation& installation = session->image().installation();
    return session->image().opened().volumes.at(installation.volume).file_system;
  }
  const std::uint32_t index = asked.catalog.images[*asked.image].claims.index;
  const auto& volumes = asked.catalog.opened.volumes;
  const auto volume = std::ranges::find_if(
      volumes, [index](const Volume& candidate) { return candidate.wim_image == index; });
  if (volume == volumes.end() || !volume->file_system) {
    return context.refuse(Status::corrupt, {},
                          volume == volumes.end() ? "the image has no files" : volume->reason);
  }
  return volume->file_system;
}

}  // namespace

Result<void> list_image(Context& context) {
  const AskedCatalog asked = CASEMENT_TRY(read_asked_catalog(context));
  if (!asked.image) {
    return context.refuse(wrong_usage, usage::missing_option("List-Image", "/Index or /Name"),
                          "the file may have several images: name one");
  }
  TreeWalker walker(CASEMENT_TRY(asked_tree(context, asked)));
  Diagnostics damage;
  while (context.output().flush_if_full()) {
    auto entry = walker.next();
    if (!entry) {
      damage.add("tree", entry.error());
    } else if (!*entry) {
      break;
    } else {
      context.text() += printable((*entry)->path) + "\n";
    }
  }
  context.note(damage);
  return {};
}

}  // namespace casement::dism
