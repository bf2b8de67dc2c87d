// SPDX-License-Identifier: Apache-2.0
// Header, FAT, directory and streams of a compound file.
#include "engine/servicing/compound_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/servicing/compound_file_layout.h"
#include "vfs/core/bytes.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

namespace layout = compound_layout;

constexpr unsigned mini_shift = 6;
constexpr std::uint64_t mini_size = std::uint64_t{1} << mini_shift;
constexpr std::uint64_t usual_mini_cutoff = 4096;  // and no other value is allowed
constexpr std::size_t max_entries = 65'536;        // .msi files of real products have some hundreds
/// Sectors of the mini FAT, and of the mini stream: 4 MiB hold 1,000,000 mini sectors (64 MiB).
constexpr std::uint64_t max_mini_bytes = std::uint64_t{64} << 20;

template <class T>
Result<T> load_at(const ByteSource& source, std::uint64_t offset) {
  std::array<std::byte, sizeof(T)> bytes{};
  CASEMENT_TRY(source.read(offset, bytes));
  return load<T>(bytes, 0, "a structure of a compound file");
}

/// nullopt: the size is none that a name can have.
std::optional<std::u16string> name_of(const layout::DirectoryEntry& entry) {
  const std::size_t size = entry.name_size.value();
  if (size < 2 || size % 2 != 0 || size > sizeof entry.name) {
    return std::nullopt;
  }
  std::u16string name;
  for (std::size_t i = 0; i + 1 < size / 2; ++i) {
    name.push_back(static_cast<char16_t>(entry.name.at(i).value()));
  }
  return name;
}

}  // namespace

Result<CompoundFile> CompoundFile::open(SourcePtr source) {
  CompoundFile file(std::move(source));
  CASEMENT_TRY(file.read_header());
  return file;
}

Result<void> CompoundFile::read_header() {
  constexpr std::size_t header_size = sizeof(layout::Header);
  if (!in_range(source_->size(), 0, header_size)) {
    return fail(Status::bad_format, fmt::format("{} bytes are too few for a compound file, which "
                                                "begins with {}",
                                                source_->size(), header_size));
  }
  const auto header = CASEMENT_TRY(load_at<layout::Header>(*source_, 0));
  if (header.magic != layout::magic) {
    return fail(Status::bad_format, "it does not begin as a compound file does (D0 CF 11 E0 ...)");
  }
  const unsigned version = header.major_version.value();
  sector_shift_ = header.sector_shift.value();
  if (header.byte_order.value() != layout::little_endian_mark ||
      !((version == 3 && sector_shift_ == 9) || (version == 4 && sector_shift_ == 12)) ||
      header.mini_sector_shift.value() != mini_shift ||
      header.mini_stream_cutoff.value() != usual_mini_cutoff) {
    return fail(Status::corrupt,
                fmt::format("compound file header: version {}, sectors of 2^{} and 2^{} bytes, "
                            "streams below {} bytes in the mini stream; expected 3 with 2^9 or 4 "
                            "with 2^12, 2^{} and {}",
                            version, sector_shift_, header.mini_sector_shift.value(),
                            header.mini_stream_cutoff.value(), mini_shift, usual_mini_cutoff));
  }
  wide_sizes_ = version == 4;
  mini_cutoff_ = usual_mini_cutoff;
  first_mini_fat_sector_ = header.first_mini_fat_sector.value();
  for (const le32& sector : header.difat) {
    if (sector.value() <= layout::max_regular_sector) {
      fat_sectors_.push_back(sector.value());
    }
  }
  CASEMENT_TRY(read_difat(header.first_difat_sector.value(), header.fat_sector_count.value()));
  return read_directory(header.first_directory_sector.value());
}

Result<void> CompoundFile::read_difat(std::uint32_t first_sector, std::uint32_t fat_sector_count) {
  // No more sectors of the FAT than sectors in the file: that bounds the loop and the memory.
  if (fat_sector_count > source_->size() >> sector_shift_) {
    return fail(Status::corrupt,
                fmt::format("compound file header: {} sectors of the FAT in {} bytes",
                            fat_sector_count, source_->size()));
  }
  const std::size_t per_sector = sector_size() / sizeof(le32) - 1;  // the last leads on
  std::uint32_t sector = first_sector;
  while (fat_sectors_.size() < fat_sector_count) {
    if (sector > layout::max_regular_sector) {
      return fail(Status::corrupt, fmt::format("compound file: the list of FAT sectors ends after "
                                               "{} of {}",
                                               fat_sectors_.size(), fat_sector_count));
    }
    std::vector<std::byte> bytes(sector_size());
    CASEMENT_TRY(read_sector(sector, bytes));
    for (std::size_t i = 0; i < per_sector && fat_sectors_.size() < fat_sector_count; ++i) {
      fat_sectors_.push_back(get_le<std::uint32_t>(bytes, i * sizeof(le32)));
    }
    sector = get_le<std::uint32_t>(bytes, per_sector * sizeof(le32));
  }
  fat_sectors_.resize(fat_sector_count);
  return {};
}

