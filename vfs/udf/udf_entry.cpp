// SPDX-License-Identifier: Apache-2.0
// File entries, their times, mirrors and chains.
#include "vfs/udf/udf_entry.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/udf/udf_file_layout.h"
#include "vfs/udf/udf_tag.h"
#include "vfs/udf/udf_values.h"

namespace casement {
namespace {

namespace layout = udf_layout;
namespace tag_id = udf_layout::tag_id;

/// The creation time among extended attributes. Not set: damaged ones, or none.
FileTime find_creation_time(Bytes attributes) {
  // Attributes of the implementation and of applications lie behind the standard's own.
  const auto header = load<layout::AttributesHeader>(attributes, 0, "extended attributes");
  if (!header || header->tag.identifier.value() != tag_id::extended_attributes) {
    return {};
  }
  std::size_t at = sizeof(layout::AttributesHeader);
  while (const auto head = load<layout::AttributeHead>(attributes, at, "extended attribute")) {
    const std::size_t length = head->length.value();
    if (length < sizeof(layout::AttributeHead) || !in_range(attributes.size(), at, length)) {
      return {};
    }
    const auto times = load<layout::FileTimes>(attributes, at, "file times");
    if (head->type.value() == layout::file_times_type && times &&
        (times->existence.value() & 1U) != 0) {
      const auto created =
          load<layout::Timestamp>(attributes, at + sizeof(layout::FileTimes), "file times");
      return created ? from_udf_time(*created) : FileTime{};
    }
    at += length;
  }
  return {};
}

/// What both kinds have behind their heads.
template <class Entry>
Result<void> take_tail(const Entry& raw, Bytes block, UdfEntry& entry) {
  entry.blocks = raw.blocks.value();
  entry.accessed = from_udf_time(raw.accessed);
  entry.modified = from_udf_time(raw.modified);
  entry.changed = from_udf_time(raw.changed);
  const std::uint64_t attributes_length = raw.attributes_length.value();
  const Bytes attributes =
      CASEMENT_TRY(slice(block, sizeof(Entry), attributes_length, "extended attributes"));
  entry.allocations =
      to_vector(CASEMENT_TRY(slice(block, sizeof(Entry) + attributes_length,
                                   raw.allocations_length.value(), "allocation descriptors")));
  if constexpr (std::is_same_v<Entry, layout::FileEntry>) {
    entry.created = find_creation_time(attributes);
  } else {
    entry.created = from_udf_time(raw.created);
    if ((raw.streams.length.value() & layout::extent_length_mask) != 0) {
      entry.streams =
          UdfPlace{raw.streams.location.partition.value(), raw.streams.location.block.value()};
    }
  }
  return {};
}

Result<UdfEntry> read_with_mirror(const UdfSpace& space, UdfPlace place, UniqueFindings& findings) {
  auto block = space.read_block(place);
  Result<UdfEntry> entry = block ? parse_udf_entry(*block, place)
                                 : Result<UdfEntry>(std::unexpected(std::move(block).error()));
  if (entry) {
    const auto tag = load<layout::Tag>(*block, 0, "file entry");
    if (tag && tag->location.value() != place.block) {
      findings.add(Severity::note, "udf-tag-location", to_number(place), [&] {
        return fmt::format("file entry in {}: its tag says block {}", to_string(place),
                           tag->location.value());
      });
    }
    return entry;
  }
  const auto copy = space.read_mirror(place);
  if (copy && *copy) {
    auto mirrored = parse_udf_entry(**copy, place);
    if (mirrored) {
      const std::uint64_t where = (std::uint64_t{place.partition} << 32) | place.block;
      findings.add(Severity::warning, "udf-mirror", where,
                   [&] { return fmt::format("{}; the mirror was read", entry.error().message()); });
      return mirrored;
    }
  }
  return entry;
}

/// The next link of a chain, in the block behind `place`.
std::optional<UdfPlace> next_of_chain(const UdfSpace& space, UdfPlace place) {
  if (place.block == 0xFFFF'FFFF) {
    return std::nullopt;
  }
  const auto block = space.read_block({place.partition, place.block + 1});
  if (!block || !expect_udf_tag(*block, tag_id::indirect_entry, "indirect entry")) {
    return std::nullopt;  // the chain ends: nothing was recorded yet
  }
  const auto indirect = load<layout::IndirectEntry>(*block, 0, "indirect entry");
  if (!indirect || (indirect->next.length.value() & layout::extent_length_mask) == 0) {
    return std::nullopt;
  }
  return UdfPlace{indirect->next.location.partition.value(), indirect->next.location.block.value()};
}

}  // namespace

bool UdfEntry::is_directory() const noexcept {
  return file_type == layout::file_type::directory ||
         file_type == layout::file_type::stream_directory;
}

std::uint16_t UdfEntry::allocation_kind() const noexcept {
  return flags & layout::icb_flag::allocation_kind;
}

Result<UdfEntry> parse_udf_entry(Bytes block, UdfPlace place) {
  const auto where = [&] { return fmt::format("file entry in {}", to_string(place)); };
  const auto tag = CASEMENT_TRY(read_udf_tag(block, "file entry").with_context(where));
  const std::uint16_t kind = tag.identifier.value();
  if (kind != tag_id::file_entry && kind != tag_id::extended_file_entry) {
    return fail(Status::corrupt,
                fmt::format("{}: descriptor {}, expected 261 or 266", where(), kind));
  }
  const auto head =
      CASEMENT_TRY(load<layout::EntryHead>(block, 0, "file entry").with_context(where));
  UdfEntry entry;
  entry.place = place;
  entry.strategy = head.icb.strategy.value();
  entry.file_type = head.icb.file_type;
  entry.flags = head.icb.flags.value();
  entry.permissions = head.permissions.value();
  entry.link_count = head.link_count.value();
  entry.size = head.size.value();
  if (kind == tag_id::file_entry) {
    const auto raw =
        CASEMENT_TRY(load<layout::FileEntry>(block, 0, "file entry").with_context(where));
    CASEMENT_TRY(take_tail(raw, block, entry).with_context(where));
  } else {
    const auto raw =
        CASEMENT_TRY(load<layout::ExtendedFileEntry>(block, 0, "file entry").with_context(where));
    CASEMENT_TRY(take_tail(raw, block, entry).with_context(where));
  }
  return entry;
}

Result<UdfEntry> read_udf_entry(const UdfSpace& space, UdfPlace place, UniqueFindings& findings) {
  // Write-once media: each change of a file adds a link. Longer chains than this are a loop.
  constexpr int max_chain = 1024;
  auto entry = CASEMENT_TRY(read_with_mirror(space, place, findings));
  for (int i = 0; entry.strategy == layout::strategy_chain; ++i) {
    const auto next = next_of_chain(space, entry.place);
    if (!next) {
      break;
    }
    if (i == max_chain) {
      return fail(Status::limit_exceeded,
                  fmt::format("file entry in {}: a chain of more than {} entries", to_string(place),
                              max_chain));
    }
    const auto block = space.read_block(*next);
    const auto tag = block ? load<layout::Tag>(*block, 0, "file entry")
                           : Result<layout::Tag>(std::unexpected(block.error()));
    if (tag && !is_udf_tag(*tag)) {
      break;  // announced, and not recorded yet
    }
    auto found =
        tag ? parse_udf_entry(*block, *next) : Result<UdfEntry>(std::unexpected(tag.error()));
    if (!found) {
      // The file as it was before its last change is better than none.
      findings.add(Severity::error, "udf-chain", to_number(place), [&] {
        return fmt::format(
            "file entry in {}: a later one in {} cannot be read, the one before it "
            "was taken: {}",
            to_string(place), to_string(*next), found.error().message());
      });
      break;
    }
    entry = *std::move(found);
  }
  return entry;
}

}  // namespace casement
