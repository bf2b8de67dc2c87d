// SPDX-License-Identifier: Apache-2.0
// Opening stores that a test has built.
#pragma once

#include <memory>
#include <utility>

#include "engine/bcd/store.h"
#include "fixtures/build/bcd_builder.h"
#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

namespace casement::test {

namespace fx = casement::fixture;

inline Result<std::shared_ptr<const BcdStore>> try_open_store(std::vector<std::byte> hive,
                                                              const Limits& limits = {}) {
  const HivePtr opened =
      CASEMENT_TRY(Hive::open(make_memory_source(std::move(hive), "BCD"), {}, limits));
  return BcdStore::open(opened, limits);
}

inline std::shared_ptr<const BcdStore> open_store(const fx::BcdBuilder& builder) {
  return must(try_open_store(builder.build()));
}

/// A fixture's GUID as the engine has it.
inline Guid id(const fx::Guid& from) {
  return Guid::from_bytes(from.bytes);
}

}  // namespace casement::test
