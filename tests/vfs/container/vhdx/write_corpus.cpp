// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets vhd and vhdx (write_vhd_corpus FOLDER), or one VHDX that
// was not closed (write_vhd_corpus --image FILE).
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/disk/vhd_builder.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

constexpr std::uint32_t mib = 1U << 20;

/// The format of vhd_fuzz.cpp.
ByteVector pair_of(const ByteVector& first, const ByteVector& second) {
  ByteVector bytes;
  append_u32(bytes, static_cast<std::uint32_t>(first.size()));
  append_bytes(bytes, first);
  append_bytes(bytes, second);
  return bytes;
}

void write_vhd_seeds(const std::filesystem::path& folder) {
  const auto content = sparse_disk(9 * 512, {{600, ByteVector(700, std::byte{1})}});
  VhdPlan plan;
  plan.block_size = 2048;
  const ByteVector dynamic = build_vhd(content, plan);
  write_file(folder / "dynamic.bin", pair_of(dynamic, {}));
  write_file(folder / "cut.bin",
             pair_of({dynamic.begin(), dynamic.begin() + static_cast<std::ptrdiff_t>(3000)}, {}));
  VhdPlan fixed = plan;
  fixed.fixed = true;
  fixed.old_footer = true;
  write_file(folder / "fixed_old_footer.bin", pair_of(build_vhd(content, fixed), {}));
  VhdPlan child = plan;
  child.seed = "child";
  child.parent = VhdParentPlan{.id = vhd_id(plan),
                               .name = "parent.vhd",
                               .relative_path = ".\\parent.vhd",
                               .absolute_path = "C:\\parent.vhd"};
  const ByteVector differencing =
      build_vhd(sparse_disk(9 * 512, {{512, ByteVector(512, std::byte{2})}}), child);
  write_file(folder / "child.bin", pair_of(differencing, dynamic));
  write_file(folder / "loop.bin", pair_of(differencing, differencing));
}

struct Change {
  std::uint64_t offset;
  ByteVector bytes;
};

/// The format of vhdx_fuzz.cpp.
ByteVector changed(int image, const std::vector<Change>& changes) {
  ByteVector bytes = {static_cast<std::byte>(image)};
  for (const Change& change : changes) {
    append_u32(bytes, static_cast<std::uint32_t>(change.offset));
    bytes.push_back(static_cast<std::byte>(change.bytes.size()));
    append_bytes(bytes, change.bytes);
  }
  return bytes;
}

ByteVector number(std::uint64_t value, std::size_t size) {
  ByteVector bytes(8);
  put_u64(bytes, 0, value);
  bytes.resize(size);
  return bytes;
}

/// Changes at the fields that matter: the fuzzer finds their places by these.
void write_vhdx_seeds(const std::filesystem::path& folder) {
  constexpr int clean = 0;
  constexpr int dirty = 1;
  constexpr int child = 2;
  constexpr int mend = 4;
  const std::uint64_t metadata = vhdx_metadata({});
  const std::uint64_t items = metadata + 65536;
  const std::uint64_t table = vhdx_block_table({});
  write_file(folder / "clean.bin", changed(clean, {}));
  write_file(folder / "dirty.bin", changed(dirty, {}));
  write_file(folder / "child.bin", changed(child, {}));
  write_file(folder / "header.bin",
             changed(dirty + mend, {{vhdx_first_header + 8, number(9, 8)},
                                    {vhdx_first_header + 64, number(0, 4)},
                                    {vhdx_first_header + 68, number(mib, 4)},
                                    {vhdx_first_header + 72, number(mib, 8)}}));
  write_file(folder / "headers_lost.bin", changed(dirty, {{vhdx_first_header, number(0, 4)},
                                                          {vhdx_second_header, number(0, 4)}}));
  write_file(folder / "regions.bin",
             changed(clean + mend, {{vhdx_first_region_table + 8, number(3, 4)},
                                    {vhdx_first_region_table + 32, number(table, 8)},
                                    {vhdx_first_region_table + 40, number(mib, 4)}}));
  write_file(folder / "log_entry.bin", changed(dirty + mend, {{vhdx_log + 8, number(8192, 4)},
                                                              {vhdx_log + 12, number(0, 4)},
                                                              {vhdx_log + 16, number(7, 8)},
                                                              {vhdx_log + 24, number(1, 4)},
                                                              {vhdx_log + 48, number(mib, 8)}}));
  write_file(folder / "log_descriptor.bin",
             changed(dirty + mend, {{vhdx_log + 64 + 8, number(4096, 8)},
                                    {vhdx_log + 64 + 16, number(5 * mib, 8)}}));
  write_file(folder / "metadata.bin", changed(clean, {{metadata + 10, number(5, 2)},
                                                      {metadata + 32 + 16, number(65536, 4)},
                                                      {items, number(2 * mib, 4)},
                                                      {items + 8, number(2 * mib, 8)},
                                                      {items + 16, number(4096, 4)}}));
  write_file(folder / "locator.bin", changed(child, {{items + 40 + 18, number(3, 2)},
                                                     {items + 40 + 20, number(100, 4)},
                                                     {items + 40 + 28, number(28, 2)}}));
  write_file(folder / "blocks.bin",
             changed(clean, {{table, number(4 * mib + 6, 8)}, {table + 8, number(2, 8)}}));
  write_file(folder / "partial.bin", changed(child, {{table, number(5 * mib + 7, 8)},
                                                     {table + 4096 * 8, number(6 * mib + 6, 8)},
                                                     {6 * mib, number(0x0F0F, 8)}}));
}

void write_dirty_image(const std::string& path) {
  VhdxPlan plan;
  plan.block_size = mib;
  plan.log = VhdxLogPlan{
      .writes = {{0, ByteVector(4096, std::byte{1})}, {mib, ByteVector(4096, std::byte{2})}},
      .block_table = true,
      .entries = 2};
  write_vhdx_file(path, sparse_disk(3 * mib, {}), plan);
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() == 3 && std::string_view(arguments[1]) == "--image") {
    write_dirty_image(arguments[2]);
    return 0;
  }
  if (arguments.size() != 2) {
    std::fputs("usage: write_vhd_corpus FOLDER | --image FILE\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_vhd_seeds(folder / "vhd");
  write_vhdx_seeds(folder / "vhdx");
  return 0;
}
