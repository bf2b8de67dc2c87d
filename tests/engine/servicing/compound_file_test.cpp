// SPDX-License-Identifier: Apache-2.0
// Streams of compound files, whole and damaged.
#include "engine/servicing/compound_file.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/servicing/compound_file_summary.h"
#include "fixtures/build/compound_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/support/write_file.h"
#include "vfs/core/utf16.h"
#include "vfs/source/memory_source.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

using fixture::ByteVector;

constexpr std::uint64_t no_limit = std::uint64_t{64} << 20;
constexpr std::size_t sector = 512;

/// A sector that differs from the one before it, so that a wrong order shows.
ByteVector counted(std::size_t size, unsigned seed) {
  ByteVector bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>(i / 7 + seed);
  }
  return bytes;
}

const ByteVector small = counted(200, 1);    // several mini sectors
const ByteVector other = counted(63, 50);    // less than one
const ByteVector large = counted(9001, 99);  // several sectors

ByteVector base_file(std::uint16_t version = 3) {
  return fixture::build_compound_file({{.name = u"Small", .data = small},
                                       {.name = u"\005Other", .data = other},
                                       {.name = u"Large", .data = large},
                                       {.name = u"Empty", .data = {}},
                                       {.name = u"Small", .data = large, .storage = u"Folder"}},
                                      {.version = version});
}

Result<CompoundFile> open_bytes(ByteVector bytes) {
  return CompoundFile::open(make_memory_source(std::move(bytes), "file.msp"));
}

/// Opens, and reads every stream: what is damaged shows at one of them.
Result<void> read_everything(ByteVector bytes) {
  const CompoundFile file = CASEMENT_TRY(open_bytes(std::move(bytes)));
  for (const CompoundFile::Stream& stream : file.streams()) {
    CASEMENT_TRY(file.read(stream.name, no_limit));
  }
  return {};
}

std::vector<std::uint8_t> u32_bytes(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8U),
          static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>(value >> 24U)};
}

// One sector of FAT at 512, then the directory: root, "Large", "Small", ... sorted by length.
constexpr std::size_t fat = sector;
constexpr std::size_t directory = 2 * sector;
constexpr std::size_t first_child = directory + 128;

