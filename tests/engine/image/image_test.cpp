// SPDX-License-Identifier: Apache-2.0
// Opening whole images.
#include "engine/image/image.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

Result<ImagePtr> open_named(const fixture::Tree& tree, std::u16string name) {
  return Image::open(image_of(tree), {.windows_directory = std::move(name), .system_drive = {}});
}

std::string directory_of(const ImagePtr& image) {
  return to_utf8(image->installation().windows_directory);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(image)

BOOST_DATA_TEST_CASE(every_recipe_opens, boost::unit_test::data::make(fixture::recipe_names()),
                     name) {
  const auto recipe = fixture::find_recipe(name);
  if (recipe->layout != fixture::Layout::volume) {
    return;  // a collection: the session tests open it from the host
  }
  const ImagePtr image = open_tree(recipe_tree(name));
  BOOST_TEST(directory_of(image) == "\\Windows");
  BOOST_TEST(!image->installation().partial);
  BOOST_TEST(image->control_set() == 1U);
  BOOST_TEST(image->installation().id.size() == 16U);
  BOOST_TEST(!image->choice_reason().empty());
}

BOOST_AUTO_TEST_CASE(scores_what_is_there) {
  const ImagePtr image = open_tree(small_windows());
  BOOST_TEST(image->installation().score == 30 + 25 + 10 + 10 + 5);
  BOOST_TEST(points_for(image->installation().evidence, "control set 1").value() == 30);
  BOOST_TEST(image->installation().origin == "name");
}

BOOST_AUTO_TEST_CASE(an_upgraded_system_has_three_and_the_running_one_is_chosen) {
  const ImagePtr image = open_tree(recipe_tree("upgraded"));
  BOOST_TEST_REQUIRE(image->installations().size() == 3U);
  BOOST_TEST(directory_of(image) == "\\Windows");
  BOOST_TEST(image->chosen() == 0U);
  std::vector<std::string> kinds;
  for (const Installation& installation : image->installations()) {
    kinds.emplace_back(installation_class_name(installation.kind));
  }
  std::sort(kinds.begin(), kinds.end());
  BOOST_TEST(kinds == (std::vector<std::string>{"client", "previous", "upgrade_stage"}),
             boost::test_tools::per_element());
  BOOST_TEST(mentions(image->choice_reason(), {"only full one of 3"}));
}

BOOST_AUTO_TEST_CASE(two_installations_are_both_listed_best_first) {
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/explorer.exe", "x");
  add_small_windows(tree, "WINNT", small_system(), small_software("D:\\WINNT"));
  const ImagePtr image = open_tree(tree);
  BOOST_TEST_REQUIRE(image->installations().size() == 2U);
  BOOST_TEST(directory_of(image) == "\\Windows");
  BOOST_TEST(image->installations()[0].score > image->installations()[1].score);
  BOOST_TEST(image->installations()[0].id != image->installations()[1].id);
  BOOST_TEST(mentions(image->choice_reason(), {"highest score", "of 2"}));
}

BOOST_AUTO_TEST_CASE(a_full_windows_is_preferred_to_a_preinstallation_environment) {
  fixture::Tree tree = recipe_tree("winpe");
  add_small_windows(tree, "WINNT", small_system(), small_software());
  const ImagePtr image = open_tree(tree);
  BOOST_TEST(directory_of(image) == "\\WINNT");
  BOOST_TEST(image->installations().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_preinstallation_environment_has_drive_x) {
  const ImagePtr image = open_tree(recipe_tree("winpe"));
  BOOST_TEST_REQUIRE(image->drive_letters().letters.size() >= 1U);
  BOOST_TEST(must(image->find_file(u"X:\\Windows\\System32")).has_value());
}

BOOST_AUTO_TEST_CASE(the_callers_windows_directory_is_taken_in_every_form) {
  fixture::Tree tree = recipe_tree("upgraded");
  for (const char16_t* name :
       {u"Windows.old\\Windows", u"\\Windows.old\\Windows", u"Windows.old/Windows/",
        u"C:\\windows.OLD\\Windows", u"/images/test/Windows.old/Windows",
        u".\\Windows.old\\x\\..\\Windows"}) {
    BOOST_TEST_CONTEXT(to_utf8(name)) {
      const ImagePtr image = must(open_named(tree, name));
      BOOST_TEST(directory_of(image) == "\\Windows.old\\Windows");
      BOOST_TEST(image->installation().origin == "user");
      BOOST_TEST(image->installations().size() == 3U);
      BOOST_TEST(mentions(image->choice_reason(), {"caller"}));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_windows_directory_is_not_replaced_by_another) {
  fixture::Tree tree = small_windows();
  tree.add_file("Data/x.txt", "x");
  tree.add_directory("Empty/System32");
  const auto missing = open_named(tree, u"C:\\WINNT");
  BOOST_TEST(is_status(missing, Status::path_not_found));
  BOOST_TEST(mentions(missing.error().message(), {"C:\\WINNT", "/images/test"}));
  const auto other = open_named(tree, u"Data");
  BOOST_TEST(is_status(other, Status::path_not_found));
  BOOST_TEST(mentions(other.error().message(), {"Data", "a directory without System32"}));
  const auto file = open_named(tree, u"Data\\x.txt");
  BOOST_TEST(is_status(file, Status::path_not_found));
  BOOST_TEST(mentions(file.error().message(), {"a file"}));
  const auto empty = open_named(tree, u"Empty");
  BOOST_TEST(is_status(empty, Status::path_not_found));
  BOOST_TEST(mentions(empty.error().message(), {"without hives"}));
}

BOOST_AUTO_TEST_CASE(a_letter_prefers_the_volume_that_was_collected_under_it) {
  OpenedImage opened = image_of({volume_of(small_windows()), volume_of(small_windows())});
  opened.volumes[0].collected_as = u'C';
  opened.volumes[1].collected_as = u'D';
  const ImagePtr image = must(
      Image::open(std::move(opened), {.windows_directory = u"D:\\Windows", .system_drive = {}}));
  BOOST_TEST(image->installation().volume == 1U);
}

BOOST_AUTO_TEST_CASE(hives_alone_are_a_partial_collection) {
  fixture::Tree tree;
  tree.add_file("Windows/System32/config/SYSTEM", small_system().build());
  const ImagePtr image = open_tree(tree);
  BOOST_TEST(image->installation().partial);
  BOOST_TEST((must(image->hive(HiveId::software)) == nullptr));
  BOOST_TEST(image->control_set() == 1U);
  fixture::Tree bare;
  bare.add_file("System32/config/SOFTWARE", small_software().build());
  const ImagePtr itself = open_tree(bare);
  BOOST_TEST(directory_of(itself) == "\\");
  BOOST_TEST(itself->installation().partial);
  BOOST_TEST(itself->control_set() == 0U);
}

BOOST_AUTO_TEST_CASE(an_unreadable_hive_makes_it_partial_and_says_why) {
  const auto volume = volume_of(recipe_tree("windows_10"));
  volume->deny("Windows/System32/config/SOFTWARE");
  const ImagePtr image = must(Image::open(image_of({volume}), {}));
  BOOST_TEST(image->installation().partial);
  BOOST_TEST(has_finding(image->installation().diagnostics, "hive-unreadable", "SOFTWARE"));
  BOOST_TEST(is_status(image->hive(HiveId::software), Status::access_denied));
  BOOST_TEST(image->control_set() == 1U);
}

BOOST_AUTO_TEST_CASE(a_damaged_hive_makes_it_partial_and_says_why) {
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/System32/config/SYSTEM", std::string(8192, 'x'));
  const ImagePtr image = open_tree(tree);
  BOOST_TEST(image->installation().partial);
  BOOST_TEST(has_finding(image->installation().diagnostics, "hive-unreadable", "SYSTEM"));
  BOOST_TEST(is_status(image->hive(HiveId::system), Status::bad_format));
}

BOOST_AUTO_TEST_CASE(a_select_that_lies_costs_points_and_is_reported) {
  fixture::Tree tree;
  add_small_windows(tree, "Windows", small_system(9, 2), small_software());
  const ImagePtr image = open_tree(tree);
  BOOST_TEST(image->control_set() == 1U);
  BOOST_TEST(!points_for(image->installation().evidence, "control set").has_value());
  BOOST_TEST(has_finding(image->installation().diagnostics, "control-set-select", "ControlSet009"));
}

BOOST_AUTO_TEST_CASE(says_what_is_there_instead_of_windows) {
  const auto open = [](const fixture::Tree& tree) { return Image::open(image_of(tree), {}); };
  fixture::Tree hives;
  hives.add_file("SYSTEM", "regf");
  hives.add_file("SOFTWARE", "regf");
  const auto bare = open(hives);
  BOOST_TEST(is_status(bare, Status::path_not_found));
  BOOST_TEST(mentions(bare.error().message(),
                      {"/images/test", "bare hives", "SOFTWARE, SYSTEM", "System32\\config"}));
  fixture::Tree system32;
  system32.add_file("config/SYSTEM", "regf");
  BOOST_TEST(mentions(open(system32).error().message(), {"looks like System32"}));
  fixture::Tree images;
  images.add_file("install.wim", "MSWIM");
  BOOST_TEST(mentions(open(images).error().message(), {"install.wim", "open one of those"}));
  fixture::Tree data;
  data.add_directory("holiday");
  BOOST_TEST(mentions(open(data).error().message(), {"volume 1 has holiday"}));
  fixture::Tree empty;
  BOOST_TEST(mentions(open(empty).error().message(), {"is empty"}));
  fixture::Tree hollow;
  hollow.add_directory("Windows/System32");
  BOOST_TEST(mentions(open(hollow).error().message(), {"\\Windows", "without hives"}));
}

BOOST_AUTO_TEST_CASE(a_locked_volume_is_named_with_its_reason) {
  OpenedImage opened = image_of({volume_of({}), volume_of({})});
  opened.volumes[1].file_system = nullptr;
  opened.volumes[1].reason = "locked by BitLocker";
  const auto result = Image::open(std::move(opened), {});
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(), {"volume 2", "locked by BitLocker"}));
}

BOOST_AUTO_TEST_CASE(missing_permission_is_told_from_absence) {
  const auto volume = volume_of(small_windows());
  volume->deny("Windows");
  const auto result = Image::open(image_of({volume}), {});
  BOOST_TEST(is_status(result, Status::access_denied));
  BOOST_TEST(mentions(result.error().message(), {"Windows"}));
}

BOOST_AUTO_TEST_CASE(opening_reads_little) {
  const auto volume = volume_of(recipe_tree("windows_10"));
  const ImagePtr image = must(Image::open(image_of({volume}), {}));
  std::uint64_t hives = 0;
  for (const HiveId id : {HiveId::system, HiveId::software}) {
    hives += must(image->hive(id))->state().bins_size;
  }
  // The hives of a recipe are small; of real ones a far smaller part is read.
  BOOST_TEST(volume->bytes_read() < hives);
  // SYSTEM, SOFTWARE, BCD with their logs, and two programs.
  BOOST_TEST(volume->opens() <= 16U);
}

BOOST_AUTO_TEST_CASE(one_image_answers_many_threads) {
  const ImagePtr image = open_tree(recipe_tree("windows_10"));
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&image, &good] {
      for (int round = 0; round < 20; ++round) {
        const auto key = image->find_key(u"HKLM\\SYSTEM\\CurrentControlSet\\Control");
        const auto user = image->find_key(u"HKU\\.DEFAULT");
        const auto file = image->find_file(u"%SystemRoot%\\System32\\ntoskrnl.exe");
        const auto sam = image->hive(HiveId::sam);
        good += key && *key && user && *user && file && *file && sam && *sam ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(good == 160);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
