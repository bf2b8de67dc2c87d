// SPDX-License-Identifier: Apache-2.0
// Finding the MFT by its own first record.
#include "vfs/ntfs/mft.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/ntfs/attribute_list.h"
#include "vfs/ntfs/extents.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/run_reader.h"

namespace casement::ntfs {
namespace {

/// $MFTMirr holds at least these, and more only where clusters are larger than them.
constexpr std::uint64_t mirrored_records = 4;

}  // namespace

Mft::Mft(SourcePtr volume, const NtfsGeometry& geometry, const Limits& limits,
         UniqueFindings& findings)
    : volume_(std::move(volume)), geometry_(geometry), limits_(limits), findings_(&findings) {}

Result<Mft> Mft::open(SourcePtr volume, const NtfsGeometry& geometry, const Limits& limits,
                      UniqueFindings& findings) {
  Mft mft(std::move(volume), geometry, limits, findings);
  const auto load_from = [&mft](const Result<FileRecord>& first) -> Result<void> {
    return first ? mft.load(*first) : std::unexpected(first.error());
  };
  const auto first = mft.read_at(geometry.mft_lcn, 0);
  auto loaded = load_from(first);
  if (loaded && !first->torn()) {
    return mft;
  }
  const auto mirrored = mft.read_mirror(0);
  if (mirrored && (!loaded || !mirrored->torn()) && mft.load(*mirrored)) {
    findings.add(Severity::error, "mft-mirror-used", 0,
                 loaded ? "MFT record 0: torn write" : loaded.error().message());
    return mft;
  }
  if (!loaded) {
    return std::unexpected(std::move(loaded).error().context("$MFT"));
  }
  findings.add(Severity::error, "record-torn", 0, "MFT record 0: torn write; so is its mirror");
  CASEMENT_TRY(load_from(first));  // once more, as the mirror may have come half of the way
  return mft;
}

Mft Mft::with_findings(UniqueFindings& findings) const {
  Mft mft = *this;
  mft.findings_ = &findings;
  return mft;
}

Result<FileRecord> Mft::read_at(std::uint64_t table_lcn, std::uint64_t number) const {
  std::vector<std::byte> bytes(geometry_.record_size);
  CASEMENT_TRY(
      volume_->read(table_lcn * geometry_.cluster_size + number * geometry_.record_size, bytes));
  return FileRecord::adopt(std::move(bytes), number);
}

Result<FileRecord> Mft::read_mirror(std::uint64_t number) const {
  if (geometry_.mft_mirror_lcn >= geometry_.cluster_count) {
    return fail(Status::corrupt,
                fmt::format("$MFTMirr at cluster 0x{:x}, but the volume has 0x{:x}",
                            geometry_.mft_mirror_lcn, geometry_.cluster_count));
  }
  return read_at(geometry_.mft_mirror_lcn, number);
}

Result<void> Mft::load(const FileRecord& first) {
  const auto attribute = find_attribute(first, ntfs_layout::attribute_type::data, u"");
  if (!attribute || attribute->resident || attribute->non_resident.lowest_vcn != 0) {
    return fail(Status::corrupt, "MFT record 0: no $DATA with clusters, expected those of the MFT");
  }
  const NonResidentPart& data = attribute->non_resident;
  runs_ = RunList();
  auto appended =
      runs_.append(data.packed_runs, 0, data.cluster_count, run_bounds(geometry_, limits_));
  if (!appended) {
    if (runs_.empty()) {
      return std::unexpected(std::move(appended).error().context("MFT record 0: $DATA"));
    }
    findings_->add("extent-missing", 0, std::move(appended).error().context("MFT record 0: $DATA"));
  }
  set_record_count(data);
  load_extents(first);
  cut_record_count();
  return {};
}

/// Windows gives every record of $MFT clusters, so that a hole in it is damage, and may claim
/// records without end.
void Mft::cut_record_count() {
  const auto runs = runs_.runs();
  if (std::ranges::none_of(runs, &Run::sparse)) {
    return;
  }
  std::uint64_t end_vcn = 0;
  for (const Run& run : runs) {
    end_vcn = run.sparse ? end_vcn : run.vcn + run.length;
  }
  const std::uint64_t mapped = end_vcn * geometry_.cluster_size / geometry_.record_size;
  findings_->add(Severity::error, "mft-sparse", 0,
                 fmt::format("$MFT: {} of its {} clusters are holes; it has {} records, the last "
                             "cluster ends at record {}",
                             runs_.end_vcn() - runs_.allocated_clusters(), runs_.end_vcn(),
                             record_count_, mapped));
  record_count_ = std::min(record_count_, mapped);
}

std::vector<MftPart> Mft::mapped_parts() const {
  std::vector<MftPart> parts;
  for (const Run& run : runs_.runs()) {
    const std::uint64_t begin = run.vcn * geometry_.cluster_size;
    const std::uint64_t end = begin + run.length * geometry_.cluster_size;
    // A record of several runs has clusters when one of them has.
    const std::uint64_t first = run.sparse
                                    ? (begin + geometry_.record_size - 1) / geometry_.record_size
                                    : begin / geometry_.record_size;
    const std::uint64_t last =
        run.sparse ? end / geometry_.record_size : (end - 1) / geometry_.record_size + 1;
    MftPart part{.first = std::max(first, parts.empty() ? 0 : parts.back().end),
                 .end = std::min(last, record_count_),
                 .hole = run.sparse};
    if (part.first >= part.end) {
      continue;
    }
    if (!parts.empty() && parts.back().end == part.first && parts.back().hole == part.hole) {
      parts.back().end = part.end;
    } else {
      parts.push_back(part);
    }
  }
  return parts;
}

void Mft::set_record_count(const NonResidentPart& data) {
  // Records past the valid size were never written; a valid size that leaves out even the metadata
  // files is damaged itself.
  const std::uint64_t metadata_size =
      ntfs_layout::metadata_record::first_user * geometry_.record_size;
  std::uint64_t size = data.valid_size >= metadata_size ? data.valid_size : data.data_size;
  if (size > volume_->size()) {
    findings_->add(Severity::error, "mft-size-damaged", 0,
                   fmt::format("$MFT: {} bytes, but the volume has {}", size, volume_->size()));
    size = volume_->size();
  }
  record_count_ = size / geometry_.record_size;
}

void Mft::load_extents(const FileRecord& first) {
  using namespace ntfs_layout;  // NOLINT(google-build-using-namespace): one function
  const auto attribute = find_attribute(first, attribute_type::attribute_list, u"");
  if (!attribute) {
    return;
  }
  auto list = load_attribute_list(*volume_, geometry_, limits_, *attribute);
  if (!list) {
    findings_->add("attribute-list-damaged", 0, std::move(list).error().context("MFT record 0"));
    return;
  }
  if (list->damage) {
    findings_->add("attribute-list-damaged", 0, std::move(*list->damage).context("MFT record 0"));
  }
  std::vector<ExtentPlace> places;
  for (const AttributeListEntry& entry : list->entries) {
    if (entry.type == attribute_type::data && entry.name.empty() && entry.lowest_vcn != 0) {
      places.push_back({.lowest_vcn = entry.lowest_vcn, .record = entry.record});
    }
  }
  std::ranges::sort(places, {}, &ExtentPlace::lowest_vcn);
  append_extents(
      *this,
      {.base = first.reference(), .deleted = false, .type = attribute_type::data, .name = {}},
      places, run_bounds(geometry_, limits_), *findings_, runs_);
}

Result<FileRecord> Mft::read_record(std::uint64_t number) const {
  if (number >= record_count_) {
    return fail(Status::not_found,
                fmt::format("MFT record {}: the MFT has {} records", number, record_count_));
  }
  const auto read_main = [&]() -> Result<FileRecord> {
    std::vector<std::byte> bytes(geometry_.record_size);
    CASEMENT_TRY(read_records(number, 1, bytes));
    return FileRecord::adopt(std::move(bytes), number);
  };
  auto record = read_main();
  if (number < mirrored_records && (!record || record->torn())) {
    auto mirrored = read_mirror(number);
    if (mirrored && !mirrored->torn()) {
      findings_->add(
          Severity::error, "mft-mirror-used", number,
          record ? fmt::format("MFT record {}: torn write", number) : record.error().message());
      return mirrored;
    }
  }
  if (record && record->torn()) {
    findings_->add(Severity::error, "record-torn", number,
                   fmt::format("MFT record {}: its sectors were written at different times; it may "
                               "be inconsistent",
                               number));
  }
  return record;
}

Result<void> Mft::read_records(std::uint64_t first, std::uint64_t count,
                               MutableBytes buffer) const {
  return read_runs(*volume_, geometry_.cluster_size, runs_, first * geometry_.record_size,
                   buffer.first(static_cast<std::size_t>(count * geometry_.record_size)))
      .with_context([&] { return fmt::format("MFT records {} + {}", first, count); });
}

}  // namespace casement::ntfs
