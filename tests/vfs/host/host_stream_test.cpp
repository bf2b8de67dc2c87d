// SPDX-License-Identifier: Apache-2.0
// Named streams in extended attributes of ordinary host file systems.
#include <sys/xattr.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct StreamTree : HostTree {
  /// False, after saying so, where the host keeps no user attributes.
  bool set(const std::string& relative, const char* name, std::string_view text) const {
    const std::string path = root + "/" + relative;
    if (::setxattr(path.c_str(), name, text.data(), text.size(), 0) == 0) {
      return true;
    }
    skip("the temporary directory takes no extended attributes");
    return false;
  }
};

BOOST_FIXTURE_TEST_SUITE(host_stream, StreamTree)

BOOST_AUTO_TEST_CASE(lists_the_main_stream) {
  write("file", "12345");
  const auto tree = open();
  const auto streams = must(tree->streams(node_at(tree, u"\\file")));
  BOOST_REQUIRE_EQUAL(streams.size(), 1U);
  BOOST_TEST(streams[0].name.empty());
  BOOST_TEST(streams[0].size == 5U);
  BOOST_TEST(must(tree->streams(tree->root())).empty());
  BOOST_TEST(is_status(tree->open(node_at(tree, u"\\file"), u"none"), Status::not_found));
}

BOOST_AUTO_TEST_CASE(shows_user_attributes_as_named_streams) {
  write("file", "12345");
  make_dir("dir");
  if (!set("file", "user.Zone.Identifier", "[ZoneTransfer]") || !set("dir", "user.s", "")) {
    return;
  }
  const auto tree = open();
  const auto streams = must(tree->streams(node_at(tree, u"\\file")));
  BOOST_REQUIRE_EQUAL(streams.size(), 2U);
  BOOST_TEST(to_utf8(streams[1].name) == "Zone.Identifier");
  BOOST_TEST(streams[1].size == 14U);
  BOOST_TEST(read_text(tree, u"\\file:zone.identifier:$DATA") == "[ZoneTransfer]");
  BOOST_TEST(read_text(tree, u"\\dir:s").empty());
  BOOST_TEST(must(tree->streams(node_at(tree, u"\\dir"))).size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_exact_stream_name_wins) {
  write("file");
  if (!set("file", "user.NAME", "upper") || !set("file", "user.name", "lower")) {
    return;
  }
  const auto tree = open();
  BOOST_TEST(read_text(tree, u"\\file:name") == "lower");
  BOOST_TEST(read_text(tree, u"\\file:NAME") == "upper");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
