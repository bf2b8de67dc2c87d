// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/fuse/symlink_target.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <memory>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/reparse_buffers.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::make_lx_symlink_buffer;
using casement::test::MemoryFileSystem;
using casement::test::must;

namespace {

const Guid other_id = Guid::parse("11111111-2222-3333-0102-030405060708").value();

/// C with \Users\Public and \a\b\c, and D.
struct Volumes {
  std::shared_ptr<MemoryFileSystem> c = std::make_shared<MemoryFileSystem>();
  std::shared_ptr<MemoryFileSystem> d = std::make_shared<MemoryFileSystem>();

  Volumes() {
    c->make_dir(u"\\Users\\Public");
    c->make_dir(u"\\Program Files");
    c->set_short_name(u"\\Program Files", u"PROGRA~1");
    c->make_dir(u"\\a\\b\\c");
    d->make_dir(u"\\Data");
  }

  MountLayout one() const {
    MountLayout layout;
    layout.volumes.push_back(
        {.name = "", .file_system = c, .letters = {u'C'}, .ids = {}, .alone = false});
    return layout;
  }
  MountLayout both() const {
    MountLayout layout;
    layout.one_directory_each = true;
    layout.volumes.push_back(
        {.name = "C", .file_system = c, .letters = {u'C'}, .ids = {}, .alone = false});
    layout.volumes.push_back({.name = "partition 4",
                              .file_system = d,
                              .letters = {u'D'},
                              .ids = {other_id},
                              .alone = false});
    return layout;
  }

