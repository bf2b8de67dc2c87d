// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a WIM's header names: the header itself, rows of a blob table, XML data.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "vfs/source/memory_source.h"
#include "vfs/wim/blob_table.h"
#include "vfs/wim/part_header.h"
#include "vfs/wim/part_names.h"
#include "vfs/wim/wim_xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes in = std::as_bytes(std::span(data, size));
  (void)wim::read_part_header(*make_memory_source(to_vector(in), "fuzz"));

  wim::BlobTable table;
  for (const Bytes half : {in.first(size / 2), in.subspan(size / 2)}) {
    table.add_table(LargeBytes(half.begin(), half.end()));
  }
  table.set_open_parts({false, true});
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const wim::BlobEntry entry = table.at(row);
    const auto found = table.find(entry.hash);
    // A row is found by its hash, or another one that has it, too.
    if (found && table.at(*found).hash != entry.hash) {
      std::abort();
    }
    if (!found && !entry.is_metadata() && !entry.is_solid_resource() && entry.hash != Sha1{}) {
      std::abort();
    }
  }

  const auto text = wim::xml_to_utf8(in);
  if (text) {
    (void)wim::parse_wim_xml(*text);
    for (const std::string& name : wim::PartNames::from(*text, 2).of(3)) {
      (void)wim::may_be_part(name, *text);
    }
  }
  return 0;
}
