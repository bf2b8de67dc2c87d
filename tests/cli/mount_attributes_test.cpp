// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/cli/mounted_tree.h"
#include "tests/support/matchers.h"
#include "tools/casement/fuse/extended_attributes.h"
#include "vfs/core/bytes.h"
#include "vfs/core/endian.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::MountedTree;
using casement::test::must;

BOOST_FIXTURE_TEST_SUITE(mount_attributes, MountedTree)

BOOST_AUTO_TEST_CASE(gives_what_ntfs_knows_as_attributes) {
  files->write(u"\\dir\\A long name", "x");
  files->set_short_name(u"\\dir\\A long name", u"ALONGN~1");
  files->set_security_descriptor(u"\\dir\\A long name", {std::byte{1}, std::byte{2}});
  NodeInfo info = must(files->stat(files->node(u"\\dir\\A long name")));
  info.attributes = 0x0123;
  info.created = {0x0102030405060708};
  info.modified = {2};
  info.accessed = {3};
  info.changed = {4};
  files->set_info(u"\\dir\\A long name", info);
  const InodeNumber node = number({"dir", "A long name"});
  BOOST_TEST(attribute(node, "system.ntfs_attrib_be") == std::string("\0\0\x01\x23", 4));
  const std::string times = attribute(node, "system.ntfs_times_be");
  BOOST_REQUIRE(times.size() == 32U);
  BOOST_TEST(times.substr(0, 8) == "\x01\x02\x03\x04\x05\x06\x07\x08");
  BOOST_TEST(times[15] == '\2');
  BOOST_TEST(times[23] == '\3');  // access before change
  BOOST_TEST(times[31] == '\4');
  BOOST_TEST(attribute(node, "system.ntfs_crtime_be") == times.substr(0, 8));
  const auto native = must(tree().attribute(node, "system.ntfs_attrib"));
  BOOST_TEST(must(load<le32>(*native, 0, "attributes")).value() == 0x0123U);
  BOOST_TEST(attribute(node, "system.ntfs_acl") == "\x01\x02");
  BOOST_TEST(attribute(node, "system.ntfs_dos_name") == "ALONGN~1");
  for (const char* name : {"system.ntfs_reparse_data", "system.ntfs_nothing", "security.selinux",
                           "user.none", "system.ntfs_", "system.ntfs_dos_name_be"}) {
    BOOST_TEST(!must(tree().attribute(node, name)).has_value(), name);
  }
}

BOOST_AUTO_TEST_CASE(gives_reparse_data_of_links) {
  files->add_symlink(u"\\link", u"x", true);
  BOOST_TEST(attribute(number({"link"}), "system.ntfs_reparse_data").substr(0, 4) ==
             std::string("\x0C\0\0\xA0", 4));
}

BOOST_AUTO_TEST_CASE(gives_named_streams_as_attributes) {
  files->write(u"\\file", "x");
  files->add_stream(u"\\file", u"note", "text");
  files->add_stream(u"\\file", u"empty", "");
  files->add_stream(u"\\file", u"large", std::string(max_attribute_value + 1, 'x'));
  files->add_stream(u"\\file", u"full", std::string(max_attribute_value, 'y'));
  files->add_stream(u"\\file", std::u16string(max_attribute_name, u'n'), "no name for Linux");
  const InodeNumber node = number({"file"});
  const auto names = must(tree().attributes(node));
  BOOST_TEST(
      names == (std::vector<std::string>{"user.empty", "user.full", "user.large", "user.note"}),
      boost::test_tools::per_element());
  BOOST_TEST(attribute(node, "user.note") == "text");
  BOOST_TEST(attribute(node, "user.empty") == "");
  BOOST_TEST(attribute(node, "user.full").size() == max_attribute_value);
  BOOST_TEST(is_status(tree().attribute(node, "user.large"), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(does_not_list_the_packed_bytes_of_a_file_that_it_unpacks) {
  files->write(u"\\file", "plain");
  files->add_stream(u"\\file", u"WofCompressedData", "packed");
  files->add_stream(u"\\file", u"note", "");
  BOOST_TEST(must(tree().attributes(number({"file"}))).size() == 2U);  // of any other file
  NodeInfo info = must(files->stat(files->node(u"\\file")));
  info.content = ContentKind::wof;
  files->set_info(u"\\file", info);
  BOOST_TEST(must(tree().attributes(number({"file"}))) == std::vector<std::string>{"user.note"},
             boost::test_tools::per_element());
  BOOST_TEST(attribute(number({"file"}), "user.WofCompressedData") == "packed");
}

BOOST_AUTO_TEST_CASE(opens_streams_by_name_when_asked_to) {
  files->write(u"\\file", "main");
  files->add_stream(u"\\file", u"Note", "a stream");
  BOOST_TEST(!find({"file:Note"}).has_value());
  shown.reset();
  options.windows_streams = true;
  const EnteredNode stream = *find({"FILE:note"});
  BOOST_TEST(stream.facts.st_size == 8);
  BOOST_TEST(stream.facts.st_mode == (S_IFREG | 0444U));
  BOOST_TEST(must(tree().open(stream.number))->size() == 8U);
  BOOST_TEST(stream.number != number({"file"}));
  BOOST_TEST(!find({"file:other"}).has_value());
  BOOST_TEST(!find({"none:Note"}).has_value());
  BOOST_TEST(!find({":Note"}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
