// SPDX-License-Identifier: Apache-2.0
// File identifiers to entries, and the way on behind damage.
#include "vfs/udf/udf_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "vfs/fs/entry_name.h"
#include "vfs/source/cluster/piece_cache.h"
#include "vfs/udf/udf_content.h"
#include "vfs/udf/udf_file_layout.h"
#include "vfs/udf/udf_tag.h"
#include "vfs/udf/udf_values.h"

namespace casement {
namespace {

namespace layout = udf_layout;
namespace characteristic = udf_layout::characteristic;

constexpr std::uint64_t hidden_bit = std::uint64_t{1} << 63;

/// File identifiers begin at multiples of four bytes.
constexpr std::uint64_t alignment = 4;

/// Errors taken from one directory before the rest of it is given up.
constexpr std::size_t max_errors = 1000;

/// Bytes of one directory that are searched for the next identifier behind damaged ones.
constexpr std::uint64_t max_search = std::uint64_t{1} << 20;

/// What is passed over where nothing can be read.
constexpr std::uint64_t bad_sector = 512;

class Lister {
 public:
  Lister(const UdfSpace& space, const UdfEntry& directory, const Limits& limits,
         UniqueFindings& findings)
      : directory_(directory), limits_(limits), findings_(findings) {
    auto content = open_udf_content(space, directory, limits, findings);
    if (!content) {
      fail_with(std::move(content).error());
      return;
    }
    whole_size_ = (*content)->size();
    size_ = std::min(whole_size_, most_bytes(space, limits));
    constexpr std::uint32_t piece = 65'536;
    reader_.emplace(std::make_shared<const PieceCache>(*std::move(content), piece, piece));
  }

  DirListingPtr list() && {
    while (reader_ && at_ < size_ && !ended_) {
      const std::uint64_t start = at_;
      auto taken = take();
      if (!taken) {
        fail_with(std::move(taken).error());
        resume(start);
      }
    }
    if (size_ < whole_size_ && !ended_) {
      fail_with(Error(Status::limit_exceeded,
                      fmt::format("{} bytes, the first {} were read", whole_size_, size_)));
    }
    return std::make_shared<const DirListing>(std::move(items_));
  }

 private:
  /// No directory is larger than its partition, unless it has the same blocks many times.
  static std::uint64_t most_bytes(const UdfSpace& space, const Limits& limits) {
    std::uint64_t largest = 0;
    for (const UdfPartition& partition : space.partitions()) {
      largest = std::max(largest, partition.bytes->size());
    }
    return std::min(largest, limits.max_table_size);
  }

  /// One identifier; at_ is behind it afterwards, as far as its lengths can be trusted.
  Result<void> take() {
    const std::uint64_t start = at_;
    const auto where = [&] { return fmt::format("file identifier at 0x{:x}", start); };
    const auto head = CASEMENT_TRY(read_head(start).with_context(where));
    const std::uint64_t used =
        sizeof(head) + std::uint64_t{head.name_length} + head.implementation_use_length.value();
    if (!in_range(size_, start, used)) {
      return fail(Status::corrupt,
                  fmt::format("{}: {} bytes in a directory of {}", where(), used, size_));
    }
    at_ = start + (used + alignment - 1) / alignment * alignment;
    // The CRC may cover the filling behind the name.
    const std::uint64_t whole = std::min(at_, size_) - start;
    const Bytes raw =
        CASEMENT_TRY(reader_->bytes(start, static_cast<std::size_t>(whole)).with_context(where));
    CASEMENT_TRY(expect_udf_tag(raw, layout::tag_id::file_identifier, "file identifier")
                     .with_context(where));
    const std::uint64_t name_at =
        sizeof(head) + std::uint64_t{head.implementation_use_length.value()};
    const Bytes name = CASEMENT_TRY(slice(raw, name_at, head.name_length, "name"));
    return add(head, name, start);
  }

  Result<layout::FileIdentifier> read_head(std::uint64_t start) {
    const Bytes raw = CASEMENT_TRY(reader_->bytes(start, sizeof(layout::FileIdentifier)));
    const auto head = CASEMENT_TRY(load<layout::FileIdentifier>(raw, 0, "file identifier"));
    if (!is_udf_tag(head.tag) || head.tag.identifier.value() != layout::tag_id::file_identifier) {
      return fail(Status::corrupt, fmt::format("no tag of a file identifier"));
    }
    return head;
  }

