// SPDX-License-Identifier: Apache-2.0
#include "vfs/source/lost_extent.h"

#include <array>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

namespace casement {
namespace {

using test::is_ok;
using test::is_status;
using test::mentions;
using test::must;

BOOST_AUTO_TEST_SUITE(lost_extent_source)

BOOST_AUTO_TEST_CASE(neighbours_of_lost_bytes_stay_readable) {
  const SourcePtr bytes = make_memory_source(std::vector<std::byte>(8, std::byte{7}), "bytes");
  const SourcePtr file = must(make_extent_source(
      {{4, bytes, 0},
       lost_extent(4, Error(Status::truncated, "the image ends at 0x100"), "file"),
       {4, bytes, 4}},
      "file"));
  BOOST_TEST(file->size() == 12U);
  std::array<std::byte, 4> out{};
  BOOST_TEST(is_ok(file->read(0, out)));
  BOOST_TEST(is_ok(file->read(8, out)));
  const auto lost = file->read(3, out);
  BOOST_TEST(is_status(lost, Status::truncated));
  BOOST_TEST(mentions(lost.error().message(), {"file", "the image ends at 0x100"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement
