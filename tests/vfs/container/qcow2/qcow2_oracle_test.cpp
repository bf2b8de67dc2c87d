// SPDX-License-Identifier: Apache-2.0
// Images that qemu-img writes hold exactly the disk that qemu-img reads from them.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/qcow2/qcow2_support.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

/// Data, text, holes: 9 MiB and some sectors.
std::string write_disk(const TempDir& dir) {
  ByteVector disk((std::size_t{9} << 20) + 5 * 512);
  const auto place = [&disk](std::size_t offset, const ByteVector& bytes) {
    std::ranges::copy(bytes, disk.begin() + static_cast<std::ptrdiff_t>(offset));
  };
  place(0, pattern(100'000, 1));
  for (std::size_t offset = 2'000'000; offset < 3'000'000; offset += 4096) {
    place(offset, ByteVector(3000, static_cast<std::byte>(offset >> 12)));
  }
  place(5'000'003, pattern(1'200'000, 2));
  place(disk.size() - 700, pattern(700, 3));
  return dir.write("disk.raw", disk);
}

void compare(const TempDir& dir, const std::string& image) {
  const DiskOpener opener({qcow2_format});
  const auto opened = must(opener.open(host_folder(dir.path()), image));
  check_same_as_file(*opened.disk, dir.file("disk.raw"));
}

std::string quoted(const std::string& path) {
  return "'" + path + "'";
}

const std::array options{
    "-O qcow",
    "-O qcow2 -o compat=0.10",
    "-O qcow2 -c -o compat=0.10",
    "-O qcow2 -o cluster_size=512",
    "-O qcow2 -c -o cluster_size=512",
    "-O qcow2 -o cluster_size=4096",
    "-O qcow2",
    "-O qcow2 -c",
    "-O qcow2 -c -o compression_type=zstd",
    "-O qcow2 -c -o compression_type=zstd,cluster_size=4096",
    "-O qcow2 -c -o compression_type=zstd,cluster_size=2M",
    "-O qcow2 -o cluster_size=2M",
    "-O qcow2 -c -o cluster_size=2M",
    "-O qcow2 -o extended_l2=on,cluster_size=16k",
    "-O qcow2 -o extended_l2=on",
    "-O qcow2 -c -o extended_l2=on,compression_type=zstd",
    "-O qcow2 -o preallocation=metadata",
    "-O qcow2 -o lazy_refcounts=on",
    "-O qcow2 -S 0",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_qcow2_oracle)

BOOST_DATA_TEST_CASE(reads_what_qemu_img_writes, bdata::make(options), option) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  const std::string raw = write_disk(dir);
  output_of("qemu-img convert -f raw " + std::string(option) + " " + quoted(raw) + " " +
            quoted(dir.file("image")));
  compare(dir, "image");
}

BOOST_AUTO_TEST_CASE(reads_data_in_another_file) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  for (const char* raw_too : {"on", "off"}) {
    const TempDir dir;
    const std::string raw = write_disk(dir);
    output_of("cd " + quoted(dir.path()) +
              " && qemu-img create -q -f qcow2 -o data_file=data.bin," +
              "data_file_raw=" + raw_too + " image $(stat -c %s disk.raw) && " +
              "qemu-img convert -n -f raw -O qcow2 disk.raw image");
    compare(dir, "image");
  }
}

BOOST_AUTO_TEST_CASE(reads_chains_of_formats_and_sizes) {
  if (!have_programs({"qemu-io"})) {
    return;
  }
  for (const char* subformat : {"extended_l2=on", "cluster_size=4k", "compat=0.10"}) {
    const TempDir dir;
    (void)write_disk(dir);
    const std::string here = "cd " + quoted(dir.path()) + " && ";
    // The child is larger than its parent, and writes parts of clusters.
    output_of(
        here + "qemu-img convert -f raw -O qcow2 -c disk.raw base.qcow2 && qemu-img create -q " +
        "-f qcow2 -F qcow2 -b base.qcow2 mid.qcow2 && qemu-img create -q -f qcow2 -o " + subformat +
        " -F qcow2 -b mid.qcow2 top.qcow2 12M && " + "qemu-io -c 'write -P 7 1M 3k' mid.qcow2 && " +
        "qemu-io -c 'write -P 9 300k 2k' -c 'write -z 2M 512k' -c 'write -P 3 11M 1k' " +
        "-c 'write -z 400k 3k' top.qcow2");
    output_of(here + "qemu-img convert -O raw top.qcow2 disk.raw");
    compare(dir, "top.qcow2");
  }
}

BOOST_AUTO_TEST_CASE(internal_snapshots_leave_the_current_state) {
  if (!have_programs({"qemu-io"})) {
    return;
  }
  const TempDir dir;
  (void)write_disk(dir);
  const std::string here = "cd " + quoted(dir.path()) + " && ";
  output_of(
      here + "qemu-img convert -f raw -O qcow2 disk.raw image && qemu-img snapshot -c one " +
      "image && qemu-io -c 'write -P 1 0 9M' image && qemu-img convert -O raw image disk.raw");
  const DiskOpener opener({qcow2_format});
  const auto opened = must(opener.open(host_folder(dir.path()), "image"));
  BOOST_TEST(mentions(opened.detail, {"1 internal snapshots"}));
  check_same_as_file(*opened.disk, dir.file("disk.raw"));
}

BOOST_AUTO_TEST_CASE(qemu_img_reads_what_the_builder_writes) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const auto agrees = [](const fx::Qcow2Options& built) {
    const TempDir dir;
    dir.write("image", mixed_image(built).bytes);
    const std::string here = "cd " + quoted(dir.path()) + " && ";
    output_of(here + "qemu-img convert -f qcow2 -O raw image disk.raw");
    compare(dir, "image");
    check_disk(*must(open_file_source(dir.file("disk.raw"))),
               mixed_disk(std::size_t{1} << built.cluster_bits));
  };
  agrees({});
  agrees({.version = 2});
  agrees({.zstd = true});
  agrees({.cluster_bits = 14, .extended_l2 = true});
}

BOOST_AUTO_TEST_SUITE_END()
