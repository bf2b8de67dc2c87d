// SPDX-License-Identifier: Apache-2.0
// Which of the formats that are called EWF it is, and what it says about its medium.
#include "vfs/container/ewf/open_ewf.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "vfs/container/ewf/ewf_handle.h"
#include "vfs/container/ewf/ewf_source.h"
#include "vfs/container/referenced_file.h"
#include "vfs/container/size_text.h"

namespace casement {
namespace {

enum class EwfKind : std::uint8_t { none, image, logical, image_v2, logical_v2 };

/// Source: libewf's description of EWF and EWF version 2.
Result<EwfKind> read_kind(const ByteSource& file) {
  using std::string_view_literals::operator""sv;
  constexpr std::array<std::pair<std::string_view, EwfKind>, 4> signatures{{
      {"EVF\x09\x0D\x0A\xFF\x00"sv, EwfKind::image},
      {"LVF\x09\x0D\x0A\xFF\x00"sv, EwfKind::logical},
      {"EVF2\x0D\x0A\x81\x00"sv, EwfKind::image_v2},
      {"LEF2\x0D\x0A\x81\x00"sv, EwfKind::logical_v2},
  }};
  std::array<char, 8> start{};
  if (file.size() < start.size()) {
    return EwfKind::none;
  }
  CASEMENT_TRY(file.read(0, std::as_writable_bytes(std::span(start))));
  for (const auto& [signature, kind] : signatures) {
    if (signature == std::string_view(start.data(), start.size())) {
      return kind;
    }
  }
  return EwfKind::none;
}

Result<void> refuse_kind(EwfKind kind) {
  switch (kind) {
    case EwfKind::image:
      return {};
    case EwfKind::logical:
    case EwfKind::logical_v2:
      return fail(Status::unsupported,
                  "a logical evidence file (L01): it holds chosen files, not a disk");
    case EwfKind::image_v2:
      return fail(Status::unsupported,
                  "an EWF version 2 image (Ex01): libewf 20140813 does not read it; convert it to "
                  "E01");
    case EwfKind::none:
      break;
  }
  return fail(Status::bad_format, "no EWF signature");
}

void append(std::string& text, const char* name, const std::string& value) {
  if (!value.empty()) {
    text += fmt::format(", {} {}", name, value);
  }
}

std::string describe(const EwfHandle& handle) {
  const EwfFacts& facts = handle.facts();
  std::string text = fmt::format("{}, {}, {} chunks", facts.format, size_text(facts.media_size),
                                 size_text(facts.chunk_size));
  if (handle.segments().size() > 1) {
    text += fmt::format(", {} segments", handle.segments().size());
  }
  append(text, "case", facts.case_number);
  append(text, "evidence", facts.evidence_number);
  append(text, "description", facts.description);
  append(text, "examiner", facts.examiner);
  append(text, "acquired", facts.acquired);
  append(text, "MD5", facts.md5);
  append(text, "SHA-1", facts.sha1);
  return text;
}

}  // namespace

Result<bool> probe_ewf(const ContainerFile& file) {
  return CASEMENT_TRY(read_kind(*file.source)) != EwfKind::none;
}

Result<OpenedContainer> open_ewf(const ContainerFile& file, const ContainerContext& context) {
  const EwfKind kind = CASEMENT_TRY(read_kind(*file.source));
  CASEMENT_TRY(refuse_kind(kind));
  const auto path = file.folder->host_path(file.name);
  if (!path) {
    return fail(Status::unsupported,
                fmt::format("{} lies in {}: EWF images are read from the host's file system only, "
                            "not from inside another image",
                            file.name, file.folder->describe()));
  }
  auto handle = CASEMENT_TRY(EwfHandle::open(*path, context.limits));
  OpenedContainer disk;
  disk.format = "ewf";
  disk.detail = describe(*handle);
  if (handle->facts().bytes_per_sector != 0) {
    disk.sector_size = handle->facts().bytes_per_sector;
  }
  for (std::size_t i = 1; i < handle->segments().size(); ++i) {
    disk.other_files.emplace_back(last_component(handle->segments()[i]));
  }
  if (handle->facts().segments_missing) {
    disk.diagnostics.add(
        Severity::error, "ewf-segments",
        fmt::format("{}: segments are missing or damaged ({} found): what lies in them cannot be "
                    "read",
                    file.name, handle->segments().size()));
  }
  disk.disk = std::make_shared<EwfSource>(std::move(handle), context.cache, context.next_owner(),
                                          file.source->describe() + " / medium");
  return disk;
}

}  // namespace casement
