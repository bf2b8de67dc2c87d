// SPDX-License-Identifier: Apache-2.0
// Finding a hive's logs by name and handing all of them to Hive::open.
#include "engine/image/hive_file.h"

#include <fmt/format.h>

#include <string>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// The source of one file of `dir`; null when it is not there or is no file.
Result<SourcePtr> open_file(const FileSystem& file_system, NodeId dir, std::u16string_view name) {
  const auto entry = CASEMENT_TRY(file_system.lookup(dir, name));
  if (!entry || entry->kind == NodeKind::directory) {
    return SourcePtr();
  }
  return file_system.open(entry->node, {});
}

/// Null for a log that is missing, empty or unreadable; the last is a finding.
SourcePtr open_log(const FileSystem& file_system, NodeId dir, std::u16string_view hive,
                   std::u16string_view suffix, Diagnostics& findings) {
  const std::u16string name = std::u16string(hive) + std::u16string(suffix);
  Result<SourcePtr> log = open_file(file_system, dir, name);
  if (!log) {
    findings.add("hive-log-unreadable",
                 std::move(log).error().context(fmt::format("hive log {}", to_utf8(name))));
    return nullptr;
  }
  return *log && (*log)->size() != 0 ? *log : nullptr;
}

}  // namespace

Result<HivePtr> open_hive_file(const FileSystem& file_system, NodeId dir, std::u16string_view name,
                               const Limits& limits, Diagnostics& findings) {
  const auto context = [name] { return fmt::format("hive {}", to_utf8(name)); };
  const SourcePtr primary = CASEMENT_TRY(open_file(file_system, dir, name).with_context(context));
  if (!primary) {
    return HivePtr();
  }
  const HiveLogs logs{.log = open_log(file_system, dir, name, u".LOG", findings),
                      .log1 = open_log(file_system, dir, name, u".LOG1", findings),
                      .log2 = open_log(file_system, dir, name, u".LOG2", findings)};
  return Hive::open(primary, logs, limits).with_context(context);
}

}  // namespace casement