Result<std::uint64_t> CompoundFile::offset_of(std::uint32_t sector) const {
  const std::uint64_t offset = (std::uint64_t{sector} + 1) << sector_shift_;  // 2^32 << 12 fits
  if (sector > layout::max_regular_sector || !in_range(source_->size(), offset, sector_size())) {
    return fail(Status::truncated,
                fmt::format("compound file: sector 0x{:x} of {} bytes lies outside of its {} bytes",
                            sector, sector_size(), source_->size()));
  }
  return offset;
}

Result<void> CompoundFile::read_sector(std::uint32_t sector, MutableBytes out) const {
  const std::uint64_t offset = CASEMENT_TRY(offset_of(sector));
  return source_->read(offset, out);
}

Result<std::uint32_t> CompoundFile::next_sector(std::uint32_t sector) const {
  const std::uint64_t per_sector = sector_size() / sizeof(le32);
  const std::uint64_t index = sector / per_sector;
  if (index >= fat_sectors_.size()) {
    return fail(Status::corrupt, fmt::format("compound file: sector 0x{:x} has no entry in the FAT "
                                             "of {} sectors",
                                             sector, fat_sectors_.size()));
  }
  const std::uint64_t base = CASEMENT_TRY(offset_of(fat_sectors_[index]));
  const auto next =
      CASEMENT_TRY(load_at<le32>(*source_, base + sector % per_sector * sizeof(le32)));
  return next.value();
}

Result<std::vector<std::uint32_t>> CompoundFile::chain(std::uint32_t first,
                                                       std::uint64_t max_count) const {
  std::vector<std::uint32_t> sectors;
  for (std::uint32_t sector = first; sector != layout::end_of_chain;) {
    if (sectors.size() >= max_count) {
      return fail(Status::limit_exceeded,
                  fmt::format("compound file: the chain from sector 0x{:x} has more than {} "
                              "sectors, or runs in a circle",
                              first, max_count));
    }
    CASEMENT_TRY(offset_of(sector));
    sectors.push_back(sector);
    sector = CASEMENT_TRY(next_sector(sector));
  }
  return sectors;
}

Result<std::vector<std::byte>> CompoundFile::read_sectors(const std::vector<std::uint32_t>& sectors,
                                                          std::uint64_t size) const {
  std::vector<std::byte> bytes(sectors.size() << sector_shift_);
  if (size > bytes.size()) {
    return fail(Status::truncated,
                fmt::format("compound file: {} bytes in a chain of {} sectors of {} bytes", size,
                            sectors.size(), sector_size()));
  }
  for (std::size_t i = 0; i < sectors.size(); ++i) {
    CASEMENT_TRY(
        read_sector(sectors[i], MutableBytes(bytes).subspan(i << sector_shift_, sector_size())));
  }
  bytes.resize(size);
  return bytes;
}

Result<void> CompoundFile::read_directory(std::uint32_t first_sector) {
  const std::uint64_t max_sectors = (max_entries * sizeof(layout::DirectoryEntry)) >> sector_shift_;
  const auto sectors =
      CASEMENT_TRY(chain(first_sector, max_sectors).with_context([] { return "the directory"; }));
  const auto directory = CASEMENT_TRY(read_sectors(sectors, sectors.size() << sector_shift_));
  return list_root(directory);
}

