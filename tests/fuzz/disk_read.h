// SPDX-License-Identifier: Apache-2.0
// Opens and reads a disk image with one other file beside it; shared by the disk targets.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vfs/container/container.h"

namespace casement::fuzz {

/// A folder in which every name is the same file: a parent that names a parent names itself.
class OneFileFolder final : public ImageFolder, public std::enable_shared_from_this<OneFileFolder> {
 public:
  explicit OneFileFolder(SourcePtr file) : file_(std::move(file)) {}
  Result<SourcePtr> find(std::string_view) const override { return file_; }
  std::shared_ptr<const ImageFolder> folder_of(std::string_view) const override {
    return shared_from_this();
  }
  std::string describe() const override { return "fuzz"; }
  std::optional<std::string> host_path(std::string_view) const override { return std::nullopt; }

 private:
  SourcePtr file_;
};

/// Reads a range at once and in small pieces. Aborts when that gives different bytes.
inline void read_range(const ByteSource& disk, std::uint64_t offset, std::uint64_t length) {
  length = std::min(length, disk.size() - offset);
  std::vector<std::byte> whole(length);
  if (!disk.read(offset, whole)) {
    return;
  }
  constexpr std::size_t step = 1511;
  std::vector<std::byte> piece(step);
  for (std::size_t done = 0; done < whole.size(); done += step) {
    const auto out = std::span(piece).first(std::min(step, whole.size() - done));
    const auto read = disk.read(offset + done, out);
    if (!read ||
        !std::equal(out.begin(), out.end(), whole.begin() + static_cast<std::ptrdiff_t>(done))) {
      std::abort();
    }
  }
}

/// Opens `image` by `open`, as its parents, and reads from the disk's start, middle and end.
inline void open_and_read(const SourcePtr& image, const SourcePtr& beside,
                          Result<OpenedContainer> (*open)(const ContainerFile&,
                                                          const ContainerContext&)) {
  ContainerContext context;
  context.limits.max_table_size = std::uint64_t{2} << 20;
  context.limits.max_parent_chain = 4;
  context.cache = std::make_shared<BlockCache>(std::uint64_t{1} << 20);
  std::uint64_t owners = 0;
  context.next_owner = [&owners] { return ++owners; };
  context.open_disk = [&](const ContainerFile& file) { return open(file, context); };
  const auto opened = open({image, "fuzz", std::make_shared<OneFileFolder>(beside), 1}, context);
  if (!opened) {
    return;
  }
  constexpr std::uint64_t most = std::uint64_t{64} << 10;
  const std::uint64_t size = opened->disk->size();
  read_range(*opened->disk, 0, most);
  read_range(*opened->disk, size / 2, most);
  read_range(*opened->disk, size > most ? size - most : 0, most);
}

}  // namespace casement::fuzz
