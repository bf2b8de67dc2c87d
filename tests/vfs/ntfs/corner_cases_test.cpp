// SPDX-License-Identifier: Apache-2.0
// Records, indexes and volumes that no formatter writes and real ones hold, each through the front
// door: open_ntfs().
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/ntfs/ntfs_builder.h"
#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/corner_support.h"
#include "tests/vfs/ntfs/volume_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
using fixture::ByteVector;
using fixture::NtfsBuilder;
using fixture::NtfsEntry;
using fixture::NtfsOptions;

namespace {

std::vector<std::u16string> sorted_names(const FileSystem& volume, std::u16string_view path) {
  auto names = names_in(volume, find_node(volume, path));
  std::ranges::sort(names);
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(corner_cases)

BOOST_AUTO_TEST_CASE(an_mft_in_pieces) {
  NtfsBuilder volume({.cluster_size = 1024, .mft_fragments = 9, .mft_extensions = 8});
  for (int i = 0; i < 200; ++i) {
    (void)volume.directory("d").file("f" + std::to_string(i), std::to_string(i));
  }
  const auto opened = open_volume(volume);
  BOOST_TEST(names_in(*opened, find_node(*opened, u"\\d")).size() == 200U);
  BOOST_TEST(holds(*opened, u"\\d\\f199", fixture::ascii_bytes("199")));
  BOOST_TEST(finding_codes(*opened).empty());
}

BOOST_AUTO_TEST_CASE(every_kind_of_link) {
  NtfsBuilder volume;
  const auto symlink = fixture::symlink_reparse("..\\other", "other", true);
  const auto junction = fixture::mount_point_reparse("\\??\\C:\\Windows", "a lie");
  const auto mount =
      fixture::mount_point_reparse("\\??\\Volume{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\", "");
  const auto lx = fixture::lx_symlink_reparse("/mnt/c");
  volume.file("symlink").reparse(symlink);
  volume.directory("junction").reparse(junction);
  volume.directory("mount").reparse(mount);
  volume.file("lx").reparse(lx);
  const auto opened = open_volume(volume);
  const auto check = [&](std::u16string_view path, const ByteVector& buffer, std::uint32_t tag) {
    BOOST_TEST((must(opened->reparse_data(find_node(*opened, path))) == buffer));
    BOOST_TEST((info_of(*opened, path).kind == NodeKind::reparse_point));
    BOOST_TEST(info_of(*opened, path).reparse_tag == tag);
  };
  check(u"\\symlink", symlink, reparse_tag::symlink);
  check(u"\\junction", junction, reparse_tag::mount_point);
  check(u"\\mount", mount, reparse_tag::mount_point);
  check(u"\\lx", lx, reparse_tag::lx_symlink);
}

BOOST_AUTO_TEST_CASE(case_sensitive_directories_with_a_reserve_id) {
  NtfsBuilder volume;
  NtfsEntry directory = volume.directory("cs").information_flags(0x0200).case_sensitive();
  (void)directory.file("a", "small");
  (void)directory.file("A", "large");
  volume.directory("plain").information_flags(0x0200).file("b", "b");
  const auto opened = open_volume(volume);
  BOOST_TEST(info_of(*opened, u"\\cs").case_sensitive);
  BOOST_TEST(!info_of(*opened, u"\\plain").case_sensitive);
  BOOST_TEST(holds(*opened, u"\\cs\\a", fixture::ascii_bytes("small")));
  BOOST_TEST(holds(*opened, u"\\cs\\A", fixture::ascii_bytes("large")));
  BOOST_TEST(exists(*opened, u"\\plain\\B"));
}

BOOST_AUTO_TEST_CASE(a_torn_record_is_read_and_reported) {
  NtfsBuilder volume;
  volume.file("f", "content").torn();
  volume.file("g", "other");
  const auto opened = open_volume(volume);
  BOOST_TEST(holds(*opened, u"\\f", fixture::ascii_bytes("content")));
  BOOST_TEST(has_finding(*opened, "record-torn"));
  BOOST_TEST(holds(*opened, u"\\g", fixture::ascii_bytes("other")));
}

BOOST_AUTO_TEST_CASE(the_backups_of_boot_sector_and_mft) {
  for (const NtfsOptions& options :
       {NtfsOptions{.damage_boot = true}, NtfsOptions{.damage_backup_boot = true},
        NtfsOptions{.damage_mft_record = true},
        NtfsOptions{.mft_fragments = 4, .damage_boot = true, .damage_mft_record = true},
        NtfsOptions{.damage_upcase = true}}) {
    NtfsBuilder volume(options);
    volume.file("f", "content");
    const auto opened = open_volume(volume);
    BOOST_TEST(holds(*opened, u"\\F", fixture::ascii_bytes("content")));
    BOOST_TEST(finding_codes(*opened).empty() == options.damage_backup_boot);
  }
}

BOOST_AUTO_TEST_CASE(index_entries_of_files_that_are_gone) {
  NtfsBuilder volume;
  volume.file("\\d\\stale", "old").deleted().stale_index_entry(1);
  volume.file("\\d\\wrong", "x").sequence(9).stale_index_entry(8);
  volume.file("\\d\\good", "y");
  const auto opened = open_volume(volume);
  BOOST_TEST((sorted_names(*opened, u"\\d") == std::vector<std::u16string>{u"good"}));
  BOOST_TEST(!exists(*opened, u"\\d\\stale"));
  BOOST_TEST(!exists(*opened, u"\\d\\wrong"));
}

BOOST_AUTO_TEST_CASE(deleted_files_with_and_without_their_directory) {
  NtfsBuilder volume;
  volume.file("\\alive\\f", "1").deleted();
  volume.file("\\gone\\g", "2").deleted();
  volume.directory("gone").deleted();
  const auto opened = open_volume(volume);
  BOOST_TEST(!exists(*opened, u"\\alive\\f"));
  BOOST_TEST(!exists(*opened, u"\\gone"));
  const auto paths = scan_paths(*opened, {.deleted = true});
  const auto given = [&](const char* path) { return std::ranges::count(paths, path) == 1; };
  BOOST_TEST(given("\\alive\\f deleted"));
  BOOST_TEST(given("\\gone deleted"));
  BOOST_TEST(given("\\gone\\g deleted"));
  BOOST_TEST(scan_paths(*opened).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_that_no_index_names) {
  NtfsBuilder volume;
  volume.file("\\d\\lost", "content").not_indexed();
  volume.file("\\d\\f", "content");
  const auto opened = open_volume(volume);
  BOOST_TEST((sorted_names(*opened, u"\\d") == std::vector<std::u16string>{u"f"}));
  BOOST_TEST(std::ranges::count(scan_paths(*opened), "\\d\\lost") == 1);
}

BOOST_AUTO_TEST_CASE(directories_that_are_each_other_s_parent) {
  NtfsBuilder volume;
  NtfsEntry a = volume.directory("a").record_number(100);
  NtfsEntry b = a.directory("b").record_number(101);
  (void)a.parent_reference(fixture::ntfs_reference(101, 1)).not_indexed();
  (void)b.file("f", "content");
  volume.file("g", "content");
  const auto opened = open_volume(volume);
  BOOST_TEST(holds(*opened, u"\\g", fixture::ascii_bytes("content")));
  const auto paths = scan_paths(*opened);
  BOOST_TEST(std::ranges::count(paths, "\\g") == 1);
  BOOST_TEST(paths.size() < 10U);
}

BOOST_AUTO_TEST_CASE(indexes_in_circles) {
  for (const std::uint32_t entries : {1U, 3U, 20U}) {
    NtfsBuilder volume;
    NtfsEntry directory = volume.directory("d").index({.entries_per_block = entries, .loop = true});
    for (int i = 0; i < 50; ++i) {
      (void)directory.file("f" + std::to_string(i), std::to_string(i));
    }
    const auto opened = open_volume(volume);
    auto names = names_in(*opened, find_node(*opened, u"\\d"));
    std::erase(names, u"error");
    BOOST_TEST(names.size() == 50U);
    BOOST_TEST(holds(*opened, u"\\d\\f49", fixture::ascii_bytes("49")));
  }
}

BOOST_AUTO_TEST_CASE(indexes_whose_blocks_are_lost_or_torn) {
  for (const bool lost : {true, false}) {
    NtfsBuilder volume;
    NtfsEntry directory = volume.directory("d").index(
        {.entries_per_block = 4, .lost_children = lost, .torn_block = !lost});
    for (int i = 0; i < 30; ++i) {
      (void)directory.file("f" + std::to_string(i), std::to_string(i));
    }
    const auto opened = open_volume(volume);
    auto names = names_in(*opened, find_node(*opened, u"\\d"));
    std::erase(names, u"error");
    BOOST_TEST(names.size() == 30U);
    BOOST_TEST(!finding_codes(*opened).empty());
  }
}

BOOST_AUTO_TEST_CASE(descriptors_in_the_record_and_in_the_secure_file) {
  NtfsBuilder volume;
  const ByteVector first = corner_content(64);
  const ByteVector second = corner_content(72, 3);
  volume.file("shared").security(first);
  volume.file("inline").inline_security(second);
  volume.file("lost").security_id(0xDEAD);
  const auto opened = open_volume(volume);
  BOOST_TEST((must(opened->security_descriptor(find_node(*opened, u"\\shared"))) == first));
  BOOST_TEST((must(opened->security_descriptor(find_node(*opened, u"\\inline"))) == second));
  BOOST_TEST(!opened->security_descriptor(find_node(*opened, u"\\lost")).has_value());
}

BOOST_AUTO_TEST_CASE(any_size_of_sector_cluster_and_record) {
  for (const NtfsOptions& options :
       {NtfsOptions{.cluster_size = 512}, NtfsOptions{.cluster_size = 2U << 20U},
        NtfsOptions{.sector_size = 4096, .record_size = 4096},
        NtfsOptions{.cluster_size = 65536, .record_size = 4096, .index_block_size = 65536},
        NtfsOptions{.cluster_size = 8192, .index_block_size = 1024},
        NtfsOptions{.major_version = 1, .minor_version = 2}}) {
    NtfsBuilder volume(options);
    for (int i = 0; i < 60; ++i) {
      (void)volume.directory("d").file("f" + std::to_string(i), corner_content(3000));
    }
    const auto opened = open_volume(volume);
    BOOST_TEST(names_in(*opened, find_node(*opened, u"\\d")).size() == 60U);
    BOOST_TEST(holds(*opened, u"\\d\\f33", corner_content(3000)));
    BOOST_TEST(opened->info().cluster_size == options.cluster_size);
    BOOST_TEST(finding_codes(*opened).empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
