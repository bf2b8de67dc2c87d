// SPDX-License-Identifier: Apache-2.0
// Signatures.
#include "vfs/container/ewf/kind.h"

#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace casement {

/// Source: libewf's descriptions of EWF, of EWF version 2 and of AD encryption.
Result<EwfKind> read_ewf_kind(const ByteSource& file) {
  using std::string_view_literals::operator""sv;
  constexpr std::array<std::pair<std::string_view, EwfKind>, 5> signatures{{
      {"EVF\x09\x0D\x0A\xFF\x00"sv, EwfKind::image},
      {"LVF\x09\x0D\x0A\xFF\x00"sv, EwfKind::logical},
      {"EVF2\x0D\x0A\x81\x00"sv, EwfKind::image_v2},
      {"LEF2\x0D\x0A\x81\x00"sv, EwfKind::logical_v2},
      {"ADCRYPT\x00"sv, EwfKind::encrypted},
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

Result<void> refuse_other_kinds(EwfKind kind) {
  switch (kind) {
    case EwfKind::image:
      return {};
    case EwfKind::logical:
    case EwfKind::logical_v2:
      return fail(Status::unsupported,
                  "a logical evidence file (L01): it holds chosen files, not a disk");
    case EwfKind::image_v2:
      return fail(Status::unsupported,
                  "an EWF version 2 image (Ex01), which is not supported; convert it to E01");
    case EwfKind::encrypted:
      return fail(
          Status::unsupported,
          "an image with AD encryption, which is not supported; decrypt it with FTK Imager");
    case EwfKind::none:
      break;
  }
  return fail(Status::bad_format, "no EWF signature");
}

}  // namespace casement
