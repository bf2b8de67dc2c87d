// SPDX-License-Identifier: Apache-2.0
// VHD and VHDX against qemu-img and 7-Zip: they read what we write, and see what we see.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <cstring>
#include <limits>

#include "fixtures/build/disk/vhd_builder.h"
#include "tests/support/real_data.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/vhdx/vhdx_support.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
using fixture::DiskContent;
using fixture::DiskPiece;
using fixture::VhdPlan;
using fixture::VhdxPlan;

/// Both sources have the same bytes.
void check_same(const ByteSource& ours, const ByteSource& theirs) {
  BOOST_REQUIRE_EQUAL(ours.size(), theirs.size());
  std::vector<std::byte> a(std::size_t{1} << 20);
  std::vector<std::byte> b(a.size());
  for (std::uint64_t offset = 0; offset < ours.size(); offset += a.size()) {
    const auto count = std::min<std::uint64_t>(a.size(), ours.size() - offset);
    must(ours.read(offset, std::span(a).first(count)));
    must(theirs.read(offset, std::span(b).first(count)));
    BOOST_REQUIRE_MESSAGE(std::memcmp(a.data(), b.data(), count) == 0, "differs after " << offset);
  }
}

/// Tells where a file has no holes.
class FileDescriptor {
 public:
  explicit FileDescriptor(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    BOOST_REQUIRE(fd_ >= 0);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { ::close(fd_); }

  /// The first byte from `offset` on that is in no hole; the largest number when there is none.
  std::uint64_t next_data(std::uint64_t offset) const {
    const off_t data = ::lseek(fd_, static_cast<off_t>(offset), SEEK_DATA);
    if (data >= 0) {
      return static_cast<std::uint64_t>(data);
    }
    BOOST_REQUIRE_EQUAL(errno, ENXIO);
    return std::numeric_limits<std::uint64_t>::max();
  }

 private:
  int fd_;
};

/// The disk has the bytes of a file, whose holes need not be read: disks of many GiB are mostly
/// that.
void check_same_as_sparse_file(const ByteSource& disk, const std::string& path) {
  const SourcePtr file = must(open_file_source(path));
  BOOST_REQUIRE_EQUAL(disk.size(), file->size());
  const FileDescriptor fd(path);
  std::vector<std::byte> ours(std::size_t{256} << 10);  // fits into a cache of the processor
  std::vector<std::byte> theirs(ours.size());
  const std::vector<std::byte> zeros(ours.size());
  for (std::uint64_t offset = 0; offset < disk.size(); offset += ours.size()) {
    const auto size =
        static_cast<std::size_t>(std::min<std::uint64_t>(ours.size(), disk.size() - offset));
    must(disk.read(offset, std::span(ours).first(size)));
    const bool hole = fd.next_data(offset) >= offset + size;
    if (!hole) {
      must(file->read(offset, std::span(theirs).first(size)));
    }
    BOOST_REQUIRE_MESSAGE(std::memcmp(ours.data(), hole ? zeros.data() : theirs.data(), size) == 0,
                          "differs after " << offset);
  }
}

void check_against_qemu(const std::string& image, const char* format, const TempDir& dir) {
  const std::string raw = dir.file("theirs.raw");
  output_of(fmt::format("qemu-img convert -f {} -O raw '{}' '{}'", format, image, raw));
  check_same_as_sparse_file(*must(open_image_file(host_image(image))).disk, raw);
}

/// A disk with holes, runs and single sectors; no multiple of any block size.
DiskContent sample() {
  return fixture::sparse_disk(41 * mib + 17 * 4096, {{0, pattern(5000, 1)},
                                                     {3 * mib - 512, pattern(2 * mib, 2)},
                                                     {20 * mib + 4096, pattern(100, 3)},
                                                     {32 * mib - 1, pattern(2, 4)},
                                                     {41 * mib + 16 * 4096, pattern(4096, 5)}});
}

void write_raw(const std::string& path, const DiskContent& content) {
  fixture::FileSink sink(path);
  sink.write(0, expected(content));
  sink.close();
}

void check_reads_as(const std::string& raw, const DiskContent& content) {
  check_same(*must(open_file_source(raw)), *as_source(expected(content)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(disk_oracle)

BOOST_AUTO_TEST_CASE(everything_that_qemu_writes_reads_the_same) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  const std::string raw = dir.file("sample.raw");
  write_raw(raw, sample());
  const std::array<std::pair<const char*, const char*>, 10> forms = {{
      {"vpc", "subformat=dynamic"},
      {"vpc", "subformat=fixed"},
      {"vpc", "subformat=dynamic,force_size=on"},
      {"vpc", "subformat=fixed,force_size=on"},
      {"vhdx", "subformat=dynamic"},
      {"vhdx", "subformat=fixed"},
      {"vhdx", "subformat=dynamic,block_size=1M"},
      {"vhdx", "subformat=dynamic,block_size=256M"},
      {"vhdx", "subformat=fixed,block_size=8M,block_state_zero=off"},
      {"vhdx", "subformat=dynamic,log_size=3M"},
  }};
  for (const auto& [format, options] : forms) {
    BOOST_TEST_CONTEXT(format << " " << options) {
      const std::string image = dir.file("theirs.img");
      output_of(fmt::format("qemu-img convert -f raw -O {} -o {} '{}' '{}'", format, options, raw,
                            image));
      check_against_qemu(image, format, dir);
      const auto opened = must(open_image_file(host_image(image)));
      BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
    }
  }
}

BOOST_AUTO_TEST_CASE(qemu_reads_the_vhds_that_the_builder_writes) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  for (const bool fixed : {false, true}) {
    for (const std::uint32_t block : {512U << 10, 2U << 20}) {
      VhdPlan plan;
      plan.fixed = fixed;
      plan.block_size = block;
      const std::string image = dir.file("ours.vhd");
      const std::string raw = dir.file("ours.raw");
      write_vhd_file(image, sample(), plan);
      output_of(fmt::format("qemu-img convert -f vpc -O raw '{}' '{}'", image, raw));
      check_reads_as(raw, sample());
    }
  }
}

BOOST_AUTO_TEST_CASE(qemu_reads_the_vhdxs_that_the_builder_writes) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  for (const bool fixed : {false, true}) {
    for (const std::uint32_t block : {1U << 20, 32U << 20}) {
      VhdxPlan plan;
      plan.fixed = fixed;
      plan.block_size = block;
      const std::string image = dir.file("ours.vhdx");
      const std::string raw = dir.file("ours.raw");
      write_vhdx_file(image, sample(), plan);
      output_of(fmt::format("qemu-img check -q -f vhdx '{}'", image));
      output_of(fmt::format("qemu-img convert -f vhdx -O raw '{}' '{}'", image, raw));
      check_reads_as(raw, sample());
    }
  }
}

BOOST_AUTO_TEST_CASE(qemu_replays_the_logs_that_the_builder_writes_as_we_do) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  // What qemu-img 7.2 does otherwise is left out: it compares runs by their first number, so that
  // one that goes around the end of the log loses its beginning, and it extends the file only when
  // the log's last file size is no whole number of MiB.
  for (const std::uint32_t start : {0U, 65536U}) {
    VhdxPlan plan;
    plan.block_size = 1U << 20;
    plan.log = fixture::VhdxLogPlan{.writes = {{4096, pattern(8192, 7)},
                                               {3 * mib, filled(4096, 0)},
                                               {10 * mib, pattern(4096, 8)}},
                                    .block_table = true,
                                    .entries = 2,
                                    .start = start};
    const std::string image = dir.file("ours.vhdx");
    write_vhdx_file(image, sample(), plan);
    const auto replayed = must(open_image_file(host_image(image)));
    BOOST_TEST(replayed.diagnostics.empty(), all_findings(replayed.diagnostics));
    const std::string mended = dir.file("mended.vhdx");
    boost::filesystem::copy_file(image, mended,
                                 boost::filesystem::copy_options::overwrite_existing);
    output_of(fmt::format("qemu-img check -q -r all -f vhdx '{}' > '{}' 2>&1", mended,
                          dir.file("check.txt")));
    const std::string raw = dir.file("mended.raw");
    output_of(fmt::format("qemu-img convert -f vhdx -O raw '{}' '{}'", mended, raw));
    check_same(*replayed.disk, *must(open_file_source(raw)));
    check_same(*must(open_image_file(host_image(mended))).disk, *replayed.disk);
  }
}

