// SPDX-License-Identifier: Apache-2.0
// Every form of path that a session, a registry value or a person may give.
#include "vfs/fs/path.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

/// "drive C", "volume <guid>", "variable windir": a root as text.
std::string root_text(const PathRoot& root) {
  struct Visitor {
    std::string operator()(const path_root::Relative&) const { return "relative"; }
    std::string operator()(const path_root::Rooted&) const { return "rooted"; }
    std::string operator()(const path_root::Drive& drive) const {
      return std::string("drive ") + static_cast<char>(drive.letter);
    }
    std::string operator()(const path_root::VolumeGuid& volume) const {
      return "volume " + volume.id.to_string();
    }
    std::string operator()(const path_root::HarddiskVolume& volume) const {
      return "harddisk volume " + std::to_string(volume.number);
    }
    std::string operator()(const path_root::SystemRoot&) const { return "system root"; }
    std::string operator()(const path_root::Variable& variable) const {
      return "variable " + to_utf8(variable.name);
    }
    std::string operator()(const path_root::Unresolvable& path) const { return path.reason; }
  };
  return std::visit(Visitor{}, root);
}

std::string join(const ParsedPath& path) {
  std::string text;
  for (std::size_t i = 0; i < path.parents; ++i) {
    text += "^";
  }
  for (const PathComponent& component : path.components) {
    text += "|" + to_utf8(component.name);
  }
  return text + (path.stream.empty() ? "" : " stream " + to_utf8(path.stream));
}

struct Row {
  std::u16string_view text;
  const char* root;
  const char* rest;  // "|" before each name, "^" for each step above the start
  bool literal = false;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << to_utf8(row.text);
}

#define GUID_TEXT u"{9dea862c-5cdd-4e70-acc1-f32b344d4795}"
constexpr const char* volume = "volume 9dea862c-5cdd-4e70-acc1-f32b344d4795";

const std::array forms{
    Row{u"", "relative", ""},
    Row{u"\\", "rooted", ""},
    Row{u"/", "rooted", ""},
    Row{u"System32\\drivers\\x.sys", "relative", "|System32|drivers|x.sys"},
    Row{u"\\Windows\\explorer.exe", "rooted", "|Windows|explorer.exe"},
    Row{u"/Windows/System32", "rooted", "|Windows|System32"},
    Row{u"C:\\Windows", "drive C", "|Windows"},
    Row{u"c:/Windows\\System32/", "drive C", "|Windows|System32"},
    Row{u"C:", "drive C", ""},
    Row{u"C:\\", "drive C", ""},
    Row{u"C:Windows", "drive C", "|Windows"},
    Row{u"C:\\\\a\\\\\\b\\", "drive C", "|a|b"},
    Row{u"\\\\?\\C:\\Windows", "drive C", "|Windows", true},
    Row{u"\\\\?\\c:", "drive C", "", true},
    Row{u"\\\\.\\C:\\Windows", "drive C", "|Windows"},
    Row{u"//?/C:/Windows", "drive C", "|Windows"},
    Row{u"\\??\\D:\\x", "drive D", "|x", true},
    Row{u"\\DosDevices\\C:\\x", "drive C", "|x"},
    Row{u"\\dosdevices\\C:", "drive C", ""},
    Row{u"\\Global??\\C:\\x", "drive C", "|x"},
    Row{u"\\GLOBAL??\\C:\\x", "drive C", "|x"},
    Row{u"\\\\?\\Volume" GUID_TEXT u"\\Windows", volume, "|Windows", true},
    Row{u"\\??\\volume" GUID_TEXT, volume, "", true},
    Row{u"\\\\.\\Volume" GUID_TEXT u"\\", volume, ""},
    Row{u"\\Device\\HarddiskVolume3\\Windows", "harddisk volume 3", "|Windows"},
    Row{u"\\device\\HARDDISKVOLUME12", "harddisk volume 12", ""},
    Row{u"\\\\?\\HarddiskVolume1\\x", "harddisk volume 1", "|x", true},
    Row{u"\\SystemRoot\\System32\\x.sys", "system root", "|System32|x.sys"},
    Row{u"\\systemroot", "system root", ""},
    Row{u"\\SystemRootX\\y", "rooted", "|SystemRootX|y"},
    Row{u"%SystemRoot%\\System32", "variable SystemRoot", "|System32"},
    Row{u"%ProgramFiles(x86)%/Common", "variable ProgramFiles(x86)", "|Common"},
    Row{u"%windir%", "variable windir", ""},
    Row{u"%windir%system32", "relative", "|%windir%system32"},
    Row{u"%windir", "relative", "|%windir"},
    Row{u"%%\\x", "relative", "|%%|x"},
    Row{u"100%\\x%", "relative", "|100%|x%"},
    Row{u"\\%windir%\\x", "rooted", "|%windir%|x"},
    Row{u"\\Device", "rooted", "|Device"},
    Row{u"\\DosDevice\\C:\\x", "rooted", "|DosDevice|C:|x"},
};
BOOST_AUTO_TEST_SUITE(path)

