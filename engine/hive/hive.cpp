// SPDX-License-Identifier: Apache-2.0
// Opening a hive: base block, logs, bins.
#include "engine/hive/hive.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/hive/base_block.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/hive_layout.h"
#include "engine/hive/recovery.h"

namespace casement {
namespace {

using hive_layout::BinHeader;

/// Readable logs of the hive; the others are noted.
std::vector<LogFile> read_logs(const HiveLogs& sources, std::uint64_t primary_size,
                               Diagnostics& findings) {
  const std::pair<const char*, const SourcePtr&> named[] = {
      {"LOG", sources.log}, {"LOG1", sources.log1}, {"LOG2", sources.log2}};
  std::vector<LogFile> logs;
  for (const auto& [name, source] : named) {
    if (source == nullptr || source->size() == 0) {
      continue;
    }
    Result<LogFile> log = LogFile::read(*source, name, primary_size);
    if (log) {
      logs.push_back(std::move(log).take());
    } else {
      findings.add(Severity::note, "hive-log-unreadable",
                   fmt::format("{} is not applied: {}", name, log.error().message()));
    }
  }
  return logs;
}

FileTime first_bin_time(const ByteSource& source) {
  std::array<std::byte, sizeof(BinHeader)> raw{};
  if (!source.read(hive_layout::base_block_size, raw)) {
    return {};
  }
  const auto header = load<BinHeader>(raw, 0, "hive bin");
  return {header->timestamp.value()};
}

void describe_base(HiveState& state, const BaseBlock& base) {
  state.primary_sequence = base.primary_sequence;
  state.secondary_sequence = base.secondary_sequence;
  state.major_version = base.major_version;
  state.minor_version = base.minor_version;
  state.last_written = base.last_written;
  state.stored_name = base.file_name;
  state.written_by_offreg = base.written_by_offreg;
}

void describe_plan(HiveState& state, const RecoveryPlan& plan) {
  state.condition = HiveCondition::recovered;
  state.scheme = plan.scheme;
  for (const LogFile* log : plan.logs) {
    state.logs_used.push_back(log->name);
    if (!log->stopped.empty()) {
      state.diagnostics.add(Severity::warning, "hive-log-cut",
                            fmt::format("{} is applied up to {}", log->name, log->stopped));
    }
  }
  state.entries_applied = static_cast<std::uint32_t>(plan.transactions.size());
  state.first_sequence = plan.transactions.front()->sequence;
  state.last_sequence = plan.transactions.back()->sequence;
  for (const LogTransaction* transaction : plan.transactions) {
    state.pages_applied += transaction->pages.size();
    for (const DirtyPage& page : transaction->pages) {
      state.bytes_applied += page.bytes.size();
    }
  }
}

std::uint64_t bins_stored(const ByteSource& source) {
  return source.size() > hive_layout::base_block_size ? source.size() - hive_layout::base_block_size
                                                      : 0;
}

/// Bytes of bins by their own headers, for a base block that cannot be believed.
std::uint32_t chained_bins_size(const ByteSource& source) {
  const std::uint64_t stored = std::min<std::uint64_t>(bins_stored(source), 0xFFFF'F000);
  std::uint64_t size = 0;
  std::array<std::byte, sizeof(BinHeader)> raw{};
  while (in_range(stored, size, raw.size()) &&
         source.read(hive_layout::base_block_size + size, raw)) {
    const auto header = load<BinHeader>(raw, 0, "hive bin");
    const std::uint32_t bin_size = header->size.value();
    if (std::string_view(header->signature.data(), 4) != "hbin" || header->offset.value() != size ||
        bin_size == 0 || bin_size % hive_layout::page_size != 0 ||
        !in_range(stored, size, bin_size)) {
      break;
    }
    size += bin_size;
  }
  return static_cast<std::uint32_t>(size);
}

/// What the file holds of the `claimed` bytes of bins, which are more.
Result<std::uint32_t> cut_bins(std::uint32_t claimed, const ByteSource& primary,
                               Diagnostics& findings) {
  const std::uint64_t stored = bins_stored(primary);
  if (stored == 0) {
    return fail(Status::truncated,
                fmt::format("hive bins at 0x1000: the base block claims 0x{:x} bytes, the file "
                            "ends at 0x{:x}",
                            claimed, primary.size()));
  }
  findings.add(Severity::warning, "hive-truncated",
               fmt::format("the base block claims 0x{:x} bytes of bins, the file holds 0x{:x}",
                           claimed, stored));
  return static_cast<std::uint32_t>(stored);
}

Result<void> overlay_pages(const RecoveryPlan& plan, std::uint32_t bins_size, HiveImage& image) {
  for (const LogTransaction* transaction : plan.transactions) {
    for (const DirtyPage& page : transaction->pages) {
      if (in_range(bins_size, page.bins_offset, page.bytes.size())) {
        CASEMENT_TRY(image.overlay(page.bins_offset, page.bytes));
      }  // else: a later transaction cut the hive
    }
  }
  return {};
}

}  // namespace

Hive::Hive(std::unique_ptr<HiveImage> image, const Limits& limits)
    : image_(std::move(image)), limits_(limits) {}

Hive::~Hive() = default;

Result<std::shared_ptr<const Hive>> Hive::open(SourcePtr primary, const HiveLogs& logs,
                                               const Limits& limits) {
  const std::string name = primary->describe();
  return open_unnamed(std::move(primary), logs, limits).with_context([&name] {
    return fmt::format("hive {}", name);
  });
}

Result<std::shared_ptr<const Hive>> Hive::open_unnamed(SourcePtr primary, const HiveLogs& logs,
                                                       const Limits& limits) {
  HiveState state;
  PrimaryFacts facts;
  Result<BaseBlock> read = BaseBlock::read(*primary);
  if (read && read->kind != HiveFileKind::primary) {
    return fail(Status::unsupported,
                "base block at 0x1c: this is a transaction log; open the hive "
                "that it belongs to");
  }
  if (read) {
    facts.base = *read;
    facts.base_valid = read->checksum_valid;
    describe_base(state, *read);
  }
  state.base_block_valid = facts.base_valid;

  std::vector<LogFile> log_files;
  RecoveryPlan plan;
  if (!facts.base_valid || !facts.base->sequences_equal()) {
    state.condition = HiveCondition::dirty;
    facts.first_bin_time = first_bin_time(*primary);
    log_files = read_logs(logs, primary->size(), state.diagnostics);
    plan = plan_recovery(facts, log_files, state.diagnostics);
  }
  if (!read && plan.base_from == nullptr) {
    return std::unexpected(std::move(read).error());
  }

  BaseBlock base = plan.base_from != nullptr ? plan.base_from->base : *facts.base;
  if (!plan.transactions.empty()) {
    if (plan.base_from != nullptr) {
      describe_base(state, base);
    }
    describe_plan(state, plan);
    base.bins_size = plan.transactions.back()->bins_size;
  } else if (!facts.base_valid) {
    state.diagnostics.add(Severity::warning, "hive-base-block-damaged",
                          "the checksum of the base block is wrong and no log replaces it");
    base.bins_size = std::max(base.bins_size, chained_bins_size(*primary));
  }

  const std::uint64_t stored = bins_stored(*primary);
  if (plan.transactions.empty() && base.bins_size > stored) {
    base.bins_size = CASEMENT_TRY(cut_bins(base.bins_size, *primary, state.diagnostics));
  }
  state.bins_size = base.bins_size;
  auto image = std::make_unique<HiveImage>(
      std::move(primary), base.bins_size,
      static_cast<std::uint32_t>(std::min<std::uint64_t>(base.bins_size, stored)));
  CASEMENT_TRY(overlay_pages(plan, base.bins_size, *image));
  std::shared_ptr<Hive> hive(new Hive(std::move(image), limits));
  hive->state_ = std::move(state);
  hive->root_cell_ = base.root_cell;
  return std::shared_ptr<const Hive>(std::move(hive));
}

std::string Hive::describe() const {
  return image_->source().describe();
}

Result<Key> Hive::root() const {
  return key_at(root_cell_).with_context([] { return std::string("root key"); });
}

Result<std::optional<Key>> Hive::find(std::u16string_view path) const {
  const Key top = CASEMENT_TRY(root());
  return top.find(path);
}

void Hive::check_bins(Diagnostics& findings) const {
  std::uint32_t offset = 0;
  while (offset < image_->bins_size()) {
    const auto raw = image_->range(offset, sizeof(BinHeader), "hive bin");
    if (!raw) {
      findings.add("hive-bin-damaged", raw.error());
      return;
    }
    const auto header = load<BinHeader>(*raw, 0, "hive bin");
    const std::uint32_t size = header->size.value();
    const bool sound = std::string_view(header->signature.data(), 4) == "hbin" &&
                       header->offset.value() == offset && size != 0 &&
                       size % hive_layout::page_size == 0 &&
                       in_range(image_->bins_size(), offset, size);
    if (!sound) {
      findings.add(
          Severity::warning, "hive-bin-damaged",
          fmt::format("hive bin at 0x{:x}: signature, offset 0x{:x} or size 0x{:x} is "
                      "wrong; expected \"hbin\", 0x{:x} and a multiple of 4096",
                      HiveImage::file_offset(offset), header->offset.value(), size, offset));
    }
    // Bins begin at pages: go on at the next one that may be sound.
    offset += sound ? size : hive_layout::page_size;
    if (offset < hive_layout::page_size) {
      return;  // wrapped: the last bin ended at 4 GiB
    }
  }
}

}  // namespace casement
