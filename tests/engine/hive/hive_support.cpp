// SPDX-License-Identifier: Apache-2.0
// The walk that reads everything and counts what failed.
#include "tests/engine/hive/hive_support.h"

#include <utility>

#include "engine/hive/deleted.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/key_walker.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

class Walk {
 public:
  explicit Walk(const Hive& hive) : hive_(hive) {}

  WalkCount run() {
    const Result<Key> root = hive_.root();
    note(root);
    if (!root) {
      return count_;
    }
    KeyWalker walker(*root);
    while (true) {
      const auto visit = walker.next();
      note(visit);
      if (visit && !*visit) {
        return count_;
      }
      if (visit) {
        read_key((*visit)->key);
      }
    }
  }

 private:
  template <class T>
  void note(const Result<T>& result) {
    if (!result && count_.errors++ == 0) {
      count_.first_error = result.error().message();
    }
  }

  void read_key(const Key& key) {
    ++count_.keys;
    (void)key.name().to_utf8();
    note(key.class_name());
    note(key.security_descriptor());
    ValueReader values = key.values();
    while (true) {
      const auto value = values.next();
      note(value);
      if (value && !*value) {
        return;
      }
      if (value) {
        ++count_.values;
        (void)(*value)->name().to_utf8();
        note((*value)->data());
      }
    }
  }

  const Hive& hive_;
  WalkCount count_;
};

}  // namespace

SourcePtr source_of(std::vector<std::byte> bytes) {
  return bytes.empty() ? nullptr : make_memory_source(std::move(bytes), "built");
}

Result<HivePtr> open_bytes(std::vector<std::byte> hive, const Limits& limits) {
  return Hive::open(make_memory_source(std::move(hive), "built"), {}, limits);
}

Result<HivePtr> open_dirty(const fixture::DirtyHive& hive) {
  return Hive::open(source_of(hive.primary),
                    {source_of(hive.log), source_of(hive.log1), source_of(hive.log2)});
}

WalkCount walk_all(const Hive& hive) {
  return Walk(hive).run();
}

void exercise(std::vector<std::byte> hive) {
  const auto opened = open_bytes(std::move(hive));
  if (!opened) {
    BOOST_TEST(!opened.error().message().empty());
    return;
  }
  (void)walk_all(**opened);
  (void)(*opened)->find(u"Software\\Key");
  Diagnostics findings;
  (void)find_deleted(**opened, findings);
  (*opened)->check_bins(findings);
}

std::vector<std::byte> all_bins(const Hive& hive) {
  const Bytes bins = must(hive.image().range(0, hive.image().bins_size(), "bins"));
  return {bins.begin(), bins.end()};
}

std::vector<std::string> subkey_names(const Key& key) {
  std::vector<std::string> names;
  SubkeyReader reader = key.subkeys();
  while (true) {
    const auto subkey = reader.next();
    if (subkey && !*subkey) {
      return names;
    }
    names.push_back(subkey ? (*subkey)->name().to_utf8() : "!");
  }
}

}  // namespace casement::test
