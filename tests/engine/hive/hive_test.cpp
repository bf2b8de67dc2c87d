// SPDX-License-Identifier: Apache-2.0
#include "engine/hive/hive.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "engine/hive/hive_image.h"
#include "fixtures/build/hive_builder.h"
#include "tests/engine/hive/hive_support.h"
#include "tests/support/mutate.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

fixture::HiveBuilder small_hive() {
  fixture::HiveOptions options;
  options.file_name = "\\SystemRoot\\System32\\Config\\SOFTWARE";
  options.last_written = 129'779'783'200'000'000;
  fixture::HiveBuilder builder(options);
  builder.root("ROOT").set_string("", "default").set_dword("Number", 42);
  builder.key("Software\\Key").set_string("Text", "words");
  return builder;
}

const std::vector<std::byte>& base() {
  static const std::vector<std::byte> bytes = small_hive().build();
  return bytes;
}

/// Mutations of the base block need a fresh checksum, or every row would test the checksum.
std::vector<std::byte> with_checksum(std::vector<std::byte> hive) {
  fixture::fix_hive_checksum(hive);
  return hive;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hive)

BOOST_AUTO_TEST_CASE(opens_and_tells_its_state) {
  const HivePtr opened = must(open_bytes(base()));
  const HiveState& state = opened->state();
  BOOST_TEST((state.condition == HiveCondition::clean));
  BOOST_TEST(state.base_block_valid);
  BOOST_TEST(state.minor_version == 5U);
  BOOST_TEST((state.stored_name == u"\\SystemRoot\\System32\\Config\\SOFTWARE" ||
              state.stored_name == u"SystemRoot\\System32\\Config\\SOFTWARE" ||
              state.stored_name.ends_with(u"\\Config\\SOFTWARE")));
  BOOST_TEST(state.last_written.to_iso8601() == "2012-04-04T01:58:40.0000000Z");
  BOOST_TEST(state.logs_used.empty());
  BOOST_TEST((walk_all(*opened) == WalkCount{3, 3, 0, ""}));
}

BOOST_AUTO_TEST_CASE(finds_keys_without_regard_to_case) {
  const HivePtr opened = must(open_bytes(base()));
  BOOST_TEST(must(opened->find(u"SOFTWARE\\kEY")).has_value());
  BOOST_TEST(must(opened->find(u"")).has_value());
  BOOST_TEST(must(opened->find(u"\\Software\\\\Key\\")).has_value());
  BOOST_TEST(!must(opened->find(u"Software\\Other")).has_value());
  BOOST_TEST(!must(opened->find(u"Software\\Key\\Below")).has_value());
}

