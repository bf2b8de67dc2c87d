// SPDX-License-Identifier: Apache-2.0
// Run lists: what they map, what is refused, and where the damage leaves them.
#include "vfs/ntfs/run_list.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {

std::ostream& operator<<(std::ostream& out, const Run& run) {
  return out << run.vcn << " -> " << (run.sparse ? "hole" : std::to_string(run.lcn)) << " * "
             << run.length;
}

namespace {

using test::hex;
using test::is_ok;
using test::is_status;

constexpr RunBounds bounds = {.cluster_count = 0x10'0000, .max_vcn = 0x1000'0000, .max_runs = 100};

Result<RunList> parse(const std::vector<std::byte>& packed, std::uint64_t clusters,
                      const RunBounds& limits = bounds) {
  RunList runs;
  auto appended = runs.append(packed, 0, clusters, limits);
  return appended ? Result<RunList>(std::move(runs))
                  : Result<RunList>(std::unexpected(appended.error()));
}

struct GoodList {
  const char* name;
  const char* packed;
  std::vector<Run> expected;
};

std::ostream& operator<<(std::ostream& out, const GoodList& list) {
  return out << list.name;
}

const std::vector<GoodList> good_lists = {
    {"no runs at all", "00", {}},
    {"one run", "21 18 34 56 00", {{0, 0x5634, 0x18, false}}},
    {"without an end mark", "21 18 34 56", {{0, 0x5634, 0x18, false}}},
    {"a step back",
     "31 38 73 25 34 21 14 00 F0 00",
     {{0, 0x34'2573, 0x38, false}, {0x38, 0x34'1573, 0x14, false}}},
    {"a hole",
     "11 30 20 01 60 11 10 30 00",
     {{0, 0x20, 0x30, false}, {0x30, 0, 0x60, true}, {0x90, 0x50, 0x10, false}}},
    {"neighbours are one run", "11 10 20 11 08 10 00", {{0, 0x20, 0x18, false}}},
    {"neighbouring holes are one", "01 10 01 08 00", {{0, 0, 0x18, true}}},
    {"the same cluster twice is two runs",
     "11 01 20 11 01 00 00",
     {{0, 0x20, 1, false}, {1, 0x20, 1, false}}},
    {"eight bytes of each",
     "88 02 00 00 00 00 00 00 00 07 00 00 00 00 00 00 00 00",
     {{0, 7, 2, false}}},
    {"cluster 0 is a place like any other", "11 10 00 00", {{0, 0, 0x10, false}}},
};

BOOST_AUTO_TEST_SUITE(run_list)

BOOST_DATA_TEST_CASE(maps, boost::unit_test::data::make(good_lists), list) {
  std::uint64_t clusters = 0;
  for (const Run& run : list.expected) {
    clusters += run.length;
  }
  const RunBounds large = {
      .cluster_count = 0x40'0000, .max_vcn = bounds.max_vcn, .max_runs = bounds.max_runs};
  const RunList runs = test::must(parse(hex(list.packed), clusters, large));
  BOOST_TEST(std::vector<Run>(runs.runs().begin(), runs.runs().end()) == list.expected,
             boost::test_tools::per_element());
  BOOST_TEST(runs.end_vcn() == clusters);
}

struct BadList {
  const char* name;
  const char* packed;
  std::uint64_t clusters;
  Status status;
  std::size_t kept;
};

std::ostream& operator<<(std::ostream& out, const BadList& list) {
  return out << list.name;
}

const std::vector<BadList> bad_lists = {
    {"no bytes of length", "11 10 20 10 20 00", 0x20, Status::corrupt, 1},
    {"nine bytes of length", "19 01 00 00 00 00 00 00 00 00 20 00", 1, Status::corrupt, 0},
    {"nine bytes of offset", "91 01 20 00 00 00 00 00 00 00 00 00", 1, Status::corrupt, 0},
    {"a length of 0", "11 00 20 00", 1, Status::corrupt, 0},
    {"cut in the offset", "21 10 20", 0x10, Status::corrupt, 0},
    {"cut before the length", "11", 0x10, Status::corrupt, 0},
    {"too few clusters", "11 10 20 00", 0x11, Status::corrupt, 1},
    {"too many clusters", "11 10 20 11 10 20 00", 0x1F, Status::corrupt, 1},
    {"no runs for a cluster", "00", 1, Status::corrupt, 0},
    {"before the volume", "11 10 FF 00", 0x10, Status::corrupt, 0},
    {"the first cluster behind the volume", "31 01 00 00 10 00", 1, Status::corrupt, 0},
    {"the end behind the volume", "31 02 FF FF 0F 00", 2, Status::corrupt, 0},
    {"a step that wraps", "11 01 20 81 01 FF FF FF FF FF FF FF 7F 00", 2, Status::corrupt, 1},
    {"a length beyond 63 bits", "18 FF FF FF FF FF FF FF FF 20 00", 1, Status::corrupt, 0},
};

BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(bad_lists), list) {
  RunList runs;
  BOOST_TEST(is_status(runs.append(hex(list.packed), 0, list.clusters, bounds), list.status));
  BOOST_TEST(runs.runs().size() == list.kept);
}

BOOST_AUTO_TEST_CASE(refuses_vcns_that_bytes_could_not_count) {
  BOOST_TEST(is_ok(parse(hex("04 00 00 00 10 00"), 0x1000'0000)));
  BOOST_TEST(is_status(parse(hex("04 01 00 00 10 00"), 0x1000'0001), Status::corrupt));
  RunList runs;
  BOOST_TEST(
      is_status(runs.append(hex("01 01 00"), ~std::uint64_t{0}, 1, bounds), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(stops_at_the_limit_of_runs) {
  const RunBounds two = {.cluster_count = 100, .max_vcn = 100, .max_runs = 2};
  BOOST_TEST(is_ok(parse(hex("11 01 01 11 01 02 00"), 2, two)));
  BOOST_TEST(
      is_status(parse(hex("11 01 01 11 01 02 11 01 02 00"), 3, two), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(extents_follow_one_another_or_leave_a_gap) {
  RunList runs;
  BOOST_TEST(is_ok(runs.append(hex("11 10 20 00"), 0, 0x10, bounds)));
  BOOST_TEST(is_ok(runs.append(hex("11 08 30 00"), 0x10, 8, bounds)));  // goes on at 0x30
  BOOST_TEST(runs.runs().size() == 1U);
  BOOST_TEST(is_ok(runs.append(hex("11 08 70 00"), 0x20, 8, bounds)));
  BOOST_TEST(runs.end_vcn() == 0x28U);
  BOOST_TEST(is_status(runs.append(hex("11 08 70 00"), 0x27, 8, bounds), Status::corrupt));
  BOOST_TEST(runs.find(0) == 0U);
  BOOST_TEST(runs.find(0x17) == 0U);
  BOOST_TEST(runs.find(0x18) == 1U);  // in the gap: the run after it
  BOOST_TEST(runs.find(0x27) == 1U);
  BOOST_TEST(runs.find(0x28) == 2U);
  BOOST_TEST(runs.allocated_clusters() == 0x20U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
