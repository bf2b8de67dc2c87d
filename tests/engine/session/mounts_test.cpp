// SPDX-License-Identifier: Apache-2.0
// Directories that stand for an image in this process.
#include "engine/session/mounts.h"

#include <algorithm>
#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/session/session.h"
#include "tests/engine/session/recipe_disk.h"
#include "tests/engine/session/wim_support.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/write_file.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

namespace bfs = boost::filesystem;

/// A WIM with two images and an empty directory.
struct Place {
  TempDir dir;
  std::string wim = dir.path() + "/install.wim";
  std::string mount = dir.path() + "/mount";

  Place() {
    fixture::WimOptions options;
    options.integrity_table = true;
    write_file(wim, two_editions(options).build());
    bfs::create_directory(mount);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { static_cast<void>(unmount_image(*from_utf8(mount))); }

  MountRequest request(std::uint32_t index) const {
    MountRequest request;
    request.image_path = *from_utf8(wim);
    request.mount_path = *from_utf8(mount);
    request.index = index;
    return request;
  }

  Result<SessionPtr> session() const {
    return Session::open({.image_path = *from_utf8(mount),
                          .windows_directory = std::nullopt,
                          .system_drive = std::nullopt});
  }

  std::vector<MountedImage> mounts() const {
    std::vector<MountedImage> ours = must(list_mounted_images());
    std::erase_if(ours, [](const MountedImage& mounted) { return !mounted.in_process; });
    return ours;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mounts, Place)

BOOST_AUTO_TEST_CASE(a_session_on_the_directory_is_one_on_the_image) {
  must(mount_image(request(2)));
  BOOST_TEST_REQUIRE(mounts().size() == 1U);
  const MountedImage mounted = mounts()[0];
  BOOST_TEST(mounted.mount_path == bfs::canonical(mount).string());
  BOOST_TEST(mounted.image_path == bfs::canonical(wim).string());
  BOOST_TEST(mounted.image == mounted.image_path + "#2");
  BOOST_TEST(mounted.index == 2U);
  BOOST_TEST((mounted.state == MountState::ok));
  const SessionPtr session = must(this->session());
  const OpenedImage& opened = session->image().opened();
  BOOST_TEST(opened.layers.at(0).kind == "mount");
  BOOST_TEST(opened.volumes.at(session->image().installation().volume).wim_image.value() == 2U);
  must(unmount_image(*from_utf8(mount + "/")));
  BOOST_TEST(mounts().empty());
  BOOST_TEST(bfs::is_empty(mount));
  // What was opened before stays usable.
  BOOST_TEST(must(session->image().hive(HiveId::software)) != nullptr);
}

BOOST_AUTO_TEST_CASE(images_have_names_too) {
  MountRequest named = request(0);
  named.index.reset();
  named.name = u"WINDOWS 11 HOME";
  must(mount_image(named));
  BOOST_TEST(mounts().at(0).index == 1U);
  named.mount_path += u"2";
  named.name = u"Windows 12";
  BOOST_TEST(is_status(mount_image(named), invalid_image_name));
}

BOOST_AUTO_TEST_CASE(a_disk_has_image_one_alone) {
  const std::string disk = dir.path() + "/disk.vhdx";
  write_vhdx(recipe_disk("windows_11"), disk);
  MountRequest of_disk = request(2);
  of_disk.image_path = *from_utf8(disk);
  BOOST_TEST(is_status(mount_image(of_disk), invalid_image_index));
  of_disk.index = 1;
  must(mount_image(of_disk));
  BOOST_TEST(must(session())->image().opened().volumes.size() > 1U);
}

BOOST_AUTO_TEST_CASE(mistakes_are_refused_and_change_nothing) {
  BOOST_TEST(is_status(mount_image(request(3)), invalid_image_index));
  BOOST_TEST(is_status(mount_image(request(0)), invalid_image_index));
  MountRequest wrong = request(1);
  wrong.image_path += u".missing";
  BOOST_TEST(is_status(mount_image(wrong), Status::not_found));
  wrong = request(1);
  wrong.mount_path += u"/missing";
  BOOST_TEST(is_status(mount_image(wrong), Status::path_not_found));
  write_file(mount + "/file", std::vector<std::byte>(1));
  BOOST_TEST(is_status(mount_image(request(1)), Status::invalid_argument));
  bfs::remove(mount + "/file");
  BOOST_TEST(mounts().empty());
  BOOST_TEST(is_status(unmount_image(*from_utf8(mount)), unable_to_unmount));
  must(mount_image(request(1)));
  BOOST_TEST(is_status(mount_image(request(2)), Status::already_exists));
  BOOST_TEST(mounts().at(0).index == 1U);
}

BOOST_AUTO_TEST_CASE(another_file_of_that_name_needs_a_remount) {
  must(mount_image(request(1)));
  bfs::remove(wim);
  BOOST_TEST((mounts().at(0).state == MountState::needs_remount));
  BOOST_TEST(is_status(session(), needs_remount_status));
  BOOST_TEST(is_status(remount_image(*from_utf8(mount)), Status::not_found));
  write_file(wim, two_editions().build());
  BOOST_TEST(is_status(session(), needs_remount_status));
  must(remount_image(*from_utf8(mount)));
  BOOST_TEST(must(session())->image().installations().size() == 1U);
}

BOOST_AUTO_TEST_CASE(mounts_without_their_directory_are_cleaned_up) {
  must(mount_image(request(1)));
  BOOST_TEST(clean_up_mounts() == 0U);
  bfs::remove(mount);
  BOOST_TEST((mounts().at(0).state == MountState::invalid));
  BOOST_TEST(clean_up_mounts() == 1U);
  BOOST_TEST(mounts().empty());
}

BOOST_AUTO_TEST_CASE(the_integrity_table_is_checked_on_request) {
  MountRequest checked = request(1);
  checked.check_integrity = true;
  std::uint64_t reported = 0;
  checked.progress = [&](std::uint64_t done, std::uint64_t total) {
    BOOST_TEST(done <= total);
    ++reported;
    return true;
  };
  must(mount_image(checked));
  BOOST_TEST(reported > 0U);
  must(unmount_image(*from_utf8(mount)));
  fixture::WimOptions options;
  options.integrity_table = true;
  fixture::ByteVector bytes = two_editions(options).build();
  bytes[300] ^= std::byte{1};
  write_file(wim, bytes);
  const auto damaged = mount_image(checked);
  BOOST_TEST(is_status(damaged, Status::corrupt));
  BOOST_TEST(mentions(damaged.error().message(), {"integrity table"}));
  BOOST_TEST(mounts().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
