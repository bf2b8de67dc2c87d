// SPDX-License-Identifier: Apache-2.0
// Hives that were damaged, or made to do harm.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/hive_builder.h"
#include "tests/engine/hive/hive_support.h"
#include "tests/support/mutate.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::BuiltHive;
using fixture::HiveBuilder;
using fixture::HiveCell;

namespace {

constexpr std::size_t nk_parent = 16;
constexpr std::size_t nk_subkey_count = 20;
constexpr std::size_t nk_subkey_list = 28;
constexpr std::size_t nk_value_count = 36;
constexpr std::size_t nk_name_size = 72;

BuiltHive nested_hive() {
  HiveBuilder builder;
  builder.key("A\\B\\C").set_string("v", "text").class_name("class");
  builder.key("A\\D").set_binary("big", std::vector<std::byte>(20'000));
  builder.key("Z");
  return builder.build_mapped();
}

std::size_t at(const BuiltHive& hive, HiveCell kind, std::string_view path,
               std::string_view value = {}) {
  return hive.find(kind, path, value).file_offset;
}

WalkCount walk(const BuiltHive& hive) {
  return walk_all(*must(open_bytes(hive.bytes)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(damage)

BOOST_AUTO_TEST_CASE(key_that_lists_itself_is_refused) {
  BuiltHive hive = nested_hive();
  const auto& a = hive.find(HiveCell::key, "A");
  fixture::put_u32(hive.bytes, at(hive, HiveCell::subkey_list, "A") + 4, a.cell_offset());
  const WalkCount count = walk(hive);
  BOOST_TEST(count.errors == 1U);
  BOOST_TEST(mentions(count.first_error, {"listed below the key at 0x", "it is that key"}));
  BOOST_TEST(count.keys == 4U);  // root, A, D, Z: B and C are lost, their neighbours are not
}

BOOST_AUTO_TEST_CASE(key_that_is_its_own_parent_ends_the_path) {
  BuiltHive hive = nested_hive();
  const auto& c = hive.find(HiveCell::key, "A\\B\\C");
  fixture::put_u32(hive.bytes, c.file_offset + nk_parent, c.cell_offset());
  const HivePtr opened = must(open_bytes(hive.bytes));
  const Key key = must(opened->key_at(c.cell_offset()));
  BOOST_TEST(is_status(key.path(), Status::limit_exceeded));
  BOOST_TEST((walk_all(*opened) == WalkCount{6, 2, 0, ""}));
  BOOST_TEST(must(opened->find(u"A\\B\\C"))->has_other_parent());
  BOOST_TEST(!must(opened->find(u"A\\B"))->has_other_parent());
}

BOOST_AUTO_TEST_CASE(root_below_itself_is_refused) {
  BuiltHive hive = nested_hive();
  const auto& root = hive.find(HiveCell::key, "");
  fixture::put_u32(hive.bytes, root.file_offset + nk_parent, root.cell_offset());
  fixture::put_u32(hive.bytes, at(hive, HiveCell::subkey_list, "") + 4, root.cell_offset());
  const WalkCount count = walk(hive);
  BOOST_TEST(mentions(count.first_error, {"it is the root"}));
  BOOST_TEST(count.keys == 2U);
}

BOOST_AUTO_TEST_CASE(cycle_through_parents_is_refused) {
  BuiltHive hive = nested_hive();
  // A lists B, B lists A and A claims B as its parent.
  const auto& a = hive.find(HiveCell::key, "A");
  const auto& b = hive.find(HiveCell::key, "A\\B");
  fixture::put_u32(hive.bytes, a.file_offset + nk_parent, b.cell_offset());
  fixture::put_u32(hive.bytes, at(hive, HiveCell::subkey_list, "A\\B") + 4, a.cell_offset());
  const WalkCount count = walk(hive);
  BOOST_TEST(count.errors == 1U);
  BOOST_TEST(mentions(count.first_error, {"listed below itself"}));
  BOOST_TEST(count.keys == 5U);  // all but C, whose place A took
}

BOOST_AUTO_TEST_CASE(index_that_lists_itself_ends) {
  HiveBuilder builder;
  builder.options().leaf_limit = 2;
  for (int i = 0; i < 8; ++i) {
    builder.key("K" + std::to_string(i));
  }
  BuiltHive hive = builder.build_mapped();
  const auto& index = hive.find(HiveCell::index_root, "");
  fixture::put_u32(hive.bytes, index.file_offset + 4, index.cell_offset());
  const WalkCount count = walk(hive);
  BOOST_TEST(count.errors == 1U);
  BOOST_TEST(mentions(count.first_error, {"subkey list at 0x", "expected li, lf or lh"}));
  BOOST_TEST(count.keys == 7U);
}

BOOST_AUTO_TEST_CASE(same_subkey_again_and_again_does_not_multiply) {
  // Two entries a level for one key: 2^40 visits if each were followed.
  HiveBuilder builder;
  std::string path;
  for (int level = 0; level < 40; ++level) {
    path += (path.empty() ? "" : "\\") + std::string("L");
    builder.key(path + "x");
    builder.key(path + "y");
    builder.key(path + "z");
    path += "x";
  }
  BuiltHive hive = builder.build_mapped();
  for (const auto& cell : hive.cells) {
    if (cell.kind == HiveCell::subkey_list &&
        fixture::get_u16(hive.bytes, cell.file_offset + 2) == 3) {
      // x, y, x: the repeat is not next to the first.
      fixture::put_u32(hive.bytes, cell.file_offset + 4 + 16,
                       fixture::get_u32(hive.bytes, cell.file_offset + 4));
    }
  }
  const WalkCount count = walk(hive);
  BOOST_TEST(count.keys < 2000U);
  BOOST_TEST(mentions(count.first_error, {"more keys than the hive has room for"}));
}

BOOST_AUTO_TEST_CASE(counts_that_lie_are_reported_and_bounded) {
  for (const std::uint32_t claimed : {0U, 1U, 7U, 0x8000'0000U, 0xFFFF'FFFFU}) {
    BuiltHive hive = nested_hive();
    fixture::put_u32(hive.bytes, at(hive, HiveCell::key, "") + nk_subkey_count, claimed);
    const WalkCount subkeys = walk(hive);
    BOOST_TEST(subkeys.errors == (claimed == 0 ? 0U : 1U), "claimed " << claimed);
    BuiltHive values = nested_hive();
    fixture::put_u32(values.bytes, at(values, HiveCell::key, "A\\B\\C") + nk_value_count, claimed);
    const WalkCount count = walk(values);
    BOOST_TEST(count.values <= 3U);
    BOOST_TEST(count.keys == 6U);
  }
}

BOOST_AUTO_TEST_CASE(offsets_near_4_gib_are_refused) {
  for (const std::uint32_t offset : {0xFFFF'FFF8U, 0xFFFF'F000U, 0x8000'0000U, 0x7FFF'FFF8U}) {
    BuiltHive hive = nested_hive();
    fixture::put_u32(hive.bytes, at(hive, HiveCell::key, "A") + nk_subkey_list, offset);
    const WalkCount count = walk(hive);
    BOOST_TEST(count.keys == 3U);
    BOOST_TEST(count.errors == 1U);
  }
}

BOOST_AUTO_TEST_CASE(cell_sizes_near_4_gib_are_refused) {
  for (const std::uint32_t size :
       {0x8000'0000U, 0x8000'0008U, 0xFFFF'FFFFU, 0xFFFF'FFFCU, 0U, 8U, 0x7FFF'FFF8U}) {
    BuiltHive hive = nested_hive();
    fixture::put_u32(hive.bytes, at(hive, HiveCell::key, "A") - 4, size);
    const WalkCount count = walk(hive);
    BOOST_TEST(count.keys == 2U, "size " << size);
    BOOST_TEST(count.errors == 1U, "size " << size);
  }
}

BOOST_AUTO_TEST_CASE(name_longer_than_its_cell_is_refused) {
  BuiltHive hive = nested_hive();
  fixture::put_u16(hive.bytes, at(hive, HiveCell::key, "A\\B") + nk_name_size, 0xFFFF);
  const WalkCount count = walk(hive);
  BOOST_TEST(mentions(count.first_error, {"name of 65535 bytes"}));
  BOOST_TEST(count.keys == 4U);
}

BOOST_AUTO_TEST_CASE(list_that_claims_too_many_entries_keeps_those_it_has) {
  BuiltHive hive = nested_hive();
  const std::size_t list = at(hive, HiveCell::subkey_list, "");
  fixture::put_u16(hive.bytes, list + 2, 200);
  const HivePtr opened = must(open_bytes(hive.bytes));
  const std::vector<std::string> names = subkey_names(must(opened->root()));
  BOOST_TEST(names.front() == "A");
  BOOST_TEST(names.back() == "!");
  BOOST_TEST(must(opened->find(u"Z")).has_value());
}

BOOST_AUTO_TEST_CASE(lookup_in_a_list_named_65535_times_ends) {
  // One index of 65,535 entries that all name one leaf of 65,535 damaged offsets: 4 billion steps.
  HiveBuilder builder;
  builder.key("K");
  builder.key("Index").set_binary("index", std::vector<std::byte>(4 + 65535 * 4));
  builder.key("Leaf").set_binary("leaf", std::vector<std::byte>(4 + 65535 * 4));
  builder.options().minor_version = 3;  // plain data cells, no segments
  BuiltHive hive = builder.build_mapped();
  const auto& index = hive.find(HiveCell::data, "Index", "index");
  const auto& leaf = hive.find(HiveCell::data, "Leaf", "leaf");
  fixture::put_bytes(hive.bytes, index.file_offset, fixture::ascii_bytes("ri"));
  fixture::put_bytes(hive.bytes, leaf.file_offset, fixture::ascii_bytes("li"));
  fixture::put_u16(hive.bytes, index.file_offset + 2, 65535);
  fixture::put_u16(hive.bytes, leaf.file_offset + 2, 65535);
  for (std::size_t i = 0; i < 65535; ++i) {
    fixture::put_u32(hive.bytes, index.file_offset + 4 + 4 * i, leaf.cell_offset());
    fixture::put_u32(hive.bytes, leaf.file_offset + 4 + 4 * i, 0x10);
  }
  const std::size_t root = at(hive, HiveCell::key, "");
  fixture::put_u32(hive.bytes, root + nk_subkey_list, index.cell_offset());
  fixture::put_u32(hive.bytes, root + nk_subkey_count, 0xFFFF'FFFF);
  const HivePtr opened = must(open_bytes(hive.bytes));
  const auto found = opened->find(u"Foo");
  BOOST_TEST(is_status(found, Status::corrupt));
  BOOST_TEST(mentions(found.error().message(), {"more than", "subkeys listed"}));
  BOOST_TEST(walk_all(*opened).errors < 20'000U);
}

BOOST_AUTO_TEST_CASE(errors_say_where_found_and_expected) {
  BuiltHive hive = nested_hive();
  const std::size_t key = at(hive, HiveCell::key, "Z");
  hive.bytes[key] = std::byte{'q'};
  const WalkCount count = walk(hive);
  char place[32];
  std::snprintf(place, sizeof(place), "0x%zx", key - 4);
  BOOST_TEST(mentions(count.first_error, {place, "0x6b71", "expected 0x6b6e"}));
}

BOOST_AUTO_TEST_CASE(survives_a_flip_of_every_byte_of_every_header) {
  const BuiltHive hive = nested_hive();
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < 512; ++i) {
    offsets.push_back(i);  // base block
  }
  for (std::size_t bin = 4096; bin < hive.bytes.size(); bin += 4096) {
    for (std::size_t i = 0; i < 32; ++i) {
      offsets.push_back(bin + i);
    }
  }
  for (const auto& cell : hive.cells) {
    const std::size_t head = std::min<std::size_t>(cell.data_size, 100);
    for (std::size_t i = 0; i < head + 4; ++i) {
      offsets.push_back(cell.file_offset - 4 + i);
    }
  }
  for (const std::size_t offset : offsets) {
    for (const auto flip : {std::byte{0xFF}, std::byte{0x01}, std::byte{0x80}}) {
      std::vector<std::byte> bytes = hive.bytes;
      bytes[offset] ^= flip;
      if (offset < 508) {
        fixture::fix_hive_checksum(bytes);
      }
      exercise(std::move(bytes));
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_truncation_at_every_byte) {
  const BuiltHive hive = nested_hive();
  for (std::size_t size = 0; size <= hive.bytes.size(); size += size < 9000 ? 1 : 61) {
    exercise(prefix(hive.bytes, size));
  }
}

BOOST_AUTO_TEST_SUITE_END()