BOOST_DATA_TEST_CASE(recognises_every_form, bdata::make(forms), row) {
  const ParsedPath parsed = must(parse_path(row.text));
  BOOST_TEST(root_text(parsed.root) == row.root);
  BOOST_TEST(join(parsed) == row.rest);
  BOOST_TEST(parsed.literal == row.literal);
}

const std::array unresolvable{
    Row{u"\\\\server\\share\\x", "network path", ""},
    Row{u"//server/share", "network path", ""},
    Row{u"\\\\", "network path", ""},
    Row{u"\\\\?\\UNC\\server\\share", "network path", ""},
    Row{u"\\??\\unc\\server\\share", "network path", ""},
    Row{u"\\Device\\Mup\\server\\share", "network path", ""},
    Row{u"\\Device\\LanmanRedirector\\;Z:\\s", "network path", ""},
    Row{u"\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\x", "globalroot path", ""},
    Row{u"\\??\\GlobalRoot\\SystemRoot", "globalroot path", ""},
    Row{u"\\\\.\\PhysicalDrive0", "device path", ""},
    Row{u"\\\\.\\pipe\\x", "device path", ""},
    Row{u"\\\\?\\", "device path", ""},
    Row{u"\\\\.", "device path", ""},
    Row{u"\\??\\C", "device path", ""},
    Row{u"\\\\?\\C:x", "device path", ""},
    Row{u"\\Device\\Harddisk0\\Partition1", "device path", ""},
    Row{u"\\Device\\HarddiskVolume0\\x", "device path", ""},
    Row{u"\\Device\\HarddiskVolume01\\x", "device path", ""},
    Row{u"\\Device\\HarddiskVolume4294967296\\x", "device path", ""},
    Row{u"\\Device\\HarddiskVolume99999999999999999999999\\x", "device path", ""},
    Row{u"\\\\?\\Volume{9dea862c}\\x", "device path", ""},
    Row{u"\\\\?\\Volume9dea862c-5cdd-4e70-acc1-f32b344d4795\\x", "device path", ""},
};

BOOST_DATA_TEST_CASE(says_what_can_never_be_found_offline, bdata::make(unresolvable), row) {
  const ParsedPath parsed = must(parse_path(row.text));
  BOOST_TEST(root_text(parsed.root) == row.root);
  BOOST_TEST(parsed.components.empty());
  BOOST_CHECK(std::get<path_root::Unresolvable>(parsed.root).text == row.text);
}

const std::array dots{
    Row{u"C:\\a\\.\\b", "drive C", "|a|b"},
    Row{u"C:\\a\\..\\b", "drive C", "|b"},
    Row{u"C:\\a\\b\\..", "drive C", "|a"},
    Row{u"C:\\a\\b\\c\\..\\..\\d", "drive C", "|a|d"},  // the last segments go, not the first
    Row{u"C:\\..\\..\\Windows", "drive C", "|Windows"},
    Row{u"\\..\\Windows", "rooted", "|Windows"},
    Row{u"\\\\.\\C:\\..\\x", "drive C", "|x"},
    Row{u"\\\\?\\Volume" GUID_TEXT u"\\a\\..", volume, "|a|..", true},
    Row{u"\\\\?\\C:\\a\\..\\.\\b", "drive C", "|a|..|.|b", true},
    Row{u"\\??\\C:\\..\\b", "drive C", "|..|b", true},
    Row{u"..\\x", "relative", "^|x"},
    Row{u"a\\..\\..\\..\\x", "relative", "^^|x"},
    Row{u"\\SystemRoot\\..\\x", "system root", "^|x"},
    Row{u"%windir%\\..\\Users", "variable windir", "^|Users"},
    Row{u"C:\\...\\x", "drive C", "|...|x"},
    Row{u"C:\\..a\\x", "drive C", "|..a|x"},
};

BOOST_DATA_TEST_CASE(resolves_dots_lexically, bdata::make(dots), row) {
  const ParsedPath parsed = must(parse_path(row.text));
  BOOST_TEST(root_text(parsed.root) == row.root);
  BOOST_TEST(join(parsed) == row.rest);
  BOOST_TEST(parsed.literal == row.literal);
}

