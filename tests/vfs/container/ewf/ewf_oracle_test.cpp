// SPDX-License-Identifier: Apache-2.0
// libewf's programs as the other side: what they write we read, and what they read we read.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <filesystem>

#include "tests/support/real_data.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/ewf/ewf_support.h"
#include "vfs/container/ewf/segment_set.h"
#include "vfs/core/digest.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

const std::array formats{
    "-f ewf",
    "-f smart",
    "-f smart -c fast -S 1MiB",
    "-f ftk -c best",
    "-f encase1",
    "-f encase1 -c fast -S 1MiB",
    "-f encase2",
    "-f encase3 -c fast",
    "-f encase4 -c empty-block",
    "-f encase5 -c best",
    "-f encase5 -S 1MiB",
    "-f encase6",
    "-f encase6 -c fast -b 16",
    "-f encase6 -c fast -b 1024 -d sha1",
    "-f encase6 -c best -b 32768",
    "-f encase6 -c empty-block",
    "-f encase6 -S 1MiB",
    "-f encase6 -P 4096 -c fast",
    "-f encase7 -c fast",
    "-f encase7-v2",
    "-f linen5 -c fast",
    "-f linen6",
    "-f linen7 -c best -S 1MiB",
    "-f ewfx -c best",
};

/// So many are open at the same time at most.
constexpr std::size_t many_segments = SegmentSet::max_open;

/// Lets the process open fewer files for a while.
class FewOpenFiles {
 public:
  explicit FewOpenFiles(rlim_t count) {
    BOOST_REQUIRE_EQUAL(getrlimit(RLIMIT_NOFILE, &before_), 0);
    const rlimit few{count, before_.rlim_max};
    BOOST_REQUIRE_EQUAL(setrlimit(RLIMIT_NOFILE, &few), 0);
  }
  FewOpenFiles(const FewOpenFiles&) = delete;
  FewOpenFiles& operator=(const FewOpenFiles&) = delete;
  ~FewOpenFiles() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

std::string in_folder(const TempDir& dir, const std::string& command) {
  return output_of("cd '" + dir.path() + "' && " + command + " 2>&1");
}

/// 4 MiB and three sectors of 4096 bytes: data that does not compress, text, and holes.
std::string write_disk(const TempDir& dir) {
  ByteVector disk((std::size_t{4} << 20) + std::size_t{3} * 4096);
  std::ranges::copy(pattern(2'300'000, 1), disk.begin());
  for (std::size_t offset = 3'000'000; offset < 3'400'000; ++offset) {
    disk[offset] = static_cast<std::byte>("all work and no play "[offset % 21]);
  }
  std::ranges::copy(pattern(700, 3), disk.end() - 700);
  return dir.write("disk.raw", disk);
}

std::string first_segment(const TempDir& dir) {
  for (const char* name : {"image.E01", "image.e01", "image.s01"}) {
    if (std::filesystem::exists(dir.file(name))) {
      return name;
    }
  }
  BOOST_FAIL("no segment was written");
  return {};
}

std::string acquire(const TempDir& dir, const std::string& options) {
  (void)write_disk(dir);
  in_folder(dir,
            "ewfacquire -u -q -t image -C 'case 7' -E 'no. 3' -D 'a disk' -e 'An Examiner' "
            "-N 'no notes' " +
                options + " disk.raw");
  return first_segment(dir);
}

OpenedContainer open_host(const DiskOpener& opener, const TempDir& dir, const std::string& name) {
  return must(opener.open(host_folder(dir.path()), name));
}

/// Opens from its first segment and from its last one.
void compare(const TempDir& dir, const std::string& name, const char* findings = "") {
  const DiskOpener opener({ewf_format});
  const auto opened = open_host(opener, dir, name);
  check_same_as_file(*opened.disk, dir.file("disk.raw"));
  std::string codes;
  for (const Diagnostic& finding : opened.diagnostics.items()) {
    codes += finding.code;
  }
  BOOST_TEST(codes == findings);
  if (!opened.other_files.empty()) {
    const auto last = open_host(opener, dir, opened.other_files.back());
    check_same_as_file(*last.disk, dir.file("disk.raw"));
  }
}

/// The value of a line "\tname:\t\tvalue" of ewfinfo's.
std::string info_value(const std::string& info, const std::string& name) {
  const std::size_t at = info.find("\t" + name + ":");
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, name << " is not in " << info);
  const std::size_t begin = info.find_first_not_of('\t', at + name.size() + 2);
  return info.substr(begin, info.find('\n', begin) - begin);
}

