// SPDX-License-Identifier: Apache-2.0
// Resources of a portable executable by type, name and language.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/pe/pe_file.h"

namespace casement {

/// What a type or a resource is called: a number (MAKEINTRESOURCE), or a name without case.
using ResourceName = std::variant<std::uint16_t, std::u16string>;

namespace resource_type {
inline constexpr std::uint16_t string = 6;    // RT_STRING
inline constexpr std::uint16_t version = 16;  // RT_VERSION
}  // namespace resource_type

/// A resource in one language.
struct ResourceItem {
  std::uint16_t language = 0;  // LANGID
  std::uint32_t rva = 0;
  std::uint32_t size = 0;
};

/// The resource tree. It has three levels (type, name, language) and no more are followed, so that
/// links back to a directory above cannot be run round. Belongs to the PeFile that it was made of.
class PeResources {
 public:
  /// Entries of one directory that are looked at. shell32.dll has some hundred of one type; string
  /// tables cannot have more than 4,096.
  static constexpr std::size_t max_entries = 16'384;

  /// nullopt: the file has no resources. Nothing is read yet.
  /// Precondition: `file` outlives this.
  static std::optional<PeResources> of(const PeFile& file) noexcept;

  /// One resource. Of several languages the one that was asked for, else that of all its regions
  /// ("de" for "de-DE"), else neutral, else en-US, else English, else the first; when none is asked
  /// for the first.
  /// nullopt: there is none. corrupt: an entry on the way leads outside, or is a directory where a
  /// resource is expected or the other way round. limit_exceeded: a directory has more entries than
  /// max_entries.
  Result<std::optional<ResourceItem>> find(const ResourceName& type, const ResourceName& name,
                                           std::optional<std::uint16_t> language = {}) const;

  /// Its bytes. limit_exceeded: more than `max_size`. Else as PeFile::read.
  Result<std::vector<std::byte>> read(const ResourceItem& item, std::uint32_t max_size) const;

 private:
  struct Entry {
    std::uint32_t name = 0;
    std::uint32_t child = 0;
  };

  PeResources(const PeFile& file, std::uint32_t root) noexcept : file_(&file), root_(root) {}

  Result<std::vector<Entry>> entries_of(std::uint32_t directory) const;
  Result<bool> is_called(const Entry& entry, const ResourceName& name) const;
  Result<std::optional<std::uint32_t>> find_directory(std::uint32_t directory,
                                                      const ResourceName& name) const;

  const PeFile* file_;
  std::uint64_t root_;
};

/// The bytes of a resource; nullopt: the file has none like it. As PeResources::find and read.
Result<std::optional<std::vector<std::byte>>> read_resource(
    const PeFile& file, const ResourceName& type, const ResourceName& name, std::uint32_t max_size,
    std::optional<std::uint16_t> language = {});

}  // namespace casement
