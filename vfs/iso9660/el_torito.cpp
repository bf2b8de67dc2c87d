// SPDX-License-Identifier: Apache-2.0
// Validation entry, default entry, sections.
#include "vfs/iso9660/el_torito.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "vfs/core/unique_findings.h"
#include "vfs/iso9660/el_torito_layout.h"
#include "vfs/iso9660/iso9660_descriptors.h"
#include "vfs/iso9660/iso9660_layout.h"

namespace casement {
namespace {

namespace layout = el_torito_layout;

/// A sector has 64; media have up to three.
constexpr std::size_t max_entries = 1024;

/// Up to the first zero, without the spaces behind it.
std::string text_of(const char* field, std::size_t size) {
  std::string_view text(field, size);
  text = text.substr(0, text.find('\0'));
  while (text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

class CatalogReader {
 public:
  CatalogReader(const ByteSource& volume, std::uint32_t sector) : volume_(volume) {
    out_.sector = sector;
  }

  Result<BootCatalog> read() && {
    CASEMENT_TRY(read_validation());
    const Bytes raw_first = CASEMENT_TRY(next());
    const auto first = CASEMENT_TRY(load<layout::BootEntry>(raw_first, 0, "boot entry"));
    add(first, out_.platform, out_.id);
    // Sections may be missing altogether; the catalog then ends with zeros.
    while (at_ < max_entries) {
      const auto raw = next();
      const auto header = raw ? load<layout::SectionHeader>(*raw, 0, "section header")
                              : Result<layout::SectionHeader>(std::unexpected(raw.error()));
      if (!header) {
        note(header.error().message());
        break;
      }
      if (header->indicator != layout::indicator::section &&
          header->indicator != layout::indicator::last_section) {
        if (header->indicator != 0) {
          note(fmt::format("entry {} has the indicator 0x{:02x}, expected 0x90, 0x91 or the end",
                           at_ - 1, header->indicator));
        }
        break;
      }
      if (!read_section(*header) || header->indicator == layout::indicator::last_section) {
        break;
      }
    }
    return std::move(out_);
  }

 private:
  /// Entries lie one behind the other; each is read alone, because the catalog has no length.
  Result<Bytes> next() {
    const std::uint64_t offset =
        std::uint64_t{out_.sector} * iso9660_layout::sector_size + at_ * layout::entry_size;
    CASEMENT_TRY(volume_.read(offset, raw_).with_context([&] {
      return fmt::format("boot catalog in sector {}", out_.sector);
    }));
    ++at_;
    return Bytes(raw_);
  }

  Result<void> read_validation() {
    const Bytes raw = CASEMENT_TRY(next());
    const auto entry = CASEMENT_TRY(load<layout::ValidationEntry>(raw, 0, "validation entry"));
    if (entry.header != layout::indicator::validation) {
      return fail(Status::corrupt,
                  fmt::format("boot catalog in sector {}: begins with 0x{:02x}, expected a "
                              "validation entry (0x01)",
                              out_.sector, entry.header));
    }
    out_.platform = entry.platform;
    out_.id = text_of(entry.id, sizeof(entry.id));
    unsigned sum = 0;
    for (std::size_t i = 0; i < raw.size(); i += sizeof(std::uint16_t)) {
      sum += get_le<std::uint16_t>(raw, i);
    }
    out_.checksum_valid = (sum & 0xFFFFU) == 0;
    out_.key_valid = entry.key_55 == 0x55 && entry.key_aa == 0xAA;
    if (!out_.checksum_valid) {
      note(fmt::format("the words of its validation entry add up to 0x{:04x}, expected 0",
                       sum & 0xFFFFU));
    }
    if (!out_.key_valid) {
      note(fmt::format("its validation entry ends with {:02x} {:02x}, expected 55 aa", entry.key_55,
                       entry.key_aa));
    }
    return {};
  }

  /// false: the catalog ends before its entries do.
  bool read_section(const layout::SectionHeader& header) {
    const std::string id = text_of(header.id, sizeof(header.id));
    for (unsigned i = 0; i < header.count.value() && at_ < max_entries; ++i) {
      const auto raw = next();
      const auto entry = raw ? load<layout::BootEntry>(*raw, 0, "boot entry")
                             : Result<layout::BootEntry>(std::unexpected(raw.error()));
      if (!entry) {
        note(entry.error().message());
        return false;
      }
      if (entry->indicator == layout::indicator::section ||
          entry->indicator == layout::indicator::last_section ||
          entry->indicator == layout::indicator::extension) {
        note(fmt::format("entry {} is a header, expected entry {} of {} of a section", at_ - 1,
                         i + 1, header.count.value()));
        --at_;
        return true;
      }
      add(*entry, header.platform, id);
      if ((entry->media & layout::extension_follows) != 0) {
        skip_extensions();
      }
    }
    return true;
  }

  void skip_extensions() {
    while (at_ < max_entries) {
      const auto raw = next();
      const auto entry = raw ? load<layout::EntryExtension>(*raw, 0, "extension")
                             : Result<layout::EntryExtension>(std::unexpected(raw.error()));
      if (!entry || entry->indicator != layout::indicator::extension) {
        if (raw) {
          --at_;  // not there: what is there will be read as what it is
        }
        return;
      }
      if ((entry->flags & layout::extension_follows) == 0) {
        return;
      }
    }
  }

  void add(const layout::BootEntry& raw, std::uint8_t platform, const std::string& id) {
    if (raw.indicator != layout::indicator::bootable && raw.indicator != 0) {
      note(fmt::format("entry {} has the indicator 0x{:02x}, expected 0x88 or 0", at_ - 1,
                       raw.indicator));
    }
    BootCatalogEntry entry;
    entry.platform = platform;
    entry.section_id = id;
    entry.bootable = raw.indicator == layout::indicator::bootable;
    entry.media = raw.media & layout::media_kind_mask;
    entry.load_segment = raw.load_segment.value();
    entry.system_type = raw.system_type;
    entry.sector_count = raw.sector_count.value();
    entry.load_block = raw.load_block.value();
    entry.selection_type = raw.selection_type;
    out_.entries.push_back(std::move(entry));
  }

  void note(std::string text) {
    out_.findings.add(Severity::warning, "boot-catalog",
                      fmt::format("boot catalog in sector {}: {}", out_.sector, text));
  }

  const ByteSource& volume_;
  BootCatalog out_;
  std::size_t at_ = 0;
  std::array<std::byte, layout::entry_size> raw_{};
};

}  // namespace

Result<std::optional<BootCatalog>> read_boot_catalog(const ByteSource& volume) {
  UniqueFindings ignored;  // those of the descriptors belong to the file system
  const auto descriptors = read_iso9660_descriptors(volume, ignored);
  if (!descriptors) {
    if (descriptors.error().status() == Status::bad_format) {
      return std::optional<BootCatalog>();
    }
    return std::unexpected(descriptors.error());
  }
  if (!descriptors->boot_catalog) {
    return std::optional<BootCatalog>();
  }
  return std::optional(CASEMENT_TRY(CatalogReader(volume, *descriptors->boot_catalog).read()));
}

std::string boot_platform_name(std::uint8_t platform) {
  switch (platform) {
    case boot_platform::bios:
      return "BIOS";
    case boot_platform::power_pc:
      return "PowerPC";
    case boot_platform::mac:
      return "Mac";
    case boot_platform::efi:
      return "EFI";
    default:
      return fmt::format("0x{:02x}", platform);
  }
}

std::string boot_media_name(std::uint8_t media) {
  switch (static_cast<BootMedia>(media)) {
    case BootMedia::none:
      return "no emulation";
    case BootMedia::floppy_1200:
      return "1.2 MB floppy";
    case BootMedia::floppy_1440:
      return "1.44 MB floppy";
    case BootMedia::floppy_2880:
      return "2.88 MB floppy";
    case BootMedia::hard_disk:
      return "hard disk";
  }
  return fmt::format("media {}", media);
}

}  // namespace casement
