// SPDX-License-Identifier: Apache-2.0
// File records for tests, byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace casement::test {

using RawBytes = std::vector<std::byte>;

/// "01 ff" and so on.
RawBytes hex(std::string_view digits);

RawBytes resident_attribute(std::uint32_t type, std::u16string_view name, const RawBytes& value,
                            std::uint16_t id = 1);

struct ClusterAttribute {
  std::uint32_t type = 0x80;
  std::u16string_view name = u"";
  std::uint16_t flags = 0;
  std::uint16_t id = 1;
  std::uint64_t lowest_vcn = 0;
  std::uint64_t highest_vcn = 0;
  std::uint8_t compression_unit = 0;
  std::uint64_t allocated_size = 0;
  std::uint64_t data_size = 0;
  std::uint64_t valid_size = 0;
  std::uint64_t total_allocated = 0;  // written when the flags say compressed or sparse
  RawBytes runs = {};
};
RawBytes cluster_attribute(const ClusterAttribute& attribute);

struct RecordFields {
  std::size_t size = 1024;
  std::uint32_t number = 40;
  std::uint16_t sequence = 3;
  std::uint16_t link_count = 1;
  std::uint16_t flags = 1;  // in use
  std::uint64_t base_record = 0;
  bool nt4 = false;  // the update sequence array right after the old header
};

/// The record as it lies on disk: with its end mark and its update sequence applied.
RawBytes make_record(const std::vector<RawBytes>& attributes, const RecordFields& fields = {});

/// The value of a $FILE_NAME in the root directory.
RawBytes file_name_value(std::u16string_view name, std::uint8_t name_space,
                         std::uint64_t parent = 0x0005'0000'0000'0005);

/// The value of a $STANDARD_INFORMATION; `extra_flags` is the word at +0x28.
RawBytes standard_information_value(std::uint32_t attributes, std::uint32_t extra_flags = 0);

/// An entry of $ATTRIBUTE_LIST.
RawBytes list_entry(std::uint32_t type, std::u16string_view name, std::uint64_t lowest_vcn,
                    std::uint64_t record, std::uint16_t id);

/// A boot sector of a volume of 4,096 sectors with clusters of 512 bytes.
RawBytes make_boot_sector();

}  // namespace casement::test
