// SPDX-License-Identifier: Apache-2.0
#include "engine/hive/key.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "engine/hive/key_walker.h"
#include "fixtures/build/hive_builder.h"
#include "tests/engine/hive/hive_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::HiveBuilder;
using fixture::SubkeyList;

namespace {

const std::vector<std::string>& mixed_names() {
  static const std::vector<std::string> names{"a",
                                              "abc",
                                              "ABCD",
                                              "abcde",
                                              "_under",
                                              "Zebra",
                                              "\xC3\xA9t\xC3\xA9",
                                              "\xD0\x96\xD1\x83\xD0\xBA",
                                              "x y",
                                              "{guid}"};
  return names;
}

HivePtr hive_with(SubkeyList kind, std::size_t leaf_limit) {
  HiveBuilder builder;
  builder.options().subkey_list = kind;
  builder.options().leaf_limit = leaf_limit;
  for (const std::string& name : mixed_names()) {
    builder.key(name).set_string("Name", name);
  }
  return must(open_bytes(builder.build()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key)

BOOST_DATA_TEST_CASE(every_list_kind_finds_every_name,
                     bdata::make({SubkeyList::li, SubkeyList::lf, SubkeyList::lh}) *
                         bdata::make({500U, 3U, 1U}),
                     kind, leaf_limit) {
  const HivePtr hive = hive_with(kind, leaf_limit);
  const Key root = must(hive->root());
  for (const std::string& name : mixed_names()) {
    const auto units = fixture::Text(name).units();
    for (const std::u16string& spelled : {units, fixture::upcase(units)}) {
      const auto found = must(root.subkey(spelled));
      BOOST_TEST_REQUIRE(found.has_value(), name);
      BOOST_TEST(found->name().to_utf8() == name);
    }
    BOOST_TEST(!must(root.subkey(units + u"x")).has_value());
  }
  BOOST_TEST(subkey_names(root).size() == mixed_names().size());
}

BOOST_AUTO_TEST_CASE(finds_in_an_unsorted_list) {
  HiveBuilder builder;
  builder.root().unsorted_subkeys();
  for (const char* name : {"zz", "b", "aa", "m"}) {
    builder.key(name);
  }
  const HivePtr hive = must(open_bytes(builder.build()));
  BOOST_TEST((subkey_names(must(hive->root())) == std::vector<std::string>{"zz", "b", "aa", "m"}));
  BOOST_TEST(must(hive->find(u"AA")).has_value());
}

BOOST_AUTO_TEST_CASE(tells_times_flags_class_and_security) {
  HiveBuilder builder;
  std::vector<std::byte> descriptor(24, std::byte{1});
  builder.key("K")
      .last_written(129'779'783'200'000'000)
      .class_name("cdebfed5")
      .security(descriptor);
  builder.key("Link").symlink("\\REGISTRY\\MACHINE\\Other");
  builder.key("Bare").no_security();
  const HivePtr hive = must(open_bytes(builder.build()));
  const Key key = must(hive->find(u"K")).value();
  BOOST_TEST(key.last_written().ticks == 129'779'783'200'000'000U);
  BOOST_TEST((must(key.class_name()) == u"cdebfed5"));
  BOOST_TEST((must(key.security_descriptor()) == descriptor));
  BOOST_TEST(!key.is_root());
  const Key link = must(hive->find(u"Link")).value();
  BOOST_TEST(link.is_symlink());
  BOOST_TEST(
      (must(must(link.value(u"SymbolicLinkValue"))->as_string()) == u"\\REGISTRY\\MACHINE\\Other"));
  BOOST_TEST(must(must(hive->find(u"Bare"))->security_descriptor()).empty());
  BOOST_TEST(must(hive->root()).is_root());
}

BOOST_AUTO_TEST_CASE(knows_its_path_and_parent) {
  HiveBuilder builder;
  builder.root("CMI-CreateHive");
  builder.key("One\\Two\\Three");
  const HivePtr hive = must(open_bytes(builder.build()));
  const Key three = must(hive->find(u"one\\two\\three")).value();
  BOOST_TEST((must(three.path()) == u"One\\Two\\Three"));
  BOOST_TEST((must(must(three.parent())->path()) == u"One\\Two"));
  BOOST_TEST(must(must(hive->root()).path()).empty());
  BOOST_TEST(!must(must(hive->root()).parent()).has_value());
}

BOOST_AUTO_TEST_CASE(predefined_handle_has_no_values) {
  HiveBuilder builder;
  builder.key("Handle").predefined_handle(0x8000'0005);
  const HivePtr hive = must(open_bytes(builder.build()));
  BOOST_TEST((walk_all(*hive) == WalkCount{2, 0, 0, ""}));
}

BOOST_AUTO_TEST_CASE(names_keep_lone_surrogates_and_backslashes) {
  HiveBuilder builder;
  const std::u16string odd{u'a', char16_t{0xD800}, u'\\', u'b'};
  builder.root().subkey(odd);
  const HivePtr hive = must(open_bytes(builder.build()));
  const auto found = must(must(hive->root()).subkey(odd));
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST((found->name().to_u16string() == odd));
  BOOST_TEST(found->name().to_utf8() == "a\\u{D800}\\b");
}

BOOST_AUTO_TEST_CASE(walker_visits_parents_first_and_stops_at_its_depth) {
  HiveBuilder builder;
  builder.key("A\\B\\C");
  builder.key("D");
  const HivePtr hive = must(open_bytes(builder.build()));
  std::string order;
  KeyWalker walker(must(hive->root()), 2);
  while (const auto visit = must(walker.next())) {
    order += std::to_string(visit->depth) + visit->key.name().to_utf8() + " ";
  }
  BOOST_TEST(order == "0ROOT 1A 2B 1D ");
}

BOOST_AUTO_TEST_CASE(depth_limit_leaves_siblings_visible) {
  HiveBuilder builder;
  builder.key("A\\B\\C\\D");
  builder.key("Z");
  Limits limits;
  limits.max_key_depth = 2;
  const HivePtr hive = must(open_bytes(builder.build(), limits));
  const WalkCount count = walk_all(*hive);
  BOOST_TEST(count.errors == 1U);
  BOOST_TEST(mentions(count.first_error, {"nested deeper than 2"}));
  BOOST_TEST(count.keys == 4U);  // the root, A, B (where the walk turned back) and Z
}

BOOST_AUTO_TEST_CASE(entry_limit_is_reported) {
  HiveBuilder builder;
  for (int i = 0; i < 10; ++i) {
    builder.key("K" + std::to_string(i));
  }
  Limits limits;
  limits.max_key_entries = 4;
  const HivePtr hive = must(open_bytes(builder.build(), limits));
  BOOST_TEST(
      (subkey_names(must(hive->root())) == std::vector<std::string>{"K0", "K1", "K2", "K3", "!"}));
}

BOOST_AUTO_TEST_SUITE_END()

namespace casement::fixture {
inline std::ostream& operator<<(std::ostream& out, SubkeyList kind) {
  return out << static_cast<int>(kind);
}
}  // namespace casement::fixture
