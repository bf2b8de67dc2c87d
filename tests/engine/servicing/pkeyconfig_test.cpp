// SPDX-License-Identifier: Apache-2.0
// Product key configurations: ranges, damage, limits.
#include "engine/servicing/pkeyconfig.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/engine/servicing/product_keys.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

Result<PkeyConfig> parse(std::string_view text) {
  return parse_pkeyconfig(bytes_of(text));
}

PkeyConfig config_of(std::string_view inner_xml) {
  return must(parse(licence_with(inner_xml)));
}

/// "Professional Retail", or "none".
std::string found(const PkeyConfig& config, std::uint32_t group, std::uint32_t serial) {
  const auto match = find_pkey_range(config, group, serial);
  return match ? to_utf8(match->configuration->edition + u' ' + match->configuration->key_type) +
                     (match->range->valid ? "" : " (not valid)")
               : "none";
}

struct Lookup {
  std::uint32_t group;
  std::uint32_t serial;
  const char* expected;
};
std::ostream& operator<<(std::ostream& out, const Lookup& lookup) {
  return out << lookup.group << '/' << lookup.serial;
}
const std::array lookups = {Lookup{100, 0, "Professional Retail"},
                            Lookup{100, 999, "Professional Retail"},
                            Lookup{100, 1000, "none"},
                            Lookup{101, 5000, "Enterprise Volume:GVLK"},
                            Lookup{101, 5999, "Enterprise Volume:GVLK"},
                            Lookup{101, 4999, "none"},
                            Lookup{101, 6000, "none"},
                            Lookup{101, 0, "none"},
                            Lookup{102, 0, "none"}};

struct BadFile {
  const char* name;
  std::string text;
  Status expected;
};
std::ostream& operator<<(std::ostream& out, const BadFile& file) {
  return out << file.name;
}
const std::array bad_files = {
    BadFile{"nothing", "", Status::corrupt},
    BadFile{"no XML", "keys", Status::corrupt},
    BadFile{"no infoBin", "<license/>", Status::corrupt},
    BadFile{"an infoBin of another name", "<a><infoBin name='x'>AAAA</infoBin></a>",
            Status::corrupt},
    BadFile{"no base64", "<a><infoBin name='pkeyConfigData'>!</infoBin></a>", Status::corrupt},
    BadFile{"nothing inside", "<a><infoBin name='pkeyConfigData'/></a>", Status::corrupt},
    BadFile{"no XML inside", licence_with("keys"), Status::corrupt},
    BadFile{"another root inside", licence_with("<Configurations/>"), Status::corrupt},
    BadFile{"too many bytes", std::string(max_pkeyconfig_size + 1, ' '), Status::limit_exceeded}};

struct BadEntry {
  const char* name;
  std::string inner_xml;
  const char* word;
};
std::ostream& operator<<(std::ostream& out, const BadEntry& entry) {
  return out << entry.name;
}

