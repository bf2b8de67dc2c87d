// SPDX-License-Identifier: Apache-2.0
// From the end record of a zip archive to its entries.
#include "vfs/archive/zip_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "vfs/archive/zip_layout.h"
#include "vfs/core/crc32.h"
#include "vfs/core/dos_time.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"

namespace casement {
namespace {

using namespace zip_layout;  // NOLINT(google-build-using-namespace): the subject of this file

constexpr std::uint32_t in_zip64 = 0xFFFFFFFF;
constexpr std::uint16_t max_comment = 0xFFFF;

/// Where the end record says that the directory is.
struct DirectoryPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
};

/// Stored text as it is: not checked to be UTF-8.
std::string_view text_of(Bytes raw) {
  return {reinterpret_cast<const char*>(raw.data()), raw.size()};  // NOLINT: bytes to bytes
}

template <DiskStruct T>
Result<T> read_struct(const ByteSource& source, std::uint64_t offset, const char* what) {
  std::vector<std::byte> raw(sizeof(T));
  CASEMENT_TRY(source.read(offset, raw).with_context([&] { return std::string(what); }));
  return load<T>(raw, 0, what);
}

/// The last end record whose comment fits the file.
Result<std::uint64_t> find_end(const ByteSource& archive) {
  const std::uint64_t size = archive.size();
  if (size < sizeof(End)) {
    return fail(Status::truncated, fmt::format("zip of {} bytes", size));
  }
  const std::uint64_t tail_size = std::min<std::uint64_t>(size, sizeof(End) + max_comment);
  std::vector<std::byte> tail(tail_size);
  CASEMENT_TRY(archive.read(size - tail_size, tail));
  for (std::uint64_t at = tail_size - sizeof(End) + 1; at-- > 0;) {
    const End end = CASEMENT_TRY(load<End>(tail, at, "zip end record"));
    if (end.signature.value() == end_signature &&
        in_range(tail_size, at + sizeof(End), end.comment_size.value())) {
      return size - tail_size + at;
    }
  }
  return fail(Status::truncated,
              "zip end record: not in the last 64 KiB; the end of the archive is lost");
}

/// nullopt: there is no Zip64 record in front of the end record.
Result<std::optional<DirectoryPlace>> find_place64(const ByteSource& archive, std::uint64_t end) {
  if (end < sizeof(End64Locator)) {
    return std::optional<DirectoryPlace>();
  }
  const auto locator =
      CASEMENT_TRY(read_struct<End64Locator>(archive, end - sizeof(End64Locator), "zip64 locator"));
  if (locator.signature.value() != end64_locator_signature) {
    return std::optional<DirectoryPlace>();
  }
  const auto record =
      CASEMENT_TRY(read_struct<End64>(archive, locator.end_offset.value(), "zip64 end record"));
  if (record.signature.value() != end64_signature) {
    return fail(Status::corrupt, fmt::format("zip64 end record at 0x{:x}: signature {:08x}",
                                             locator.end_offset.value(), record.signature.value()));
  }
  return std::optional(DirectoryPlace{record.directory_offset.value(),
                                      record.directory_size.value(), record.entries.value()});
}

Result<DirectoryPlace> find_place(const ByteSource& archive) {
  const std::uint64_t end_offset = CASEMENT_TRY(find_end(archive));
  const auto large = CASEMENT_TRY(find_place64(archive, end_offset));
  if (large) {
    return *large;
  }
  const End end = CASEMENT_TRY(read_struct<End>(archive, end_offset, "zip end record"));
  return DirectoryPlace{end.directory_offset.value(), end.directory_size.value(),
                        end.entries.value()};
}

/// Reads the extra fields of one entry.
class ExtraFields {
 public:
  ExtraFields(ZipEntry& entry, const CentralHeader& header, Bytes raw_name)
      : entry_(entry), header_(header), raw_name_(raw_name) {}

  /// Fields that are cut off or unknown are passed over: other programs do so too.
  void read(Bytes extra) {
    Cursor cursor(extra, 0);
    while (cursor.remaining() >= 4) {
      const std::uint16_t id = cursor.u16();
      const std::uint16_t size = cursor.u16();
      if (size > cursor.remaining()) {
        return;
      }
      read_field(id, cursor.bytes(size));
    }
  }

  /// The name as UTF-8 that Info-ZIP keeps beside one in another character set.
  const std::optional<std::u16string>& unicode_path() const noexcept { return unicode_path_; }

 private:
  void read_field(std::uint16_t id, Bytes field) {
    switch (id) {
      case extra_zip64:
        read_zip64(field);
        break;
      case extra_ntfs:
        read_ntfs(field);
        break;
      case extra_unix_time:
        read_unix_time(field);
        break;
      case extra_unicode_path:
        read_unicode_path(field);
        break;
      default:
        break;
    }
  }

  /// Only the values that the header has no room for are there, in this order.
  void read_zip64(Bytes field) {
    Cursor cursor(field, 0);
    const auto replace = [&](std::uint64_t& value, std::uint32_t stored) {
      if (stored == in_zip64 && cursor.remaining() >= sizeof(std::uint64_t)) {
        value = cursor.u64();
      }
    };
    replace(entry_.size, header_.size.value());
    replace(entry_.member.packed_size, header_.packed_size.value());
    replace(entry_.member.local_header, header_.local_header.value());
  }

