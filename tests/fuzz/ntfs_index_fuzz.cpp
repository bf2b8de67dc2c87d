// SPDX-License-Identifier: Apache-2.0
// Any bytes as an index root, as an index block and as a stream of security descriptors.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/index_block.h"
#include "vfs/ntfs/secure.h"
#include "vfs/source/memory_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program

void read(const Result<ntfs::IndexNode>& node) {
  for (std::size_t i = 0; node && i < node->size(); ++i) {
    const ntfs::IndexEntry entry = node->entry(i);
    if (const auto name = ntfs::parse_file_name(entry.key)) {
      (void)name->name();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto raw = std::as_bytes(std::span(data, size));
  const std::vector<std::byte> bytes(raw.begin(), raw.end());
  (void)ntfs::parse_index_root(bytes);
  for (const ntfs::IndexKind kind : {ntfs::IndexKind::file_names, ntfs::IndexKind::view}) {
    read(ntfs::IndexNode::parse_root(bytes, kind));
    read(ntfs::IndexNode::parse_block(bytes, 0, kind));
  }
  const ntfs::SecurityStream stream(make_memory_source(bytes, "fuzz"));
  if (const auto places = stream.list(size)) {
    for (const auto& [id, place] : *places) {
      (void)stream.read(place);
    }
  }
  return 0;
}
