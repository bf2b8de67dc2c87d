// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets wim_header, wim_resource and wim_file:
// write_wim_file_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>

#include "fixtures/build/wim/wim_builder.h"
#include "fixtures/build/wim/wim_resource_writer.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program

ByteVector part_of(const BuiltWim& built, std::size_t header_offset) {
  const WimResource place = get_wim_resource(built.bytes(), header_offset);
  const auto begin = built.bytes().begin() + static_cast<std::ptrdiff_t>(place.offset);
  return {begin, begin + static_cast<std::ptrdiff_t>(place.size_in_wim)};
}

WimBuilder sample(const WimOptions& options) {
  WimBuilder builder(options);
  builder.add_image({.name = "name", .flags = "Core", .windows = WimWindows{.languages = {"en"}}});
  builder.file("\\a", "short");
  builder.file("\\b", std::string(9000, 'x'));
  return builder;
}

void write_headers(const std::filesystem::path& folder) {
  const BuiltWim built =
      sample({.compression = WimCompression::lzx, .solid = WimSolid{}}).build_mapped();
  const ByteVector header(built.bytes().begin(), built.bytes().begin() + 208);
  casement::test::write_file(folder / "header.bin", header);
  casement::test::write_file(folder / "whole.bin", built.bytes());
  casement::test::write_file(folder / "blobs.bin", part_of(built, wim_header_offset::blob_table));
  casement::test::write_file(folder / "xml.bin", part_of(built, wim_header_offset::xml_data));
  casement::test::write_file(folder / "utf8.bin",
                             ascii_bytes("<WIM><IMAGE INDEX='1'><NAME>a</NAME></IMAGE></WIM>"));
  casement::test::write_file(folder / "bomb.bin", wim_xml_bomb());
}

/// `kind`: compression, two bits; table, two bits; log2 of the chunk size / 4096.
void write_resource(const std::filesystem::path& file, unsigned kind, std::size_t size,
                    const ByteVector& stored) {
  ByteVector bytes = {static_cast<std::byte>(kind), static_cast<std::byte>(size),
                      static_cast<std::byte>(size >> 8), static_cast<std::byte>(size >> 16)};
  append_bytes(bytes, stored);
  casement::test::write_file(file, bytes);
}

void write_resources(const std::filesystem::path& folder) {
  ByteVector plain = ascii_bytes(std::string(9000, 'a') + "b" + std::string(3000, 'c'));
  const WimPacking small{.compression = WimCompression::xpress, .chunk_size = 4096};
  const WimPacking usual{.compression = WimCompression::lzx, .chunk_size = 32768};
  write_resource(folder / "xpress.bin", 0x01, plain.size(), pack_wim_resource(small, plain).bytes);
  write_resource(folder / "lzx.bin", 0x32, plain.size(), pack_wim_resource(usual, plain).bytes);
  write_resource(folder / "pipable.bin", 0x05, plain.size(), pack_wim_pipable(small, plain).bytes);
  write_resource(folder / "solid.bin", 0x09, plain.size(), pack_wim_solid(small, plain));
}

void write_files(const std::filesystem::path& folder) {
  for (unsigned which = 0; which < 5; ++which) {
    const ByteVector untouched = {static_cast<std::byte>(which)};
    casement::test::write_file(folder / ("untouched_" + std::to_string(which) + ".bin"), untouched);
    // The header's flags and chunk size.
    ByteVector changed = {static_cast<std::byte>(which),
                          std::byte{0x10},
                          std::byte{0},
                          std::byte{6},
                          std::byte{2},
                          std::byte{0},
                          std::byte{4},
                          std::byte{0},
                          std::byte{0},
                          std::byte{0x10}};
    casement::test::write_file(folder / ("flags_" + std::to_string(which) + ".bin"), changed);
  }
  ByteVector split = {std::byte{7}};
  WimOptions options{.part_size = 6000};
  append_bytes(split, sample(options).build_parts().front());
  casement::test::write_file(folder / "split.bin", split);
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_wim_file_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_headers(folder / "wim_header");
  write_resources(folder / "wim_resource");
  write_files(folder / "wim_file");
  return 0;
}
