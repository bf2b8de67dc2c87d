// SPDX-License-Identifier: Apache-2.0
// $ATTRIBUTE_LIST values, sound and damaged.
#include "vfs/ntfs/attribute_list.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {
namespace {

using test::mutate;
using test::RawBytes;

BOOST_AUTO_TEST_SUITE(attribute_list)

RawBytes make_list() {
  RawBytes raw;
  for (const RawBytes& entry : {test::list_entry(0x10, u"", 0, 0x0003'0000'0000'0028, 0),
                                test::list_entry(0x80, u"stream", 0, 0x0001'0000'0000'0030, 2),
                                test::list_entry(0x80, u"stream", 64, 0x0001'0000'0000'0031, 5)}) {
    raw.insert(raw.end(), entry.begin(), entry.end());
  }
  return raw;
}

BOOST_AUTO_TEST_CASE(parses_entries) {
  const AttributeList list = parse_attribute_list(make_list());
  BOOST_TEST(!list.damage.has_value());
  BOOST_REQUIRE(list.entries.size() == 3U);
  const AttributeListEntry& last = list.entries[2];
  BOOST_TEST(last.type == 0x80U);
  BOOST_TEST((last.name == u"stream"));
  BOOST_TEST(last.lowest_vcn == 64U);
  BOOST_TEST(last.record.record() == 0x31U);
  BOOST_TEST(last.attribute_id == 5U);
}

BOOST_AUTO_TEST_CASE(a_damaged_name_hides_its_own_entry_only) {
  const AttributeList list = parse_attribute_list(mutate(make_list(), 32 + 7, {{0xF0}}));
  BOOST_TEST(list.damage.has_value());
  BOOST_TEST(list.entries.size() == 2U);
}

BOOST_AUTO_TEST_CASE(keeps_the_entries_before_a_damaged_size) {
  for (const std::vector<std::uint8_t>& size :
       {std::vector<std::uint8_t>{0x00}, {0x19}, {0xF0, 0xFF}}) {
    const AttributeList list = parse_attribute_list(mutate(make_list(), 32 + 4, size));
    BOOST_TEST(list.damage.has_value());
    BOOST_TEST(list.entries.size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(zeros_end_the_list) {
  RawBytes raw = make_list();
  raw.resize(raw.size() + 64);
  const AttributeList list = parse_attribute_list(raw);
  BOOST_TEST(!list.damage.has_value());
  BOOST_TEST(list.entries.size() == 3U);
}

BOOST_AUTO_TEST_CASE(survives_truncation) {
  const RawBytes raw = make_list();
  for (std::size_t size = 0; size < raw.size(); ++size) {
    BOOST_TEST(parse_attribute_list(test::prefix(raw, size)).entries.size() < 3U);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
