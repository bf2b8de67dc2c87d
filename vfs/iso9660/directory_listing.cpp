// SPDX-License-Identifier: Apache-2.0
// Records sector by sector, and the way on behind damage.
#include "vfs/iso9660/directory_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "vfs/fs/entry_name.h"
#include "vfs/iso9660/iso9660_layout.h"

namespace casement {
namespace {

namespace layout = iso9660_layout;

/// Errors taken from one directory before the rest of it is given up.
constexpr std::size_t max_errors = 1000;

/// Sectors without any record that are passed over before the rest is given up: directories have
/// none, and an image may be sparse and huge.
constexpr std::uint64_t max_empty_sectors = 4096;

constexpr std::uint64_t max_record = 255;

/// Records begin at even places.
constexpr std::uint64_t alignment = 2;

std::uint64_t next_sector(std::uint64_t offset) noexcept {
  return offset - offset % layout::sector_size + layout::sector_size;
}

class Lister {
 public:
  Lister(const Iso9660Volume& volume, const Iso9660Node& directory)
      : volume_(volume),
        reader_(volume.reader()),
        name_(fmt::format("directory at 0x{:x}", directory.sections[0].offset)),
        at_(directory.sections[0].offset) {
    const std::uint64_t size = volume.source()->size();
    const std::uint64_t wanted = directory.sections[0].size;
    held_ = in_range(size, at_, wanted);
    end_ = held_ ? at_ + wanted : std::max(at_, size);
    // Records have 34 bytes and more, and seldom more than two continuations.
    constexpr std::uint64_t bytes_of_one = 16;
    continuations_ = Iso9660Volume::max_continuations + (end_ - at_) / bytes_of_one;
  }

  DirListingPtr list() && {
    while (at_ < end_ && !ended_) {
      step();
    }
    if (!held_ && !ended_) {
      fail_with(Error(Status::truncated, fmt::format("the image ends at 0x{:x}", end_)));
    }
    return std::make_shared<const DirListing>(std::move(items_));
  }

 private:
  Result<Bytes> bytes_at(std::uint64_t offset, std::uint64_t length) {
    return reader_.bytes(offset,
                         static_cast<std::size_t>(std::min(length, end_ - std::min(offset, end_))));
  }

  void step() {
    const auto here = bytes_at(at_, 1);
    if (!here) {
      fail_with(here.error());
      at_ = next_sector(at_);
      return;
    }
    if (here->front() == std::byte{0}) {
      empty_ += at_ % layout::sector_size == 0 ? 1 : 0;
      at_ = next_sector(at_);
      if (empty_ > max_empty_sectors) {
        ended_ = true;
        fail_with(Error(Status::corrupt, fmt::format("{} sectors without records, the rest is left "
                                                     "out",
                                                     empty_)));
      }
      return;
    }
    auto node = volume_.read_node(reader_, at_, end_, continuations_);
    if (!node) {
      fail_with(std::move(node).error());
      resume();
      return;
    }
    if (node->sections.size() == 1 && node->least_end < node->end &&
        begins_record(node->least_end, std::min(next_sector(node->least_end), end_))) {
      report("iso9660-record-length", "is so long that it covers the next one");
      node->end = node->least_end;
    } else if (node->sections.size() == 1 &&
               at_ / layout::sector_size != (node->end - 1) / layout::sector_size) {
      report("iso9660-crossing-record", "crosses the end of its sector");
    }
    add(*node);
    at_ = node->end;
  }

  /// Behind a damaged record: where its length leads to, when another one begins there; else the
  /// next place in this sector that looks like one; else the next sector.
  void resume() {
    const std::uint64_t sector_end = std::min(next_sector(at_), end_);
    const auto length = bytes_at(at_, 1);
    const std::uint64_t announced =
        length ? at_ + std::to_integer<std::uint64_t>(length->front()) : sector_end;
    if (announced < sector_end && begins_record(announced, sector_end)) {
      at_ = announced;
      return;
    }
    at_ += alignment;
    while (at_ < sector_end && !begins_record(at_, sector_end)) {
      at_ += alignment;
    }
    at_ = std::min(at_, sector_end);
  }

  bool begins_record(std::uint64_t offset, std::uint64_t sector_end) {
    const auto bytes = bytes_at(offset, std::min(max_record, sector_end - offset));
    return bytes && looks_like_record(*bytes);
  }

  void add(const Iso9660Node& node) {
    if (node.special || node.relocated) {
      return;
    }
    if (node.associated) {
      report("iso9660-associated-file", "is that of an associated file; left out");
      return;
    }
    if (node.name.empty() || is_dot_name(node.name)) {
      report("iso9660-dot-entry", "has no name, or that of a directory itself; left out");
      return;
    }
    if (is_odd_name(node.name)) {
      report("iso9660-odd-name", "has characters in its name that no name may have");
    }
    if (given_ == volume_.limits().max_directory_entries) {
      ended_ = true;
      fail_with(Error(Status::limit_exceeded,
                      fmt::format("more than {} entries, the rest is left out", given_)));
      return;
    }
    ++given_;
    items_.emplace_back(DirEntry{
        node.name, {}, {node.offset}, node.directory ? NodeKind::directory : NodeKind::file});
  }

  void fail_with(Error error) {
    items_.emplace_back(std::move(error).context(name_));
    ended_ = ended_ || ++errors_ == max_errors;
  }

  void report(const char* code, const char* what) {
    volume_.findings().add(Severity::warning, code, at_, [&] {
      return fmt::format("{}: the record at 0x{:x} {}", name_, at_, what);
    });
  }

  const Iso9660Volume& volume_;
  PieceReader reader_;
  std::string name_;
  std::uint64_t at_;
  std::uint64_t end_ = 0;
  bool held_ = true;  // the image has all of it
  std::uint64_t empty_ = 0;
  std::uint64_t continuations_ = 0;
  std::uint32_t given_ = 0;
  std::size_t errors_ = 0;
  bool ended_ = false;
  std::vector<DirListing::Item> items_;
};

}  // namespace

DirListingPtr list_iso9660_directory(const Iso9660Volume& volume, const Iso9660Node& directory) {
  return Lister(volume, directory).list();
}

}  // namespace casement
