// SPDX-License-Identifier: Apache-2.0
// Sector 16 and those behind it.
#include "vfs/iso9660/iso9660_descriptors.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <string_view>
#include <utility>

#include "vfs/iso9660/iso9660_values.h"

namespace casement {
namespace {

namespace layout = iso9660_layout;
namespace descriptor_type = iso9660_layout::descriptor_type;

/// Real media have up to six.
constexpr std::uint32_t max_descriptors = 100;

constexpr std::string_view identifier = "CD001";
constexpr std::string_view el_torito = "EL TORITO SPECIFICATION";

/// The levels of Joliet by their escape sequences: UCS-2 levels 1 to 3.
unsigned joliet_level(const layout::VolumeDescriptor& raw) noexcept {
  constexpr std::array<std::string_view, 3> sequences{"%/@", "%/C", "%/E"};
  const std::string_view field(raw.escape_sequences, sizeof(raw.escape_sequences));
  for (unsigned level = 0; level < sequences.size(); ++level) {
    if (field.find(sequences[level]) != std::string_view::npos) {
      return level + 1;
    }
  }
  return 0;
}

class Reader {
 public:
  Reader(const ByteSource& volume, UniqueFindings& findings)
      : volume_(volume), findings_(findings) {}

  Result<Iso9660Descriptors> read() && {
    for (std::uint32_t i = 0; i < max_descriptors; ++i) {
      sector_ = layout::first_descriptor + i;
      const std::uint64_t offset = std::uint64_t{sector_} * layout::sector_size;
      if (!in_range(volume_.size(), offset, raw_.size())) {
        if (i == 0) {
          return fail(Status::bad_format, "the volume ends before sector 16");
        }
        break;
      }
      CASEMENT_TRY(volume_.read(offset, raw_));
      const auto head = CASEMENT_TRY(load<layout::DescriptorHead>(raw_, 0, "volume descriptor"));
      if (std::string_view(head.identifier, sizeof(head.identifier)) != identifier) {
        if (i == 0) {
          return fail(Status::bad_format, "no 'CD001' in sector 16");
        }
        break;
      }
      out_.seen.push_back({sector_, head.type, head.version});
      if (head.type == descriptor_type::terminator) {
        return std::move(out_);
      }
      CASEMENT_TRY(take(head));
    }
    findings_.add(Severity::warning, "iso9660-no-terminator", sector_, [&] {
      return fmt::format("the volume descriptors end at sector {} without a terminator", sector_);
    });
    return std::move(out_);
  }

 private:
  Result<void> take(const layout::DescriptorHead& head) {
    if (head.type == descriptor_type::boot_record) {
      const auto record = CASEMENT_TRY(load<layout::BootRecord>(raw_, 0, "boot record"));
      if (std::string_view(record.system_id, sizeof(record.system_id)).starts_with(el_torito) &&
          !out_.boot_catalog) {
        out_.boot_catalog = record.catalog.value();
      }
      return {};
    }
    const bool primary = head.type == descriptor_type::primary;
    if (!primary && head.type != descriptor_type::supplementary) {
      return {};
    }
    const auto raw = CASEMENT_TRY(load<layout::VolumeDescriptor>(raw_, 0, "volume descriptor"));
    auto tree = parse(raw);
    if (!tree) {
      findings_.add("iso9660-descriptor", sector_, tree.error());
      return {};
    }
    if (primary) {
      keep(out_.primary, *std::move(tree));
    } else if (head.version == 2) {
      tree->names = Iso9660Names::enhanced;
      keep(out_.enhanced, *std::move(tree));
    } else if (tree->joliet_level != 0) {
      keep(out_.joliet, *std::move(tree));
    }
    return {};
  }

  /// There may be copies; the first one counts.
  static void keep(std::optional<Iso9660Tree>& place, Iso9660Tree tree) {
    if (!place) {
      place = std::move(tree);
    }
  }

  Result<Iso9660Tree> parse(const layout::VolumeDescriptor& raw) {
    constexpr std::uint32_t min_block = 512;
    Iso9660Tree tree;
    tree.joliet_level = raw.head.type == descriptor_type::supplementary && raw.head.version == 1
                            ? joliet_level(raw)
                            : 0;
    tree.names = tree.joliet_level != 0 ? Iso9660Names::joliet : Iso9660Names::primary;
    tree.root_record =
        std::uint64_t{sector_} * layout::sector_size + offsetof(layout::VolumeDescriptor, root);
    tree.block_size = raw.block_size.little.value();
    tree.block_count = raw.block_count.little.value();
    tree.volume_count = raw.volume_count.little.value();
    tree.volume_number = raw.volume_number.little.value();
    const Bytes label(raw.volume_id);
    tree.label = tree.joliet_level != 0 ? from_joliet_text(label) : from_iso9660_text(label);
    tree.label.resize(without_filling(tree.label).size());
    tree.created = from_iso9660_time(raw.created);
    tree.modified = from_iso9660_time(raw.modified);
    if (!std::has_single_bit(tree.block_size) || tree.block_size < min_block ||
        tree.block_size > layout::sector_size) {
      return fail(Status::corrupt, fmt::format("volume descriptor in sector {}: blocks of {} bytes",
                                               sector_, tree.block_size));
    }
    if (raw.block_size.big.value() != tree.block_size ||
        raw.block_count.big.value() != tree.block_count) {
      findings_.add(Severity::warning, "iso9660-both-endian", sector_, [&] {
        return fmt::format(
            "volume descriptor in sector {}: {} blocks of {} bytes, or {} of {} when "
            "read big-endian",
            sector_, tree.block_count, tree.block_size, raw.block_count.big.value(),
            raw.block_size.big.value());
      });
    }
    return tree;
  }

  const ByteSource& volume_;
  UniqueFindings& findings_;
  std::array<std::byte, layout::sector_size> raw_{};
  std::uint32_t sector_ = 0;
  Iso9660Descriptors out_;
};

}  // namespace

Result<Iso9660Descriptors> read_iso9660_descriptors(const ByteSource& volume,
                                                    UniqueFindings& findings) {
  return Reader(volume, findings).read();
}

const char* to_string(Iso9660Names names) noexcept {
  switch (names) {
    case Iso9660Names::primary:
      return "primary";
    case Iso9660Names::joliet:
      return "Joliet";
    case Iso9660Names::enhanced:
      return "enhanced";
    case Iso9660Names::rock_ridge:
      return "Rock Ridge";
  }
  return "unknown";
}

}  // namespace casement