const std::array streams{
    Row{u"C:\\x.txt:Zone.Identifier", "drive C", "|x.txt stream Zone.Identifier"},
    Row{u"C:\\x.txt:s:$DATA", "drive C", "|x.txt stream s"},
    Row{u"C:\\x.txt:s:$data", "drive C", "|x.txt stream s"},
    Row{u"C:\\x.txt::$DATA", "drive C", "|x.txt"},
    Row{u"C:x.txt:s", "drive C", "|x.txt stream s"},
    Row{u"\\a:b\\c", "rooted", "|a:b|c"},
    Row{u"\\a:b\\c:d", "rooted", "|a:b|c stream d"},
    Row{u"\\dir:s\\", "rooted", "|dir:s"},
    Row{u"C:\\:s", "drive C", " stream s"},
    Row{u"C:\\a\\..:s", "drive C", " stream s"},
    Row{u"\\\\?\\C:\\x:s", "drive C", "|x stream s", true},
    Row{u"ab:s", "relative", "|ab stream s"},
};

BOOST_DATA_TEST_CASE(cuts_streams_after_the_last_separator_only, bdata::make(streams), row) {
  const ParsedPath parsed = must(parse_path(row.text));
  BOOST_TEST(root_text(parsed.root) == row.root);
  BOOST_TEST(join(parsed) == row.rest);
}

BOOST_AUTO_TEST_CASE(trims_as_win32_does_and_keeps_what_was_written) {
  const ParsedPath parsed = must(parse_path(u"C:\\dir. .\\file.txt. \\ x"));
  BOOST_REQUIRE_EQUAL(parsed.components.size(), 3U);
  BOOST_TEST(to_utf8(parsed.components[0].name) == "dir");
  BOOST_TEST(to_utf8(parsed.components[0].raw) == "dir. .");
  BOOST_TEST(to_utf8(parsed.components[1].name) == "file.txt");
  BOOST_TEST(to_utf8(parsed.components[1].raw) == "file.txt. ");
  BOOST_TEST(to_utf8(parsed.components[2].name) == " x");
  const ParsedPath literal = must(parse_path(u"\\\\?\\C:\\dir. .\\x "));
  BOOST_TEST(to_utf8(literal.components[0].name) == "dir. .");
  BOOST_TEST(to_utf8(literal.components[1].name) == "x ");
}

BOOST_AUTO_TEST_CASE(keeps_lone_surrogates) {
  const std::u16string text{u'\\', u'a', 0xD800, u'b', u'\\', 0xDC01};
  const ParsedPath parsed = must(parse_path(text));
  BOOST_REQUIRE_EQUAL(parsed.components.size(), 2U);
  BOOST_CHECK(parsed.components[0].name == (std::u16string{u'a', 0xD800, u'b'}));
  BOOST_CHECK(parsed.components[1].name == (std::u16string{0xDC01}));
}

BOOST_DATA_TEST_CASE(formats_to_text_that_parses_to_the_same,
                     bdata::make(forms) + bdata::make(unresolvable) + bdata::make(dots) +
                         bdata::make(streams),
                     row) {
  const ParsedPath parsed = must(parse_path(row.text));
  const std::u16string text = format_path(parsed);
  BOOST_TEST_CONTEXT("formatted as " << to_utf8(text)) {
    BOOST_CHECK(must(parse_path(text)) == parsed);
  }
}

BOOST_AUTO_TEST_CASE(formats_names_that_look_like_prefixes) {
  for (const std::u16string_view text : {u"\\.\\SystemRoot\\x", u".\\C:\\x", u"\\.\\??\\C:\\x",
                                         u".\\%windir%\\x", u"\\a:b\\.:s", u"..\\.:s"}) {
    const ParsedPath parsed = must(parse_path(text));
    BOOST_TEST_CONTEXT(to_utf8(text)) {
      BOOST_CHECK(must(parse_path(format_path(parsed))) == parsed);
    }
  }
}

BOOST_AUTO_TEST_CASE(formats_the_shortest_form) {
  BOOST_TEST(to_utf8(format_path(must(parse_path(u"c:/a/./b/../x.txt:s:$DATA")))) ==
             "C:\\a\\x.txt:s");
  BOOST_TEST(to_utf8(format_path(must(parse_path(u"\\??\\C:\\a. ")))) == "\\\\?\\C:\\a. ");
}

BOOST_AUTO_TEST_CASE(joins_a_tail_to_the_value_of_a_variable) {
  const ParsedPath base = must(parse_path(u"C:\\Windows"));
  const auto joined = [&](std::u16string_view tail) {
    return to_utf8(format_path(must(join_path(base, must(parse_path(tail))))));
  };
  BOOST_TEST(joined(u"%SystemRoot%\\System32") == "C:\\Windows\\System32");
  BOOST_TEST(joined(u"\\SystemRoot\\..\\Users") == "C:\\Users");
  BOOST_TEST(joined(u"..\\..\\..\\x:s") == "C:\\x:s");
  const ParsedPath relative = must(parse_path(u"a"));
  BOOST_TEST(must(join_path(relative, must(parse_path(u"..\\..\\x")))).parents == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
