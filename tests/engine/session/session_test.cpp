// SPDX-License-Identifier: Apache-2.0
// Opening sessions on directories of the host.
#include "engine/session/session.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::u16string wide(const std::string& text) {
  return *from_utf8(text);
}

SessionRequest request(const std::string& path) {
  return {
      .image_path = wide(path), .windows_directory = std::nullopt, .system_drive = std::nullopt};
}

/// A tree on the host.
struct OnHost {
  TempDir dir;
  std::string path = dir.path() + "/image";

  explicit OnHost(const fixture::Tree& tree) { fixture::write_tree(tree, path); }
};

std::string directory_of(const SessionPtr& session) {
  return to_utf8(session->image().installation().windows_directory);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(session)

BOOST_DATA_TEST_CASE(opens_every_recipe, boost::unit_test::data::make(fixture::recipe_names()),
                     name) {
  const OnHost host(recipe_tree(name));
  const auto begin = std::chrono::steady_clock::now();
  const SessionPtr session = must(Session::open(request(host.path)));
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begin);
  BOOST_TEST_MESSAGE(name << ": opened in " << took.count() << " us");
  BOOST_TEST(directory_of(session) == "\\Windows");
  const Identity identity = read_identity(session->image());
  BOOST_TEST(to_utf8(identity.hostname->value) == fixture::find_recipe(name)->hostname);
}

BOOST_AUTO_TEST_CASE(a_collection_of_drives_has_two_systems_and_its_boot_drive) {
  const OnHost host(recipe_tree("dual_boot"));
  const SessionPtr session = must(Session::open(request(host.path)));
  const Image& image = session->image();
  BOOST_TEST(image.installations().size() == 2U);
  BOOST_TEST(mentions(image.choice_reason(), {"default entry"}));
  const BootManager& boot = image.boot_manager();
  BOOST_TEST_REQUIRE(boot.chosen.has_value());
  BOOST_TEST((boot.drive == u'S'));
  BOOST_TEST((boot.stores[*boot.chosen].firmware == Firmware::bios));
  std::size_t started = 0;
  for (const BootEntry& entry : boot.entries) {
    started += entry.starts_chosen ? 1 : 0;
  }
  BOOST_TEST(started == 1U);
}

BOOST_AUTO_TEST_CASE(the_other_system_can_be_asked_for) {
  const OnHost host(recipe_tree("dual_boot"));
  SessionRequest other = request(host.path);
  other.windows_directory = u"D:\\Windows";
  const SessionPtr session = must(Session::open(other));
  BOOST_TEST(to_utf8(read_identity(session->image()).hostname->value) == "CASE-WIN7");
  SessionRequest absolute = request(host.path);
  absolute.windows_directory = wide(host.path + "/D/Windows");
  BOOST_TEST(to_utf8(read_identity(must(Session::open(absolute))->image()).hostname->value) ==
             "CASE-WIN7");
}

BOOST_AUTO_TEST_CASE(accepts_the_forms_of_a_path) {
  const OnHost host(small_windows());
  std::string backslashes = host.path;
  std::replace(backslashes.begin(), backslashes.end(), '/', '\\');
  for (const std::string& path : {host.path, host.path + "/", host.path + "\\", host.path + "//",
                                  backslashes, backslashes + "\\"}) {
    BOOST_TEST_CONTEXT(path) {
      BOOST_TEST(is_ok(Session::open(request(path))));
    }
  }
  SessionRequest windows = request(host.path);
  windows.windows_directory = wide(host.path + "/Windows");
  BOOST_TEST(is_ok(Session::open(windows)));
}

BOOST_AUTO_TEST_CASE(a_name_with_a_literal_backslash_goes_first) {
  const TempDir dir;
  fixture::Tree other;
  add_small_windows(other, "WINNT", small_system(), small_software("C:\\WINNT"));
  fixture::write_tree(small_windows(), dir.path() + "/a\\b");
  fixture::write_tree(other, dir.path() + "/a/b");
  BOOST_TEST(directory_of(must(Session::open(request(dir.path() + "/a\\b")))) == "\\Windows");
  BOOST_TEST(directory_of(must(Session::open(request(dir.path() + "\\a\\b")))) == "\\WINNT");
}

