// SPDX-License-Identifier: Apache-2.0
// Product keys: the fields of published ones, those of made ones, and what is no key.
#include "engine/servicing/product_key_code.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/engine/servicing/product_keys.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

struct PublishedKey {
  const char16_t* key;
  std::uint32_t group;
  std::uint32_t serial;
};
std::ostream& operator<<(std::ostream& out, const PublishedKey& key) {
  return out << to_utf8(key.key);
}

// Microsoft publishes these: KMS client setup keys of Windows 10, and the keys that setup uses when
// nobody enters one. Their checksums fit, which nothing but a right decoder can find. 3290 is the
// group of "Win 10 RTM Enterprise Volume:GVLK" in pkeyconfig.
const std::array published = {PublishedKey{u"NPPR9-FWDCX-D2C8J-H872K-2YT43", 3290, 3},
                              PublishedKey{u"W269N-WFGWX-YVC9B-4J6C9-T83GX", 3311, 1},
                              PublishedKey{u"NW6C2-QMPVW-D7KKK-3GKT6-VCFB2", 3281, 1},
                              PublishedKey{u"MH37W-N47XK-V7XM9-C7227-GCQG9", 3319, 1},
                              PublishedKey{u"TX9XD-98N7V-6WMQ6-BX7FG-H8Q99", 3263, 1},
                              PublishedKey{u"VK7JG-NPHTM-C97JM-9MPGT-3V66T", 3308, 0},
                              PublishedKey{u"YTMG3-N6DKC-DKB77-7M9GH-8HVX7", 3261, 0}};

struct BadKey {
  const char* name;
  const char16_t* key;
  Status expected;
};
std::ostream& operator<<(std::ostream& out, const BadKey& key) {
  return out << key.name;
}

const std::array bad_keys = {
    BadKey{"empty", u"", Status::invalid_data},
    BadKey{"one character short", u"VK7JG-NPHTM-C97JM-9MPGT-3V66", Status::invalid_data},
    BadKey{"one character long", u"VK7JG-NPHTM-C97JM-9MPGT-3V66TT", Status::invalid_data},
    BadKey{"no dashes", u"VK7JGNPHTMC97JM9MPGT3V66T", Status::invalid_data},
    BadKey{"a dash too early", u"VK7J-GNPHTM-C97JM-9MPGT-3V66T", Status::invalid_data},
    BadKey{"an A", u"VK7JA-NPHTM-C97JM-9MPGT-3V66T", Status::invalid_data},
    BadKey{"a zero", u"VK7J0-NPHTM-C97JM-9MPGT-3V66T", Status::invalid_data},
    BadKey{"a letter beyond ASCII", u"VK7J\u00D6-NPHTM-C97JM-9MPGT-3V66T", Status::invalid_data},
    BadKey{"two N", u"VK7JN-NPHTM-C97JM-9MPGT-3V66T", Status::invalid_data},
    BadKey{"a wrong checksum", u"VK7JG-NPHTM-C97JM-9MPGT-3V66R", Status::invalid_data},
    BadKey{"no N", u"VK7JG-BPHTM-C97JM-9MPGT-3V66T", Status::unsupported}};

}  // namespace

BOOST_AUTO_TEST_SUITE(product_key_code)

BOOST_DATA_TEST_CASE(decodes_published_keys, bdata::make(published), row) {
  const ProductKeyCode code = must(decode_product_key(row.key));
  BOOST_TEST(code.group == row.group);
  BOOST_TEST(code.serial == row.serial);
  BOOST_TEST(!code.upgrade);
}

BOOST_AUTO_TEST_CASE(decodes_what_was_made_from_fields) {
  const std::uint64_t most_security = (std::uint64_t{1} << 53U) - 1;
  for (const KeyFields& fields :
       {KeyFields{}, KeyFields{.group = 1, .serial = 2, .security = 3, .upgrade = false},
        KeyFields{.group = 0xFFFFF, .serial = 0, .security = 0, .upgrade = false},
        KeyFields{.group = 0, .serial = 0x3FFFFFFF, .security = 0, .upgrade = false},
        KeyFields{.group = 0, .serial = 0, .security = most_security, .upgrade = false},
        KeyFields{
            .group = 0xFFFFF, .serial = 0x3FFFFFFF, .security = most_security, .upgrade = true},
        KeyFields{.group = 0xABCDE,
                  .serial = 999'999'999,
                  .security = 0x123456789ABCD,
                  .upgrade = true}}) {
    const std::u16string key = make_product_key(fields);
    BOOST_TEST_CONTEXT(to_utf8(key)) {
      const ProductKeyCode code = must(decode_product_key(key));
      BOOST_TEST(code.group == fields.group);
      BOOST_TEST(code.serial == fields.serial);
      BOOST_TEST(code.security == fields.security);
      BOOST_TEST(code.upgrade == fields.upgrade);
    }
  }
}

BOOST_AUTO_TEST_CASE(has_no_case) {
  BOOST_TEST(must(decode_product_key(u"vk7jg-nphtm-c97jm-9mpgt-3v66t")).group == 3308U);
}

BOOST_DATA_TEST_CASE(refuses, bdata::make(bad_keys), row) {
  const auto code = decode_product_key(row.key);
  BOOST_TEST(is_status(code, row.expected));
}

BOOST_AUTO_TEST_CASE(finds_nearly_every_wrong_character) {
  const std::u16string good = u"W269N-WFGWX-YVC9B-4J6C9-T83GX";
  std::size_t accepted = 0;
  std::size_t tried = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char16_t other : std::u16string_view(u"BCDFGHJKMPQRTVWXY2346789")) {
      if (good[i] == u'-' || good[i] == u'N' || good[i] == other) {
        continue;
      }
      std::u16string changed = good;
      changed[i] = other;
      ++tried;
      accepted += decode_product_key(changed).has_value() ? 1 : 0;
    }
  }
  BOOST_TEST(tried == 24U * 23U);
  BOOST_TEST(accepted <= 3U);  // ten bits let one of 1024 pass
}

BOOST_AUTO_TEST_CASE(its_messages_do_not_repeat_the_key) {
  for (const BadKey& row : bad_keys) {
    const std::string key = to_utf8(row.key);
    if (!key.empty()) {
      const auto code = decode_product_key(row.key);
      BOOST_REQUIRE(!code.has_value());
      const std::string message = code.error().message();
      BOOST_TEST(message.find(key.substr(0, 5)) == std::string::npos);
      BOOST_TEST(message.find(key.substr(key.size() - 5)) == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
