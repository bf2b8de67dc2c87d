// SPDX-License-Identifier: Apache-2.0
// A host directory as Windows sees it: names, case, kinds and metadata.
#include "vfs/host/host_file_system.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <thread>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_walker.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

using Names = std::vector<std::string>;

BOOST_FIXTURE_TEST_SUITE(host_file_system, HostTree)

BOOST_AUTO_TEST_CASE(reads_files_without_regard_to_case) {
  write("Windows/System32/config/SYSTEM", "regf");
  const auto tree = open();
  BOOST_TEST(where(tree, u"\\WINDOWS\\system32\\Config\\system") ==
             "\\Windows\\System32\\config\\SYSTEM");
  BOOST_TEST(read_text(tree, u"C:/windows/system32/config/system") == "regf");
  BOOST_TEST(where(tree, u"\\Windows\\nothing") == "none");
  BOOST_TEST(std::string(tree->type_name()) == "host");
}

BOOST_AUTO_TEST_CASE(folds_as_windows_does) {
  write(
      "Stra\xC3\x9F"
      "e");
  write("\xC3\xA9t\xC3\xA9");
  const auto tree = open();
  BOOST_TEST(where(tree, u"\\\u00C9T\u00C9") == "\\\xC3\xA9t\xC3\xA9");
  BOOST_TEST(where(tree, u"\\STRASSE") == "none");
  BOOST_TEST(where(tree, u"\\STRA\u00DFE") ==
             "\\Stra\xC3\x9F"
             "e");
}

BOOST_AUTO_TEST_CASE(an_exact_match_wins_and_the_lowest_name_else) {
  write("file", "lower");
  write("FILE", "upper");
  write("File", "mixed");
  const auto tree = open();
  BOOST_TEST(read_text(tree, u"\\file") == "lower");
  BOOST_TEST(read_text(tree, u"\\FILE") == "upper");
  BOOST_TEST(tree->diagnostics().empty());
  BOOST_TEST(read_text(tree, u"\\fILE") == "upper");
  BOOST_TEST(read_text(tree, u"\\fiLE") == "upper");
  const Diagnostics diagnostics = tree->diagnostics();
  BOOST_REQUIRE_EQUAL(diagnostics.items().size(), 1U);
  BOOST_TEST(diagnostics.items()[0].code == "ambiguous-case");
  BOOST_TEST(mentions(diagnostics.items()[0].text, {"/tree", "FILE", "2 names"}));
}

