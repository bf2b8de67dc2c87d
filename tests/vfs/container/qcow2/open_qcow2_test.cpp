// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/qcow2/open_qcow2.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/real_data.h"
#include "tests/vfs/container/qcow2/qcow2_support.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// One own cluster, three of the backing file.
ByteVector child_of(const std::string& backing, const std::string& format = "") {
  return fx::build_qcow2({.disk_size = 4 * 512, .backing_file = backing, .backing_format = format},
                         {fx::Qcow2Cluster(), data_cluster(20)})
      .bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_qcow2)

BOOST_AUTO_TEST_CASE(what_is_absent_comes_from_the_backing_file_and_zeros_past_its_end) {
  const ByteVector base = fx::build_qcow2({}, {data_cluster(1), data_cluster(2)}).bytes;
  const Qcow2Folder folder(
      {{"disk.qcow2", child_of("bases/Base.qcow2", "qcow2")}, {"bases/base.qcow2", base}});
  const auto opened = must(folder.open());
  check_disk(*opened.disk, join({pattern(512, 1), pattern(512, 20), ByteVector(1024)}));
  BOOST_TEST(opened.other_files == std::vector<std::string>{"bases/Base.qcow2"});
  BOOST_TEST(mentions(opened.detail, {"backing file bases/Base.qcow2"}));
  BOOST_TEST(opened.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(chains_follow_each_folder) {
  const Qcow2Folder folder({{"disk.qcow2", child_of("a/one.qcow2")},
                            {"a/one.qcow2", child_of("b/two.raw", "raw")},
                            {"a/b/two.raw", pattern(3 * 512, 7)},
                            {"b/two.raw", pattern(512, 8)}});
  const auto opened = must(folder.open());
  const ByteVector raw = pattern(3 * 512, 7);
  check_disk(*opened.disk, join({prefix(raw, 512), pattern(512, 20),
                                 ByteVector(raw.begin() + 1024, raw.end()), ByteVector(512)}));
  BOOST_TEST((opened.other_files == std::vector<std::string>{"a/one.qcow2", "b/two.raw"}));
}

BOOST_AUTO_TEST_CASE(a_raw_backing_file_is_raw_whatever_it_looks_like) {
  const ByteVector inner = mixed_image().bytes;
  const Qcow2Folder said({{"disk.qcow2", child_of("raw", "raw")}, {"raw", inner}});
  BOOST_TEST((read_range(*must(said.open()).disk, 0, 512) == prefix(inner, 512)));
  // Without a format its content decides.
  const Qcow2Folder unsaid({{"disk.qcow2", child_of("raw")}, {"raw", inner}});
  BOOST_TEST((read_range(*must(unsaid.open()).disk, 0, 512) == pattern(512, 1)));
}

BOOST_AUTO_TEST_CASE(a_backing_file_of_another_format_than_was_said_is_a_finding) {
  const Qcow2Folder folder({{"disk.qcow2", child_of("b", "vmdk")}, {"b", mixed_image().bytes}});
  const auto opened = must(folder.open());
  BOOST_TEST(has_finding(opened, "qcow2-backing-format"));
}

BOOST_AUTO_TEST_CASE(absolute_names_are_looked_for_beside_the_image) {
  for (const char* name : {"/var/images/base.raw", "C:\\images\\base.raw", "file:/x/base.raw",
                           "gone/base.raw", "..\\..\\base.raw"}) {
    const Qcow2Folder folder({{"disk.qcow2", child_of(name)}, {"base.raw", pattern(512, 4)}});
    BOOST_TEST((read_range(*must(folder.open()).disk, 0, 512) == pattern(512, 4)), name);
  }
}

BOOST_AUTO_TEST_CASE(missing_backing_files_are_named) {
  const auto missing = Qcow2Folder(child_of("dir/base.qcow2")).open();
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"backing file", "dir/base.qcow2", "memory/"}));
  const auto protocol = Qcow2Folder(child_of("nbd://host/disk")).open();
  BOOST_TEST(is_status(protocol, Status::unsupported));
  const auto json = Qcow2Folder(child_of("json:{\"driver\":\"raw\"}")).open();
  BOOST_TEST(is_status(json, Status::unsupported));
}

