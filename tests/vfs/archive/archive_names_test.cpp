// SPDX-License-Identifier: Apache-2.0
// Names and members that mean harm, or were written by odd programs.
#include <boost/test/unit_test.hpp>
#include <clocale>

#include "fixtures/build/archive/archive_bytes.h"
#include "fixtures/build/archive/rar_builder.h"
#include "fixtures/build/archive/zip_builder.h"
#include "tests/vfs/archive/archive_support.h"

namespace casement::test {
namespace {

fx::ByteVector tar_of(const std::vector<std::string>& names) {
  fx::TarBuilder tar;
  for (const std::string& name : names) {
    (void)tar.add_file(name, "x");
  }
  return tar.build();
}

BOOST_AUTO_TEST_SUITE(archive_names)

BOOST_AUTO_TEST_CASE(absolute_paths_begin_at_the_root_of_the_archive) {
  const FileSystemPtr archive = open_bytes(tar_of({"/etc/passwd", "//a"}));
  BOOST_TEST(tree_text(archive) == "a=x etc/ etc/passwd=x");
  BOOST_TEST(mentions(finding(*archive, "archive-absolute-name"), {"/etc/passwd"}));
}

BOOST_AUTO_TEST_CASE(paths_with_two_dots_are_left_out) {
  const FileSystemPtr archive =
      open_bytes(tar_of({"../up", "a/../../up", "a\\..\\b", "..", "a/..b", "good"}));
  BOOST_TEST(tree_text(archive) == "a/ a/..b=x good=x");
  BOOST_TEST(archive->diagnostics().items().size() == 4U);
  BOOST_TEST(mentions(finding(*archive, "archive-bad-name"), {"../up", ".."}));
}

BOOST_AUTO_TEST_CASE(a_backslash_separates_and_a_drive_is_a_directory) {
  const FileSystemPtr archive =
      open_bytes(tar_of({"C:\\Windows\\win.ini", "\\\\?\\D:\\x", "dir\\"}));
  BOOST_TEST(tree_text(archive) == "C:/ C:/Windows/ C:/Windows/win.ini=x D:/ D:/x=x dir/");
  BOOST_TEST(findings_of(*archive).contains("archive-backslash"));
  BOOST_TEST(findings_of(*archive).contains("archive-drive-name"));
}

BOOST_AUTO_TEST_CASE(empty_and_dotted_parts_are_dropped) {
  const FileSystemPtr archive = open_bytes(tar_of({"./a//b/./c", "d/."}));
  BOOST_TEST(tree_text(archive) == "a/ a/b/ a/b/c=x d=x");
}

BOOST_AUTO_TEST_CASE(of_two_members_with_one_path_the_later_wins) {
  fx::TarBuilder tar;
  (void)tar.add_file("a", "old");
  (void)tar.add_file("d/x", "kept");
  (void)tar.add_file("a", "new");
  tar.add_directory("d");  // again: nothing is lost
  (void)tar.add_file("f", "a file");
  (void)tar.add_file("f/below", "now a directory");
  (void)tar.add_file("g/gone", "below a directory");
  (void)tar.add_file("g", "now a file");
  const FileSystemPtr archive = open_bytes(tar.build());
  BOOST_TEST(tree_text(archive) == "a=new d/ d/x=kept f/ f/below=now a directory g=now a file");
  BOOST_TEST(archive->diagnostics().items().size() == 3U);
  BOOST_TEST(mentions(finding(*archive, "archive-duplicate-name"), {"\"a\""}));
}

BOOST_AUTO_TEST_CASE(names_that_differ_in_case_are_both_kept) {
  const FileSystemPtr archive = open_bytes(tar_of({"dir/a", "DIR/b", "dir/A"}));
  BOOST_TEST(tree_text(archive) == "DIR/ DIR/b=x dir/ dir/A=x dir/a=x");
  BOOST_TEST(to_utf8(entry_at(*archive, "dir").name) == "dir");
  BOOST_TEST(!findings_of(*archive).contains("ambiguous-case"));
  BOOST_TEST(to_utf8(entry_at(*archive, "Dir").name) == "DIR");
  BOOST_TEST(mentions(finding(*archive, "ambiguous-case"), {"DIR"}));
}

BOOST_AUTO_TEST_CASE(special_files_are_left_out) {
  fx::TarBuilder tar;
  for (const char type : {'3', '4', '6'}) {
    (void)tar.add({.name = std::string("dev") + type, .type = type});
  }
  (void)tar.add_file("file", "x");
  const FileSystemPtr archive = open_bytes(tar.build());
  BOOST_TEST(tree_text(archive) == "file=x");
  BOOST_TEST(archive->diagnostics().items().size() == 3U);
  BOOST_TEST(mentions(finding(*archive, "archive-special-file"), {"dev3"}));
}

BOOST_AUTO_TEST_CASE(names_do_not_depend_on_the_locale) {
  fx::TarBuilder tar;
  (void)tar.add_file("plain \xD0\x9F", "ustar");
  (void)tar.add({.name = "p", .pax = {{"path", "pax \xD0\x9F e\xCC\x81"}}});  // not composed
  (void)tar.add({.name = "l", .type = '2', .link = "x", .pax = {{"linkpath", "\xD0\x9F"}}});
  const fx::ByteVector rar = fx::build_rar5({{.name = "rar \xD0\x9F"}});
  for (const char* locale : {"C", "C.UTF-8", "POSIX"}) {
    BOOST_REQUIRE(std::setlocale(LC_ALL, locale) != nullptr);  // NOLINT(concurrency-mt-unsafe)
    const FileSystemPtr archive = open_bytes(tar.build());
    const std::vector<std::string> expected{"plain \xD0\x9F", "pax \xD0\x9F e\xCC\x81", "l"};
    BOOST_TEST(names_in(*archive, archive->root()) == expected, boost::test_tools::per_element());
    BOOST_TEST(must(archive->reparse_data(entry_at(*archive, "l").node)).size() > 20U);
    BOOST_TEST(archive->diagnostics().empty());
    const FileSystemPtr other = open_bytes(rar);
    BOOST_TEST(names_in(*other, other->root()).at(0) == "rar \xD0\x9F");
    BOOST_TEST(other->diagnostics().empty());
  }
  (void)std::setlocale(LC_ALL, "C");  // NOLINT(concurrency-mt-unsafe)
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_read_one_by_one) {
  const FileSystemPtr tar = open_bytes(tar_of({"caf\xE9"}));
  BOOST_TEST(names_in(*tar, tar->root()).at(0) == "caf\xC3\xA9");  // Latin-1
  const FileSystemPtr zip = open_bytes(fx::build_zip({{.name = "caf\x82"}}).bytes);
  BOOST_TEST(names_in(*zip, zip->root()).at(0) == "caf\xC3\xA9");  // code page 437
}

BOOST_AUTO_TEST_CASE(a_path_that_is_too_deep_is_left_out) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) {
    deep += "d/";
  }
  fx::TarBuilder tar;
  (void)tar.add_file(deep + "x", "deep");
  (void)tar.add_file("good", "x");
  const FileSystemPtr archive = open_bytes(tar.build());
  BOOST_TEST(tree_text(archive) == "good=x");
  BOOST_TEST(findings_of(*archive).contains("archive-too-deep"));
}

