// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vmdk/open_vmdk.h"

#include "tests/support/real_data.h"
#include "tests/vfs/container/vmdk/vmdk_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

fx::VmdkDescriptorOptions child_descriptor(const std::string& hint) {
  return {
      .parent_cid = 0x1234'5678, .parent_hint = hint, .extents = {"RW 32 SPARSE \"disk.vmdk\""}};
}

/// Grain 1 is its own, the others are of the parent.
ByteVector child_of(const std::string& hint) {
  return fx::build_vmdk_hosted({.descriptor = fx::build_vmdk_descriptor(child_descriptor(hint))},
                               {absent_grain(), data_grain(11), absent_grain(), absent_grain()});
}

ByteVector child_disk() {
  return join({pattern(grain_size, 1), pattern(grain_size, 11), pattern(grain_size, 3),
               pattern(grain_size, 4)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_vmdk)

BOOST_AUTO_TEST_CASE(extents_of_all_types_are_joined) {
  const ByteVector flat = pattern(8 * 512, 5);
  const VmdkFolder folder(
      {{"disk.vmdk", to_bytes(descriptor_of(
                         {"RW 4 FLAT \"Flat.vmdk\" 3", "RW 2 ZERO", "RW 32 SPARSE \"s001.vmdk\"",
                          "RW 1 FLAT \"flat.vmdk\" 0", "NOACCESS 1 FLAT \"flat.vmdk\" 0",
                          "RW 32 VMFSSPARSE \"sub/delta.vmdk\"", "RW 32 SESPARSE \"se.vmdk\""},
                         "custom"))},
       {"flat.vmdk", flat},
       {"s001.vmdk", fx::build_vmdk_hosted({}, some_grains())},
       {"sub/delta.vmdk", fx::build_vmdk_cowd({}, some_grains())},
       {"se.vmdk", fx::build_vmdk_se_sparse({}, some_grains())}});
  const auto opened = must(folder.open());
  BOOST_TEST(opened.format == "vmdk");
  BOOST_TEST(mentions(opened.detail, {"custom", "7 extents"}));
  BOOST_TEST(opened.other_files.size() == 5U);
  BOOST_TEST(has_finding(opened, "vmdk-no-access"));
  check_disk(*opened.disk,
             join({ByteVector(flat.begin() + 3 * 512, flat.begin() + 7 * 512), ByteVector(1024),
                   some_disk(), prefix(flat, 512), ByteVector(512), some_disk(), some_disk()}));
}

BOOST_AUTO_TEST_CASE(missing_and_foreign_extents_are_named) {
  const auto missing =
      VmdkFolder(to_bytes(descriptor_of({"RW 8 ZERO", "RW 8 FLAT \"gone-flat.vmdk\" 0"}))).open();
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"extent 2", "gone-flat.vmdk", "memory/"}));
  const VmdkFolder foreign(
      {{"disk.vmdk", to_bytes(descriptor_of({"RW 8 SPARSE \"x\""}))}, {"x", pattern(4096, 1)}});
  BOOST_TEST(is_status(foreign.open(), Status::bad_format));
  const auto self = VmdkFolder(to_bytes(descriptor_of({"RW 8 SPARSE \"disk.vmdk\""}))).open();
  BOOST_TEST(is_status(self, Status::bad_format));
}

BOOST_AUTO_TEST_CASE(raw_devices_are_refused_with_the_reason) {
  for (const char* line : {"RW 8 VMFSRDM \"disk-rdm.vmdk\"", "RW 8 FLAT \"/dev/sda\" 0"}) {
    const auto refused = VmdkFolder(to_bytes(descriptor_of({line}))).open();
    BOOST_TEST(is_status(refused, Status::unsupported));
    BOOST_TEST(mentions(refused.error().message(), {"extent 1", "raw device"}));
  }
}

BOOST_AUTO_TEST_CASE(a_flat_extent_cut_short_reads_as_far_as_it_goes) {
  const VmdkFolder folder(
      {{"disk.vmdk", to_bytes(descriptor_of({"RW 8 FLAT \"f\" 0", "RW 2 ZERO"}))},
       {"f", pattern(1000, 1)}});
  const auto opened = must(folder.open());
  BOOST_TEST(has_finding(opened, "vmdk-extent-short"));
  BOOST_TEST((read_range(*opened.disk, 0, 1000) == pattern(1000, 1)));
  std::array<std::byte, 1> byte{};
  BOOST_TEST(is_status(opened.disk->read(1000, byte), Status::truncated));
  BOOST_TEST((read_range(*opened.disk, 8 * 512, 1024) == ByteVector(1024)));
}

BOOST_AUTO_TEST_CASE(a_lone_extent_opens_with_a_finding) {
  const auto opened = must(VmdkFolder(fx::build_vmdk_hosted({}, some_grains())).open());
  BOOST_TEST(has_finding(opened, "vmdk-no-descriptor"));
  check_disk(*opened.disk, some_disk());
}

BOOST_AUTO_TEST_CASE(a_damaged_descriptor_does_not_hide_its_extent) {
  const ByteVector image = fx::build_vmdk_hosted({.descriptor = "RW what"}, some_grains());
  const auto opened = must(VmdkFolder(image).open());
  BOOST_TEST(has_finding(opened, "vmdk-descriptor"));
  check_disk(*opened.disk, some_disk());
}

