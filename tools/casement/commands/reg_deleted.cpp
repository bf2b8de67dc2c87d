// SPDX-License-Identifier: Apache-2.0
// Deleted keys and values, as text or JSON.
#include "tools/casement/commands/reg_deleted.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "engine/hive/deleted.h"
#include "tools/casement/render/json.h"
#include "tools/casement/render/numbers.h"
#include "tools/casement/render/reg_json.h"
#include "tools/casement/render/reg_text.h"
#include "tools/casement/render/value_bytes.h"
#include "vfs/core/upcase.h"

namespace casement::cli {
namespace {

ReadValue to_read_value(const DeletedValue& value) {
  ReadValue read{.name = value.name,
                 .type = value.type,
                 .size = value.size,
                 .tombstone = false,
                 .readable = true,
                 .data = ValueData(value.data)};
  if (!value.complete) {
    read.data.mark_incomplete();
  }
  return read;
}

bool is_at_or_below(std::u16string_view path, std::u16string_view top) {
  return top.empty() ||
         (path.size() >= top.size() && equals_folded(path.substr(0, top.size()), top) &&
          (path.size() == top.size() || path[top.size()] == u'\\'));
}

/// `path`, from the root of the hive, spelled as the paths of live keys are. `top` is the path of
/// the start likewise.
std::u16string printed_path(const RegStart& start, std::u16string_view top,
                            std::u16string_view path) {
  // "HKLM\SYSTEM\Select" less "Select", "\Select" less "Select", "HKLM\SYSTEM", "\".
  std::u16string printed =
      start.path.substr(0, start.path.size() - std::min(top.size(), start.path.size()));
  while (!printed.empty() && printed.back() == u'\\') {
    printed.pop_back();
  }
  if (!path.empty() || printed.empty()) {
    printed += u'\\';
  }
  return printed.append(path);
}

/// One format's way to write what was found below one start.
class DeletedWriter {
 public:
  DeletedWriter() = default;
  DeletedWriter(const DeletedWriter&) = delete;
  DeletedWriter& operator=(const DeletedWriter&) = delete;
  virtual ~DeletedWriter() = default;
  virtual void begin() = 0;
  /// `parent`: the path of the key above it as printed, or nullopt when that is gone.
  virtual void key(const DeletedKey& key, const std::optional<std::u16string>& parent) = 0;
  virtual void begin_values() = 0;
  virtual void value(const DeletedValue& value) = 0;
  virtual void finish() = 0;
};

class TextDeletedWriter final : public DeletedWriter {
 public:
  TextDeletedWriter(std::string& out, bool full) : out_(out), full_(full) {}

  void begin() override {}
  void finish() override {}

  void key(const DeletedKey& key, const std::optional<std::u16string>& parent) override {
    if (key.last_written.is_set()) {
      append_time(out_, key.last_written, true);
    } else {
      append_spaces(out_, 20);
    }
    out_ += "  ";
    if (parent) {
      append_printable(out_, *parent);
      out_ += parent->ends_with(u'\\') ? "" : "\\";
    } else {
      out_ += "?\\";
    }
    append_printable(out_, key.name);
    out_ += fmt::format("  (deleted, cell 0x{:x})\n", key.offset);
    for (const DeletedValue& item : key.values) {
      line(item);
    }
  }

  void begin_values() override { out_ += "\nDeleted values of unknown keys:\n"; }

  void value(const DeletedValue& value) override { line(value); }

 private:
  void line(const DeletedValue& value) {
    std::string room;
    out_ += "  ";
    if (value.name.empty()) {
      out_ += "(Default)";
    } else {
      append_printable(out_, value.name);
    }
    out_ += "  ";
    out_ += type_name(value.type, room);
    out_ += "  ";
    append_data_text(out_, to_read_value(value), full_);
    out_ += '\n';
  }

  std::string& out_;
  bool full_;
};

class JsonDeletedWriter final : public DeletedWriter {
 public:
  explicit JsonDeletedWriter(std::string& out) : json_(out) {}

  void begin() override {
    json_.begin_object();
    json_.key("keys");
    json_.begin_array();
  }

  void key(const DeletedKey& key, const std::optional<std::u16string>& parent) override {
    json_.begin_object();
    json_.text_member("name", key.name);
    if (parent) {
      json_.text_member("parent_path", *parent);
    } else {
      json_.null_member("parent_path");
    }
    json_.member("last_written", key.last_written);
    json_.member("cell", key.offset);
    json_.key("values");
    json_.begin_array();
    for (const DeletedValue& item : key.values) {
      write_value(json_, to_read_value(item));
    }
    json_.end_array();
    json_.end_object();
  }

  void begin_values() override {
    json_.end_array();
    json_.key("values");
    json_.begin_array();
    values_begun_ = true;
  }

  void value(const DeletedValue& value) override { write_value(json_, to_read_value(value)); }

  void finish() override {
    if (!values_begun_) {
      begin_values();
    }
    json_.end_array();
    json_.end_object();
    json_.end_document();
  }

 private:
  JsonWriter json_;
  bool values_begun_ = false;
};

std::unique_ptr<DeletedWriter> make_writer(const RegOptions& options, Output& output) {
  if (options.format == RegFormat::json) {
    return std::make_unique<JsonDeletedWriter>(output.text());
  }
  return std::make_unique<TextDeletedWriter>(output.text(), options.full);
}

/// What was found in the hive of one start, and the start's path within the hive.
struct Found {
  const RegStart* start;
  std::u16string top;
  DeletedItems items;
};

std::optional<Found> find_in(const RegStart& start, DamageReport& damage) {
  Result<std::u16string> top = start.key.path();
  if (!top) {
    damage.add(printable(start.path), top.error().message());
    return std::nullopt;
  }
  Diagnostics findings;
  DeletedItems items = find_deleted(*start.hive, findings);
  for (const Diagnostic& finding : findings.items()) {
    damage.add(printable(start.path), finding.text);
  }
  return Found{&start, std::move(top).take(), std::move(items)};
}

void write_keys(const Found& found, DeletedWriter& writer, Output& output) {
  for (const DeletedKey& key : found.items.keys) {
    if (!key.parent_path && found.top.empty()) {
      writer.key(key, std::nullopt);
    } else if (key.parent_path && is_at_or_below(*key.parent_path, found.top)) {
      writer.key(key, printed_path(*found.start, found.top, *key.parent_path));
    }
    if (!output.flush_if_full()) {
      return;
    }
  }
}

void write_values(const std::vector<DeletedValue>& values, DeletedWriter& writer, Output& output) {
  for (const DeletedValue& value : values) {
    writer.value(value);
    if (!output.flush_if_full()) {
      return;
    }
  }
}

}  // namespace

void print_deleted(const std::vector<RegStart>& starts, const RegOptions& options, Output& output,
                   DamageReport& damage) {
  const std::unique_ptr<DeletedWriter> writer = make_writer(options, output);
  std::vector<DeletedValue> values;  // point into the hives, which the starts keep
  writer->begin();
  for (const RegStart& start : starts) {
    const std::optional<Found> found = find_in(start, damage);
    if (!found) {
      continue;
    }
    write_keys(*found, *writer, output);
    if (found->top.empty()) {
      values.insert(values.end(), found->items.values.begin(), found->items.values.end());
    }
  }
  if (!values.empty()) {
    writer->begin_values();
    write_values(values, *writer, output);
  }
  writer->finish();
}

}  // namespace casement::cli
