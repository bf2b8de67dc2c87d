// SPDX-License-Identifier: Apache-2.0
// Hive files and their logs on the host.
#include "tools/casement/commands/hive_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "tools/casement/messages.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

namespace casement::cli {
namespace {

namespace fs = std::filesystem;

bool same_name(const std::string& a, const std::string& b) {
  const auto a16 = from_utf8(a);
  const auto b16 = from_utf8(b);
  return a16 && b16 && equals_folded(*a16, *b16);
}

/// The entry of `directory` that is called `name`; the exact spelling wins over another case.
std::optional<std::string> find_beside(const fs::path& directory, const std::string& name) {
  std::error_code error;
  const fs::path exact = directory / name;
  if (fs::exists(exact, error)) {
    return exact.string();
  }
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (same_name(entry->path().filename().string(), name)) {
      return entry->path().string();
    }
  }
  return std::nullopt;
}

SourcePtr open_log(const fs::path& directory, const std::string& name) {
  const auto path = find_beside(directory, name);
  if (!path) {
    return nullptr;
  }
  Result<SourcePtr> source = open_file_source(*path);
  if (!source) {
    say_warning(
        fmt::format("{}; changes that lie only there are missing", source.error().message()));
    return nullptr;
  }
  return (*source)->size() == 0 ? nullptr : std::move(source).take();
}

}  // namespace

bool looks_like_hive(const ByteSource& source) {
  std::array<std::byte, 4> magic{};
  constexpr std::array<std::byte, 4> regf{std::byte{'r'}, std::byte{'e'}, std::byte{'g'},
                                          std::byte{'f'}};
  return source.size() >= magic.size() && source.read(0, magic).has_value() && magic == regf;
}

Result<HivePtr> open_hive_file(const std::string& path, SourcePtr primary, bool with_logs) {
  HiveLogs logs;
  if (with_logs) {
    const fs::path file(path);
    const fs::path directory = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const std::string name = file.filename().string();
    logs.log = open_log(directory, name + ".LOG");
    logs.log1 = open_log(directory, name + ".LOG1");
    logs.log2 = open_log(directory, name + ".LOG2");
  }
  return Hive::open(std::move(primary), logs);
}

std::string hive_state_text(const HiveState& state) {
  switch (state.condition) {
    case HiveCondition::clean:
      return "clean";
    case HiveCondition::dirty:
      return "dirty, no log could be applied";
    case HiveCondition::recovered:
      break;
  }
  std::string text = fmt::format("recovered from {} (", fmt::join(state.logs_used, ", "));
  if (state.scheme == LogScheme::new_format) {
    text +=
        fmt::format("{} entr{}, ", state.entries_applied, state.entries_applied == 1 ? "y" : "ies");
  }
  return text + fmt::format("{} page{})", state.pages_applied, state.pages_applied == 1 ? "" : "s");
}

void say_hive_state(const Hive& hive, const std::string& label, bool logs_left_out) {
  const HiveState& state = hive.state();
  if (state.condition == HiveCondition::recovered) {
    say_note(fmt::format("{}: {}", label, hive_state_text(state)));
  } else if (state.condition == HiveCondition::dirty && logs_left_out) {
    say_note(fmt::format("{}: dirty, shown without its logs as asked", label));
  } else if (state.condition == HiveCondition::dirty) {
    say_warning(fmt::format(
        "{}: dirty, and no transaction log could be applied: the last changes may be missing",
        label));
  }
  for (const Diagnostic& finding : state.diagnostics.items()) {
    const std::string text = fmt::format("{}: {}", label, finding.text);
    finding.severity == Severity::note ? say_note(text) : say_warning(text);
  }
}

}  // namespace casement::cli
