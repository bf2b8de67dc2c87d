// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets partition_table and recognise: write_volume_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>

#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/disk/mbr_builder.h"
#include "tests/support/write_file.h"
#include "tests/vfs/volume/bitlocker_support.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

GptDisk small_gpt() {
  return {.sector_count = 40,
          .disk_id = derived_guid("disk"),
          .entry_count = 8,
          .slots = {GptSlot{.type = gpt_type::efi_system,
                            .id = derived_guid("esp"),
                            .first_sector = 4,
                            .last_sector = 9},
                    std::nullopt,
                    GptSlot{.id = derived_guid("system"),
                            .first_sector = 10,
                            .last_sector = 30,
                            .name = "Windows"}}};
}

void write_tables(const std::filesystem::path& folder) {
  const MbrDisk mbr = {.sector_count = 30,
                       .signature = 7,
                       .slots = {{MbrSlot{.first_sector = 2, .sector_count = 4, .active = true},
                                  MbrSlot{.type = 5, .first_sector = 8, .sector_count = 20}}},
                       .logical = {{.first_sector = 10, .sector_count = 4},
                                   {.type = 0x0B, .first_sector = 16, .sector_count = 8}}};
  write_file(folder / "mbr.bin", build_mbr_disk(mbr));
  write_file(folder / "gpt.bin", build_gpt_disk(small_gpt()));
  GptDisk hybrid = small_gpt();
  hybrid.hybrid = {{.first_sector = 10, .sector_count = 21}};
  write_file(folder / "hybrid.bin", build_gpt_disk(hybrid));
  GptDisk large = small_gpt();
  large.sector_size = 1024;
  write_file(folder / "sectors_1024.bin", build_gpt_disk(large));
  ByteVector backup = build_gpt_disk(small_gpt());
  put_u32(backup, 512 + 16, 0);
  write_file(folder / "backup.bin", backup);
}

void write_volumes(const std::filesystem::path& folder) {
  namespace ct = casement::test;
  // The first copy of the metadata moves behind the boot sector; the rest is left off.
  ByteVector bitlocker = ct::build_bitlocker({});
  const std::span<const std::byte> copy =
      std::span<const std::byte>(bitlocker).subspan(ct::bitlocker_copies[0], 1024);
  const ByteVector block(copy.begin(), copy.end());
  put_bytes(bitlocker, 512, block);
  for (std::size_t i = 0; i < 3; ++i) {
    put_u64(bitlocker, 0xA0 + 16 + 8 * i, 512);
  }
  bitlocker.resize(2048);
  write_file(folder / "bitlocker.bin", bitlocker);
  ByteVector ext(2048);
  put_u16(ext, 0x400 + 0x38, 0xEF53);
  put_bytes(ext, 0x400 + 0x78, ascii_bytes("label"));
  write_file(folder / "ext.bin", ext);
  ByteVector refs(512);
  put_bytes(refs, 3, ascii_bytes("ReFS"));
  put_bytes(refs, 0x10, ascii_bytes("FSRS"));
  write_file(folder / "refs.bin", refs);
  ByteVector dynamic(512);
  put_bytes(dynamic, 0, ascii_bytes("PRIVHEAD"));
  put_bytes(dynamic, 0xF0, ascii_bytes("Group"));
  write_file(folder / "ldm.bin", dynamic);
  write_file(folder / "empty.bin", ByteVector(1024));
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_volume_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_tables(folder / "partition_table");
  write_volumes(folder / "recognise");
  return 0;
}
