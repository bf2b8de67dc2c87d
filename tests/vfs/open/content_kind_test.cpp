// SPDX-License-Identifier: Apache-2.0
// Files named by their content.
#include "vfs/open/content_kind.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/source/memory_source.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

SourcePtr source_of(std::string_view text) {
  const Bytes raw = std::as_bytes(std::span(text));
  return make_memory_source({raw.begin(), raw.end()}, "test");
}

/// `magic` at `offset` of a file of `size` zero bytes.
SourcePtr file_with(std::size_t offset, std::string_view magic, std::size_t size) {
  std::string text(size, '\0');
  text.replace(offset, magic.size(), magic);
  return source_of(text);
}

struct Row {
  std::size_t offset;
  std::string_view magic;
  const char* expected;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.expected;
}

using namespace std::string_view_literals;

const std::array rows{
    Row{0, "MSWIM\0\0\0"sv, "a WIM image"},
    Row{0, "WLPWM\0\0\0"sv, "a pipable WIM image"},
    Row{0, "vhdxfile"sv, "a VHDX disk image"},
    Row{0, "conectix"sv, "a VHD disk image"},
    Row{0x10000 - 512, "conectix"sv, "a VHD disk image"},
    Row{0, "regf"sv, "a registry hive"},
    Row{0x8001, "CD001"sv, "an ISO 9660 image"},
    Row{0x8001, "BEA01"sv, "UDF media"},
    Row{0, "\x1F\x8B\x08"sv, "gzip-compressed data"},
    Row{0, "PK\x03\x04"sv, "a ZIP archive"},
    Row{0, "MSCF"sv, "a cabinet"},
    Row{0, "QFI\xFB"sv, "a QCOW2 disk image"},
    Row{0, "KDMV"sv, "a VMDK disk image"},
    Row{0x40, "\x7F\x10\xDA\xBE"sv, "a VDI disk image"},
    Row{0, "EVF\x09\x0D\x0A\xFF\0"sv, "an EWF (E01) evidence file"},
    Row{257, "ustar"sv, "a tar archive"},
    Row{3, "NTFS    "sv, "an NTFS volume"},
    Row{3, "-FVE-FS-"sv, "a BitLocker volume"},
    Row{82, "FAT32   "sv, "a FAT32 volume"},
    Row{512, "EFI PART"sv, "a disk image with a GPT"},
    Row{4096, "EFI PART"sv, "a disk image with a GPT"},
    Row{510, "\x55\xAA"sv, "a disk image with an MBR"},
    Row{0, "MZ"sv, "a Windows program"},
    Row{100, "MSWIM\0\0\0"sv, "a file of unknown content"},
    Row{0, "MSWIN\0\0\0"sv, "a file of unknown content"},
};

BOOST_AUTO_TEST_SUITE(content_kind)

BOOST_DATA_TEST_CASE(knows, bdata::make(rows), row) {
  BOOST_TEST(must(describe_content(*file_with(row.offset, row.magic, 0x10000))) == row.expected);
}

BOOST_AUTO_TEST_CASE(the_partition_table_yields_to_what_lies_in_it) {
  std::string text(0x10000, '\0');
  text.replace(3, 8, "NTFS    ");
  text.replace(510, 2, "\x55\xAA");
  BOOST_TEST(must(describe_content(*source_of(text))) == "an NTFS volume");
  text.replace(text.size() - 512, 8, "conectix");
  BOOST_TEST(must(describe_content(*source_of(text))) == "a VHD disk image");
}

BOOST_AUTO_TEST_CASE(takes_files_of_any_size) {
  BOOST_TEST(must(describe_content(*source_of(""))) == "an empty file");
  for (std::size_t size = 1; size < 600; ++size) {
    BOOST_TEST(must(describe_content(*source_of(std::string(size, 'x')))) ==
               "a file of unknown content");
  }
  BOOST_TEST(must(describe_content(*source_of("regf"))) == "a registry hive");
  BOOST_TEST(must(describe_content(*source_of("reg"))) == "a file of unknown content");
}

BOOST_AUTO_TEST_CASE(knows_real_files) {
  if (!have_real_data()) {
    return;
  }
  BOOST_TEST(must(describe_content(*real_source("registry/xp_sp3_full/SOFTWARE"))) ==
             "a registry hive");
  BOOST_TEST(must(describe_content(*real_source("disk/go_vhd/win8.vhd"))) == "a VHD disk image");
  BOOST_TEST(must(describe_content(*real_source("disk/dfvfs/windows_volume.qcow2"))) ==
             "a QCOW2 disk image");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
