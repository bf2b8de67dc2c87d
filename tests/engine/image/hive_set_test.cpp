// SPDX-License-Identifier: Apache-2.0
// Opening hives once, with their logs, from many threads.
#include "engine/image/hive_set.h"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "engine/image/registry_read.h"
#include "fixtures/build/hive_log_builder.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

fixture::HiveBuilder software_of(const char* owner) {
  fixture::HiveBuilder hive = small_software();
  hive.key("Microsoft\\Windows NT\\CurrentVersion").set_string("RegisteredOwner", owner);
  return hive;
}

fixture::DirtyHive dirty_software() {
  return fixture::build_new_log_hive(software_of("Stale").build(), software_of("Fresh").build(),
                                     {.entries_in_first = 1});
}

/// A tree with a dirty SOFTWARE whose log has that name.
fixture::Tree dirty_tree(const std::string& log_name) {
  const fixture::DirtyHive dirty = dirty_software();
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/System32/config/SOFTWARE", dirty.primary);
  tree.add_file("Windows/System32/config/" + log_name, dirty.log1);
  return tree;
}

std::string owner_in(const HivePtr& hive) {
  const auto owner =
      must(read_string(*hive, u"Microsoft\\Windows NT\\CurrentVersion", u"RegisteredOwner"));
  return owner ? std::string(owner->begin(), owner->end()) : "nobody";
}

struct Opened {
  std::shared_ptr<TreeFileSystem> volume;
  std::unique_ptr<HiveSet> hives;

  explicit Opened(const fixture::Tree& tree) : volume(volume_of(tree)) {
    const auto windows = must(volume->lookup(volume->root(), u"Windows"));
    BOOST_REQUIRE(windows.has_value());
    hives = std::make_unique<HiveSet>(volume, windows->node, Limits{});
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hive_set)

BOOST_AUTO_TEST_CASE(a_dirty_hive_is_recovered_from_the_log_beside_it) {
  for (const char* name : {"SOFTWARE.LOG1", "software.log1", "Software.Log1"}) {
    const Opened opened(dirty_tree(name));
    const HivePtr hive = must(opened.hives->hive(HiveId::software));
    BOOST_TEST((hive->state().condition == HiveCondition::recovered));
    BOOST_TEST(owner_in(hive) == "Fresh");
  }
}

BOOST_AUTO_TEST_CASE(a_log_that_cannot_be_read_is_reported_and_the_hive_is_not_lost) {
  const Opened opened(dirty_tree("SOFTWARE.LOG1"));
  opened.volume->deny("Windows/System32/config/SOFTWARE.LOG1");
  const HivePtr hive = must(opened.hives->hive(HiveId::software));
  BOOST_TEST((hive->state().condition == HiveCondition::dirty));
  BOOST_TEST(owner_in(hive) == "Stale");
  BOOST_TEST(has_finding(opened.hives->findings(), "hive-log-unreadable", "SOFTWARE.LOG1"));
}

BOOST_AUTO_TEST_CASE(a_missing_hive_is_null) {
  const Opened opened(small_windows());
  BOOST_TEST((must(opened.hives->hive(HiveId::sam)) == nullptr));
  fixture::Tree empty;
  empty.add_directory("Windows");
  BOOST_TEST((must(Opened(empty).hives->hive(HiveId::system)) == nullptr));
}

BOOST_AUTO_TEST_CASE(a_bad_hive_keeps_its_error_and_hides_no_other) {
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/System32/config/SAM", "this is no hive");
  tree.add_file("Windows/System32/config/SECURITY", small_system().build());
  const Opened opened(tree);
  opened.volume->deny("Windows/System32/config/SECURITY");
  const auto sam = opened.hives->hive(HiveId::sam);
  BOOST_TEST(!sam.has_value());
  BOOST_TEST(mentions(sam.error().message(), {"System32\\config\\SAM"}));
  BOOST_TEST(is_status(opened.hives->hive(HiveId::security), Status::access_denied));
  BOOST_TEST(is_status(opened.hives->hive(HiveId::security), Status::access_denied));
  BOOST_TEST((must(opened.hives->hive(HiveId::system)) != nullptr));
}

BOOST_AUTO_TEST_CASE(each_hive_is_opened_once) {
  const Opened opened(small_windows());
  const HivePtr first = must(opened.hives->hive(HiveId::system));
  const std::size_t opens = opened.volume->opens();
  BOOST_TEST((must(opened.hives->hive(HiveId::system)) == first));
  const auto windows = must(opened.volume->lookup(opened.volume->root(), u"Windows"));
  const auto system32 = must(opened.volume->lookup(windows->node, u"System32"));
  const auto config = must(opened.volume->lookup(system32->node, u"config"));
  BOOST_TEST((must(opened.hives->hive_in(*opened.volume, config->node, u"system")) == first));
  BOOST_TEST(opened.volume->opens() == opens);
}

BOOST_AUTO_TEST_CASE(many_threads_get_one_hive) {
  const Opened opened(dirty_tree("SOFTWARE.LOG1"));
  std::vector<HivePtr> seen(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    threads.emplace_back([&opened, &seen, i] {
      const auto hive = opened.hives->hive(HiveId::software);
      seen[i] = hive ? *hive : nullptr;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const HivePtr& hive : seen) {
    BOOST_TEST((hive != nullptr && hive == seen.front()));
  }
}

BOOST_AUTO_TEST_CASE(names_are_those_of_the_files) {
  BOOST_TEST(std::string(hive_file_name(HiveId::default_user)) == "DEFAULT");
  BOOST_TEST(std::string(hive_file_name(HiveId::bcd_template)) == "BCD-Template");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
