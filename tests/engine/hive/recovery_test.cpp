// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/hive_builder.h"
#include "fixtures/build/hive_log_builder.h"
#include "tests/engine/hive/hive_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::DirtyHive;
using fixture::LogDamage;
using fixture::NewLogPlan;
using fixture::OldLogPlan;
using fixture::PrimaryDamage;

namespace {

fixture::HiveBuilder hive_of(int generation) {
  fixture::HiveOptions options;
  options.last_written = 129'779'783'200'000'000;
  options.default_key_time = 129'779'783'200'000'000;
  fixture::HiveBuilder builder(options);
  for (int i = 0; i < 60 * generation; ++i) {
    builder.key("Key" + std::to_string(i))
        .set_dword("Generation", static_cast<std::uint32_t>(generation))
        .set_string("Text", std::string(static_cast<std::size_t>(i % 40), 'x'));
  }
  return builder;
}

const std::vector<std::byte>& before() {
  static const std::vector<std::byte> bytes = hive_of(1).build();
  return bytes;
}
const std::vector<std::byte>& after() {
  static const std::vector<std::byte> bytes = hive_of(2).build();
  return bytes;
}

DirtyHive new_log(const NewLogPlan& plan) {
  return fixture::build_new_log_hive(before(), after(), plan);
}

bool is_clean_generation(const Hive& hive, std::uint64_t generation) {
  const auto key = must(hive.find(u"Key5"));
  return key && must(must(key->value(u"Generation"))->as_integer()) == generation &&
         walk_all(hive).errors == 0;
}

void check_bins_equal(const Hive& hive, const DirtyHive& dirty) {
  const auto bins = all_bins(hive);
  BOOST_TEST((bins == dirty.expected_bins), "the recovered bins differ from the expected ones");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recovery)

BOOST_DATA_TEST_CASE(replays_new_logs_in_either_order, bdata::make({false, true}), log2_first) {
  NewLogPlan plan;
  plan.entries_in_first = 2;
  plan.entries_in_second = 3;
  plan.log2_is_first = log2_first;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  const HiveState& state = hive->state();
  BOOST_TEST((state.condition == HiveCondition::recovered));
  BOOST_TEST((state.scheme == LogScheme::new_format));
  BOOST_TEST(state.entries_applied == 5U);
  BOOST_TEST(state.last_sequence == state.first_sequence + 4);
  BOOST_TEST(state.logs_used.front() == (log2_first ? "LOG2" : "LOG1"));
  check_bins_equal(*hive, dirty);
  BOOST_TEST(is_clean_generation(*hive, 2));
}

BOOST_AUTO_TEST_CASE(without_logs_a_dirty_hive_opens_as_it_is) {
  const DirtyHive dirty = new_log({});
  const HivePtr hive = must(open_bytes(dirty.primary));
  BOOST_TEST((hive->state().condition == HiveCondition::dirty));
  BOOST_TEST(is_clean_generation(*hive, 1));
}

BOOST_AUTO_TEST_CASE(clean_hive_ignores_its_logs) {
  NewLogPlan plan;
  plan.primary = PrimaryDamage::clean;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().condition == HiveCondition::clean));
  check_bins_equal(*hive, dirty);
}

BOOST_DATA_TEST_CASE(damaged_entry_ends_the_replay,
                     bdata::make({LogDamage::page_hash, LogDamage::header_hash,
                                  LogDamage::signature, LogDamage::gap, LogDamage::truncated}),
                     damage) {
  NewLogPlan plan;
  plan.entries_in_first = 3;
  plan.damage = damage;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().condition == HiveCondition::recovered));
  BOOST_TEST(hive->state().entries_applied == 2U);
  check_bins_equal(*hive, dirty);
}

BOOST_AUTO_TEST_CASE(logs_of_another_time_are_not_applied) {
  NewLogPlan plan;
  plan.entries_in_second = 1;
  plan.sequence = 900;
  plan.damage = LogDamage::foreign;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().condition == HiveCondition::dirty));
  BOOST_TEST(hive->state().diagnostics.items().size() == 2U);
  BOOST_TEST(hive->state().diagnostics.items().front().code == "hive-log-unused");
  BOOST_TEST(is_clean_generation(*hive, 1));
}

BOOST_AUTO_TEST_CASE(gap_before_the_first_entry_is_legal) {
  NewLogPlan plan;
  plan.sequence = 1621;
  plan.first_entry_sequence = 2107;
  plan.entries_in_first = 2;
  const HivePtr hive = must(open_dirty(new_log(plan)));
  BOOST_TEST(hive->state().first_sequence == 2107U);
  BOOST_TEST(is_clean_generation(*hive, 2));
}

BOOST_AUTO_TEST_CASE(sequence_numbers_wrap) {
  NewLogPlan plan;
  plan.sequence = 0xFFFF'FFFE;
  plan.entries_in_first = 2;
  plan.entries_in_second = 2;
  const HivePtr hive = must(open_dirty(new_log(plan)));
  BOOST_TEST(hive->state().entries_applied == 4U);
  BOOST_TEST(is_clean_generation(*hive, 2));
}

BOOST_AUTO_TEST_CASE(stale_entries_behind_the_last_are_left_alone) {
  NewLogPlan plan;
  plan.stale_entry = true;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST(hive->state().entries_applied == 1U);
  check_bins_equal(*hive, dirty);
}

BOOST_DATA_TEST_CASE(damaged_base_block_comes_from_the_later_log,
                     bdata::make({PrimaryDamage::checksum, PrimaryDamage::base_block}), damage) {
  NewLogPlan plan;
  plan.primary = damage;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().condition == HiveCondition::recovered));
  BOOST_TEST(!hive->state().base_block_valid);
  check_bins_equal(*hive, dirty);
  BOOST_TEST(is_clean_generation(*hive, 2));
}