std::array<std::uint8_t, 16> md5_bytes(const ByteVector& disk) {
  Digest digest(DigestKind::md5);
  digest.update(disk);
  std::array<std::uint8_t, 16> bytes{};
  std::ranges::transform(digest.finish(), bytes.begin(),
                         [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf_oracle)

BOOST_DATA_TEST_CASE(reads_what_ewfacquire_writes, bdata::make(formats), options) {
  if (!have_programs({"ewfacquire", "ewfinfo"})) {
    return;
  }
  const TempDir dir;
  const std::string name = acquire(dir, options);
  compare(dir, name);
  const DiskOpener opener({ewf_format});
  const auto opened = open_host(opener, dir, name);
  const std::string info = in_folder(dir, "ewfinfo " + name);
  BOOST_TEST(std::to_string(*opened.sector_size) == info_value(info, "Bytes per sector"));
  BOOST_TEST(mentions(opened.detail, {("case " + info_value(info, "Case number")).c_str(),
                                      ("evidence " + info_value(info, "Evidence number")).c_str(),
                                      ("description " + info_value(info, "Description")).c_str(),
                                      ("examiner " + info_value(info, "Examiner name")).c_str(),
                                      ("notes " + info_value(info, "Notes")).c_str(),
                                      ("MD5 " + info_value(info, "MD5")).c_str()}));
}

BOOST_AUTO_TEST_CASE(reads_what_ewfacquirestream_writes) {
  if (!have_programs({"ewfacquirestream"})) {
    return;
  }
  const TempDir dir;
  (void)write_disk(dir);
  in_folder(dir, "ewfacquirestream -q -t image -c fast -S 1MiB < disk.raw");
  compare(dir, "image.E01");
}

BOOST_DATA_TEST_CASE(libewf_reads_what_the_builder_writes, bdata::make({0, 1, 2, 3}), form) {
  if (!have_programs({"ewfverify", "ewfexport", "ewfinfo"})) {
    return;
  }
  fx::EwfOptions options;
  options.form = std::array{fx::EwfForm::encase6, fx::EwfForm::encase5, fx::EwfForm::encase1,
                            fx::EwfForm::smart}
                     .at(static_cast<std::size_t>(form));
  options.sectors_per_chunk = 64;
  options.chunks_per_segment = 3;
  options.header = {"c\tn\ta\te\tt\tav\tov\tm\tu\tp",
                    "7\t1\tdesc\tme\tnone\t1\tLinux\t2018 5 16 15 5 8\t2018 5 16 15 5 8\t0"};
  const ByteVector disk = pattern(300'032, 4);
  options.md5 = md5_bytes(disk);
  if (form < 2) {
    options.bad_sectors = {{5, 2}};
  }
  const auto built = fx::build_ewf(options, disk);
  const TempDir dir;
  dir.write("disk.raw", disk);
  std::string segments;
  for (std::size_t i = 0; i < built.segments.size(); ++i) {
    dir.write(fx::ewf_segment_name("image", options, i), built.segments[i]);
    segments += " " + fx::ewf_segment_name("image", options, i);
  }
  BOOST_TEST(mentions(in_folder(dir, "ewfverify -q" + segments), {"SUCCESS"}));
  in_folder(dir, "ewfexport -u -q -f raw -t out" + segments);
  BOOST_TEST(succeeds("cmp '" + dir.file("disk.raw") + "' '" + dir.file("out.raw") + "'"));
  BOOST_TEST(info_value(in_folder(dir, "ewfinfo" + segments), "Case number") == "7");
  compare(dir, first_segment(dir), form < 2 ? "ewf-bad-sectors" : "");
}

BOOST_AUTO_TEST_CASE(reads_more_segments_than_the_process_may_open) {
  if (!have_programs({"ewfacquire"})) {
    return;
  }
  const TempDir dir;
  const ByteVector disk = pattern((many_segments + 20) << 20, 9);
  dir.write("disk.raw", disk);
  in_folder(dir, "ewfacquire -u -q -t image -f encase6 -c none -S 1MiB disk.raw");
  const FewOpenFiles few(many_segments + 10);  // the standard streams are among them
  const DiskOpener opener({ewf_format});
  const auto opened = open_host(opener, dir, "image.E01");
  BOOST_TEST(opened.other_files.size() > many_segments + 10);
  BOOST_TEST(opened.diagnostics.empty());
  // The last chunk first, then back and forth between far segments.
  constexpr std::size_t chunk = 32'768;
  const std::size_t chunks = disk.size() / chunk;
  std::size_t wrong = 0;
  ByteVector part(chunk);
  for (std::size_t step = 0; step < chunks; ++step) {
    const std::size_t offset = (chunks - 1 + step * 331) % chunks * chunk;
    const bool same =
        opened.disk->read(offset, part).has_value() &&
        std::equal(part.begin(), part.end(), disk.begin() + static_cast<std::ptrdiff_t>(offset));
    wrong += same ? 0 : 1;
  }
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(a_missing_segment_takes_only_its_own_chunks) {
  if (!have_programs({"ewfacquire"})) {
    return;
  }
  const TempDir dir;
  const std::string name = acquire(dir, "-S 1MiB");
  std::filesystem::remove(dir.file("image.E02"));
  const DiskOpener opener({ewf_format});
  const auto opened = open_host(opener, dir, name);
  BOOST_TEST(has_finding(opened, "ewf-segments"));
  // 31 chunks are in the first segment, as many in the second.
  constexpr std::uint64_t gap = std::uint64_t{31} * 32'768;
  const SourcePtr raw = must(open_file_source(dir.file("disk.raw")));
  BOOST_TEST((read_range(*opened.disk, 0, gap) == read_range(*raw, 0, gap)));
  BOOST_TEST((read_range(*opened.disk, 2 * gap, opened.disk->size() - 2 * gap) ==
              read_range(*raw, 2 * gap, raw->size() - 2 * gap)));
  std::array<std::byte, 512> sector{};
  for (const std::uint64_t offset : {gap, 2 * gap - 512}) {
    const auto failed = opened.disk->read(offset, sector);
    BOOST_TEST(is_status(failed, Status::truncated));
    BOOST_TEST(mentions(failed.error().message(), {"image.E02 is missing"}));
  }
}

BOOST_DATA_TEST_CASE(reads_real_images_as_ewfexport_does,
                     bdata::make({"velociraptor/test.ntfs.dd.E01",
                                  "velociraptor/partition_image.E01", "sleuthkit/image.E01",
                                  "sleuthkit/imageformat_mmls_1.E01", "dissect_evidence/ewf.E01",
                                  "dfvfs/ext2.E01"}),
                     path) {
  if (!have_real_data() || !have_programs({"ewfexport"})) {
    return;
  }
  const TempDir dir;
  const std::string image = real_file(std::string("disk/") + path);
  std::filesystem::copy_file(image, dir.file("image.E01"));
  in_folder(dir, "ewfexport -u -q -f raw -t disk image.E01");
  compare(dir, "image.E01");
}

BOOST_AUTO_TEST_SUITE_END()
