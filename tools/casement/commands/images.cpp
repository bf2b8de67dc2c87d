// SPDX-License-Identifier: Apache-2.0
// `casement images`.
#include "tools/casement/commands/images.h"

#include <fmt/format.h>

#include "engine/session/image_catalog.h"
#include "tools/casement/messages.h"
#include "tools/casement/render/images.h"

namespace casement::cli {

ExitCode run_images(const ImagesOptions& options, Output& output) {
  const Result<ImageCatalog> catalog = read_image_catalog(to_units(options.image.image));
  if (!catalog) {
    return fail_with(catalog.error());
  }
  switch (options.format) {
    case ImagesFormat::table:
      render_images_table(output.text(), *catalog);
      break;
    case ImagesFormat::list:
      render_images_list(output.text(), *catalog);
      break;
    case ImagesFormat::json:
      render_images_json(output.text(), *catalog);
      break;
  }
  bool damaged = catalog->diagnostics.dropped() != 0;
  for (const Diagnostic& finding : catalog->diagnostics.items()) {
    if (finding.severity == Severity::note) {
      say_note(finding.text);
    } else {
      say_warning(finding.text);
      damaged = true;
    }
  }
  return damaged ? ExitCode::partial : ExitCode::ok;
}

}  // namespace casement::cli