BOOST_AUTO_TEST_CASE(seven_zip_reads_differencing_disks_as_we_do) {
  if (!have_programs({"7zz"})) {
    return;
  }
  const std::vector<DiskPiece> writes = {{512, pattern(512, 21)},
                                         {2 * mib + 4096, pattern(4096 * 3, 22)},
                                         {3 * mib, filled(4096, 0)},
                                         {8 * mib, pattern(4 * mib, 23)}};
  const TempDir dir;
  VhdPlan vhd;
  write_vhd_file(dir.file("base.vhd"), sample(), vhd);
  vhd.parent = fixture::VhdParentPlan{.id = vhd_id(vhd),
                                      .name = "base.vhd",
                                      .relative_path = ".\\base.vhd",
                                      .absolute_path = "C:\\base.vhd"};
  vhd.seed = "child";
  write_vhd_file(dir.file("child.vhd"), fixture::sparse_disk(sample().size, writes), vhd);
  VhdxPlan vhdx;
  write_vhdx_file(dir.file("base.vhdx"), sample(), vhdx);
  vhdx.parent = fixture::VhdxParentPlan{.data_write_id = vhdx_data_write_id(vhdx),
                                        .relative_path = ".\\base.vhdx",
                                        .absolute_path = "C:\\base.vhdx"};
  vhdx.seed = "child";
  write_vhdx_file(dir.file("child.vhdx"), fixture::sparse_disk(sample().size, writes), vhdx);
  for (const char* name : {"child.vhd", "child.vhdx"}) {
    BOOST_TEST_CONTEXT(name) {
      const std::string raw = dir.file("theirs.raw");
      output_of(fmt::format("7zz x -so '{}' > '{}' 2> '{}'", dir.file(name), raw,
                            dir.file("messages.txt")));
      check_same(*must(open_image_file(host_image(dir.file(name)))).disk,
                 *must(open_file_source(raw)));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_large_real_disk_with_a_log_has_the_known_sum) {
  if (!have_real_data()) {
    return;
  }
  const auto opened =
      must(open_image_file(host_image(real_file("disk/discutils/vhdx-log-replay.vhdx.gz"))));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
  BOOST_TEST(sha256(*opened.disk) ==
             "3ba3b309425b7ff5e8e0199edceed95226250f880c53b24e8eae93865f3fad5e");
}

BOOST_AUTO_TEST_CASE(other_real_disks_read_as_qemu_reads_them) {
  if (!have_real_data() || !have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  for (const char* name : {"disk/go_vhd/qemu.vhd", "disk/go_vhd/win8.vhd", "disk/dfvfs/ext2.vhd",
                           "disk/dissect_hypervisor/dynamic.vhd.gz"}) {
    BOOST_TEST_CONTEXT(name) {
      check_against_qemu(real_file(name), "vpc", dir);
    }
  }
  const std::string large = real_file("disk/discutils/swap.vhdx.gz");  // 10 GiB
  check_against_qemu(large, "vhdx", dir);
  const auto opened = must(open_image_file(host_image(large)));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_SUITE_END()
