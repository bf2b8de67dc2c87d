// SPDX-License-Identifier: Apache-2.0
// A real NTFS behind ntfs-3g: attributes, times, 8.3 names, junctions, WOF and streams. Skipped,
// and said so, where nothing may be mounted.
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/reparse_buffers.h"
#include "tests/support/run_program.h"
#include "tests/vfs/host/host_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/reparse.h"
#include "vfs/fs/tree_walker.h"

namespace bfs = boost::filesystem;

namespace casement::test {
namespace {

void set(const std::string& path, const char* name, std::span<const std::byte> value) {
  BOOST_REQUIRE_EQUAL(::lsetxattr(path.c_str(), name, value.data(), value.size(), 0), 0);
}

void set(const std::string& path, const char* name, std::string_view value) {
  set(path, name, std::as_bytes(std::span(value)));
}

constexpr std::uint32_t hidden_system = 0x26;  // hidden, system, archive

/// A volume made once for each test, filled, unmounted and mounted again read-only.
struct NtfsMount {
  TempDir dir;
  std::string image = dir.file("image");
  std::string point = dir.make_dir("mount");
  bool mounted = false;

  NtfsMount() {
    const bool made = ::access("/dev/fuse", R_OK | W_OK) == 0 &&
                      succeeds("truncate -s 8M '" + image + "'") &&
                      succeeds("mkntfs -F -q '" + image + "'");
    if (!made || !mount("streams_interface=xattr")) {
      skip("needs mkntfs, ntfs-3g and /dev/fuse");
      return;
    }
    fill();
    unmount();
    // Mounted again: the kernel still holds the kinds that nodes had before they became links.
    BOOST_REQUIRE(mount("ro,streams_interface=xattr"));
  }
  NtfsMount(const NtfsMount&) = delete;
  NtfsMount& operator=(const NtfsMount&) = delete;
  ~NtfsMount() { unmount(); }

  bool mount(const std::string& options) {
    mounted = succeeds("ntfs-3g -o " + options + " '" + image + "' '" + point + "'");
    return mounted;
  }

  void unmount() {
    if (!mounted) {
      return;
    }
    mounted = false;
    BOOST_CHECK(succeeds("umount '" + point + "'") || succeeds("fusermount -u '" + point + "'"));
  }

  void fill() const {
    (void)dir.make_dir("mount/Users");
    (void)dir.write("mount/Users/x.txt", "inside");
    const std::string file = dir.write("mount/Windows/Long File Name.txt", "hello");
    set(file, "system.ntfs_dos_name", "LONGFI~1.TXT");
    set(file, "user.Zone.Identifier", "[ZoneTransfer]");
    const std::uint32_t attributes = hidden_system;
    set(file, "system.ntfs_attrib", std::as_bytes(std::span(&attributes, 1)));
    const std::array<std::uint64_t, 4> times{130'000'000'000'000'001, 130'000'000'000'000'002,
                                             130'000'000'000'000'003, 130'000'000'000'000'004};
    set(file, "system.ntfs_times", std::as_bytes(std::span(times)));
    set(dir.make_dir("mount/Documents and Settings"), "system.ntfs_reparse_data",
        make_junction_buffer(u"\\??\\C:\\Users", u"a lie"));
    set(dir.make_dir("mount/Elsewhere"), "system.ntfs_reparse_data",
        make_junction_buffer(u"\\??\\D:\\Data", u"C:\\Users"));
    // Tag 0x80000017, 16 bytes: version 1, provider 2 (file), version 1, XPRESS4K.
    const std::array<std::uint8_t, 24> wof{0x17, 0, 0, 0x80, 16, 0, 0, 0, 1, 0, 0, 0,
                                           2,    0, 0, 0,    1,  0, 0, 0, 0, 0, 0, 0};
    set(dir.write("mount/wof.dll", ""), "system.ntfs_reparse_data", std::as_bytes(std::span(wof)));
  }

