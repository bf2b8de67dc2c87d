// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/vfs/container/ewf/ewf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

/// One change to a section's bytes; checksums are made right again.
struct SectionChange {
  const char* name;
  const char* section;
  std::size_t offset;  // from its descriptor
  std::vector<std::uint8_t> bytes;
  Status expected;
};

std::ostream& operator<<(std::ostream& out, const SectionChange& change) {
  return out << change.name;
}

const std::array refused{
    SectionChange{"no sectors in a chunk", "volume", descriptor + 8, {0}, Status::corrupt},
    SectionChange{"chunks of 128 GiB", "volume", descriptor + 11, {0x10}, Status::corrupt},
    SectionChange{"sectors of no bytes", "volume", descriptor + 13, {0}, Status::corrupt},
    SectionChange{"sectors of 16 MiB", "volume", descriptor + 15, {1}, Status::corrupt},
    SectionChange{"chunks of 2 bytes", "volume", descriptor + 12, {1, 0}, Status::corrupt},
    SectionChange{"a medium of no sectors", "volume", descriptor + 16, {0}, Status::corrupt},
    SectionChange{"a medium of 2^64 bytes", "volume", descriptor + 23, {0xFF}, Status::corrupt},
    SectionChange{
        "no volume section", "volume", 0, {'v', 'o', 'l', 'u', 'm', 'a'}, Status::corrupt},
    SectionChange{"a volume section of no bytes", "volume", 24, {76, 0}, Status::truncated},
    SectionChange{"sections that lead back", "volume", 16, {1, 0}, Status::corrupt},
    SectionChange{"sections that stand still", "volume", 16, {13, 0}, Status::corrupt},
};

/// The image is opened all the same.
struct Finding {
  const char* name;
  const char* section;
  std::size_t offset;
  std::vector<std::uint8_t> bytes;
  bool mend;  // checksums are made right again
  const char* code;
  const char* chunks;  // as readable() gives it
};

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.name;
}

const std::array found{
    Finding{"a descriptor with a wrong checksum",
            "sectors",
            40,
            {7},
            false,
            "ewf-section",
            "yyyyyyyyyyy"},
    Finding{"a section longer than the way to the next",
            "sectors",
            24,
            {0xFF},
            true,
            "ewf-section",
            "yyyyyyyyyyy"},
    Finding{"a section of another size", "table", 25, {0xFF}, true, "ewf-section", "yyyyyyyyyyy"},
    Finding{"a volume with a wrong checksum",
            "volume",
            descriptor + 30,
            {1},
            false,
            "ewf-section",
            "yyyyyyyyyyy"},
    Finding{"a volume with a chunk more",
            "volume",
            descriptor + 4,
            {12},
            true,
            "ewf-geometry",
            "yyyyyyyyyyy"},
    Finding{"a medium larger than its chunks",
            "volume",
            descriptor + 16,
            {25},
            true,
            "ewf-chunks",
            "yyyyyyyyyyc"},
    Finding{"a medium smaller than its chunks",
            "volume",
            descriptor + 16,
            {19},
            true,
            "ewf-geometry",
            "yyyyyyyyytt"},
    Finding{"a table with a wrong checksum",
            "table",
            descriptor + 20,
            {1},
            false,
            "ewf-table",
            "yyyyyyyyyyy"},
    Finding{"a table entry", "table", descriptor + 24 + 8, {1}, false, "ewf-table", "yyyyyyyyyyy"},
    Finding{"a table count past its section",
            "table",
            descriptor + 1,
            {1},
            true,
            "ewf-table",
            "yyyyyyyyyyy"},
    Finding{"a table without a head", "table", 24, {90, 0}, true, "ewf-table", "yyyyyyyyyyy"},
    Finding{
        "a broken copy of a table", "table2", descriptor + 24 + 8, {1}, false, "", "yyyyyyyyyyy"},
    Finding{
        "no table but its copy", "table", 0, {'t', 'a', 'b', 'l', 'y'}, true, "", "yyyyyyyyyyy"},
    Finding{"a header that is no stream",
            "header",
            descriptor,
            {0},
            false,
            "ewf-section",
            "yyyyyyyyyyy"},
    Finding{"a hash with a wrong checksum",
            "hash",
            descriptor,
            {9},
            false,
            "ewf-section",
            "yyyyyyyyyyy"},
    Finding{"an unknown section", "hash", 0, {'m', 'a', 's', 'h'}, true, "", "yyyyyyyyyyy"},
    Finding{"an image that is not complete",
            "hash",
            0,
            {'i', 'n', 'c', 'o', 'm', 'p', 'l', 'e', 't', 'e'},
            true,
            "ewf-incomplete",
            "yyyyyyyyyyy"},
    Finding{"no end", "done", 0, {0xFF}, false, "ewf-section", "yyyyyyyyyyy"},
    Finding{"another segment to come",
            "done",
            0,
            {'n', 'e', 'x', 't'},
            true,
            "ewf-segments",
            "yyyyyyyyyyy"},
};

fx::BuiltEwf rich_image() {
  fx::EwfOptions options;
  options.header = {"c\tm", "7\t2018 5 16 15 5 8"};
  options.md5 = {1, 2, 3, 4};
  return fx::build_ewf(options, small_disk());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf_damage)

