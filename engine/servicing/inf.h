// SPDX-License-Identifier: Apache-2.0
// Setup information files (INF): sections, lines, strings, models.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement {

/// A line: `key = field, field`, or fields alone. Quotes are gone, %strings% not yet replaced.
struct InfLine {
  std::u16string key;  // empty: there is none
  std::vector<std::u16string> fields;
};

struct InfSection {
  std::u16string name;         // as first written
  std::vector<InfLine> lines;  // of all sections of this name, in order
};

/// The longest text that %strings% may grow to, in UTF-16 units: the limit of Windows itself.
inline constexpr std::size_t max_inf_string = 4096;

/// A parsed INF. Names of sections, keys and strings have no case.
class Inf {
 public:
  const std::vector<InfSection>& sections() const noexcept { return sections_; }
  /// nullptr: there is none.
  const InfSection* section(std::u16string_view name) const;
  /// First field of the first line with such a key, strings replaced; "" when there is none.
  std::u16string value(std::u16string_view section, std::u16string_view key) const;
  /// Replaces %name% by [Strings] of LCID 0409, else [Strings], else any; %% is one %; what is
  /// unknown stays as written. Cut at max_inf_string.
  std::u16string expand(std::u16string_view text) const;
  const Diagnostics& diagnostics() const noexcept { return diagnostics_; }

 private:
  friend Result<Inf> parse_inf(Bytes);
  friend class InfParser;
  using Index = std::map<std::u16string, std::size_t, std::less<>>;
  using Strings = std::map<std::u16string, std::u16string, std::less<>>;

  void read_strings();

  std::vector<InfSection> sections_;
  Index index_;      // by upper-cased name
  Strings strings_;  // by upper-cased name, of the preferred language
  Diagnostics diagnostics_;
};

/// UTF-16 with or without a byte order mark, UTF-8, or else Windows-1252 or code page 932 (told
/// apart as inf_text.h says). What stands before the first section, and lines and sections beyond
/// what any driver has, are findings. limit_exceeded: over 16 MiB. corrupt: no section at all.
Result<Inf> parse_inf(Bytes text);

}  // namespace casement
