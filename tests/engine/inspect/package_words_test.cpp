// SPDX-License-Identifier: Apache-2.0
// The words and numbers for states and kinds of packages.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/inspect/packages.h"
#include "vfs/core/utf16.h"

namespace casement::test {

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(package_words)

struct State {
  std::uint32_t stored;
  PackageState state;
  const char* words;
};
std::ostream& operator<<(std::ostream& out, const State& row) {
  return out << row.words << " " << row.stored;
}
const std::vector<State> states = {
    {0x00, PackageState::not_present, "Not Present"},
    {0x05, PackageState::uninstall_pending, "Uninstall Pending"},
    {0x10, PackageState::removed, "Removed"},
    {0x20, PackageState::removed, "Removed"},
    {0x30, PackageState::staged, "Staged"},
    {0x40, PackageState::staged, "Staged"},
    {0x50, PackageState::superseded, "Superseded"},
    {0x60, PackageState::install_pending, "Install Pending"},
    {0x65, PackageState::partially_installed, "Partially Installed"},
    {0x70, PackageState::installed, "Installed"},
    {0x80, PackageState::installed, "Installed"},
};
BOOST_DATA_TEST_CASE(a_state_has_its_words, data::make(states), row) {
  BOOST_TEST((package_state(row.stored) == row.state));
  BOOST_TEST(package_state_name(row.state) == std::string(row.words));
}

BOOST_AUTO_TEST_CASE(numbers_without_a_meaning_are_no_states) {
  for (const std::uint32_t stored : {1U, 0x45U, 0x71U, 0x90U, 0xFFFFFFFFU}) {
    BOOST_TEST(!package_state(stored).has_value());
  }
}

BOOST_AUTO_TEST_CASE(release_types_are_found_by_their_words_in_any_case) {
  for (int i = 0; i <= static_cast<int>(ReleaseType::on_demand_pack); ++i) {
    const auto type = static_cast<ReleaseType>(i);
    const std::u16string words = *from_utf8(release_type_name(type));
    BOOST_TEST((parse_release_type(words) == type));
  }
  BOOST_TEST((parse_release_type(u"SECURITY update") == ReleaseType::security_update));
  BOOST_TEST((parse_release_type(u"OnDemand Pack") == ReleaseType::on_demand_pack));
  BOOST_TEST(!parse_release_type(u"Security").has_value());
  BOOST_TEST(!parse_release_type(u"").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
