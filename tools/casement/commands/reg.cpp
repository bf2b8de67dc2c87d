// SPDX-License-Identifier: Apache-2.0
// `casement reg`: keys, values, exports.
#include "tools/casement/commands/reg.h"

#include <fmt/format.h>

#include <memory>
#include <set>

#include "tools/casement/commands/hive_file.h"
#include "tools/casement/commands/missing_key.h"
#include "tools/casement/commands/reg_deleted.h"
#include "tools/casement/commands/reg_walk.h"
#include "tools/casement/commands/registry_source.h"
#include "tools/casement/messages.h"
#include "tools/casement/registry_path.h"
#include "tools/casement/render/reg_json.h"
#include "tools/casement/render/reg_text.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

std::unique_ptr<RegWriter> make_writer(const RegOptions& options, const RegistrySource& source,
                                       Output& output) {
  switch (options.format) {
    case RegFormat::json:
    case RegFormat::jsonl:
      return make_json_writer(output.text(), options.format == RegFormat::jsonl);
    case RegFormat::reg:
      return make_reg_file_writer(output.text(),
                                  options.prefix ? to_units(*options.prefix) : source.reg_prefix());
    case RegFormat::text:
      break;
  }
  return make_text_writer(output.text(), options.full);
}

/// The keys to begin at; nullopt when that was explained on standard error.
std::optional<std::vector<RegStart>> find_starts(const RegistrySource& source,
                                                 const std::u16string& key, DamageReport& damage,
                                                 ExitCode& code) {
  std::vector<RegStart> starts;
  const auto bare_root = as_bare_root(key);
  if (bare_root && (key.empty() || !source.is_hive_file())) {
    for (Result<RegStart>& top : source.tops(*bare_root)) {
      if (top) {
        starts.push_back(std::move(top).take());
      } else {
        damage.add("", top.error().message());
      }
    }
    if (starts.empty()) {
      say_error("no hive could be read");
      code = ExitCode::failed;
      return std::nullopt;
    }
    return starts;
  }
  Result<std::optional<RegStart>> start = source.find(key);
  if (!start) {
    code = fail_with(start.error());
    if (const std::string hint = eaten_backslashes_hint(key);
        !hint.empty() && !source.is_hive_file()) {
      say_hint(hint);
    }
    return std::nullopt;
  }
  if (!*start) {
    say_missing_key(source, key);
    code = ExitCode::failed;
    return std::nullopt;
  }
  starts.push_back(std::move(**start));
  return starts;
}

/// "@" and "(Default)" are what people see where the default value is; a value that is really
/// called so comes first.
Result<std::optional<Value>> find_value(const Key& key, const std::u16string& name) {
  Result<std::optional<Value>> found = key.value(name);
  if (found && !*found && (name == u"@" || name == u"(Default)")) {
    return key.value(u"");
  }
  return found;
}

ExitCode print_value(const RegStart& start, const RegOptions& options, RegWriter& writer,
                     Output& output, DamageReport& damage) {
  const std::u16string name = to_units(*options.value);
  const Result<std::optional<Value>> value = find_value(start.key, name);
  if (!value) {
    return fail_with(Error(value.error()).context("read " + to_utf8(start.path)));
  }
  if (!*value) {
    say_missing_value(start, name);
    return ExitCode::failed;
  }
  const ReadValue read = read_value(
      **value, [&] { return value_place(printable(start.path), (*value)->name()); }, damage);
  if (!read.readable) {
    return ExitCode::failed;
  }
  std::string& out = output.text();
  if (options.raw) {
    const Bytes raw = read.data.bytes();
    out.append(reinterpret_cast<const char*>(raw.data()), raw.size());  // NOLINT: bytes to bytes
  } else if (options.format == RegFormat::text) {
    append_data_plain(out, read, output.is_terminal() ? Escaping::printable : Escaping::exact);
  } else if (options.format == RegFormat::reg) {
    writer.begin(false);
    writer.open_key({.key = start.key,
                     .top_path = start.path,
                     .class_name = {},
                     .values = std::span(&read, 1)});
    writer.close_key();
    writer.finish();
    for (const std::string& loss : writer.take_losses()) {
      damage.add("", loss);
    }
  } else {
    JsonWriter json(out);
    write_value(json, read);
    json.end_document();
  }
  return ExitCode::ok;
}

void say_states(const std::vector<RegStart>& starts, const RegOptions& options) {
  std::set<const Hive*> said;
  for (const RegStart& start : starts) {
    if (said.insert(start.hive.get()).second) {
      say_hive_state(*start.hive, start.hive->describe(), options.no_logs);
    }
  }
}

}  // namespace

ExitCode run_reg(const RegOptions& options, Output& output) {
  Result<RegistrySource> source = RegistrySource::open(options);
  if (!source) {
    return fail_with(source.error());
  }
  DamageReport damage;
  ExitCode code = ExitCode::ok;
  const std::u16string key = normalise_key(to_units(options.key));
  const auto starts = find_starts(*source, key, damage, code);
  if (!starts) {
    return code;
  }
  if (!options.quiet) {
    say_states(*starts, options);
  }
  if (options.value && starts->size() > 1) {
    say_error("--value needs a KEY");
    return ExitCode::usage;
  }
  const std::unique_ptr<RegWriter> writer = make_writer(options, *source, output);
  if (options.deleted) {
    print_deleted(*starts, options, output, damage);
  } else if (options.value) {
    code = print_value(starts->front(), options, *writer, output, damage);
  } else {
    writer->begin(starts->size() > 1);
    for (const RegStart& start : *starts) {
      if (!walk_keys(start, options.depth, *writer, output, damage)) {
        break;
      }
    }
    writer->finish();
  }
  damage.finish();
  return code == ExitCode::ok && damage.count() != 0 ? ExitCode::partial : code;
}

}  // namespace casement::cli
