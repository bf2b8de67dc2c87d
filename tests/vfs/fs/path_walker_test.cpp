// SPDX-License-Identifier: Apache-2.0
// Walking paths over volumes built in memory.
#include "vfs/fs/path_walker.h"

#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/reparse_buffers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// C: with Windows and users, D: with data, and a volume without a letter.
struct Machine {
  std::shared_ptr<MemoryFileSystem> c = std::make_shared<MemoryFileSystem>();
  std::shared_ptr<MemoryFileSystem> d = std::make_shared<MemoryFileSystem>();
  std::shared_ptr<MemoryFileSystem> v = std::make_shared<MemoryFileSystem>();
  Guid guid = *Guid::parse("9dea862c-5cdd-4e70-acc1-f32b344d4795");

  Machine() {
    c->write(u"\\Windows\\System32\\config\\SYSTEM", "regf");
    c->write(u"\\Users\\Public\\x.txt", "x");
    d->write(u"\\Data\\y.txt", "y");
    v->write(u"\\z.txt", "z");
  }

  PathWalker walker() const {
    DriveMap drives;
    drives.letters = {{u'C', c}, {u'D', d}};
    drives.volumes = {{guid, v}};
    drives.harddisk_volumes = {{2, d}};
    return {c, drives};
  }

  /// "C: \Users", "none"; the file system is told by identity.
  std::string where(std::u16string_view path, FollowMode mode = FollowMode::follow) const {
    WalkOptions options;
    options.mode = mode;
    const auto found = must(walker().resolve(path, options));
    if (!found) {
      return "none";
    }
    const char* name = found->file_system == c ? "C: " : found->file_system == d ? "D: " : "V: ";
    BOOST_TEST(found->file_system != nullptr);
    BOOST_TEST((must(found->file_system->stat(found->node)).kind == found->kind));
    return name + to_utf8(found->path) +
           (found->stream.empty() ? "" : ":" + to_utf8(found->stream));
  }
};

BOOST_FIXTURE_TEST_SUITE(path_walker, Machine)

BOOST_AUTO_TEST_CASE(gives_the_names_as_stored) {
  BOOST_TEST(where(u"c:/WINDOWS\\system32/CONFIG\\system") ==
             "C: \\Windows\\System32\\config\\SYSTEM");
  BOOST_TEST(where(u"\\windows") == "C: \\Windows");
  BOOST_TEST(where(u"windows\\SYSTEM32") == "C: \\Windows\\System32");
  BOOST_TEST(where(u"\\") == "C: \\");
  BOOST_TEST(where(u"D:") == "D: \\");
}

BOOST_AUTO_TEST_CASE(absence_is_an_answer) {
  BOOST_TEST(where(u"\\Windows\\nothing") == "none");
  BOOST_TEST(where(u"\\nothing\\x") == "none");
  BOOST_TEST(where(u"\\Users\\Public\\x.txt\\below-a-file") == "none");
  BOOST_TEST(where(u"E:\\x") == "none");
  BOOST_TEST(where(u"\\\\?\\Volume{00000000-0000-0000-0000-000000000001}\\x") == "none");
  BOOST_TEST(where(u"\\\\?\\C:\\Windows\\..\\Users") == "none");  // ".." is a name there
  BOOST_TEST(where(u"\\\\?\\C:\\.") == "none");
}

BOOST_AUTO_TEST_CASE(goes_to_other_volumes) {
  BOOST_TEST(where(u"D:\\data\\Y.TXT") == "D: \\Data\\y.txt");
  BOOST_TEST(where(u"\\\\?\\Volume{9DEA862C-5cdd-4e70-acc1-f32b344d4795}\\z.txt") == "V: \\z.txt");
  BOOST_TEST(where(u"\\Device\\HarddiskVolume2\\Data") == "D: \\Data");
}

