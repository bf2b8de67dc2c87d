// SPDX-License-Identifier: Apache-2.0
// Changes to small UDF volumes: open, walk and read everything.
//
// The first byte of an input chooses the volume. What follows is a list of changes, each 5 bytes: a
// block that holds a descriptor (1), an offset in it (2) and the new two bytes (2). Checksums are
// made right again, so that damage reaches the parsers; changes with the top bit of the offset set
// come last and leave them wrong.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "fixtures/build/iso/udf_builder.h"
#include "tests/fuzz/volume_walk.h"
#include "vfs/source/memory_source.h"
#include "vfs/udf/open_udf.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program

struct Base {
  fixture::BuiltUdf volume;
  std::size_t block = 0;
  std::vector<std::size_t> descriptors;
};

fixture::BuiltUdf build_volume(const fixture::UdfOptions& options) {
  fixture::UdfBuilder builder(options);
  builder.add_file("dir/file", fixture::ByteVector(3000, std::byte{1}), {.piece_blocks = 1});
  builder.add_file("in", "entry", {.allocation = fixture::UdfAllocation::in_entry});
  builder.add_file("Wide – 漢字", "x", {.created = {2024, 1, 1}, .hidden = true});
  builder.add_file("ext", "x", {.allocation = fixture::UdfAllocation::extended});
  if (options.extended_entries) {
    builder.add_file("s", "s", {.streams = {{u"stream", fixture::ascii_bytes("bytes")}}});
  }
  return builder.build();
}

const std::vector<Base>& bases() {
  static const std::vector<Base> made = [] {
    const std::vector<fixture::UdfOptions> options{
        {.block_size = 512, .max_descriptors = 2},
        {.revision = 0x0250,
         .block_size = 512,
         .extended_entries = true,
         .metadata_partition = true},
        {.revision = 0x0200, .block_size = 1024, .virtual_partition = true},
        {.revision = 0x0150, .block_size = 1024, .packet_length = 4, .replaced_packets = {0}},
        {.block_size = 512, .directories_in_entry = true, .chained_entries = true}};
    std::vector<Base> result;
    for (const fixture::UdfOptions& each : options) {
      Base base{build_volume(each), each.block_size, {}};
      for (std::size_t at = 0; at + each.block_size <= base.volume.bytes.size();
           at += each.block_size) {
        const std::uint16_t version = fixture::get_u16(base.volume.bytes, at + 2);
        if (fixture::get_u16(base.volume.bytes, at) <= 266 && (version == 2 || version == 3)) {
          base.descriptors.push_back(at);
        }
      }
      // Identifiers behind the first one of a block have tags of their own.
      for (const fixture::UdfPlace& place : base.volume.places) {
        base.descriptors.push_back(place.identifier != 0 ? place.identifier : place.entry);
      }
      result.push_back(std::move(base));
    }
    return result;
  }();
  return made;
}

void apply(const Base& base, std::vector<std::byte>& bytes, std::span<const std::uint8_t> change) {
  const std::size_t place = base.descriptors[change[0] % base.descriptors.size()];
  const std::size_t left = std::min(base.block, bytes.size() - place) - 1;
  const std::size_t offset = (change[1] | static_cast<std::size_t>(change[2] & 0x7F) << 8) % left;
  bytes[place + offset] = static_cast<std::byte>(change[3]);
  bytes[place + offset + 1] = static_cast<std::byte>(change[4]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t change_size = 5;
  if (size == 0) {
    return 0;
  }
  const Base& base = bases()[data[0] % bases().size()];
  fixture::BuiltUdf volume = base.volume;
  for (const bool unchecked : {false, true}) {
    auto rest = std::span(data, size).subspan(1);
    for (; rest.size() >= change_size; rest = rest.subspan(change_size)) {
      if (((rest[2] & 0x80) != 0) != unchecked) {
        continue;
      }
      apply(base, volume.bytes, rest.first(change_size));
      const std::size_t place = base.descriptors[rest[0] % base.descriptors.size()];
      const std::size_t covered = fixture::get_u16(volume.bytes, place + 10);
      if (!unchecked && covered <= volume.bytes.size() - place - 16) {
        volume.fix_tag(place);
      }
    }
  }
  const SourcePtr source = make_memory_source(std::move(volume.bytes), "fuzz");
  (void)probe_udf(*source);
  if (const auto opened = open_udf(source)) {
    fuzz::walk_volume(*opened);
    const auto entry = (*opened)->lookup((*opened)->root(), u"S");
    if (entry && *entry) {
      (void)(*opened)->streams((*entry)->node);
      (void)(*opened)->open((*entry)->node, u"STREAM");
    }
  }
  return 0;
}
