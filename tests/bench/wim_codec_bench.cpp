// SPDX-License-Identifier: Apache-2.0
// How fast are XPRESS and LZX chunks decoded, beside libwim? Files to pack are given on the command
// line (8 MiB of each at most are used); without any, this program packs itself.
//   bench_wim_codec [--benchmark_...] [file]...
#include <benchmark/benchmark.h>
#include <wimlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "vfs/codec/wim_codec.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

constexpr std::size_t most_bytes = std::size_t{8} << 20U;

struct Format {
  const char* name;
  WimCompression compression;
  wimlib_compression_type type;
  std::uint32_t chunk_size;
};

constexpr std::array formats = {
    Format{"lzx_32k", WimCompression::lzx, WIMLIB_COMPRESSION_TYPE_LZX, 32768},
    Format{"lzx_2m", WimCompression::lzx, WIMLIB_COMPRESSION_TYPE_LZX, 2097152},
    Format{"xpress_32k", WimCompression::xpress, WIMLIB_COMPRESSION_TYPE_XPRESS, 32768},
    Format{"xpress_16k", WimCompression::xpress, WIMLIB_COMPRESSION_TYPE_XPRESS, 16384},
    Format{"xpress_4k", WimCompression::xpress, WIMLIB_COMPRESSION_TYPE_XPRESS, 4096}};

struct Chunk {
  std::vector<std::byte> packed;
  std::size_t plain_size;
};

std::vector<std::byte> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::byte> bytes(most_bytes);
  file.read(reinterpret_cast<char*>(bytes.data()),  // NOLINT: bytes to bytes
            static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.empty()) {
    std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
    std::exit(1);
  }
  return bytes;
}

/// The chunks that get smaller, as libwim packs them by default.
std::vector<Chunk> pack(const Format& format, const std::vector<std::byte>& plain) {
  wimlib_compressor* compressor = nullptr;
  if (wimlib_create_compressor(format.type, format.chunk_size, 0, &compressor) != 0) {
    std::abort();
  }
  std::vector<Chunk> chunks;
  for (std::size_t at = 0; at < plain.size(); at += format.chunk_size) {
    const std::size_t size = std::min<std::size_t>(format.chunk_size, plain.size() - at);
    Chunk chunk{std::vector<std::byte>(size), size};
    const std::size_t packed =
        wimlib_compress(plain.data() + at, size, chunk.packed.data(), size - 1, compressor);
    if (packed != 0) {
      chunk.packed.resize(packed);
      chunks.push_back(std::move(chunk));
    }
  }
  wimlib_free_compressor(compressor);
  return chunks;
}

template <class Decode>
double cpu_seconds_of_pass(const std::vector<Chunk>& chunks, std::vector<std::byte>& out,
                           Decode decode) {
  const std::clock_t start = std::clock();
  for (const Chunk& chunk : chunks) {
    if (!decode(chunk, MutableBytes(out).first(chunk.plain_size))) {
      std::abort();
    }
  }
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// One pass over all chunks with each decoder in turn, so that both see the same machine. The time
/// of a benchmark is the CPU time of this project's passes; counters are of the fastest passes.
void decode(benchmark::State& state, const Format& format, const std::vector<std::byte>& plain) {
  const std::vector<Chunk> chunks = pack(format, plain);
  std::size_t bytes = 0;
  for (const Chunk& chunk : chunks) {
    bytes += chunk.plain_size;
  }
  const auto codec = *WimCodec::create(format.compression, format.chunk_size);
  wimlib_decompressor* peer = nullptr;
  if (wimlib_create_decompressor(format.type, format.chunk_size, &peer) != 0) {
    std::abort();
  }
  std::vector<std::byte> out(format.chunk_size);
  double own_best = 1e9;
  double peer_best = 1e9;
  for (auto _ : state) {
    const double peer_pass =
        cpu_seconds_of_pass(chunks, out, [&](const Chunk& chunk, MutableBytes to) {
          return wimlib_decompress(chunk.packed.data(), chunk.packed.size(), to.data(), to.size(),
                                   peer) == 0;
        });
    const double own_pass =
        cpu_seconds_of_pass(chunks, out, [&](const Chunk& chunk, MutableBytes to) {
          return codec->decompress(chunk.packed, to).has_value();
        });
    state.SetIterationTime(own_pass);
    own_best = std::min(own_best, own_pass);
    peer_best = std::min(peer_best, peer_pass);
  }
  wimlib_free_decompressor(peer);
  state.counters["MB/s"] = static_cast<double>(bytes) / own_best / 1e6;
  state.counters["libwim_MB/s"] = static_cast<double>(bytes) / peer_best / 1e6;
  state.counters["ratio"] = peer_best / own_best;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  std::vector<std::string> paths(argv + 1, argv + argc);
  if (paths.empty()) {
    paths.emplace_back("/proc/self/exe");
  }
  for (const std::string& path : paths) {
    const auto plain = std::make_shared<const std::vector<std::byte>>(read_file(path));
    for (const Format& format : formats) {
      const std::string name =
          std::string(format.name) + "/" + std::filesystem::path(path).filename().string();
      benchmark::RegisterBenchmark(
          name.c_str(),
          [&format, plain](benchmark::State& state) { decode(state, format, *plain); })
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