  void read_ntfs(Bytes field) {
    constexpr std::uint64_t reserved = 4;
    constexpr std::uint16_t times_size = 24;
    Cursor cursor(field, 0);
    (void)cursor.bytes(reserved);
    // After an overrun the cursor stands still.
    while (!cursor.overrun() && cursor.remaining() >= 4) {
      const std::uint16_t tag = cursor.u16();
      const std::uint16_t size = cursor.u16();
      Cursor times(cursor.bytes(size), 0);
      if (tag == ntfs_times_tag && size >= times_size && times.remaining() >= times_size) {
        entry_.modified = {times.u64()};
        entry_.accessed = {times.u64()};
        entry_.created = {times.u64()};
        has_ntfs_times_ = true;
      }
    }
  }

  void read_unix_time(Bytes field) {
    constexpr std::uint8_t has_modified = 1;
    Cursor cursor(field, 0);
    const std::uint8_t flags = cursor.u8();
    const auto seconds = static_cast<std::int32_t>(cursor.u32());
    if (!cursor.overrun() && (flags & has_modified) != 0 && !has_ntfs_times_) {
      entry_.modified = FileTime::from_unix_seconds(seconds);
    }
  }

  void read_unicode_path(Bytes field) {
    Cursor cursor(field, 0);
    const std::uint8_t version = cursor.u8();
    const std::uint32_t crc = cursor.u32();
    const Bytes name = cursor.bytes(cursor.remaining());
    // The name may have been changed by a program that does not know this field.
    if (version == 1 && crc == crc32(raw_name_)) {
      unicode_path_ = from_utf8(text_of(name));
    }
  }

  ZipEntry& entry_;
  const CentralHeader& header_;
  Bytes raw_name_;
  bool has_ntfs_times_ = false;
  std::optional<std::u16string> unicode_path_;
};

void set_attributes(ZipEntry& entry, const CentralHeader& header) {
  constexpr std::uint32_t dos_attributes = file_attribute::read_only | file_attribute::hidden |
                                           file_attribute::system | file_attribute::directory |
                                           file_attribute::archive;
  const std::uint32_t external = header.external_attributes.value();
  entry.attributes = external & dos_attributes;
  const auto host = static_cast<std::uint8_t>(header.version_made_by.value() >> 8U);
  if ((host == host_unix || host == host_macos) && external >> 16U != 0) {
    entry.mode = external >> 16U;
  }
}

Result<ZipEntry> parse_entry(Cursor& cursor) {
  ZipEntry entry;
  entry.offset = cursor.disk_offset();
  const Bytes raw = cursor.bytes(sizeof(CentralHeader));
  const auto header = CASEMENT_TRY(load<CentralHeader>(raw, 0, "zip directory entry"));
  if (header.signature.value() != central_signature) {
    return fail(Status::corrupt, fmt::format("zip directory entry at 0x{:x}: signature {:08x}",
                                             entry.offset, header.signature.value()));
  }
  const Bytes name = cursor.bytes(header.name_size.value());
  const Bytes extra = cursor.bytes(header.extra_size.value());
  (void)cursor.bytes(header.comment_size.value());
  CASEMENT_TRY(cursor.finish("zip directory entry"));
  entry.size = header.size.value();
  entry.member.packed_size = header.packed_size.value();
  entry.member.local_header = header.local_header.value();
  entry.member.crc = header.crc.value();
  entry.member.method = header.method.value();
  entry.on_other_disk = header.disk.value() != 0 && header.disk.value() != 0xFFFF;
  constexpr std::uint16_t any_encryption =
      flag_encrypted | flag_strong_encryption | flag_masked_header;
  entry.encrypted =
      (header.flags.value() & any_encryption) != 0 || entry.member.method == method_aes;
  entry.modified = from_dos_time(header.dos_date.value(), header.dos_time.value());
  set_attributes(entry, header);
  ExtraFields fields(entry, header, name);
  fields.read(extra);
  entry.path = fields.unicode_path().value_or(
      decode_entry_text(text_of(name), FallbackCharset::code_page_437));
  return entry;
}

/// Where the next entry may begin, from `at` on; the end when there is none.
std::size_t find_signature(Bytes raw, std::size_t at) {
  const le32 signature(central_signature);
  const Bytes wanted = std::as_bytes(std::span(&signature, 1));
  const Bytes rest = raw.subspan(std::min(at, raw.size()));
  const auto found = std::ranges::search(rest, wanted);
  return raw.size() - static_cast<std::size_t>(rest.end() - found.begin());
}

}  // namespace

Result<ZipDirectory> read_zip_directory(const ByteSource& archive, const ArchiveOptions& options) {
  const DirectoryPlace place = CASEMENT_TRY(find_place(archive));
  if (!in_range(archive.size(), place.offset, place.size)) {
    return fail(Status::corrupt,
                fmt::format("zip directory: {} bytes at 0x{:x} of an archive of {} bytes",
                            place.size, place.offset, archive.size()));
  }
  if (place.size > options.limits.max_table_size) {
    return fail(Status::limit_exceeded,
                fmt::format("zip directory of {} bytes; at most {} are read", place.size,
                            options.limits.max_table_size));
  }
  std::vector<std::byte> raw(place.size);
  CASEMENT_TRY(archive.read(place.offset, raw));
  ZipDirectory directory;
  directory.declared = place.entries;
  std::size_t at = 0;
  while (at < raw.size()) {
    if (directory.entries.size() == options.max_entries) {
      directory.damage =
          Error(Status::limit_exceeded,
                fmt::format("zip directory: more than {} members", options.max_entries));
      break;
    }
    Cursor cursor(Bytes(raw).subspan(at), place.offset + at);
    auto entry = parse_entry(cursor);
    if (entry) {
      directory.entries.push_back(*std::move(entry));
      at = raw.size() - cursor.remaining();
      continue;
    }
    if (!directory.damage) {
      directory.damage = std::move(entry).error();
    }
    // One damaged entry must not hide those behind it.
    at = find_signature(raw, at + 1);
  }
  return directory;
}

}  // namespace casement
