// SPDX-License-Identifier: Apache-2.0
// Disks and volumes of real systems, with the facts that other readers give for them.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <ostream>

#include "tests/support/real_data.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/volume/volume_support.h"
#include "vfs/source/file_source.h"
#include "vfs/volume/recognise.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

/// Figures of dissect.volume's tests and of mmls.
struct DiskRow {
  const char* file;
  const char* partitions;
  std::uint32_t sector_size;
  const char* id;
  const char* findings;
};
std::ostream& operator<<(std::ostream& out, const DiskRow& row) {
  return out << row.file;
}

const std::array disks{
    DiskRow{"disk/dissect_volume/gpt.bin", "1:40+409600 2:411648+61026304", 512,
            "299dd468-9fa2-4f82-9123-c79621ded58b",
            "gpt-backup-missing partition-truncated partition-missing"},
    DiskRow{"disk/dissect_volume/gpt_4k.bin", "1:256+257 2:768+257 3:1280+2907", 4096,
            "17d45e49-0ff0-48ac-95a3-95bda49da632",
            "gpt-backup-missing partition-missing partition-missing partition-missing"},
    DiskRow{"disk/dissect_volume/gpt_hybrid.bin", "1:2048+1025 2:34+2014 3:3073+990", 512,
            "2dbc85bd-9245-46b5-8a94-fb2c429beadc",
            "gpt-backup-missing partition-missing partition-truncated partition-missing"},
    DiskRow{"disk/dissect_volume/gpt_no_name_xff.bin", "1:2048+41938945", 512,
            "88cb0b3c-4545-430a-9d3d-8e1a4466fd18", "gpt-primary-damaged partition-missing"},
    DiskRow{"disk/dissect_volume/mbr.bin", "1:2048+1024000 2:1026048+124801024", 512, "",
            "partition-missing partition-missing"},
    DiskRow{"disk/util-linux/gpt.img.xz",
            "1:34+2014 2:2048+2048 3:4096+2048 4:6144+2048 5:8192+2048", 512,
            "dd27f98d-7519-4c9e-8041-f2bfa7b1ef61", ""},
};

BOOST_AUTO_TEST_SUITE(real_volumes)

BOOST_DATA_TEST_CASE(real_tables, bdata::make(disks), row) {
  if (!have_real_data()) {
    return;
  }
  const PartitionTable table = table_of(real_bytes(row.file));
  BOOST_TEST(table.sector_size == row.sector_size);
  BOOST_TEST(places(table) == row.partitions);
  BOOST_TEST((table.disk_id ? table.disk_id->to_string() : "") == row.id);
  BOOST_TEST(codes(table) == row.findings);
}

BOOST_AUTO_TEST_CASE(real_hybrid_and_nameless_tables) {
  if (!have_real_data()) {
    return;
  }
  BOOST_TEST(table_of(real_bytes("disk/dissect_volume/gpt_hybrid.bin")).hybrid);
  const PartitionTable esx = table_of(real_bytes("disk/dissect_volume/gpt_no_name_xff.bin"));
  BOOST_TEST(esx.partitions.at(0).name.empty());
  const PartitionTable mbr = table_of(real_bytes("disk/dissect_volume/mbr.bin"));
  BOOST_TEST((mbr.mbr_signature == 0xBAFF7D5CU));
  BOOST_TEST(mbr.partitions.at(0).active);
}

BOOST_AUTO_TEST_CASE(real_volumes_without_a_table_are_no_disks) {
  if (!have_real_data()) {
    return;
  }
  // Boot sectors, all of them with 55 AA; several tools see partitions in them.
  for (const char* file :
       {"disk/util-linux/ntfs.img.xz", "disk/util-linux/exfat.img.xz",
        "disk/util-linux/fat16_noheads.img.xz", "disk/util-linux/fat32_xp_label1.img.xz",
        "disk/util-linux/bitlocker-win7.img.xz", "disk/util-linux/udf-hdd-win7.img.xz",
        "disk/colinfinck_ntfs/testfs1", "disk/dissect_fat/fat12.bin", "disk/dissect_fat/fat16.bin",
        "disk/dissect_fat/exfat.bin", "disk/sleuthkit/image.dd"}) {
    const PartitionTable table = must(read_partition_table(real_source(file), {}, {}));
    BOOST_TEST((table.kind == TableKind::none), file);
    BOOST_TEST(codes(table) == "", file);
  }
}

BOOST_AUTO_TEST_CASE(real_contents_are_recognised) {
  if (!have_real_data()) {
    return;
  }
  const std::map<const char*, const char*> types = {
      {"disk/util-linux/bitlocker-win7.img.xz", "bitlocker"},
      {"disk/util-linux/iso-joliet.img.xz", "iso9660"},
      {"disk/util-linux/udf-hdd-win7.img.xz", "udf"},
      {"disk/util-linux/udf.img.xz", "udf"},
      {"disk/sleuthkit/image.dd", "ext2"},
  };
  for (const auto& [file, type] : types) {
    const auto found = must(recognise_volume(*real_source(file)));
    BOOST_REQUIRE_MESSAGE(found.has_value(), file);
    BOOST_TEST(found->type == type, file);
  }
  for (const char* file : {"disk/util-linux/ntfs.img.xz", "disk/dissect_fat/fat16.bin"}) {
    BOOST_TEST(!must(recognise_volume(*real_source(file))).has_value(), file);
  }
}

/// The sections and values of the list that comes with the images.
std::map<std::string, std::map<std::string, std::string>> read_facts(const std::string& path) {
  std::map<std::string, std::map<std::string, std::string>> sections;
  std::ifstream in(path);
  std::string section;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('[')) {
      section = line.substr(1, line.find(']') - 1);
    } else if (const auto equals = line.find('='); equals != std::string::npos) {
      sections[section][line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  return sections;
}

BOOST_AUTO_TEST_CASE(every_bitlocker_image_of_cryptsetup_tells_its_facts) {
  if (!have_real_data()) {
    return;
  }
  const TempDir dir;
  // Sparse: 2 GB of images take less than 1 MB.
  output_of("tar -xSJf '" + *real_data_dir() + "/disk/cryptsetup_bitlk/bitlk-images.tar.xz' -C '" +
            dir.path() + "'");
  const auto facts = read_facts(real_file("disk/cryptsetup_bitlk/images.conf"));
  BOOST_TEST(facts.size() == 21U);
  for (const auto& [name, values] : facts) {
    BOOST_TEST_CONTEXT(name) {
      const SourcePtr image = must(open_file_source(dir.path() + "/bitlk-images/" + name + ".img"));
      const auto found = must(recognise_volume(*image));
      BOOST_REQUIRE(found.has_value());
      BOOST_TEST(found->type == "bitlocker");
      BOOST_TEST(found->locked);
      BOOST_TEST(mentions(found->reason, {values.at("GUID").c_str()}));
      const bool xts = values.at("CIPHER") == "aes-xts-plain64";
      BOOST_TEST((found->reason.find("XTS-AES") != std::string::npos) == xts);
      const std::map<std::string, std::string> words = {
          {"PW_VMK_GUID", "password {"},           {"RP_VMK_GUID", "recovery password {"},
          {"RP2_VMK_GUID", "recovery password {"}, {"SC_VMK_GUID", "smart card {"},
          {"SK_VMK_GUID", "startup key {"},        {"CLEARKEY_VMK_GUID", "clear key {"}};
      for (const auto& [key, word] : words) {
        const auto value = values.find(key);
        if (value != values.end() && !value->second.empty()) {
          BOOST_TEST(mentions(found->reason, {(word + value->second + "}").c_str()}));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
