// SPDX-License-Identifier: Apache-2.0
// Reading transaction logs of both formats.
#include "engine/hive/log_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/hive/hive_layout.h"
#include "engine/hive/marvin32.h"

namespace casement {
namespace {

using hive_layout::LogEntry;
using hive_layout::LogPage;

constexpr std::uint64_t sector = 512;

/// `length` bytes of the log at `offset`. Checked before anything is allocated.
Result<std::unique_ptr<std::byte[]>> read_bytes(const ByteSource& log, std::uint64_t offset,
                                                std::uint64_t length) {
  if (!in_range(log.size(), offset, length)) {
    return fail(Status::truncated, fmt::format("0x{:x} bytes at 0x{:x}, but the log ends at 0x{:x}",
                                               length, offset, log.size()));
  }
  auto bytes = std::make_unique_for_overwrite<std::byte[]>(length);
  CASEMENT_TRY(log.read(offset, {bytes.get(), length}));
  return bytes;
}

/// The pages of one entry, or why they cannot be had.
Result<std::vector<DirtyPage>> parse_pages(Bytes entry, const LogEntry& header) {
  Cursor cursor(entry.subspan(sizeof(LogEntry)), sizeof(LogEntry));
  const std::uint32_t count = header.page_count.value();
  const Bytes references = cursor.bytes(std::uint64_t{count} * sizeof(LogPage));
  CASEMENT_TRY(cursor.finish("dirty page references"));
  std::vector<DirtyPage> pages;
  pages.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto page = CASEMENT_TRY(
        load<LogPage>(references, std::uint64_t{i} * sizeof(LogPage), "dirty page reference"));
    const std::uint32_t offset = page.offset.value();
    const std::uint32_t size = page.size.value();
    if (!in_range(header.bins_size.value(), offset, size)) {
      return fail(
          Status::corrupt,
          fmt::format("dirty page {}: 0x{:x} bytes at 0x{:x}, past the bins of 0x{:x} bytes", i,
                      size, offset, header.bins_size.value()));
    }
    pages.push_back({offset, cursor.bytes(size)});
    CASEMENT_TRY(cursor.finish("dirty page"));
  }
  return pages;
}

/// The header of the entry at `offset`; its own hash is checked, so its sizes can be believed.
Result<LogEntry> read_entry_header(const ByteSource& log, std::uint64_t offset) {
  std::array<std::byte, sizeof(LogEntry)> raw{};
  CASEMENT_TRY(log.read(offset, raw));
  const auto header = CASEMENT_TRY(load<LogEntry>(raw, 0, "log entry"));
  if (std::string_view(header.signature.data(), 4) != "HvLE") {
    return fail(Status::bad_format, "no signature \"HvLE\"");
  }
  if (registry_log_hash(Bytes(raw).first(32)) != header.hash2.value()) {
    return fail(Status::corrupt, "the hash of its header is wrong");
  }
  return header;
}

/// One entry at `offset`; `expected_sequence` is what the chain asks for.
Result<LogTransaction> read_entry(const ByteSource& log, std::uint64_t offset,
                                  const LogEntry& header, std::uint32_t expected_sequence,
                                  std::uint64_t max_bins_size) {
  const std::uint32_t size = header.size.value();
  if (size < sizeof(LogEntry) || size % sector != 0) {
    return fail(Status::corrupt, fmt::format("size 0x{:x}, expected a multiple of 512", size));
  }
  if (header.sequence.value() != expected_sequence) {
    return fail(Status::corrupt, fmt::format("sequence {}, expected {}", header.sequence.value(),
                                             expected_sequence));
  }
  const std::uint32_t bins_size = header.bins_size.value();
  if (bins_size == 0 || bins_size % hive_layout::page_size != 0 || bins_size > max_bins_size) {
    return fail(Status::corrupt,
                fmt::format("0x{:x} bytes of bins, expected a multiple of 4096, at most 0x{:x}",
                            bins_size, max_bins_size));
  }
  LogTransaction transaction;
  transaction.bytes = CASEMENT_TRY(read_bytes(log, offset, size));
  const Bytes entry(transaction.bytes.get(), size);
  if (registry_log_hash(entry.subspan(sizeof(LogEntry))) != header.hash1.value()) {
    return fail(Status::corrupt, "the hash of its pages is wrong");
  }
  transaction.sequence = expected_sequence;
  transaction.bins_size = bins_size;
  transaction.pages = CASEMENT_TRY(parse_pages(entry, header));
  return transaction;
}

void read_new_format(LogFile& log, const ByteSource& source, std::uint64_t max_bins_size) {
  std::uint64_t offset = hive_layout::base_block_head;
  std::uint32_t sequence = log.base.primary_sequence;
  while (in_range(source.size(), offset, sizeof(LogEntry))) {
    const Result<LogEntry> header = read_entry_header(source, offset);
    if (!header && header.error().status() == Status::bad_format) {
      return;  // what follows was never an entry
    }
    if (header && sequence_precedes(header->sequence.value(), sequence)) {
      return;  // left over from an earlier round through the file
    }
    Result<LogTransaction> entry =
        header ? read_entry(source, offset, *header, sequence, max_bins_size)
               : std::unexpected(header.error());
    if (!entry) {
      log.stopped = fmt::format("entry at 0x{:x}: {}", offset, entry.error().message());
      return;
    }
    offset += header->size.value();
    ++sequence;
    log.transactions.push_back(std::move(entry).take());
  }
}

Result<void> read_old_format(LogFile& log, const ByteSource& source, std::uint64_t max_bins_size) {
  const std::uint64_t alignment = sector * log.base.clustering_factor;
  const std::uint64_t page_count = log.base.bins_size / hive_layout::old_log_page;
  const std::uint64_t vector_size = 4 + (page_count + 7) / 8;
  const auto vector = CASEMENT_TRY(read_bytes(source, alignment, vector_size).with_context([] {
    return std::string("dirty vector");
  }));
  const Bytes dirty(vector.get(), vector_size);
  if (!std::ranges::equal(dirty.first(4), std::as_bytes(std::span("DIRT", 4)))) {
    return fail(Status::corrupt,
                fmt::format("dirty vector at 0x{:x}: no signature \"DIRT\"", alignment));
  }
  if (log.base.bins_size > max_bins_size) {
    return fail(Status::corrupt, fmt::format("0x{:x} bytes of bins, expected at most 0x{:x}",
                                             log.base.bins_size, max_bins_size));
  }
  LogTransaction transaction;
  transaction.sequence = log.base.primary_sequence;
  transaction.bins_size = log.base.bins_size;
  for (std::uint64_t page = 0; page < page_count; ++page) {
    if ((std::to_integer<unsigned>(dirty[4 + page / 8]) >> (page % 8) & 1U) != 0) {
      transaction.pages.push_back(
          {static_cast<std::uint32_t>(page * hive_layout::old_log_page), {}});
    }
  }
  const std::uint64_t first_page =
      (alignment + vector_size + alignment - 1) / alignment * alignment;
  const std::uint64_t length = transaction.pages.size() * hive_layout::old_log_page;
  transaction.bytes = CASEMENT_TRY(read_bytes(source, first_page, length).with_context([] {
    return std::string("dirty pages");
  }));
  Cursor cursor(Bytes(transaction.bytes.get(), length), first_page);
  for (DirtyPage& page : transaction.pages) {
    page.bytes = cursor.bytes(hive_layout::old_log_page);
  }
  log.transactions.push_back(std::move(transaction));
  return {};
}

}  // namespace

Result<LogFile> LogFile::read(const ByteSource& source, std::string name,
                              std::uint64_t primary_size) {
  LogFile log;
  log.name = std::move(name);
  log.base = CASEMENT_TRY(BaseBlock::read(source));
  if (log.base.kind == HiveFileKind::primary) {
    return fail(Status::bad_format, "its base block is that of a hive, not of a log");
  }
  if (!log.base.checksum_valid) {
    return fail(Status::corrupt, "the checksum of its base block is wrong");
  }
  // Bins beyond the primary file are dirty, so they are in the log: together the two files bound
  // the hive.
  const std::uint64_t max_bins_size = primary_size + source.size();
  if (log.base.kind == HiveFileKind::new_log) {
    log.scheme = LogScheme::new_format;
    read_new_format(log, source, max_bins_size);
    return log;
  }
  log.scheme = LogScheme::old_format;
  if (!log.base.sequences_equal()) {
    return fail(Status::corrupt,
                fmt::format("it was being written: sequence numbers {} and {}",
                            log.base.primary_sequence, log.base.secondary_sequence));
  }
  CASEMENT_TRY(read_old_format(log, source, max_bins_size));
  return log;
}

}  // namespace casement
