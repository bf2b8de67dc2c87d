// SPDX-License-Identifier: Apache-2.0
// The version of the kernel itself, beside what the registry says of the build.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "engine/inspect/identity_parts.h"
#include "engine/inspect/image_program.h"
#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view kernel_path = u"\\SystemRoot\\System32\\ntoskrnl.exe";

MaybeFact<FileVersion> read_version(FactReader& reader) {
  const auto kernel = open_image_program(reader.image(), kernel_path);
  if (!kernel || !*kernel) {
    return std::nullopt;  // what is wrong with its headers, the architecture tells
  }
  const auto info = read_version_info((*kernel)->file);
  const std::string place = to_utf8((*kernel)->path);
  if (!info) {
    reader.findings().add(Severity::warning, "resource-unreadable",
                          Error(info.error()).context(place).message());
    return std::nullopt;
  }
  if (!*info || !(*info)->file_version) {
    return std::nullopt;
  }
  return Fact<FileVersion>{.value = *(*info)->file_version,
                           .evidence = {.path = place, .key = {}, .value = {}, .recovered = false}};
}

/// The build that a text begins with: "19041.1.amd64fre.vb_release.191206-1406".
std::optional<std::uint32_t> leading_build(const MaybeFact<std::u16string>& text) {
  if (!text) {
    return std::nullopt;
  }
  const std::u16string_view own = text->value;
  return parse_digits<std::uint32_t>(own.substr(0, own.find(u'.')));
}

/// An enablement package raises the build of the registry and leaves the kernel's, which stays that
/// of BuildLab: 19045 and 19041.
void check_build(FactReader& reader, const Identity& identity) {
  const auto build = leading_build(identity.build);
  const std::uint32_t own = identity.kernel_version->value.build;
  if (!build || *build == own || leading_build(identity.build_lab) == own) {
    return;
  }
  const std::string lab =
      identity.build_lab ? ", BuildLab \"" + to_utf8(identity.build_lab->value) + "\"" : "";
  reader.findings().add(
      Severity::warning, "conflict",
      fmt::format("{} has version {}, but the build is {}{}",
                  identity.kernel_version->evidence.path,
                  file_version_text(identity.kernel_version->value), *build, lab));
}

}  // namespace

void read_kernel_version(FactReader& reader, Identity& identity) {
  identity.kernel_version = read_version(reader);
  if (identity.kernel_version) {
    check_build(reader, identity);
  }
}

}  // namespace casement
