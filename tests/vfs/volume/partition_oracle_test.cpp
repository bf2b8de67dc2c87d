// SPDX-License-Identifier: Apache-2.0
// Tables written by sfdisk and sgdisk, and read by sfdisk and mmls, give the same partitions here.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/volume/volume_support.h"
#include "vfs/source/file_source.h"
#include "vfs/volume/recognise.h"

namespace casement::test {
namespace {

/// The text behind `key` up to a comma or the end; "" when there is none.
std::string value_of(const std::string& line, const std::string& key) {
  const auto at = line.find(key);
  if (at == std::string::npos) {
    return "";
  }
  std::string value = line.substr(at + key.size());
  value.resize(std::min(value.find(','), value.size()));
  const auto begin = value.find_first_not_of(" \"");
  value = begin == std::string::npos ? "" : value.substr(begin);
  value.resize(value.find_last_not_of(" \"") + 1);
  std::ranges::transform(value, value.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return value;
}

/// "number:start+size type uuid active" of what `sfdisk --dump` prints, containers left out.
std::vector<std::string> lines_of_sfdisk(const std::string& image) {
  std::istringstream dump(output_of("sfdisk --dump '" + image + "'"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(dump, line);) {
    const auto node = line.find(image);
    const auto colon = line.find(" : ");
    const std::string type = value_of(line, "type=");
    if (node != 0 || colon == std::string::npos || type == "5" || type == "f") {
      continue;
    }
    lines.push_back(line.substr(image.size(), colon - image.size()) + ":" +
                    value_of(line, "start=") + "+" + value_of(line, "size=") + " " + type + " " +
                    value_of(line, "uuid=") +
                    (line.find("bootable") != std::string::npos ? " active" : ""));
  }
  return lines;
}

std::vector<std::string> our_lines(const std::string& image) {
  const PartitionTable table = must(read_partition_table(must(open_file_source(image)), {}, {}));
  BOOST_TEST(codes(table) == "");
  std::vector<std::string> lines;
  for (const Partition& one : table.partitions) {
    std::array<char, 8> type{};
    std::snprintf(type.data(), type.size(), "%x", one.mbr_type.value_or(0));
    lines.push_back(std::to_string(one.number) + ":" +
                    std::to_string(one.offset / table.sector_size) + "+" +
                    std::to_string(one.size / table.sector_size) + " " +
                    (one.type_id ? one.type_id->to_string() : std::string(type.data())) + " " +
                    (one.id ? one.id->to_string() : "") + (one.active ? " active" : ""));
  }
  return lines;
}

void compare_with_sfdisk(const std::string& image) {
  const auto theirs = lines_of_sfdisk(image);
  const auto ours = our_lines(image);
  BOOST_TEST(!theirs.empty());
  BOOST_TEST(ours == theirs, boost::test_tools::per_element());
}

/// "start+length" of every partition that mmls lists.
std::vector<std::string> lines_of_mmls(const std::string& image, std::uint32_t sector_size,
                                       const char* kind) {
  std::istringstream list(output_of("mmls -a -M -t " + std::string(kind) + " -b " +
                                    std::to_string(sector_size) + " '" + image + "'"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(list, line);) {
    std::istringstream columns(line);
    std::string number;
    std::string slot;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint64_t length = 0;
    if (columns >> number >> slot >> start >> end >> length && number.ends_with(':')) {
      lines.push_back(std::to_string(start) + "+" + std::to_string(length));
    }
  }
  std::ranges::sort(lines);
  return lines;
}

void compare_with_mmls(const std::string& image, std::uint32_t sector_size) {
  const PartitionTable table = must(read_partition_table(must(open_file_source(image)), {}, {}));
  BOOST_TEST(table.sector_size == sector_size);
  std::vector<std::string> ours;
  for (const Partition& one : table.partitions) {
    ours.push_back(std::to_string(one.offset / sector_size) + "+" +
                   std::to_string(one.size / sector_size));
  }
  std::ranges::sort(ours);
  BOOST_TEST(
      ours == lines_of_mmls(image, sector_size, table.kind == TableKind::gpt ? "gpt" : "dos"),
      boost::test_tools::per_element());
}

/// An empty image with what `script` (sfdisk's language) makes of it.
std::string divided(const TempDir& dir, const char* script) {
  const std::string image = dir.path() + "/disk.img";
  const std::string input = dir.write("script", std::string_view(script));
  output_of("truncate -s 64M '" + image + "' && sfdisk -q '" + image + "' < '" + input + "'");
  return image;
}

BOOST_AUTO_TEST_SUITE(partition_oracle)

BOOST_AUTO_TEST_CASE(sfdisk_primaries_and_logical_partitions) {
  if (!have_programs({"sfdisk", "mmls"})) {
    return;
  }
  const TempDir dir;
  const std::string image = divided(dir,
                                    "label: dos\n"
                                    "label-id: 0xdeadbeef\n"
                                    "start=2048,size=8192,type=7,bootable\n"
                                    "start=10240,size=61440,type=f\n"
                                    "start=71680,size=4096,type=27\n"
                                    "start=12288,size=2048,type=7\n"
                                    "start=16384,size=4096,type=b\n"
                                    "start=24576,size=8192,type=83\n");
  compare_with_sfdisk(image);
  compare_with_mmls(image, 512);
  const auto table = must(read_partition_table(must(open_file_source(image)), {}, {}));
  BOOST_TEST((table.mbr_signature == 0xDEADBEEFU));
}

BOOST_AUTO_TEST_CASE(sfdisk_logical_partitions_after_one_was_deleted) {
  if (!have_programs({"sfdisk", "mmls"})) {
    return;
  }
  const TempDir dir;
  const std::string image = divided(dir,
                                    "label: dos\n"
                                    "start=2048,size=100000,type=5\n"
                                    "start=4096,size=2048,type=7\n"
                                    "start=8192,size=2048,type=7\n"
                                    "start=12288,size=2048,type=7\n");
  for (const char* number : {"3", "5"}) {
    if (number[0] == '5') {
      output_of("sfdisk -q --delete '" + image + "' 5");  // the first of the chain stays empty
    }
    compare_with_sfdisk(image);
    compare_with_mmls(image, 512);
  }
}

BOOST_AUTO_TEST_CASE(sgdisk_as_windows_setup_divides) {
  if (!have_programs({"sgdisk", "sfdisk", "mmls"})) {
    return;
  }
  const TempDir dir;
  const std::string image = dir.path() + "/disk.img";
  output_of("truncate -s 300M '" + image +
            "' && sgdisk -n 1:0:+20M -t 1:2700 -c 1:Recovery "
            "-n 2:0:+100M -t 2:ef00 -n 3:0:+16M -t 3:0c01 -n 6:0:0 -t 6:0700 "
            "-c 6:'Basic data partition' -A 6:set:63 '" +
            image + "'");
  compare_with_sfdisk(image);
  compare_with_mmls(image, 512);
  const auto table = must(read_partition_table(must(open_file_source(image)), {}, {}));
  BOOST_TEST((table.partitions.back().name == u"Basic data partition"));
  BOOST_TEST(table.partitions.back().attributes == std::uint64_t{1} << 63);
  BOOST_TEST((table.partitions.front().role == PartitionRole::recovery));
}

BOOST_AUTO_TEST_CASE(sgdisk_hybrid) {
  if (!have_programs({"sgdisk"})) {
    return;
  }
  const TempDir dir;
  const std::string image = dir.path() + "/disk.img";
  output_of("truncate -s 64M '" + image +
            "' && sgdisk -n 1:0:+20M -t 1:0700 -n 2:0:+20M "
            "-t 2:8300 -h 1:EE '" +
            image + "'");
  const auto table = must(read_partition_table(must(open_file_source(image)), {}, {}));
  BOOST_TEST(table.hybrid);
  BOOST_TEST(places(table) == "1:2048+40960 2:43008+40960");
  compare_with_mmls(image, 512);
}

BOOST_AUTO_TEST_CASE(other_readers_agree_about_our_tables_of_every_sector_size) {
  if (!have_programs({"mmls"})) {
    return;
  }
  for (const std::uint32_t sector_size : {512U, 1024U, 2048U, 4096U}) {
    const TempDir dir;
    BOOST_TEST_CONTEXT(sector_size) {
      compare_with_mmls(dir.write("gpt.img", fx::build_gpt_disk(gpt_disk(sector_size))),
                        sector_size);
      compare_with_mmls(dir.write("mbr.img", fx::build_mbr_disk(divided_disk(sector_size))),
                        sector_size);
    }
  }
}

BOOST_AUTO_TEST_CASE(sgdisk_verifies_our_table) {
  if (!have_programs({"sgdisk", "sfdisk"})) {
    return;
  }
  const TempDir dir;
  const std::string image = dir.write("gpt.img", fx::build_gpt_disk(gpt_disk()));
  BOOST_TEST(mentions(output_of("sgdisk -v '" + image + "'"), {"No problems found"}));
  compare_with_sfdisk(image);
}

BOOST_AUTO_TEST_CASE(linux_formatters_leave_the_marks_that_we_look_for) {
  if (!have_programs({"mkfs.ext4", "mkfs.ext3", "mkfs.ext2", "mkswap", "cryptsetup"})) {
    return;
  }
  const TempDir dir;
  const std::string image = dir.path() + "/volume.img";
  const std::array<std::array<std::string, 2>, 5> rows = {{
      {"mkfs.ext2 -q -F -L label '" + image + "'", "ext2"},
      {"mkfs.ext3 -q -F -L label '" + image + "'", "ext3"},
      {"mkfs.ext4 -q -F -L label '" + image + "'", "ext4"},
      {"mkswap -q -L label '" + image + "' 2>&1", "swap"},
      {"echo key | cryptsetup luksFormat -q --pbkdf-force-iterations 1000 --pbkdf pbkdf2 '" +
           image + "'",
       "luks"},
  }};
  for (const auto& [command, type] : rows) {
    output_of("rm -f '" + image + "'; truncate -s 32M '" + image + "' && " + command);
    const auto found = must(recognise_volume(*must(open_file_source(image))));
    BOOST_REQUIRE_MESSAGE(found.has_value(), command);
    BOOST_TEST(found->type == type);
    BOOST_TEST((type == "luks" || found->reason.find("\"label\"") != std::string::npos));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
