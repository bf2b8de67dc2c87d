// SPDX-License-Identifier: Apache-2.0
// The walk over the sections, and the choice between the two copies of each table.
#include "vfs/container/ewf/collector.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/container/ewf/ewf_layout.h"

namespace casement {
namespace {

/// A segment of 2 TiB has about 12,000.
constexpr std::uint32_t max_sections = 65'536;

std::string place_text(const std::string& name, const EwfSection& section) {
  return fmt::format("{}: {} section at 0x{:x}", name, section.type, section.offset);
}

}  // namespace

Result<SegmentEnd> EwfCollector::read_segment(const ByteSource& segment, std::uint32_t index,
                                              const std::string& name) {
  const Place place{segment, index, name};
  sectors_end_.reset();
  std::uint64_t offset = sizeof(ewf_layout::FileHeader);
  for (std::uint32_t count = 0; count < max_sections; ++count) {
    // Sections follow each other: read_section gives none that leads back.
    const auto section = read_section(segment, offset, name, findings_);
    if (!section) {
      settle_table();
      findings_.add("ewf-section", section.error());
      lose(section.error().status(), section.error().message());
      return SegmentEnd::broken;
    }
    if (section->is_last()) {
      settle_table();
      return section->type == "done" ? SegmentEnd::done : SegmentEnd::next;
    }
    CASEMENT_TRY(take_section(place, *section));
    offset = section->next;
  }
  settle_table();
  std::string reason = fmt::format("{}: more than {} sections", name, max_sections);
  findings_.add(Severity::error, "ewf-section", reason);
  lose(Status::limit_exceeded, std::move(reason));
  return SegmentEnd::broken;
}

Result<void> EwfCollector::take_section(const Place& place, const EwfSection& section) {
  const std::string& type = section.type;
  if (type == "table" || type == "table2") {
    return take_table(place, section);
  }
  settle_table();
  if (type == "sectors") {
    sectors_end_ = section.body_offset() + section.body_size;
  } else if (type == "volume" || type == "disk" || type == "data") {
    take_volume(place, section);
  } else if (type == "header" || type == "header2") {
    take_case(place, section);
  } else if (type == "hash" || type == "digest") {
    take_digests(place, section);
  } else if (type == "error2") {
    take_bad_sectors(place, section);
  } else if (type == "incomplete") {
    findings_.add(Severity::warning, "ewf-incomplete",
                  place_text(place.name, section) +
                      ": the program that took the image says that it is not complete");
  }
  return {};
}

Result<void> EwfCollector::take_table(const Place& place, const EwfSection& section) {
  const bool is_copy = section.type == "table2";
  if (is_copy && table_state_ == TableState::taken) {
    table_state_ = TableState::none;  // a copy of what we have
    return {};
  }
  if (!is_copy) {
    settle_table();
  }
  const std::uint64_t data_end = sectors_end_.value_or(section.body_offset() + section.body_size);
  const auto where = [&] { return place_text(place.name, section); };
  ReadTable read = CASEMENT_TRY(read_table(place.segment, section, {place.index, data_end},
                                           limits_.max_table_size - table_bytes_)
                                    .with_context(where));
  if (!read.damage) {
    if (table_state_ == TableState::damaged) {
      findings_.add(Severity::warning, "ewf-table",
                    fmt::format("{}; its copy at 0x{:x} is used", damaged_table_.damage->message(),
                                section.offset));
    }
    add_table(*std::move(read.table));
    damaged_table_ = {};
    table_state_ = is_copy ? TableState::none : TableState::taken;
    return {};
  }
  if (!damaged_table_.table) {
    damaged_table_ = {std::move(read.table), std::move(*read.damage).context(where())};
  }
  table_state_ = TableState::damaged;
  if (is_copy) {
    settle_table();
  }
  return {};
}

void EwfCollector::settle_table() {
  if (table_state_ == TableState::damaged) {
    const Error& damage = *damaged_table_.damage;
    findings_.add(Severity::error, "ewf-table",
                  fmt::format("{}; there is no better copy{}", damage.message(),
                              damaged_table_.table ? ", so it is used" : ""));
    if (damaged_table_.table) {
      damaged_table_.table->distrust_ends();
      add_table(*std::move(damaged_table_.table));
    } else {
      lose(damage.status(), damage.message());
    }
  }
  damaged_table_ = {};
  table_state_ = TableState::none;
}

void EwfCollector::add_table(ChunkTable table) {
  table_bytes_ += table.byte_size();
  tables_.add(std::move(table));
}

void EwfCollector::lose(Status status, std::string reason) {
  tables_.add_gap();
  losses_.push_back({status, std::move(reason)});
}

void EwfCollector::add_damage(const Place& place, const EwfSection& section, const Error& error) {
  findings_.add(Severity::warning, "ewf-section",
                fmt::format("{}: {}", place_text(place.name, section), error.message()));
}

Result<EwfContents> EwfCollector::finish(bool is_complete) && {
  if (!geometry_) {
    geometry_ = unchecked_geometry_;
  }
  if (!geometry_) {
    if (geometry_error_) {
      return std::unexpected(*geometry_error_);
    }
    return fail(Status::corrupt, losses_.empty() ? "no volume section"
                                                 : "no volume section; " + losses_.front().reason);
  }
  EwfContents contents;
  contents.geometry = *geometry_;
  contents.losses = std::move(losses_);
  contents.case_data = std::move(case_).value_or(EwfCase{});
  contents.digests = std::move(digests_);
  const std::uint64_t chunk_count = geometry_->chunk_count();
  // Counting from the end needs an end that is known.
  const bool count_is_sure = is_complete && geometry_->stored_chunk_count == chunk_count;
  contents.index = std::move(tables_).finish(chunk_count, count_is_sure);
  report_chunks(contents);
  return contents;
}

}  // namespace casement