BOOST_AUTO_TEST_CASE(reads_only_the_pages_on_the_path) {
  fixture::HiveBuilder builder;
  for (int i = 0; i < 3000; ++i) {
    builder.key("Group" + std::to_string(i % 30) + "\\Key" + std::to_string(i))
        .set_binary("Data", std::vector<std::byte>(512));
  }
  const HivePtr opened = must(open_bytes(builder.build()));
  BOOST_REQUIRE(opened->image().bins_size() > 1'500'000U);
  const Key key = must(opened->find(u"Group7\\Key37")).value();
  BOOST_TEST(must(key.value(u"Data")).has_value());
  BOOST_TEST(opened->image().bytes_read() < 100'000U);
}

const auto base_block_mutations = std::to_array<Mutation>({
    {"signature", 0, {'x'}, Status::bad_format},
    {"major version 2", 20, {2}, Status::unsupported},
    {"minor version 2", 24, {2}, Status::unsupported},
    {"minor version 7", 24, {7}, Status::unsupported},
    {"file type 1 (log)", 28, {1}, Status::unsupported},
    {"file type 6 (log)", 28, {6}, Status::unsupported},
    {"file type 9", 28, {9}, Status::corrupt},
    {"format 0", 32, {0}, Status::corrupt},
    {"no bins", 40, {0, 0, 0, 0}, Status::corrupt},
    {"bins size not a multiple of 4096", 40, {1}, Status::corrupt},
});

BOOST_DATA_TEST_CASE(rejects_base_blocks, bdata::make(base_block_mutations), mutation) {
  const auto opened = open_bytes(with_checksum(mutate(base(), mutation.offset, mutation.bytes)));
  BOOST_TEST(is_status(opened, mutation.expected));
  BOOST_TEST(mentions(opened.error().message(), {"hive built", "base block at 0x"}));
}

BOOST_DATA_TEST_CASE(rejects_roots_that_are_no_key,
                     bdata::make({0x21U, 0x28U, 0xFFFF'FFF8U, 0x8000'0000U, 0x1000U}), offset) {
  std::vector<std::byte> bytes = base();
  fixture::put_u32(bytes, 36, offset);
  const HivePtr opened = must(open_bytes(with_checksum(bytes)));
  const auto root = opened->root();
  BOOST_REQUIRE(!root);
  BOOST_TEST(mentions(root.error().message(), {"root key", "key node"}));
  BOOST_TEST(walk_all(*opened).errors == 1U);
}

BOOST_AUTO_TEST_CASE(names_windows_9x_registries) {
  std::vector<std::byte> bytes = base();
  fixture::put_bytes(bytes, 0, fixture::ascii_bytes("CREG"));
  BOOST_TEST(mentions(open_bytes(bytes).error().message(), {"Windows 95"}));
}

BOOST_AUTO_TEST_CASE(opens_with_a_wrong_checksum_but_says_so) {
  const HivePtr opened = must(open_bytes(mutate(base(), 508, std::array<std::uint8_t, 1>{0x5A})));
  BOOST_TEST(!opened->state().base_block_valid);
  BOOST_TEST((opened->state().condition == HiveCondition::dirty));
  BOOST_TEST(opened->state().diagnostics.items().front().code == "hive-base-block-damaged");
  BOOST_TEST(walk_all(*opened).keys == 3U);
}

BOOST_AUTO_TEST_CASE(keeps_what_a_truncated_hive_still_holds) {
  fixture::HiveBuilder builder = small_hive();
  builder.options().minimum_bins_size = 16384;
  std::vector<std::byte> bytes = builder.build();
  bytes.resize(4096 + 6000);
  const HivePtr opened = must(open_bytes(bytes));
  BOOST_TEST(opened->state().diagnostics.items().front().code == "hive-truncated");
  BOOST_TEST(walk_all(*opened).keys == 3U);
}

BOOST_AUTO_TEST_CASE(ignores_what_follows_the_last_bin) {
  fixture::HiveBuilder builder = small_hive();
  builder.options().remnant.assign(777, std::byte{0xEE});
  const HivePtr opened = must(open_bytes(builder.build()));
  BOOST_TEST((opened->state().condition == HiveCondition::clean));
  BOOST_TEST((walk_all(*opened) == WalkCount{3, 3, 0, ""}));
}

BOOST_DATA_TEST_CASE(reads_every_version, bdata::xrange(3U, 7U), minor) {
  fixture::HiveBuilder builder = small_hive();
  builder.options().minor_version = minor;
  builder.key("Big").set_binary("Data", std::vector<std::byte>(50'000, std::byte{7}));
  const HivePtr opened = must(open_bytes(builder.build()));
  BOOST_TEST(opened->state().minor_version == minor);
  BOOST_TEST((walk_all(*opened) == WalkCount{4, 4, 0, ""}));
  const Value big = must(must(opened->find(u"Big"))->value(u"data")).value();
  BOOST_TEST(must(big.data()).bytes().size() == 50'000U);
}

BOOST_AUTO_TEST_CASE(tells_that_offreg_wrote_it) {
  fixture::HiveBuilder builder = small_hive();
  builder.options().offreg = 129'779'783'200'000'000;
  BOOST_TEST(must(open_bytes(builder.build()))->state().written_by_offreg);
  BOOST_TEST(!must(open_bytes(base()))->state().written_by_offreg);
}

BOOST_AUTO_TEST_CASE(reports_damaged_bins_on_request) {
  fixture::HiveBuilder builder = small_hive();
  builder.options().minimum_bins_size = 16384;
  std::vector<std::byte> bytes = builder.build();
  Diagnostics none;
  must(open_bytes(bytes))->check_bins(none);
  BOOST_TEST(none.empty());
  bytes[4096 + 1] = std::byte{'X'};
  Diagnostics findings;
  must(open_bytes(bytes))->check_bins(findings);
  BOOST_REQUIRE(!findings.empty());
  BOOST_TEST(mentions(findings.items().front().text, {"hive bin at 0x1000"}));
}

BOOST_AUTO_TEST_SUITE_END()
