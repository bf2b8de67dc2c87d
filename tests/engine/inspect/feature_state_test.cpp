// SPDX-License-Identifier: Apache-2.0
// The state of a feature from what is recorded about it.
#include "engine/inspect/feature_state.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "engine/inspect/features.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;
using enum PackageState;

struct Row {
  const char* name;
  FeatureRecords records;
  PackageState state;
  FeatureSource source;
  bool conflict = false;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

FeatureRecords records(PackageState package, std::optional<PackageState> update = {},
                       std::vector<PackageState> payload = {}, std::optional<bool> selected = {},
                       bool removed = false) {
  return {.package = package,
          .update = update,
          .payload = std::move(payload),
          .selected = selected,
          .removed = removed};
}

constexpr auto none = std::nullopt;

const std::array rows = {
    Row{"the update goes before its payload", records(installed, installed, {staged}), installed,
        FeatureSource::update},
    Row{"an update that waits to be on", records(installed, install_pending), install_pending,
        FeatureSource::update},
    Row{"an update that waits to be off", records(installed, uninstall_pending), uninstall_pending,
        FeatureSource::update},
    Row{"what is superseded of a package is on its way out of a feature",
        records(installed, superseded), uninstall_pending, FeatureSource::update},
    Row{"a disabled one with its payload", records(installed, staged, {staged, not_present}),
        staged, FeatureSource::update},
    Row{"a disabled one whose payload is gone", records(installed, staged, {removed, not_present}),
        removed, FeatureSource::payload},
    Row{"a disabled one that is marked", records(installed, staged, {staged}, none, true), removed,
        FeatureSource::removed},
    Row{"the mark of an enabled one is stale", records(installed, installed, {}, none, true),
        installed, FeatureSource::update},
    Row{"a resolved update", records(installed, removed), removed, FeatureSource::update},
    Row{"payload alone, all installed", records(installed, none, {installed, installed}), installed,
        FeatureSource::payload},
    Row{"payload alone, some installed", records(installed, none, {installed, staged}),
        partially_installed, FeatureSource::payload},
    Row{"payload alone, one pending", records(installed, none, {installed, install_pending}),
        install_pending, FeatureSource::payload},
    Row{"payload alone, one leaving", records(installed, none, {uninstall_pending, installed}),
        uninstall_pending, FeatureSource::payload},
    Row{"payload alone, staged", records(installed, none, {staged, not_present}), staged,
        FeatureSource::payload},
    Row{"payload alone, gone", records(installed, none, {not_present}), removed,
        FeatureSource::payload},
    Row{"selected and nothing else", records(installed, none, {}, true), installed,
        FeatureSource::selected},
    Row{"not selected and nothing else", records(installed, none, {}, false), staged,
        FeatureSource::selected},
    Row{"not selected and marked", records(installed, none, {}, false, true), removed,
        FeatureSource::removed},
    Row{"nothing at all", records(installed), staged, FeatureSource::package},
    Row{"nothing at all in a package that is to come", records(install_pending), staged,
        FeatureSource::package},
    Row{"of a staged package", records(staged), staged, FeatureSource::package},
    Row{"of a package that is not there", records(not_present), not_present,
        FeatureSource::package},
    Row{"of a superseded package", records(superseded, none, {installed}), superseded,
        FeatureSource::package},
    Row{"selected, but off", records(installed, staged, {}, true), staged, FeatureSource::update,
        true},
    Row{"not selected, but on", records(installed, installed, {}, false), installed,
        FeatureSource::update, true},
    Row{"selected and on its way", records(installed, install_pending, {}, false), install_pending,
        FeatureSource::update}};

}  // namespace

BOOST_AUTO_TEST_SUITE(feature_states)

BOOST_DATA_TEST_CASE(follows_from, bdata::make(rows), row) {
  const FeatureVerdict verdict = feature_state(row.records);
  BOOST_TEST(feature_state_name(verdict.state) == feature_state_name(row.state));
  BOOST_TEST((verdict.source == row.source));
  BOOST_TEST(verdict.conflict == row.conflict);
}

BOOST_AUTO_TEST_CASE(has_the_words_of_dism) {
  BOOST_TEST(feature_state_name(installed) == "Enabled");
  BOOST_TEST(feature_state_name(staged) == "Disabled");
  BOOST_TEST(feature_state_name(removed) == "Disabled with Payload Removed");
  BOOST_TEST(feature_state_name(install_pending) == "Enable Pending");
  BOOST_TEST(feature_state_name(uninstall_pending) == "Disable Pending");
}

BOOST_AUTO_TEST_CASE(restart_words_are_read_and_written) {
  BOOST_TEST(restart_type_name(parse_restart_type(u"Possible")) == "Possible");
  BOOST_TEST(restart_type_name(parse_restart_type(u"required")) == "Required");
  BOOST_TEST(restart_type_name(parse_restart_type(u"")) == "No");
  BOOST_TEST(restart_type_name(parse_restart_type(u"perhaps")) == "No");
}

BOOST_AUTO_TEST_CASE(every_state_has_a_rank_of_its_own) {
  const std::array best_first = {installed,         install_pending, partially_installed,
                                 uninstall_pending, staged,          superseded,
                                 removed,           not_present};
  for (std::size_t i = 1; i < best_first.size(); ++i) {
    BOOST_TEST(state_rank(best_first[i - 1]) > state_rank(best_first[i]));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
