// SPDX-License-Identifier: Apache-2.0
// Links that lead nowhere, in circles or out of the image, and directories that cannot be read.
#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/mutate.h"
#include "tests/support/reparse_buffers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"

namespace casement::test {
namespace {

struct OneVolume {
  std::shared_ptr<MemoryFileSystem> volume = std::make_shared<MemoryFileSystem>();

  Result<std::optional<Resolved>> find(std::u16string_view path, const WalkOptions& options = {}) {
    return find_path(volume, path, options);
  }
};

BOOST_FIXTURE_TEST_SUITE(path_walker_damage, OneVolume)

BOOST_AUTO_TEST_CASE(detects_cycles_long_before_the_limit) {
  volume->add_symlink(u"\\self", u"self", true);
  volume->add_junction(u"\\a", u"\\??\\C:\\b");
  volume->add_junction(u"\\b", u"\\??\\C:\\a");
  const std::uint64_t before = volume->lookups();
  for (const std::u16string_view path : {u"\\self", u"\\a", u"\\a\\x", u"\\b\\x\\y"}) {
    const auto found = find(path);
    BOOST_REQUIRE(is_status(found, Status::too_many_links));
    BOOST_TEST(mentions(found.error().message(), {"cycle"}));
  }
  BOOST_TEST(volume->lookups() - before < 20U);
}

BOOST_AUTO_TEST_CASE(ends_links_that_grow) {
  volume->add_symlink(u"\\grow", u"grow\\x", true);
  const auto found = find(u"\\grow");
  BOOST_REQUIRE(is_status(found, Status::too_many_links));
  BOOST_TEST(mentions(found.error().message(), {"63"}));
}

BOOST_AUTO_TEST_CASE(passing_the_same_junction_twice_is_no_cycle) {
  volume->write(u"\\t\\file", "");
  volume->add_junction(u"\\j", u"\\??\\C:\\t");
  volume->add_junction(u"\\t\\back", u"\\??\\C:\\");
  BOOST_TEST(must(find(u"\\j\\back\\j\\back\\j\\file")).has_value());
}

BOOST_AUTO_TEST_CASE(follows_63_links_and_not_64) {
  volume->write(u"\\l0", "");
  for (int i = 1; i <= 64; ++i) {
    const std::u16string name = *from_utf8("l" + std::to_string(i));
    volume->add_symlink(u"\\" + name, *from_utf8("l" + std::to_string(i - 1)), true);
  }
  BOOST_TEST(must(find(u"\\l63")).has_value());
  BOOST_TEST(is_status(find(u"\\l64"), Status::too_many_links));
  WalkOptions options;
  options.limits.max_reparse = 2;
  BOOST_TEST(must(find(u"\\l2", options)).has_value());
  BOOST_TEST(is_status(find(u"\\l3", options), Status::too_many_links));
}

BOOST_AUTO_TEST_CASE(links_out_of_the_image_are_absent_with_a_reason) {
  volume->add_symlink(u"\\unc", u"\\??\\UNC\\server\\share", false);
  volume->add_junction(u"\\gone", u"\\??\\Z:\\x");
  volume->add_reparse(u"\\lx", make_lx_symlink_buffer("/usr/bin"));
  Diagnostics diagnostics;
  WalkOptions options;
  options.diagnostics = &diagnostics;
  BOOST_TEST(!must(find(u"\\unc\\x", options)).has_value());
  BOOST_TEST(!must(find(u"\\gone", options)).has_value());
  BOOST_TEST(!must(find(u"\\lx", options)).has_value());
  BOOST_REQUIRE_EQUAL(diagnostics.items().size(), 3U);
  BOOST_TEST(diagnostics.items()[0].code == "unresolvable-link");
  BOOST_TEST(mentions(diagnostics.items()[0].text, {"unc", "network path"}));
  BOOST_TEST(diagnostics.items()[1].code == "unmapped-volume");
  BOOST_TEST(diagnostics.items()[2].code == "unresolvable-link");
}

BOOST_AUTO_TEST_CASE(damaged_links_are_errors_that_name_the_link) {
  const auto whole = make_junction_buffer(u"\\??\\C:\\Users", u"");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::u16string name = *from_utf8("\\cut" + std::to_string(size));
    volume->add_reparse(name, prefix(whole, size));
    const auto found = find(name);
    BOOST_REQUIRE(is_status(found, Status::truncated));
    BOOST_TEST(mentions(found.error().message(), {"reparse point", to_utf8(name).c_str()}));
    BOOST_TEST(is_ok(find(name, {FollowMode::nofollow_last, {}, nullptr})));
  }
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_a_link) {
  volume->make_dir(u"\\Users");
  const auto whole = make_junction_buffer(u"\\??\\C:\\Users", u"");
  for (std::size_t offset = 0; offset < whole.size(); ++offset) {
    auto damaged = whole;
    damaged[offset] ^= std::byte{0x41};
    volume->add_reparse(u"\\j", damaged);
    const auto found = find(u"\\j");
    // Absent, opaque or an error; never a place that the link does not name.
    const bool sane = !found || !*found || (**found).path == u"\\j" || (**found).path == u"\\Users";
    BOOST_TEST(sane, "flipped byte " << offset);
  }
}

BOOST_AUTO_TEST_CASE(an_unreadable_directory_is_an_error_with_its_path) {
  volume->write(u"\\Windows\\System32\\x", "");
  volume->damage_directory(u"\\Windows\\System32", Status::corrupt);
  const auto found = find(u"\\Windows\\System32\\x");
  BOOST_REQUIRE(is_status(found, Status::corrupt));
  BOOST_TEST(mentions(found.error().message(), {"look up x in \\Windows\\System32"}));
  BOOST_TEST(must(find(u"\\Windows\\System32")).has_value());
}

BOOST_AUTO_TEST_CASE(bounds_the_depth_that_links_build_up) {
  volume->make_dir(u"\\a\\a\\a\\a");
  volume->add_junction(u"\\a\\a\\j", u"\\??\\C:\\a\\a\\a");
  WalkOptions options;
  options.limits.max_path_depth = 3;
  BOOST_TEST(must(find(u"\\a\\a\\a", options)).has_value());
  BOOST_TEST(must(find(u"\\a\\a\\j", options)).has_value());
  volume->add_symlink(u"\\a\\a\\r", u"a\\a", true);
  BOOST_TEST(is_status(find(u"\\a\\a\\r", options), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
