// SPDX-License-Identifier: Apache-2.0
// Looking up clusters in $Bitmap.
#include "vfs/ntfs/reallocated.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/stream.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

/// Bytes of $Bitmap that are read at once: 128 MiB of clusters of 4 KiB.
constexpr std::size_t piece_size = 4096;

Result<SourcePtr> open_bitmap(const NtfsVolumePtr& volume) {
  const NtfsNode bitmap =
      CASEMENT_TRY(NtfsNode::read(volume, FileReference::make(layout::metadata_record::bitmap, 0)));
  const AttributeChain* const data =
      CASEMENT_TRY(bitmap.require(layout::attribute_type::data, u""));
  return open_attribute(bitmap, *data);
}

/// The first cluster of [lcn, lcn + length) that is in use.
Result<std::optional<std::uint64_t>> find_used(const ByteSource& bitmap, std::uint64_t lcn,
                                               std::uint64_t length) {
  std::array<std::byte, piece_size> buffer{};
  const std::uint64_t end = lcn + length;  // a run: it ends within the volume
  while (lcn < end) {
    const std::uint64_t first_byte = lcn / 8;
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>(piece_size, (end - 1) / 8 - first_byte + 1));
    CASEMENT_TRY(bitmap.read(first_byte, MutableBytes(buffer).first(size)));
    const std::uint64_t piece_end = std::min(end, (first_byte + size) * 8);
    for (; lcn < piece_end; ++lcn) {
      const auto bits =
          std::to_integer<unsigned>(buffer[static_cast<std::size_t>(lcn / 8 - first_byte)]);
      if (((bits >> (lcn % 8)) & 1) != 0) {
        return std::optional(lcn);
      }
    }
  }
  return std::optional<std::uint64_t>();
}

/// The first cluster of all runs that is in use.
Result<std::optional<std::uint64_t>> find_used(const NtfsNode& node, const RunList& runs) {
  const SourcePtr bitmap = CASEMENT_TRY(open_bitmap(node.volume()));
  // Runs may name the same clusters again and again; a sound file has no more than the volume.
  std::uint64_t left = node.volume()->geometry().cluster_count;
  for (const Run& run : runs.runs()) {
    if (run.sparse) {
      continue;
    }
    const std::uint64_t length = std::min(run.length, left);
    const auto used = CASEMENT_TRY(find_used(*bitmap, run.lcn, length));
    if (used) {
      return used;
    }
    left -= length;
  }
  return std::optional<std::uint64_t>();
}

std::string name_of(const NtfsNode& node) {
  const auto names = node.file_names();
  const auto listed = std::ranges::find_if(names, &NtfsFileName::is_listed);
  return listed == names.end() ? "without a name" : fmt::format("\"{}\"", to_utf8(listed->name()));
}

}  // namespace

void report_reallocated(const NtfsNode& node, const AttributeChain& chain) {
  if (chain.head.resident) {
    return;
  }
  const std::uint64_t record = node.reference().record();
  UniqueFindings& findings = node.volume()->findings();
  auto used = find_used(node, load_runs(node, chain));
  if (!used) {
    findings.add(Severity::warning, "bitmap-damaged", layout::metadata_record::bitmap,
                 fmt::format("$Bitmap: whether the clusters of deleted files are in use cannot be "
                             "told: {}",
                             used.error().message()));
  } else if (*used) {
    findings.add(
        Severity::warning, "clusters-reallocated", record,
        fmt::format("deleted file {} of record {}: cluster 0x{:x} of its content is in use "
                    "again: what is read there is another file's",
                    name_of(node), record, **used));
  }
}

}  // namespace casement::ntfs
