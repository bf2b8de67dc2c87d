// SPDX-License-Identifier: Apache-2.0
// Hives of Windows NT 4 to 11 against the facts that independent readers established.
#include <fmt/format.h>

#include <boost/filesystem.hpp>
#include <fstream>
#include <map>

#include "engine/hive/key_walker.h"
#include "tests/engine/hive/hive_support.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bfs = boost::filesystem;

namespace {

SourcePtr optional_source(const std::string& path) {
  return bfs::exists(path) ? must(open_file_source(path)) : nullptr;
}

/// With the logs beside it.
HivePtr open_recovered(const std::string& relative) {
  const std::string path = real_file(relative);
  return must(Hive::open(must(open_file_source(path)),
                         {optional_source(path + ".LOG"), optional_source(path + ".LOG1"),
                          optional_source(path + ".LOG2")}));
}

std::uint64_t field(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(" " + name + "=");
  BOOST_REQUIRE(at != std::string::npos);
  return std::stoull(line.substr(at + name.size() + 2));
}

/// Path of each fact's hive (as stored, perhaps with .xz) and the line with its counts.
std::map<std::string, std::string> expected_counts() {
  std::map<std::string, std::string> facts;
  std::ifstream in(real_file("registry/HIVE_FACTS_yarp.txt"));
  std::string line;
  std::string item;
  while (std::getline(in, line)) {
    if (line.starts_with("## ./")) {
      item = line.substr(5, line.rfind(' ') - 5);
    } else if (line.find(" keys=") != std::string::npos && !item.empty()) {
      if (line.find("WALKERR") != std::string::npos) {
        continue;  // that reader gave up: its counts are partial
      }
      for (const char* packed : {"", ".xz"}) {
        if (bfs::exists(*real_data_dir() + "/registry/" + item + packed)) {
          facts.emplace("registry/" + item + packed, line);
          break;
        }
      }
      item.clear();
    }
  }
  return facts;
}

/// "path|last write|name|type|data" of everything.
std::vector<std::string> flatten(const Hive& hive) {
  std::vector<std::string> lines;
  KeyWalker walker(must(hive.root()));
  while (const auto visit = must(walker.next())) {
    const Key& key = visit->key;
    const std::string path = to_utf8(must(key.path()));
    lines.push_back(fmt::format("{}|{}", path, key.last_written().ticks));
    ValueReader values = key.values();
    while (const auto value = must(values.next())) {
      std::string data;
      for (const std::byte byte : must(value->data()).bytes()) {
        data += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
      }
      lines.push_back(
          fmt::format("{}|{}|{}|{}", path, value->name().to_utf8(), value->type(), data));
    }
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_hives)

BOOST_AUTO_TEST_CASE(every_hive_has_the_expected_counts) {
  if (!have_real_data()) {
    return;
  }
  const auto facts = expected_counts();
  BOOST_TEST(facts.size() > 25U);
  for (const auto& [item, line] : facts) {
    const HivePtr hive = must(Hive::open(real_source(item)));
    const WalkCount count = walk_all(*hive);
    BOOST_TEST(count.keys == field(line, "keys"), item);
    BOOST_TEST(count.values == field(line, "values"), item);
    BOOST_TEST(count.errors == 0U, item << ": " << count.first_error);
  }
}

BOOST_AUTO_TEST_CASE(recovery_equals_what_windows_10_made_of_it) {
  if (!have_real_data()) {
    return;
  }
  const std::string dir = "registry/yarp/hives_for_tests/";
  for (const std::string name : {"NewDirtyHive1", "NewDirtyHive2"}) {
    const HivePtr recovered = open_recovered(dir + name + "/NewDirtyHive");
    const HivePtr reference = open_recovered(dir + "NewDirtyHive1/RecoveredHive_Windows10");
    BOOST_TEST((recovered->state().condition == HiveCondition::recovered));
    BOOST_TEST((reference->state().condition == HiveCondition::clean));
    BOOST_TEST((all_bins(*recovered) == all_bins(*reference)), name);
    BOOST_TEST(flatten(*recovered) == flatten(*reference), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(recovery_equals_what_windows_7_made_of_it) {
  if (!have_real_data()) {
    return;
  }
  const std::string dir = "registry/yarp/hives_for_tests/OldDirtyHive/";
  const HivePtr recovered = open_recovered(dir + "OldDirtyHive");
  const HivePtr reference = open_recovered(dir + "RecoveredHive_Windows7");
  BOOST_TEST((recovered->state().scheme == LogScheme::old_format));
  BOOST_TEST((walk_all(*recovered) == WalkCount{5003, 1, 0, ""}));
  BOOST_TEST((flatten(*recovered) == flatten(*reference)));
}

BOOST_AUTO_TEST_CASE(recovers_a_dirty_system_hive_of_windows_10) {
  if (!have_real_data()) {
    return;
  }
  const HivePtr raw = must(Hive::open(real_source("registry/regipy/SYSTEM_B/SYSTEM_B")));
  BOOST_TEST((walk_all(*raw) == WalkCount{33123, 74957, 0, ""}));
  const HivePtr hive = open_recovered("registry/regipy/SYSTEM_B/SYSTEM_B");
  BOOST_TEST(hive->state().primary_sequence == 1622U);
  BOOST_TEST(hive->state().first_sequence == 2107U);
  BOOST_TEST(hive->state().last_sequence == 2130U);
  BOOST_TEST(hive->state().bins_size == 12'591'104U);
  BOOST_TEST((walk_all(*hive) == WalkCount{35595, 78901, 0, ""}));
}

BOOST_AUTO_TEST_CASE(applies_one_log_when_the_other_is_too_old) {
  if (!have_real_data()) {
    return;
  }
  const HivePtr hive = open_recovered("registry/regipy/transactions/NTUSER.DAT");
  BOOST_TEST(hive->state().logs_used.size() == 1U);
  BOOST_TEST(hive->state().last_sequence == 588U);
  BOOST_TEST((walk_all(*hive) == WalkCount{3105, 4695, 0, ""}));
}

BOOST_AUTO_TEST_CASE(leaves_the_logs_of_clean_hives_alone) {
  if (!have_real_data()) {
    return;
  }
  for (const char* item : {"registry/dirty_sam/SAM", "bcd/uefi_asus_tp300ld/BCD",
                           "bcd/bios_komalw20/BCD", "bcd/bios_dell7050/BCD"}) {
    const HivePtr hive = open_recovered(item);
    BOOST_TEST((hive->state().condition == HiveCondition::clean), item);
    BOOST_TEST(hive->state().logs_used.empty(), item);
  }
}

BOOST_AUTO_TEST_CASE(does_not_apply_damaged_logs) {
  if (!have_real_data()) {
    return;
  }
  for (const char* name : {"BadLogHive1", "BadLogHive2", "BadLogHive3"}) {
    const HivePtr hive =
        open_recovered(fmt::format("registry/yarp/hives_for_tests/{}/BadLogHive", name));
    BOOST_TEST((hive->state().condition == HiveCondition::dirty), name);
    BOOST_TEST(!hive->state().diagnostics.empty(), name);
  }
  const HivePtr replaced =
      open_recovered("registry/yarp/hives_for_tests/BadBaseBlockHive/BadBaseBlockHive");
  BOOST_TEST((walk_all(*replaced) == WalkCount{5003, 1, 0, ""}));
}

BOOST_AUTO_TEST_CASE(damaged_hives_give_what_they_hold) {
  if (!have_real_data()) {
    return;
  }
  const HivePtr hive = must(Hive::open(real_source("registry/regipy/corrupted_system_hive.xz")));
  Diagnostics findings;
  hive->check_bins(findings);
  BOOST_TEST(!findings.empty());
  const WalkCount count = walk_all(*hive);
  BOOST_TEST(count.keys > 1000U);
  for (const auto& entry :
       bfs::directory_iterator(*real_data_dir() + "/registry/yarp/hives_for_tests")) {
    if (bfs::is_regular_file(entry.path())) {
      exercise(real_bytes("registry/yarp/hives_for_tests/" + entry.path().filename().string()));
    }
  }
}

BOOST_AUTO_TEST_CASE(reads_class_names_of_the_boot_key) {
  if (!have_real_data()) {
    return;
  }
  const HivePtr hive = must(Hive::open(real_source("registry/dissect/SYSTEM.xz")));
  const Key lsa = must(hive->find(u"ControlSet001\\Control\\Lsa")).value();
  const std::pair<const char16_t*, const char16_t*> expected[] = {
      {u"JD", u"cdebfed5"}, {u"Skew1", u"7db4e11c"}, {u"GBG", u"b185f3f2"}, {u"Data", u"a282942c"}};
  for (const auto& [name, text] : expected) {
    BOOST_TEST((must(must(lsa.subkey(name))->class_name()) == text));
  }
}

BOOST_AUTO_TEST_SUITE_END()