BOOST_DATA_TEST_CASE(refuses, bdata::make(refused), change) {
  const auto built = fx::build_ewf({}, small_disk());
  const ByteVector image = change_section(built, change.section, change.offset, change.bytes, true);
  const auto opened = EwfFolder(image).open();
  BOOST_REQUIRE(is_status(opened, change.expected));
  BOOST_TEST(mentions(opened.error().message(), {"EWF image.E01: ", "volume"}));
}

BOOST_DATA_TEST_CASE(finds_and_goes_on, bdata::make(found), finding) {
  const ByteVector image =
      change_section(rich_image(), finding.section, finding.offset, finding.bytes, finding.mend);
  const auto opened = must(EwfFolder(image).open());
  if (std::string(finding.code).empty()) {
    BOOST_TEST(findings_of(opened) == "");
  } else {
    BOOST_TEST(has_finding(opened, finding.code), findings_of(opened));
  }
  BOOST_TEST(readable(*opened.disk, small_disk()) == finding.chunks);
}

BOOST_AUTO_TEST_CASE(a_chunk_longer_than_the_medium_is_checked_as_a_whole) {
  for (const auto packing : {fx::EwfPacking::plain, fx::EwfPacking::compressed}) {
    const ByteVector disk = small_disk();
    const auto built = fx::build_ewf({.packing = packing}, disk);
    ByteVector image =
        change_section(built, "volume", descriptor + 16, std::array<std::uint8_t, 1>{19}, true);
    BOOST_TEST((read_range(*must(EwfFolder(image).open()).disk, 9 * chunk_size, 512) ==
                ByteVector(disk.begin() + 9 * chunk_size, disk.begin() + 9 * chunk_size + 512)));
    image[built.chunks.at(9).offset + 900] ^= std::byte{1};  // past the end of the medium
    std::array<std::byte, 1> byte{};
    BOOST_TEST(
        is_status(must(EwfFolder(image).open()).disk->read(9 * chunk_size, byte), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_volume_section_is_replaced_by_its_copy) {
  // The second segment has one in its data section.
  auto files = files_of(fx::build_ewf(in_segments(), small_disk()));
  const auto built = fx::build_ewf(in_segments(), small_disk());
  files.at("image.E01") =
      change_section(built, "volume", descriptor + 12, std::array<std::uint8_t, 2>{0, 0}, true);
  const auto opened = must(EwfFolder(files).open());
  BOOST_TEST(has_finding(opened, "ewf-section"));
  check_disk(*opened.disk, small_disk());
}

BOOST_AUTO_TEST_CASE(sections_without_end_are_given_up) {
  const auto built = fx::build_ewf({}, small_disk());
  ByteVector image = prefix(built.segments.front(), built.section("done").offset);
  for (std::size_t i = 0; i < 65'536; ++i) {
    ByteVector section(descriptor);
    fixture::put_bytes(section, 0, fixture::ascii_bytes("hash"));
    fixture::put_u64(section, 16, image.size() + descriptor);
    fixture::append_bytes(image, section);
  }
  const auto opened = must(EwfFolder(image).open());
  BOOST_TEST(mentions(opened.diagnostics.items().front().text, {"checksum"}));
  BOOST_TEST(opened.diagnostics.dropped() > 60'000U);
  check_disk(*opened.disk, small_disk());
}

BOOST_AUTO_TEST_CASE(tables_obey_their_limit) {
  const auto built = fx::build_ewf({.chunks_per_table = 6}, small_disk());
  Limits limits;
  limits.max_table_size = 44;
  BOOST_TEST(is_ok(EwfFolder(files_of(built), limits).open()));
  limits.max_table_size = 43;
  BOOST_TEST(is_status(EwfFolder(files_of(built), limits).open(), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(survives_truncation_and_flipped_bytes) {
  fx::EwfOptions options;
  options.chunks_per_table = 3;
  options.header2 = {"a\tc\tm", "d\t8\t1142163845"};
  options.bad_sectors = {{1, 2}};
  options.md5 = {1};
  const auto built = fx::build_ewf(options, pattern(7 * 1024, 4));
  const ByteVector& image = built.segments.front();
  for (std::size_t size = 0; size < image.size(); size += 17) {
    if (const auto opened = EwfFolder(prefix(image, size)).open()) {
      touch(*opened->disk);
    }
  }
  const auto is_dull = [&](std::size_t at) {  // the unknown part of a volume, the middle of a chunk
    const std::size_t volume = built.section("volume").offset;
    return (at > volume + 180 && at < volume + 1110) ||
           std::ranges::any_of(built.chunks, [at](const fx::EwfChunkSpot& chunk) {
             return at > chunk.offset + 20 && at + 20 < chunk.offset + chunk.size;
           });
  };
  std::size_t opened_images = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    if (is_dull(i)) {
      continue;
    }
    for (const bool mend : {false, true}) {
      ByteVector damaged = image;
      damaged[i] ^= std::byte{0xFF};
      if (mend) {
        fx::fix_ewf_checksums(damaged);
      }
      if (const auto opened = EwfFolder(std::move(damaged)).open()) {
        touch(*opened->disk);
        ++opened_images;
      }
    }
  }
  BOOST_TEST(opened_images > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
