// SPDX-License-Identifier: Apache-2.0
// Three levels of directories, each searched from its first entry: a damaged file need not be
// sorted.
#include "engine/pe/resources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/pe/resource_layout.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint16_t neutral_language = 0;
constexpr std::uint16_t american_english = 0x0409;
constexpr std::uint16_t english = 0x0009;
constexpr std::uint16_t primary_language_mask = 0x03FF;  // PRIMARYLANGID

bool has_high_bit(std::uint32_t field) noexcept {
  return (field & pe_layout::resource_high_bit) != 0;
}

std::uint32_t without_high_bit(std::uint32_t field) noexcept {
  return field & ~pe_layout::resource_high_bit;
}

std::string text_of(const ResourceName& name) {
  const auto* const number = std::get_if<std::uint16_t>(&name);
  return number != nullptr ? fmt::format("{}", *number)
                           : fmt::format("\"{}\"", to_utf8(std::get<std::u16string>(name)));
}

}  // namespace

std::optional<PeResources> PeResources::of(const PeFile& file) noexcept {
  const auto root = file.resources();
  return root ? std::optional(PeResources(file, root->rva)) : std::nullopt;
}

Result<std::vector<PeResources::Entry>> PeResources::entries_of(std::uint32_t directory) const {
  const std::uint64_t rva = root_ + directory;
  const auto header = CASEMENT_TRY(file_->load_at<pe_layout::ResourceDirectory>(rva));
  const std::size_t count = std::size_t{header.named_count.value()} + header.numbered_count.value();
  if (count > max_entries) {
    return fail(Status::limit_exceeded,
                fmt::format("{}: resource directory 0x{:x} has {} entries, expected at most {}",
                            file_->describe(), directory, count, max_entries));
  }
  std::vector<std::byte> table(count * sizeof(pe_layout::ResourceEntry));
  CASEMENT_TRY(file_->read(rva + sizeof(header), table));
  std::vector<Entry> entries;
  entries.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = CASEMENT_TRY(load<pe_layout::ResourceEntry>(
        table, i * sizeof(pe_layout::ResourceEntry), "resource entry"));
    entries.push_back({.name = entry.name.value(), .child = entry.child.value()});
  }
  return entries;
}

/// A name that cannot be read is one that nobody asks for: its neighbours are still to be found.
Result<bool> PeResources::is_called(const Entry& entry, const ResourceName& name) const {
  if (const auto* const number = std::get_if<std::uint16_t>(&name)) {
    return entry.name == *number;
  }
  if (!has_high_bit(entry.name)) {
    return false;
  }
  const std::u16string& wanted = std::get<std::u16string>(name);
  const std::uint64_t rva = root_ + without_high_bit(entry.name);
  const auto length = file_->load_at<le16>(rva);
  if (!length) {
    return length.error().status() == Status::corrupt
               ? Result<bool>(false)
               : Result<bool>(std::unexpected(length.error()));
  }
  if (length->value() != wanted.size()) {
    return false;
  }
  std::vector<std::byte> raw(wanted.size() * sizeof(char16_t));
  const auto read = file_->read(rva + sizeof(le16), raw);
  if (!read) {
    return read.error().status() == Status::corrupt ? Result<bool>(false)
                                                    : Result<bool>(std::unexpected(read.error()));
  }
  return equals_folded(from_utf16le(raw), wanted);
}

Result<std::optional<std::uint32_t>> PeResources::find_directory(std::uint32_t directory,
                                                                 const ResourceName& name) const {
  for (const Entry& entry : CASEMENT_TRY(entries_of(directory))) {
    if (!CASEMENT_TRY(is_called(entry, name))) {
      continue;
    }
    if (!has_high_bit(entry.child)) {
      return fail(Status::corrupt,
                  fmt::format("{}: resource {} is data at 0x{:x}, expected a directory",
                              file_->describe(), text_of(name), entry.child));
    }
    return std::optional(without_high_bit(entry.child));
  }
  return std::optional<std::uint32_t>();
}

Result<std::optional<ResourceItem>> PeResources::find(const ResourceName& type,
                                                      const ResourceName& name,
                                                      std::optional<std::uint16_t> language) const {
  const auto of_type = CASEMENT_TRY(find_directory(0, type));
  if (!of_type) {
    return std::optional<ResourceItem>();
  }
  const auto of_name = CASEMENT_TRY(find_directory(*of_type, name));
  if (!of_name) {
    return std::optional<ResourceItem>();
  }
  const std::vector<Entry> languages = CASEMENT_TRY(entries_of(*of_name));
  if (languages.empty()) {
    return std::optional<ResourceItem>();
  }
  auto chosen = languages.begin();
  if (language) {
    const auto primary = static_cast<std::uint16_t>(*language & primary_language_mask);
    for (const std::uint16_t wanted :
         std::array{*language, primary, neutral_language, american_english, english}) {
      const auto found = std::find_if(languages.begin(), languages.end(),
                                      [wanted](const Entry& e) { return e.name == wanted; });
      if (found != languages.end()) {
        chosen = found;
        break;
      }
    }
  }
  if (has_high_bit(chosen->child)) {
    return fail(Status::corrupt,
                fmt::format("{}: resource {}, {} is a directory in language 0x{:04x}, expected "
                            "data",
                            file_->describe(), text_of(type), text_of(name), chosen->name));
  }
  const auto data = CASEMENT_TRY(file_->load_at<pe_layout::ResourceData>(root_ + chosen->child));
  return std::optional(ResourceItem{.language = static_cast<std::uint16_t>(chosen->name & 0xFFFFU),
                                    .rva = data.rva.value(),
                                    .size = data.size.value()});
}

Result<std::vector<std::byte>> PeResources::read(const ResourceItem& item,
                                                 std::uint32_t max_size) const {
  if (item.size > max_size) {
    return fail(Status::limit_exceeded,
                fmt::format("{}: a resource of {} bytes, expected at most {}", file_->describe(),
                            item.size, max_size));
  }
  // Before anything is allocated: the size is only what the file says.
  CASEMENT_TRY(file_->offset_of(item.rva, item.size));
  std::vector<std::byte> bytes(item.size);
  CASEMENT_TRY(file_->read(item.rva, bytes));
  return bytes;
}

Result<std::optional<std::vector<std::byte>>> read_resource(const PeFile& file,
                                                            const ResourceName& type,
                                                            const ResourceName& name,
                                                            std::uint32_t max_size,
                                                            std::optional<std::uint16_t> language) {
  using Found = std::optional<std::vector<std::byte>>;
  const auto resources = PeResources::of(file);
  if (!resources) {
    return Found();
  }
  const auto item = CASEMENT_TRY(resources->find(type, name, language));
  if (!item) {
    return Found();
  }
  return Found(CASEMENT_TRY(resources->read(*item, max_size)));
}

}  // namespace casement
