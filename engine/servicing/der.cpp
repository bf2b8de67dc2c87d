// SPDX-License-Identifier: Apache-2.0
// Reading tags and lengths of DER.
//
// Source: ITU-T X.690, 8.1 and 10.1.
#include "engine/servicing/der.h"

#include <fmt/format.h>

namespace casement {
namespace {

constexpr std::uint8_t long_form = 0x80;
constexpr std::uint8_t tag_number_mask = 0x1F;

}  // namespace

Result<DerItem> DerReader::next() {
  Cursor cursor(rest_, 0);
  DerItem item;
  item.tag = cursor.u8();
  std::uint64_t length = cursor.u8();
  CASEMENT_TRY(cursor.finish("tag and length of a DER item"));
  if ((item.tag & tag_number_mask) == tag_number_mask) {
    return fail(Status::unsupported, fmt::format("DER tag 0x{:02x} of several bytes", item.tag));
  }
  if (length >= long_form) {
    const std::uint64_t count = length - long_form;
    // Four bytes of length are more than any file that is read whole.
    if (count == 0 || count > 4) {
      return fail(Status::corrupt,
                  fmt::format("length of a DER item has {} bytes, expected 1 to 4", count));
    }
    length = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      length = length << 8 | cursor.u8();
    }
  }
  item.content = cursor.bytes(length);
  CASEMENT_TRY(cursor.finish("content of a DER item"));
  rest_ = rest_.last(static_cast<std::size_t>(cursor.remaining()));
  return item;
}

Result<Bytes> DerReader::expect(std::uint8_t tag, const char* what) {
  const auto item = CASEMENT_TRY(next().with_context([what] { return std::string(what); }));
  if (item.tag != tag) {
    return fail(Status::corrupt,
                fmt::format("{}: DER tag 0x{:02x}, expected 0x{:02x}", what, item.tag, tag));
  }
  return item.content;
}

Result<std::optional<Bytes>> DerReader::take(std::uint8_t tag) {
  if (rest_.empty() || std::to_integer<std::uint8_t>(rest_.front()) != tag) {
    return std::optional<Bytes>();
  }
  const auto item = CASEMENT_TRY(next());
  return std::optional(item.content);
}

}  // namespace casement