BOOST_AUTO_TEST_CASE(the_windows_directory_itself_is_an_image_too) {
  const OnHost host(recipe_tree("windows_10"));
  const SessionPtr session = must(Session::open(request(host.path + "/Windows")));
  BOOST_TEST(directory_of(session) == "\\");
  BOOST_TEST(to_utf8(read_identity(session->image()).hostname->value) == "DESKTOP-CASE10");
}

BOOST_AUTO_TEST_CASE(empty_choices_are_none) {
  const OnHost host(small_windows());
  SessionRequest empty = request(host.path);
  empty.windows_directory = u"";
  empty.system_drive = u"";
  BOOST_TEST(is_ok(Session::open(empty)));
}

BOOST_AUTO_TEST_CASE(refuses_bad_arguments_before_it_looks_at_anything) {
  BOOST_TEST(is_status(Session::open({}), Status::invalid_argument));
  const std::vector<std::u16string> bad = {std::u16string(u"/a\0b", 4), u"/a\xD800", u"\xDC00",
                                           std::u16string(32'768, u'a')};
  for (const std::u16string& text : bad) {
    BOOST_TEST(
        is_status(Session::open({text, std::nullopt, std::nullopt}), Status::invalid_argument));
    BOOST_TEST(
        is_status(Session::open({u"/nowhere", text, std::nullopt}), Status::invalid_argument));
    BOOST_TEST(
        is_status(Session::open({u"/nowhere", std::nullopt, text}), Status::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(the_online_image_is_not_there_and_takes_no_choices) {
  const auto online = Session::open({online_image_name, std::nullopt, std::nullopt});
  BOOST_TEST(is_status(online, Status::unsupported));
  BOOST_TEST(mentions(online.error().message(), {"running Windows"}));
  BOOST_TEST(is_ok(Result<void>()));
  BOOST_TEST(is_status(Session::open({online_image_name, u"Windows", std::nullopt}),
                       Status::invalid_argument));
  BOOST_TEST(
      is_status(Session::open({online_image_name, std::nullopt, u"S:"}), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(tells_a_missing_path_from_a_missing_parent) {
  const TempDir dir;
  BOOST_TEST(is_status(Session::open(request(dir.path() + "/no")), Status::not_found));
  BOOST_TEST(is_status(Session::open(request(dir.path() + "/no/no")), Status::path_not_found));
  const auto drive = Session::open({u"Q:\\images\\w10", std::nullopt, std::nullopt});
  BOOST_TEST(is_status(drive, Status::path_not_found));
  BOOST_TEST(mentions(drive.error().message(), {"no drive letters"}));
}

BOOST_AUTO_TEST_CASE(a_directory_without_windows_says_what_is_there_instead) {
  const TempDir dir;
  dir.write("holiday/photo.jpg", "x");
  const auto result = Session::open(request(dir.path()));
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(), {"holiday"}));
}

BOOST_AUTO_TEST_CASE(a_subfolder_of_windows_is_not_an_image) {
  const OnHost host(recipe_tree("windows_10"));
  const auto result = Session::open(request(host.path + "/Windows/System32"));
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(), {"looks like System32"}));
}

BOOST_AUTO_TEST_CASE(a_wrong_windows_directory_or_system_drive_opens_nothing) {
  const OnHost host(small_windows());
  SessionRequest wrong = request(host.path);
  wrong.windows_directory = u"WINNT";
  const auto directory = Session::open(wrong);
  BOOST_TEST(is_status(directory, Status::path_not_found));
  BOOST_TEST(mentions(directory.error().message(), {"WINNT"}));
  SessionRequest drive = request(host.path);
  drive.system_drive = u"S:";
  BOOST_TEST(is_status(Session::open(drive), Status::path_not_found));
  drive.system_drive = u"nonsense";
  BOOST_TEST(is_status(Session::open(drive), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_session_outlives_the_directory_for_what_it_has_read) {
  SessionPtr session;
  {
    const OnHost host(recipe_tree("windows_10"));
    session = must(Session::open(request(host.path)));
  }
  BOOST_TEST(to_utf8(read_identity(session->image()).product_name->value) == "Windows 10 Pro");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
