// SPDX-License-Identifier: Apache-2.0
// Slots to entry sets: checksums, names, deleted sets, damage.
#include "vfs/exfat/directory_reader.h"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "vfs/fs/entry_name.h"

namespace casement {
namespace {

namespace layout = exfat_layout;
namespace slot_type = exfat_layout::slot_type;

/// "Set Checksum": all bytes but the checksum itself. A deleted set has it from when it was alive.
std::uint16_t add_to_checksum(std::uint16_t sum, Bytes slot, bool first) noexcept {
  for (std::size_t i = 0; i < slot.size(); ++i) {
    if (first && (i == 2 || i == 3)) {
      continue;
    }
    unsigned byte = std::to_integer<unsigned>(slot[i]);
    byte |= i == 0 ? unsigned{slot_type::in_use} : 0U;
    sum = static_cast<std::uint16_t>(std::rotr(sum, 1) + byte);
  }
  return sum;
}

}  // namespace

ExfatDirectoryReader::ExfatDirectoryReader(ExfatVolumePtr volume, ExfatDirectory directory,
                                           bool with_deleted)
    : volume_(std::move(volume)),
      directory_(std::move(directory)),
      cursor_(volume_->pieces(), directory_.runs, layout::slot_size),
      with_deleted_(with_deleted || directory_.deleted) {}

Result<std::optional<ExfatEntry>> ExfatDirectoryReader::next() {
  while (!ended_) {
    std::optional<RecordCursor::Record> record = std::exchange(again_, std::nullopt);
    if (!record) {
      auto read = cursor_.next();
      if (!read) {
        set_.reset();
        return std::unexpected(std::move(read).error().context(directory_.name));
      }
      record = *read;
    }
    if (!record || record->bytes[0] == std::byte{slot_type::end}) {
      ended_ = true;
      if (record) {
        directory_.broken.reset();  // nothing was to come
      }
      break;
    }
    auto entry = CASEMENT_TRY(examine(*record));
    if (entry) {
      return give(*entry);
    }
  }
  return finish();
}

Result<std::optional<ExfatEntry>> ExfatDirectoryReader::give(ExfatEntry entry) {
  if (entries_ == volume_->limits().max_directory_entries) {
    ended_ = true;
    directory_.broken.reset();
    set_.reset();
    return fail(
        Status::limit_exceeded,
        fmt::format("{}: more than {} entries, the rest is left out", directory_.name, entries_));
  }
  ++entries_;
  return std::optional(std::move(entry));
}

Result<std::optional<ExfatEntry>> ExfatDirectoryReader::finish() {
  if (set_) {
    const Set set = *std::exchange(set_, std::nullopt);
    return broken_set(set, "the directory ends");
  }
  if (directory_.broken) {
    Error error = *std::exchange(directory_.broken, std::nullopt);
    return std::unexpected(std::move(error).context(directory_.name + ": ends early"));
  }
  return std::optional<ExfatEntry>();
}

void ExfatDirectoryReader::add_finding(const char* code, std::uint64_t offset, const char* what) {
  volume_->findings().add(Severity::warning, code, offset, [&] {
    return fmt::format("{}: the set at 0x{:x} {}", directory_.name, offset, what);
  });
}

Result<std::optional<ExfatEntry>> ExfatDirectoryReader::broken_set(const Set& set,
                                                                   const std::string& reason) {
  if (set.deleted) {
    return std::optional<ExfatEntry>();  // overwritten in part, as one expects
  }
  return fail(Status::corrupt,
              fmt::format("{}: the set at 0x{:x} announces {} slots behind its first; after {} {}",
                          directory_.name, set.node.offset, set.expected, set.taken, reason));
}

Result<std::optional<ExfatEntry>> ExfatDirectoryReader::examine(
    const RecordCursor::Record& record) {
  const auto type = std::to_integer<std::uint8_t>(record.bytes[0]);
  if (set_) {
    if (continue_set(record)) {
      return set_->taken == set_->expected ? finish_set() : std::optional<ExfatEntry>();
    }
    const Set set = *std::exchange(set_, std::nullopt);
    again_ = record;
    return broken_set(set, fmt::format("comes one of type 0x{:02x}", type));
  }
  if (type == slot_type::file) {
    begin_set(record, false);
  } else if (with_deleted_ && (type | slot_type::in_use) == slot_type::file) {
    begin_set(record, true);
  } else if (type == slot_type::stream || type == slot_type::name) {
    volume_->findings().add(Severity::warning, "exfat-orphan-slot", record.offset, [&] {
      return fmt::format("{}: the slot at 0x{:x}, of type 0x{:02x}, belongs to no set",
                         directory_.name, record.offset, type);
    });
  }
  // A set of one slot has no stream, hence no name: finish_set() says so.
  return set_ && set_->expected == 0 ? finish_set() : std::optional<ExfatEntry>();
}

void ExfatDirectoryReader::begin_set(const RecordCursor::Record& record, bool deleted) {
  const auto file = load<layout::FileSlot>(record.bytes, 0, "file slot");
  if (!file) {
    return;  // records are as long as slots
  }
  Set set;
  set.node.offset = record.offset;
  set.node.deleted = deleted || directory_.deleted;
  set.node.in_contiguous = directory_.contiguous;
  set.node.file = *file;
  set.deleted = deleted;
  set.expected = file->secondary_count;
  set.checksum = add_to_checksum(0, record.bytes, true);
  set_ = std::move(set);
}

bool ExfatDirectoryReader::continue_set(const RecordCursor::Record& record) {
  const auto type = std::to_integer<std::uint8_t>(record.bytes[0]);
  const bool in_use = (type & slot_type::in_use) != 0;
  if (in_use == set_->deleted || (type & slot_type::secondary) == 0) {
    return false;
  }
  const auto kind = static_cast<std::uint8_t>(type | slot_type::in_use);
  if ((kind == slot_type::stream) != (set_->taken == 0)) {
    return false;  // the stream is the second slot, and no other is one
  }
  if (kind == slot_type::stream) {
    if (const auto stream = load<layout::StreamSlot>(record.bytes, 0, "stream slot")) {
      set_->node.stream = *stream;
    }
  } else if (kind == slot_type::name && set_->units < name_.size()) {
    const Bytes units = record.bytes.subspan(offsetof(layout::NameSlot, units));
    for (std::size_t i = 0; i < name_slot_units; ++i) {
      name_[set_->units++] = static_cast<char16_t>(get_le<std::uint16_t>(units, 2 * i));
    }
  }  // others are extensions of vendors, which may be passed over
  set_->checksum = add_to_checksum(set_->checksum, record.bytes, false);
  ++set_->taken;
  return true;
}

Result<std::optional<ExfatEntry>> ExfatDirectoryReader::finish_set() {
  Set set = *std::exchange(set_, std::nullopt);
  const std::size_t length = set.node.stream.name_length;
  if (set.taken == 0 || length == 0 || length > set.units) {
    return broken_set(set, fmt::format("it has {} units of a name of {}", set.units, length));
  }
  const std::uint64_t offset = set.node.offset;
  if (set.checksum != set.node.file.set_checksum.value()) {
    if (set.deleted) {
      return std::optional<ExfatEntry>();  // slots of several sets
    }
    add_finding("exfat-set-checksum", offset, "has a wrong checksum");
  }
  ExfatEntry entry{std::move(set.node), {name_.data(), length}};
  if (is_dot_name(entry.name)) {
    add_finding("exfat-dot-entry", offset, "is named as a directory names itself; left out");
    return std::optional<ExfatEntry>();
  }
  if (is_odd_name(entry.name)) {
    add_finding("exfat-odd-name", offset, "has characters in its name that no name may have");
  }
  return std::optional(std::move(entry));
}

}  // namespace casement
