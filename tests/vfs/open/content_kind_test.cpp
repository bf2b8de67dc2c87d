// SPDX-License-Identifier: Apache-2.0
// Files named by their content.
#include "vfs/open/content_kind.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/source/memory_source.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

SourcePtr source_of(std::string_view text) {
  const Bytes raw = std::as_bytes(std::span(text));
  return make_memory_source({raw.begin(), raw.end()}, "test");
}

/// `magic` at `offset` of a file of `size` zero bytes.
SourcePtr file_with(std::size_t offset, std::string_view magic, std::size_t size) {
  std::string text(size, '\0');
  text.replace(offset, magic.size(), magic);
  return source_of(text);
}

struct Row {
  std::size_t offset;
  std::string_view magic;
  const char* expected;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.expected;
}

using namespace std::string_view_literals;

const std::array rows{
    Row{0, "regf"sv, "a registry hive"},
    Row{0, "DCM\x01"sv, "a compressed manifest"},
    Row{0, "\x1F\x8B\x08"sv, "gzip-compressed data"},
    Row{510, "\x55\xAA"sv, "a disk image with an MBR"},
    Row{0, "MZ"sv, "a Windows program"},
    Row{100, "regf"sv, "a file of unknown content"},
    Row{0, "cimfile1"sv, "a file of unknown content"},
};

BOOST_AUTO_TEST_SUITE(content_kind)

BOOST_DATA_TEST_CASE(knows, bdata::make(rows), row) {
  BOOST_TEST(must(describe_content(*file_with(row.offset, row.magic, 0x10000))) == row.expected);
}

BOOST_AUTO_TEST_CASE(the_weakest_magic_yields) {
  std::string text(0x1000, '\0');
  text.replace(510, 2, "\x55\xAA");
  text.replace(0, 2, "MZ");
  BOOST_TEST(must(describe_content(*source_of(text))) == "a Windows program");
}

BOOST_AUTO_TEST_CASE(takes_files_of_any_size) {
  BOOST_TEST(must(describe_content(*source_of(""))) == "an empty file");
  for (std::size_t size = 1; size < 600; ++size) {
    BOOST_TEST(must(describe_content(*source_of(std::string(size, 'x')))) ==
               "a file of unknown content");
  }
  BOOST_TEST(must(describe_content(*source_of("regf"))) == "a registry hive");
  BOOST_TEST(must(describe_content(*source_of("reg"))) == "a file of unknown content");
}

BOOST_AUTO_TEST_CASE(knows_real_files) {
  if (!have_real_data()) {
    return;
  }
  BOOST_TEST(must(describe_content(*real_source("registry/xp_sp3_full/SOFTWARE"))) ==
             "a registry hive");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