BOOST_AUTO_TEST_CASE(more_members_than_allowed_are_not_listed) {
  ArchiveOptions options;
  options.max_entries = 3;
  const auto names = {std::string("a"), std::string("b/c"), std::string("d"), std::string("e")};
  const FileSystemPtr archive = open_bytes(tar_of(names), options);
  BOOST_TEST(tree_text(archive) == "a=x b/ b/c=x");
  BOOST_TEST(mentions(finding(*archive, "archive-too-many-entries"), {"3"}));
  options.max_entries = 100;
  options.max_name_bytes = 5;
  BOOST_TEST(tree_text(open_bytes(tar_of(names), options)) == "a=x b/");
  // Members that replace each other are members too.
  options = {};
  options.max_entries = 2;
  const FileSystemPtr again = open_bytes(tar_of(std::vector<std::string>(20, "same")), options);
  BOOST_TEST(findings_of(*again).contains("archive-too-many-entries"));
}

BOOST_AUTO_TEST_CASE(an_encrypted_member_says_so) {
  const FileSystemPtr rar = open_bytes(
      fx::build_rar4({{.name = "secret", .content = fx::ascii_bytes("x"), .encrypted = true}}));
  const auto opened = rar->open(entry_at(*rar, "secret").node, {});
  BOOST_TEST(is_status(opened, Status::unsupported));
  BOOST_TEST(mentions(opened.error().message(), {"secret", "encrypted"}));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
