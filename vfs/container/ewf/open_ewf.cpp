// SPDX-License-Identifier: Apache-2.0
// What an EWF image says about its medium.
#include "vfs/container/ewf/open_ewf.h"

#include <fmt/format.h>

#include <bit>
#include <memory>
#include <string>
#include <utility>

#include "vfs/container/ewf/ewf_source.h"
#include "vfs/container/ewf/kind.h"
#include "vfs/container/ewf/segment_reader.h"
#include "vfs/container/size_text.h"

namespace casement {
namespace {

/// Sectors that partition tables are looked for in; optical media of audio have others.
constexpr std::uint32_t min_sector_size = 512;

void append(std::string& text, const char* name, const std::string& value) {
  if (!value.empty()) {
    text += fmt::format(", {} {}", name, value);
  }
}

std::string describe(const EwfImage& image) {
  const EwfContents& contents = image.contents;
  const EwfCase& said = contents.case_data;
  std::string text =
      fmt::format("{}, {}, {} chunks", contents.geometry.is_smart ? "SMART" : "E01",
                  size_text(contents.geometry.media_size), size_text(contents.geometry.chunk_size));
  if (image.segments->size() > 1) {
    text += fmt::format(", {} segments", image.segments->size());
  }
  append(text, "case", said.case_number);
  append(text, "evidence", said.evidence_number);
  append(text, "description", said.description);
  append(text, "examiner", said.examiner);
  append(text, "notes", said.notes);
  append(text, "model", said.model);
  append(text, "serial number", said.serial_number);
  append(text, "acquired", said.acquired);
  append(text, "with", said.program);
  append(text, "MD5", contents.digests.md5);
  append(text, "SHA-1", contents.digests.sha1);
  return text;
}

}  // namespace

Result<bool> probe_ewf(const ContainerFile& file) {
  return CASEMENT_TRY(read_ewf_kind(*file.source)) != EwfKind::none;
}

Result<OpenedContainer> open_ewf(const ContainerFile& file, const ContainerContext& context) {
  const EwfKind kind = CASEMENT_TRY(read_ewf_kind(*file.source));
  CASEMENT_TRY(refuse_other_kinds(kind));
  OpenedContainer disk;
  EwfImage image =
      CASEMENT_TRY(read_segments(file, context.limits, disk.diagnostics).with_context([&] {
        return "EWF " + file.name;
      }));
  disk.format = "ewf";
  disk.detail = describe(image);
  const std::uint32_t sector_size = image.contents.geometry.bytes_per_sector;
  if (sector_size >= min_sector_size && std::has_single_bit(sector_size)) {
    disk.sector_size = sector_size;
  }
  for (std::size_t i = 0; i < image.segments->size(); ++i) {
    if (image.segments->name(i) != file.name) {
      disk.other_files.push_back(image.segments->name(i));
    }
  }
  disk.disk = std::make_shared<EwfSource>(std::move(image), context.cache, context.next_owner(),
                                          file.source->describe() + " / medium");
  return disk;
}

}  // namespace casement