  /// Where a link leads that lies `depth` directories below the mount's root.
  std::string absolute(std::u16string_view target, std::uint32_t depth) {
    return text(c->add_symlink(u"\\link", target, false), one(), depth);
  }
  std::string relative(std::u16string_view target, std::uint32_t depth) {
    return text(c->add_symlink(u"\\link", target, true), one(), depth);
  }
  std::string lx(std::string_view target, std::uint32_t depth) {
    return text(c->add_reparse(u"\\link", make_lx_symlink_buffer(target)), one(), depth);
  }
  static std::string text(NodeId link, const MountLayout& layout, std::uint32_t depth) {
    return must(symlink_text(layout, {.volume = 0, .depth = depth}, link));
  }
};

/// How many directories above its own a relative path goes at most.
int highest(const std::string& text) {
  int depth = 0;
  int most = 0;
  for (const auto& step : std::filesystem::path(text)) {
    depth += step == ".." ? 1 : step == "." ? 0 : -1;
    most = std::max(most, depth);
  }
  return most;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(symlink_target, Volumes)

BOOST_AUTO_TEST_CASE(leads_from_the_volume_s_own_letter_to_its_root) {
  BOOST_TEST(absolute(u"\\??\\C:\\Users\\Public", 0) == "Users/Public");
  BOOST_TEST(absolute(u"\\??\\C:\\Users\\Public", 2) == "../../Users/Public");
  BOOST_TEST(absolute(u"\\??\\C:\\", 0) == ".");
  BOOST_TEST(absolute(u"\\??\\C:\\", 3) == "../../..");
}

BOOST_AUTO_TEST_CASE(follows_junctions_likewise) {
  BOOST_TEST(text(c->add_junction(u"\\link", u"\\??\\C:\\Users"), one(), 1) == "../Users");
}

BOOST_AUTO_TEST_CASE(takes_names_as_they_are_stored_where_they_exist) {
  BOOST_TEST(absolute(u"\\??\\C:\\USERS\\PUBLIC\\Not There", 0) == "Users/Public/Not There");
  BOOST_TEST(absolute(u"\\??\\C:\\progra~1\\x", 0) == "Program Files/x");
}

BOOST_AUTO_TEST_CASE(keeps_relative_targets_relative) {
  BOOST_TEST(relative(u"x", 0) == "x");
  BOOST_TEST(relative(u"..\\x\\y", 1) == "../x/y");
  BOOST_TEST(relative(u"\\Users\\Public", 2) == "../../Users/Public");  // from the volume's root
  BOOST_TEST(lx("../x/y", 1) == "../x/y");
  BOOST_TEST(lx("/mnt/c/Users", 1) == "../Users");
}

BOOST_AUTO_TEST_CASE(never_leads_above_the_root) {
  BOOST_TEST(relative(u"..\\..\\..\\..\\etc\\passwd", 1) == "../etc/passwd");
  BOOST_TEST(relative(u"..", 0) == ".");
  BOOST_TEST(relative(u"\\..\\..\\x", 2) == "../../x");
  // Behind a name, which may itself be a link, ".." takes the name away.
  BOOST_TEST(relative(u"a\\..\\..\\..\\x", 1) == "../x");
  BOOST_TEST(relative(u"a\\b\\..\\x", 0) == "a/x");
  BOOST_TEST(absolute(u"\\??\\C:\\a\\..\\..\\..\\etc", 0).find('/') == std::string::npos);
  for (const char16_t* target :
       {u"..", u"../..", u"a/../../..", u"\\..", u"..\\a\\..\\..", u"./.."}) {
    for (std::uint32_t depth = 0; depth < 4; ++depth) {
      BOOST_TEST(highest(relative(target, depth)) <= static_cast<int>(depth));
      BOOST_TEST(highest(absolute(target, depth)) <= static_cast<int>(depth));
    }
  }
}

BOOST_AUTO_TEST_CASE(leaves_other_targets_as_text_that_leads_nowhere) {
  BOOST_TEST(absolute(u"\\??\\E:\\x", 1) == "E:\\x");
  BOOST_TEST(absolute(u"\\??\\UNC\\server\\share", 1) == "UNC\\server\\share");
  BOOST_TEST(absolute(u"\\??\\Volume{99999999-2222-3333-0102-030405060708}\\", 0) ==
             "Volume{99999999-2222-3333-0102-030405060708}\\");
  BOOST_TEST(absolute(u"\\??\\C:\\x:stream", 0) == "C:\\x:stream");
  BOOST_TEST(absolute(u"..", 0) == "\\..");  // absolute, and of no known form
  BOOST_TEST(lx("/etc/passwd", 1) == "\\etc\\passwd");
  BOOST_TEST(absolute(u"\\??\\E:\\a/b", 0) == "E:\\a\\b");
}

BOOST_AUTO_TEST_CASE(leads_from_one_volume_to_the_other) {
  const auto link = [this](std::u16string_view target) {
    return c->add_symlink(u"\\l", target, false);
  };
  BOOST_TEST(text(link(u"\\??\\D:\\data"), both(), 1) == "../partition 4/Data");
  BOOST_TEST(text(link(u"\\??\\D:\\data"), both(), 3) == "../../../partition 4/Data");
  BOOST_TEST(text(link(u"\\??\\C:\\Users"), both(), 1) == "Users");
  BOOST_TEST(text(link(u"\\??\\C:\\Users"), both(), 3) == "../../Users");
  BOOST_TEST(text(link(u"\\??\\Volume{11111111-2222-3333-0102-030405060708}\\"), both(), 1) ==
             "../partition 4");
  // ".." stays on the volume.
  BOOST_TEST(text(c->add_symlink(u"\\l", u"..\\..\\x", true), both(), 2) == "../x");
  BOOST_TEST(text(c->add_symlink(u"\\l", u"..\\..\\x", true), both(), 1) == "x");
}

BOOST_AUTO_TEST_CASE(keeps_the_images_of_a_wim_to_themselves) {
  MountLayout layout = both();
  layout.volumes[0].alone = true;
  const NodeId link = c->add_symlink(u"\\l", u"\\??\\D:\\Data", false);
  BOOST_TEST(text(link, layout, 1) == "D:\\Data");
  layout = both();
  layout.volumes[1].alone = true;
  BOOST_TEST(text(link, layout, 1) == "D:\\Data");
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_a_target) {
  const auto status = [this](NodeId node) { return symlink_text(one(), {}, node); };
  BOOST_TEST(is_status(status(c->write(u"\\file", "x")), Status::not_a_reparse_point));
  BOOST_TEST(
      is_status(status(c->add_reparse(u"\\cut", std::vector<std::byte>(4))), Status::truncated));
  BOOST_TEST(is_status(status(c->add_symlink(u"\\long", std::u16string(5000, u'x'), true)),
                       Status::name_too_long));
}

BOOST_AUTO_TEST_SUITE_END()
