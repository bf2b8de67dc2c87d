// SPDX-License-Identifier: Apache-2.0
// Chooses between the two tables by their checksums: the entries' own says most.
#include "vfs/volume/gpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/core/crc32.h"
#include "vfs/core/utf16.h"
#include "vfs/core/zero_fill.h"
#include "vfs/volume/gpt_header.h"
#include "vfs/volume/gpt_layout.h"

namespace casement {
namespace {

/// One of the two tables, as far as it can be read.
struct Copy {
  GptHeader header;
  std::uint32_t sector_size = 0;
  std::uint64_t lba = 0;           // where it was found
  std::vector<std::byte> entries;  // whole ones
  bool header_good = false;
  bool entries_good = false;
  std::string problems;  // empty: none

  int rank() const { return (entries_good ? 2 : 0) + (header_good ? 1 : 0); }
  bool good() const { return header_good && entries_good; }
  void add_problem(const std::string& text) { problems += problems.empty() ? text : ", " + text; }
};

std::u16string entry_name(Bytes raw) {
  // VMware ESX leaves the field filled with FF.
  if (std::all_of(raw.begin(), raw.end(), [](std::byte b) { return b == std::byte{0xFF}; })) {
    return {};
  }
  std::u16string name = from_utf16le(raw);
  name.resize(std::min(name.find(u'\0'), name.size()));
  return name;
}

class GptReader {
 public:
  GptReader(const ByteSource& disk, const GptQuery& query, const Limits& limits,
            Diagnostics& diagnostics)
      : disk_(disk), query_(query), limits_(limits), diagnostics_(diagnostics) {}

  std::optional<GptTable> read();

 private:
  std::optional<Copy> copy_at(std::uint32_t sector_size, std::uint64_t lba);
  void read_entries(Copy& copy);
  std::optional<Copy> primary();
  std::optional<Copy> backup(const std::optional<Copy>& primary);
  std::optional<Copy> choose(std::optional<Copy> primary, std::optional<Copy> backup);
  void compare(const Copy& primary, const std::optional<Copy>& backup);
  GptTable table_of(const Copy& copy);

