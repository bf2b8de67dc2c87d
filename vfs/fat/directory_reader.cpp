// SPDX-License-Identifier: Apache-2.0
// Slots to entries: long names, labels, deleted entries, damage.
#include "vfs/fat/directory_reader.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/entry_name.h"

namespace casement {
namespace {

namespace layout = fat_layout;

}  // namespace

FatDirectoryReader::FatDirectoryReader(FatVolumePtr volume, FatDirectory directory,
                                       bool with_deleted)
    : volume_(std::move(volume)),
      directory_(std::move(directory)),
      cursor_(volume_->pieces(), directory_.runs, layout::slot_size),
      with_deleted_(with_deleted || directory_.deleted) {}

Result<std::optional<FatEntry>> FatDirectoryReader::next() {
  while (!ended_) {
    auto record = cursor_.next();
    if (!record) {
      long_name_.clear();
      deleted_name_.clear();
      return std::unexpected(std::move(record).error().context(directory_.name));
    }
    if (!*record) {
      ended_ = true;
      break;
    }
    ++slots_;
    if ((*record)->bytes[0] == std::byte{layout::slot_end}) {
      ended_ = true;
      directory_.broken.reset();  // nothing was to come
      break;
    }
    auto entry = CASEMENT_TRY(examine(**record));
    if (!entry) {
      continue;
    }
    if (entries_ == volume_->limits().max_directory_entries) {
      ended_ = true;
      directory_.broken.reset();
      return fail(Status::limit_exceeded, fmt::format("{}: more than {} entries, the rest is left "
                                                      "out",
                                                      directory_.name, entries_));
    }
    ++entries_;
    return entry;
  }
  return finish();
}

Result<std::optional<FatEntry>> FatDirectoryReader::finish() {
  drop_long_name(0);
  if (directory_.broken) {
    Error error = *std::exchange(directory_.broken, std::nullopt);
    return std::unexpected(
        std::move(error).context(fmt::format("{}: ends after {} slots", directory_.name, slots_)));
  }
  return std::optional<FatEntry>();
}

Result<std::optional<FatEntry>> FatDirectoryReader::examine(const RecordCursor::Record& record) {
  FatNode node;
  node.offset = record.offset;
  node.slot = CASEMENT_TRY(load<layout::DirectorySlot>(record.bytes, 0, "directory slot"));
  const bool long_part = (node.slot.attributes & layout::slot_attribute::long_name_mask) ==
                         layout::slot_attribute::long_name;
  const bool label = (node.slot.attributes & layout::slot_attribute::volume_label) != 0;
  if (node.slot.name[0] == std::byte{layout::slot_deleted}) {
    drop_long_name(record.offset);
    if (!with_deleted_) {
      return std::optional<FatEntry>();
    }
    if (long_part) {
      deleted_name_.add(
          CASEMENT_TRY(load<layout::LongNameSlot>(record.bytes, 0, "long name slot")));
      return std::optional<FatEntry>();
    }
    auto found = label ? std::nullopt : deleted_entry(node);
    deleted_name_.clear();
    return found;
  }
  deleted_name_.clear();
  if (long_part) {
    add_long_part(record);
    return std::optional<FatEntry>();
  }
  if (label) {
    drop_long_name(record.offset);
    return std::optional<FatEntry>();
  }
  auto entry = live_entry(node);
  long_name_.clear();  // the views into it stay valid
  return entry;
}

void FatDirectoryReader::add_long_part(const RecordCursor::Record& record) {
  const auto slot = load<layout::LongNameSlot>(record.bytes, 0, "long name slot");
  if (slot && !long_name_.add(*slot)) {
    volume_->findings().add(Severity::warning, "fat-long-name", record.offset, [&] {
      return fmt::format(
          "{}: the slot at 0x{:x} is part {} of a long name, which is not what the "
          "slots before it announce",
          directory_.name, record.offset, slot->sequence & 0x3FU);
    });
  }
}

void FatDirectoryReader::drop_long_name(std::uint64_t offset) {
  if (!long_name_.empty()) {
    long_name_.clear();
    volume_->findings().add(Severity::warning, "fat-long-name", offset, [&] {
      return fmt::format("{}: the long name before the {} has no 8.3 entry", directory_.name,
                         offset == 0 ? std::string("end") : fmt::format("slot at 0x{:x}", offset));
    });
  }
}

bool FatDirectoryReader::is_dot_entry(const FatNode& node) {
  if (node.slot.name[0] != std::byte{'.'} || !is_dot_name(ShortName(node.slot.name).view())) {
    return false;
  }
  constexpr std::uint32_t dot_slots = 2;  // the first two of every directory but the root
  if (directory_.is_root || slots_ > dot_slots) {
    volume_->findings().add(Severity::warning, "fat-dot-entry", node.offset, [&] {
      return fmt::format(
          "{}: the slot at 0x{:x} has the name of the directory itself or the one "
          "above it, which belongs into the first two slots; left out",
          directory_.name, node.offset);
    });
  }
  return true;
}

std::optional<FatEntry> FatDirectoryReader::live_entry(const FatNode& node) {
  if (is_dot_entry(node)) {
    drop_long_name(node.offset);
    return std::nullopt;
  }
  FatEntry entry;
  entry.node = node;
  entry.node.deleted = directory_.deleted;
  short_name_ = ShortName(node.slot.name);
  display_name_ = ShortName(node.slot.name, node.slot.name_case);
  entry.name = display_name_.view();
  const auto long_name = long_name_.find(short_name_checksum(node.slot.name));
  if (long_name && !is_dot_name(*long_name)) {
    entry.name = *long_name;
    entry.short_name = short_name_.view();
  } else {
    drop_long_name(node.offset);
  }
  if (entry.short_name.empty() && node.slot.name[0] == std::byte{' '}) {
    volume_->findings().add(Severity::warning, "fat-no-name", node.offset, [&] {
      return fmt::format("{}: the entry at 0x{:x} has no name; left out", directory_.name,
                         node.offset);
    });
    return std::nullopt;
  }
  check_name(entry);
  return entry;
}

std::optional<FatEntry> FatDirectoryReader::deleted_entry(FatNode node) {
  const auto found = deleted_name_.find(node.slot.name);
  StoredShortName stored = node.slot.name;
  stored[0] = found ? std::byte{found->first_byte} : std::byte{'_'};
  FatEntry entry;
  entry.node = std::move(node);
  entry.node.deleted = true;
  short_name_ = ShortName(stored);
  display_name_ = ShortName(stored, entry.node.slot.name_case);
  entry.name = found ? found->name : display_name_.view();
  entry.short_name = found ? short_name_.view() : std::u16string_view{};
  return entry;
}

void FatDirectoryReader::check_name(const FatEntry& entry) {
  if (is_odd_name(entry.name)) {
    volume_->findings().add(Severity::warning, "fat-odd-name", entry.node.offset, [&] {
      return fmt::format(
          "{}: the name \"{}\" of the entry at 0x{:x} has characters that no name "
          "may have",
          directory_.name, to_utf8(entry.name), entry.node.offset);
    });
  }
}

}  // namespace casement