  std::shared_ptr<const HostFileSystem> open() const { return must(HostFileSystem::open(point)); }
};

BOOST_FIXTURE_TEST_SUITE(ntfs_mount, NtfsMount)

BOOST_AUTO_TEST_CASE(shows_what_ntfs_stores) {
  if (!mounted) {
    return;
  }
  const auto tree = open();
  BOOST_TEST(tree->has_ntfs_attributes());
  const NodeId file = node_at(tree, u"\\windows\\long file name.TXT");
  const NodeInfo info = must(tree->stat(file));
  BOOST_TEST(info.attributes == hidden_system);
  BOOST_TEST(info.created.ticks == 130'000'000'000'000'001U);
  BOOST_TEST(info.modified.ticks == 130'000'000'000'000'002U);
  BOOST_TEST(info.accessed.ticks == 130'000'000'000'000'003U);
  BOOST_TEST(info.size == 5U);
  const auto descriptor = must(tree->security_descriptor(file));
  BOOST_REQUIRE_GT(descriptor.size(), 20U);
  BOOST_TEST(std::to_integer<int>(descriptor[0]) == 1);  // revision of a security descriptor
}

BOOST_AUTO_TEST_CASE(finds_files_by_their_short_names) {
  if (!mounted) {
    return;
  }
  const auto tree = open();
  BOOST_TEST(where(tree, u"\\WINDOWS\\longfi~1.txt") == "\\Windows\\Long File Name.txt");
  BOOST_TEST(where(tree, u"\\WINDOWS\\longfi~2.txt") == "none");
  const auto entry = must(tree->lookup(node_at(tree, u"\\Windows"), u"LONG FILE NAME.TXT"));
  BOOST_REQUIRE(entry.has_value());
  BOOST_TEST(to_utf8(entry->short_name) == "LONGFI~1.TXT");
}

BOOST_AUTO_TEST_CASE(reads_named_streams) {
  if (!mounted) {
    return;
  }
  const auto tree = open();
  BOOST_TEST(read_text(tree, u"\\Windows\\Long File Name.txt") == "hello");
  BOOST_TEST(read_text(tree, u"\\Windows\\LONGFI~1.TXT:zone.identifier") == "[ZoneTransfer]");
}

BOOST_AUTO_TEST_CASE(follows_the_junction_that_windows_made_and_not_the_link_of_the_mount) {
  if (!mounted) {
    return;
  }
  const auto tree = open();
  const NodeId node = node_at(tree, u"\\Documents and Settings");
  const NodeInfo info = must(tree->stat(node));
  BOOST_TEST((info.kind == NodeKind::reparse_point));
  BOOST_TEST(info.reparse_tag == reparse_tag::mount_point);
  BOOST_TEST(to_utf8(must(parse_reparse_target(must(tree->reparse_data(node)))).target) ==
             "\\??\\C:\\Users");
  BOOST_TEST(read_text(tree, u"\\documents and settings\\x.txt") == "inside");
  // Its print name leads to C:\Users; Windows and we go by the substitute name.
  BOOST_TEST(where(tree, u"\\Elsewhere\\x.txt") == "none");
}

BOOST_AUTO_TEST_CASE(says_that_a_file_is_compressed_by_windows) {
  if (!mounted) {
    return;
  }
  const auto tree = open();
  const NodeId node = node_at(tree, u"\\wof.dll");
  BOOST_TEST(must(tree->stat(node)).reparse_tag == 0x80000017U);
  const auto opened = tree->open(node, u"");
  BOOST_REQUIRE(is_status(opened, Status::unsupported));
  BOOST_TEST(mentions(opened.error().message(), {"wof.dll", "0x80000017", "system-compression"}));
  BOOST_TEST(where(tree, u"\\wof.dll") == "\\wof.dll");
}

BOOST_AUTO_TEST_CASE(walks_the_mount) {
  if (!mounted) {
    return;
  }
  const FileSystemPtr tree = open();
  TreeWalker walker(tree);
  std::vector<std::string> paths;
  while (const auto entry = must(walker.next())) {
    paths.push_back(to_utf8(entry->path));
  }
  const std::vector<std::string> expected{
      "\\Documents and Settings",      "\\Elsewhere", "\\Users", "\\Users\\x.txt", "\\Windows",
      "\\Windows\\Long File Name.txt", "\\wof.dll"};
  BOOST_TEST(paths == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
