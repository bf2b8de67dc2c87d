// SPDX-License-Identifier: Apache-2.0
// Finding and reading lang.ini.
#include "tools/dism/commands/distribution.h"

#include <fmt/format.h>

#include <cstddef>
#include <vector>

#include "engine/inspect/file_bytes.h"
#include "vfs/fs/path_walker.h"
#include "vfs/open/opener.h"

namespace casement::dism {
namespace {

constexpr std::uint64_t max_lang_ini = std::uint64_t{1} << 20;  // real ones have some hundred bytes

Result<DistributionLanguages> languages_in(const std::string& path) {
  const OpenedImage opened = CASEMENT_TRY(open_image(path));
  for (const Volume& volume : opened.volumes) {
    if (!volume.file_system) {
      continue;
    }
    const auto file = CASEMENT_TRY(find_path(volume.file_system, u"\\sources\\lang.ini"));
    if (file && file->kind == NodeKind::file) {
      const SourcePtr source = CASEMENT_TRY(file->file_system->open(file->node, u""));
      const std::vector<std::byte> bytes =
          CASEMENT_TRY(read_all(*source, max_lang_ini).with_context([] { return "lang.ini"; }));
      return parse_lang_ini(bytes);
    }
  }
  return fail(Status::path_not_found, "it has no sources\\lang.ini");
}

}  // namespace

Result<DistributionLanguages> read_distribution(Context& context, const std::string& path) {
  auto languages = languages_in(path);
  if (!languages) {
    return context.refuse(
        languages.error().status(), {},
        std::move(languages).error().context(fmt::format("distribution {}", path)));
  }
  return languages;
}

}  // namespace casement::dism