BOOST_AUTO_TEST_CASE(lists_in_byte_order_of_the_host_names) {
  for (const char* name : {"b", "A", "a", "B", "c"}) {
    write(name);
  }
  BOOST_TEST(names_in(open()) == (Names{"A", "B", "a", "b", "c"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_that_are_no_utf8_stay_reachable) {
  write("caf\xE9", "latin");
  write("back\\slash", "slash");
  write("lone\xED\xA0\x80", "surrogate");
  const auto tree = open();
  const auto reader = must(tree->read_dir(tree->root()));
  std::vector<std::u16string> names;
  while (const auto entry = must(reader->next())) {
    names.push_back(entry->name);
    const auto found = must(tree->lookup(tree->root(), entry->name));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->node == entry->node));
  }
  BOOST_REQUIRE_EQUAL(names.size(), 3U);
  BOOST_TEST(read_text(tree, u"\\" + std::u16string{u'c', u'a', u'f', 0xDCE9}) == "latin");
  BOOST_TEST(read_text(tree, u"\\back" + std::u16string{0xDC5C} + u"slash") == "slash");
  BOOST_TEST(read_text(tree, u"\\LONE" + std::u16string{0xD800}) == "surrogate");
}

BOOST_AUTO_TEST_CASE(no_name_leaves_its_directory) {
  write("a/file");
  const auto tree = open();
  const NodeId a = node_at(tree, u"\\a");
  using namespace std::string_view_literals;
  for (const std::u16string_view name : {u""sv, u"."sv, u".."sv, u"../secret.txt"sv, u"a/file"sv,
                                         u"a\\file"sv, u"file\0"sv, u"/etc"sv}) {
    BOOST_TEST(!must(tree->lookup(a, name)).has_value());
  }
  BOOST_TEST(!must(tree->lookup(a, std::u16string(300, u'x'))).has_value());
  BOOST_TEST(!must(tree->lookup(a, std::u16string(40'000, u'x'))).has_value());
}

BOOST_AUTO_TEST_CASE(ids_stay_the_same) {
  write("a/b/c");
  const auto tree = open();
  const NodeId first = node_at(tree, u"\\a\\b\\c");
  write("a/b/d");
  BOOST_TEST((node_at(tree, u"\\A\\B\\C") == first));
  BOOST_TEST(!(node_at(tree, u"\\a\\b\\d") == first));
  BOOST_TEST(must(tree->host_path(first)) == "a/b/c");
  BOOST_TEST(is_status(tree->stat({9999}), Status::invalid_argument));
  BOOST_TEST(is_status(tree->host_path({9999}), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(tells_size_kind_and_times) {
  write("dir/file", "12345");
  settle("dir/file");
  const auto tree = open();
  const NodeInfo file = must(tree->stat(node_at(tree, u"\\dir\\file")));
  BOOST_TEST((file.kind == NodeKind::file));
  BOOST_TEST(file.size == 5U);
  BOOST_TEST(file.link_count == 1U);
  BOOST_TEST(file.modified.to_iso8601() == "2001-09-09T01:46:40.0000000Z");
  BOOST_TEST(file.accessed.is_set());
  const NodeInfo dir_info = must(tree->stat(node_at(tree, u"\\dir")));
  BOOST_TEST((dir_info.kind == NodeKind::directory));
  BOOST_TEST((dir_info.attributes & file_attribute::directory) != 0U);
  BOOST_TEST(must(tree->security_descriptor(tree->root())).empty());
  BOOST_TEST(is_status(tree->reparse_data(node_at(tree, u"\\dir")), Status::not_a_reparse_point));
}

BOOST_AUTO_TEST_CASE(files_are_no_directories_and_directories_have_no_bytes) {
  write("dir/file");
  const auto tree = open();
  const NodeId file = node_at(tree, u"\\dir\\file");
  BOOST_TEST(is_status(tree->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(tree->lookup(file, u"x"), Status::not_a_directory));
  BOOST_TEST(is_status(tree->open(node_at(tree, u"\\dir"), u""), Status::not_found));
}

BOOST_AUTO_TEST_CASE(pipes_sockets_and_devices_are_listed_and_refuse_to_open) {
  write("file");
  BOOST_REQUIRE_EQUAL(::mkfifo((root + "/pipe").c_str(), 0600), 0);
  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  const std::string socket_path = root + "/socket";
  BOOST_REQUIRE_LT(socket_path.size(), sizeof(address.sun_path));
  std::memcpy(address.sun_path, socket_path.c_str(), socket_path.size());
  BOOST_REQUIRE_EQUAL(::bind(server, reinterpret_cast<const sockaddr*>(&address),  // NOLINT: API
                             sizeof(address)),
                      0);
  const auto tree = open();
  BOOST_TEST(names_in(tree) == (Names{"file", "pipe", "socket"}), boost::test_tools::per_element());
  // Were the pipe opened for reading, the test would hang here for want of a writer.
  const auto pipe = tree->open(node_at(tree, u"\\pipe"), u"");
  BOOST_REQUIRE(is_status(pipe, Status::unsupported));
  BOOST_TEST(mentions(pipe.error().message(), {"tree/pipe", "named pipe"}));
  const auto socket = tree->open(node_at(tree, u"\\socket"), u"");
  BOOST_REQUIRE(is_status(socket, Status::unsupported));
  BOOST_TEST(mentions(socket.error().message(), {"socket"}));
  BOOST_TEST((must(tree->stat(node_at(tree, u"\\pipe"))).kind == NodeKind::file));
  BOOST_TEST(must(tree->streams(node_at(tree, u"\\pipe"))).empty());
  ::close(server);
  if (::mknod((root + "/null").c_str(), S_IFCHR | 0666, (1U << 8) | 3U) != 0) {
    skip("device part: may not make device nodes");
    return;
  }
  BOOST_TEST(is_status(tree->open(node_at(tree, u"\\null"), u""), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(percent_names_are_shown_decoded) {
  write("Users/John%20Doe/x%3Ay", "found");
  HostOptions options;
  options.names = NameCoding::percent;
  const auto tree = open(options);
  BOOST_TEST(names_in(tree, u"\\users") == Names{"John Doe"}, boost::test_tools::per_element());
  BOOST_TEST(where(tree, u"\\users\\JOHN DOE") == "\\Users\\John Doe");
  const auto file = must(tree->lookup(node_at(tree, u"\\Users\\John Doe"), u"X:Y"));
  BOOST_REQUIRE(file.has_value());
  BOOST_TEST(must(tree->open(file->node, u""))->size() == 5U);
  BOOST_TEST(where(open(), u"\\users\\JOHN DOE") == "none");
}

BOOST_AUTO_TEST_CASE(a_subtree_is_a_tree_of_its_own) {
  write("C%3A/Windows/a%20b");
  const auto whole = open();
  const auto drive = must(whole->subtree(node_at(whole, u"\\C%3A"), NameCoding::percent));
  BOOST_TEST(where(drive, u"\\windows\\A B") == "\\Windows\\a b");
  BOOST_TEST(drive->path() == whole->path() + "/C%3A");
}

BOOST_AUTO_TEST_CASE(limits_the_entries_of_a_directory) {
  for (const char* name : {"1", "2", "3"}) {
    write(name);
  }
  HostOptions options;
  options.limits.max_directory_entries = 3;
  BOOST_TEST(is_ok(open(options)->read_dir({0})));
  options.limits.max_directory_entries = 2;
  const auto tree = open(options);
  BOOST_TEST(is_status(tree->read_dir(tree->root()), Status::limit_exceeded));
  BOOST_TEST(is_status(tree->lookup(tree->root(), u"1"), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(walks_a_tree_a_thousand_directories_deep) {
  std::string path = "d";
  for (int i = 1; i < 1000; ++i) {
    path += "/d";
  }
  make_dir(path);
  write("last");
  const FileSystemPtr tree = open();
  TreeWalker walker(tree);
  std::size_t count = 0;
  while (const auto entry = must(walker.next())) {
    ++count;
  }
  BOOST_TEST(count == 1001U);
}

BOOST_AUTO_TEST_CASE(outlives_what_it_gave_out) {
  write("file", "still here");
  SourcePtr source;
  std::unique_ptr<DirReader> reader;
  {
    const auto tree = open();
    source = must(tree->open(node_at(tree, u"\\file"), u""));
    reader = must(tree->read_dir(tree->root()));
  }
  std::vector<std::byte> bytes(source->size());
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(mentions(source->describe(), {"tree/file"}));
  BOOST_TEST(must(reader->next()).has_value());
}

BOOST_AUTO_TEST_CASE(serves_many_threads) {
  for (int i = 0; i < 50; ++i) {
    write("Dir" + std::to_string(i % 5) + "/File" + std::to_string(i), std::to_string(i));
  }
  const auto tree = open();
  std::array<int, 4> found = {};
  {
    std::vector<std::jthread> threads;
    for (int& count : found) {
      threads.emplace_back([&tree, &count] {
        for (int i = 0; i < 50; ++i) {
          const std::string path = "\\DIR" + std::to_string(i % 5) + "\\FILE" + std::to_string(i);
          const auto node = find_path(tree, *from_utf8(path));
          count += node && *node && tree->open((**node).node, u"").has_value() ? 1 : 0;
        }
      });
    }
  }
  for (const int count : found) {
    BOOST_TEST(count == 50);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
