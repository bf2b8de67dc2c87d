// SPDX-License-Identifier: Apache-2.0
// Metadata that is damaged, or made to harm.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/wim/image_support.h"
#include "vfs/fs/tree_walker.h"

namespace casement::wim::test {
namespace {

namespace bdata = boost::unit_test::data;
namespace offset = fixture::wim_dentry_offset;
using casement::test::is_ok;
using casement::test::is_status;
using casement::test::mentions;
using casement::test::must;
using casement::test::Mutation;
using fixture::ByteVector;
using fixture::WimBuilder;
using fixture::WimMetadata;
using Strings = std::vector<std::string>;

/// `edit` gets the metadata of sound_tree() as it is written.
FileSystemPtr damaged_tree(const std::function<void(WimMetadata&)>& edit) {
  WimBuilder wim = sound_tree();
  wim.image().edit_metadata(edit);
  return open_tree(wim);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tree_damage)

// The root's entry: 8 + 2 * 8 + 20 + 24 bytes of security data, padded to 72.
constexpr std::size_t root_offset = 72;

const std::array mutations{
    Mutation{"security data beyond the metadata", 0, {0, 0, 1}, Status::corrupt},
    Mutation{"security data as long as an int", 0, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"no root entry", root_offset, {8}, Status::corrupt},
    Mutation{"a root entry of 101 bytes", root_offset, {101}, Status::corrupt},
    Mutation{"a root entry of 2^63 bytes", root_offset + 7, {0x80}, Status::corrupt},
    Mutation{"a root that is a file", root_offset + offset::attributes, {0x20}, Status::corrupt},
};
BOOST_DATA_TEST_CASE(cannot_be_opened, bdata::make(mutations), mutation) {
  const TestImage image(sound_tree());
  const auto bytes = casement::test::mutate(image.metadata, mutation.offset, mutation.bytes);
  const auto opened = open_image_tree(image.parts_with(bytes), {});
  BOOST_TEST(is_status(opened, mutation.expected));
  BOOST_TEST(mentions(opened.error().message(), {"test.wim image 1"}));
}

BOOST_AUTO_TEST_CASE(a_length_of_zero_means_no_security_data) {
  WimBuilder wim;
  wim.file("\\a", "x");
  wim.image().edit_metadata([](WimMetadata& metadata) { fixture::put_u32(metadata.bytes, 0, 0); });
  BOOST_TEST(list_names(*open_tree(wim), open_tree(wim)->root()) == Strings{"a"});
}

BOOST_AUTO_TEST_CASE(more_descriptors_than_bytes_are_damage_of_the_descriptors_alone) {
  const FileSystemPtr fs = damaged_tree([](WimMetadata& m) { fixture::put_u32(m.bytes, 4, 500); });
  BOOST_TEST(is_status(fs->security_descriptor(fs->root()), Status::corrupt));
  BOOST_TEST(list_names(*fs, fs->root()).size() == 5U);
}

BOOST_AUTO_TEST_CASE(descriptors_before_a_wrong_size_can_be_had) {
  const FileSystemPtr fs =
      damaged_tree([](WimMetadata& m) { fixture::put_u64(m.bytes, 16, ~std::uint64_t{0}); });
  BOOST_TEST(must(fs->security_descriptor(fs->root())).size() == 20U);
  BOOST_TEST(is_status(fs->security_descriptor(find_node(*fs, u"\\one")), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(refuses_names_that_lead_elsewhere_and_gives_their_neighbours) {
  WimBuilder wim;
  wim.file("\\before", "");
  wim.root().another_directory("..");
  wim.root().another_file(".");
  wim.root().another_file("a\\b");
  wim.root().another_file("a/b");
  wim.root().another_file(std::u16string(u"a\0b", 3));
  wim.root().another_file("");
  wim.root().another_file("before", "second");
  wim.file("\\behind", "").short_name("..");
  const FileSystemPtr fs = open_tree(wim);
  Strings expected = {"before"};
  expected.insert(expected.end(), 7, "!corrupt");
  expected.emplace_back("behind");
  BOOST_TEST(list_names(*fs, fs->root()) == expected);
  BOOST_TEST(scan_names(*fs).size() == 9U);
  BOOST_TEST(!must(fs->lookup(fs->root(), u"..")).has_value());
  BOOST_TEST(must(fs->lookup(fs->root(), u"behind"))->short_name.empty());
  BOOST_TEST(!must(fs->lookup(fs->root(), u"nothing")).has_value());
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\before")).empty());
  BOOST_TEST(finding_codes(*fs) == Strings(7, "wim-entry"));
}

BOOST_AUTO_TEST_CASE(an_entry_with_odd_names_does_not_hide_the_next) {
  const FileSystemPtr fs = damaged_tree([](WimMetadata& m) {
    fixture::put_u16(m.bytes, m.find("\\two").offset + offset::name_size, 7);
    fixture::put_u16(m.bytes, m.find("\\one").offset + offset::short_name_size, 60'000);
  });
  BOOST_TEST(list_names(*fs, fs->root()) ==
             (Strings{"!corrupt", "!corrupt", "dir", "four", "link"}));
  BOOST_TEST(is_ok(fs->lookup(fs->root(), u"dir")));
  // Its name may have been the one that is asked for.
  BOOST_TEST(is_status(fs->lookup(fs->root(), u"two"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_length_that_lies_ends_the_directory) {
  for (const std::uint64_t length :
       {std::uint64_t{101}, std::uint64_t{1} << 40U, ~std::uint64_t{0}}) {
    const FileSystemPtr fs = damaged_tree(
        [&](WimMetadata& m) { fixture::put_u64(m.bytes, m.find("\\two").offset, length); });
    BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"one", "!corrupt"}));
    BOOST_TEST(is_ok(fs->lookup(fs->root(), u"one")));
    BOOST_TEST(is_status(fs->lookup(fs->root(), u"dir"), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_stream_entry_hides_what_is_behind_it_only) {
  const FileSystemPtr fs = damaged_tree([](WimMetadata& m) {
    const auto& two = m.find("\\two");
    fixture::put_u64(m.bytes, two.extras + 40, 3);  // that of "s", behind the unnamed one
  });
  BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"one", "two", "!corrupt"}));
  const NodeId two = find_node(*fs, u"\\two");
  BOOST_TEST(read_text(*fs, two) == "2");
  BOOST_TEST(is_status(fs->open(two, u"s"), Status::corrupt));
  BOOST_TEST(must(fs->streams(two)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(more_stream_entries_than_there_are_is_damage) {
  WimBuilder wim;
  wim.file("\\a", "x").claimed_extra_count(0xFFFF);
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"a", "!truncated"}));
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\a")) == "x");
}

BOOST_AUTO_TEST_CASE(entries_beyond_the_metadata_are_an_error_of_their_directory) {
  WimBuilder wim;
  wim.directory("\\d").claimed_children(std::uint64_t{1} << 50U);
  wim.file("\\e", "");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(list_names(*fs, find_node(*fs, u"\\d")) == Strings{"!truncated"});
  BOOST_TEST(is_status(fs->lookup(find_node(*fs, u"\\d"), u"x"), Status::truncated));
  BOOST_TEST(scan_names(*fs) == (Strings{"1 d", "!truncated", "1 e"}));
}

BOOST_AUTO_TEST_CASE(a_directory_that_lies_in_itself_is_given_and_not_entered) {
  WimBuilder wim;
  const auto a = wim.directory("\\a");
  wim.directory("\\a\\b").same_children_as(a);
  wim.directory("\\root").same_children_as(wim.root());
  wim.file("\\z", "");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(scan_names(*fs) == (Strings{"1 a", "2 b", "!corrupt", "1 root", "!corrupt", "1 z"}));
  BOOST_TEST(must(fs->lookup(find_node(*fs, u"\\a\\b\\b\\b"), u"b")).has_value());
  TreeWalker walker(fs);
  int entries = 0;
  for (auto entry = walker.next(); !entry || *entry; entry = walker.next()) {
    ++entries;
  }
  BOOST_TEST(entries < 20);
}

BOOST_AUTO_TEST_CASE(entries_of_two_directories_are_given_once) {
  WimBuilder wim;
  wim.file("\\a\\x", "");
  wim.directory("\\b").same_children_as(wim.directory("\\a"));
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(scan_names(*fs) == (Strings{"1 a", "2 x", "1 b", "!corrupt"}));
}

BOOST_AUTO_TEST_CASE(directories_that_overlap_end_the_pass) {
  // Each of many directories begins one entry later in one long list of files.
  constexpr int count = 60;
  WimBuilder wim;
  for (int i = 0; i < count; ++i) {
    wim.directory("\\d" + std::to_string(i));
    wim.file("\\list\\f" + std::to_string(i), "");
  }
  wim.image().edit_metadata([](WimMetadata& m) {
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      const auto& dir = m.find("\\d" + number);
      fixture::put_u64(m.bytes, dir.offset + offset::children, m.find("\\list\\f" + number).offset);
    }
  });
  const auto names = scan_names(*open_tree(wim));
  BOOST_TEST(names.back() == "!corrupt");
  BOOST_TEST(names.size() < 4U * count);
}

BOOST_AUTO_TEST_CASE(stops_where_directories_are_too_deep) {
  constexpr std::size_t depth = 100'000;
  WimBuilder wim;
  auto dir = wim.root();
  for (std::size_t i = 0; i < depth; ++i) {
    dir = dir.directory("d");
  }
  const FileSystemPtr fs = open_tree(wim);
  const auto names = scan_names(*fs);
  BOOST_REQUIRE_EQUAL(names.size(), 16'385U);
  BOOST_TEST(names[16'383] == "16384 d");
  BOOST_TEST(names.back() == "!limit_exceeded");
}

BOOST_AUTO_TEST_CASE(stops_at_the_limit_of_entries) {
  WimBuilder wim;
  for (const char* name : {"a", "b", "c", "d"}) {
    wim.file(name, "");
  }
  wim.file("\\e\\f", "");
  Limits limits;
  limits.max_directory_entries = 3;
  const FileSystemPtr fs = TestImage(wim).open(limits);
  BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"a", "b", "c", "!limit_exceeded"}));
  BOOST_TEST(scan_names(*fs) == (Strings{"1 a", "1 b", "1 c", "!limit_exceeded"}));
  BOOST_TEST(must(fs->lookup(fs->root(), u"c")).has_value());
  BOOST_TEST(is_status(fs->lookup(fs->root(), u"d"), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(reparse_data_longer_than_windows_allows_is_refused) {
  WimBuilder wim;
  wim.file("\\a", "").reparse(0x80000021, ByteVector(16'376));
  wim.file("\\b", "").reparse(0x80000021, ByteVector(16'377));
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(must(fs->reparse_data(find_node(*fs, u"\\a"))).size() == 16'384U);
  BOOST_TEST(is_status(fs->reparse_data(find_node(*fs, u"\\b")), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::wim::test
