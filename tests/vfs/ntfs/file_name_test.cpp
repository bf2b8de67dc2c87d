// SPDX-License-Identifier: Apache-2.0
// $FILE_NAME values.
#include "vfs/ntfs/file_name.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {
namespace {

using test::is_status;
using test::must;
using test::RawBytes;

BOOST_AUTO_TEST_SUITE(file_name)

BOOST_AUTO_TEST_CASE(parses_a_name) {
  const RawBytes raw = test::file_name_value(u"hello.txt", 1, 0x0007'0000'0000'0123);
  const NtfsFileName name = must(parse_file_name(raw));
  BOOST_TEST((name.name() == u"hello.txt"));
  BOOST_TEST(name.parent.record() == 0x123U);
  BOOST_TEST(name.parent.sequence() == 7U);
  BOOST_TEST(name.data_size == 1234U);
  BOOST_TEST(name.is_listed());
  BOOST_TEST(!name.is_directory());
}

BOOST_AUTO_TEST_CASE(only_dos_names_are_not_listed) {
  BOOST_TEST(!must(parse_file_name(test::file_name_value(u"HELLO~1.TXT", 2))).is_listed());
  for (const std::uint8_t space : std::vector<std::uint8_t>{0, 1, 3}) {
    BOOST_TEST(must(parse_file_name(test::file_name_value(u"A", space))).is_listed());
  }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_name) {
  BOOST_TEST(is_status(parse_file_name(test::file_name_value(u"", 1)), Status::corrupt));
  BOOST_TEST(is_status(parse_file_name(test::file_name_value(u"a", 4)), Status::corrupt));
  const RawBytes raw = test::file_name_value(u"hello.txt", 1);
  for (std::size_t size = 0; size < raw.size(); ++size) {
    BOOST_TEST(is_status(parse_file_name(test::prefix(raw, size)), Status::truncated));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
