// SPDX-License-Identifier: Apache-2.0
// Images that ewfacquire writes hold exactly the medium that it was given.
#include <sys/resource.h>

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <filesystem>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"
#include "vfs/container/ewf/open_ewf.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

// libewf loses the chunks of segments that are missing; the rest of the program is watched still.
extern "C" [[gnu::visibility("default")]] const char* __lsan_default_suppressions();  // NOLINT
extern "C" const char* __lsan_default_suppressions() {  // NOLINT: the sanitizer's name
  return "leak:libewf_chunk_data_initialize";
}

namespace {

struct Acquired {
  const char* options;
  const char* format;  // as `detail` begins
};

std::ostream& operator<<(std::ostream& out, const Acquired& acquired) {
  return out << acquired.options;
}

const std::array formats{
    Acquired{"-f ewf", "SMART"},  // libewf tells them apart by nothing but a name
    Acquired{"-f smart", "SMART"},
    Acquired{"-f ftk", "FTK Imager"},
    Acquired{"-f encase2", "EnCase 2"},
    Acquired{"-f encase5 -c best", "EnCase 5"},
    Acquired{"-f encase6", "EnCase 6"},
    Acquired{"-f encase6 -c fast -b 128", "EnCase 6"},
    Acquired{"-f encase6 -c empty-block", "EnCase 6"},
    Acquired{"-f encase7", "EnCase"},
    Acquired{"-f linen5", "linen"},
    Acquired{"-f ewfx -c best", "EWFX"},
    Acquired{"-f encase6 -S 1MiB", "EnCase 6"},
};

/// With more than 32 segments we once had libewf close some.
constexpr std::size_t many_segments = 33;

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

/// 4 MiB and three sectors of data and holes.
std::string write_disk(const TempDir& dir) {
  ByteVector disk((std::size_t{4} << 20) + 3 * 512);
  std::ranges::copy(pattern(2'300'000, 1), disk.begin());
  std::ranges::copy(pattern(700, 3), disk.end() - 700);
  return dir.write("disk.raw", disk);
}

std::string acquire(const TempDir& dir, const std::string& options) {
  (void)write_disk(dir);
  output_of("cd '" + dir.path() + "' && ewfacquire -u -q -t image -C 'case 7' -e 'An Examiner' " +
            options + " disk.raw 2>&1");
  for (const char* name : {"image.E01", "image.e01", "image.s01"}) {
    if (std::filesystem::exists(dir.file(name))) {
      return name;
    }
  }
  BOOST_FAIL("ewfacquire has written no segment");
  return {};
}

/// More than `many_segments` of 1 MiB, image.E01 and so on; the medium.
ByteVector acquire_many(const TempDir& dir) {
  ByteVector disk = pattern((many_segments + 2) << 20, 9);
  dir.write("disk.raw", disk);
  output_of("cd '" + dir.path() +
            "' && ewfacquire -u -q -t image -f encase6 -c none -S 1MiB disk.raw 2>&1");
  return disk;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf_oracle)

BOOST_DATA_TEST_CASE(reads_what_ewfacquire_writes, bdata::make(formats), acquired) {
  if (!have_programs({"ewfacquire"})) {
    return;
  }
  const TempDir dir;
  const std::string name = acquire(dir, acquired.options);
  const DiskOpener opener({ewf_format});
  const auto opened = must(opener.open(host_folder(dir.path()), name));
  check_same_as_file(*opened.disk, dir.file("disk.raw"));
  BOOST_TEST(opened.detail.starts_with(acquired.format), opened.detail);
  BOOST_TEST(mentions(opened.detail, {"case case 7", "examiner An Examiner", "MD5 "}));
  if (std::string(acquired.options).ends_with("-S 1MiB")) {
    BOOST_TEST(opened.other_files.size() >= 2U);
    BOOST_TEST(opened.other_files.front() == "image.E02");
    const auto second = must(opener.open(host_folder(dir.path()), "image.E02"));
    check_same_as_file(*second.disk, dir.file("disk.raw"));
  }
}

BOOST_AUTO_TEST_CASE(reads_many_segments_in_any_order) {
  if (!have_programs({"ewfacquire"})) {
    return;
  }
  const TempDir dir;
  const ByteVector disk = acquire_many(dir);
  const DiskOpener opener({ewf_format});
  const auto opened = must(opener.open(host_folder(dir.path()), "image.E01"));
  BOOST_TEST(opened.other_files.size() + 1 > many_segments);
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

BOOST_AUTO_TEST_CASE(more_segments_than_the_process_may_open_are_refused_with_the_reason) {
  if (!have_programs({"ewfacquire"})) {
    return;
  }
  const TempDir dir;
  (void)acquire_many(dir);
  const DiskOpener opener({ewf_format});
  const auto folder = host_folder(dir.path());
  {
    const FewOpenFiles few(many_segments);  // the standard streams are among them
    const auto opened = opener.open(folder, "image.E01");
    BOOST_TEST(is_status(opened, Status::limit_exceeded));
    BOOST_TEST(
        mentions(opened.error().message(), {"image.E01", "segments must be open", "ulimit -n"}));
  }
  BOOST_TEST(is_ok(opener.open(folder, "image.E01")));
}

BOOST_AUTO_TEST_CASE(a_missing_segment_is_a_finding_and_hides_nothing_before_it) {
  if (!have_programs({"ewfacquire"})) {
    return;
  }
  const TempDir dir;
  const std::string name = acquire(dir, "-S 1MiB");
  std::filesystem::remove(dir.file("image.E02"));
  const DiskOpener opener({ewf_format});
  const auto opened = must(opener.open(host_folder(dir.path()), name));
  BOOST_TEST(has_finding(opened, "ewf-segments"));
  const ByteVector expected = pattern(2'300'000, 1);
  BOOST_TEST((read_range(*opened.disk, 0, 500'000) == prefix(expected, 500'000)));
  std::array<std::byte, 512> sector{};
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(is_status(opened.disk->read(2'000'000, sector), Status::corrupt));
  }
  BOOST_TEST((read_range(*opened.disk, 100, 500) ==
              ByteVector(expected.begin() + 100, expected.begin() + 600)));
}

BOOST_AUTO_TEST_SUITE_END()
