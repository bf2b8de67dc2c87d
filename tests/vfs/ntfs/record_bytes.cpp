// SPDX-License-Identifier: Apache-2.0
// Writing records without any of the parser's structs.
#include "tests/vfs/ntfs/record_bytes.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <string>

namespace casement::test {
namespace {

void put(RawBytes& out, std::size_t offset, std::uint64_t value, std::size_t size) {
  if (out.size() < offset + size) {
    out.resize(offset + size);
  }
  for (std::size_t i = 0; i < size; ++i) {
    out[offset + i] = static_cast<std::byte>(value >> (8 * i) & 0xFF);
  }
}

void put_text(RawBytes& out, std::size_t offset, std::u16string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    put(out, offset + 2 * i, text[i], 2);
  }
}

void append(RawBytes& out, const RawBytes& more) {
  out.insert(out.end(), more.begin(), more.end());
}

void pad8(RawBytes& out) {
  out.resize((out.size() + 7) / 8 * 8);
}

void put_attribute_head(RawBytes& out, std::uint32_t type, std::u16string_view name,
                        std::size_t name_offset, std::uint16_t flags, std::uint16_t id,
                        bool non_resident) {
  put(out, 0, type, 4);
  put(out, 4, out.size(), 4);
  put(out, 8, non_resident ? 1 : 0, 1);
  put(out, 9, name.size(), 1);
  put(out, 10, name_offset, 2);
  put(out, 12, flags, 2);
  put(out, 14, id, 2);
  put_text(out, name_offset, name);
}

}  // namespace

RawBytes hex(std::string_view digits) {
  std::string compact;
  std::ranges::copy_if(digits, std::back_inserter(compact),
                       [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
  RawBytes out;
  for (std::size_t i = 0; i + 1 < compact.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(compact.data() + i, compact.data() + i + 2, value, 16);
    out.push_back(static_cast<std::byte>(value));
  }
  return out;
}

RawBytes resident_attribute(std::uint32_t type, std::u16string_view name, const RawBytes& value,
                            std::uint16_t id) {
  const std::size_t name_offset = 24;
  RawBytes out(name_offset + 2 * name.size());
  pad8(out);
  const std::size_t value_offset = out.size();
  append(out, value);
  pad8(out);
  put_attribute_head(out, type, name, name_offset, 0, id, false);
  put(out, 16, value.size(), 4);
  put(out, 20, value_offset, 2);
  return out;
}

RawBytes cluster_attribute(const ClusterAttribute& attribute) {
  const bool has_total = (attribute.flags & 0x8001) != 0;
  const std::size_t name_offset = has_total ? 72 : 64;
  RawBytes out(name_offset + 2 * attribute.name.size());
  pad8(out);
  const std::size_t runs_offset = out.size();
  append(out, attribute.runs);
  pad8(out);
  put_attribute_head(out, attribute.type, attribute.name, name_offset, attribute.flags,
                     attribute.id, true);
  put(out, 16, attribute.lowest_vcn, 8);
  put(out, 24, attribute.highest_vcn, 8);
  put(out, 32, runs_offset, 2);
  put(out, 34, attribute.compression_unit, 1);
  put(out, 40, attribute.allocated_size, 8);
  put(out, 48, attribute.data_size, 8);
  put(out, 56, attribute.valid_size, 8);
  if (has_total) {
    put(out, 64, attribute.total_allocated, 8);
  }
  return out;
}

RawBytes make_record(const std::vector<RawBytes>& attributes, const RecordFields& fields) {
  const std::size_t usa_offset = fields.nt4 ? 42 : 48;
  const std::size_t strides = fields.size / 512;
  const std::size_t first = (usa_offset + 2 * (strides + 1) + 7) / 8 * 8;
  RawBytes out(first);
  for (const RawBytes& attribute : attributes) {
    append(out, attribute);
  }
  put(out, out.size(), 0xFFFF'FFFF, 4);
  put(out, out.size(), 0, 4);
  const std::size_t used = out.size();
  out.resize(std::max(out.size(), fields.size));
  put(out, 0, 0x454C'4946, 4);  // FILE
  put(out, 4, usa_offset, 2);
  put(out, 6, strides + 1, 2);
  put(out, 16, fields.sequence, 2);
  put(out, 18, fields.link_count, 2);
  put(out, 20, first, 2);
  put(out, 22, fields.flags, 2);
  put(out, 24, used, 4);
  put(out, 28, fields.size, 4);
  put(out, 32, fields.base_record, 8);
  put(out, 40, 100, 2);
  if (!fields.nt4) {
    put(out, 44, fields.number, 4);
  }
  put(out, usa_offset, 0x0A0B, 2);
  for (std::size_t i = 0; i < strides; ++i) {
    const std::size_t word = 512 * (i + 1) - 2;
    out[usa_offset + 2 * (i + 1)] = out[word];
    out[usa_offset + 2 * (i + 1) + 1] = out[word + 1];
    put(out, word, 0x0A0B, 2);
  }
  return out;
}

RawBytes file_name_value(std::u16string_view name, std::uint8_t name_space, std::uint64_t parent) {
  RawBytes out(66);
  put(out, 0, parent, 8);
  put(out, 48, 1234, 8);
  put(out, 56, 0x20, 4);
  put(out, 64, name.size(), 1);
  put(out, 65, name_space, 1);
  put_text(out, 66, name);
  return out;
}

RawBytes standard_information_value(std::uint32_t attributes, std::uint32_t extra_flags) {
  RawBytes out(72);
  put(out, 0, 0x01D5'0000'0000'0001, 8);
  put(out, 8, 0x01D5'0000'0000'0002, 8);
  put(out, 16, 0x01D5'0000'0000'0003, 8);
  put(out, 24, 0x01D5'0000'0000'0004, 8);
  put(out, 32, attributes, 4);
  put(out, 40, extra_flags, 4);
  put(out, 52, 0x107, 4);
  put(out, 64, 0x55AA, 8);
  return out;
}

RawBytes list_entry(std::uint32_t type, std::u16string_view name, std::uint64_t lowest_vcn,
                    std::uint64_t record, std::uint16_t id) {
  RawBytes out(26);
  put_text(out, 26, name);
  pad8(out);
  put(out, 0, type, 4);
  put(out, 4, out.size(), 2);
  put(out, 6, name.size(), 1);
  put(out, 7, 26, 1);
  put(out, 8, lowest_vcn, 8);
  put(out, 16, record, 8);
  put(out, 24, id, 2);
  return out;
}

RawBytes make_boot_sector() {
  RawBytes out(512);
  const std::string_view name = "NTFS    ";
  std::ranges::transform(name, out.begin() + 3, [](char c) { return static_cast<std::byte>(c); });
  put(out, 11, 512, 2);
  put(out, 13, 1, 1);
  put(out, 28, 63, 4);
  put(out, 40, 4096, 8);
  put(out, 48, 16, 8);
  put(out, 56, 2048, 8);
  put(out, 64, 2, 1);
  put(out, 68, 8, 1);
  put(out, 72, 0x1122'3344'5566'7788, 8);
  put(out, 510, 0xAA55, 2);
  return out;
}

}  // namespace casement::test
