// SPDX-License-Identifier: Apache-2.0
#include "engine/hive/deleted.h"

#include "fixtures/build/hive_builder.h"
#include "tests/engine/hive/hive_support.h"
#include "tests/support/real_data.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

const DeletedKey* find_key(const DeletedItems& items, std::string_view name) {
  for (const DeletedKey& key : items.keys) {
    if (key.name.to_utf8() == name) {
      return &key;
    }
  }
  return nullptr;
}

/// A key without a time is taken for noise.
fixture::HiveBuilder dated_builder() {
  fixture::HiveOptions options;
  options.default_key_time = 129'779'783'200'000'000;
  return fixture::HiveBuilder(options);
}

/// Items point into their hive, which this keeps.
struct Search {
  explicit Search(HivePtr searched) : hive(std::move(searched)) {
    Diagnostics findings;
    items = find_deleted(*hive, findings);
    BOOST_TEST(findings.empty());
  }
  HivePtr hive;
  DeletedItems items;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(deleted)

BOOST_AUTO_TEST_CASE(finds_deleted_keys_with_their_values_and_paths) {
  fixture::HiveBuilder builder = dated_builder();
  builder.key("Live").set_string("v", "here");
  builder.key("Live\\Gone\\Below").set_binary("b", std::vector<std::byte>(100, std::byte{9}));
  builder.key("Live\\Gone").set_string("text", "secret").set_dword("n", 7).mark_deleted();
  const HivePtr hive = must(open_bytes(builder.build()));
  BOOST_TEST((walk_all(*hive) == WalkCount{2, 1, 0, ""}));
  const Search found(hive);
  const DeletedItems& items = found.items;
  BOOST_TEST(items.keys.size() == 2U);
  const DeletedKey* gone = find_key(items, "Gone");
  BOOST_REQUIRE(gone != nullptr);
  BOOST_TEST((gone->parent_path.value() == u"Live"));
  BOOST_TEST(gone->values.size() == 2U);
  BOOST_TEST(gone->values[1].complete);
  const DeletedKey* below = find_key(items, "Below");
  BOOST_REQUIRE(below != nullptr);
  BOOST_TEST((below->parent_path.value() == u"Live\\Gone"));
  BOOST_REQUIRE_EQUAL(below->values.size(), 1U);
  BOOST_TEST(below->values[0].data.size() == 100U);
}

BOOST_AUTO_TEST_CASE(finds_deleted_values_of_live_keys) {
  fixture::HiveBuilder builder;
  builder.key("Live").add_deleted_value("old", 3, std::vector<std::byte>(40, std::byte{5}));
  const Search found(must(open_bytes(builder.build())));
  const DeletedItems& items = found.items;
  BOOST_TEST(items.keys.empty());
  BOOST_REQUIRE_EQUAL(items.values.size(), 1U);
  BOOST_TEST(items.values[0].name.to_utf8() == "old");
  BOOST_TEST(items.values[0].complete);
}

BOOST_AUTO_TEST_CASE(clean_hive_has_none) {
  fixture::HiveBuilder builder;
  builder.options().minimum_bins_size = 32768;
  builder.key("Live").set_string("v", "here");
  const Search found(must(open_bytes(builder.build())));
  const DeletedItems& items = found.items;
  BOOST_TEST(items.keys.empty());
  BOOST_TEST(items.values.empty());
}

BOOST_AUTO_TEST_CASE(damaged_bin_is_passed_over_and_noted) {
  fixture::HiveBuilder builder = dated_builder();
  builder.key("Gone").set_string("text", "secret").mark_deleted();
  builder.options().minimum_bins_size = 16384;
  std::vector<std::byte> bytes = builder.build();
  bytes[4096 + 4096] = std::byte{'X'};  // the second bin
  const HivePtr hive = must(open_bytes(bytes));
  Diagnostics findings;
  BOOST_TEST(find_deleted(*hive, findings).keys.size() == 1U);
  BOOST_TEST(!findings.empty());
}

BOOST_AUTO_TEST_CASE(value_list_that_many_deleted_keys_claim_is_read_once) {
  fixture::HiveBuilder builder = dated_builder();
  for (int i = 0; i < 300; ++i) {
    builder.key("Gone" + std::to_string(i)).set_dword("n", 1).mark_deleted();
  }
  builder.root().set_binary("list", std::vector<std::byte>(16'000, std::byte{8}));
  fixture::BuiltHive built = builder.build_mapped();
  const std::uint32_t list = built.find(fixture::HiveCell::data, "", "list").cell_offset();
  std::uint32_t claimed = 0;
  for (std::size_t at = 4096; at + 80 < built.bytes.size(); at += 4) {
    if (fixture::get_u16(built.bytes, at) == 0x6B6E &&
        fixture::get_u32(built.bytes, at + 36) == 1) {
      fixture::put_u32(built.bytes, at + 36, 4000);
      fixture::put_u32(built.bytes, at + 40, list);
      ++claimed;
    }
  }
  BOOST_REQUIRE(claimed >= 300U);
  const Search found(must(open_bytes(built.bytes)));
  BOOST_TEST(found.items.keys.size() >= 300U);
}

BOOST_AUTO_TEST_CASE(finds_the_deleted_tree_of_a_real_hive) {
  if (!have_real_data()) {
    return;
  }
  const std::string dir = "registry/yarp/hives_for_tests/";
  const Search tree_search(must(Hive::open(real_source(dir + "DeletedTreeHive"))));
  const DeletedItems& tree = tree_search.items;
  BOOST_TEST(tree.keys.size() == 4U);
  BOOST_REQUIRE(find_key(tree, "5") != nullptr);
  BOOST_TEST((find_key(tree, "5")->parent_path.value() == u"1\\2\\3\\4"));
  const Search data_search(must(Hive::open(real_source(dir + "DeletedDataHive"))));
  const DeletedItems& data = data_search.items;
  BOOST_REQUIRE(find_key(data, "456") != nullptr);
  BOOST_TEST(find_key(data, "456")->values.size() == 1U);
  BOOST_TEST(data.values.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