  Result<void> add(const layout::FileIdentifier& head, Bytes name, std::uint64_t start) {
    constexpr unsigned left_out =
        characteristic::deleted | characteristic::parent | characteristic::metadata;
    if ((head.characteristics & left_out) != 0) {
      if (++left_out_ > limits_.max_directory_entries) {
        return fail_at_limit(left_out_);
      }
      return {};
    }
    auto text = from_udf_text(name);
    if (!text || text->empty()) {
      return fail(Status::corrupt, fmt::format("file identifier at 0x{:x}: a name without units or "
                                               "of an unknown kind",
                                               start));
    }
    if (is_dot_name(*text)) {
      report("udf-dot-entry", start, "is named as a directory names itself; left out");
      if (++left_out_ > limits_.max_directory_entries) {
        return fail_at_limit(left_out_);
      }
      return {};
    }
    if (is_odd_name(*text)) {
      report("udf-odd-name", start, "has characters in its name that no name may have");
    }
    if (given_ == limits_.max_directory_entries) {
      return fail_at_limit(given_);
    }
    ++given_;
    DirEntry entry;
    entry.name = *std::move(text);
    entry.node = to_node_id({{head.icb.location.partition.value(), head.icb.location.block.value()},
                             (head.characteristics & characteristic::hidden) != 0});
    entry.kind = (head.characteristics & characteristic::directory) != 0 ? NodeKind::directory
                                                                         : NodeKind::file;
    items_.emplace_back(std::move(entry));
    return {};
  }

  Result<void> fail_at_limit(std::uint32_t count) {
    ended_ = true;
    return fail(Status::limit_exceeded,
                fmt::format("more than {} entries, the rest is left out", count));
  }

  /// Behind a damaged identifier: where its lengths lead to, when another one begins there, else
  /// the next tag.
  void resume(std::uint64_t start) {
    if (at_ > start && (at_ >= size_ || read_head(at_))) {
      return;
    }
    at_ = start + alignment;
    while (at_ < size_ && searched_ < max_search) {
      const auto raw = reader_->bytes(at_, sizeof(layout::Tag));
      const auto tag = raw ? load<layout::Tag>(*raw, 0, "tag")
                           : Result<layout::Tag>(std::unexpected(raw.error()));
      if (tag && is_udf_tag(*tag) && tag->identifier.value() == layout::tag_id::file_identifier) {
        return;
      }
      const std::uint64_t step = raw ? alignment : bad_sector - at_ % bad_sector;
      at_ += step;
      searched_ += step;
    }
    if (at_ < size_ && !ended_) {
      ended_ = true;
      items_.emplace_back(Error(
          Status::corrupt, fmt::format("{}: {} bytes hold no file identifier, the rest is left out",
                                       describe(), searched_)));
    }
  }

  void fail_with(Error error) {
    items_.emplace_back(std::move(error).context(describe()));
    ended_ = ended_ || ++errors_ == max_errors;
  }

  void report(const char* code, std::uint64_t start, const char* what) {
    findings_.add(Severity::warning, code, (to_number(directory_.place) << 16) ^ start, [&] {
      return fmt::format("{}: the file identifier at 0x{:x} {}", describe(), start, what);
    });
  }

  std::string describe() const { return "directory in " + to_string(directory_.place); }

  const UdfEntry& directory_;
  const Limits& limits_;
  UniqueFindings& findings_;
  std::optional<PieceReader> reader_;
  std::uint64_t size_ = 0;  // of what is read
  std::uint64_t whole_size_ = 0;
  std::uint64_t at_ = 0;
  std::uint64_t searched_ = 0;
  std::uint32_t given_ = 0;
  std::uint32_t left_out_ = 0;
  std::size_t errors_ = 0;
  bool ended_ = false;
  std::vector<DirListing::Item> items_;
};

}  // namespace

NodeId to_node_id(const UdfNodeId& id) noexcept {
  return {to_number(id.place) | (id.hidden ? hidden_bit : 0)};
}

UdfNodeId from_node_id(NodeId id) noexcept {
  constexpr std::uint64_t partition_mask = 0xFFFF;
  return {{static_cast<std::uint16_t>((id.value >> 32) & partition_mask),
           static_cast<std::uint32_t>(id.value)},
          (id.value & hidden_bit) != 0};
}

DirListingPtr read_udf_directory(const UdfSpace& space, const UdfEntry& directory,
                                 const Limits& limits, UniqueFindings& findings) {
  return Lister(space, directory, limits, findings).list();
}

}  // namespace casement
