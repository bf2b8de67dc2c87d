// SPDX-License-Identifier: Apache-2.0
// Footer: field checks, and the choice between its copies.
#include "vfs/container/vhd/footer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "vfs/container/vhd/vhd_checksum.h"
#include "vfs/container/vhd/vhd_layout.h"

namespace casement {
namespace {

using vhd_layout::Footer;

constexpr std::string_view footer_cookie = "conectix";
constexpr std::uint32_t major_version = 1;

/// Where a footer may be, and how long it is there.
struct Place {
  std::uint64_t offset = 0;
  std::uint32_t length = vhd_layout::footer_size;
};

/// In the order of trust.
std::vector<Place> places_in(std::uint64_t file_size) {
  std::vector<Place> places;
  for (const std::uint32_t length : {vhd_layout::footer_size, vhd_layout::old_footer_size}) {
    if (file_size >= length) {
      places.push_back({file_size - length, length});
    }
  }
  if (file_size > vhd_layout::footer_size) {
    places.push_back({0, vhd_layout::footer_size});
  }
  return places;
}

Result<bool> has_cookie(const ByteSource& source, std::uint64_t offset) {
  std::array<std::byte, footer_cookie.size()> cookie{};
  CASEMENT_TRY(source.read(offset, cookie));
  return std::ranges::equal(cookie, std::as_bytes(std::span(footer_cookie)));
}

/// bad_format: no footer is there. Else as VhdFooter::parse(), or io_failed.
Result<VhdFooter> read_footer(const ByteSource& source, const Place& place) {
  std::array<std::byte, vhd_layout::footer_size> raw{};
  const auto bytes = std::span(raw).first(place.length);
  CASEMENT_TRY(source.read(place.offset, bytes));
  VhdFooter footer = CASEMENT_TRY(VhdFooter::parse(bytes, place.offset));
  if (place.offset == 0 && footer.type == VhdType::fixed) {
    return fail(Status::bad_format,
                "fixed disks have no copy of the footer: these are the guest's "
                "bytes, an image within the image");
  }
  return footer;
}

/// "win 10.0"; characters that are no text are left out.
std::string creator_text(const Footer& disk) {
  std::string name;
  for (const char c : disk.creator) {
    if (c > ' ' && c <= '~') {
      name += c;
    }
  }
  const std::uint32_t version = disk.creator_version.value();
  return fmt::format("{} {}.{}", name.empty() ? "unknown" : name, version >> 16, version & 0xFFFFU);
}

}  // namespace

Result<VhdFooter> VhdFooter::parse(Bytes raw, std::uint64_t file_offset) {
  std::array<std::byte, sizeof(Footer)> padded{};
  if (raw.size() < vhd_layout::old_footer_size) {
    return fail(Status::truncated, fmt::format("footer at 0x{:x}: {} bytes, expected {}",
                                               file_offset, raw.size(), padded.size()));
  }
  std::ranges::copy(raw.first(std::min(raw.size(), padded.size())), padded.begin());
  const auto disk = CASEMENT_TRY(load<Footer>(padded, 0, "footer"));
  if (std::string_view(disk.cookie.data(), disk.cookie.size()) != footer_cookie) {
    return fail(Status::bad_format,
                fmt::format("footer at 0x{:x}: no cookie \"{}\"", file_offset, footer_cookie));
  }
  const std::uint32_t version = disk.version.value();
  if (version >> 16 != major_version) {
    return fail(Status::unsupported, fmt::format("footer at 0x{:x}: version {}.{}, expected 1.0",
                                                 file_offset, version >> 16, version & 0xFFFFU));
  }
  const std::uint32_t type = disk.disk_type.value();
  if (type < std::to_underlying(VhdType::fixed) ||
      type > std::to_underlying(VhdType::differencing)) {
    return fail(Status::corrupt, fmt::format("footer at 0x{:x}: disk type {}, expected 2 (fixed), "
                                             "3 (dynamic) or 4 (differencing)",
                                             file_offset, type));
  }
  if (disk.current_size.value() == 0) {
    return fail(Status::corrupt, fmt::format("footer at 0x{:x}: a disk of 0 bytes", file_offset));
  }

  VhdFooter footer;
  footer.checksum_valid = vhd_checksum(padded, offsetof(Footer, checksum)) == disk.checksum.value();
  footer.type = static_cast<VhdType>(type);
  footer.header_offset = disk.data_offset.value();
  footer.current_size = disk.current_size.value();
  footer.geometry_size = std::uint64_t{disk.cylinders.value()} * disk.heads *
                         disk.sectors_per_track * vhd_layout::sector_size;
  footer.creator = creator_text(disk);
  footer.id = vhd_guid(disk.unique_id);
  footer.timestamp = disk.timestamp.value();
  footer.saved_state = disk.saved_state != 0;
  return footer;
}

std::uint64_t FoundVhdFooter::disk_size() const noexcept {
  const bool by_geometry = footer.type == VhdType::fixed && footer.current_size != offset &&
                           footer.geometry_size == offset && offset != 0;
  return by_geometry ? footer.geometry_size : footer.current_size;
}

Result<bool> has_vhd_footer(const ByteSource& source) {
  for (const Place& place : places_in(source.size())) {
    if (CASEMENT_TRY(has_cookie(source, place.offset))) {
      return true;
    }
  }
  return false;
}

Result<FoundVhdFooter> find_vhd_footer(const ByteSource& source, Diagnostics& diagnostics) {
  std::optional<FoundVhdFooter> plausible;
  std::optional<Error> refused;
  std::string damage = "there is none at the end, the file may be cut off";
  for (const Place& place : places_in(source.size())) {
    auto footer = read_footer(source, place);
    if (!footer) {
      const Status status = footer.error().status();
      if (status == Status::io_failed) {
        return std::unexpected(std::move(footer).error());
      }
      if (status != Status::bad_format) {
        damage = footer.error().message();
        refused = refused ? refused : std::move(footer).error();
      }
      continue;
    }
    const FoundVhdFooter found = {std::move(footer).take(), place.offset};
    if (found.footer.checksum_valid) {
      if (place.offset == 0) {
        diagnostics.add(Severity::warning, "vhd-footer-copy",
                        "the copy of the footer at 0x0 is used: " + damage);
      }
      return found;
    }
    damage = fmt::format("the checksum of the footer at 0x{:x} is wrong", place.offset);
    plausible = plausible ? plausible : found;
  }
  if (plausible) {
    diagnostics.add(Severity::warning, "vhd-footer-checksum",
                    fmt::format("the checksum of the footer at 0x{:x} is wrong, its fields are "
                                "plausible",
                                plausible->offset));
    return *plausible;
  }
  if (refused) {
    return std::unexpected(*std::move(refused));
  }
  return fail(Status::bad_format,
              fmt::format("{}: no cookie \"{}\" at the end or the start: not a VHD",
                          source.describe(), footer_cookie));
}

}  // namespace casement
