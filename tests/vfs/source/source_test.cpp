// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/source/file_source.h"
#include "vfs/source/memory_source.h"
#include "vfs/source/slice_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

std::vector<std::byte> counting(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>(i);
  }
  return bytes;
}

std::vector<std::byte> read_at(const SourcePtr& source, std::uint64_t offset, std::size_t size) {
  std::vector<std::byte> out(size);
  must(source->read(offset, out));
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sources)

BOOST_AUTO_TEST_CASE(memory_reads_within_its_bounds_only) {
  const SourcePtr source = make_memory_source(counting(16), "m");
  BOOST_TEST((read_at(source, 14, 2)[1] == std::byte{15}));
  std::array<std::byte, 4> out{};
  const auto past = source->read(13, out);
  BOOST_TEST(is_status(past, Status::truncated));
  BOOST_TEST(mentions(past.error().message(), {"m:", "4 bytes", "0xd", "0x10"}));
  BOOST_TEST(is_status(source->read(~0ULL, out), Status::truncated));
  BOOST_TEST(is_ok(source->read(16, {})));
}

BOOST_AUTO_TEST_CASE(slice_maps_offsets_and_refuses_to_reach_out) {
  const SourcePtr parent = make_memory_source(counting(16), "disk");
  const SourcePtr slice = must(make_slice_source(parent, 4, 8, "partition 1"));
  BOOST_TEST(slice->size() == 8U);
  BOOST_TEST(slice->describe() == "disk / partition 1");
  BOOST_TEST((read_at(slice, 7, 1)[0] == std::byte{11}));
  std::array<std::byte, 2> out{};
  BOOST_TEST(is_status(slice->read(7, out), Status::truncated));
  BOOST_TEST(is_status(make_slice_source(parent, 10, 7, "x"), Status::truncated));
  BOOST_TEST(is_status(make_slice_source(parent, ~0ULL, 2, "x"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(file_is_read_at_any_offset) {
  const TempDir dir;
  const SourcePtr source = must(open_file_source(dir.write("f", counting(5000))));
  BOOST_TEST(source->size() == 5000U);
  BOOST_TEST((read_at(source, 4999, 1)[0] == static_cast<std::byte>(4999 & 0xFF)));
}

BOOST_AUTO_TEST_CASE(missing_files_and_wrong_kinds_are_told_apart) {
  const TempDir dir;
  BOOST_TEST(is_status(open_file_source(dir.path() + "/none"), Status::not_found));
  BOOST_TEST(is_status(open_file_source(dir.write("f", "") + "/below"), Status::path_not_found));
  BOOST_TEST(is_status(open_file_source(dir.path()), Status::invalid_argument));
  const std::string pipe = dir.path() + "/pipe";
  BOOST_REQUIRE_EQUAL(::mkfifo(pipe.c_str(), 0600), 0);
  BOOST_TEST(is_status(open_file_source(pipe), Status::invalid_argument));  // and does not block
  BOOST_TEST(
      is_status(open_file_source(dir.path() + "/" + std::string(300, 'x')), Status::name_too_long));
}

BOOST_AUTO_TEST_CASE(file_that_shrinks_gives_an_error_and_no_signal) {
  const TempDir dir;
  const std::string path = dir.write("f", counting(8192));
  const SourcePtr source = must(open_file_source(path));
  BOOST_REQUIRE_EQUAL(::truncate(path.c_str(), 100), 0);
  std::array<std::byte, 16> out{};
  const auto lost = source->read(4096, out);
  BOOST_TEST(is_status(lost, Status::io_failed));
  BOOST_TEST(mentions(lost.error().message(), {"0x1000", "0x2000"}));
}

BOOST_AUTO_TEST_CASE(threads_share_a_source) {
  const TempDir dir;
  const SourcePtr source = must(open_file_source(dir.write("f", counting(65536))));
  std::vector<std::jthread> threads;
  std::array<int, 8> wrong{};
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&source, &wrong, t] {
      std::array<std::byte, 1> out{};
      for (std::uint64_t offset = t; offset < source->size(); offset += 97) {
        if (!source->read(offset, out) || out[0] != static_cast<std::byte>(offset)) {
          ++wrong[t];
        }
      }
    });
  }
  threads.clear();
  BOOST_TEST(wrong == (std::array<int, 8>{}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
