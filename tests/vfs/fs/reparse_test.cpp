// SPDX-License-Identifier: Apache-2.0
// Reparse buffers: valid, cut at every byte, and with every byte flipped.
#include "vfs/fs/reparse.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/support/reparse_buffers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

std::vector<std::byte> junction() {
  return make_junction_buffer(u"\\??\\C:\\Users", u"C:\\Wrong");
}
std::vector<std::byte> symlink() {
  return make_symlink_reparse(u"..\\x", true);
}
std::vector<std::byte> lx_symlink() {
  return make_lx_symlink_buffer("../x");
}

BOOST_AUTO_TEST_SUITE(reparse)

BOOST_AUTO_TEST_CASE(reads_a_junction_by_its_substitute_name) {
  const ReparseTarget target = must(parse_reparse_target(junction()));
  BOOST_TEST(target.tag == reparse_tag::mount_point);
  BOOST_TEST(to_utf8(target.target) == "\\??\\C:\\Users");
  BOOST_TEST(!target.relative);
}

BOOST_AUTO_TEST_CASE(reads_relative_and_absolute_symlinks) {
  const ReparseTarget relative = must(parse_reparse_target(symlink()));
  BOOST_TEST(relative.tag == reparse_tag::symlink);
  BOOST_TEST(to_utf8(relative.target) == "..\\x");
  BOOST_TEST(relative.relative);
  BOOST_TEST(!must(parse_reparse_target(make_symlink_reparse(u"\\??\\D:\\x", false))).relative);
}

BOOST_AUTO_TEST_CASE(reads_lx_symlinks) {
  const ReparseTarget relative = must(parse_reparse_target(lx_symlink()));
  BOOST_TEST(relative.tag == reparse_tag::lx_symlink);
  BOOST_TEST(to_utf8(relative.target) == "../x");
  BOOST_TEST(relative.relative);
  BOOST_TEST(!must(parse_reparse_target(make_lx_symlink_buffer("/mnt/c/x"))).relative);
}

BOOST_AUTO_TEST_CASE(tells_links_from_tags_that_change_content) {
  BOOST_TEST(is_link_tag(0xA0000003));
  BOOST_TEST(is_link_tag(0xA000000C));
  BOOST_TEST(is_link_tag(0xA000001D));
  for (const std::uint32_t tag :
       {0x80000017U, 0x80000013U, 0x9000001AU, 0x80000018U, 0x8000001BU}) {
    BOOST_TEST(!is_link_tag(tag));
  }
  // Offset 0: the low byte of the tag is 03, so 17 00 00 80 changes it.
  const auto wof = mutate(junction(), 0, std::array<std::uint8_t, 4>{0x17, 0, 0, 0x80});
  BOOST_TEST(must(parse_reparse_tag(wof)) == 0x80000017U);
  BOOST_TEST(is_status(parse_reparse_target(wof), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(accepts_a_buffer_longer_than_its_data) {
  auto buffer = junction();
  buffer.resize(buffer.size() + 8);
  BOOST_TEST(is_ok(parse_reparse_target(buffer)));
}

// The junction: header 8, names at 8 (substitute offset, length 26, print offset 28, length 16).
const std::array junction_mutations{
    Mutation{"data length past the end", 4, {0xFF, 0xFF}, Status::truncated},
    Mutation{"data length too small for the names", 4, {0x04, 0x00}, Status::truncated},
    Mutation{"substitute offset past the end", 8, {0xFF, 0x7F}, Status::truncated},
    Mutation{"substitute offset at the limit", 8, {0xFF, 0xFF}, Status::truncated},
    Mutation{"substitute length past the end", 10, {0xFE, 0xFF}, Status::truncated},
    Mutation{"substitute length odd", 10, {0x19, 0x00}, Status::corrupt},
    Mutation{"substitute length zero", 10, {0x00, 0x00}, Status::corrupt},
    Mutation{"substitute length over the NUL", 10, {0x1C, 0x00}, Status::corrupt},
    Mutation{"NUL inside the name", 18, {0x00, 0x00}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(rejects_damaged_junctions, bdata::make(junction_mutations), m) {
  BOOST_TEST(is_status(parse_reparse_target(mutate(junction(), m.offset, m.bytes)), m.expected));
}

const std::array lx_mutations{
    Mutation{"version 1", 8, {0x01}, Status::corrupt},
    Mutation{"not UTF-8", 12, {0xFF}, Status::corrupt},
    Mutation{"NUL in the target", 13, {0x00}, Status::corrupt},
    Mutation{"no target", 4, {0x04}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(rejects_damaged_lx_symlinks, bdata::make(lx_mutations), m) {
  BOOST_TEST(is_status(parse_reparse_target(mutate(lx_symlink(), m.offset, m.bytes)), m.expected));
}

BOOST_AUTO_TEST_CASE(the_print_name_is_never_looked_at) {
  // Offsets 12 and 14: print name offset and length.
  const auto buffer = mutate(junction(), 12, std::array<std::uint8_t, 4>{0xFF, 0xFF, 0xFF, 0xFF});
  BOOST_TEST(to_utf8(must(parse_reparse_target(buffer)).target) == "\\??\\C:\\Users");
}

const std::array makers{&junction, &symlink, &lx_symlink};

BOOST_AUTO_TEST_CASE(rejects_every_truncation) {
  for (const auto maker : makers) {
    const auto whole = maker();
    for (std::size_t size = 0; size < whole.size(); ++size) {
      BOOST_TEST(is_status(parse_reparse_target(prefix(whole, size)), Status::truncated));
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_every_byte_flip) {
  for (const auto maker : makers) {
    const auto whole = maker();
    for (std::size_t offset = 0; offset < whole.size(); ++offset) {
      auto damaged = whole;
      damaged[offset] ^= std::byte{0xFF};
      const auto target = parse_reparse_target(damaged);
      BOOST_TEST((!target || !target->target.empty()));
    }
  }
}

BOOST_AUTO_TEST_CASE(writes_symlinks_that_read_back) {
  for (const bool relative : {false, true}) {
    const auto buffer = must(make_symlink_buffer(u"\\??\\C:\\x", relative));
    const ReparseTarget target = must(parse_reparse_target(buffer));
    BOOST_TEST(to_utf8(target.target) == "\\??\\C:\\x");
    BOOST_TEST(target.relative == relative);
  }
}

BOOST_AUTO_TEST_CASE(writes_no_buffer_larger_than_windows_accepts) {
  const std::size_t longest = (16'384 - 20) / 2;
  const auto buffer = must(make_symlink_buffer(std::u16string(longest, u'x'), true));
  BOOST_TEST(buffer.size() == 16'384U);
  BOOST_TEST(must(parse_reparse_target(buffer)).target.size() == longest);
  BOOST_TEST(is_status(make_symlink_buffer(std::u16string(longest + 1, u'x'), true),
                       Status::name_too_long));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
