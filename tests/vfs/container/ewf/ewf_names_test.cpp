// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/ewf/ewf_names.h"

#include <boost/test/unit_test.hpp>

using casement::EwfSegmentName;

namespace {

/// The name of segment `number` of the set that `name` is segment `own` of.
std::string other(const std::string& name, std::uint32_t own, std::uint32_t number) {
  const auto parsed = EwfSegmentName::parse(name, own);
  return parsed ? parsed->at(number).value_or("none") : "no segment";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf_names)

BOOST_AUTO_TEST_CASE(two_digits_are_followed_by_letters) {
  BOOST_TEST(other("a.b.E01", 1, 1) == "a.b.E01");
  BOOST_TEST(other("a.b.E01", 1, 99) == "a.b.E99");
  BOOST_TEST(other("image.E01", 1, 100) == "image.EAA");
  BOOST_TEST(other("image.E01", 1, 101) == "image.EAB");
  BOOST_TEST(other("image.E01", 1, 126) == "image.EBA");
  BOOST_TEST(other("image.E01", 1, 775) == "image.EZZ");
  BOOST_TEST(other("image.E01", 1, 776) == "image.FAA");
  BOOST_TEST(other("image.E01", 1, 99 + 22 * 676) == "image.ZZZ");
  BOOST_TEST(other("image.E01", 1, 100 + 22 * 676) == "none");
  BOOST_TEST(other("image.E01", 1, 0) == "none");
}

BOOST_AUTO_TEST_CASE(smart_has_its_own_letter_and_lower_case_stays) {
  BOOST_TEST(other("image.s01", 1, 2) == "image.s02");
  BOOST_TEST(other("image.s01", 1, 100) == "image.saa");
  BOOST_TEST(other("image.s01", 1, 776) == "image.taa");
  BOOST_TEST(other("image.s01", 1, 99 + 8 * 676) == "image.zzz");
  BOOST_TEST(other("image.s01", 1, 100 + 8 * 676) == "none");
  BOOST_TEST(other("Image.e01", 1, 100) == "Image.eaa");
  BOOST_TEST(other("IMAGE.S01", 1, 2) == "IMAGE.S02");
}

BOOST_AUTO_TEST_CASE(any_segment_leads_to_the_others) {
  BOOST_TEST(other("image.E42", 42, 1) == "image.E01");
  BOOST_TEST(other("image.FAA", 776, 1) == "image.E01");
  // The number tells whose set it is: .taa is segment 776 of SMART and 10240 of EnCase.
  BOOST_TEST(other("image.taa", 776, 1) == "image.s01");
  BOOST_TEST(other("image.taa", 100 + 15 * 676, 1) == "image.e01");
}

BOOST_AUTO_TEST_CASE(names_that_say_another_number_or_none_are_no_segments) {
  for (const char* name : {"image.E02", "image", "image.", ".E1", "image.E001", "image.X01",
                           "image.E0A", "image.E00", "E01", ""}) {
    BOOST_TEST(!EwfSegmentName::parse(name, 1), name);
  }
  BOOST_TEST(!EwfSegmentName::parse("image.E01", 0));
  BOOST_TEST(!EwfSegmentName::parse("image.E01", 65'535));
}

BOOST_AUTO_TEST_SUITE_END()
