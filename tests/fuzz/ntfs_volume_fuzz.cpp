// SPDX-License-Identifier: Apache-2.0
// Changes to a small volume: open, walk, scan and read everything.
//
// An input is a list of changes, each 4 bytes: a record or index block of the volume (1), an offset
// in it (2) and the new byte (1). Fixups are made right again, so that damage reaches the parsers;
// changes to where the fixups are come last.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "fixtures/build/ntfs/ntfs_builder.h"
#include "vfs/fs/tree_walker.h"
#include "vfs/ntfs/open_ntfs.h"
#include "vfs/source/memory_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using fixture::BuiltNtfs;

/// Nodes and entries of one input that are asked for.
constexpr int budget = 300;

enum class PlaceKind : std::uint8_t { record, index_block, stream };

struct Place {
  std::size_t offset = 0;
  PlaceKind kind = PlaceKind::record;
};

struct Base {
  BuiltNtfs volume;
  std::vector<Place> places;
};

BuiltNtfs build_volume() {
  fixture::NtfsBuilder builder;
  builder.directory("\\d").index({.force_blocks = true, .entries_per_block = 1});
  builder.file("\\d\\a.txt", "a").stream("s", "named").short_name("A~1.TXT");
  builder.file("\\d\\b", fixture::NtfsData{.bytes = fixture::ByteVector(9000, std::byte{1}),
                                           .in_extension = true});
  builder.file("\\d\\c", fixture::NtfsData{.bytes = fixture::ByteVector(70'000, std::byte{2}),
                                           .storage = fixture::NtfsStorage::compressed});
  builder.file("\\w").wof(fixture::WofAlgorithm::xpress4k, fixture::ByteVector(9000, std::byte{3}));
  builder.file("\\list", "l").non_resident_list();
  builder.file("\\gone", "g").deleted();
  return builder.build_mapped();
}

const Base& base() {
  static const Base made = [] {
    Base result{build_volume(), {}};
    for (const BuiltNtfs::Record& record : result.volume.records) {
      result.places.push_back({record.offset, PlaceKind::record});
      for (const std::size_t block : record.index_blocks) {
        const bool is_block = result.volume.bytes[block] == std::byte{'I'};
        result.places.push_back({block, is_block ? PlaceKind::index_block : PlaceKind::stream});
      }
    }
    return result;
  }();
  return made;
}

struct Change {
  Place place;
  std::size_t offset = 0;
  std::byte value = {};

  /// The offset or the count of the update sequence array.
  bool is_of_fixups() const { return place.kind != PlaceKind::stream && offset >= 4 && offset < 8; }
};

std::vector<Change> parse_changes(std::span<const std::uint8_t> data) {
  constexpr std::size_t change_size = 4;
  std::vector<Change> changes;
  for (; data.size() >= change_size; data = data.subspan(change_size)) {
    Change change;
    change.place = base().places[data[0] % base().places.size()];
    const std::size_t size =
        change.place.kind == PlaceKind::record ? base().volume.record_size : 4096;
    change.offset = (data[1] | static_cast<std::size_t>(data[2]) << 8) % size;
    change.value = static_cast<std::byte>(data[3]);
    changes.push_back(change);
  }
  return changes;
}

void apply(BuiltNtfs& volume, const Change& change) {
  const auto edit = [&](std::span<std::byte> bytes) { bytes[change.offset] = change.value; };
  if (change.place.kind == PlaceKind::stream || change.is_of_fixups()) {
    volume.bytes[change.place.offset + change.offset] = change.value;
  } else if (change.place.kind == PlaceKind::index_block) {
    volume.edit_index_block(change.place.offset, edit);
  } else {
    volume.edit_record(change.place.offset, edit);
  }
}

void read_node(const FileSystem& volume, NodeId node) {
  std::vector<std::byte> piece(5000);
  (void)volume.stat(node);
  (void)volume.reparse_data(node);
  (void)volume.security_descriptor(node);
  (void)volume.lookup(node, u"a~1.txt");
  const auto streams = volume.streams(node);
  if (!streams) {
    return;
  }
  for (const StreamInfo& stream : *streams) {
    const auto source = volume.open(node, stream.name);
    if (source) {
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), (*source)->size()));
      (void)(*source)->read(0, MutableBytes(piece).first(count));
      (void)(*source)->read((*source)->size() - count, MutableBytes(piece).first(count));
    }
  }
}

void exercise(const FileSystemPtr& volume) {
  (void)volume->info();
  TreeWalker walker(volume);
  for (int step = 0; step < budget; ++step) {
    const auto entry = walker.next();
    if (entry && !*entry) {
      break;
    }
    if (entry) {
      read_node(*volume, (*entry)->entry.node);
    }
  }
  auto scan = volume->scan({.deleted = true});
  for (int step = 0; scan && step < budget; ++step) {
    const auto entry = (*scan)->next();
    if (entry && !*entry) {
      break;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BuiltNtfs volume = base().volume;
  const std::vector<Change> changes = parse_changes(std::span(data, size));
  for (const bool of_fixups : {false, true}) {
    for (const Change& change : changes) {
      if (change.is_of_fixups() == of_fixups) {
        apply(volume, change);
      }
    }
  }
  if (const auto opened = open_ntfs(make_memory_source(std::move(volume.bytes), "fuzz"))) {
    exercise(*opened);
  }
  return 0;
}
