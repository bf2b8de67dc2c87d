// SPDX-License-Identifier: Apache-2.0
// Registry questions over a synthetic hive of 40,000 keys: one value, all values, recovery.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "engine/hive/hive.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/key_walker.h"
#include "fixtures/build/hive_builder.h"
#include "fixtures/build/hive_log_builder.h"
#include "vfs/source/memory_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

fixture::HiveBuilder large_hive(std::uint32_t generation) {
  fixture::HiveOptions options;
  options.default_key_time = 129'779'783'200'000'000;
  fixture::HiveBuilder builder(options);
  for (std::uint32_t i = 0; i < 40'000; ++i) {
    builder.key("Group" + std::to_string(i % 200) + "\\Item" + std::to_string(i))
        .set_dword("Number", i % 100 == 0 ? generation : i)
        .set_string("Text", "some words of usual length " + std::to_string(i));
  }
  return builder;
}

SourcePtr large_source() {
  static const SourcePtr source = make_memory_source(large_hive(1).build(), "synthetic");
  return source;
}

void one_value(benchmark::State& state) {
  std::uint64_t bytes_read = 0;
  for (auto _ : state) {
    const auto hive = Hive::open(large_source());
    const auto key = (*hive)->find(u"Group77\\Item20077");
    benchmark::DoNotOptimize((*key)->value(u"Number"));
    bytes_read = (*hive)->image().bytes_read();
  }
  state.counters["bytes_read"] = static_cast<double>(bytes_read);
}
BENCHMARK(one_value)->Unit(benchmark::kMicrosecond);

void every_value(benchmark::State& state) {
  for (auto _ : state) {
    const auto hive = Hive::open(large_source());
    KeyWalker walker(*(*hive)->root());
    std::uint64_t bytes = 0;
    while (const auto visit = *walker.next()) {
      ValueReader values = visit->key.values();
      while (const auto value = *values.next()) {
        bytes += value->data()->bytes().size();
      }
    }
    benchmark::DoNotOptimize(bytes);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(large_source()->size()));
}
BENCHMARK(every_value)->Unit(benchmark::kMillisecond);

void recover(benchmark::State& state) {
  fixture::NewLogPlan plan;
  plan.entries_in_first = 8;
  plan.entries_in_second = 8;
  const fixture::DirtyHive dirty =
      fixture::build_new_log_hive(large_hive(1).build(), large_hive(2).build(), plan);
  const SourcePtr primary = make_memory_source(dirty.primary, "primary");
  const HiveLogs logs{nullptr, make_memory_source(dirty.log1, "LOG1"),
                      make_memory_source(dirty.log2, "LOG2")};
  for (auto _ : state) {
    benchmark::DoNotOptimize(Hive::open(primary, logs));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(dirty.log1.size() + dirty.log2.size()));
}
BENCHMARK(recover)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
