// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vmdk/descriptor.h"

#include "tests/vfs/container/vmdk/vmdk_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

VmdkExtentLine only_extent(const std::string& line) {
  const auto descriptor = must(VmdkDescriptor::parse(line, {}));
  BOOST_REQUIRE_EQUAL(descriptor.extents.size(), 1U);
  return descriptor.extents.front();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_vmdk_descriptor)

BOOST_AUTO_TEST_CASE(keys_and_extents_are_read) {
  const auto descriptor = must(VmdkDescriptor::parse(
      "# Disk DescriptorFile\r\nversion=1\r\nCID=53554ac6\r\nparentCID=0000abcd\r\n"
      "createType = \"twoGbMaxExtentSparse\"\r\nparentFileNameHint=\"../base disk.vmdk\"\r\n\r\n"
      "# Extent description\r\nRW 4192256 SPARSE \"a b-s001.vmdk\"\r\n"
      "RDONLY 63 ZERO\r\n  noaccess 5 FLAT \"x\" 7\r\nddb.adapterType = \"ide\"",
      {}));
  BOOST_TEST(*descriptor.cid == 0x53554AC6U);
  BOOST_TEST(descriptor.parent_cid == 0xABCDU);
  BOOST_TEST(descriptor.create_type == "twoGbMaxExtentSparse");
  BOOST_TEST(*descriptor.parent_hint == "../base disk.vmdk");
  BOOST_REQUIRE_EQUAL(descriptor.extents.size(), 3U);
  BOOST_TEST(descriptor.extents[0].sectors == 4'192'256U);
  BOOST_TEST(descriptor.extents[0].file == "a b-s001.vmdk");
  BOOST_TEST((descriptor.extents[1].type == VmdkExtentType::zero));
  BOOST_TEST(descriptor.extents[2].no_access);
  BOOST_TEST(descriptor.extents[2].file_offset == 7U);
}

BOOST_AUTO_TEST_CASE(every_type_of_extent_is_known) {
  const auto type_of = [](const std::string& type) {
    return only_extent("RW 1 " + type + " \"a\"").type;
  };
  BOOST_TEST((type_of("FLAT") == VmdkExtentType::flat));
  BOOST_TEST((type_of("VMFS") == VmdkExtentType::flat));
  BOOST_TEST((type_of("SPARSE") == VmdkExtentType::sparse));
  BOOST_TEST((type_of("VMFSSPARSE") == VmdkExtentType::sparse));
  BOOST_TEST((type_of("SESPARSE") == VmdkExtentType::se_sparse));
  BOOST_TEST((type_of("ZERO") == VmdkExtentType::zero));
  BOOST_TEST((type_of("VMFSRDM") == VmdkExtentType::raw_device));
  BOOST_TEST((type_of("VMFSRAW") == VmdkExtentType::raw_device));
  const auto flat = [](const std::string& file) {
    return only_extent("RW 1 FLAT \"" + file + "\" 0").type;
  };
  BOOST_TEST((flat("/dev/sda") == VmdkExtentType::raw_device));
  BOOST_TEST((flat("\\\\.\\PhysicalDrive0") == VmdkExtentType::raw_device));
  BOOST_TEST((flat("dev/sda") == VmdkExtentType::flat));
}

BOOST_AUTO_TEST_CASE(names_may_hold_blanks_quotes_and_foreign_letters) {
  BOOST_TEST(only_extent("RW 1 SPARSE \"with \"quotes\" in.vmdk\" 123 id").file ==
             "with \"quotes\" in.vmdk");
  BOOST_TEST(only_extent("RW 1 SPARSE \"\xF0\x9F\xA6\x8A.vmdk\"").file == "\xF0\x9F\xA6\x8A.vmdk");
  BOOST_TEST(only_extent("RW 1 SPARSE \"Gr\xF6\xDF"
                         "e.vmdk\"")
                 .file ==
             "Gr\xC3\xB6\xC3\x9F"
             "e.vmdk");
}

BOOST_AUTO_TEST_CASE(lines_that_cannot_be_understood_are_errors) {
  const auto status = [](const std::string& text, Status expected) {
    BOOST_TEST(is_status(VmdkDescriptor::parse(text, {}), expected), text);
  };
  status("", Status::corrupt);
  status("createType=\"monolithicFlat\"\n", Status::corrupt);
  status("RW", Status::corrupt);
  status("RW many SPARSE \"a\"", Status::corrupt);
  status("RW -1 SPARSE \"a\"", Status::corrupt);
  status("RW 99999999999999999999 SPARSE \"a\"", Status::corrupt);
  status("RW 36028797018963968 SPARSE \"a\"", Status::corrupt);  // 2^55 sectors are 2^64 bytes
  status("RW 1 WHATEVER \"a\"", Status::unsupported);
  status("RW 1 SPARSE", Status::corrupt);
  status("RW 1 SPARSE a", Status::corrupt);
  status("RW 1 SPARSE \"a", Status::corrupt);
  status("RW 1 FLAT \"a\" x", Status::corrupt);
  status("RW 1 FLAT \"a\" 36028797018963968", Status::corrupt);
  status("RW 18014398509481984 ZERO\nRW 18014398509481984 ZERO", Status::corrupt);
}

BOOST_AUTO_TEST_CASE(the_text_ends_at_a_nul_and_extents_have_a_limit) {
  BOOST_TEST(
      must(VmdkDescriptor::parse(std::string("RW 1 ZERO\n\0RW 1 ZERO\n", 21), {})).extents.size() ==
      1U);
  Limits limits;
  limits.max_segments = 2;
  BOOST_TEST(is_ok(VmdkDescriptor::parse("RW 1 ZERO\nRW 1 ZERO\n", limits)));
  BOOST_TEST(is_status(VmdkDescriptor::parse("RW 1 ZERO\nRW 1 ZERO\nRW 1 ZERO\n", limits),
                       Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(the_first_line_is_what_a_descriptor_is_known_by) {
  BOOST_TEST(is_vmdk_descriptor("# Disk DescriptorFile\nversion=1"));
  BOOST_TEST(is_vmdk_descriptor("\xEF\xBB\xBF\r\n# disk descriptorfile"));
  BOOST_TEST(!is_vmdk_descriptor("# Disk Descriptor"));
  BOOST_TEST(!is_vmdk_descriptor(""));
  BOOST_TEST(!is_vmdk_descriptor("version=1\n# Disk DescriptorFile"));
}

BOOST_AUTO_TEST_SUITE_END()
