// SPDX-License-Identifier: Apache-2.0
// Numbers and times, appended without an allocation of their own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"

namespace casement::cli {

/// Lower-case hex digits with `separator` between the bytes ('\0': none).
void append_hex(std::string& out, Bytes raw, char separator);

/// "0x00000df2".
void append_hex32(std::string& out, std::uint32_t number);
void append_decimal(std::string& out, std::uint64_t number);
void append_spaces(std::string& out, std::size_t count);

/// As FileTime::to_iso8601, without an allocation. `seconds_only` leaves the fraction out.
class TimeText {
 public:
  TimeText(FileTime time, bool seconds_only) noexcept;

  /// Empty when the time is not set.
  std::string_view view() const noexcept { return {text_.data(), size_}; }

 private:
  std::array<char, 29> text_;  // NOLINT: filled up to size_; "30828-09-14T02:48:05.4775807Z"
  std::size_t size_ = 0;
};
void append_time(std::string& out, FileTime time, bool seconds_only);

/// "1,234,567".
std::string grouped(std::uint64_t number);

/// "512 B", "1.5 KiB", "127 GiB": three digits or a little more, rounded down so that nothing looks
/// larger than it is.
std::string human_size(std::uint64_t bytes);

}  // namespace casement::cli