BOOST_AUTO_TEST_CASE(says_which_volume_is_not_in_the_image) {
  Diagnostics diagnostics;
  WalkOptions options;
  options.diagnostics = &diagnostics;
  BOOST_TEST(!must(walker().resolve(u"E:\\x", options)).has_value());
  BOOST_REQUIRE_EQUAL(diagnostics.items().size(), 1U);
  BOOST_TEST(diagnostics.items()[0].code == "unmapped-volume");
  BOOST_TEST(mentions(diagnostics.items()[0].text, {"E:\\x"}));
}

BOOST_AUTO_TEST_CASE(refuses_what_cannot_be_resolved_offline) {
  for (const std::u16string_view path :
       {u"\\\\server\\share", u"\\\\?\\GLOBALROOT\\x", u"\\\\.\\PhysicalDrive0", u"\\SystemRoot\\x",
        u"%windir%\\x"}) {
    BOOST_TEST(is_status(walker().resolve(path), Status::unsupported));
  }
}

BOOST_AUTO_TEST_CASE(retries_names_that_win32_would_trim) {
  c->write(u"\\odd. \\file.", "");
  c->write(u"\\plain\\both", "");
  c->write(u"\\plain\\both.", "");
  BOOST_TEST(where(u"C:\\odd. \\file.") == "C: \\odd. \\file.");
  BOOST_TEST(where(u"C:\\odd") == "none");
  BOOST_TEST(where(u"C:\\plain. \\both.") == "C: \\plain\\both");
  BOOST_TEST(where(u"\\\\?\\C:\\plain\\both.") == "C: \\plain\\both.");
}

BOOST_AUTO_TEST_CASE(passes_the_stream_on) {
  BOOST_TEST(where(u"C:\\Users\\Public\\x.txt:Zone.Identifier:$DATA") ==
             "C: \\Users\\Public\\x.txt:Zone.Identifier");
}

BOOST_AUTO_TEST_CASE(follows_a_junction_by_its_substitute_name) {
  c->add_junction(u"\\Documents and Settings", u"\\??\\C:\\Users");
  BOOST_TEST(where(u"\\documents and settings\\public\\x.txt") == "C: \\Users\\Public\\x.txt");
}

