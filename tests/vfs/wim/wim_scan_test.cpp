// SPDX-License-Identifier: Apache-2.0
// Passes over a whole image: the scan, the uses of blobs, and decoding ahead of them.
#include "vfs/wim/wim_scan.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/wim/image_support.h"
#include "vfs/core/digest.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_scan.h"
#include "vfs/wim/metadata_loader.h"
#include "vfs/wim/stream_uses.h"

namespace casement::wim::test {
namespace {

using casement::test::is_ok;
using casement::test::is_status;
using casement::test::mentions;
using casement::test::must;
using fixture::WimBuilder;
using Strings = std::vector<std::string>;

/// More than a megabyte of metadata: several segments of the loader.
WimBuilder large_tree() {
  WimBuilder wim;
  for (int i = 0; i < 90; ++i) {
    for (int j = 0; j < 100; ++j) {
      wim.file("\\directory " + std::to_string(i) + "\\file number " + std::to_string(j), "x");
    }
  }
  return wim;
}

/// "path:stream hash" for each use.
Strings uses_of(const ImageParts& parts, Diagnostics& findings) {
  Strings uses;
  const auto add = [&](const StreamUse& use) {
    uses.push_back(to_utf8(use.path()) +
                   (use.kind == StreamKind::reparse_data ? " reparse " : " ") +
                   to_hex(use.hash).substr(0, 8));
    return true;
  };
  BOOST_TEST(is_ok(for_each_stream_use(parts, {}, add, findings)));
  return uses;
}

std::string hash_of(std::string_view content) {
  return to_hex(sha1(fixture::ascii_bytes(content))).substr(0, 8);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wim_scan)

BOOST_AUTO_TEST_CASE(gives_directories_before_what_is_in_them) {
  WimBuilder wim;
  wim.file("\\a\\b\\c", "");
  wim.file("\\a\\d", "");
  wim.directory("\\e");
  wim.file("\\f", "");
  BOOST_TEST(scan_names(*open_tree(wim)) == (Strings{"1 a", "2 b", "3 c", "2 d", "1 e", "1 f"}));
}

BOOST_AUTO_TEST_CASE(an_image_may_be_empty) {
  WimBuilder wim;
  (void)wim.root();
  BOOST_TEST(scan_names(*open_tree(wim)).empty());
  WimBuilder without_list;
  without_list.root().claimed_children(0);
  const FileSystemPtr fs = open_tree(without_list);
  BOOST_TEST(scan_names(*fs).empty());
  BOOST_TEST(list_names(*fs, fs->root()).empty());
  BOOST_TEST(!must(fs->lookup(fs->root(), u"a")).has_value());
}

BOOST_AUTO_TEST_CASE(says_the_same_as_asking_for_each_node) {
  WimBuilder wim;
  const auto linked = wim.file("\\linked", "content");
  linked.link(wim.directory("\\dir"), "again");
  wim.file("\\dir\\streams", "main").stream("s", "x").short_name("STREAM~1");
  wim.file("\\dir\\link", "").reparse_buffer(fixture::symlink_reparse("x", "", true));
  wim.directory("\\junction").reparse_buffer(fixture::mount_point_reparse("\\??\\C:\\dir", ""));
  wim.file("\\empty", "").attributes(0);
  const FileSystemPtr fs = open_tree(wim);
  const auto scan = must(fs->scan({}));
  const auto walk = walk_tree(fs, fs->root(), {});
  int entries = 0;
  while (const auto scanned = must(scan->next())) {
    const auto walked = must(walk->next());
    BOOST_REQUIRE(walked.has_value());
    BOOST_TEST((scanned->name == walked->name));
    BOOST_TEST((scanned->short_name == walked->short_name));
    BOOST_TEST((scanned->node == walked->node));
    BOOST_TEST((scanned->parent == walked->parent));
    BOOST_TEST(scanned->depth == walked->depth);
    BOOST_TEST((scanned->info.kind == walked->info.kind));
    BOOST_TEST(scanned->info.size == walked->info.size);
    BOOST_TEST(scanned->info.attributes == walked->info.attributes);
    BOOST_TEST(scanned->info.link_count == must(fs->link_count(walked->node)));
    BOOST_TEST(scanned->info.reparse_tag == walked->info.reparse_tag);
    ++entries;
  }
  BOOST_TEST(!must(walk->next()).has_value());
  BOOST_TEST(entries == 7);
}

BOOST_AUTO_TEST_CASE(counts_links_before_it_gives_the_first) {
  WimBuilder wim;
  const auto first = wim.file("\\a", "content");
  first.link(wim.directory("\\b"), "c");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(must(must(fs->scan({}))->next())->info.link_count == 2U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decoded_does_not_hide_the_rest) {
  const TestImage image(large_tree());
  BOOST_REQUIRE_GT(image.metadata.size(), std::size_t{1} << 20U);
  const auto all = scan_names(*image.open());
  BOOST_TEST(all.size() == 9090U);
  image.source->break_block(20);
  const auto names = scan_names(*image.open());
  const auto errors = std::ranges::count(names, "!corrupt");
  BOOST_TEST(errors >= 1);
  BOOST_TEST(errors <= 10);
  BOOST_TEST(names.size() > 8000U);
  BOOST_TEST(names.size() < 9000U);
  BOOST_TEST(names.back() == all.back());
}

BOOST_AUTO_TEST_CASE(decodes_the_same_with_any_number_of_threads) {
  const TestImage image(large_tree());
  for (const unsigned threads : {1U, 2U, 7U}) {
    LoadedMetadata view(image.source, threads);
    const auto end = must(view.at(image.metadata.size() - 200, 200, "end"));
    BOOST_TEST(std::ranges::equal(end, std::span(image.metadata).last(200)));
    const auto all = must(view.at(0, image.metadata.size(), "all"));
    BOOST_TEST(std::ranges::equal(all, image.metadata));
    BOOST_TEST(is_status(view.at(image.metadata.size() - 1, 2, "end"), Status::truncated));
    BOOST_TEST(is_status(view.at(~std::uint64_t{0}, 2, "end"), Status::truncated));
  }
}

BOOST_AUTO_TEST_CASE(stops_decoding_when_nobody_waits) {
  const TestImage image(large_tree());
  for (int i = 0; i < 20; ++i) {
    const auto scan = must(image.open()->scan({}));
    if (i % 2 == 0) {
      BOOST_TEST(is_ok(scan->next()));
    }
  }
}

BOOST_AUTO_TEST_CASE(names_all_users_of_blobs) {
  WimBuilder wim;
  wim.root().stream("of the root", "r");
  wim.file("\\dir\\a", "content").stream("s", "stream").stream("empty", "");
  wim.file("\\b", "content");
  wim.file("\\empty", "");
  const auto link = fixture::symlink_reparse("x", "", true);
  wim.file("\\link", "").reparse_buffer(link);
  const std::string data = to_hex(sha1(std::span(link).subspan(8))).substr(0, 8);
  const TestImage image(wim);
  ImageParts parts = image.parts();
  parts.blobs = nullptr;
  Diagnostics findings;
  BOOST_TEST(uses_of(parts, findings) ==
             (Strings{"\\:of the root " + hash_of("r"), "\\dir\\a " + hash_of("content"),
                      "\\dir\\a:s " + hash_of("stream"), "\\b " + hash_of("content"),
                      "\\link reparse " + data}));
  BOOST_TEST(findings.empty());
}

BOOST_AUTO_TEST_CASE(of_a_path_that_is_too_long_the_end_is_given) {
  const std::u16string directory(40'000, u'd');
  const StreamUse use{.directory = directory, .name = u"name", .stream = u"stream"};
  const std::u16string path = use.path();
  BOOST_TEST(path.size() == 32'767U);
  BOOST_TEST(path.starts_with(u"...ddd"));
  BOOST_TEST(path.ends_with(u"d\\name:stream"));
  const StreamUse only_name{.directory = {}, .name = directory, .stream = {}};
  BOOST_TEST(only_name.path().size() == 32'767U);
}

BOOST_AUTO_TEST_CASE(users_behind_damage_are_named_and_the_damage_reported) {
  WimBuilder wim;
  wim.directory("\\lost").claimed_children(std::uint64_t{1} << 40U);
  wim.file("\\a", "content");
  const TestImage image(wim);
  Diagnostics findings;
  BOOST_TEST(uses_of(image.parts(), findings) == Strings{"\\a " + hash_of("content")});
  BOOST_REQUIRE_EQUAL(findings.items().size(), 1U);
  BOOST_TEST(findings.items()[0].code == "wim-metadata");
  BOOST_TEST(mentions(findings.items()[0].text, {"test.wim image 1", "\\lost"}));
}

BOOST_AUTO_TEST_CASE(users_are_named_until_nobody_wants_more) {
  WimBuilder wim;
  wim.file("\\a", "1");
  wim.file("\\b", "2");
  int calls = 0;
  Diagnostics findings;
  const auto stop = [&](const StreamUse&) { return ++calls < 1; };
  BOOST_TEST(is_ok(for_each_stream_use(TestImage(wim).parts(), {}, stop, findings)));
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::wim::test
