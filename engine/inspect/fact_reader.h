// SPDX-License-Identifier: Apache-2.0
// Reading facts from the hives of an image, each with its evidence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/image/image.h"
#include "engine/inspect/fact.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"

namespace casement {

/// Absence is nullopt. Damage is nullopt and a finding: "wrong-type" for a value of another type or
/// size, "damaged" for the rest; a hive that cannot be opened is reported once ("hive-unreadable").
/// Belongs to one thread.
class FactReader {
 public:
  /// Precondition: both outlive this.
  FactReader(const Image& image, Diagnostics& findings);

  /// nullptr: not there, or not readable.
  HivePtr hive(HiveId id);

  /// REG_SZ or REG_EXPAND_SZ, up to the first NUL.
  MaybeFact<std::u16string> text(HiveId id, std::u16string_view key, std::u16string_view name);
  /// The same, but an empty text counts as absent: for facts with a second source.
  MaybeFact<std::u16string> filled_text(HiveId id, std::u16string_view key,
                                        std::u16string_view name);
  MaybeFact<std::uint64_t> integer(HiveId id, std::u16string_view key, std::u16string_view name);
  MaybeFact<std::uint32_t> dword(HiveId id, std::u16string_view key, std::u16string_view name);
  /// A DWORD that is 0 or not.
  MaybeFact<bool> flag(HiveId id, std::u16string_view key, std::u16string_view name);
  /// A FILETIME in eight bytes of REG_BINARY or in a REG_QWORD; nullopt when it means "none".
  MaybeFact<FileTime> file_time(HiveId id, std::u16string_view key, std::u16string_view name);

  /// A key below the current control set: "ControlSet001\Control\Nls"; empty when there is no set.
  std::u16string control_set(std::u16string_view below) const;

  /// What to cite for a value of a hive.
  Evidence evidence(HiveId id, std::u16string_view key, std::u16string_view name);

  Diagnostics& findings() noexcept { return findings_; }
  const Image& image() const noexcept { return image_; }

 private:
  std::optional<Value> value(HiveId id, std::u16string_view key, std::u16string_view name);
  void report(HiveId id, const Error& error);

  const Image& image_;
  Diagnostics& findings_;
  std::uint32_t reported_hives_ = 0;  // one bit a HiveId
};

}  // namespace casement
