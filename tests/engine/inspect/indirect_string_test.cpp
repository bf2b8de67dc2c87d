// SPDX-License-Identifier: Apache-2.0
// References to strings: their parts, where the strings are looked for, and what stops it.
#include "engine/inspect/indirect_string.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/pe_builder.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

fixture::ByteVector strings(std::vector<fixture::PeString> texts, std::uint16_t language = 0x0409) {
  return fixture::build_pe({.dll = true, .resources = fixture::string_resources(texts, language)});
}

/// A Windows in German with files that can be added.
struct Strings {
  fixture::HiveBuilder system = small_system();
  fixture::Tree files;
  Diagnostics findings;

  Strings() {
    system.key("ControlSet001\\Control\\Nls\\Language").set_string("InstallLanguage", "0407");
  }

  ImagePtr open() const {
    fixture::Tree tree;
    add_small_windows(tree, "Windows", system, small_software());
    tree.add_tree("", files);
    return open_tree(tree);
  }

  /// "text (file)", or "none".
  std::string resolve(std::u16string_view stored) {
    const ImagePtr image = open();
    FactReader reader(*image, findings);
    const auto found = IndirectStrings(reader).resolve(stored);
    if (!found) {
      return "none";
    }
    return to_utf8(found->text) + (found->file.empty() ? "" : " (" + to_utf8(found->file) + ")");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(indirect_string)

BOOST_AUTO_TEST_CASE(references_have_parts) {
  const auto plain = parse_indirect_string(u"@tzres.dll,-322");
  BOOST_TEST_REQUIRE(plain.has_value());
  BOOST_TEST(to_utf8(plain->file) == "tzres.dll");
  BOOST_TEST(plain->number.value() == 322);
  BOOST_TEST(plain->token.empty());
  BOOST_TEST(plain->fallback.empty());
  const auto whole = parse_indirect_string(u"@%SystemRoot%\\System32\\a, b.dll,-5;text; more");
  BOOST_TEST(to_utf8(whole.value().file) == "%SystemRoot%\\System32\\a, b.dll");
  BOOST_TEST(whole->number.value() == 5);
  BOOST_TEST(to_utf8(whole->fallback) == "text; more");
  const auto inf = parse_indirect_string(u"@c_monitor.inf,%ClassDesc%;Monitors");
  BOOST_TEST(to_utf8(inf.value().token) == "ClassDesc");
  BOOST_TEST(!inf->number.has_value());
  BOOST_TEST(to_utf8(inf->fallback) == "Monitors");
  // An edition of the string, and no text.
  BOOST_TEST(parse_indirect_string(u"@x.dll,-1;v2").value().fallback.empty());
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_references) {
  for (const std::u16string_view text : {u"", u"@", u"x", u"@x.dll", u"@,-1", u"@;,-1", u"x,-1"}) {
    BOOST_TEST(!parse_indirect_string(text).has_value());
  }
  for (const std::u16string_view text :
       {u"@x.dll,5", u"@x.dll,-", u"@x.dll,-65536", u"@x.dll,-5a"}) {
    BOOST_TEST(!parse_indirect_string(text).value().number.has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_reference_is_itself) {
  Strings image;
  BOOST_TEST(image.resolve(u"Monitors") == "Monitors");
  BOOST_TEST(image.resolve(u"") == "");
  BOOST_TEST(image.resolve(u"@nothing") == "none");
}

BOOST_AUTO_TEST_CASE(the_language_of_the_image_goes_before_english_and_the_file_itself) {
  Strings image;
  image.files.add_file("Windows/System32/x.dll",
                       strings({{1, u"file"}, {2, u"file"}, {3, u"file"}}));
  BOOST_TEST(image.resolve(u"@x.dll,-1") == "file (\\Windows\\System32\\x.dll)");
  image.files.add_file("Windows/System32/en-US/x.dll.mui",
                       strings({{1, u"english"}, {2, u"english"}}));
  BOOST_TEST(image.resolve(u"@x.dll,-1") == "english (\\Windows\\System32\\en-US\\x.dll.mui)");
  image.files.add_file("Windows/System32/de-DE/x.dll.mui", strings({{1, u"deutsch"}}, 0x0407));
  BOOST_TEST(image.resolve(u"@X.DLL,-1") == "deutsch (\\Windows\\System32\\de-DE\\x.dll.mui)");
  BOOST_TEST(image.resolve(u"@x.dll,-2") == "english (\\Windows\\System32\\en-US\\x.dll.mui)");
  BOOST_TEST(image.resolve(u"@x.dll,-3") == "file (\\Windows\\System32\\x.dll)");
  BOOST_TEST(image.resolve(u"@x.dll,-4") == "none");
  BOOST_TEST(image.resolve(u"@x.dll,-4;behind") == "behind");
  BOOST_TEST(image.findings.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_holds_several_languages_gives_the_one_of_the_image) {
  Strings image;
  std::vector<fixture::PeResource> resources = fixture::string_resources({{1, u"english"}}, 0x0409);
  for (auto& other : fixture::string_resources({{1, u"deutsch"}}, 0x0407)) {
    resources.push_back(std::move(other));
  }
  image.files.add_file("Windows/System32/x.dll", fixture::build_pe({.resources = resources}));
  BOOST_TEST(image.resolve(u"@x.dll,-1") == "deutsch (\\Windows\\System32\\x.dll)");
}

BOOST_AUTO_TEST_CASE(files_are_looked_for_where_windows_looks) {
  Strings image;
  image.files.add_file("Windows/System32/drivers/d.sys", strings({{7, u"driver"}}));
  image.files.add_file("Windows/w.exe", strings({{7, u"in Windows"}}));
  const std::string driver = "driver (\\Windows\\System32\\drivers\\d.sys)";
  BOOST_TEST(image.resolve(u"@%SystemRoot%\\System32\\drivers\\d.sys,-7") == driver);
  BOOST_TEST(image.resolve(u"@%windir%\\system32\\DRIVERS\\D.SYS,-7;text") == driver);
  BOOST_TEST(image.resolve(u"@\\SystemRoot\\System32\\drivers\\d.sys,-7") == driver);
  BOOST_TEST(image.resolve(u"@System32\\drivers\\d.sys,-7") == driver);
  BOOST_TEST(image.resolve(u"@w.exe,-7") == "in Windows (\\Windows\\w.exe)");
  BOOST_TEST(image.resolve(u"@d.sys,-7") == "none");
  BOOST_TEST(image.resolve(u"@..\\..\\..\\d.sys,-7") == "none");
  BOOST_TEST(image.findings.empty());
}

BOOST_AUTO_TEST_CASE(a_string_of_an_inf_is_what_stands_behind_it_else_its_own) {
  Strings image;
  image.files.add_file("Windows/INF/c_x.inf",
                       "[Version]\r\nClass=X\r\n[Strings]\r\nClassDesc=\"Things\"\r\n");
  BOOST_TEST(image.resolve(u"@c_x.inf,%ClassDesc%;Sachen") == "Sachen");
  BOOST_TEST(image.resolve(u"@c_x.inf,%ClassDesc%") == "Things (\\Windows\\INF\\c_x.inf)");
  BOOST_TEST(image.resolve(u"@c_x.inf,%Other%") == "none");
  BOOST_TEST(image.resolve(u"@c_y.inf,%ClassDesc%") == "none");
  BOOST_TEST(image.resolve(u"@..\\INF\\c_x.inf,%ClassDesc%") == "none");
  BOOST_TEST(image.findings.empty());
}

BOOST_AUTO_TEST_CASE(damage_is_a_finding_once_a_file_and_leaves_what_stands_behind) {
  Strings image;
  image.files.add_file("Windows/System32/x.dll", "MZ and nothing else");
  const ImagePtr opened = image.open();
  FactReader reader(*opened, image.findings);
  IndirectStrings strings_of(reader);
  BOOST_TEST(to_utf8(strings_of.resolve(u"@x.dll,-1;one").value().text) == "one");
  BOOST_TEST(to_utf8(strings_of.resolve(u"@x.dll,-2;two").value().text) == "two");
  BOOST_TEST(image.findings.items().size() == 1U);
  BOOST_TEST(has_finding(image.findings, "resource-unreadable", "x.dll"));
  // An undefined variable.
  BOOST_TEST(!strings_of.resolve(u"@%NoSuchFolder%\\x.dll,-1").has_value());
  BOOST_TEST(has_finding(image.findings, "resource-unreadable", "NoSuchFolder"));
}

BOOST_AUTO_TEST_CASE(a_program_is_opened_once_for_all_its_strings) {
  Strings image;
  image.files.add_file("Windows/System32/x.dll", strings({{1, u"one"}, {2, u"two"}}));
  fixture::Tree tree;
  add_small_windows(tree, "Windows", image.system, small_software());
  tree.add_tree("", image.files);
  const auto volume = volume_of(tree);
  const ImagePtr opened = must(Image::open(image_of({volume}), {}));
  FactReader reader(*opened, image.findings);
  IndirectStrings strings_of(reader);
  BOOST_TEST(strings_of.resolve(u"@x.dll,-1").has_value());
  const std::size_t opens = volume->opens();
  BOOST_TEST(strings_of.resolve(u"@x.dll,-2").has_value());
  BOOST_TEST(volume->opens() == opens);
  const std::uint64_t read = volume->bytes_read();
  BOOST_TEST(to_utf8(strings_of.resolve(u"@X.dll,-2").value().text) == "two");
  BOOST_TEST(volume->bytes_read() == read);  // it is remembered
}

BOOST_AUTO_TEST_CASE(no_more_files_are_opened_than_the_limit) {
  Strings image;
  for (std::size_t i = 0; i <= IndirectStrings::max_files; ++i) {
    image.files.add_file("Windows/System32/f" + std::to_string(i) + ".dll",
                         strings({{1, u"text"}}));
  }
  const ImagePtr opened = image.open();
  FactReader reader(*opened, image.findings);
  IndirectStrings strings_of(reader);
  std::size_t found = 0;
  for (std::size_t i = 0; i <= IndirectStrings::max_files; ++i) {
    const std::string name = "@%SystemRoot%\\System32\\f" + std::to_string(i) + ".dll,-1";
    found += strings_of.resolve(std::u16string(name.begin(), name.end())) ? 1U : 0U;
  }
  BOOST_TEST(found == IndirectStrings::max_files);
  BOOST_TEST(has_finding(image.findings, "limit"));
  BOOST_TEST(image.findings.items().size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_more_references_are_followed_than_the_limit) {
  Strings image;
  image.files.add_file("Windows/System32/x.dll", strings({{1, u"one"}, {65000, u"late"}}));
  const ImagePtr opened = image.open();
  FactReader reader(*opened, image.findings);
  IndirectStrings strings_of(reader);
  for (std::size_t i = 1; i <= IndirectStrings::max_references; ++i) {
    const std::string name = "@x.dll,-" + std::to_string(i);
    (void)strings_of.resolve(std::u16string(name.begin(), name.end()));
  }
  BOOST_TEST(image.findings.empty());
  BOOST_TEST(!strings_of.resolve(u"@x.dll,-65000").has_value());
  BOOST_TEST(to_utf8(strings_of.resolve(u"@x.dll,-65000;behind").value().text) == "behind");
  BOOST_TEST(strings_of.resolve(u"@x.dll,-1").has_value());  // known
  BOOST_TEST(image.findings.items().size() == 1U);
}

BOOST_AUTO_TEST_CASE(texts_over_the_limit_are_not_believed) {
  Strings image;
  BOOST_TEST(image.resolve(std::u16string(IndirectStrings::max_units, u'x')).size() ==
             IndirectStrings::max_units);
  BOOST_TEST(image.findings.empty());
  BOOST_TEST(image.resolve(std::u16string(IndirectStrings::max_units + 1, u'x')) == "none");
  BOOST_TEST(has_finding(image.findings, "limit"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