/// The entry beside a good configuration and range.
std::string beside_good(std::string_view configuration, std::string_view range,
                        std::string_view public_key = {}) {
  return key_configuration(
      std::string(configuration) + configuration_xml("{a}", "7", "Core", "Retail"),
      std::string(range) + range_xml("{a}", "1", "2"), public_key);
}
const std::array bad_entries = {
    BadEntry{"a group that is no number",
             beside_good(configuration_xml("{b}", "seven", "Core", "Retail"), ""), "seven"},
    BadEntry{"a group of 33 bits",
             beside_good(configuration_xml("{b}", "4294967296", "Core", "Retail"), ""),
             "4294967296"},
    BadEntry{"a configuration without an id",
             beside_good(configuration_xml("", "7", "Core", "Retail"), ""), "ActConfigId"},
    BadEntry{"a range without a configuration", beside_good("", range_xml("", "1", "2")),
             "RefActConfigId"},
    BadEntry{"a negative start", beside_good("", range_xml("{a}", "-1", "2")), "Start"},
    BadEntry{"no end", beside_good("", range_xml("{a}", "1", "")), "End"},
    BadEntry{"a range that ends before it begins", beside_good("", range_xml("{a}", "9", "8")),
             "begins at 9"},
    BadEntry{"a public key without a group", beside_good("", "", public_key_xml("", "x")),
             "GroupId"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(pkeyconfig)

BOOST_DATA_TEST_CASE(a_serial_number_falls_in_its_range, bdata::make(lookups), row) {
  const PkeyConfig config = config_of(small_key_configuration());
  BOOST_TEST(config.diagnostics.empty());
  BOOST_TEST(found(config, row.group, row.serial) == row.expected);
}

BOOST_AUTO_TEST_CASE(reads_all_fields) {
  const PkeyConfig config = config_of(small_key_configuration());
  BOOST_REQUIRE_EQUAL(config.configurations.size(), 2U);
  BOOST_REQUIRE_EQUAL(config.ranges.size(), 2U);
  BOOST_REQUIRE_EQUAL(config.public_keys.size(), 2U);
  BOOST_TEST(to_utf8(config.configurations[0].description) == "A product");
  BOOST_TEST(to_utf8(config.ranges[0].part_number) == "X00-00001");
  BOOST_TEST(to_utf8(config.ranges[0].eula_type) == "Retail");
  BOOST_TEST(to_utf8(config.public_keys[1].algorithm) == "msft:rm/algorithm/pkey/2009");
}

BOOST_AUTO_TEST_CASE(configurations_of_one_group_are_told_apart_by_their_ranges) {
  const PkeyConfig config =
      config_of(key_configuration(configuration_xml("{a}", "7", "Core", "Retail") +
                                      configuration_xml("{b}", "7", "CoreN", "Retail"),
                                  range_xml("{b}", "0", "9") + range_xml("{a}", "10", "19")));
  BOOST_TEST(found(config, 7, 5) == "CoreN Retail");
  BOOST_TEST(found(config, 7, 15) == "Core Retail");
}

BOOST_AUTO_TEST_CASE(a_range_that_is_not_valid_gives_way_to_one_that_is) {
  const std::string configurations = configuration_xml("{a}", "7", "Core", "Retail") +
                                     configuration_xml("{b}", "7", "CoreN", "Retail");
  const std::string refused = range_xml("{a}", "0", "9", "false");
  BOOST_TEST(found(config_of(key_configuration(configurations, refused)), 7, 5) ==
             "Core Retail (not valid)");
  BOOST_TEST(
      found(config_of(key_configuration(configurations, refused + range_xml("{b}", "0", "9"))), 7,
            5) == "CoreN Retail");
}

BOOST_AUTO_TEST_CASE(groups_of_another_algorithm_have_no_such_keys) {
  const std::string configurations = configuration_xml("{a}", "7", "Core", "Retail");
  const std::string ranges = range_xml("{a}", "0", "9");
  const std::string old_key = public_key_xml("7", "msft:rm/algorithm/pkey/2005");
  const std::string new_key = public_key_xml("7", "msft:rm/algorithm/pkey/2009");
  BOOST_TEST(found(config_of(key_configuration(configurations, ranges, old_key)), 7, 5) == "none");
  BOOST_TEST(found(config_of(key_configuration(configurations, ranges, old_key + new_key)), 7, 5) ==
             "Core Retail");
  BOOST_TEST(found(config_of(key_configuration(configurations, ranges)), 7, 5) == "Core Retail");
}

BOOST_DATA_TEST_CASE(refuses, bdata::make(bad_files), row) {
  BOOST_TEST(is_status(parse(row.text), row.expected));
}

BOOST_DATA_TEST_CASE(leaves_out_a_damaged_entry_and_keeps_the_others, bdata::make(bad_entries),
                     row) {
  const PkeyConfig config = config_of(row.inner_xml);
  BOOST_TEST(found(config, 7, 1) == "Core Retail");
  BOOST_TEST(config.configurations.size() == 1U);
  BOOST_TEST(config.ranges.size() == 1U);
  BOOST_TEST(config.public_keys.empty());
  BOOST_REQUIRE_EQUAL(config.diagnostics.items().size(), 1U);
  BOOST_TEST(mentions(config.diagnostics.items().front().text, {row.word, "left out"}));
}

BOOST_AUTO_TEST_CASE(survives_every_truncation) {
  const std::vector<std::byte> whole = bytes_of(licence_with(small_key_configuration()));
  std::size_t parsed = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    parsed += parse_pkeyconfig(prefix(whole, size)).has_value() ? 1 : 0;
  }
  BOOST_TEST(parsed == 0U);
}

BOOST_AUTO_TEST_CASE(survives_every_changed_byte) {
  const std::vector<std::byte> whole = bytes_of(licence_with(small_key_configuration()));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::vector<std::byte> changed = whole;
    changed[i] ^= std::byte{0x15};
    if (const auto config = parse_pkeyconfig(changed)) {
      (void)find_pkey_range(*config, 100, 0);
    }
  }
  BOOST_TEST(parse_pkeyconfig(whole).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
