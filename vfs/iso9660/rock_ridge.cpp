// SPDX-License-Identifier: Apache-2.0
// One entry of a system use field after another.
#include "vfs/iso9660/rock_ridge.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "vfs/iso9660/iso9660_layout.h"
#include "vfs/iso9660/iso9660_values.h"

namespace casement {
namespace {

namespace layout = iso9660_layout;

/// A field has one or two; they could lead in circles.
constexpr int max_continuations = 32;

/// A continuation never leaves its block.
constexpr std::uint32_t max_continuation = layout::sector_size;

constexpr std::size_t max_name = 1024;

class Parser {
 public:
  explicit Parser(const ReadContinuation& read) : read_(read) {}

  RockRidge parse(Bytes field) && {
    std::vector<std::byte> held;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> visited;
    for (int i = 0; i <= max_continuations; ++i) {
      next_.reset();
      take_all(field);
      if (!next_) {
        break;
      }
      const std::uint32_t length = next_->length.little.value();
      const std::pair place(next_->block.little.value(), next_->offset.little.value());
      if (length > max_continuation || std::ranges::find(visited, place) != visited.end()) {
        break;
      }
      visited.push_back(place);
      auto more = read_(next_->block.little.value(), next_->offset.little.value(), length);
      if (!more) {
        break;
      }
      held = *std::move(more);
      field = held;
    }
    return std::move(out_);
  }

 private:
  void take_all(Bytes field) {
    std::size_t at = 0;
    while (const auto head = load<layout::UseEntry>(field, at, "system use entry")) {
      const auto entry = slice(field, at, head->length, "system use entry");
      if (head->length < sizeof(layout::UseEntry) || !entry) {
        return;  // the filling of the record, or damage
      }
      const std::string_view signature(head->signature, sizeof(head->signature));
      if (signature == "ST") {
        return;
      }
      take(signature, *entry);
      at += head->length;
    }
  }

  void take(std::string_view signature, Bytes entry) {
    if (signature == "NM") {
      take_name(entry);
    } else if (signature == "TF") {
      take_times(entry);
    } else if (signature == "CE") {
      if (const auto found = load<layout::UseContinuation>(entry, 0, "CE")) {
        next_ = *found;
      }
    } else if (signature == "CL") {
      if (const auto found = load<layout::UseChildLink>(entry, 0, "CL")) {
        out_.child = found->block.little.value();
      }
    } else if (signature == "RE") {
      out_.relocated = true;
    } else if (signature == "ZF") {
      out_.compressed = true;
    }
  }

  void take_name(Bytes entry) {
    constexpr unsigned special = 0x06;  // "." and ".."
    const auto head = load<layout::UseFlags>(entry, 0, "NM");
    if (!head || (head->flags & special) != 0 || out_.name.size() + entry.size() > max_name) {
      return;
    }
    const Bytes part = entry.subspan(sizeof(layout::UseFlags));
    out_.name.insert(out_.name.end(), part.begin(), part.end());
  }

  void take_times(Bytes entry) {
    constexpr unsigned long_form = 0x80;
    const auto head = load<layout::UseFlags>(entry, 0, "TF");
    if (!head) {
      return;
    }
    std::size_t at = sizeof(layout::UseFlags);
    for (unsigned bit = 0; bit < 4; ++bit) {
      if ((head->flags & (1U << bit)) == 0) {
        continue;
      }
      std::optional<FileTime> time;
      if ((head->flags & long_form) != 0) {
        const auto raw = load<layout::DigitTime>(entry, at, "TF");
        time = raw ? std::optional(from_iso9660_time(*raw)) : std::nullopt;
        at += sizeof(layout::DigitTime);
      } else {
        const auto raw = load<layout::RecordTime>(entry, at, "TF");
        time = raw ? std::optional(from_iso9660_time(*raw)) : std::nullopt;
        at += sizeof(layout::RecordTime);
      }
      if (time) {
        keep(bit, *time);
      }
    }
  }

  void keep(unsigned bit, FileTime time) {
    switch (bit) {
      case 0:
        out_.created = time;
        break;
      case 1:
        out_.modified = time;
        break;
      case 2:
        out_.accessed = time;
        break;
      default:
        out_.changed = time;
        break;
    }
  }

  const ReadContinuation& read_;
  std::optional<layout::UseContinuation> next_;
  RockRidge out_;
};

}  // namespace

RockRidge parse_rock_ridge(Bytes system_use, std::size_t skip, const ReadContinuation& read) {
  return Parser(read).parse(skip < system_use.size() ? system_use.subspan(skip) : Bytes());
}

std::optional<std::size_t> find_rock_ridge(Bytes system_use) noexcept {
  const auto start = load<layout::UseStart>(system_use, 0, "SP");
  if (!start || std::string_view(start->head.signature, 2) != "SP" || start->check[0] != 0xBE ||
      start->check[1] != 0xEF) {
    return std::nullopt;
  }
  return start->skip;
}

}  // namespace casement
