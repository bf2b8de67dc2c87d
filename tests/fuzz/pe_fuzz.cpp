// SPDX-License-Identifier: Apache-2.0
// Any bytes as a program with resources.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/pe/resources.h"
#include "engine/pe/string_table.h"
#include "engine/pe/version_info.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)parse_version_info(bytes);
  const auto file = PeFile::open(make_memory_source(to_vector(bytes), "program"));
  if (!file) {
    return 0;
  }
  if (!file->sections().empty()) {
    const PeFile::Section& first = file->sections().front();
    if (first.file_size != 0 && !file->offset_of(first.rva, first.file_size)) {
      std::abort();  // its own bytes have a place
    }
  }
  (void)read_version_info(*file, std::uint16_t{0x0407});
  for (const std::uint16_t number : std::array<std::uint16_t, 4>{0, 1, 17, 65535}) {
    (void)read_resource_string(*file, number, std::uint16_t{0x0407});
  }
  (void)read_resource(*file, std::u16string(u"SETTINGS"), std::u16string(u"MAIN"), 4096);
  const auto base = read_resource(*file, std::uint16_t{0x266}, std::uint16_t{1}, 4096);
  if (base && *base && (*base)->size() > 4096) {
    std::abort();  // more than was asked for
  }
  return 0;
}
