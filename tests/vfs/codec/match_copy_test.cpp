// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/match_copy.h"

#include <boost/test/unit_test.hpp>

#include "tests/vfs/codec/codec_support.h"

using namespace casement::detail;  // NOLINT(google-build-using-namespace): test file
using namespace casement::test;    // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(match_copy)

BOOST_AUTO_TEST_CASE(repeats_what_overlaps_and_stays_in_its_room) {
  constexpr std::size_t start = 50;
  for (std::size_t distance = 1; distance <= start; ++distance) {
    for (std::size_t length = 1; length <= 80; length += 1 + length / 16) {
      for (const std::size_t extra :
           {std::size_t{0}, std::size_t{1}, copy_slack - 1, copy_slack, copy_slack + 9}) {
        Plain bytes = noise(start + length + extra, 5);
        Plain expected = bytes;
        for (std::size_t i = 0; i < length; ++i) {
          expected[start + i] = expected[start + i - distance];
        }
        // The vector ends with the room: sanitizers see what is written behind it.
        copy_match(bytes.data() + start, distance, length, length + extra);
        bytes.resize(start + length);
        expected.resize(start + length);
        BOOST_TEST((bytes == expected),
                   "distance " << distance << ", length " << length << ", " << extra << " more");
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