  const ByteSource& disk_;
  const GptQuery& query_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  bool signature_seen_ = false;
};

/// A header with the signature, and its entries. Damage beyond use is a finding.
std::optional<Copy> GptReader::copy_at(std::uint32_t sector_size, std::uint64_t lba) {
  const auto offset = checked_mul(lba, sector_size);
  if (!offset || !in_range(disk_.size(), *offset, sector_size)) {
    return std::nullopt;
  }
  std::vector<std::byte> sector(sector_size);
  if (const auto done = disk_.read(*offset, sector); !done) {
    diagnostics_.add("gpt-unreadable",
                     Error(done.error()).context(fmt::format("GPT header in sector {}", lba)));
    return std::nullopt;
  }
  const auto header = parse_gpt_header(sector);
  if (!header) {
    if (header.error().status() != Status::bad_format) {
      signature_seen_ = true;
      diagnostics_.add("gpt-unreadable",
                       Error(header.error()).context(fmt::format("GPT header in sector {}", lba)));
    }
    return std::nullopt;
  }
  signature_seen_ = true;
  Copy copy;
  copy.header = *header;
  copy.sector_size = sector_size;
  copy.lba = lba;
  copy.header_good = header->checksum_good && header->lba == lba;
  if (!header->checksum_good) {
    copy.add_problem("wrong checksum of the header");
  }
  if (header->lba != lba) {
    copy.add_problem(fmt::format("the header says that it lies in sector {}", header->lba));
  }
  read_entries(copy);
  return copy;
}

void GptReader::read_entries(Copy& copy) {
  const GptHeader& header = copy.header;
  const std::uint64_t entry_size = header.entry_size;
  const std::uint64_t most =
      std::min<std::uint64_t>(limits_.max_partitions, limits_.max_table_size / entry_size);
  std::uint64_t count = std::min<std::uint64_t>(header.entry_count, most);
  const auto offset = checked_mul(header.entries_lba, copy.sector_size);
  if (!offset || *offset >= disk_.size()) {
    copy.add_problem(fmt::format("its entries in sector {} are outside", header.entries_lba));
    return;
  }
  const std::uint64_t present = (disk_.size() - *offset) / entry_size;
  if (present < count) {
    count = present;
    copy.add_problem(fmt::format("only {} of {} entries are there", count, header.entry_count));
  } else if (count < header.entry_count) {
    copy.add_problem(fmt::format("only {} of {} entries are read", count, header.entry_count));
  }
  copy.entries.resize(count * entry_size);
  if (const auto done = disk_.read(*offset, copy.entries); !done) {
    copy.entries.clear();
    copy.add_problem("its entries cannot be read: " + done.error().message());
    return;
  }
  if (count == header.entry_count) {
    copy.entries_good = crc32(copy.entries) == header.entries_crc;
    if (!copy.entries_good) {
      copy.add_problem("wrong checksum of the entries");
    }
  }
}

std::optional<Copy> GptReader::primary() {
  std::optional<Copy> best;
  for (const std::uint32_t sector_size : query_.sector_sizes) {
    auto copy = copy_at(sector_size, 1);
    if (copy && (!best || copy->rank() > best->rank())) {
      best = std::move(copy);
    }
  }
  return best;
}

std::optional<Copy> GptReader::backup(const std::optional<Copy>& primary) {
  if (!primary && !query_.trust_backup && !signature_seen_) {
    return std::nullopt;
  }
  std::optional<Copy> best;
  const auto consider = [&](std::uint32_t sector_size, std::uint64_t lba) {
    if (lba <= 1 || (best && best->good())) {
      return;
    }
    auto copy = copy_at(sector_size, lba);
    if (copy && (!best || copy->rank() > best->rank())) {
      best = std::move(copy);
    }
  };
  std::vector<std::uint32_t> sizes(query_.sector_sizes.begin(), query_.sector_sizes.end());
  if (primary) {
    sizes = {primary->sector_size};
    consider(primary->sector_size, primary->header.alternate_lba);
  }
  for (const std::uint32_t sector_size : sizes) {
    const std::uint64_t sectors = disk_.size() / sector_size;
    consider(sector_size, sectors == 0 ? 0 : sectors - 1);
    consider(sector_size, query_.last_sector.value_or(0));
  }
  return best;
}

/// Findings about the backup of a good primary table.
void GptReader::compare(const Copy& primary, const std::optional<Copy>& backup) {
  const std::uint64_t alternate = primary.header.alternate_lba;
  if (!backup) {
    const bool cut = alternate >= disk_.size() / primary.sector_size;
    diagnostics_.add(cut ? Severity::note : Severity::warning, "gpt-backup-missing",
                     fmt::format("GPT: no backup table in sector {}{}", alternate,
                                 cut ? ": the image ends before it" : ""));
  } else if (!backup->good()) {
    diagnostics_.add(
        Severity::warning, "gpt-backup-damaged",
        fmt::format("GPT: backup table in sector {}: {}", backup->lba, backup->problems));
  } else if (backup->header.disk_id != primary.header.disk_id ||
             backup->header.entries_crc != primary.header.entries_crc) {
    diagnostics_.add(Severity::warning, "gpt-backup-differs",
                     fmt::format("GPT: the backup table in sector {} differs from the primary one, "
                                 "which is used",
                                 backup->lba));
  }
}

std::optional<Copy> GptReader::choose(std::optional<Copy> primary, std::optional<Copy> backup) {
  if (primary && primary->good()) {
    compare(*primary, backup);
    return primary;
  }
  if (backup && (!primary || backup->rank() > primary->rank())) {
    diagnostics_.add(Severity::warning, "gpt-primary-damaged",
                     fmt::format("GPT: primary table: {}; the backup in sector {} is used{}",
                                 primary ? primary->problems : "not readable", backup->lba,
                                 backup->good() ? "" : ": " + backup->problems));
    return backup;
  }
  if (primary) {
    diagnostics_.add(
        Severity::error, "gpt-primary-damaged",
        fmt::format("GPT: primary table: {}; used all the same, there is no better one",
                    primary->problems));
  } else if (signature_seen_) {
    diagnostics_.add(Severity::error, "gpt-unreadable", "GPT: neither of the two tables is usable");
  }
  return primary;
}

GptTable GptReader::table_of(const Copy& copy) {
  GptTable table{.sector_size = copy.sector_size, .disk_id = copy.header.disk_id, .entries = {}};
  if (copy.header.entry_count > limits_.max_partitions) {
    diagnostics_.add(Severity::error, "too-many-partitions",
                     fmt::format("GPT: {} entries, the first {} are read", copy.header.entry_count,
                                 limits_.max_partitions));
  }
  const Bytes entries = copy.entries;
  std::uint32_t number = 0;
  for (std::size_t at = 0; at < entries.size(); at += copy.header.entry_size) {
    ++number;
    const auto entry = load<gpt_layout::Entry>(entries, at, "GPT entry");
    if (!entry || is_zero_filled(entry->type)) {
      continue;
    }
    if (entry->last_lba.value() < entry->first_lba.value()) {
      diagnostics_.add(Severity::error, "gpt-entry-invalid",
                       fmt::format("GPT entry {}: ends in sector {}, before it begins in sector {}",
                                   number, entry->last_lba.value(), entry->first_lba.value()));
      continue;
    }
    table.entries.push_back({.number = number,
                             .type = Guid::from_bytes(entry->type),
                             .id = Guid::from_bytes(entry->id),
                             .first_lba = entry->first_lba.value(),
                             .last_lba = entry->last_lba.value(),
                             .attributes = entry->attributes.value(),
                             .name = entry_name(entry->name)});
  }
  return table;
}

std::optional<GptTable> GptReader::read() {
  std::optional<Copy> first = primary();
  std::optional<Copy> second = backup(first);
  const std::optional<Copy> chosen = choose(std::move(first), std::move(second));
  return chosen ? std::optional(table_of(*chosen)) : std::nullopt;
}

}  // namespace

std::optional<GptTable> read_gpt(const ByteSource& disk, const GptQuery& query,
                                 const Limits& limits, Diagnostics& diagnostics) {
  return GptReader(disk, query, limits, diagnostics).read();
}

}  // namespace casement
