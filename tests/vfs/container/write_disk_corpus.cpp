// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets qcow2, vmdk and vdi: write_disk_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "fixtures/build/disk/qcow2_builder.h"
#include "fixtures/build/disk/vdi_builder.h"
#include "fixtures/build/disk/vmdk_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

ByteVector filled(std::size_t size, int value) {
  return ByteVector(size, std::byte(value));
}

void write_qcow2(const std::filesystem::path& folder) {
  const auto clusters = [](std::size_t size) {
    return std::vector<Qcow2Cluster>{{Qcow2ClusterKind::data, filled(size, 1)},
                                     {},
                                     {Qcow2ClusterKind::zero},
                                     {Qcow2ClusterKind::compressed, filled(size, 4)}};
  };
  const auto add = [&](const char* name, const Qcow2Options& options) {
    write_file(folder / name,
               build_qcow2(options, clusters(std::size_t{1} << options.cluster_bits)).bytes);
  };
  add("deflate.bin", {});
  add("zstd.bin", {.zstd = true});
  add("backing.bin", {.disk_size = 20'000, .backing_file = "base"});
  add("loop.bin", {.backing_file = "image"});
  add("data_file.bin", {.data_file = "base"});
  Qcow2Cluster partly{Qcow2ClusterKind::data, filled(16'384, 1)};
  partly.data_subclusters = 0x5;
  partly.zero_subclusters = 0xA;
  ByteVector subclusters = build_qcow2({.cluster_bits = 14, .extended_l2 = true}, {partly}).bytes;
  subclusters.resize(65'536);  // fuzzers take no longer inputs; the data is past it
  write_file(folder / "subclusters.bin", subclusters);
  // Version 1: 64 entries of 512 bytes a table, one cluster.
  ByteVector old(1536);
  put_bytes(old, 0, ascii_bytes("QFI\xFB"));
  put_u32(old, 4, 0x0100'0000);  // these are big-endian
  put_u16(old, 30, 0x0010);
  put_u16(old, 32, 0x0609);
  old[47] = std::byte{64};
  put_u16(old, 64 + 6, 0x0002);
  put_u16(old, 512 + 6, 0x0004);
  write_file(folder / "version1.bin", old);
}

void write_vmdk(const std::filesystem::path& folder) {
  const std::vector<VmdkGrain> grains{
      {VmdkGrainKind::data, filled(4096, 1)}, {}, {VmdkGrainKind::data, filled(4096, 3)}};
  VmdkOptions hosted;
  hosted.descriptor = build_vmdk_descriptor({.extents = {"RW 24 SPARSE \"image\""}});
  write_file(folder / "hosted.bin", build_vmdk_hosted(hosted, grains));
  hosted.compressed = true;
  hosted.footer = true;
  write_file(folder / "stream.bin", build_vmdk_hosted(hosted, grains));
  hosted.descriptor = build_vmdk_descriptor(
      {.parent_cid = 1, .parent_hint = "image", .extents = {"RW 24 SPARSE \"image\""}});
  write_file(folder / "loop.bin", build_vmdk_hosted(hosted, grains));
  write_file(folder / "cowd.bin", build_vmdk_cowd({}, {grains[0]}));
  write_file(folder / "sesparse.bin", build_vmdk_se_sparse({}, {grains[0]}));
  write_file(folder / "descriptor.bin",
             ascii_bytes(build_vmdk_descriptor(
                 {.extents = {"RW 3 FLAT \"base\" 1", "RW 9 ZERO", "RDONLY 9 FLAT \"base\" 0"}})));
}

void write_vdi(const std::filesystem::path& folder) {
  const std::vector<VdiBlock> blocks{{VdiBlockKind::data, filled(512, 1)},
                                     {},
                                     {VdiBlockKind::zero},
                                     {VdiBlockKind::data, filled(512, 4)}};
  write_file(folder / "dynamic.bin", build_vdi({}, blocks));
  write_file(folder / "extra.bin",
             build_vdi({.type = 2, .block_extra = 16, .backwards = true}, blocks));
  write_file(folder / "child.bin",
             build_vdi({.type = 4, .parent_id = derived_guid("parent")}, blocks));
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_disk_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_qcow2(folder / "qcow2");
  write_vmdk(folder / "vmdk");
  write_vdi(folder / "vdi");
  return 0;
}
