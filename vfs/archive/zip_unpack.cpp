// SPDX-License-Identifier: Apache-2.0
// A member of a zip archive as an archive of its own, which libarchive then unpacks.
//
// libarchive goes through zip archives forwards, and needs a step for each member on the way. With
// the central directory's facts each member can be had by itself.
#include "vfs/archive/zip_unpack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <variant>
#include <vector>

#include "vfs/archive/archive_handle.h"
#include "vfs/archive/content_copy.h"
#include "vfs/archive/member_sink.h"
#include "vfs/archive/partial_source.h"
#include "vfs/archive/unpack_budget.h"
#include "vfs/archive/zip_layout.h"
#include "vfs/source/extent_source.h"
#include "vfs/source/memory_source.h"
#include "vfs/source/slice_source.h"

namespace casement {
namespace {

using namespace zip_layout;  // NOLINT(google-build-using-namespace): the subject of this file

constexpr std::uint32_t in_zip64 = 0xFFFFFFFF;

/// The bytes of a member as they are packed.
struct PackedBytes {
  SourcePtr source;
  bool cut = false;          // the archive ends before they do
  std::uint16_t method = 0;  // as the local header has it
};

Result<PackedBytes> find_packed(const SourcePtr& archive, const ZipMember& place) {
  std::array<std::byte, sizeof(LocalHeader)> raw{};
  CASEMENT_TRY(archive->read(place.local_header, raw).with_context([&] {
    return fmt::format("local header at 0x{:x}", place.local_header);
  }));
  const auto header = CASEMENT_TRY(load<LocalHeader>(raw, 0, "local header"));
  if (header.signature.value() != local_signature) {
    return fail(Status::corrupt, fmt::format("local header at 0x{:x}: signature {:08x}",
                                             place.local_header, header.signature.value()));
  }
  if ((header.flags.value() & flag_encrypted) != 0) {
    return fail(Status::unsupported, "the member is encrypted");
  }
  const std::uint64_t offset = place.local_header + sizeof(LocalHeader) + header.name_size.value() +
                               header.extra_size.value();
  if (offset > archive->size()) {
    return fail(Status::truncated, fmt::format("content at 0x{:x}: the archive has 0x{:x} bytes",
                                               offset, archive->size()));
  }
  const std::uint64_t there = std::min(place.packed_size, archive->size() - offset);
  return PackedBytes{CASEMENT_TRY(make_slice_source(archive, offset, there, "packed")),
                     there < place.packed_size, header.method.value()};
}

template <class T>
void append(std::vector<std::byte>& bytes, const T& value) {
  const auto raw = std::as_bytes(std::span(&value, 1));
  bytes.insert(bytes.end(), raw.begin(), raw.end());
}

/// The local header of an archive with this one member, named "m".
std::vector<std::byte> make_local_header(const ZipMember& place, std::uint64_t size) {
  constexpr std::uint16_t version_zip64 = 45;
  const bool large = size >= in_zip64 || place.packed_size >= in_zip64;
  std::vector<std::byte> extra;
  if (large) {
    append(extra, le16(extra_zip64));
    append(extra, le16(2 * sizeof(std::uint64_t)));
    append(extra, le64(size));
    append(extra, le64(place.packed_size));
  }
  LocalHeader header = {};
  header.signature = local_signature;
  header.version_needed = version_zip64;
  header.method = place.method;
  header.crc = place.crc;
  header.packed_size = large ? in_zip64 : static_cast<std::uint32_t>(place.packed_size);
  header.size = large ? in_zip64 : static_cast<std::uint32_t>(size);
  header.name_size = 1;
  header.extra_size = static_cast<std::uint16_t>(extra.size());
  std::vector<std::byte> bytes;
  append(bytes, header);
  bytes.push_back(std::byte{'m'});
  bytes.insert(bytes.end(), extra.begin(), extra.end());
  return bytes;
}

Result<std::unique_ptr<ArchiveHandle>> open_alone(const SourcePtr& packed, const ZipMember& place,
                                                  std::uint64_t size) {
  SourcePtr header = make_memory_source(make_local_header(place, size), "local header");
  const std::uint64_t header_size = header->size();
  std::vector<SourceExtent> extents;
  extents.push_back({header_size, std::move(header), 0});
  extents.push_back({packed->size(), packed, 0});
  SourcePtr alone = CASEMENT_TRY(make_extent_source(std::move(extents), packed->describe()));
  auto handle = CASEMENT_TRY(ArchiveHandle::open(std::move(alone), {ArchiveFormat::zip, false}));
  const auto entry = CASEMENT_TRY(handle->next());
  if (!entry) {
    return fail(Status::corrupt, "the member has no content");
  }
  return handle;
}

/// A stored member is a range of the archive.
Result<Unpacked> take_stored(const PackedBytes& packed, std::uint64_t size,
                             std::uint64_t packed_size) {
  Unpacked unpacked;
  unpacked.source = packed.source;
  if (packed_size != size) {
    return fail(Status::corrupt,
                fmt::format("a stored member of {} bytes in {} bytes", size, packed_size));
  }
  if (packed.cut) {
    unpacked.source =
        make_partial_source(packed.source, size, Error(Status::truncated, "the archive ends here"));
  }
  return unpacked;
}

}  // namespace

Result<Unpacked> unpack_zip_member(ArchiveState& state, std::uint32_t member,
                                   const std::string& name) {
  const std::uint64_t size = state.members[member].size;
  const auto& place = std::get<ZipMember>(state.members[member].place);
  const PackedBytes packed = CASEMENT_TRY(find_packed(state.source, place));
  if (packed.method != place.method) {
    state.findings.add(Severity::warning, "archive-method", member, [&] {
      return fmt::format(
          "{}: packed by method {} for the directory, by {} for its own header; the "
          "directory was believed",
          name, place.method, packed.method);
    });
  }
  if (place.method == method_stored) {
    return take_stored(packed, size, place.packed_size);
  }
  UnpackBudget budget(state.options, packed.source->size());
  CASEMENT_TRY(budget.spend(size));
  const auto sink = CASEMENT_TRY(MemberSink::open(name, size, state.options));
  const auto handle = CASEMENT_TRY(open_alone(packed.source, place, size));
  const auto damage = CASEMENT_TRY(copy_content(*handle, state.members[member], *sink));
  if (damage && sink->size() == 0 && damage->status() == Status::unsupported) {
    return std::unexpected(*damage);
  }
  if (sink->size() < size) {
    report_damaged_member(state, member, name, sink->size(), damage);
  } else if (sink->crc() != place.crc) {
    state.findings.add(Severity::error, "archive-checksum", member, [&] {
      return fmt::format("{}: the content has the CRC {:08x}, expected {:08x}", name, sink->crc(),
                         place.crc);
    });
  }
  return std::move(*sink).finish(damage);
}

}  // namespace casement