BOOST_AUTO_TEST_CASE(follows_volume_mount_points_and_other_drives) {
  c->add_junction(u"\\mnt", u"\\??\\Volume{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\");
  c->add_symlink(u"\\data", u"\\??\\D:\\Data", false);
  d->add_symlink(u"\\back", u"\\??\\C:\\Users", false);
  BOOST_TEST(where(u"\\mnt\\z.txt") == "V: \\z.txt");
  BOOST_TEST(where(u"\\mnt") == "V: \\");
  BOOST_TEST(where(u"\\data\\y.txt") == "D: \\Data\\y.txt");
  BOOST_TEST(where(u"D:\\back\\Public") == "C: \\Users\\Public");
}

BOOST_AUTO_TEST_CASE(relative_links_start_at_the_directory_of_the_link) {
  c->add_symlink(u"\\Users\\link", u"..\\Windows\\System32", true);
  c->add_symlink(u"\\Users\\rooted", u"\\Windows", true);
  c->add_symlink(u"\\Users\\above", u"..\\..\\..\\Users", true);
  d->add_symlink(u"\\Data\\rooted", u"\\Data", true);
  BOOST_TEST(where(u"\\Users\\link\\config") == "C: \\Windows\\System32\\config");
  BOOST_TEST(where(u"\\Users\\rooted") == "C: \\Windows");
  BOOST_TEST(where(u"\\Users\\above\\Public") == "C: \\Users\\Public");
  BOOST_TEST(where(u"D:\\Data\\rooted\\y.txt") == "D: \\Data\\y.txt");  // the link's own volume
}

BOOST_AUTO_TEST_CASE(relative_links_below_a_junction_start_where_the_junction_leads) {
  c->add_junction(u"\\j", u"\\??\\C:\\Windows\\System32");
  c->add_symlink(u"\\Windows\\System32\\up", u"..\\x", true);
  c->write(u"\\Windows\\x", "");
  BOOST_TEST(where(u"\\j\\up") == "C: \\Windows\\x");
}

BOOST_AUTO_TEST_CASE(follows_lx_symlinks) {
  c->add_reparse(u"\\Users\\lx", make_lx_symlink_buffer("../Windows/System32"));
  c->add_reparse(u"\\Users\\drive", make_lx_symlink_buffer("/mnt/d/Data"));
  BOOST_TEST(where(u"\\Users\\lx\\config") == "C: \\Windows\\System32\\config");
  BOOST_TEST(where(u"\\Users\\drive\\y.txt") == "D: \\Data\\y.txt");
}

BOOST_AUTO_TEST_CASE(dots_go_before_links_as_windows_does_it) {
  c->add_junction(u"\\Users\\j", u"\\??\\C:\\Windows\\System32");
  BOOST_TEST(where(u"C:\\Users\\j\\..\\Public") == "C: \\Users\\Public");
}

BOOST_AUTO_TEST_CASE(the_mode_decides_about_the_last_component) {
  c->add_junction(u"\\j", u"\\??\\C:\\Users");
  c->add_junction(u"\\Users\\k", u"\\??\\C:\\Windows");
  BOOST_TEST(where(u"\\j\\k") == "C: \\Windows");
  BOOST_TEST(where(u"\\j\\k", FollowMode::nofollow_last) == "C: \\Users\\k");
  BOOST_TEST(where(u"\\j", FollowMode::nofollow_last) == "C: \\j");
  BOOST_TEST(where(u"\\j", FollowMode::raw) == "C: \\j");
  BOOST_TEST(where(u"\\j\\k", FollowMode::raw) == "none");
}

BOOST_AUTO_TEST_CASE(raw_sees_what_a_junction_hides) {
  c->write(u"\\j\\hidden.txt", "");
  c->add_junction(u"\\j", u"\\??\\C:\\Users");
  BOOST_TEST(where(u"\\j\\hidden.txt", FollowMode::raw) == "C: \\j\\hidden.txt");
  BOOST_TEST(where(u"\\j\\hidden.txt") == "none");
}

BOOST_AUTO_TEST_CASE(tags_that_change_content_do_not_change_the_path) {
  c->write(u"\\cloud\\x.txt", "");
  const std::vector<std::byte> onedrive{std::byte{0x1A}, std::byte{0x70}, std::byte{0},
                                        std::byte{0x90}, std::byte{0},    std::byte{0},
                                        std::byte{0},    std::byte{0}};
  c->add_reparse(u"\\cloud", onedrive);
  BOOST_TEST(where(u"\\cloud\\x.txt") == "C: \\cloud\\x.txt");
  BOOST_TEST(where(u"\\cloud") == "C: \\cloud");
}

BOOST_AUTO_TEST_CASE(finds_short_names_and_honours_case_sensitive_directories) {
  c->make_dir(u"\\Program Files");
  c->set_short_name(u"\\Program Files", u"PROGRA~1");
  BOOST_TEST(where(u"\\progra~1") == "C: \\Program Files");
  c->set_case_sensitive(u"\\cs");
  c->write(u"\\cs\\File", "");
  BOOST_TEST(where(u"\\cs\\File") == "C: \\cs\\File");
  BOOST_TEST(where(u"\\cs\\file") == "none");
}

BOOST_AUTO_TEST_CASE(finds_on_one_volume_by_its_letter) {
  c->add_junction(u"\\j", u"\\??\\C:\\Users");
  const FileSystemPtr volume = c;
  BOOST_TEST(must(find_path(volume, u"\\windows")).has_value());
  BOOST_TEST(must(find_path(volume, u"C:\\windows")).has_value());
  BOOST_TEST(must(find_path(volume, u"\\j\\Public")).has_value());
  BOOST_TEST(!must(find_path(volume, u"D:\\windows")).has_value());
  BOOST_TEST(must(find_path(volume, u"D:\\windows", {}, u'D')).has_value());
  BOOST_TEST(!must(find_path(volume, u"\\j\\Public", {}, u'D')).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
