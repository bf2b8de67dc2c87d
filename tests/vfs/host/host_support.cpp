// SPDX-License-Identifier: Apache-2.0
// Building host trees and looking into them.
#include "tests/vfs/host/host_support.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement {

std::ostream& operator<<(std::ostream& out, OpenMethod method) {
  return out << (method == OpenMethod::automatic ? "automatic" : "component walk");
}

namespace test {
namespace {

namespace bfs = boost::filesystem;

/// "nobody": any user but root will do.
constexpr unsigned unprivileged_user = 65'534;

}  // namespace

void HostTree::write(std::string_view relative, std::string_view text) const {
  (void)dir.write("tree/" + std::string(relative), text);
}

void HostTree::make_dir(std::string_view relative) const {
  (void)dir.make_dir("tree/" + std::string(relative));
}

void HostTree::symlink(const std::string& text, std::string_view relative) const {
  const std::string path = dir.file("tree/" + std::string(relative));
  BOOST_REQUIRE_EQUAL(::symlink(text.c_str(), path.c_str()), 0);
}

void HostTree::settle(std::string_view relative) const {
  const std::string path = root + "/" + std::string(relative);
  const std::array<timespec, 2> times{timespec{1'000'000'000, 0}, timespec{1'000'000'000, 0}};
  BOOST_REQUIRE_EQUAL(::utimensat(AT_FDCWD, path.c_str(), times.data(), 0), 0);
}

std::shared_ptr<const HostFileSystem> HostTree::open(const HostOptions& options) const {
  return must(HostFileSystem::open(root, options));
}

std::string where(const FileSystemPtr& tree, std::u16string_view path, FollowMode mode) {
  WalkOptions options;
  options.mode = mode;
  const auto found = find_path(tree, path, options);
  if (!found) {
    return status_name(found.error().status());
  }
  return *found ? to_utf8((**found).path) : "none";
}

NodeId node_at(const FileSystemPtr& tree, std::u16string_view path, FollowMode mode) {
  WalkOptions options;
  options.mode = mode;
  const auto found = must(find_path(tree, path, options));
  BOOST_REQUIRE_MESSAGE(found.has_value(), to_utf8(path) << " is not there");
  return found->node;
}

std::string read_text(const FileSystemPtr& tree, std::u16string_view path) {
  const auto found = must(find_path(tree, path));
  BOOST_REQUIRE_MESSAGE(found.has_value(), to_utf8(path) << " is not there");
  const SourcePtr source = must(found->file_system->open(found->node, found->stream));
  std::vector<std::byte> bytes(source->size());
  must(source->read(0, bytes));
  std::string text;
  for (const std::byte byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

std::vector<std::string> names_in(const FileSystemPtr& tree, std::u16string_view path) {
  const auto reader = must(tree->read_dir(node_at(tree, path, FollowMode::follow)));
  std::vector<std::string> names;
  while (const auto entry = must(reader->next())) {
    names.push_back(to_utf8(entry->name));
  }
  return names;
}

Unprivileged::Unprivileged(const std::string& dir) : was_root_(::geteuid() == 0) {
  if (!was_root_) {
    return;
  }
  BOOST_REQUIRE_EQUAL(::chown(dir.c_str(), unprivileged_user, unprivileged_user), 0);
  for (const auto& entry : bfs::recursive_directory_iterator(dir)) {
    BOOST_REQUIRE_EQUAL(::lchown(entry.path().c_str(), unprivileged_user, unprivileged_user), 0);
  }
  BOOST_REQUIRE_EQUAL(::seteuid(unprivileged_user), 0);
}

Unprivileged::~Unprivileged() {
  if (was_root_) {
    BOOST_CHECK_EQUAL(::seteuid(0), 0);
  }
}

void skip(const std::string& why) {
  BOOST_TEST_MESSAGE("SKIPPED " << boost::unit_test::framework::current_test_case().full_name()
                                << ": " << why);
}

}  // namespace test
}  // namespace casement
