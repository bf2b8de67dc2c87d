// SPDX-License-Identifier: Apache-2.0
// Bytes in a nameless temporary file.
#include "vfs/source/file_spill.h"

#include <algorithm>
#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace casement::test {
namespace {

/// Temporary files of this process go to a directory of the test.
class OwnTemporaryFiles {
 public:
  OwnTemporaryFiles() {
    const char* const set = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): one thread
    before_ = set != nullptr ? set : "";
    ::setenv("TMPDIR", folder_.path().c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  }
  ~OwnTemporaryFiles() {
    if (before_.empty()) {
      ::unsetenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe)
    } else {
      ::setenv("TMPDIR", before_.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
    }
  }
  OwnTemporaryFiles(const OwnTemporaryFiles&) = delete;
  OwnTemporaryFiles& operator=(const OwnTemporaryFiles&) = delete;

  bool nothing_there() const { return boost::filesystem::is_empty(folder_.path()); }
  const std::string& path() const { return folder_.path(); }

 private:
  TempDir folder_;
  std::string before_;
};

std::vector<std::byte> filled(std::size_t size, int value) {
  return std::vector<std::byte>(size, static_cast<std::byte>(value));
}

BOOST_FIXTURE_TEST_SUITE(file_spill, OwnTemporaryFiles)

BOOST_AUTO_TEST_CASE(gives_back_what_was_appended_with_its_holes) {
  FileSpill spill = must(FileSpill::create(1000));
  BOOST_TEST(is_ok(spill.append(filled(300, 1))));
  BOOST_TEST(is_ok(spill.append_hole(100'000)));
  BOOST_TEST(is_ok(spill.append(filled(200, 2))));
  BOOST_TEST(spill.size() == 100'500U);
  BOOST_TEST(spill.stored() == 500U);
  BOOST_TEST(nothing_there());  // it has no name
  const SourcePtr source = must(std::move(spill).finish("spilled"));
  BOOST_TEST(source->size() == 100'500U);
  BOOST_TEST(source->describe() == "spilled");
  std::vector<std::byte> all(source->size());
  BOOST_TEST(is_ok(source->read(0, all)));
  BOOST_TEST((all[0] == std::byte{1} && all[299] == std::byte{1}));
  BOOST_TEST(std::all_of(all.begin() + 300, all.begin() + 100'300,
                         [](std::byte b) { return b == std::byte{0}; }));
  BOOST_TEST((all[100'300] == std::byte{2} && all.back() == std::byte{2}));
  BOOST_TEST(nothing_there());
}

BOOST_AUTO_TEST_CASE(a_hole_at_the_end_counts) {
  FileSpill spill = must(FileSpill::create(10));
  BOOST_TEST(is_ok(spill.append_hole(7)));
  BOOST_TEST(must(std::move(spill).finish("x"))->size() == 7U);
}

BOOST_AUTO_TEST_CASE(stores_no_more_than_it_may) {
  FileSpill spill = must(FileSpill::create(10));
  BOOST_TEST(is_ok(spill.append(filled(10, 1))));
  BOOST_TEST(is_ok(spill.append({})));
  BOOST_TEST(is_status(spill.append(filled(1, 1)), Status::limit_exceeded));
  BOOST_TEST(spill.size() == 10U);
  BOOST_TEST(is_status(spill.append_hole(~std::uint64_t{0}), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(can_be_moved) {
  FileSpill one = must(FileSpill::create(100));
  BOOST_TEST(is_ok(one.append(filled(3, 1))));
  FileSpill two = must(FileSpill::create(100));
  two = std::move(one);
  BOOST_TEST(is_ok(two.append(filled(4, 1))));
  BOOST_TEST(must(std::move(two).finish("x"))->size() == 7U);
}

BOOST_AUTO_TEST_CASE(without_a_directory_for_temporary_files_it_says_so) {
  ::setenv("TMPDIR", (path() + "/gone").c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  const auto spill = FileSpill::create(1);
  BOOST_TEST(!spill.has_value());
  BOOST_TEST(mentions(spill.error().message(), {"temporary files"}));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
