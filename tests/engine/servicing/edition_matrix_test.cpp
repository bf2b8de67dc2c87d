// SPDX-License-Identifier: Apache-2.0
// Edition matrices: what they allow, and what is none.
#include "engine/servicing/edition_matrix.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/engine/servicing/product_keys.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

constexpr const char* small_matrix =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
    "<TmiMatrix xmlns:e=\"urn:example:matrix\">"
    "<Edition ID=\"Core\" name=\"Microsoft-Windows-CoreEdition\" version=\"10.0.1.1\">"
    "<Target ID=\"Professional\"/><Target ID=\"Education\"/></Edition>"
    "<e:Edition e:ID=\"Professional\"><e:Target e:ID=\"Enterprise\"/></e:Edition>"
    "<Edition ID=\"Core\"><Target ID=\"CoreSingleLanguage\"/><Other ID=\"Cloud\"/></Edition>"
    "<Edition ID=\"Enterprise\"/>"
    "</TmiMatrix>";

EditionMatrix matrix_of(std::string_view text) {
  return must(parse_edition_matrix(bytes_of(text)));
}

struct BadMatrix {
  const char* name;
  std::string text;
  Status expected;
};
std::ostream& operator<<(std::ostream& out, const BadMatrix& matrix) {
  return out << matrix.name;
}
const std::array bad_matrices = {
    BadMatrix{"nothing", "", Status::corrupt}, BadMatrix{"no XML", "Core", Status::corrupt},
    BadMatrix{"another root", "<Editions/>", Status::corrupt},
    BadMatrix{"an element that does not end", "<TmiMatrix><Edition ID='Core'>", Status::corrupt},
    BadMatrix{"too many bytes", std::string(max_edition_matrix_size + 1, ' '),
              Status::limit_exceeded}};

}  // namespace

BOOST_AUTO_TEST_SUITE(edition_matrix)

BOOST_AUTO_TEST_CASE(allows_what_the_rows_of_an_edition_name) {
  const EditionMatrix matrix = matrix_of(small_matrix);
  BOOST_TEST(matrix.allows(u"Core", u"Professional"));
  BOOST_TEST(matrix.allows(u"Core", u"Education"));
  BOOST_TEST(matrix.allows(u"core", u"coresinglelanguage"));
  BOOST_TEST(matrix.allows(u"Professional", u"Enterprise"));
  BOOST_TEST(!matrix.allows(u"Professional", u"Core"));
  BOOST_TEST(!matrix.allows(u"Core", u"Enterprise"));
  BOOST_TEST(!matrix.allows(u"Core", u"Cloud"));
  BOOST_TEST(!matrix.allows(u"Enterprise", u"Core"));
  BOOST_TEST(!matrix.allows(u"Starter", u"Core"));
}

BOOST_AUTO_TEST_CASE(skips_what_has_no_id) {
  const EditionMatrix matrix = matrix_of(
      "<TmiMatrix><Edition><Target ID='A'/></Edition><Edition ID='B'><Target/></Edition>"
      "</TmiMatrix>");
  BOOST_REQUIRE_EQUAL(matrix.rows.size(), 1U);
  BOOST_TEST(matrix.rows.front().targets.empty());
}

BOOST_DATA_TEST_CASE(refuses, bdata::make(bad_matrices), row) {
  BOOST_TEST(is_status(parse_edition_matrix(bytes_of(row.text)), row.expected));
}

BOOST_AUTO_TEST_CASE(survives_every_truncation_and_every_changed_byte) {
  const std::vector<std::byte> whole = bytes_of(small_matrix);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    BOOST_TEST(!parse_edition_matrix(prefix(whole, i)).has_value());
    std::vector<std::byte> changed = whole;
    changed[i] ^= std::byte{0x15};
    if (const auto matrix = parse_edition_matrix(changed)) {
      (void)matrix->allows(u"Core", u"Professional");
    }
  }
  BOOST_TEST(parse_edition_matrix(whole).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
