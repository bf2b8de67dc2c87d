// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/real_data.h"
#include "tests/vfs/container/ewf/ewf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

struct RealSample {
  const char* path;
  const char* md5;  // of the medium
  const char* detail;
};

std::ostream& operator<<(std::ostream& out, const RealSample& sample) {
  return out << sample.path;
}

const std::array samples{
    RealSample{"disk/velociraptor/test.ntfs.dd.E01", "8b4382280340597b7930b4b34742afba",
               "E01, 10 MiB, 32 KiB chunks, case 12, evidence 1, description Sample EWF file, "
               "examiner foobar, notes sample test, acquired 2023-12-20T05:42:47Z, with 20140807 "
               "on Linux, MD5 8b4382280340597b7930b4b34742afba"},
    RealSample{"disk/velociraptor/partition_image.E01", "2f342dd13cbfea48b5cacc3c8b8b8b49",
               "E01, 8 MiB, 512 KiB chunks, acquired 2026-0"},
    RealSample{"disk/sleuthkit/image.E01", "3ebb0b7dcd6b5fcd59a0020625d70994",
               "E01, 100 KiB, 32 KiB chunks, acquired 2019-06-10T"},
    RealSample{"disk/sleuthkit/imageformat_mmls_1.E01", "8ec671e301095c258224aad701740503",
               "E01, 60 MiB, 32 KiB chunks, case 1, evidence 1, description Test E01 for "
               "sleuthkit, examiner Rishwanth, notes Used to test sleuthkit libraries, acquired "
               "2018-05-16T15:05:08, with ADI2.9.0.13 on Windows 200x, MD5 "
               "8ec671e301095c258224aad701740503, SHA-1 067bc6ab29685ee19b0cf82c9d15ac510d1e7d95"},
    // Says 4a225557... of itself, and ewfverify agrees that it is wrong. Its one chunk is stored
    // with a byte more than the medium has.
    RealSample{"disk/dissect_evidence/ewf.E01", "12fa506e8e270f36f47159b80db58119",
               "E01, 4 KiB, 32 KiB chunks, case case_number, evidence evidence_number"},
    RealSample{"disk/dfvfs/ext2.E01", "196066add11fb71c4c49cf1bb50d6d24",
               "E01, 4 MiB, 32 KiB chunks, case case"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf_real)

BOOST_DATA_TEST_CASE(reads_real_images, bdata::make(samples), sample) {
  if (!have_real_data()) {
    return;
  }
  const std::string path = sample.path;
  const std::string name = path.substr(path.find_last_of('/') + 1);
  const EwfFolder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open({real_source(sample.path), name, folder.folder, 1}));
  BOOST_TEST(opened.format == "ewf");
  BOOST_TEST(*opened.sector_size == 512U);
  BOOST_TEST(opened.detail.starts_with(sample.detail), opened.detail);
  BOOST_TEST(opened.diagnostics.empty());
  BOOST_TEST(md5_of(*opened.disk) == sample.md5);
}

BOOST_AUTO_TEST_CASE(small_reads_at_any_place_equal_one_large_read) {
  if (!have_real_data()) {
    return;
  }
  const EwfFolder folder(real_bytes("disk/sleuthkit/image.E01"));
  check_disk(*must(folder.open()).disk, real_bytes("disk/sleuthkit/image.dd"));
}

BOOST_AUTO_TEST_CASE(a_damaged_chunk_of_a_real_image_hides_no_other) {
  if (!have_real_data()) {
    return;
  }
  ByteVector image = real_bytes("disk/velociraptor/test.ntfs.dd.E01");
  image[2100] ^= std::byte{0xFF};  // in the first chunk: the sectors begin at 1895
  const auto opened = must(EwfFolder(image).open());
  std::array<std::byte, 512> sector{};
  const auto failed = opened.disk->read(0, sector);
  BOOST_TEST(is_status(failed, Status::corrupt));
  BOOST_TEST(mentions(failed.error().message(), {"image.E01", "chunk 0"}));
  BOOST_TEST(is_ok(opened.disk->read(40'000, sector)));
}

BOOST_AUTO_TEST_SUITE_END()
