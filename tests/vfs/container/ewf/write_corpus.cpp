// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz target ewf: write_ewf_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>

#include "fixtures/build/disk/ewf_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

ByteVector small_disk() {
  ByteVector disk(std::size_t{5} * 1024 + 512);
  for (std::size_t i = 0; i < disk.size(); ++i) {
    disk[i] = static_cast<std::byte>(i / 7);
  }
  return disk;
}

/// The format of ewf_fuzz.cpp.
ByteVector input(const EwfOptions& options, bool mend) {
  const BuiltEwf built = build_ewf(options, small_disk());
  ByteVector bytes = {std::byte{mend}};
  append_u16(bytes, built.segments.size() == 1
                        ? std::uint16_t{0}
                        : static_cast<std::uint16_t>(built.segments.front().size()));
  for (const ByteVector& segment : built.segments) {
    append_bytes(bytes, segment);
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_ewf_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto add = [&](const char* name, const EwfOptions& options) {
    write_file(folder / "ewf" / name, input(options, true));
  };
  EwfOptions rich;
  rich.header = {"c\tn\ta\te\tt\tm", "7\t1\tdisk\tme\tnone\t2018 5 16 15 5 8"};
  rich.header2 = {"a\tm", "disk\t1142163845"};
  rich.bad_sectors = {{3, 2}};
  rich.md5 = {1};
  rich.sha1 = {2};
  add("encase6.bin", rich);
  write_file(folder / "ewf" / "encase6_checked.bin", input(rich, false));
  add("encase5_segments.bin",
      {.form = EwfForm::encase5, .chunks_per_table = 2, .chunks_per_segment = 4});
  add("encase1.bin", {.form = EwfForm::encase1, .packing = EwfPacking::plain});
  add("smart.bin", {.form = EwfForm::smart, .packing = EwfPacking::compressed});
  add("without_sizes.bin", {.without_sizes = true, .pad_last_chunk = true});
  return 0;
}
