// SPDX-License-Identifier: Apache-2.0
// Opening a WIM: parts, XML, blob tables, and what they say of each other.
#include "vfs/wim/wim_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/wim/opened_wim.h"
#include "vfs/wim/wim_xml.h"

namespace casement::wim {
namespace {

/// Images of one file; more are not shown. Tools count them with 16 bits.
constexpr std::size_t max_images = 65535;
/// Rows have numbers of 32 bits, one of which stands for none.
constexpr std::uint64_t max_rows = std::numeric_limits<std::uint32_t>::max() - 1;
/// Tables are no rows of the blob table: above the numbers of those.
constexpr std::uint64_t first_table_owner = std::uint64_t{1} << 40;

/// The most plain bytes that are believed of a table with so many stored ones. Rows have a hash of
/// 20 bytes out of 50, which does not shrink.
std::uint64_t max_plain_table(const ResourceSpec& spec) {
  constexpr std::uint64_t ratio = 100;
  constexpr std::uint64_t always = 64U << 10;
  const auto grown = checked_mul(spec.location.stored_size, ratio);
  return grown ? checked_add(*grown, always).value_or(*grown)
               : std::numeric_limits<std::uint64_t>::max();
}

class WimOpener {
 public:
  WimOpener(const WimLocation& location, const Limits& limits)
      : location_(location), limits_(limits), contents_(std::make_unique<WimContents>()) {}

  Result<std::shared_ptr<const WimFile>> run() {
    contents_->parts = CASEMENT_TRY(find_parts(location_, findings()));
    const PartSet& parts = contents_->parts;
    if (parts.find(1) == nullptr) {
      return fail(Status::not_found,
                  fmt::format("{}: part {} of {}, but part 1, which has the images, is not beside "
                              "it",
                              location_.source->describe(), parts.parts.front().number(),
                              parts.part_count));
    }
    for (const WimPart& part : parts.parts) {
      if (part.source == location_.source) {
        contents_->header = part.header.header;
      }
      note_flags(part);
    }
    auto xml = read_xml(parts.parts.front());
    if (xml && xml->encrypted) {
      return fail(Status::unsupported, fmt::format("{}: encrypted ESD: its tables and resources "
                                                   "cannot be read without its key",
                                                   location_.source->describe()));
    }
    CASEMENT_TRY(read_tables());
    list_images();
    if (xml) {
      merge_claims(std::move(xml)->images);
    } else {
      findings().add("wim-xml", xml.error());
    }
    return std::make_shared<const OpenedWim>(std::move(contents_), limits_);
  }

 private:
  Diagnostics& findings() noexcept { return contents_->findings; }

  void note_flags(const WimPart& part) {
    namespace flag = wim_layout::header_flag;
    const auto note = [&](std::uint32_t bit, Severity severity, const char* code,
                          const char* text) {
      if ((part.header.header.flags & bit) != 0) {
        findings().add(severity, code, fmt::format("{}: {}", part.name, text));
      }
    };
    note(flag::write_in_progress, Severity::warning, "wim-write-in-progress",
         "marked as being written: whoever wrote it did not finish");
    note(flag::resource_only, Severity::note, "wim-resource-only",
         "marked as holding file contents without images");
    note(flag::metadata_only, Severity::note, "wim-metadata-only",
         "marked as holding images without file contents");
  }

  /// A table that a header names.
  ResourceSpec table_resource(const WimPart& part, const ResourceLocation& location,
                              const char* label) {
    return {.file = part.source,
            .location = location,
            .format = part.format(),
            .use = ResourceUse::metadata,
            .cache_owner = next_owner_++,
            .label = label};
  }

  /// Empty without XML data.
  Result<WimXml> read_xml(const WimPart& part) {
    const ResourceSpec spec = table_resource(part, part.header.xml, "XML data");
    if (spec.location.is_absent()) {
      return WimXml();
    }
    const auto stored = CASEMENT_TRY(read_resource(spec, state_, limits_, max_xml_size));
    const auto where = [&] { return spec.describe(); };
    contents_->xml = CASEMENT_TRY(xml_to_utf8(stored).with_context(where));
    return parse_wim_xml(contents_->xml).with_context(where);
  }

