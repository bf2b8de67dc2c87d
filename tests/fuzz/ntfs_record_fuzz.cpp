// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file record, and every value in it as what its type says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "vfs/ntfs/attribute_list.h"
#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/record.h"
#include "vfs/ntfs/standard_information.h"
#include "vfs/ntfs/wof.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace): one program
using namespace casement::ntfs;  // NOLINT(google-build-using-namespace): one program

void check_inside(const FileRecord& record, Bytes view) {
  const Bytes all = record.bytes();
  if (!view.empty() &&
      (view.data() < all.data() || view.data() + view.size() > all.data() + all.size())) {
    std::abort();
  }
}

void parse_value(const Attribute& attribute) {
  namespace attribute_type = ntfs_layout::attribute_type;
  switch (attribute.type) {
    case attribute_type::standard_information:
      (void)parse_standard_information(attribute.value);
      break;
    case attribute_type::attribute_list:
      (void)parse_attribute_list(attribute.value);
      break;
    case attribute_type::file_name:
      if (const auto name = parse_file_name(attribute.value)) {
        (void)name->name();
      }
      break;
    case attribute_type::reparse_point:
      (void)parse_wof_reparse(attribute.value);
      break;
    default:
      break;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const auto record = FileRecord::adopt({bytes.begin(), bytes.end()}, 5);
  if (!record) {
    return 0;
  }
  AttributeReader reader(*record);
  std::size_t budget = size;  // an attribute has at least 16 bytes
  while (true) {
    if (budget-- == 0) {
      std::abort();
    }
    const auto attribute = reader.next();
    if (!attribute) {
      continue;
    }
    if (!*attribute) {
      return 0;
    }
    check_inside(*record, (*attribute)->raw_name);
    check_inside(*record, (*attribute)->value);
    check_inside(*record, (*attribute)->non_resident.packed_runs);
    parse_value(**attribute);
  }
}
