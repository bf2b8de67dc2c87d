// SPDX-License-Identifier: Apache-2.0
// The two readers of attribute headers against each other; record_test.cpp has the walk over them.
#include "vfs/ntfs/attribute.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>

#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {
namespace {

using test::cluster_attribute;
using test::RawBytes;
using test::resident_attribute;

BOOST_AUTO_TEST_SUITE(attribute)

// Two readers of one header: neither may take what the other refuses.
BOOST_AUTO_TEST_CASE(the_value_alone_is_that_of_the_attribute) {
  const RawBytes raw = resident_attribute(0x30, u"name", test::file_name_value(u"hello.txt", 3));
  BOOST_TEST(resident_value(raw).has_value());
  const RawBytes clusters = cluster_attribute({.highest_vcn = 3, .data_size = 0x4000});
  BOOST_TEST(!resident_value(clusters));
  std::size_t refused = 0;
  for (std::size_t place = 0; place < 24; ++place) {
    for (const unsigned byte : {0U, 1U, 4U, 0x18U, 0x60U, 0x80U, 0xFFU}) {
      RawBytes changed = raw;
      changed[place] = static_cast<std::byte>(byte);
      const auto attribute = parse_attribute(changed, 0);
      const auto value = resident_value(changed);
      const bool expected = attribute && attribute->resident;
      BOOST_TEST(value.has_value() == expected);
      refused += expected ? 0 : 1;
      if (expected && value) {
        BOOST_TEST((value->data() == attribute->value.data()));
        BOOST_TEST(value->size() == attribute->value.size());
      }
    }
  }
  BOOST_TEST(refused > 10U);
  for (std::size_t size = 0; size < raw.size(); ++size) {
    const Bytes part = Bytes(raw).first(size);
    BOOST_TEST(resident_value(part).has_value() == parse_attribute(part, 0).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
