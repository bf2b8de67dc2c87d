// SPDX-License-Identifier: Apache-2.0
// Any hive as a store: read it, ask everything.
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/bcd/store.h"
#include "fixtures/build/hive_builder.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  std::vector<std::byte> hive(bytes.begin(), bytes.end());
  if (hive.size() >= 512) {
    fixture::fix_hive_checksum(hive);  // what it guards is for the hive's own targets
  }
  const auto opened = Hive::open(make_memory_source(std::move(hive), "fuzz"));
  const auto store = opened ? BcdStore::open(*opened) : Result<std::shared_ptr<const BcdStore>>{};
  if (!store || *store == nullptr) {
    return 0;
  }
  (void)(*store)->boot_order();
  (void)(*store)->default_entry();
  for (const BcdObject& object : (*store)->objects()) {
    (void)(*store)->effective(object, bcd::description);
    for (const BcdElement& element : object.elements) {
      (void)describe(element);
    }
  }
  return 0;
}
