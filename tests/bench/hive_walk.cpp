// SPDX-License-Identifier: Apache-2.0
// Opens a hive with its logs, reads every key, value and datum, and prints what that took. A
// program of its own, so that registry.py can measure it beside other readers.
#include <cstdio>
#include <string>

#include "engine/hive/hive.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/key_walker.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

SourcePtr optional_source(const std::string& path) {
  auto source = open_file_source(path);
  return source ? *source : nullptr;
}

struct Totals {
  unsigned long long keys = 0;
  unsigned long long values = 0;
  unsigned long long data_bytes = 0;
  unsigned long long errors = 0;
};

void read_values(const Key& key, Totals& totals) {
  ValueReader values = key.values();
  while (true) {
    const auto value = values.next();
    if (value && !*value) {
      return;
    }
    const auto data = value ? (*value)->data() : std::unexpected(value.error());
    if (!data) {
      ++totals.errors;
      continue;
    }
    ++totals.values;
    totals.data_bytes += data->bytes().size();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_hive_walk HIVE\n", stderr);
    return 2;
  }
  const std::string path = argv[1];
  const auto source = open_file_source(path);
  const auto hive =
      source ? Hive::open(*source, {optional_source(path + ".LOG"), optional_source(path + ".LOG1"),
                                    optional_source(path + ".LOG2")})
             : std::unexpected(source.error());
  const auto root = hive ? (*hive)->root() : std::unexpected(hive.error());
  if (!root) {
    std::fprintf(stderr, "%s\n", root.error().message().c_str());
    return 1;
  }
  Totals totals;
  KeyWalker walker(*root);
  while (true) {
    const auto visit = walker.next();
    if (!visit) {
      ++totals.errors;
      continue;
    }
    if (!*visit) {
      break;
    }
    ++totals.keys;
    read_values((*visit)->key, totals);
  }
  std::printf("%llu keys, %llu values, %llu bytes of data, %llu errors; read %llu of %llu bytes\n",
              totals.keys, totals.values, totals.data_bytes, totals.errors,
              static_cast<unsigned long long>((*hive)->image().bytes_read()),
              static_cast<unsigned long long>((*source)->size()));
  return totals.errors == 0 ? 0 : 3;
}
