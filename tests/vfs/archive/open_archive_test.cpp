// SPDX-License-Identifier: Apache-2.0
// What every format gives: names, sizes, times, attributes, links, contents.
#include "vfs/archive/open_archive.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "fixtures/build/archive/archive_bytes.h"
#include "fixtures/build/archive/cab_builder.h"
#include "fixtures/build/archive/rar_builder.h"
#include "fixtures/build/archive/zip_builder.h"
#include "tests/vfs/archive/archive_support.h"
#include "vfs/fs/path_walker.h"

namespace casement::test {
namespace {

BOOST_AUTO_TEST_SUITE(open_archive)

fx::ByteVector small_tar() {
  fx::TarBuilder tar;
  tar.add_directory("./Windows/");
  (void)tar.add(
      {.name = "./Windows/win.ini", .content = fx::ascii_bytes("[fonts]"), .mtime = 1'000'000'000});
  (void)tar.add_file("./Windows/System32/config/SYSTEM", std::string(700, 'r'));
  return tar.build();
}

const std::string small_tree =
    "Windows/ Windows/System32/ Windows/System32/config/ "
    "Windows/System32/config/SYSTEM=" +
    std::string(700, 'r') + " Windows/win.ini=[fonts]";

BOOST_AUTO_TEST_CASE(reads_a_tar_with_the_directories_that_paths_imply) {
  const FileSystemPtr archive = open_bytes(small_tar());
  BOOST_TEST(archive->type_name() == "archive");
  BOOST_TEST(tree_text(archive) == small_tree);
  const NodeInfo info = stat_at(*archive, "windows/WIN.INI");
  BOOST_TEST(info.size == 7U);
  BOOST_TEST(info.attributes == file_attribute::normal);
  BOOST_TEST(info.modified.to_iso8601() == "2001-09-09T01:46:40.0000000Z");
  BOOST_TEST(!info.created.is_set());
  BOOST_TEST(stat_at(*archive, "Windows").attributes == file_attribute::directory);
  BOOST_TEST(archive->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(reads_a_compressed_tar) {
  const FileSystemPtr archive = open_bytes(fx::gzip_stored(small_tar()));
  BOOST_TEST(tree_text(archive) == small_tree);
  BOOST_TEST(mentions(archive->info().version, {"tar", "gzip"}));
}

BOOST_AUTO_TEST_CASE(a_source_stays_usable_when_the_file_system_is_gone) {
  for (const bool packed : {false, true}) {
    SourcePtr source;
    {
      const FileSystemPtr archive = open_bytes(packed ? fx::gzip_stored(small_tar()) : small_tar());
      source = must(archive->open(entry_at(*archive, "Windows/win.ini").node, {}));
    }
    std::string text(source->size(), '\0');
    BOOST_TEST(is_ok(source->read(0, std::as_writable_bytes(std::span(text)))));
    BOOST_TEST(text == "[fonts]");
    BOOST_TEST(
        is_status(source->read(1, std::as_writable_bytes(std::span(text))), Status::truncated));
  }
}

BOOST_AUTO_TEST_CASE(lists_directories_in_the_order_of_the_archive) {
  fx::TarBuilder tar;
  for (const char* name : {"z", "dir/q", "a", "dir/b", "M"}) {
    (void)tar.add_file(name, name);
  }
  const FileSystemPtr archive = open_bytes(tar.build());
  const std::vector<std::string> expected{"z", "dir", "a", "M"};
  BOOST_TEST(names_in(*archive, archive->root()) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pax_records_give_long_names_times_sizes_and_attributes) {
  fx::TarBuilder tar;
  const std::string deep = "Windows/WinSxS/" + std::string(180, 'x') + "/\xD0\x9F.dll";
  (void)tar.add({.name = "short",
                 .content = fx::ascii_bytes("pax"),
                 .pax = {{"path", deep},
                         {"mtime", "1000000000.1234567"},
                         {"atime", "1000000001.5"},
                         {"ctime", "1000000002"},
                         {"LIBARCHIVE.creationtime", "999999999.25"},
                         {"SCHILY.fflags", "rdonly,hidden,system"}}});
  const FileSystemPtr archive = open_bytes(tar.build());
  BOOST_TEST(content_at(*archive, deep) == "pax");
  const NodeInfo info = stat_at(*archive, deep);
  BOOST_TEST(info.modified.to_iso8601() == "2001-09-09T01:46:40.1234567Z");
  BOOST_TEST(info.accessed.to_iso8601() == "2001-09-09T01:46:41.5000000Z");
  BOOST_TEST(info.changed.to_iso8601() == "2001-09-09T01:46:42.0000000Z");
  BOOST_TEST(info.created.to_iso8601() == "2001-09-09T01:46:39.2500000Z");
  BOOST_TEST(info.attributes ==
             (file_attribute::read_only | file_attribute::hidden | file_attribute::system));
  BOOST_TEST(archive->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(hard_links_are_one_node) {
  fx::TarBuilder tar;
  tar.add_hard_link("early", "dir/file");  // its target comes later
  (void)tar.add_file("dir/file", "shared");
  tar.add_hard_link("dir/other", "./dir/file");
  tar.add_hard_link("lost", "no/such/file");
  const FileSystemPtr archive = open_bytes(tar.build());
  BOOST_TEST(tree_text(archive) == "dir/ dir/file=shared dir/other=shared early=shared");
  BOOST_TEST((entry_at(*archive, "early").node == entry_at(*archive, "dir/file").node));
  BOOST_TEST(stat_at(*archive, "dir/other").link_count == 3U);
  BOOST_TEST(
      mentions(finding(*archive, "archive-link-target-missing"), {"\\lost", "\\no\\such\\file"}));
}

BOOST_AUTO_TEST_CASE(symlinks_are_reparse_points_that_stay_in_the_archive) {
  fx::TarBuilder tar;
  (void)tar.add_file("Users/me/x.txt", "x");
  tar.add_symlink("Documents and Settings", "Users");
  tar.add_symlink("absolute", "/Users/me");
  tar.add_symlink("out", "../../../../Users/me/x.txt");
  const FileSystemPtr archive = open_bytes(tar.build());
  const NodeInfo info = stat_at(*archive, "out");
  BOOST_TEST((info.kind == NodeKind::reparse_point));
  BOOST_TEST(info.reparse_tag == reparse_tag::symlink);
  BOOST_TEST(info.attributes == file_attribute::reparse_point);
  for (const auto* path :
       {u"\\documents and settings\\me\\x.txt", u"\\absolute\\x.txt", u"\\out"}) {
    const auto found = must(find_path(archive, path));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(to_utf8(found->path) == "\\Users\\me\\x.txt");
  }
  BOOST_TEST(is_status(archive->open(entry_at(*archive, "out").node, {}), Status::not_found));
  BOOST_TEST(is_status(archive->reparse_data(archive->root()), Status::not_a_reparse_point));
}

BOOST_AUTO_TEST_CASE(a_sparse_file_has_its_holes) {
  fx::TarBuilder tar;
  // GNU format 1.0: the map is in front of the data.
  const std::string map = "1\n600\n5\n";
  fx::ByteVector content = fx::ascii_bytes(map);
  content.resize(512);
  fx::append_bytes(content, fx::ascii_bytes("data!"));
  (void)tar.add({.name = "GNUSparseFile.0/hole",
                 .content = content,
                 .pax = {{"GNU.sparse.major", "1"},
                         {"GNU.sparse.minor", "0"},
                         {"GNU.sparse.name", "hole"},
                         {"GNU.sparse.realsize", "900"}}});
  (void)tar.add_file("after", "behind it");
  for (const bool packed : {false, true}) {
    const FileSystemPtr archive = open_bytes(packed ? fx::gzip_stored(tar.build()) : tar.build());
    const NodeInfo info = stat_at(*archive, "hole");
    BOOST_TEST(info.size == 900U);
    BOOST_TEST((info.attributes & file_attribute::sparse) != 0U);
    BOOST_TEST(content_at(*archive, "hole") ==
               std::string(600, '\0') + "data!" + std::string(295, '\0'));
    BOOST_TEST(content_at(*archive, "after") == "behind it");
  }
}

BOOST_AUTO_TEST_CASE(reads_rar_4_and_5) {
  const std::vector<fx::RarMember> members{
      {.name = "Windows/win.ini",
       .content = fx::ascii_bytes("[fonts]"),
       .attributes = 0x21,
       .dos_time = 0x2B29'0DC0,
       .unix_time = 1'000'000'000},
      {.name = "Windows/System32/x", .content = fx::ascii_bytes("y")}};
  for (const bool five : {false, true}) {
    const FileSystemPtr archive =
        open_bytes(five ? fx::build_rar5(members) : fx::build_rar4(members));
    BOOST_TEST(tree_text(archive) ==
               "Windows/ Windows/System32/ Windows/System32/x=y Windows/win.ini=[fonts]");
    // RAR 4 has the reading of a clock: the 9th of September 2001, 01:46.
    BOOST_TEST(stat_at(*archive, "Windows/win.ini").modified.to_iso8601() ==
               (five ? "2001-09-09T01:46:40.0000000Z" : "2001-09-09T01:46:00.0000000Z"));
    // libarchive does not hand on the attributes of RAR 4.
    BOOST_TEST(stat_at(*archive, "Windows/win.ini").attributes ==
               (five ? file_attribute::read_only : file_attribute::normal));
    BOOST_TEST(archive->diagnostics().empty());
  }
}

BOOST_AUTO_TEST_CASE(clock_readings_do_not_depend_on_the_zone_of_the_host) {
  const char* const before = std::getenv("TZ");  // NOLINT(concurrency-mt-unsafe): one thread
  const std::string zone = before != nullptr ? before : "";
  for (const char* other : {"UTC", "Asia/Kolkata", "XYZ+11"}) {
    ::setenv("TZ", other, 1);  // NOLINT(concurrency-mt-unsafe)
    ::tzset();
    const FileSystemPtr archive = open_bytes(fx::build_cab({{.name = "a\\b.txt",
                                                             .content = fx::ascii_bytes("cab"),
                                                             .dos_date = 0x2B29,
                                                             .dos_time = 0x0DC0}}));
    BOOST_TEST(stat_at(*archive, "a/b.txt").modified.to_iso8601() ==
               "2001-09-09T01:46:00.0000000Z");
    BOOST_TEST(content_at(*archive, "a/b.txt") == "cab");
  }
  if (before != nullptr) {
    ::setenv("TZ", zone.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  } else {
    ::unsetenv("TZ");  // NOLINT(concurrency-mt-unsafe)
  }
  ::tzset();
}

BOOST_AUTO_TEST_CASE(questions_that_make_no_sense_are_errors) {
  const FileSystemPtr archive = open_bytes(small_tar());
  const NodeId file = entry_at(*archive, "Windows/win.ini").node;
  const NodeId none{99};
  BOOST_TEST(is_status(archive->stat(none), Status::invalid_argument));
  BOOST_TEST(is_status(archive->read_dir(none), Status::invalid_argument));
  BOOST_TEST(is_status(archive->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(archive->lookup(file, u"x"), Status::not_a_directory));
  BOOST_TEST(is_status(archive->open(archive->root(), {}), Status::not_found));
  BOOST_TEST(is_status(archive->open(file, u"stream"), Status::not_found));
  BOOST_TEST(!must(archive->lookup(archive->root(), u"")).has_value());
  BOOST_TEST(must(archive->streams(archive->root())).empty());
  BOOST_TEST(must(archive->streams(file)).size() == 1U);
  BOOST_TEST(must(archive->security_descriptor(file)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
