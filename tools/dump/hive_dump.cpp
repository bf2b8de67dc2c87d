// SPDX-License-Identifier: Apache-2.0
// casement-hive-dump: what a registry hive says of itself, what its logs gave, and its first keys.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <span>
#include <string>

#include "engine/hive/hive.h"
#include "tools/dump/dump_text.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;

constexpr const char* usage =
    "usage: casement-hive-dump FILE [LOG1 LOG2]\n"
    "\n"
    "Prints the base block of the registry hive FILE, its condition, what its transaction logs\n"
    "gave, and the subkeys of its root. The logs are applied in memory when the hive needs them.\n"
    "What is damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 a file cannot be read as a hive, 2 wrong arguments.\n";

Result<HivePtr> open_hive(std::span<char*> files) {
  const SourcePtr primary = CASEMENT_TRY(open_file_source(files[0]));
  HiveLogs logs;
  if (files.size() == 3) {
    logs.log1 = CASEMENT_TRY(open_file_source(files[1]));
    logs.log2 = CASEMENT_TRY(open_file_source(files[2]));
  }
  return Hive::open(primary, logs);
}

void print_state(const HiveState& state) {
  print_field("version", fmt::format("{}.{}", state.major_version, state.minor_version));
  print_field("stored name", to_utf8(state.stored_name));
  print_field("last written", state.last_written.to_iso8601());
  print_field("checksum", state.base_block_valid ? "valid" : "wrong");
  print_field("sequence numbers",
              fmt::format("{} and {}", state.primary_sequence, state.secondary_sequence));
  print_field("written by", state.written_by_offreg ? "offreg.dll" : "the kernel or another tool");
  print_field("condition", condition_name(state.condition));
  print_field("bytes of bins", std::to_string(state.bins_size));
  if (!state.logs_used.empty()) {
    print_field("logs used", fmt::format("{}", fmt::join(state.logs_used, ", ")));
    print_field("entries applied", fmt::format("{}, numbers {} to {}", state.entries_applied,
                                               state.first_sequence, state.last_sequence));
    print_field("pages applied",
                fmt::format("{}, {} bytes", state.pages_applied, state.bytes_applied));
  }
}

void print_key(const std::string& label, const Key& key) {
  print_field(label, key.name().to_utf8());
  print_field("", fmt::format("{} subkeys, {} values, written {}", key.subkey_count(),
                              key.value_count(), key.last_written().to_iso8601()));
}

/// The root and its subkeys; damaged ones are reported and skipped.
Result<void> print_keys(const Hive& hive, Diagnostics& findings) {
  const Key root = CASEMENT_TRY(hive.root());
  print_key("root", root);
  SubkeyReader subkeys = root.subkeys();
  for (std::uint32_t i = 0; i < hive.limits().max_key_entries; ++i) {
    const Result<std::optional<Key>> next = subkeys.next();
    if (!next) {
      findings.add("damaged-key", next.error());
      continue;
    }
    if (!*next) {
      break;
    }
    print_key("subkey", **next);
  }
  return {};
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  if (arguments.size() != 2 && arguments.size() != 4) {
    return std::nullopt;
  }
  const Result<HivePtr> hive = open_hive(arguments.subspan(1));
  if (!hive) {
    return dump::report(hive.error());
  }
  const HiveState& state = (*hive)->state();
  print_state(state);
  Diagnostics findings = state.diagnostics;
  const Result<void> printed = print_keys(**hive, findings);
  (*hive)->check_bins(findings);
  dump::print_findings(findings);
  return printed ? ExitCode::ok : dump::report(printed.error());
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