BOOST_AUTO_TEST_CASE(unreadable_later_log_leaves_the_earlier_one) {
  NewLogPlan plan;
  plan.entries_in_second = 1;
  plan.damage = LogDamage::log_checksum;
  const DirtyHive dirty = new_log(plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST(hive->state().entries_applied == 1U);
  BOOST_TEST(hive->state().diagnostics.items().front().code == "hive-log-unreadable");
  check_bins_equal(*hive, dirty);
}

BOOST_DATA_TEST_CASE(replays_old_logs,
                     bdata::make({fixture::OldLogFile::log, fixture::OldLogFile::log1,
                                  fixture::OldLogFile::log2}),
                     file) {
  OldLogPlan plan;
  plan.file = file;
  const DirtyHive dirty = fixture::build_old_log_hive(before(), after(), plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().scheme == LogScheme::old_format));
  BOOST_TEST(hive->state().logs_used.size() == 1U);
  check_bins_equal(*hive, dirty);
  BOOST_TEST(is_clean_generation(*hive, 2));
}

BOOST_AUTO_TEST_CASE(old_log_must_not_be_older_than_the_hive) {
  OldLogPlan plan;
  plan.time_difference = -1;
  const HivePtr hive = must(open_dirty(fixture::build_old_log_hive(before(), after(), plan)));
  BOOST_TEST((hive->state().condition == HiveCondition::dirty));
  BOOST_TEST(mentions(hive->state().diagnostics.items().front().text, {"LOG1", "before the hive"}));
}

BOOST_AUTO_TEST_CASE(newer_old_log_is_applied_and_noted) {
  OldLogPlan plan;
  plan.time_difference = 1;
  const HivePtr hive = must(open_dirty(fixture::build_old_log_hive(before(), after(), plan)));
  BOOST_TEST((hive->state().condition == HiveCondition::recovered));
  BOOST_TEST(hive->state().diagnostics.items().front().code == "hive-log-newer");
}

BOOST_AUTO_TEST_CASE(damaged_old_logs_are_not_applied) {
  for (int what = 0; what < 3; ++what) {
    OldLogPlan plan;
    plan.bad_bitmap_signature = what == 0;
    plan.bad_log_checksum = what == 1;
    plan.truncated = what == 2;
    const DirtyHive dirty = fixture::build_old_log_hive(before(), after(), plan);
    const HivePtr hive = must(open_dirty(dirty));
    BOOST_TEST((hive->state().condition == HiveCondition::dirty));
    BOOST_TEST(is_clean_generation(*hive, 1));
  }
}

BOOST_DATA_TEST_CASE(old_log_replaces_a_damaged_base_block,
                     bdata::make({PrimaryDamage::checksum, PrimaryDamage::base_block}), damage) {
  OldLogPlan plan;
  plan.primary = damage;
  const DirtyHive dirty = fixture::build_old_log_hive(before(), after(), plan);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().condition == HiveCondition::recovered));
  check_bins_equal(*hive, dirty);
}

BOOST_AUTO_TEST_CASE(log_cut_anywhere_never_hurts) {
  NewLogPlan plan;
  plan.entries_in_first = 2;
  const DirtyHive whole = new_log(plan);
  for (std::size_t size = 0; size < whole.log1.size(); size += size < 1200 ? 1 : 97) {
    DirtyHive cut = whole;
    cut.log1.resize(size);
    const HivePtr hive = must(open_dirty(cut));
    BOOST_REQUIRE(hive->state().entries_applied <= 2U);
    BOOST_REQUIRE(walk_all(*hive).keys >= 1U);
  }
}

BOOST_AUTO_TEST_CASE(log_with_any_byte_changed_never_hurts) {
  NewLogPlan plan;
  plan.entries_in_first = 1;
  const DirtyHive whole = new_log(plan);
  for (std::size_t at = 0; at < whole.log1.size(); at += at < 1200 ? 1 : 131) {
    DirtyHive changed = whole;
    changed.log1[at] ^= std::byte{0xFF};
    const HivePtr hive = must(open_dirty(changed));
    (void)walk_all(*hive);
    // Unused padding may change without harm; otherwise a hash or checksum notices.
    const bool recovered = hive->state().condition == HiveCondition::recovered;
    BOOST_REQUIRE_EQUAL(is_clean_generation(*hive, recovered ? 2 : 1), true);
  }
}

BOOST_AUTO_TEST_CASE(log_cannot_make_the_hive_larger_than_both_files) {
  DirtyHive dirty = fixture::build_old_log_hive(before(), after(), {});
  fixture::put_u32(dirty.log1, 40, 0xFFFF'F000);
  fixture::fix_hive_checksum(dirty.log1);
  const HivePtr hive = must(open_dirty(dirty));
  BOOST_TEST((hive->state().condition == HiveCondition::dirty));
  BOOST_TEST(is_clean_generation(*hive, 1));
}

BOOST_AUTO_TEST_SUITE_END()

namespace casement::fixture {
inline std::ostream& operator<<(std::ostream& out, LogDamage damage) {
  return out << static_cast<int>(damage);
}
inline std::ostream& operator<<(std::ostream& out, PrimaryDamage damage) {
  return out << static_cast<int>(damage);
}
inline std::ostream& operator<<(std::ostream& out, OldLogFile file) {
  return out << static_cast<int>(file);
}
}  // namespace casement::fixture
