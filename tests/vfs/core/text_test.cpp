// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/matchers.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"
#include "vfs/core/utf16.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(utf16)

BOOST_AUTO_TEST_CASE(converts_every_plane) {
  const std::u16string text = u"A\u00DF\u20AC\U0001F600";
  BOOST_TEST(to_utf8(text) == "A\xC3\x9F\xE2\x82\xAC\xF0\x9F\x98\x80");
  BOOST_TEST((from_utf8(to_utf8(text)).value() == text));
  BOOST_TEST(is_well_formed(text));
}

BOOST_AUTO_TEST_CASE(escapes_lone_surrogates) {
  const std::u16string text{u'a', char16_t{0xD800}, u'b', char16_t{0xDC01}};
  BOOST_TEST(to_utf8(text) == "a\\u{D800}b\\u{DC01}");
  BOOST_TEST(!is_well_formed(text));
}

BOOST_AUTO_TEST_CASE(wtf8_round_trips_every_unit) {
  for (unsigned unit = 0; unit <= 0xFFFF; ++unit) {
    const std::u16string text{u'x', static_cast<char16_t>(unit), u'y'};
    const auto back = from_utf8(to_wtf8(text));
    BOOST_REQUIRE(back.has_value());
    BOOST_REQUIRE(*back == text);
  }
}

BOOST_DATA_TEST_CASE(refuses_what_is_not_utf8,
                     bdata::make({"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80",
                                  "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                                  "\xE2\x82", "a\xFF", "\xE2\x28\xA1"}),
                     text) {
  BOOST_TEST(!from_utf8(text).has_value());
}

BOOST_AUTO_TEST_CASE(drops_an_odd_byte) {
  const std::array<std::byte, 3> raw{std::byte{0x41}, std::byte{0}, std::byte{0x42}};
  BOOST_TEST((from_utf16le(raw) == u"A"));
  BOOST_TEST((from_latin1(Bytes(raw).first(1)) == u"A"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(guid)

BOOST_AUTO_TEST_CASE(prints_the_mixed_byte_order) {
  const std::array<std::byte, 16> raw{
      std::byte{0x2c}, std::byte{0x86}, std::byte{0xea}, std::byte{0x9d},
      std::byte{0xdd}, std::byte{0x5c}, std::byte{0x70}, std::byte{0x4e},
      std::byte{0xac}, std::byte{0xc1}, std::byte{0xf3}, std::byte{0x2b},
      std::byte{0x34}, std::byte{0x4d}, std::byte{0x47}, std::byte{0x95}};
  const Guid bootmgr = Guid::from_bytes(raw);
  BOOST_TEST(bootmgr.to_string() == "9dea862c-5cdd-4e70-acc1-f32b344d4795");
  BOOST_TEST((Guid::parse("{9DEA862C-5CDD-4E70-ACC1-F32B344D4795}") == bootmgr));
  BOOST_TEST(
      (Guid::parse(std::u16string_view(u"9dea862c-5cdd-4e70-acc1-f32b344d4795")) == bootmgr));
  BOOST_TEST(!bootmgr.is_nil());
  BOOST_TEST(Guid{}.is_nil());
}

BOOST_DATA_TEST_CASE(
    refuses_malformed_text,
    bdata::make({"", "{}", "9dea862c5cdd4e70acc1f32b344d4795",
                 "{9dea862c-5cdd-4e70-acc1-f32b344d479}", "9dea862c-5cdd-4e70-acc1-f32b344d479g",
                 "9dea862c_5cdd-4e70-acc1-f32b344d4795", "{9dea862c-5cdd-4e70-acc1-f32b344d4795"}),
    text) {
  BOOST_TEST(!Guid::parse(std::string_view(text)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(filetime)

BOOST_AUTO_TEST_CASE(prints_iso_with_seven_digits) {
  BOOST_TEST(FileTime{129'779'783'200'000'000}.to_iso8601() == "2012-04-04T01:58:40.0000000Z");
  BOOST_TEST(FileTime{1}.to_iso8601() == "1601-01-01T00:00:00.0000001Z");
  BOOST_TEST(FileTime{129'779'783'200'000'000}.unix_seconds().value() == 1'333'504'720);
}

BOOST_AUTO_TEST_CASE(knows_when_it_is_not_set) {
  BOOST_TEST(FileTime{}.to_iso8601().empty());
  BOOST_TEST(!FileTime{0x7FFF'FFFF'FFFF'FFFF}.is_set());
  BOOST_TEST(!FileTime{0xFFFF'FFFF'FFFF'FFFF}.unix_seconds().has_value());
}

BOOST_AUTO_TEST_CASE(converts_from_the_unix_epoch) {
  BOOST_TEST(FileTime::from_unix_seconds(0).ticks == 116'444'736'000'000'000U);
  BOOST_TEST(FileTime::from_unix(0, 199).ticks == 116'444'736'000'000'001U);
  BOOST_TEST(FileTime::from_unix_seconds(-11'644'473'601).ticks == 0U);
  BOOST_TEST(FileTime::from_unix_seconds(std::numeric_limits<std::int64_t>::max()).is_set());
}

BOOST_AUTO_TEST_SUITE_END()
