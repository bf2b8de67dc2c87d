// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/ewf/open_ewf.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <thread>

#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

using std::string_literals::operator""s;

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
               "EnCase 6, 10 MiB, 32 KiB chunks, case 12, evidence 1, description Sample EWF file, "
               "examiner foobar, acquired 2023-12-"},
    RealSample{"disk/velociraptor/partition_image.E01", "2f342dd13cbfea48b5cacc3c8b8b8b49",
               "EnCase 6, 8 MiB, 512 KiB chunks, acquired 2026-0"},
    RealSample{"disk/sleuthkit/image.E01", "3ebb0b7dcd6b5fcd59a0020625d70994", "EnCase 6, 100 KiB"},
    RealSample{"disk/sleuthkit/imageformat_mmls_1.E01", "8ec671e301095c258224aad701740503",
               "FTK Imager, 60 MiB, 32 KiB chunks, case 1, evidence 1, description Test E01 for "
               "sleuthkit, examiner Rishwanth, acquired 2018-05-16T15:05:08, MD5 "
               "8ec671e301095c258224aad701740503, SHA-1 067bc6ab29685ee19b0cf82c9d15ac510d1e7d95"},
    // Says 4a225557... of itself, and ewfverify agrees that it is wrong.
    RealSample{"disk/dissect_evidence/ewf.E01", "12fa506e8e270f36f47159b80db58119",
               "EnCase 6, 4 KiB, 32 KiB chunks, case case_number"},
    RealSample{"disk/dfvfs/ext2.E01", "196066add11fb71c4c49cf1bb50d6d24", "EnCase 6, 4 MiB"},
};

std::string folder_of(const std::string& path) {
  return path.substr(0, path.find_last_of('/'));
}
std::string name_of(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

Result<OpenedContainer> open_host(const DiskOpener& opener, const std::string& path) {
  return opener.open(host_folder(folder_of(path)), name_of(path));
}

ByteVector to_bytes(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf)

BOOST_AUTO_TEST_CASE(kinds_that_are_not_read_are_refused_with_the_reason) {
  const DiskOpener opener({ewf_format});
  const auto folder = std::make_shared<MemoryFolder>(
      MemoryFolder::Files{{"a.L01", to_bytes("LVF\x09\x0D\x0A\xFF\x00\x01"s)},
                          {"a.Ex01", to_bytes("EVF2\x0D\x0A\x81\x00\x02"s)},
                          {"a.Lx01", to_bytes("LEF2\x0D\x0A\x81\x00\x02"s)},
                          {"a.E01", to_bytes("EVF\x09\x0D\x0A\xFF\x00\x01"s)}});
  const auto refused = [&](const char* name, const char* word) {
    const auto opened = opener.open(folder, name);
    BOOST_TEST(is_status(opened, Status::unsupported), name);
    BOOST_TEST(mentions(opened.error().message(), {word}));
  };
  refused("a.L01", "logical evidence");
  refused("a.Ex01", "version 2");
  refused("a.Lx01", "logical evidence");
  refused("a.E01", "inside another image");
}

BOOST_AUTO_TEST_CASE(other_files_are_not_ours) {
  const auto folder = std::make_shared<MemoryFolder>(MemoryFolder::Files{
      {"a", {}}, {"b", to_bytes("EVF\x09\x0D\x0A\xFF"s)}, {"c", pattern(99, 1)}});
  const DiskOpener opener({ewf_format});
  for (const char* name : {"a", "b", "c"}) {
    const auto source = must(folder->find(name));
    const ContainerFile file{source, name, folder, 1};
    BOOST_TEST(!must(probe_ewf(file)));
    BOOST_TEST(is_status(open_ewf(file, opener.context()), Status::bad_format));
  }
}

BOOST_AUTO_TEST_CASE(what_libewf_cannot_open_is_corrupt) {
  const TempDir dir;
  const std::string start = "EVF\x09\x0D\x0A\xFF\x00"s;
  dir.write("short.E01", start);
  dir.write("cut.E01", start + "\x01\x01\x00\x00\x00"s);
  dir.write("garbage.E01", start + std::string(3000, 'x'));
  const DiskOpener opener({ewf_format});
  for (const char* name : {"short.E01", "cut.E01", "garbage.E01"}) {
    const auto opened = opener.open(host_folder(dir.path()), name);
    BOOST_TEST(is_status(opened, Status::corrupt), name);
    if (!opened) {
      BOOST_TEST(mentions(opened.error().message(), {name, "EWF"}));
    }
  }
}

BOOST_DATA_TEST_CASE(reads_real_images, bdata::make(samples), sample) {
  if (!have_real_data()) {
    return;
  }
  const DiskOpener opener({ewf_format});
  const auto opened = must(open_host(opener, real_file(sample.path)));
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
  const DiskOpener opener({ewf_format});
  const auto opened = must(open_host(opener, real_file("disk/sleuthkit/image.E01")));
  check_same_as_file(*opened.disk, real_file("disk/sleuthkit/image.dd"));
  check_disk(*opened.disk, real_bytes("disk/sleuthkit/image.dd"));
}

BOOST_AUTO_TEST_CASE(threads_may_read_at_the_same_time) {
  if (!have_real_data()) {
    return;
  }
  const DiskOpener opener({ewf_format});
  const auto opened = must(open_host(opener, real_file("disk/velociraptor/test.ntfs.dd.E01")));
  const ByteVector whole = read_all(*opened.disk);
  std::array<bool, 4> equal{};
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < equal.size(); ++number) {
    threads.emplace_back([&, number] {
      bool same = true;
      ByteVector part(5000);
      for (std::size_t i = 0; i < 300; ++i) {
        const std::size_t offset = (i * 40'961 + number * 777) % (whole.size() - part.size());
        same = same && opened.disk->read(offset, part).has_value() &&
               std::equal(part.begin(), part.end(),
                          whole.begin() + static_cast<std::ptrdiff_t>(offset));
      }
      equal.at(number) = same;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(std::ranges::all_of(equal, [](bool same) { return same; }));
}

BOOST_AUTO_TEST_CASE(a_damaged_chunk_fails_and_hides_no_other) {
  if (!have_real_data()) {
    return;
  }
  ByteVector image = real_bytes("disk/velociraptor/test.ntfs.dd.E01");
  image[2100] ^= std::byte{0xFF};  // in the first chunk: the sectors begin at 1895
  const TempDir dir;
  dir.write("damaged.E01", image);
  const DiskOpener opener({ewf_format});
  const auto opened = must(opener.open(host_folder(dir.path()), "damaged.E01"));
  std::array<std::byte, 512> sector{};
  for (int i = 0; i < 2; ++i) {
    const auto failed = opened.disk->read(0, sector);
    BOOST_TEST(is_status(failed, Status::corrupt));
    BOOST_TEST(mentions(failed.error().message(), {"damaged.E01", "chunk 0", "checksum"}));
  }
  BOOST_TEST(is_ok(opened.disk->read(40'000, sector)));
}

BOOST_AUTO_TEST_SUITE_END()