BOOST_AUTO_TEST_CASE(sizes_that_disagree_are_findings_and_the_descriptor_counts) {
  const VmdkFolder folder(
      {{"disk.vmdk", to_bytes(descriptor_of({"RW 40 SPARSE \"a\"", "RW 20 SPARSE \"a\""}))},
       {"a", fx::build_vmdk_hosted({}, some_grains())}});
  const auto opened = must(folder.open());
  BOOST_TEST(has_finding(opened, "vmdk-extent-size"));
  check_disk(*opened.disk,
             join({some_disk(), ByteVector(grain_size), prefix(some_disk(), 20 * 512)}));
}

BOOST_AUTO_TEST_CASE(grains_of_a_snapshot_come_from_its_parent) {
  const VmdkFolder folder(
      {{"disk.vmdk", child_of("C:\\VMs\\base.vmdk")}, {"Base.vmdk", monolithic()}});
  const auto opened = must(folder.open());
  check_disk(*opened.disk, child_disk());
  BOOST_TEST(opened.other_files == std::vector<std::string>{"base.vmdk"});
  BOOST_TEST(mentions(opened.detail, {"parent C:\\VMs\\base.vmdk"}));
  BOOST_TEST(opened.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_split_snapshot_reads_each_part_of_its_parent) {
  // Both extents have a hole: the second one's is 16 grains into the parent.
  const ByteVector extent = fx::build_vmdk_hosted({}, {absent_grain(), data_grain(11)});
  const fx::VmdkDescriptorOptions text{.parent_cid = 0x1234'5678,
                                       .parent_hint = "base.vmdk",
                                       .extents = {"RW 16 SPARSE \"a\"", "RW 16 SPARSE \"a\""}};
  const VmdkFolder folder({{"disk.vmdk", to_bytes(fx::build_vmdk_descriptor(text))},
                           {"a", extent},
                           {"base.vmdk", monolithic()}});
  check_disk(*must(folder.open()).disk, join({pattern(grain_size, 1), pattern(grain_size, 11),
                                              pattern(grain_size, 3), pattern(grain_size, 11)}));
}

BOOST_AUTO_TEST_CASE(parents_that_are_missing_changed_or_loops_are_told) {
  const auto missing = VmdkFolder(child_of("base.vmdk")).open();
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"parent disk", "base.vmdk"}));
  const auto no_hint = VmdkFolder(child_of("")).open();
  BOOST_TEST(is_status(no_hint, Status::corrupt));

  ByteVector changed = fx::build_vmdk_hosted(
      {.descriptor = fx::build_vmdk_descriptor({.cid = 7, .extents = {"RW 32 SPARSE \"b\""}})},
      some_grains());
  const VmdkFolder folder({{"disk.vmdk", child_of("base.vmdk")}, {"base.vmdk", changed}});
  const auto opened = must(folder.open());
  BOOST_TEST(has_finding(opened, "vmdk-parent-changed"));
  check_disk(*opened.disk, child_disk());

  const VmdkFolder loop({{"disk.vmdk", child_of("disk.vmdk")}});
  BOOST_TEST(is_status(loop.open(), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(other_files_are_not_ours) {
  const VmdkFolder folder({{"a", {}}, {"b", pattern(3, 1)}, {"c", to_bytes("# Disk Description")}});
  for (const char* name : {"a", "b", "c"}) {
    const auto source = must(folder.folder->find(name));
    const ContainerFile file{source, name, folder.folder, 1};
    BOOST_TEST(!must(probe_vmdk(file)));
    BOOST_TEST(!is_ok(open_vmdk(file, folder.opener.context())));
  }
}

BOOST_AUTO_TEST_CASE(reads_a_real_se_sparse_extent) {
  if (!have_real_data()) {
    return;
  }
  const VmdkFolder folder(MemoryFolder::Files{});
  const auto opened =
      must(folder.opener.open({real_source("disk/dissect_hypervisor/sesparse.vmdk.gz"),
                               "sesparse.vmdk", folder.folder, 1}));
  BOOST_TEST(opened.detail == "seSparse, 512 MiB, 4 KiB grains");
  constexpr std::size_t written = std::size_t{16} << 20;
  BOOST_TEST((read_range(*opened.disk, 0, written) == ByteVector(written, std::byte{'a'})));
  BOOST_TEST((read_range(*opened.disk, written, written) == ByteVector(written)));
}

BOOST_AUTO_TEST_CASE(reads_real_monolithic_images) {
  if (!have_real_data()) {
    return;
  }
  const VmdkFolder folder(MemoryFolder::Files{});
  const auto image = must(folder.opener.open(
      {real_source("disk/sleuthkit/image.vmdk"), "image.vmdk", folder.folder, 1}));
  BOOST_TEST(image.detail == "monolithicSparse, 100 KiB, 64 KiB grains");
  BOOST_TEST(md5_of(*image.disk) == "a528fc1bec79f4fef062f2bf1008c045");  // as qemu-img has it
  const auto ext2 = must(
      folder.opener.open({real_source("disk/dfvfs/ext2.vmdk"), "ext2.vmdk", folder.folder, 1}));
  BOOST_TEST(md5_of(*ext2.disk) == "196066add11fb71c4c49cf1bb50d6d24");
}

BOOST_AUTO_TEST_SUITE_END()
