// SPDX-License-Identifier: Apache-2.0
// File records and the walk over their attributes.
#include "vfs/ntfs/record.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {
namespace {

using test::cluster_attribute;
using test::hex;
using test::is_ok;
using test::is_status;
using test::make_record;
using test::must;
using test::mutate;
using test::Mutation;
using test::RawBytes;
using test::resident_attribute;

constexpr std::size_t first_attribute = 0x38;

/// $STANDARD_INFORMATION, a name, a resident stream and one with clusters.
RawBytes base() {
  return make_record({
      resident_attribute(0x10, u"", test::standard_information_value(0x20), 0),
      resident_attribute(0x30, u"", test::file_name_value(u"hello.txt", 3), 2),
      resident_attribute(0x80, u"", hex("68 69"), 3),
      cluster_attribute({.name = u"big",
                         .id = 4,
                         .highest_vcn = 0x0F,
                         .allocated_size = 0x10000,
                         .data_size = 0xFFFF,
                         .valid_size = 0x8000,
                         .runs = hex("11 10 20 00")}),
  });
}

struct Walk {
  std::vector<Attribute> attributes;
  std::vector<Error> errors;
};

Walk walk(const FileRecord& record) {
  Walk walk;
  AttributeReader reader(record);
  for (unsigned budget = 0; budget < 1000; ++budget) {
    const auto attribute = reader.next();
    if (!attribute) {
      walk.errors.push_back(attribute.error());
    } else if (*attribute) {
      walk.attributes.push_back(**attribute);
    } else {
      return walk;
    }
  }
  BOOST_FAIL("the walk over attributes does not end");
  return walk;
}

/// Touches every byte that the views promise.
std::uint64_t read_all(const Walk& walk) {
  std::uint64_t sum = 0;
  for (const Attribute& attribute : walk.attributes) {
    for (const Bytes view :
         {attribute.raw_name, attribute.value, attribute.non_resident.packed_runs}) {
      for (const std::byte b : view) {
        sum += std::to_integer<std::uint64_t>(b);
      }
    }
  }
  return sum;
}

BOOST_AUTO_TEST_SUITE(record)

BOOST_AUTO_TEST_CASE(parses_the_header) {
  const FileRecord record = must(FileRecord::adopt(base(), 40));
  BOOST_TEST(record.number() == 40U);
  BOOST_TEST(record.sequence() == 3U);
  BOOST_TEST(record.reference().value == 0x0003'0000'0000'0028U);
  BOOST_TEST(record.link_count() == 1U);
  BOOST_TEST(record.in_use());
  BOOST_TEST(!record.is_directory());
  BOOST_TEST(!record.torn());
  BOOST_TEST(!record.base().has_value());
  BOOST_TEST(record.stored_number().value_or(0) == 40U);
}

BOOST_AUTO_TEST_CASE(walks_the_attributes) {
  const FileRecord record = must(FileRecord::adopt(base(), 40));
  const Walk found = walk(record);
  BOOST_TEST(found.errors.empty());
  BOOST_REQUIRE(found.attributes.size() == 4U);
  BOOST_TEST(found.attributes[0].type == 0x10U);
  BOOST_TEST(found.attributes[0].offset == first_attribute);
  BOOST_TEST(found.attributes[2].resident);
  BOOST_TEST(found.attributes[2].value.size() == 2U);
  const Attribute& big = found.attributes[3];
  BOOST_TEST(!big.resident);
  BOOST_TEST((big.name() == u"big"));
  BOOST_TEST(big.has_name(u"big"));
  BOOST_TEST(!big.has_name(u"bi"));
  BOOST_TEST(!big.has_name(u"bIg"));
  BOOST_TEST(big.size() == 0xFFFFU);
  BOOST_TEST(big.non_resident.valid_size == 0x8000U);
  BOOST_TEST(big.non_resident.cluster_count == 0x10U);
  BOOST_TEST(big.non_resident.total_allocated == 0x10000U);
}

BOOST_AUTO_TEST_CASE(finds_attributes_by_type_and_name) {
  const FileRecord record = must(FileRecord::adopt(base(), 40));
  BOOST_TEST(find_attribute(record, 0x80, u"").value().id == 3U);
  BOOST_TEST(find_attribute(record, 0x80, u"big").value().id == 4U);
  BOOST_TEST(!find_attribute(record, 0x80, u"small").has_value());
  BOOST_TEST(!find_attribute(record, 0xC0, u"").has_value());
}

BOOST_AUTO_TEST_CASE(views_stay_valid_when_a_record_moves) {
  FileRecord record = must(FileRecord::adopt(base(), 40));
  const Attribute stream = find_attribute(record, 0x80, u"").value();
  const FileRecord moved = std::move(record);
  BOOST_TEST(stream.value.data() == find_attribute(moved, 0x80, u"").value().value.data());
}

BOOST_AUTO_TEST_CASE(views_a_record_in_a_larger_buffer) {
  RawBytes buffer(512);
  const RawBytes record_bytes = base();
  buffer.insert(buffer.end(), record_bytes.begin(), record_bytes.end());
  const FileRecord record = must(FileRecord::view(MutableBytes(buffer).subspan(512), 7));
  BOOST_TEST(walk(record).attributes.size() == 4U);
}

BOOST_AUTO_TEST_CASE(reads_the_record_of_nt_4) {
  const FileRecord record = must(FileRecord::adopt(
      make_record({resident_attribute(0x10, u"", RawBytes(48), 0)}, {.nt4 = true}), 40));
  BOOST_TEST(!record.stored_number().has_value());
  BOOST_TEST(record.attributes_offset() == 0x30U);
  BOOST_TEST(walk(record).attributes.size() == 1U);
}

BOOST_AUTO_TEST_CASE(tells_unused_slots_from_damage) {
  BOOST_TEST(is_status(FileRecord::adopt(RawBytes(1024), 9), Status::not_found));
  BOOST_TEST(
      is_status(FileRecord::adopt(mutate(base(), 0, {{'B', 'A', 'A', 'D'}}), 9), Status::corrupt));
  BOOST_TEST(is_status(FileRecord::adopt(mutate(base(), 0, {{'J'}}), 9), Status::corrupt));
  BOOST_TEST(is_status(FileRecord::adopt(RawBytes(41), 9), Status::truncated));
}

BOOST_AUTO_TEST_CASE(reads_a_torn_record_and_says_so) {
  const FileRecord record = must(FileRecord::adopt(mutate(base(), 1022, {{0x77}}), 9));
  BOOST_TEST(record.torn());
  BOOST_TEST(walk(record).attributes.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_damaged_used_size_does_not_hide_the_attributes) {
  for (const std::vector<std::uint8_t>& used :
       {std::vector<std::uint8_t>{0xFF, 0xFF, 0xFF, 0xFF}, {0x08, 0x00}}) {
    const FileRecord record = must(FileRecord::adopt(mutate(base(), 24, used), 9));
    BOOST_TEST(walk(record).attributes.size() == 4U);
  }
}

const std::vector<Mutation> header_mutations = {
    {"attributes inside the header", 20, {0x28}, Status::corrupt},
    {"attributes at no multiple of 8", 20, {0x3C}, Status::corrupt},
    {"attributes behind the record", 20, {0x08, 0x04}, Status::corrupt},
    {"update sequence behind the record", 4, {0xFE, 0xFF}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(refuses_header, boost::unit_test::data::make(header_mutations), m) {
  BOOST_TEST(is_status(FileRecord::adopt(mutate(base(), m.offset, m.bytes), 9), m.expected));
}

struct AttributeDamage {
  const char* name;
  std::size_t offset;  // from the attribute with clusters
  std::vector<std::uint8_t> bytes;
};

std::ostream& operator<<(std::ostream& out, const AttributeDamage& damage) {
  return out << damage.name;
}

const std::vector<AttributeDamage> damages = {
    {"a name behind the attribute", 10, {0xF0, 0x00}},
    {"a name cut by the end", 9, {0xFF}},
    {"highest VCN below the lowest", 16, {0x20}},
    {"a VCN beyond 63 bits", 24, {0, 0, 0, 0, 0, 0, 0, 0x80}},
    {"runs over the header", 32, {0x3F}},
    {"runs behind the attribute", 32, {0x00, 0x02}},
    {"a data size beyond 63 bits", 55, {0x80}},
    {"an allocated size beyond 63 bits", 47, {0x80}},
};

BOOST_DATA_TEST_CASE(a_damaged_attribute_does_not_hide_the_next,
                     boost::unit_test::data::make(damages), damage) {
  const RawBytes clusters = cluster_attribute(
      {.name = u"x", .highest_vcn = 0x0F, .data_size = 1, .runs = hex("11 10 20 00")});
  const RawBytes raw = make_record({clusters, resident_attribute(0x80, u"", hex("68 69"))});
  const FileRecord record =
      must(FileRecord::adopt(mutate(raw, first_attribute + damage.offset, damage.bytes), 9));
  const Walk found = walk(record);
  BOOST_TEST(found.errors.size() == 1U);
  BOOST_REQUIRE(found.attributes.size() == 1U);
  BOOST_TEST(found.attributes[0].resident);
  BOOST_TEST(find_attribute(record, 0x80, u"").has_value());
}

BOOST_AUTO_TEST_CASE(an_attribute_without_a_size_ends_the_walk) {
  for (const std::vector<std::uint8_t>& size :
       {std::vector<std::uint8_t>{0x00}, {0x08}, {0x61}, {0xF8, 0xFF}}) {
    const FileRecord record = must(FileRecord::adopt(mutate(base(), first_attribute + 4, size), 9));
    const Walk found = walk(record);
    BOOST_TEST(found.errors.size() == 1U);
    BOOST_TEST(found.attributes.empty());
  }
}

BOOST_AUTO_TEST_CASE(garbage_above_the_size_is_ignored) {
  const FileRecord record =
      must(FileRecord::adopt(mutate(base(), first_attribute + 6, {{0x34, 0x12}}), 9));
  BOOST_TEST(walk(record).attributes.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_valid_size_beyond_the_data_is_cut) {
  const FileRecord record = must(FileRecord::adopt(
      make_record({cluster_attribute({.highest_vcn = 0, .data_size = 5, .valid_size = 900})}), 9));
  BOOST_TEST(find_attribute(record, 0x80, u"").value().non_resident.valid_size == 5U);
}

BOOST_AUTO_TEST_CASE(an_extent_without_clusters_has_highest_vcn_minus_one) {
  const FileRecord record = must(FileRecord::adopt(
      make_record({cluster_attribute({.highest_vcn = ~std::uint64_t{0}, .runs = hex("00")})}), 9));
  BOOST_TEST(find_attribute(record, 0x80, u"").value().non_resident.cluster_count == 0U);
}

BOOST_AUTO_TEST_CASE(holes_have_an_allocated_size_of_their_own) {
  const FileRecord record =
      must(FileRecord::adopt(make_record({cluster_attribute({.flags = 0x8000,
                                                             .highest_vcn = 0x0F,
                                                             .allocated_size = 0x10000,
                                                             .data_size = 0x10000,
                                                             .total_allocated = 0x1000})}),
                             9));
  BOOST_TEST(find_attribute(record, 0x80, u"").value().non_resident.total_allocated == 0x1000U);
}

BOOST_AUTO_TEST_CASE(survives_truncation) {
  const RawBytes raw = base();
  for (std::size_t size = 0; size < raw.size(); ++size) {
    BOOST_TEST(!is_ok(FileRecord::adopt(test::prefix(raw, size), 9)) == (size != 512));
    // Only whole strides are a record; the rest of the sweep is on the attributes alone.
    (void)parse_attribute(Bytes(raw).first(size).last(size / 2), 0);
  }
}

BOOST_AUTO_TEST_CASE(survives_any_flipped_bit) {
  const RawBytes raw = base();
  std::uint64_t sum = 0;
  for (std::size_t offset = 0; offset < 512; ++offset) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      RawBytes flipped = raw;
      flipped[offset] ^= static_cast<std::byte>(1U << bit);
      const auto record = FileRecord::adopt(std::move(flipped), 9);
      if (record) {
        sum += read_all(walk(*record));
      }
    }
  }
  BOOST_TEST(sum > 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
