// SPDX-License-Identifier: Apache-2.0
// Built EWF images in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/build/disk/ewf_builder.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"
#include "vfs/container/ewf/open_ewf.h"

namespace casement::test {

namespace fx = casement::fixture;

/// Bytes of a chunk, and of the descriptor that begins each section.
inline constexpr std::size_t chunk_size = 1024;
inline constexpr std::size_t descriptor = 76;

/// Ten chunks of 1 KiB and a sector.
inline ByteVector small_disk() {
  return pattern(10 * 1024 + 512, 5);
}

/// Four chunks a segment: image.E01 to image.E03.
inline fx::EwfOptions in_segments() {
  return {.chunks_per_segment = 4};
}

/// The segments under their names.
inline MemoryFolder::Files files_of(const fx::BuiltEwf& built, const fx::EwfOptions& options = {}) {
  MemoryFolder::Files files;
  for (std::size_t i = 0; i < built.segments.size(); ++i) {
    files.emplace(fx::ewf_segment_name("image", options, i), built.segments[i]);
  }
  return files;
}

struct EwfFolder {
  explicit EwfFolder(MemoryFolder::Files files, const Limits& limits = {})
      : folder(std::make_shared<MemoryFolder>(std::move(files))),
        opener(std::vector<ContainerFormat>{ewf_format}, limits) {}
  explicit EwfFolder(const fx::BuiltEwf& built, const fx::EwfOptions& options = {})
      : EwfFolder(files_of(built, options)) {}
  /// One segment.
  explicit EwfFolder(ByteVector image)
      : EwfFolder(MemoryFolder::Files{{"image.E01", std::move(image)}}) {}

  Result<OpenedContainer> open(const std::string& name = "image.E01") const {
    return opener.open(folder, name);
  }

  ImageFolderPtr folder;
  DiskOpener opener;
};

/// Bytes of a section of the first segment become others. `mend`: checksums are made right again.
inline ByteVector change_section(const fx::BuiltEwf& built, const std::string& type,
                                 std::size_t offset, std::span<const std::uint8_t> bytes,
                                 bool mend) {
  ByteVector image = mutate(built.segments.front(), built.section(type).offset + offset, bytes);
  if (mend) {
    fx::fix_ewf_checksums(image);
  }
  return image;
}

/// One letter a chunk: y for one that is right, c for corrupt, t for truncated, ? for another
/// error, and ! for wrong bytes.
inline std::string readable(const ByteSource& disk, const ByteVector& expected) {
  std::string text;
  for (std::size_t offset = 0; offset < expected.size(); offset += chunk_size) {
    const std::size_t size = std::min(chunk_size, expected.size() - offset);
    ByteVector chunk(size);
    const auto read = disk.read(offset, chunk);
    const bool same = std::equal(chunk.begin(), chunk.end(),
                                 expected.begin() + static_cast<std::ptrdiff_t>(offset));
    if (read) {
      text += same ? 'y' : '!';
    } else {
      text += read.error().status() == Status::corrupt     ? 'c'
              : read.error().status() == Status::truncated ? 't'
                                                           : '?';
    }
  }
  return text;
}

inline std::string findings_of(const OpenedContainer& disk) {
  std::string text;
  for (const Diagnostic& finding : disk.diagnostics.items()) {
    text += finding.code + ": " + finding.text + "\n";
  }
  return text;
}

}  // namespace casement::test
