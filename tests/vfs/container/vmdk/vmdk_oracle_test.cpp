// SPDX-License-Identifier: Apache-2.0
// Images that qemu-img writes, and images of the builders that qemu-img reads.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/vmdk/vmdk_support.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

/// Data and holes: 3 MiB and some sectors.
std::string write_disk(const TempDir& dir) {
  ByteVector disk((std::size_t{3} << 20) + 5 * 512);
  std::ranges::copy(pattern(300'000, 1), disk.begin());
  std::ranges::copy(pattern(800'000, 2), disk.begin() + 1'500'003);
  std::ranges::copy(pattern(700, 3), disk.end() - 700);
  return dir.write("disk.raw", disk);
}

void compare(const TempDir& dir, const std::string& image) {
  const DiskOpener opener({vmdk_format});
  const auto opened = must(opener.open(host_folder(dir.path()), image));
  check_same_as_file(*opened.disk, dir.file("disk.raw"));
}

const std::array subformats{"monolithicSparse", "monolithicFlat", "twoGbMaxExtentSparse",
                            "twoGbMaxExtentFlat", "streamOptimized"};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_vmdk_oracle)

BOOST_DATA_TEST_CASE(reads_what_qemu_img_writes, bdata::make(subformats), subformat) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  for (const char* zeroed : {"", ",zeroed_grain=on"}) {
    if (*zeroed != '\0' && std::string(subformat).ends_with("Flat")) {
      continue;
    }
    const TempDir dir;
    (void)write_disk(dir);
    output_of("cd '" + dir.path() + "' && qemu-img convert -f raw -O vmdk -o subformat=" +
              subformat + zeroed + " disk.raw image.vmdk");
    compare(dir, "image.vmdk");
  }
}

BOOST_AUTO_TEST_CASE(reads_extents_on_both_sides_of_2_gib) {
  if (!have_programs({"qemu-io"})) {
    return;
  }
  for (const char* subformat : {"twoGbMaxExtentSparse", "twoGbMaxExtentFlat"}) {
    const TempDir dir;
    output_of("cd '" + dir.path() + "' && qemu-img create -q -f vmdk -o subformat=" + subformat +
              " image.vmdk 4500M && qemu-io -c 'write -P 5 2147400k 200k' -c 'write -P 6 4499M 1M' "
              "image.vmdk");
    const DiskOpener opener({vmdk_format});
    const auto opened = must(opener.open(host_folder(dir.path()), "image.vmdk"));
    BOOST_TEST(opened.disk->size() == std::uint64_t{4500} << 20);
    BOOST_TEST(opened.other_files.size() == 3U);
    constexpr std::uint64_t kib = 1024;
    const ByteVector around = read_range(*opened.disk, 2'147'300 * kib, 400 * kib);
    ByteVector expected(400 * kib);
    std::fill_n(expected.begin() + 100 * kib, 200 * kib, std::byte{5});
    BOOST_TEST((around == expected));
    BOOST_TEST((read_range(*opened.disk, 4499 * kib * kib, kib * kib) ==
                ByteVector(kib * kib, std::byte{6})));
  }
}

BOOST_AUTO_TEST_CASE(reads_snapshots) {
  if (!have_programs({"qemu-io"})) {
    return;
  }
  const TempDir dir;
  (void)write_disk(dir);
  const std::string here = "cd '" + dir.path() + "' && ";
  output_of(here + "qemu-img convert -f raw -O vmdk disk.raw base.vmdk && " +
            "qemu-img create -q -f vmdk -F vmdk -b base.vmdk top.vmdk && " +
            "qemu-io -c 'write -P 7 100k 10k' -c 'write -P 8 2M 64k' top.vmdk && " +
            "qemu-img convert -O raw top.vmdk disk.raw");
  compare(dir, "top.vmdk");
}

BOOST_AUTO_TEST_CASE(qemu_img_reads_what_the_builder_writes) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const auto agrees = [](const MemoryFolder::Files& files) {
    const TempDir dir;
    for (const auto& [name, bytes] : files) {
      dir.write(name, bytes);
    }
    output_of("cd '" + dir.path() + "' && qemu-img convert -f vmdk -O raw disk.vmdk disk.raw");
    compare(dir, "disk.vmdk");
    check_disk(*must(open_file_source(dir.file("disk.raw"))), some_disk());
  };
  agrees({{"disk.vmdk", monolithic()}});
  agrees({{"disk.vmdk", monolithic({.compressed = true})}});
  agrees({{"disk.vmdk", monolithic({.compressed = true, .footer = true})}});
  agrees({{"disk.vmdk", to_bytes(descriptor_of({"RW 32 VMFSSPARSE \"x\""}, "vmfsSparse"))},
          {"x", fx::build_vmdk_cowd({}, some_grains())}});
  agrees({{"disk.vmdk", to_bytes(descriptor_of({"RW 32 SESPARSE \"x\""}, "seSparse"))},
          {"x", fx::build_vmdk_se_sparse({}, some_grains())}});
}

BOOST_AUTO_TEST_SUITE_END()
