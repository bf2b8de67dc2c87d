// SPDX-License-Identifier: Apache-2.0
// Names that collectors give to drives.
#include "vfs/open/drive_name.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

struct Row {
  const char* name;
  char letter;  // '-' none
  DriveNameStrength strength;
  NameCoding names;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

constexpr auto weak = DriveNameStrength::weak;
constexpr auto strong = DriveNameStrength::strong;
constexpr auto plain = NameCoding::plain;
constexpr auto percent = NameCoding::percent;

const std::array drive_names{
    Row{"C", 'C', weak, plain},
    Row{"d", 'D', weak, plain},
    Row{"C:", 'C', strong, plain},
    Row{"c:", 'C', strong, plain},
    Row{"C%3A", 'C', strong, percent},
    Row{"c%3a", 'C', strong, percent},
    Row{"C_drive", 'C', strong, plain},
    Row{"E_DRIVE", 'E', strong, plain},
    Row{"%5C%5C.%5CC%3A", 'C', strong, percent},
    Row{"\\\\.\\C:", 'C', strong, plain},
    Row{"[root]", '-', weak, plain},
    Row{"$rootfs$", '-', weak, plain},
};

BOOST_AUTO_TEST_SUITE(drive_name)

BOOST_DATA_TEST_CASE(knows_drive_names, bdata::make(drive_names), row) {
  const auto name = parse_drive_name(row.name);
  BOOST_REQUIRE(name.has_value());
  BOOST_TEST((name->letter ? static_cast<char>(*name->letter) : '-') == row.letter);
  BOOST_TEST((name->strength == row.strength));
  BOOST_TEST((name->names == row.names));
}

BOOST_AUTO_TEST_CASE(knows_what_is_no_drive_name) {
  for (const char* name : {"", "CC", "1", "1:", "C:x", "C%3", "%43", "C_", "C_drive2", "drive_c",
                           "\\\\.\\C", "%5C%5C.%5C", "[ROOT]", "root", "Windows", "\xC3\x89",
                           "%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1"}) {
    BOOST_TEST(!parse_drive_name(name).has_value(), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
