// SPDX-License-Identifier: Apache-2.0
#include "engine/hive/value.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/hive_builder.h"
#include "tests/engine/hive/hive_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::HiveBuilder;
using fixture::HiveCell;

namespace {

Value value_of(const HivePtr& hive, std::u16string_view name) {
  const auto value = must(must(hive->root()).value(name));
  BOOST_REQUIRE(value.has_value());
  return *value;
}

std::vector<std::byte> units(std::u16string_view text) {
  std::vector<std::byte> bytes;
  for (const char16_t unit : text) {
    bytes.push_back(static_cast<std::byte>(unit & 0xFF));
    bytes.push_back(static_cast<std::byte>(unit >> 8));
  }
  return bytes;
}

std::vector<std::byte> counting(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>(i * 7);
  }
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(value)

BOOST_AUTO_TEST_CASE(decodes_every_type) {
  HiveBuilder builder;
  builder.root()
      .set_string("s", "text")
      .set_expand_string("e", "%SystemRoot%\\x")
      .set_multi_string("m", {"one", "two"})
      .set_dword("d", 0xDEADBEEF)
      .set_qword("q", 0x1122334455667788)
      .set_value("be", fixture::RegType::dword_big_endian,
                 std::vector<std::byte>{std::byte{0x11}, std::byte{0x22}, std::byte{0x33},
                                        std::byte{0x44}})
      .set_binary("b", {1, 2, 3})
      .set_value("rid", 0x1F4U, {})
      .set_default("the default");
  const HivePtr hive = must(open_bytes(builder.build()));
  BOOST_TEST((must(value_of(hive, u"S").as_string()) == u"text"));
  BOOST_TEST((must(value_of(hive, u"e").as_string()) == u"%SystemRoot%\\x"));
  BOOST_TEST(
      (must(value_of(hive, u"m").as_strings()) == std::vector<std::u16string>{u"one", u"two"}));
  BOOST_TEST(must(value_of(hive, u"d").as_integer()) == 0xDEADBEEFU);
  BOOST_TEST(must(value_of(hive, u"q").as_integer()) == 0x1122334455667788U);
  BOOST_TEST(must(value_of(hive, u"be").as_integer()) == 0x11223344U);
  BOOST_TEST(must(value_of(hive, u"b").data()).bytes().size() == 3U);
  BOOST_TEST(value_of(hive, u"rid").type() == 0x1F4U);
  BOOST_TEST(must(value_of(hive, u"rid").data()).bytes().empty());
  BOOST_TEST((must(value_of(hive, u"").as_string()) == u"the default"));
  BOOST_TEST(reg_type_name(value_of(hive, u"q").type()) == "REG_QWORD");
  BOOST_TEST(reg_type_name(0xFFFF0012) == "REG_0xffff0012");
}

BOOST_AUTO_TEST_CASE(wrong_types_and_sizes_are_errors_not_guesses) {
  HiveBuilder builder;
  builder.root().set_string("s", "1").set_value("d", fixture::RegType::dword, counting(2));
  const HivePtr hive = must(open_bytes(builder.build()));
  BOOST_TEST(is_status(value_of(hive, u"s").as_integer(), Status::invalid_data));
  BOOST_TEST(is_status(value_of(hive, u"d").as_integer(), Status::invalid_data));
  const auto text = value_of(hive, u"d").as_string();
  BOOST_TEST(is_status(text, Status::invalid_data));
  BOOST_TEST(mentions(text.error().message(), {"\"d\"", "REG_DWORD", "2 bytes", "text"}));
}

BOOST_AUTO_TEST_CASE(strings_end_at_the_first_nul_or_at_the_data) {
  HiveBuilder builder;
  auto odd = units(u"abc");
  odd.push_back(std::byte{'x'});
  builder.root()
      .set_value("bare", fixture::RegType::sz, units(u"abc"))
      .set_value("tail", fixture::RegType::sz, units(std::u16string_view(u"abc\0hidden", 10)))
      .set_value("odd", fixture::RegType::sz, odd)
      .set_value("multi", fixture::RegType::multi_sz, units(std::u16string_view(u"a\0b", 3)))
      .set_value("empty", fixture::RegType::multi_sz, {});
  const HivePtr hive = must(open_bytes(builder.build()));
  for (const char16_t* name : {u"bare", u"tail", u"odd"}) {
    BOOST_TEST((must(value_of(hive, name).as_string()) == u"abc"));
  }
  BOOST_TEST(
      (must(value_of(hive, u"multi").as_strings()) == std::vector<std::u16string>{u"a", u"b"}));
  BOOST_TEST(must(value_of(hive, u"empty").as_strings()).empty());
}

BOOST_DATA_TEST_CASE(reads_data_of_any_length,
                     bdata::make({0U, 1U, 3U, 4U, 5U, 8U, 100U, 16343U, 16344U, 16345U, 32688U,
                                  32689U, 81725U, 1048576U}),
                     size) {
  HiveBuilder builder;
  builder.root().set_binary("v", counting(size));
  const HivePtr hive = must(open_bytes(builder.build()));
  const ValueData data = must(value_of(hive, u"v").data());
  BOOST_TEST(data.complete());
  BOOST_TEST(std::ranges::equal(data.bytes(), counting(size)));
}

BOOST_AUTO_TEST_CASE(value_limit_is_reported) {
  HiveBuilder builder;
  builder.root().set_binary("v", counting(5000));
  Limits limits;
  limits.max_value_size = 4999;
  const HivePtr hive = must(open_bytes(builder.build(), limits));
  BOOST_TEST(is_status(value_of(hive, u"v").data(), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(data_shorter_than_claimed_is_given_and_marked) {
  HiveBuilder builder;
  builder.root().set_binary("v", counting(100));
  fixture::BuiltHive built = builder.build_mapped();
  const std::size_t vk = built.find(HiveCell::value, "", "v").file_offset;
  fixture::put_u32(built.bytes, vk + 4, 4000);
  const HivePtr hive = must(open_bytes(built.bytes));
  const ValueData data = must(value_of(hive, u"v").data());
  BOOST_TEST(!data.complete());
  BOOST_TEST(data.bytes().size() >= 100U);
  BOOST_TEST(data.bytes().size() < 4000U);
}

BOOST_DATA_TEST_CASE(impossible_sizes_never_allocate,
                     bdata::make({0x7FFF'FFFFU, 0x7FFF'FFFCU, 0x1000'0000U}), size) {
  HiveBuilder builder;
  builder.root().set_binary("v", counting(20'000));
  fixture::BuiltHive built = builder.build_mapped();
  fixture::put_u32(built.bytes, built.find(HiveCell::value, "", "v").file_offset + 4, size);
  const HivePtr hive = must(open_bytes(built.bytes));
  const auto data = value_of(hive, u"v").data();
  BOOST_TEST(is_status(data, Status::corrupt));
  BOOST_TEST(mentions(data.error().message(), {"value key at 0x", "claims"}));
}

BOOST_AUTO_TEST_CASE(inline_data_of_more_than_four_bytes_is_incomplete) {
  HiveBuilder builder;
  builder.root().set_dword("v", 5);
  fixture::BuiltHive built = builder.build_mapped();
  fixture::put_u32(built.bytes, built.find(HiveCell::value, "", "v").file_offset + 4,
                   0x8000'0000U | 9U);
  const HivePtr hive = must(open_bytes(built.bytes));
  const ValueData data = must(value_of(hive, u"v").data());
  BOOST_TEST(data.bytes().size() == 4U);
  BOOST_TEST(!data.complete());
}

BOOST_AUTO_TEST_CASE(lost_big_data_segments_shorten_the_data) {
  HiveBuilder builder;
  builder.root().set_binary("v", counting(50'000));
  fixture::BuiltHive built = builder.build_mapped();
  const std::size_t list = built.find(HiveCell::segment_list, "", "v").file_offset;
  fixture::put_u32(built.bytes, list + 4, 0x7777'7778);
  const HivePtr hive = must(open_bytes(built.bytes));
  const ValueData data = must(value_of(hive, u"v").data());
  BOOST_TEST(!data.complete());
  BOOST_TEST(data.bytes().size() == 16344U);
}

BOOST_AUTO_TEST_CASE(damaged_value_does_not_hide_its_neighbours) {
  HiveBuilder builder;
  builder.root().set_dword("a", 1).set_dword("b", 2).set_dword("c", 3);
  fixture::BuiltHive built = builder.build_mapped();
  built.bytes[built.find(HiveCell::value, "", "b").file_offset] = std::byte{'x'};
  const HivePtr hive = must(open_bytes(built.bytes));
  const WalkCount count = walk_all(*hive);
  BOOST_TEST(count.values == 2U);
  BOOST_TEST(count.errors == 1U);
  BOOST_TEST(mentions(count.first_error, {"value key at 0x", "vk"}));
  BOOST_TEST(must(value_of(hive, u"c").as_integer()) == 3U);
  // The damaged one may be what was asked for: absence would be a lie.
  BOOST_TEST(is_status(must(hive->root()).value(u"b"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(tombstones_are_marked) {
  HiveBuilder builder;
  builder.options().minor_version = 6;
  builder.root().set_tombstone("gone").set_dword("here", 1);
  const HivePtr hive = must(open_bytes(builder.build()));
  BOOST_TEST(value_of(hive, u"gone").is_tombstone());
  BOOST_TEST(!value_of(hive, u"here").is_tombstone());
}

BOOST_AUTO_TEST_SUITE_END()