Result<void> CompoundFile::list_root(Bytes directory) {
  const std::size_t count = directory.size() / sizeof(layout::DirectoryEntry);
  const auto entry_at = [&](std::size_t index) {
    return load<layout::DirectoryEntry>(directory, index * sizeof(layout::DirectoryEntry),
                                        "directory entry");
  };
  const auto root = CASEMENT_TRY(entry_at(0));
  if (root.kind != static_cast<std::uint8_t>(layout::EntryKind::root)) {
    return fail(Status::corrupt,
                fmt::format("compound file: the first directory entry is of kind "
                            "{}, expected the root ({})",
                            root.kind, static_cast<unsigned>(layout::EntryKind::root)));
  }
  const auto size_of = [this](const layout::DirectoryEntry& entry) {
    return wide_sizes_ ? entry.size.value() : entry.size.value() & 0xFFFF'FFFFU;
  };
  first_mini_stream_sector_ = root.first_sector.value();
  mini_stream_size_ = size_of(root);
  std::vector<bool> seen(count, false);
  std::vector<std::uint32_t> open{root.child.value()};
  while (!open.empty()) {
    const std::uint32_t index = open.back();
    open.pop_back();
    if (index == layout::no_entry) {
      continue;
    }
    if (index >= count || seen[index]) {
      return fail(Status::corrupt,
                  fmt::format("compound file: directory entry {} of {} {}", index, count,
                              index >= count ? "does not exist" : "is in the tree twice"));
    }
    seen[index] = true;
    const auto entry = CASEMENT_TRY(entry_at(index));
    open.push_back(entry.left.value());
    open.push_back(entry.right.value());
    auto name = name_of(entry);
    if (entry.kind == static_cast<std::uint8_t>(layout::EntryKind::stream) && name) {
      streams_.push_back({.name = *std::move(name),
                          .size = size_of(entry),
                          .first_sector = entry.first_sector.value()});
    }
  }
  return {};
}

Result<std::vector<std::byte>> CompoundFile::read_large(const Stream& stream) const {
  const std::uint64_t count = (stream.size + sector_size() - 1) >> sector_shift_;
  return read_sectors(CASEMENT_TRY(chain(stream.first_sector, count)), stream.size);
}

Result<std::vector<std::byte>> CompoundFile::read_mini(const Stream& stream) const {
  const auto fat_chain = CASEMENT_TRY(
      chain(first_mini_fat_sector_, (max_mini_bytes >> mini_shift) * sizeof(le32) >> sector_shift_)
          .with_context([] { return "the mini FAT"; }));
  const auto fat = CASEMENT_TRY(read_sectors(fat_chain, fat_chain.size() << sector_shift_));
  const auto body = CASEMENT_TRY(
      chain(first_mini_stream_sector_, max_mini_bytes >> sector_shift_).with_context([] {
        return "the mini stream";
      }));
  std::vector<std::byte> bytes;
  std::uint32_t sector = stream.first_sector;
  while (bytes.size() < stream.size) {  // bounded: fewer than mini_cutoff_ bytes
    const std::uint64_t offset = std::uint64_t{sector} << mini_shift;
    const std::uint64_t index = offset >> sector_shift_;
    if (!in_range(mini_stream_size_, offset, 1) || index >= body.size() ||
        !in_range(fat.size(), std::uint64_t{sector} * sizeof(le32), sizeof(le32))) {
      return fail(Status::corrupt, fmt::format("compound file: mini sector 0x{:x} lies outside of "
                                               "the mini stream of {} bytes",
                                               sector, mini_stream_size_));
    }
    const std::uint64_t wanted = std::min(mini_size, stream.size - bytes.size());
    const std::size_t at = bytes.size();
    bytes.resize(at + wanted);
    const std::uint64_t base = CASEMENT_TRY(offset_of(body[index]));
    CASEMENT_TRY(
        source_->read(base + offset % sector_size(), MutableBytes(bytes).subspan(at, wanted)));
    sector = get_le<std::uint32_t>(fat, sector * sizeof(le32));
  }
  return bytes;
}

Result<std::optional<std::vector<std::byte>>> CompoundFile::read(std::u16string_view name,
                                                                 std::uint64_t max_size) const {
  const auto found = std::ranges::find_if(
      streams_, [name](const Stream& stream) { return equals_folded(stream.name, name); });
  if (found == streams_.end()) {
    return std::optional<std::vector<std::byte>>();
  }
  if (found->size > max_size) {
    return fail(Status::limit_exceeded, fmt::format("compound file: stream {} has {} bytes, more "
                                                    "than {}",
                                                    to_utf8(name), found->size, max_size));
  }
  if (found->size == 0) {
    return std::optional(std::vector<std::byte>());
  }
  return std::optional(CASEMENT_TRY(
      (found->size < mini_cutoff_ ? read_mini(*found) : read_large(*found)).with_context([&] {
        return "stream " + to_utf8(name);
      })));
}

}  // namespace casement
