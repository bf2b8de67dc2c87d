// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/core/utf16.h"
#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/upcase_table.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsIndexShape;
using fixture::NtfsOptions;
using test::is_ok;
using test::is_status;
using test::must;

constexpr int file_count = 60;

NtfsBuilder make_builder(const NtfsIndexShape& shape, const NtfsOptions& options = {}) {
  NtfsBuilder builder(options);
  const auto directory = builder.directory("\\dir").index(shape);
  for (int i = 0; i < file_count; ++i) {
    directory.file(fmt::format("file {:02}", i * 7 % file_count));
  }
  return builder;
}

IndexTreePtr open_tree(const BuiltNtfs& built) {
  const auto volume = test::open_raw_volume(built.bytes);
  const NtfsNode node = test::node_of(volume, built, "\\dir");
  return must(IndexTree::open(node, u"$I30", IndexKind::file_names));
}

/// What the cursor gives: names, or "error".
std::vector<std::string> read_all(IndexCursor& cursor) {
  std::vector<std::string> names;
  while (true) {
    const auto next = cursor.next();
    if (!next) {
      names.emplace_back("error");
    } else if (!*next) {
      return names;
    } else {
      names.push_back(to_utf8(must(parse_file_name((*next)->key)).name()));
    }
  }
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (int i = 0; i < file_count; ++i) {
    names.push_back(fmt::format("file {:02}", i));
  }
  return names;
}

IndexCursor::Compare compare_to(const std::u16string& name) {
  return [name](Bytes key) {
    return UpcaseTable::built_in().compare(must(parse_file_name(key)).name(), name);
  };
}

std::uint64_t count_errors(const std::vector<std::string>& names) {
  return static_cast<std::uint64_t>(std::count(names.begin(), names.end(), "error"));
}

BOOST_AUTO_TEST_SUITE(index_tree)

