// SPDX-License-Identifier: Apache-2.0
// The rules by which Windows recovers a hive.
#include "engine/hive/recovery.h"

#include <fmt/format.h>

#include <algorithm>

namespace casement {
namespace {

void leave_out(Diagnostics& findings, const LogFile& log, const std::string& reason) {
  findings.add(Severity::note, "hive-log-unused",
               fmt::format("{} is not applied: {}", log.name, reason));
}

void apply_log(RecoveryPlan& plan, const LogFile& log) {
  plan.scheme = log.scheme;
  plan.logs.push_back(&log);
  for (const LogTransaction& transaction : log.transactions) {
    plan.transactions.push_back(&transaction);
  }
}

/// Does the log begin where the hive stopped being written? A gap before it is legal.
bool is_eligible(const PrimaryFacts& primary, const LogFile& log, Diagnostics& findings) {
  if (log.transactions.empty()) {
    leave_out(findings, log, log.stopped.empty() ? "it holds no entry" : log.stopped);
    return false;
  }
  const std::uint32_t first = log.transactions.front().sequence;
  if (sequence_precedes(first, primary.base->secondary_sequence)) {
    leave_out(findings, log,
              fmt::format("its first sequence {} lies before the hive's {}", first,
                          primary.base->secondary_sequence));
    return false;
  }
  return true;
}

/// Precondition: `logs` are in the new format, one or two.
RecoveryPlan plan_new_format(const PrimaryFacts& primary, std::vector<const LogFile*> logs,
                             Diagnostics& findings) {
  std::ranges::sort(logs, [](const LogFile* a, const LogFile* b) {
    return sequence_precedes(a->base.primary_sequence, b->base.primary_sequence);
  });
  RecoveryPlan plan;
  const LogFile& later = *logs.back();
  if (!primary.base_valid) {
    // Windows takes the base block of the later log and applies that log alone.
    if (logs.size() == 2) {
      leave_out(findings, *logs.front(), "the hive's base block is damaged, so only the later log");
    }
    if (later.transactions.empty()) {
      leave_out(findings, later, later.stopped.empty() ? "it holds no entry" : later.stopped);
      return plan;
    }
    plan.base_from = &later;
    apply_log(plan, later);
    return plan;
  }
  if (logs.size() == 2 && is_eligible(primary, *logs.front(), findings)) {
    apply_log(plan, *logs.front());
    const std::uint32_t expected = plan.transactions.back()->sequence + 1;
    if (later.transactions.empty()) {
      leave_out(findings, later, later.stopped.empty() ? "it holds no entry" : later.stopped);
    } else if (later.transactions.front().sequence != expected) {
      leave_out(findings, later,
                fmt::format("its first sequence is {}, expected {}",
                            later.transactions.front().sequence, expected));
    } else {
      apply_log(plan, later);
    }
    return plan;
  }
  if (is_eligible(primary, later, findings)) {
    apply_log(plan, later);
  }
  return plan;
}

/// An old log belongs to the hive when it was written no earlier. Windows asks for the same time;
/// the time in the hive may be older when the machine stopped between the two writes.
RecoveryPlan plan_old_format(const PrimaryFacts& primary, std::vector<const LogFile*> logs,
                             Diagnostics& findings) {
  std::ranges::sort(logs, [](const LogFile* a, const LogFile* b) {
    return a->base.last_written != b->base.last_written
               ? a->base.last_written > b->base.last_written
               : a->name < b->name;
  });
  const FileTime hive_time =
      primary.base_valid ? primary.base->last_written : primary.first_bin_time;
  RecoveryPlan plan;
  for (const LogFile* log : logs) {
    if (!plan.logs.empty()) {
      leave_out(findings, *log, fmt::format("{} is newer", plan.logs.front()->name));
    } else if (log->base.last_written < hive_time) {
      leave_out(findings, *log,
                fmt::format("it was written at {}, before the hive ({})",
                            log->base.last_written.to_iso8601(), hive_time.to_iso8601()));
    } else {
      if (log->base.last_written != hive_time) {
        findings.add(
            Severity::note, "hive-log-newer",
            fmt::format("{} was written at {}, after the hive ({}); it is applied all the "
                        "same",
                        log->name, log->base.last_written.to_iso8601(), hive_time.to_iso8601()));
      }
      plan.base_from = log;
      apply_log(plan, *log);
    }
  }
  return plan;
}

}  // namespace

RecoveryPlan plan_recovery(const PrimaryFacts& primary, const std::vector<LogFile>& logs,
                           Diagnostics& findings) {
  std::vector<const LogFile*> new_pair;    // LOG1 and LOG2
  std::vector<const LogFile*> new_single;  // LOG, as some tools name it
  std::vector<const LogFile*> old;
  for (const LogFile& log : logs) {
    if (log.scheme == LogScheme::old_format) {
      old.push_back(&log);
    } else if (log.name == "LOG") {
      new_single.push_back(&log);
    } else {
      new_pair.push_back(&log);
    }
  }
  for (const auto& candidates : {new_pair, new_single}) {
    if (candidates.empty()) {
      continue;
    }
    RecoveryPlan plan = plan_new_format(primary, candidates, findings);
    if (!plan.logs.empty()) {
      return plan;
    }
  }
  return old.empty() ? RecoveryPlan{} : plan_old_format(primary, old, findings);
}

}  // namespace casement
