// SPDX-License-Identifier: Apache-2.0
// Base64: what it stands for, and what is no base64.
#include "engine/servicing/base64.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/support/matchers.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

std::string decoded(std::string_view text) {
  const std::vector<std::byte> bytes = must(decode_base64(text));
  std::string characters;
  for (const std::byte byte : bytes) {
    characters += static_cast<char>(byte);
  }
  return characters;
}

struct Pair {
  const char* text;
  const char* meaning;
};
std::ostream& operator<<(std::ostream& out, const Pair& pair) {
  return out << '"' << pair.text << '"';
}

// The test vectors of RFC 4648, section 10.
const std::array vectors = {Pair{"", ""},
                            Pair{"Zg==", "f"},
                            Pair{"Zm8=", "fo"},
                            Pair{"Zm9v", "foo"},
                            Pair{"Zm9vYg==", "foob"},
                            Pair{"Zm9vYmE=", "fooba"},
                            Pair{"Zm9vYmFy", "foobar"}};

const std::array refused = {"Zm9v*", "Zm9vY", "Zg==Zg", "Zm-_", "Zm9vYg\x80"};

}  // namespace

BOOST_AUTO_TEST_SUITE(base64)

BOOST_DATA_TEST_CASE(decodes_the_vectors_of_the_rfc, bdata::make(vectors), pair) {
  BOOST_TEST(decoded(pair.text) == pair.meaning);
}

BOOST_AUTO_TEST_CASE(skips_white_space_and_needs_no_padding) {
  BOOST_TEST(decoded("\r\n  Zm9v\r\n\tYm\nE\n") == "fooba");
}

BOOST_AUTO_TEST_CASE(knows_all_64_characters) {
  const std::vector<std::byte> bytes =
      must(decode_base64("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"));
  BOOST_REQUIRE_EQUAL(bytes.size(), 48U);
  unsigned next = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const unsigned group = std::to_integer<unsigned>(bytes[i]) << 16U |
                           std::to_integer<unsigned>(bytes[i + 1]) << 8U |
                           std::to_integer<unsigned>(bytes[i + 2]);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) {
      BOOST_TEST((group >> shift & 0x3FU) == next++);
    }
  }
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_base64, bdata::make(refused), text) {
  BOOST_TEST(is_status(decode_base64(text), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(says_where_the_character_is) {
  BOOST_TEST(mentions(decode_base64("Zm9v*").error().message(), {"0x2a", "offset 4"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
