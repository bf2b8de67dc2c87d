// SPDX-License-Identifier: Apache-2.0
// The sections that are about the medium as a whole.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "vfs/container/ewf/collector.h"
#include "vfs/container/ewf/ewf_layout.h"

namespace casement {
namespace {

/// Compressed; see EwfCase for what is taken of it.
constexpr std::uint64_t max_header_size = std::uint64_t{1} << 20;
/// Ranges of sectors, or of chunks, that a finding names.
constexpr std::size_t max_named_ranges = 8;

/// "10-17, 64, ...".
std::string range_text(std::uint64_t first, std::uint64_t count) {
  return count <= 1 ? fmt::format("{}", first) : fmt::format("{}-{}", first, first + (count - 1));
}

std::string list_text(const std::vector<std::string>& named, std::size_t all) {
  return fmt::format("{}{}", fmt::join(named, ", "), named.size() < all ? ", ..." : "");
}

}  // namespace

void EwfCollector::take_volume(const Place& place, const EwfSection& section) {
  const auto body = read_body(place.segment, section, sizeof(ewf_layout::Volume));
  if (!body) {
    add_damage(place, section, body.error());
    return;
  }
  auto geometry = EwfGeometry::parse(*body);
  if (!geometry) {
    if (!geometry_error_) {
      geometry_error_ = Error(geometry.error()).context(place.name);
    }
    add_damage(place, section, geometry.error());
    return;
  }
  if (!geometry->checksum_is_right) {
    add_damage(place, section, Error(Status::corrupt, "the checksum is wrong"));
    if (!unchecked_geometry_) {
      unchecked_geometry_ = *geometry;
    }
  } else if (geometry_) {
    compare_volume(place, *geometry);
  } else {
    geometry_ = *geometry;
  }
}

void EwfCollector::compare_volume(const Place& place, const EwfGeometry& other) {
  constexpr std::array<std::byte, 16> none{};
  const bool other_set =
      geometry_->set_id != none && other.set_id != none && geometry_->set_id != other.set_id;
  if (other_set || other.chunk_size != geometry_->chunk_size) {
    findings_.add(
        Severity::error, "ewf-mixed",
        fmt::format("{} is of another image than the segments before it: {}", place.name,
                    other_set ? "another acquisition's identifier" : "chunks of another size"));
  }
}

void EwfCollector::take_case(const Place& place, const EwfSection& section) {
  // Each is there twice, and header2 is better: it has all characters, and times with a zone.
  const bool is_utf16 = section.type == "header2";
  if (case_ && (case_is_utf16_ || !is_utf16)) {
    return;
  }
  const auto body = read_body(place.segment, section, max_header_size);
  if (!body) {
    add_damage(place, section, body.error());
    return;
  }
  auto parsed = EwfCase::parse(*body, is_utf16);
  if (!parsed) {
    add_damage(place, section, parsed.error());
    return;
  }
  case_ = *std::move(parsed);
  case_is_utf16_ = is_utf16;
}

void EwfCollector::take_digests(const Place& place, const EwfSection& section) {
  const auto body = read_body(place.segment, section, sizeof(ewf_layout::Digest));
  if (!body) {
    add_damage(place, section, body.error());
    return;
  }
  const auto parsed =
      section.type == "hash" ? EwfDigests::parse_hash(*body) : EwfDigests::parse_digest(*body);
  if (!parsed) {
    add_damage(place, section, parsed.error());
    return;
  }
  if (digests_.md5.empty()) {
    digests_.md5 = parsed->md5;
  }
  if (digests_.sha1.empty()) {
    digests_.sha1 = parsed->sha1;
  }
}

void EwfCollector::take_bad_sectors(const Place& place, const EwfSection& section) {
  const auto body = read_body(place.segment, section, limits_.max_table_size);
  if (!body) {
    add_damage(place, section, body.error());
    return;
  }
  const auto ranges = parse_bad_sectors(*body);
  if (!ranges) {
    add_damage(place, section, ranges.error());
    return;
  }
  std::uint64_t sectors = 0;
  std::vector<std::string> named;
  for (const EwfBadSectors& range : *ranges) {
    sectors += range.count;
    if (named.size() < max_named_ranges) {
      named.push_back(range_text(range.first, range.count));
    }
  }
  if (!ranges->empty()) {
    findings_.add(Severity::warning, "ewf-bad-sectors",
                  fmt::format("{} sectors could not be read when the image was taken, and are "
                              "zeros in it: {}",
                              sectors, list_text(named, ranges->size())));
  }
}

void EwfCollector::report_chunks(const EwfContents& contents) {
  const EwfGeometry& geometry = contents.geometry;
  const std::uint64_t chunk_count = geometry.chunk_count();
  if (geometry.stored_chunk_count != chunk_count) {
    findings_.add(Severity::warning, "ewf-geometry",
                  fmt::format("the volume section has {} chunks, but a medium of 0x{:x} bytes in "
                              "chunks of 0x{:x} has {}",
                              geometry.stored_chunk_count, geometry.media_size, geometry.chunk_size,
                              chunk_count));
  }
  if (contents.index.size() > chunk_count) {
    findings_.add(
        Severity::warning, "ewf-geometry",
        fmt::format("the tables have {} chunks, the medium has {}: the others are left out",
                    contents.index.size(), chunk_count));
  }
  const auto holes = contents.index.holes(chunk_count);
  if (!holes.empty()) {
    std::vector<std::string> named;
    for (const ChunkIndex::Hole& hole :
         std::span(holes).first(std::min(holes.size(), max_named_ranges))) {
      named.push_back(range_text(hole.first, hole.count));
    }
    const bool is_last = holes.back().first + holes.back().count == chunk_count;
    findings_.add(
        Severity::error, "ewf-chunks",
        fmt::format("chunks {} of {} cannot be read: {}{}", list_text(named, holes.size()),
                    chunk_count,
                    contents.losses.empty() ? "no table has them" : contents.losses.front().reason,
                    is_last ? "" : "; those behind are counted from the end"));
  }
}

}  // namespace casement
