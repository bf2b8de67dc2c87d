// SPDX-License-Identifier: Apache-2.0
// Walking keys and reading their values.
#include "tools/casement/commands/reg_walk.h"

#include <fmt/format.h>

#include <limits>

#include "engine/hive/key_walker.h"

namespace casement::cli {
namespace {

constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();

class Walk {
 public:
  Walk(const RegStart& start, std::optional<std::uint32_t> depth, RegWriter& writer, Output& output,
       DamageReport& damage)
      : start_(start), depth_(depth), writer_(writer), output_(output), damage_(damage) {}

  bool run() {
    const std::uint32_t deepest = depth_ && *depth_ < unlimited ? *depth_ + 1 : unlimited;
    KeyWalker walker(start_.key, deepest);
    while (true) {
      Result<std::optional<KeyWalker::Visit>> visit = walker.next();
      if (!visit) {
        damage_.add(place(walker.error_depth()), visit.error().message());
        continue;
      }
      if (!*visit) {
        break;
      }
      const auto& [key, key_depth] = **visit;
      close_down_to(key_depth);
      if (depth_ && key_depth > *depth_) {
        writer_.list_key(key);
      } else {
        enter(key, key_depth);
      }
      if (!output_.flush_if_full()) {
        return false;
      }
    }
    close_down_to(0);
    return true;
  }

 private:
  void close_down_to(std::uint32_t depth) {
    while (names_.size() > depth) {
      names_.pop_back();
      writer_.close_key();
    }
  }

  void enter(const Key& key, std::uint32_t key_depth) {
    names_.push_back(key.name());
    if (key.has_other_parent()) {
      damage_.add(place(key_depth), "listed here, but its key node names another parent");
    }
    read_values(key, key_depth);
    std::u16string class_name;
    if (Result<std::u16string> read = key.class_name()) {
      class_name = std::move(read).take();
    } else {
      damage_.add(place(key_depth), read.error().message());
    }
    writer_.open_key(
        {.key = key,
         .top_path = key_depth == 0 ? std::u16string_view(start_.path) : std::u16string_view(),
         .class_name = class_name,
         .values = values_});
    for (const std::string& loss : writer_.take_losses()) {
      damage_.add("", loss);
    }
  }

  void read_values(const Key& key, std::uint32_t key_depth) {
    values_.clear();
    data_budget_ = key.hive().state().bins_size;
    ValueReader reader = key.values();
    while (true) {
      Result<std::optional<Value>> value = reader.next();
      if (!value) {
        damage_.add(place(key_depth), value.error().message());
        continue;
      }
      if (!*value) {
        return;
      }
      if ((*value)->size() > data_budget_) {
        // In a sound hive each value has its own data: together they are not larger than it.
        damage_.add(place(key_depth), "its values claim more data than the hive has room for");
        return;
      }
      data_budget_ -= (*value)->size();
      values_.push_back(read_value(
          **value,
          [this, key_depth, &value] { return value_place(place(key_depth), (*value)->name()); },
          damage_));
    }
  }

  /// The path of the entered key at `depth`.
  std::string place(std::uint32_t depth) const {
    std::string text = printable(start_.path);
    for (std::size_t i = 1; i <= depth && i < names_.size(); ++i) {
      text += text == "\\" ? "" : "\\";
      append_printable(text, names_[i]);
    }
    return text;
  }

  const RegStart& start_;
  std::optional<std::uint32_t> depth_;
  RegWriter& writer_;
  Output& output_;
  DamageReport& damage_;
  std::vector<HiveName> names_;  // of the keys that are open, from the start down
  std::vector<ReadValue> values_;
  std::uint64_t data_budget_ = 0;  // bytes that the values of one key may still hold
};

}  // namespace

bool walk_keys(const RegStart& start, std::optional<std::uint32_t> depth, RegWriter& writer,
               Output& output, DamageReport& damage) {
  return Walk(start, depth, writer, output, damage).run();
}

ReadValue read_value(const Value& value, const std::function<std::string()>& place,
                     DamageReport& damage) {
  ReadValue read{.name = value.name(),
                 .type = value.type(),
                 .size = value.size(),
                 .tombstone = value.is_tombstone(),
                 .readable = true,
                 .data = {}};
  Result<ValueData> data = value.data();
  if (!data) {
    read.readable = false;
    damage.add(place(), data.error().message());
    return read;
  }
  read.data = std::move(data).take();
  if (!read.data.complete()) {
    damage.add(place(),
               fmt::format("{} of {} bytes are there", read.data.bytes().size(), read.size));
  }
  return read;
}

std::string value_place(const std::string& key_place, const HiveName& name) {
  std::string text = key_place + ": value ";
  if (name.empty()) {
    return text + "(Default)";
  }
  text += '"';
  append_printable(text, name);
  return text + '"';
}

}  // namespace casement::cli