BOOST_AUTO_TEST_CASE(gives_the_names_of_a_deep_tree_in_order) {
  for (const std::uint32_t entries : {0U, 1U, 2U, 5U}) {
    const BuiltNtfs built =
        make_builder({.force_blocks = true, .entries_per_block = entries}).build_mapped();
    IndexCursor cursor(open_tree(built));
    BOOST_TEST(read_all(cursor) == all_names(), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(counts_vcns_in_sectors_where_blocks_are_smaller_than_clusters) {
  for (const std::uint32_t cluster_size : {512U, 1024U, 4096U, 16384U, 65536U}) {
    NtfsOptions options;
    options.cluster_size = cluster_size;
    const BuiltNtfs built =
        make_builder({.force_blocks = true, .entries_per_block = 3}, options).build_mapped();
    IndexCursor cursor(open_tree(built));
    BOOST_TEST(read_all(cursor) == all_names(), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(seeks_to_every_name_and_goes_on_from_there) {
  const BuiltNtfs built =
      make_builder({.force_blocks = true, .entries_per_block = 2}).build_mapped();
  IndexCursor cursor(open_tree(built));
  const std::vector<std::string> names = all_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    BOOST_REQUIRE(is_ok(cursor.seek(compare_to(*from_utf8(names[i])))));
    const std::vector<std::string> rest(names.begin() + static_cast<std::ptrdiff_t>(i),
                                        names.end());
    BOOST_TEST(read_all(cursor) == rest, boost::test_tools::per_element());
  }
  BOOST_REQUIRE(is_ok(cursor.seek(compare_to(u"FILE 10b"))));
  BOOST_TEST(read_all(cursor).front() == "file 11");
  BOOST_REQUIRE(is_ok(cursor.seek(compare_to(u"zz"))));
  BOOST_TEST(read_all(cursor).empty());
}

BOOST_AUTO_TEST_CASE(a_seek_reads_the_blocks_on_its_path_only) {
  const BuiltNtfs built =
      make_builder({.force_blocks = true, .entries_per_block = 2}).build_mapped();
  const IndexTreePtr tree = open_tree(built);
  BOOST_TEST(tree->block_count() > 20U);
  IndexCursor cursor(tree);
  BOOST_REQUIRE(is_ok(cursor.seek(compare_to(u"file 31"))));
  BOOST_TEST(cursor.visited().size() <= 6U);
}

BOOST_AUTO_TEST_CASE(a_loop_ends) {
  const BuiltNtfs built =
      make_builder({.force_blocks = true, .entries_per_block = 3, .loop = true}).build_mapped();
  IndexCursor cursor(open_tree(built));
  const std::vector<std::string> names = read_all(cursor);
  BOOST_TEST(count_errors(names) >= 1U);
  BOOST_TEST(names.size() <= 2 * file_count);
}

BOOST_AUTO_TEST_CASE(children_that_are_nowhere_are_errors_and_the_rest_is_given) {
  const BuiltNtfs built =
      make_builder({.force_blocks = true, .entries_per_block = 3, .lost_children = true})
          .build_mapped();
  const IndexTreePtr tree = open_tree(built);
  IndexCursor cursor(tree);
  const std::vector<std::string> names = read_all(cursor);
  BOOST_TEST(count_errors(names) >= 1U);
  BOOST_TEST(names.size() > count_errors(names));
  BOOST_TEST(is_status(tree->load(std::uint64_t{1} << 40), Status::corrupt));
  BOOST_TEST(is_status(tree->load(~std::uint64_t{0}), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_block_of_another_vcn_is_refused) {
  BuiltNtfs built = make_builder({.force_blocks = true, .entries_per_block = 3}).build_mapped();
  built.edit_index_block(built.find("\\dir").index_blocks.at(1), [](std::span<std::byte> block) {
    block[offsetof(ntfs_layout::IndexBlock, vcn)] ^= std::byte{0x40};
  });
  const IndexTreePtr tree = open_tree(built);
  BOOST_TEST(is_ok(tree->load(tree->block_vcn(0))));
  const auto refused = tree->load(tree->block_vcn(1));
  BOOST_REQUIRE(is_status(refused, Status::corrupt));
  BOOST_TEST(test::mentions(refused.error().message(), {"index $I30", "VCN 0x1", "0x41"}));
}

BOOST_AUTO_TEST_CASE(live_blocks_are_those_of_the_bitmap) {
  const BuiltNtfs built = make_builder({.force_blocks = true, .stale_block = true}).build_mapped();
  const IndexTreePtr tree = open_tree(built);
  const std::uint64_t blocks = tree->block_count();
  BOOST_REQUIRE_GE(blocks, 2U);
  for (std::uint64_t block = 0; block + 1 < blocks; ++block) {
    BOOST_TEST(tree->is_live(block));
  }
  BOOST_TEST(!tree->is_live(blocks - 1));
  BOOST_TEST(!tree->is_live(~std::uint64_t{0}));
}

BOOST_AUTO_TEST_CASE(a_node_survives_every_truncation_and_flip) {
  const BuiltNtfs built = make_builder({.force_blocks = true}).build_mapped();
  const std::size_t at = built.find("\\dir").index_blocks.at(0);
  const Bytes block = Bytes(built.bytes).subspan(at, built.index_block_size);
  const auto use = [](std::vector<std::byte> bytes) {
    const auto node = IndexNode::parse_block(std::move(bytes), 0, IndexKind::file_names);
    for (std::size_t i = 0; node && i < node->size(); ++i) {
      (void)parse_file_name(node->entry(i).key);
    }
    return node.has_value();
  };
  BOOST_TEST(use({block.begin(), block.end()}));
  for (std::size_t size = 0; size < block.size(); size += 3) {
    BOOST_TEST(!use({block.begin(), block.begin() + static_cast<std::ptrdiff_t>(size)}));
  }
  for (std::size_t i = 0; i < 1024; ++i) {
    for (const unsigned mask : {0x01U, 0x80U, 0xFFU}) {
      std::vector<std::byte> changed(block.begin(), block.end());
      changed[i] ^= static_cast<std::byte>(mask);
      (void)use(std::move(changed));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
