// SPDX-License-Identifier: Apache-2.0
// Sizes of the component store: links, caches, and what is left.
#include <boost/test/unit_test.hpp>
#include <map>

#include "engine/inspect/servicing_state.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// A tree in which files may have several names.
class LinkedTree : public TreeFileSystem {
 public:
  using TreeFileSystem::TreeFileSystem;

  void set_links(std::string_view path, std::uint32_t count) { links_[find(path)] = count; }
  /// `path` becomes another name of `target`.
  void link(std::string_view path, std::string_view target) { same_[find(path)] = find(target); }

  Result<NodeInfo> stat(NodeId node) const override {
    NodeInfo info = CASEMENT_TRY(TreeFileSystem::stat(node));
    const auto found = links_.find(node.value);
    info.link_count = found == links_.end() ? 1 : found->second;
    return info;
  }
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override {
    return std::unique_ptr<DirReader>(
        new Reader(CASEMENT_TRY(TreeFileSystem::read_dir(dir)), same_));
  }

 private:
  using Same = std::map<std::uint64_t, std::uint64_t>;
  class Reader : public DirReader {
   public:
    Reader(std::unique_ptr<DirReader> below, const Same& same)
        : below_(std::move(below)), same_(same) {}
    Result<std::optional<DirEntry>> next() override {
      std::optional<DirEntry> entry = CASEMENT_TRY(below_->next());
      if (entry && same_.contains(entry->node.value)) {
        entry->node.value = same_.at(entry->node.value);
      }
      return entry;
    }

   private:
    std::unique_ptr<DirReader> below_;
    const Same& same_;
  };

  std::uint64_t find(std::string_view path) const {
    NodeId node = root();
    while (!path.empty()) {
      const std::size_t end = path.find('/');
      const auto entry = must(lookup(node, *from_utf8(path.substr(0, end))));
      node = entry.value().node;
      path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
    }
    return node.value;
  }

  std::map<std::uint64_t, std::uint32_t> links_;
  Same same_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(component_store_sizes)

BOOST_AUTO_TEST_CASE(links_are_counted_once_or_each_as_the_question_asks) {
  ServicedWindows windows;
  windows.files["WinSxS/x86_a/shared.dll"] = std::string(1000, 'a');
  windows.files["WinSxS/x86_a/backup.dll"] = std::string(200, 'b');
  windows.files["WinSxS/Temp/left.tmp"] = std::string(30, 'c');
  windows.files["WinSxS/top.txt"] = std::string(4, 'd');
  windows.add_package_key(package_id("Old"), 0x50);
  windows.servicing().set_string("LastResetBase_UTC", "2023/10/01:08:07:03");
  windows.files["WinSxS/second.dll"] = std::string(200, 'b');
  const auto volume = std::make_shared<LinkedTree>(windows.tree());
  volume->set_links("Windows/WinSxS/x86_a/shared.dll", 2);  // the other one is in System32
  volume->set_links("Windows/WinSxS/x86_a/backup.dll", 2);
  volume->link("Windows/WinSxS/second.dll", "Windows/WinSxS/x86_a/backup.dll");

  const auto store = PackageStore::read(must(Image::open(image_of({volume}), {})));
  std::uint64_t last = 0;
  std::uint64_t whole = 0;
  const auto progress = [&](std::uint64_t done, std::uint64_t total) {
    last = done;
    whole = total;
    return true;
  };
  const ComponentStoreSizes sizes = must(analyze_component_store(*store, progress));
  BOOST_TEST(sizes.explorer_reported == 1434U);
  BOOST_TEST(sizes.actual == 1234U);
  BOOST_TEST(sizes.shared_with_windows == 1000U);
  BOOST_TEST(sizes.backups_and_disabled == 204U);
  BOOST_TEST(sizes.cache_and_temporary == 30U);
  BOOST_TEST(sizes.last_cleanup.value().to_iso8601().substr(0, 10) == "2023-10-01");
  BOOST_TEST(sizes.reclaimable_packages == 1U);
  BOOST_TEST(sizes.cleanup_recommended);
  BOOST_TEST(sizes.diagnostics.empty());
  BOOST_TEST(last == whole);
  BOOST_TEST(whole == 4U);
}

BOOST_AUTO_TEST_CASE(an_unreadable_part_is_a_finding_and_the_rest_is_counted) {
  ServicedWindows windows;
  windows.files["WinSxS/x86_a/a.dll"] = "12345";
  windows.files["WinSxS/x86_b/b.dll"] = "1234567";
  const auto volume = volume_of(windows.tree());
  volume->deny("Windows/WinSxS/x86_a");
  const auto store = PackageStore::read(must(Image::open(image_of({volume}), {})));
  const ComponentStoreSizes sizes = must(analyze_component_store(*store, {}));
  BOOST_TEST(sizes.actual == 7U);
  BOOST_TEST(has_finding(sizes.diagnostics, "unreadable", "x86_a"));
  BOOST_TEST(!sizes.cleanup_recommended);
}

BOOST_AUTO_TEST_CASE(it_can_be_stopped) {
  ServicedWindows windows;
  windows.files["WinSxS/a"] = "1";
  const auto stop = [](std::uint64_t, std::uint64_t) { return false; };
  BOOST_TEST(is_status(analyze_component_store(*windows.store(), stop), scan_cancelled));
}

BOOST_AUTO_TEST_CASE(an_installation_without_a_component_store_has_no_sizes) {
  const auto store = PackageStore::read(open_tree(small_windows()));
  BOOST_TEST(is_status(analyze_component_store(*store, {}), Status::not_found));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