  /// Part 1's must be readable; what the others hold is then missing.
  Result<void> read_tables() {
    std::uint64_t left = std::min(limits_.max_table_size, max_rows * sizeof(wim_layout::BlobEntry));
    std::vector<bool> open_parts(std::size_t{contents_->parts.part_count} + 1);
    for (const WimPart& part : contents_->parts.parts) {
      open_parts[part.number()] = true;
      const ResourceSpec spec = table_resource(part, part.header.blob_table, "blob table");
      if (spec.location.is_absent()) {
        continue;
      }
      auto rows = read_resource(spec, state_, limits_, std::min(left, max_plain_table(spec)));
      if (!rows && part.number() == 1) {
        return std::unexpected(std::move(rows).error());
      }
      if (!rows) {
        findings().add("wim-blob-table", rows.error());
        continue;
      }
      if (rows->size() % sizeof(wim_layout::BlobEntry) != 0) {
        findings().add(Severity::warning, "wim-blob-table",
                       fmt::format("{}: {} bytes, not a multiple of the {} of a row",
                                   spec.describe(), rows->size(), sizeof(wim_layout::BlobEntry)));
      }
      left -= rows->size();
      contents_->table.add_table(*std::move(rows));
      if (part.number() == 1) {
        rows_of_part_1_ = contents_->table.size();
      }
    }
    contents_->table.set_open_parts(std::move(open_parts));
    return {};
  }

  void list_images() {
    std::size_t elsewhere = 0;
    for (const std::uint32_t row : contents_->table.metadata()) {
      if (row >= rows_of_part_1_) {
        ++elsewhere;
      } else if (contents_->image_rows.size() < max_images) {
        contents_->image_rows.push_back(row);
      }
    }
    if (elsewhere != 0) {
      findings().add(
          Severity::warning, "wim-image-count",
          fmt::format("{} metadata resources in other parts than part 1: left out", elsewhere));
    }
    const std::size_t count = contents_->image_rows.size();
    contents_->images.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      contents_->images[i].index = static_cast<std::uint32_t>(i + 1);
    }
    const WimHeader& first = contents_->parts.parts.front().header.header;
    if (first.image_count != count) {
      findings().add(Severity::warning, "wim-image-count",
                     fmt::format("{} images by the header, but {} metadata resources",
                                 first.image_count, count));
    }
    if (first.boot_index > count) {
      findings().add(
          Severity::warning, "wim-boot-index",
          fmt::format("image {} is to be booted, but there are {}", first.boot_index, count));
    }
  }

  void merge_claims(std::vector<ImageClaims> claims) {
    std::vector<bool> claimed(contents_->images.size());
    for (ImageClaims& image : claims) {
      const std::uint32_t index = image.index;
      if (index == 0 || index > claimed.size() || claimed[index - 1]) {
        findings().add(
            Severity::warning, "wim-xml-images",
            fmt::format(
                "XML data: an image with the index {} (\"{}\"), which {}", index, image.name,
                index == 0 || index > claimed.size() ? "is not there" : "was there before"));
        continue;
      }
      claimed[index - 1] = true;
      contents_->images[index - 1] = std::move(image);
    }
    const auto unclaimed = std::ranges::count(claimed, false);
    if (unclaimed != 0 && !contents_->xml.empty()) {
      findings().add(
          Severity::warning, "wim-xml-images",
          fmt::format("XML data: nothing about {} of {} images", unclaimed, claimed.size()));
    }
  }

  const WimLocation& location_;
  const Limits& limits_;
  std::unique_ptr<WimContents> contents_;
  ReadStatePtr state_ = std::make_shared<ReadState>(limits_);  // for the tables
  std::uint64_t next_owner_ = first_table_owner;
  std::uint32_t rows_of_part_1_ = 0;
};

}  // namespace

Result<std::shared_ptr<const WimFile>> WimFile::open(const WimLocation& location,
                                                     const Limits& limits) {
  return WimOpener(location, limits).run();
}

}  // namespace casement::wim
