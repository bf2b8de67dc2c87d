// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "tests/cli/parse_json.h"
#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tools/casement/commands/info_report.h"
#include "tools/casement/commands/volume_choice.h"
#include "tools/casement/render/info_json.h"
#include "tools/casement/render/info_json_members.h"
#include "tools/casement/render/info_text.h"
#include "tools/casement/render/volume_table.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::json_text;
using casement::test::MemoryFileSystem;
using casement::test::mentions;
using casement::test::must;
using casement::test::parse_json;

namespace {

Volume volume_of(std::uint32_t index, const Partition& partition, FileSystemPtr file_system) {
  Volume volume;
  volume.index = index;
  volume.name = "partition " + std::to_string(partition.number);
  volume.file_system = std::move(file_system);
  volume.partition = partition;
  return volume;
}

Partition partition_of(std::uint32_t number, const char* type, PartitionRole role,
                       std::uint64_t offset, std::uint64_t size) {
  Partition partition;
  partition.number = number;
  partition.type_name = type;
  partition.role = role;
  partition.offset = offset;
  partition.size = size;
  return partition;
}

/// A disk as Windows partitions it, with BitLocker on C: and no Windows that could be read.
OpenedImage locked_disk() {
  OpenedImage opened;
  opened.path = "disk.vhdx";
  opened.layers = {{"vhdx", "dynamic, 127 GiB"}, {"gpt", "4 partitions"}};
  opened.volumes.push_back(
      volume_of(1, partition_of(1, "EFI system", PartitionRole::efi_system, 1U << 20, 100U << 20),
                std::make_shared<MemoryFileSystem>()));
  Volume locked = volume_of(
      2, partition_of(3, "Basic data", PartitionRole::basic, 117U << 20, std::uint64_t{126} << 30),
      nullptr);
  locked.content = "bitlocker";
  locked.locked = true;
  locked.reason = "BitLocker: a password or recovery key is needed";
  opened.volumes.push_back(locked);
  auto recovery = std::make_shared<MemoryFileSystem>();
  recovery->write(u"\\Recovery\\WindowsRE\\Winre.wim", "MSWIM");
  opened.volumes.push_back(volume_of(
      3, partition_of(4, "Recovery", PartitionRole::recovery, std::uint64_t{127} << 30, 500U << 20),
      recovery));
  return opened;
}

std::string table_of(const OpenedImage& opened) {
  std::string out;
  render_volume_table(out, gather_volumes(opened, nullptr));
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(volumes)

BOOST_AUTO_TEST_CASE(shows_every_volume_and_why_one_cannot_be_read) {
  const std::string table = table_of(locked_disk());
  BOOST_TEST(mentions(table, {"Number  Partition ", "File system", "Size", "Offset", "Holds",
                              "1       p1 EFI system", "memory", "100 MiB", "1048576",
                              "2       p3 Basic data", "bitlocker", "126 GiB", "122683392",
                              "locked", "- BitLocker: a password or recovery key is needed",
                              "3       p4 Recovery", "recovery"}));
}

BOOST_AUTO_TEST_CASE(leaves_out_columns_in_which_nothing_would_stand) {
  const std::string table = table_of(locked_disk());
  BOOST_TEST(table.find("Letter") == std::string::npos);
  BOOST_TEST(table.find("Label") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(says_so_when_there_is_no_volume) {
  BOOST_TEST(table_of({}) == "  none\n");
}

BOOST_AUTO_TEST_CASE(keeps_a_stored_name_from_acting_on_the_terminal) {
  OpenedImage opened = locked_disk();
  opened.volumes[1].reason = "\x1B[2J";
  opened.volumes[1].partition->type_name = "\x1B[31m";
  const std::string table = table_of(opened);
  BOOST_TEST(table.find('\x1B') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(chooses_by_number_and_by_partition) {
  const OpenedImage opened = locked_disk();
  BOOST_TEST(must(choose_volume(opened, "2")) == 1U);
  BOOST_TEST(must(choose_volume(opened, "p3")) == 1U);
  BOOST_TEST(must(choose_volume(opened, "P4")) == 2U);
}

BOOST_AUTO_TEST_CASE(refuses_selectors_that_name_no_volume_or_several) {
  OpenedImage opened = locked_disk();
  for (const char* text : {"", "p", "x", "C:", "-1", "2 ", "99999999999999999999"}) {
    BOOST_TEST(is_status(choose_volume(opened, text), Status::invalid_argument), text);
  }
  const auto missing = choose_volume(opened, "4");
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(),
                      {"1 (p1 EFI system, memory)", "2 (p3 Basic data, bitlocker)"}));
  BOOST_TEST(is_status(choose_volume(opened, "p2"), Status::not_found));
  opened.volumes[0].partition->number = 3;
  const auto ambiguous = choose_volume(opened, "p3");
  BOOST_TEST(is_status(ambiguous, Status::not_found));
  BOOST_TEST(mentions(ambiguous.error().message(), {"several of that number"}));
}

BOOST_AUTO_TEST_CASE(describes_an_image_without_windows_as_valid_json) {
  const auto report =
      gather_volumes_report(locked_disk(), Error(Status::path_not_found, "no \"Windows\""));
  std::string out;
  render_volumes_json(out, *report);
  const auto document = parse_json(out);
  BOOST_TEST(json_text(document, "schema") == "casement.info/1");
  BOOST_TEST(json_text(document, "error") == "no \"Windows\"");
  BOOST_TEST(json_text(document, "identity") == "null");
  BOOST_TEST(document.get_child("image.layers").size() == 2U);
  const auto& volumes = document.get_child("image.volumes");
  BOOST_REQUIRE(volumes.size() == 3U);
  const auto& locked = std::next(volumes.begin())->second;
  BOOST_TEST(json_text(locked, "locked") == "true");
  BOOST_TEST(json_text(locked, "content") == "bitlocker");
  BOOST_TEST(json_text(locked, "partition.role") == "basic");
  BOOST_TEST(json_text(locked, "partition.offset") == "122683392");
  BOOST_TEST(json_text(locked, "size") == "135291469824");
  BOOST_TEST(volumes.back().second.get_child("holds").front().second.data() == "recovery");
}

BOOST_AUTO_TEST_CASE(describes_an_image_without_windows_for_people) {
  const auto report = gather_volumes_report(locked_disk(), Error(Status::path_not_found, "none"));
  std::string out;
  render_volumes_text(out, *report);
  BOOST_TEST(mentions(out, {"No Windows found\n", "Read as           vhdx: dynamic, 127 GiB\n",
                            "gpt: 4 partitions\n", "Volumes\n", "p3 Basic data"}));
}

BOOST_AUTO_TEST_CASE(marks_the_volume_that_the_path_selects) {
  OpenedImage opened = locked_disk();
  opened.selected = 2;
  BOOST_TEST(mentions(table_of(opened), {"   Number", "   1 ", "   2 ", "*  3 "}));
  const auto report = gather_volumes_report(std::move(opened), Error(Status::path_not_found, ""));
  std::string out;
  render_volumes_json(out, *report);
  const auto document = parse_json(out);
  const auto& volumes = document.get_child("image.volumes");
  BOOST_TEST(json_text(volumes.front().second, "selected") == "false");
  BOOST_TEST(json_text(volumes.back().second, "selected") == "true");
}

BOOST_AUTO_TEST_CASE(tells_of_a_windows_on_a_volume_that_cannot_be_read) {
  const OpenedImage opened = locked_disk();
  UnreadableInstallation locked;
  locked.volume = 1;
  locked.locked = true;
  locked.windows_directory = u"\\Windows";
  locked.description = u"Windows 11";
  locked.boot_entry = "\\EFI\\Microsoft\\Boot\\BCD {1}";
  locked.reason = opened.volumes[1].reason;
  std::string out;
  render_unreadable(out, opened, {locked});
  BOOST_TEST(mentions(out, {"  not readable: \\Windows on partition 3", "Windows 11", "locked"}));
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  write_unreadable(json, opened, {locked});
  json.end_object();
  json.end_document();
  const auto document = parse_json(text);
  const auto& first = document.get_child("unreadable_installations").front().second;
  BOOST_TEST(json_text(first, "volume") == "2");
  BOOST_TEST(json_text(first, "locked") == "true");
  BOOST_TEST(json_text(first, "windows_directory") == "\\Windows");
  BOOST_TEST(json_text(first, "reason") == "BitLocker: a password or recovery key is needed");
}

BOOST_AUTO_TEST_SUITE_END()
