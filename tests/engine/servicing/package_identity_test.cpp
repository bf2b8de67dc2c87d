// SPDX-License-Identifier: Apache-2.0
// Names of packages: their five parts, equality, and the order of versions.
#include "engine/servicing/package_identity.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "vfs/core/utf16.h"

namespace casement::test {

BOOST_AUTO_TEST_SUITE(package_identity)

BOOST_AUTO_TEST_CASE(five_parts_come_back_as_they_were) {
  const std::u16string text = u"Package_for_KB976902~31bf3856ad364e35~amd64~~6.1.1.17514";
  const auto identity = parse_package_identity(text);
  BOOST_REQUIRE(identity.has_value());
  BOOST_TEST(to_utf8(identity->name) == "Package_for_KB976902");
  BOOST_TEST(to_utf8(identity->public_key_token) == "31bf3856ad364e35");
  BOOST_TEST(to_utf8(identity->architecture) == "amd64");
  BOOST_TEST(identity->language.empty());
  BOOST_TEST(to_utf8(identity->version) == "6.1.1.17514");
  BOOST_TEST((identity->text() == text));
}

BOOST_AUTO_TEST_CASE(what_has_not_five_parts_or_no_name_is_no_identity) {
  for (const char16_t* text : {u"", u"a", u"a~b~c~d", u"a~b~c~d~e~f", u"~b~c~d~e", u"~~~~~"}) {
    BOOST_TEST_CONTEXT(to_utf8(text)) {
      BOOST_TEST(!parse_package_identity(text).has_value());
    }
  }
  BOOST_TEST(parse_package_identity(u"a~~~~").has_value());
}

BOOST_AUTO_TEST_CASE(identities_have_no_case) {
  BOOST_TEST(same_identity(u"Abc~t~AMD64~en-US~1", u"aBC~T~amd64~EN-us~1"));
  BOOST_TEST(!same_identity(u"Abc~t~AMD64~en-US~1", u"Abc~t~AMD64~en-US~2"));
}

struct Versions {
  const char16_t* a;
  const char16_t* b;
  int order;
};
std::ostream& operator<<(std::ostream& out, const Versions& row) {
  return out << to_utf8(row.a) << " and " << to_utf8(row.b);
}
const std::vector<Versions> versions = {
    {u"10.0.19041.1", u"10.0.19041.1", 0},
    {u"10.0.19041.2", u"10.0.19041.10", -1},  // by number, not by text
    {u"10.0.19041.1", u"6.3.9600.16384", 1},
    {u"10.0", u"10.0.0.0", 0},
    {u"", u"0.0.0.0", 0},
    {u"10.0.x.5", u"10.0.0.5", 0},
    {u"4294967295.0.0.0", u"4294967294.0.0.0", 1},
    {u"99999999999999999999999.1", u"0.1", 0},  // no number fits it
    {u"1.2.3.4.5", u"1.2.3.4.6", 0},            // a fifth part has no meaning
    {u"-1.0", u"0.0", 0},
};
BOOST_DATA_TEST_CASE(versions_have_an_order, boost::unit_test::data::make(versions), row) {
  const auto sign = [](std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
  BOOST_TEST(sign(compare_versions(row.a, row.b)) == row.order);
  BOOST_TEST(sign(compare_versions(row.b, row.a)) == -row.order);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
