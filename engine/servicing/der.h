// SPDX-License-Identifier: Apache-2.0
// The tags and lengths of DER, as far as catalogs need them.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Identifier octets of DER; all tags in catalogs are below 31.
namespace der_tag {
inline constexpr std::uint8_t integer = 0x02;
inline constexpr std::uint8_t octet_string = 0x04;
inline constexpr std::uint8_t object_id = 0x06;
inline constexpr std::uint8_t utc_time = 0x17;
inline constexpr std::uint8_t bmp_string = 0x1E;
inline constexpr std::uint8_t sequence = 0x30;
inline constexpr std::uint8_t set = 0x31;
inline constexpr std::uint8_t context_0 = 0xA0;
}  // namespace der_tag

struct DerItem {
  std::uint8_t tag = 0;
  Bytes content;
};

/// Goes through the items of one level. Never descends by itself, so depth costs nothing.
/// Belongs to one thread.
class DerReader {
 public:
  explicit DerReader(Bytes data) noexcept : rest_(data) {}

  bool at_end() const noexcept { return rest_.empty(); }
  /// truncated: the item is longer than what is there. corrupt: a length of a form that DER does
  /// not have. unsupported: a tag of several bytes.
  Result<DerItem> next();
  /// The content of the next item, which must have that tag. corrupt: it has another.
  Result<Bytes> expect(std::uint8_t tag, const char* what);
  /// The same when the next item has that tag; else nothing is read.
  Result<std::optional<Bytes>> take(std::uint8_t tag);

 private:
  Bytes rest_;
};

}  // namespace casement