const std::vector<Mutation> mutations = {
    {"another magic", 0, {0}, Status::bad_format},
    {"version 5", 0x1A, {5}, Status::corrupt},
    {"big-endian", 0x1C, {0xFF, 0xFE}, Status::corrupt},
    {"sectors of 2^31 bytes", 0x1E, {31}, Status::corrupt},
    {"mini sectors of 2^7 bytes", 0x20, {7}, Status::corrupt},
    {"another size of small streams", 0x38, {1}, Status::corrupt},
    {"more FAT sectors than the file has sectors", 0x2C, u32_bytes(0x7FFFFFFF), Status::corrupt},
    {"more FAT sectors than are listed", 0x2C, {2}, Status::corrupt},
    {"no FAT sector", 0x2C, {0}, Status::corrupt},
    {"the FAT behind the file", 0x4C, u32_bytes(0x00FFFFFF), Status::truncated},
    {"the directory behind the file", 0x30, u32_bytes(0x00FFFFFF), Status::truncated},
    {"the directory leads to itself", fat + 4, u32_bytes(1), Status::limit_exceeded},
    {"the directory leads into free space", fat + 4, u32_bytes(0xFFFFFFFF), Status::truncated},
    {"no root", directory + 0x42, {2}, Status::corrupt},
    {"a child that does not exist", directory + 0x4C, u32_bytes(1000), Status::corrupt},
    {"a child that is its own sibling", first_child + 0x44, u32_bytes(1), Status::corrupt},
    {"a mini FAT behind the file", 0x3C, u32_bytes(0x00FFFFFF), Status::truncated},
    {"a mini stream that is too short", directory + 0x78, u32_bytes(64), Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(compound_file)

BOOST_DATA_TEST_CASE(streams_of_the_root_are_read_in_both_versions, bdata::make({3, 4}), version) {
  const CompoundFile file = must(open_bytes(base_file(static_cast<std::uint16_t>(version))));
  BOOST_TEST(file.streams().size() == 4U);
  BOOST_TEST((must(file.read(u"Small", no_limit)) == small));
  BOOST_TEST((must(file.read(u"\005oTHER", no_limit)) == other));
  BOOST_TEST((must(file.read(u"Large", no_limit)) == large));
  BOOST_TEST(must(file.read(u"Empty", no_limit)).value().empty());
  BOOST_TEST(!must(file.read(u"Folder", no_limit)).has_value());
  BOOST_TEST(is_status(file.read(u"Large", 9000), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(a_fat_that_the_header_cannot_list_is_read) {
  const ByteVector body = counted(std::size_t{8} << 20U, 3);  // 129 sectors of FAT
  const CompoundFile file = must(open_bytes(
      fixture::build_compound_file({{.name = u"A", .data = body}, {.name = u"B", .data = small}})));
  BOOST_TEST((must(file.read(u"A", no_limit)) == body));
  BOOST_TEST((must(file.read(u"B", no_limit)) == small));
}

BOOST_DATA_TEST_CASE(damage_is_told, bdata::make(mutations), mutation) {
  BOOST_TEST(is_ok(read_everything(base_file())));
  BOOST_TEST(is_status(read_everything(mutate(base_file(), mutation.offset, mutation.bytes)),
                       mutation.expected));
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_early_is_never_read_whole) {
  const ByteVector whole = base_file();
  const std::size_t of_the_folder = 18 * sector;  // its stream lies last
  for (std::size_t size = 0; size + sector + of_the_folder <= whole.size(); size += 61) {
    BOOST_TEST(!read_everything(prefix(whole, size)).has_value());
  }
}

BOOST_AUTO_TEST_CASE(no_single_byte_makes_it_read_outside) {
  const ByteVector whole = base_file();
  const std::size_t structures = directory + 3 * sector;
  for (std::size_t at = 0; at < structures; ++at) {
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      ByteVector bytes = whole;
      bytes[at] ^= static_cast<std::byte>(flip);
      (void)read_everything(std::move(bytes));
    }
  }
}

BOOST_AUTO_TEST_CASE(texts_of_the_summary_are_read_by_number) {
  const ByteVector stream = fixture::build_summary({{7, "template"}, {9, ""}, {8, "caf\xE9"}});
  BOOST_TEST(must(read_summary_text(stream, 7)).value() == "template");
  BOOST_TEST(must(read_summary_text(stream, 9)).value().empty());
  BOOST_TEST(!must(read_summary_text(stream, 5)).has_value());
  BOOST_TEST(is_status(read_summary_text(stream, 1), Status::invalid_data));  // the code page
  BOOST_TEST(is_status(read_summary_text(stream, 8), Status::invalid_data));
  for (std::size_t size = 0; size < stream.size(); ++size) {
    const ByteVector shorter = prefix(stream, size);
    (void)read_summary_text(shorter, 8);
    BOOST_TEST(!read_summary_text(prefix(stream, std::min<std::size_t>(size, 55)), 7).has_value());
  }
  const auto damaged = [&](std::size_t offset, std::uint32_t value) {
    return read_summary_text(mutate(stream, offset, u32_bytes(value)), 7);
  };
  BOOST_TEST(is_status(damaged(0x2C, 0xFFFFFFFF), Status::corrupt));            // the set
  BOOST_TEST(is_status(damaged(0x34, 0xFFFFFFFF), Status::corrupt));            // how many
  BOOST_TEST(is_status(damaged(0x44, 0xFFFFFFFF), Status::truncated));          // where
  BOOST_TEST(is_status(damaged(48 + 40 + 12, 0x7FFFFFFF), Status::truncated));  // how long
}

BOOST_AUTO_TEST_CASE(seven_zip_unpacks_the_same_bytes) {
  if (!have_programs({"7zz"})) {
    return;
  }
  const TempDir directory_of_test;
  for (const int version : {3, 4}) {
    const std::string path = directory_of_test.path() + "/" + std::to_string(version) + ".msi";
    const ByteVector bytes = base_file(static_cast<std::uint16_t>(version));
    write_file(path, bytes);
    const CompoundFile file = must(open_bytes(bytes));
    for (const char* name : {"Small", "Large"}) {
      const std::string unpacked = output_of("7zz e -so " + path + " " + name + " 2> /dev/null");
      const auto own = must(file.read(*from_utf8(name), no_limit)).value();
      BOOST_TEST((ByteVector(own) == fixture::ascii_bytes(unpacked)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
