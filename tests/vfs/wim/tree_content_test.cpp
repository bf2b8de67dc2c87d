// SPDX-License-Identifier: Apache-2.0
// Streams, reparse points, and where the bytes of a file are.
#include "vfs/wim/tree_content.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "fixtures/build/ntfs/wof_writer.h"
#include "tests/support/matchers.h"
#include "tests/vfs/wim/image_support.h"
#include "vfs/core/digest.h"
#include "vfs/fs/path_walker.h"
#include "vfs/fs/reparse.h"

namespace casement::wim::test {
namespace {

using casement::test::is_status;
using casement::test::mentions;
using casement::test::must;
using fixture::ByteVector;
using fixture::WimBuilder;
using Strings = std::vector<std::string>;

constexpr std::uint32_t symlink_tag = 0xA000000C;

/// The substitute name of the reparse point at `path`.
std::u16string target_of(const FileSystem& fs, std::u16string_view path) {
  return must(parse_reparse_target(must(fs.reparse_data(find_node(fs, path))))).target;
}

std::u16string resolved_path(const FileSystemPtr& fs, std::u16string_view path) {
  const auto found = must(find_path(fs, path));
  return found ? found->path : u"nowhere";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tree_content)

BOOST_AUTO_TEST_CASE(finds_named_streams_whatever_the_layout) {
  using enum fixture::WimStreamLayout;
  for (const auto layout : {automatic, in_dentry, in_extras}) {
    WimBuilder wim;
    wim.file("\\a", "main").stream("Zone.Identifier", "[ZoneTransfer]").stream("empty", "");
    wim.file("\\a").stream_layout(layout);
    wim.directory("\\d").stream("s", "of a directory");
    const FileSystemPtr fs = open_tree(wim);
    const NodeId a = find_node(*fs, u"\\a");
    const auto streams = must(fs->streams(a));
    BOOST_REQUIRE_EQUAL(streams.size(), 3U);
    BOOST_TEST(streams[0].name.empty());
    BOOST_TEST(streams[0].size == 4U);
    BOOST_TEST((streams[1].name == u"Zone.Identifier"));
    BOOST_TEST(streams[1].size == 14U);
    BOOST_TEST(streams[2].size == 0U);
    BOOST_TEST(read_text(*fs, a) == "main");
    BOOST_TEST(read_text(*fs, a, u"zone.identifier") == "[ZoneTransfer]");
    BOOST_TEST(read_text(*fs, a, u"empty").empty());
    BOOST_TEST(is_status(fs->open(a, u"other"), Status::not_found));
    BOOST_TEST(must(fs->stat(a)).size == 4U);

    const NodeId d = find_node(*fs, u"\\d");
    BOOST_TEST(must(fs->streams(d)).size() == 1U);
    BOOST_TEST(read_text(*fs, d, u"s") == "of a directory");
    BOOST_TEST(fs->diagnostics().empty());
  }
}

BOOST_AUTO_TEST_CASE(leaves_out_streams_that_no_stream_may_be_named) {
  WimBuilder wim;
  wim.file("\\a", "main")
      .stream("s", "first")
      .stream("t", "second")
      .stream("x:y", "")
      .stream("x\\y", "");
  wim.image().edit_metadata([](fixture::WimMetadata& metadata) {
    // Behind an unnamed entry of 40 bytes and one of 48.
    const std::size_t name = metadata.find("\\a").extras + 40 + 48 + 38;
    fixture::put_u16(metadata.bytes, name, u's');
  });
  const FileSystemPtr fs = open_tree(wim);
  const NodeId a = find_node(*fs, u"\\a");
  BOOST_TEST(must(fs->streams(a)).size() == 2U);
  BOOST_TEST(read_text(*fs, a, u"s") == "first");
  BOOST_TEST(finding_codes(*fs) == Strings{"wim-stream"});
}

BOOST_AUTO_TEST_CASE(names_the_content_that_no_part_has) {
  WimBuilder wim;
  wim.file("\\gone", "left out").stream("too", "left out");
  wim.leave_out("left out");
  const FileSystemPtr fs = open_tree(wim);
  const NodeId node = find_node(*fs, u"\\gone");
  BOOST_TEST(must(fs->stat(node)).size == 0U);
  BOOST_TEST(finding_codes(*fs) == Strings{"wim-missing-blob"});
  BOOST_TEST(must(fs->streams(node)).size() == 2U);
  const auto opened = fs->open(node, u"");
  BOOST_TEST(is_status(opened, Status::not_found));
  const ByteVector content = fixture::ascii_bytes("left out");
  const std::string hash = to_hex(sha1(content));
  BOOST_TEST(mentions(opened.error().message(), {"test.wim image 1", hash.c_str()}));
  BOOST_TEST(mentions(fs->diagnostics().items()[0].text, {hash.c_str()}));
}

BOOST_AUTO_TEST_CASE(reparse_data_gets_its_header) {
  WimBuilder wim;
  const ByteVector link = fixture::symlink_reparse("..\\target", "", true);
  wim.file("\\link", "").reparse_buffer(link);
  wim.file("\\both", "plain").reparse_buffer(fixture::wof_file_reparse(1));
  const FileSystemPtr fs = open_tree(wim);
  const NodeId node = find_node(*fs, u"\\link");
  BOOST_TEST((must(fs->reparse_data(node)) == link));
  const NodeInfo info = must(fs->stat(node));
  BOOST_TEST((info.kind == NodeKind::reparse_point));
  BOOST_TEST(info.reparse_tag == symlink_tag);
  BOOST_TEST(info.size == 0U);
  BOOST_TEST(info.link_count == 1U);
  BOOST_TEST(read_text(*fs, node).empty());

  const NodeId both = find_node(*fs, u"\\both");
  BOOST_TEST((must(fs->reparse_data(both)) == fixture::wof_file_reparse(1)));
  BOOST_TEST(read_text(*fs, both) == "plain");
  const NodeInfo plain = must(fs->stat(both));
  BOOST_TEST((plain.kind == NodeKind::file));
  BOOST_TEST((plain.content == ContentKind::wof));
  BOOST_TEST(plain.size == 5U);
}

BOOST_AUTO_TEST_CASE(follows_targets_that_are_relative_to_the_root_of_the_image) {
  WimBuilder wim;
  wim.file("\\Users\\Public\\x.txt", "");
  wim.directory("\\Documents and Settings")
      .reparse_buffer(fixture::mount_point_reparse("\\??\\D:\\Users", "D:\\Users"));
  wim.directory("\\All").reparse_buffer(
      fixture::symlink_reparse("\\??\\d:\\Users\\Public", "D:\\Users\\Public", false));
  wim.directory("\\Root").reparse_buffer(fixture::mount_point_reparse("\\??\\D:\\", ""));
  wim.directory("\\Elsewhere")
      .reparse_buffer(fixture::mount_point_reparse("\\??\\D:\\Users", ""), 1);
  wim.directory("\\Relative").reparse_buffer(fixture::symlink_reparse("Users\\Public", "", true));
  wim.directory("\\Volume")
      .reparse_buffer(
          fixture::mount_point_reparse("\\??\\Volume{00112233-4455-6677-8899-aabbccddeeff}\\", ""));
  const fixture::BuiltWim built = wim.build_mapped();

  const FileSystemPtr fs = TestImage(built, true).open();
  BOOST_TEST((target_of(*fs, u"\\Documents and Settings") == u"\\Users"));
  BOOST_TEST((target_of(*fs, u"\\All") == u"\\Users\\Public"));
  BOOST_TEST((target_of(*fs, u"\\Relative") == u"Users\\Public"));
  BOOST_TEST((target_of(*fs, u"\\Volume").starts_with(u"\\??\\Volume{")));
  BOOST_TEST(
      (resolved_path(fs, u"\\documents and settings\\PUBLIC\\X.TXT") == u"\\Users\\Public\\x.txt"));
  BOOST_TEST((resolved_path(fs, u"\\All\\x.txt") == u"\\Users\\Public\\x.txt"));
  BOOST_TEST((resolved_path(fs, u"\\Root\\Users") == u"\\Users"));
  BOOST_TEST((resolved_path(fs, u"\\Relative\\x.txt") == u"\\Users\\Public\\x.txt"));
  // Marked as not made relative: drive D: is another volume.
  BOOST_TEST((resolved_path(fs, u"\\Elsewhere\\Public") == u"nowhere"));

  const FileSystemPtr plain = TestImage(built, false).open();
  BOOST_TEST((target_of(*plain, u"\\All") == u"\\??\\d:\\Users\\Public"));
  BOOST_TEST((resolved_path(plain, u"\\All\\x.txt") == u"nowhere"));
}

BOOST_AUTO_TEST_CASE(a_directory_behind_a_tag_that_is_no_link_is_a_directory) {
  WimBuilder wim;
  wim.directory("\\OneDrive").reparse_buffer(fixture::cloud_reparse());
  wim.file("\\OneDrive\\x", "");
  wim.file("\\OneDrive\\here", "here").reparse_buffer(fixture::cloud_reparse(0x9000301A));
  wim.file("\\OneDrive\\far", "?").reparse_buffer(fixture::cloud_reparse()).attributes(0x1000);
  wim.file("\\dedup", "?").reparse_buffer(fixture::dedup_reparse());
  const FileSystemPtr fs = open_tree(wim);
  const NodeId dir = find_node(*fs, u"\\OneDrive");
  BOOST_TEST((must(fs->stat(dir)).kind == NodeKind::directory));
  BOOST_TEST(list_names(*fs, dir) == (Strings{"x", "here", "far"}));
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\OneDrive\\here")) == "here");
  const NodeId far = find_node(*fs, u"\\OneDrive\\far");
  BOOST_TEST((must(fs->stat(far)).content == ContentKind::cloud_placeholder));
  BOOST_TEST(is_status(fs->open(far, u""), Status::unsupported));
  const NodeId dedup = find_node(*fs, u"\\dedup");
  BOOST_TEST((must(fs->stat(dedup)).content == ContentKind::deduplicated));
  BOOST_TEST(is_status(fs->open(dedup, u""), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(gives_encrypted_files_as_they_were_exported) {
  WimBuilder wim;
  wim.file("\\secret", "EFSRPC").attributes(0x4020);
  wim.file("\\more", "EFSRPC").attributes(0x4020).stream("s", "x").unnamed_extra("no more");
  const FileSystemPtr fs = open_tree(wim);
  for (const char16_t* path : {u"\\secret", u"\\more"}) {
    const NodeId node = find_node(*fs, path);
    BOOST_TEST((must(fs->stat(node)).content == ContentKind::encrypted));
    BOOST_TEST(read_text(*fs, node) == "EFSRPC");
  }
}

BOOST_AUTO_TEST_CASE(decodes_files_of_compact_os_that_were_captured_raw) {
  std::string plain;
  for (int i = 0; plain.size() < 100'000; ++i) {
    plain += "line " + std::to_string(i) + "\n";
  }
  const ByteVector bytes = fixture::ascii_bytes(plain);
  for (std::uint32_t algorithm = 0; algorithm < 4; ++algorithm) {
    const ByteVector packed =
        fixture::wof_stream(static_cast<fixture::WofAlgorithm>(algorithm), bytes, false);
    BOOST_TEST(packed.size() < bytes.size());
    WimBuilder wim;
    wim.file("\\a", ByteVector(bytes.size()))
        .reparse_buffer(fixture::wof_file_reparse(algorithm))
        .stream("WofCompressedData", packed);
    wim.file("\\short", ByteVector(std::size_t{1} << 20U))
        .reparse_buffer(fixture::wof_file_reparse(algorithm))
        .stream("WofCompressedData", "x");
    const FileSystemPtr fs = open_tree(wim);
    const NodeId node = find_node(*fs, u"\\a");
    BOOST_TEST((must(fs->stat(node)).content == ContentKind::wof));
    BOOST_TEST(must(fs->stat(node)).size == plain.size());
    BOOST_TEST((read_text(*fs, node) == plain));
    BOOST_TEST(must(fs->open(node, u"WofCompressedData"))->size() == packed.size());
    BOOST_TEST(is_status(fs->open(find_node(*fs, u"\\short"), u""), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(content_outside_of_the_image_is_not_taken_for_zeros) {
  WimBuilder wim;
  wim.file("\\wimboot", ByteVector(5)).reparse_buffer(fixture::wof_wim_reparse(1, 5, 5, 0));
  wim.file("\\unknown", ByteVector(5)).reparse_buffer(fixture::wof_file_reparse(4));
  wim.file("\\damaged", ByteVector(5)).reparse(0x80000017, ByteVector(3));
  const FileSystemPtr fs = open_tree(wim);
  const auto open = [&](std::u16string_view path) { return fs->open(find_node(*fs, path), u""); };
  BOOST_TEST(is_status(open(u"\\wimboot"), Status::unsupported));
  BOOST_TEST(is_status(open(u"\\unknown"), Status::unsupported));
  BOOST_TEST(is_status(open(u"\\damaged"), Status::truncated));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::wim::test
