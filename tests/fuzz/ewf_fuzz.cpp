// SPDX-License-Identifier: Apache-2.0
// Segments of an EWF image: u8 (1: checksums are made right again), u16 size of the first segment
// (0: all), its bytes, the second segment.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "fixtures/build/disk/ewf_builder.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/memory_folder.h"
#include "vfs/container/ewf/open_ewf.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): one target
using ByteVector = std::vector<std::byte>;

ByteVector segment(Bytes bytes, bool mend) {
  ByteVector copy = to_vector(bytes);
  if (mend) {
    fixture::fix_ewf_checksums(copy);
  }
  return copy;
}

/// Reads at once what is read in pieces as well: past the cache and through it.
void read_both_ways(const ByteSource& disk, std::uint64_t offset) {
  std::array<std::byte, 6000> whole{};
  std::array<std::byte, 6000> pieces{};
  const std::uint64_t left = disk.size() - std::min(offset, disk.size());
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(whole.size(), left));
  const bool read = disk.read(offset, std::span(whole).first(size)).has_value();
  bool read_pieces = true;
  constexpr std::size_t step = 2003;
  for (std::size_t done = 0; done < size; done += step) {
    const auto piece = std::span(pieces).subspan(done, std::min(step, size - done));
    read_pieces = disk.read(offset + done, piece).has_value() && read_pieces;
  }
  if (read != read_pieces || (read && whole != pieces)) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Cursor input(std::as_bytes(std::span(data, size)), 0);
  const bool mend = (input.u8() & 1U) != 0;
  const std::uint64_t first_size = input.u16();
  if (input.overrun()) {
    return 0;
  }
  const Bytes first =
      input.bytes(first_size == 0 ? input.remaining() : std::min(first_size, input.remaining()));
  test::MemoryFolder::Files files{{"image.E01", segment(first, mend)}};
  if (input.remaining() != 0) {
    files.emplace("image.E02", segment(input.bytes(input.remaining()), mend));
  }
  Limits limits;
  limits.max_table_size = std::uint64_t{1} << 20;
  const test::DiskOpener opener({ewf_format}, limits);
  const auto folder = std::make_shared<test::MemoryFolder>(std::move(files));
  if (const auto opened = opener.open(folder, "image.E01")) {
    constexpr std::uint64_t places = 5;
    for (std::uint64_t i = 0; i <= places; ++i) {
      read_both_ways(*opened->disk, opened->disk->size() / places * i);
    }
  }
  return 0;
}