BOOST_AUTO_TEST_CASE(loops_end_at_the_limit_of_the_chain) {
  const auto self = Qcow2Folder(child_of("disk.qcow2")).open();
  BOOST_TEST(is_status(self, Status::limit_exceeded));
  const Qcow2Folder pair(
      {{"disk.qcow2", child_of("other.qcow2")}, {"other.qcow2", child_of("disk.qcow2")}});
  BOOST_TEST(is_status(pair.open(), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(data_may_lie_in_another_file) {
  const auto image = fx::build_qcow2({.data_file = "disk.raw"},
                                     {data_cluster(1), fx::Qcow2Cluster(), data_cluster(3)});
  const ByteVector raw = join({pattern(512, 1), pattern(512, 2), pattern(512, 3)});
  const auto opened = must(Qcow2Folder({{"disk.qcow2", image.bytes}, {"disk.raw", raw}}).open());
  check_disk(*opened.disk, join({pattern(512, 1), ByteVector(512), pattern(512, 3)}));
  BOOST_TEST(mentions(opened.detail, {"data in disk.raw"}));
  const auto missing = Qcow2Folder(image.bytes).open();
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"data file", "disk.raw"}));
}

BOOST_AUTO_TEST_CASE(other_files_are_not_ours) {
  const Qcow2Folder folder({{"a", {}}, {"b", pattern(3, 1)}, {"c", pattern(1000, 2)}});
  for (const char* name : {"a", "b", "c"}) {
    const auto source = must(folder.folder->find(name));
    BOOST_TEST(!must(probe_qcow2({source, name, folder.folder, 1})));
  }
}

BOOST_DATA_TEST_CASE(reads_real_compressed_images,
                     boost::unit_test::data::make({"basic.qcow2.gz", "basic-zstd.qcow2.gz"}),
                     name) {
  if (!have_real_data()) {
    return;
  }
  const Qcow2Folder folder(MemoryFolder::Files{});
  const auto source = real_source(std::string("disk/dissect_hypervisor/") + name);
  const auto opened = must(folder.opener.open({source, name, folder.folder, 1}));
  constexpr std::uint64_t megabyte = 1U << 20;
  BOOST_REQUIRE_EQUAL(opened.disk->size(), 512 * megabyte);
  // Megabyte n is filled with n; the rest is empty.
  for (std::uint64_t n = 0; n < 512; n += n < 256 ? 1 : 17) {
    const ByteVector part = read_range(*opened.disk, n * megabyte, megabyte);
    const ByteVector expected(megabyte, static_cast<std::byte>(n < 255 ? n : 0));
    BOOST_REQUIRE_MESSAGE(part == expected, "megabyte " << n);
  }
}

BOOST_AUTO_TEST_CASE(reads_a_real_version_1_image) {
  if (!have_real_data()) {
    return;
  }
  const Qcow2Folder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open(
      {real_source("disk/sleuthkit/image.qcow"), "image.qcow", folder.folder, 1}));
  BOOST_TEST(mentions(opened.detail, {"version 1", "100 KiB", "4 KiB clusters"}));
  // What qemu-img converts it to.
  BOOST_TEST(md5_of(*opened.disk) == "a528fc1bec79f4fef062f2bf1008c045");
}

BOOST_AUTO_TEST_CASE(reads_real_images_of_file_systems) {
  if (!have_real_data()) {
    return;
  }
  const Qcow2Folder folder(MemoryFolder::Files{});
  const auto windows = must(folder.opener.open(
      {real_source("disk/dfvfs/windows_volume.qcow2"), "windows_volume.qcow2", folder.folder, 1}));
  BOOST_TEST(windows.detail == "version 3, 34.2 MiB, 64 KiB clusters");
  BOOST_TEST(md5_of(*windows.disk) == "e472c93726a55ee3c5f9a860f3a39cae");
  const auto ext2 = must(
      folder.opener.open({real_source("disk/dfvfs/ext2.qcow2"), "ext2.qcow2", folder.folder, 1}));
  BOOST_TEST(md5_of(*ext2.disk) == "196066add11fb71c4c49cf1bb50d6d24");
}

BOOST_AUTO_TEST_SUITE_END()
