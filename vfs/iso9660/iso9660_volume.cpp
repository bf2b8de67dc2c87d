// SPDX-License-Identifier: Apache-2.0
// Descriptors to a tree, records to nodes.
#include "vfs/iso9660/iso9660_volume.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "vfs/iso9660/directory_listing.h"
#include "vfs/iso9660/iso9660_layout.h"
#include "vfs/iso9660/iso9660_values.h"
#include "vfs/source/extent_source.h"
#include "vfs/source/lost_extent.h"

namespace casement {
namespace {

namespace layout = iso9660_layout;
namespace record_flag = iso9660_layout::record_flag;

constexpr std::uint32_t piece_size = 65'536;

/// The longest record.
constexpr std::uint64_t max_record = 255;

Result<Bytes> bytes_at(PieceReader& reader, std::uint64_t offset, std::uint64_t end) {
  const std::uint64_t length = offset < end ? std::min(max_record, end - offset) : 0;
  return reader.bytes(offset, static_cast<std::size_t>(length));
}

}  // namespace

std::uint64_t Iso9660Node::size() const noexcept {
  std::uint64_t sum = 0;  // at most 2^32 for each of at most max_runs sections
  for (const Iso9660Section& section : sections) {
    sum += section.size;
  }
  return sum;
}

Iso9660Volume::Iso9660Volume(SourcePtr source, const Limits& limits)
    : limits_(limits),
      pieces_(
          std::make_shared<const PieceCache>(std::move(source), piece_size, limits.max_cache_size)),
      listings_(limits.max_cache_size) {}

Result<std::shared_ptr<const Iso9660Volume>> Iso9660Volume::open(SourcePtr source,
                                                                 const Limits& limits) {
  const std::shared_ptr<Iso9660Volume> volume(new Iso9660Volume(std::move(source), limits));
  volume->descriptors_ =
      CASEMENT_TRY(read_iso9660_descriptors(*volume->source(), volume->findings_));
  volume->choose_tree(true);
  auto root = volume->check_root();
  if (!root && volume->tree_.names == Iso9660Names::joliet) {
    volume->findings_.add("iso9660-descriptor", volume->tree_.root_record,
                          Error(root.error()).context("Joliet tree"));
    volume->choose_tree(false);
    root = volume->check_root();
  }
  CASEMENT_TRY(std::move(root));
  const std::uint64_t size = std::uint64_t{volume->tree_.block_count} * volume->tree_.block_size;
  if (size > volume->source()->size()) {
    volume->findings_.add(Severity::warning, "iso9660-truncated", 0, [&] {
      return fmt::format("a volume of {} bytes, of which the image holds {}", size,
                         volume->source()->size());
    });
  }
  return volume;
}

Result<void> Iso9660Volume::check_root() const {
  if (tree_.root_record == 0) {
    return fail(Status::corrupt, "no volume descriptor with a root directory");
  }
  const Iso9660Node root = CASEMENT_TRY(
      node({tree_.root_record}).with_context([] { return std::string("root directory"); }));
  const std::uint64_t offset = root.sections[0].offset;
  if (!in_range(source()->size(), offset, layout::sector_size)) {
    return fail(Status::truncated, fmt::format("root directory at 0x{:x}: the image ends at 0x{:x}",
                                               offset, source()->size()));
  }
  return {};
}

void Iso9660Volume::choose_tree(bool with_joliet) {
  tree_ = {};
  if (with_joliet && descriptors_.joliet) {
    tree_ = *descriptors_.joliet;
    return;
  }
  if (descriptors_.primary) {
    tree_ = *descriptors_.primary;
    // The first record of the root says whether there are Rock Ridge names.
    PieceReader read = reader();
    std::uint64_t continuations = max_continuations;
    const auto root = read_node(read, tree_.root_record, source()->size(), continuations);
    const auto first = root ? bytes_at(read, root->sections[0].offset, source()->size())
                            : Result<Bytes>(std::unexpected(root.error()));
    const auto record = first ? parse_directory_record(*first, root->sections[0].offset)
                              : Result<DirectoryRecord>(std::unexpected(first.error()));
    const auto skip = record ? find_rock_ridge(record->system_use) : std::nullopt;
    if (skip) {
      tree_.names = Iso9660Names::rock_ridge;
      use_skip_ = *skip;
      return;
    }
  }
  if (descriptors_.enhanced) {
    tree_ = *descriptors_.enhanced;
  }
}

std::u16string Iso9660Volume::name_of(const DirectoryRecord& record) const {
  switch (tree_.names) {
    case Iso9660Names::joliet:
      return std::u16string(without_version(from_joliet_text(record.name)));
    case Iso9660Names::enhanced:
      return from_iso9660_text(record.name);
    case Iso9660Names::primary:
    case Iso9660Names::rock_ridge:
      break;
  }
  const std::u16string stored = from_iso9660_text(record.name);
  std::u16string_view name = without_version(stored);
  if (name.ends_with(u'.')) {
    name.remove_suffix(1);  // ECMA-119 7.5.1: the point is there even without an extension
  }
  return std::u16string(name);
}

void Iso9660Volume::check_record(const DirectoryRecord& record, Iso9660Node& node) const {
  if (!record.agrees) {
    findings_.add(Severity::warning, "iso9660-both-endian", record.offset, [&] {
      return fmt::format(
          "directory record at 0x{:x}: its numbers differ in the two byte orders; "
          "little-endian ones were taken",
          record.offset);
    });
  }
  if (record.interleaved) {
    node.unreadable = Error(Status::unsupported, "an interleaved file");
  } else if (tree_.volume_count > 1 && record.volume_number != tree_.volume_number) {
    node.unreadable =
        Error(Status::unsupported,
              fmt::format("a file on medium {} of {}", record.volume_number, tree_.volume_count));
  }
}

Result<Iso9660Node> Iso9660Volume::read_node(PieceReader& reader, std::uint64_t offset,
                                             std::uint64_t end,
                                             std::uint64_t& continuations) const {
  const Bytes bytes = CASEMENT_TRY(bytes_at(reader, offset, end));
  const DirectoryRecord record = CASEMENT_TRY(parse_directory_record(bytes, offset));
  Iso9660Node node;
  node.offset = offset;
  node.directory = record.has(record_flag::directory);
  node.hidden = record.has(record_flag::hidden);
  node.associated = record.has(record_flag::associated);
  node.special = record.is_special();
  node.sections.push_back({record.block * tree_.block_size, record.size});
  node.created = node.modified = node.changed = record.recorded;
  node.end = offset + record.length;
  node.least_end = node.end - record.system_use.size();
  check_record(record, node);
  node.name = name_of(record);
  const std::vector<std::byte> stored_name = to_vector(record.name);
  const bool more = record.has(record_flag::more_extents) && !node.directory;
  if (tree_.names == Iso9660Names::rock_ridge) {
    take_rock_ridge(record, node, continuations);
  }
  if (more) {
    add_sections(reader, stored_name, end, node);
  }
  return node;
}

void Iso9660Volume::take_rock_ridge(const DirectoryRecord& record, Iso9660Node& node,
                                    std::uint64_t& continuations) const {
  PieceReader continuation = reader();
  const ReadContinuation read = [&](std::uint32_t block, std::uint32_t offset,
                                    std::uint32_t length) -> Result<std::vector<std::byte>> {
    const std::uint64_t place = std::uint64_t{block} * tree_.block_size + offset;
    if (continuations == 0) {
      Error error(Status::limit_exceeded, "too many continuations of system use fields");
      findings_.add("iso9660-continuations", record.offset, Error(error));
      return std::unexpected(std::move(error));
    }
    --continuations;
    return to_vector(CASEMENT_TRY(continuation.bytes(place, length)));
  };
  const RockRidge found = parse_rock_ridge(record.system_use, use_skip_, read);
  if (!found.name.empty()) {
    node.name = from_iso9660_text(found.name);
  }
  node.created = found.created.value_or(node.created);
  node.modified = found.modified.value_or(node.modified);
  node.changed = found.changed.value_or(node.changed);
  node.accessed = found.accessed.value_or(node.accessed);
  node.relocated = found.relocated;
  if (found.compressed) {
    node.unreadable = Error(Status::unsupported, "a file that zisofs compressed");
  }
  if (found.child) {
    link_child(*found.child, node);
  }
}

void Iso9660Volume::link_child(std::uint32_t block, Iso9660Node& node) const {
  PieceReader read = reader();
  const std::uint64_t offset = std::uint64_t{block} * tree_.block_size;
  const auto bytes = bytes_at(read, offset, source()->size());
  const auto itself = bytes ? parse_directory_record(*bytes, offset)
                            : Result<DirectoryRecord>(std::unexpected(bytes.error()));
  node.directory = true;
  node.sections = {{offset, itself ? itself->size : layout::sector_size}};
}

void Iso9660Volume::add_sections(PieceReader& reader, const std::vector<std::byte>& name,
                                 std::uint64_t end, Iso9660Node& node) const {
  while (true) {
    // Where a record has no room any more, the next one begins in the next sector.
    std::uint64_t at = node.end;
    const auto here = bytes_at(reader, at, end);
    if (here && !here->empty() && here->front() == std::byte{0}) {
      at += layout::sector_size - at % layout::sector_size;
    }
    const auto bytes = bytes_at(reader, at, end);
    const auto record = bytes ? parse_directory_record(*bytes, at)
                              : Result<DirectoryRecord>(std::unexpected(bytes.error()));
    if (!record || !std::ranges::equal(record->name, name) ||
        node.sections.size() == limits_.max_runs) {
      findings_.add(Severity::error, "iso9660-sections", node.offset, [&] {
        return fmt::format("directory record at 0x{:x}: {} extents, the last one announces another",
                           node.offset, node.sections.size());
      });
      return;
    }
    check_record(*record, node);
    node.sections.push_back({record->block * tree_.block_size, record->size});
    node.end = at + record->length;
    if (!record->has(record_flag::more_extents)) {
      return;
    }
  }
}

Result<Iso9660Node> Iso9660Volume::node(NodeId id) const {
  if (!in_range(source()->size(), id.value, sizeof(layout::DirectoryRecord))) {
    return fail(Status::invalid_argument,
                fmt::format("no directory record can begin at 0x{:x}", id.value));
  }
  PieceReader read = reader();
  std::uint64_t continuations = max_continuations;
  return read_node(read, id.value, source()->size(), continuations);
}

Result<DirListingPtr> Iso9660Volume::directory(NodeId id) const {
  return listings_.get(id, [&]() -> Result<DirListingPtr> {
    const Iso9660Node found = CASEMENT_TRY(node(id));
    if (!found.directory) {
      return fail(Status::not_a_directory,
                  fmt::format("directory record at 0x{:x}: that of a file", found.offset));
    }
    if (found.unreadable) {
      return std::unexpected(*found.unreadable);
    }
    return list_iso9660_directory(*this, found);
  });
}

Result<SourcePtr> Iso9660Volume::content(const Iso9660Node& node) const {
  std::string name =
      fmt::format("{} / file of the record at 0x{:x}", source()->describe(), node.offset);
  if (node.unreadable) {
    return std::unexpected(Error(*node.unreadable).context(std::move(name)));
  }
  std::vector<SourceExtent> pieces;
  SourcePtr lost;
  const std::uint64_t end = source()->size();
  for (const Iso9660Section& section : node.sections) {
    const std::uint64_t there =
        section.offset < end ? std::min<std::uint64_t>(section.size, end - section.offset) : 0;
    if (there != 0) {
      pieces.push_back({there, source(), section.offset});
    }
    if (there < section.size) {
      if (!lost) {
        // One for the file, with the first error: a file may have any number of sections.
        Error error(Status::truncated, fmt::format("{} bytes at 0x{:x}, the image ends at 0x{:x}",
                                                   section.size, section.offset, end));
        findings_.add("iso9660-lost", node.offset, Error(error).context(name));
        constexpr std::uint64_t most = std::numeric_limits<decltype(section.size)>::max();
        lost = lost_extent(most, std::move(error), name).source;
      }
      pieces.push_back({section.size - there, lost, 0});
    }
  }
  return make_extent_source(std::move(pieces), std::move(name));
}

}  // namespace casement
