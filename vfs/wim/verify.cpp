// SPDX-License-Identifier: Apache-2.0
// A verification from the plan to the report.
#include "vfs/wim/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>
#include <tuple>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/wim/opened_wim.h"
#include "vfs/wim/verify_log.h"
#include "vfs/wim/verify_plan.h"
#include "vfs/wim/verify_run.h"
#include "vfs/wim/verify_uses.h"

namespace casement::wim {
namespace {

class Verification {
 public:
  Verification(std::shared_ptr<const OpenedWim> file, const VerifyOptions& options)
      : file_(std::move(file)), options_(options), log_(file_->table(), file_->parts()) {}

  Result<VerifyReport> run() {
    report_.diagnostics = file_->diagnostics();
    const VerifyPlan plan = options_.blobs ? make_verify_plan(*file_, log_) : VerifyPlan();
    report_.blobs = plan.row_count;
    report_.bytes = plan.bytes;
    total_ = plan.bytes;
    const IntegrityTables tables = read_tables();
    const unsigned threads = options_.threads != 0
                                 ? options_.threads
                                 : std::max(1U, std::thread::hardware_concurrency());
    CASEMENT_TRY(run_verify(*file_, plan, tables, threads, log_, [this] { watch(); }));
    list_damage();
    if (options_.blobs && !log_.stopped()) {
      report_.missing_blobs = find_uses(
          *file_, threads, log_, [this] { watch(); }, report_.damaged_blobs, report_.diagnostics);
    }
    watch();
    report_.stopped = log_.stopped();
    return std::move(report_);
  }

 private:
  IntegrityTables read_tables() {
    IntegrityTables tables;
    for (const WimPart& part : file_->parts().parts) {
      auto table = read_integrity_table(part, file_->limits());
      if (!table) {
        report_.diagnostics.add("wim-integrity-table", table.error());
        tables.emplace_back();
        continue;
      }
      if (*table) {
        report_.had_integrity_table = true;
        report_.integrity_chunks += (*table)->digests.size();
        total_ = checked_add(total_, (*table)->end - (*table)->begin)
                     .value_or(std::numeric_limits<std::uint64_t>::max());
      }
      tables.push_back(*std::move(table));
    }
    return tables;
  }

  void watch() {
    if (options_.progress &&
        !options_.progress({.done = std::min(log_.done(), total_), .total = total_})) {
      log_.stop();
    }
  }

  /// Where a row's bytes are, for sorting.
  auto place_of(const RowDamage& damage) const {
    const BlobEntry entry = file_->table().at(damage.row);
    return std::tuple(entry.part, entry.location.offset, damage.row);
  }

  void list_damage() {
    auto& damage = log_.damage();
    std::ranges::sort(damage, {}, [this](const RowDamage& one) { return place_of(one); });
    for (RowDamage& one : damage) {
      const BlobEntry entry = file_->table().at(one.row);
      Error& error = one.error;
      if (entry.is_metadata()) {
        report_.diagnostics.add("wim-metadata-damaged", error);
      } else {
        report_.damaged_blobs.push_back({.expected = entry.hash,
                                         .found = one.found,
                                         .size = entry.plain_size(),
                                         .part = entry.part,
                                         .error = error,
                                         .uses = {},
                                         .use_count = 0});
      }
    }
    if (log_.damage_count() > damage.size()) {
      report_.diagnostics.add(Severity::error, "wim-more-damage",
                              fmt::format("{} damaged blobs, of which {} are told",
                                          log_.damage_count(), damage.size()));
    }
    report_.damaged_chunks = std::move(log_.chunks());
  }

  std::shared_ptr<const OpenedWim> file_;
  const VerifyOptions& options_;
  VerifyLog log_;
  VerifyReport report_;
  std::uint64_t total_ = 0;
};

}  // namespace

bool VerifyReport::good() const noexcept {
  // What was dropped may have been an error.
  return !stopped && damaged_chunks.empty() && damaged_blobs.empty() && missing_blobs.empty() &&
         diagnostics.dropped() == 0 &&
         std::ranges::none_of(diagnostics.items(), [](const Diagnostic& finding) {
           return finding.severity == Severity::error;
         });
}

Result<VerifyReport> verify(const WimFilePtr& file, const VerifyOptions& options) {
  auto opened = std::dynamic_pointer_cast<const OpenedWim>(file);
  if (!opened) {
    return fail(Status::invalid_argument, "verify: not a WIM that WimFile::open() gave");
  }
  return Verification(std::move(opened), options).run();
}

}  // namespace casement::wim
