// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/test_case.hpp>

#include "tests/support/mutate.h"
#include "tests/vfs/udf/udf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

constexpr std::uint16_t primary_id = 1;
constexpr std::uint16_t partition_id = 5;
constexpr std::uint16_t logical_id = 6;

/// A volume whose reserve sequence is gone: what is wrong with the main one then shows.
fx::BuiltUdf without_reserve() {
  auto built = udf_sample({.anchor_at_end = false}).build();
  std::fill_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(built.reserve_sequence), 6 * 2048,
              std::byte{0});
  return built;
}

/// A row of a mutation table: a field of a descriptor, with its checksums right again.
struct Change {
  const char* name;
  std::uint16_t descriptor;
  std::size_t offset;
  std::vector<std::uint8_t> bytes;
  Status expected;
};

std::ostream& operator<<(std::ostream& out, const Change& change) {
  return out << change.name;
}

const std::vector<Change> changes{
    {"blocks of 0 bytes", logical_id, 212, {0, 0}, Status::corrupt},
    {"blocks of 2049 bytes", logical_id, 212, {1}, Status::corrupt},
    {"blocks of 64 KiB", logical_id, 212, {0, 0, 1}, Status::corrupt},
    {"no partition map", logical_id, 268, {0}, Status::corrupt},
    {"more maps than there is room for", logical_id, 268, {2}, Status::truncated},
    {"a map table that leaves the sector", logical_id, 264, {0xFF, 0xFF}, Status::truncated},
    {"a map of no length", logical_id, 441, {0}, Status::corrupt},
    {"a map of an unknown type", logical_id, 440, {3}, Status::unsupported},
    {"a map of another partition", logical_id, 444, {9}, Status::corrupt},
    {"a partition of another number", partition_id, 22, {9}, Status::corrupt},
    {"a partition that begins behind the image", partition_id, 190, {1}, Status::truncated},
    {"file set in partition 7", logical_id, 256, {7}, Status::corrupt},
    {"file set in another block", logical_id, 252, {1}, Status::corrupt},
    {"file set behind the partition", logical_id, 255, {0xFF}, Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_descriptors)

BOOST_AUTO_TEST_CASE(information_is_that_of_the_logical_volume) {
  const auto volume = open_built(
      udf_sample({.revision = 0x0201, .label = u"ВОЛУМ", .extended_entries = true}).build());
  const FileSystemInfo info = volume->info();
  BOOST_TEST(info.version == "UDF 2.01");
  BOOST_TEST((info.label == u"ВОЛУМ"));
  BOOST_TEST(info.cluster_size == 2048U);
  BOOST_TEST(!info.dirty);
  BOOST_TEST(info.serial.has_value());
  BOOST_TEST(volume->type_name() == std::string("udf"));
}

BOOST_AUTO_TEST_CASE(volume_that_was_being_written_is_dirty) {
  BOOST_TEST(open_built(udf_sample({.being_written = true}).build())->info().dirty);
}

BOOST_AUTO_TEST_CASE(damaged_descriptor_is_taken_from_the_reserve_sequence) {
  for (const std::uint16_t id : {primary_id, partition_id, logical_id}) {
    auto built = udf_sample().build();
    built.bytes[built.descriptor(id) + 100] ^= std::byte{1};  // its CRC is wrong then
    const auto volume = open_built(built);
    BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
    BOOST_TEST(mentions(finding(*volume, "udf-sequence"), {"CRC", "reserve"}));
  }
}

BOOST_AUTO_TEST_CASE(descriptor_with_the_highest_number_prevails) {
  auto built = udf_sample({.label = u"NEW"}).build();
  // An older logical volume descriptor in place of the one for free space.
  const std::uint64_t newer = built.descriptor(logical_id);
  const std::uint64_t older = built.descriptor(7);
  fx::put_bytes(built.bytes, older,
                fx::ByteVector(built.bytes.begin() + static_cast<std::ptrdiff_t>(newer),
                               built.bytes.begin() + static_cast<std::ptrdiff_t>(newer + 2048)));
  fx::put_u32(built.bytes, older + 16, 1);
  fx::put_bytes(built.bytes, older + 85, fx::ascii_bytes("OLD"));
  built.fix_tag(older);
  BOOST_TEST((open_built(built)->info().label == u"NEW"));
  fx::put_u32(built.bytes, older + 16, 9);
  built.fix_tag(older);
  BOOST_TEST((open_built(built)->info().label == u"OLD"));
}

BOOST_AUTO_TEST_CASE(sequence_goes_on_where_a_pointer_leads) {
  auto built = without_reserve();
  // The partition descriptor moves to the place of the reserve sequence.
  const std::uint64_t from = built.descriptor(partition_id);
  fx::put_bytes(built.bytes, built.reserve_sequence,
                fx::ByteVector(built.bytes.begin() + static_cast<std::ptrdiff_t>(from),
                               built.bytes.begin() + static_cast<std::ptrdiff_t>(from + 2048)));
  fx::ByteVector pointer(2048);
  fx::put_u16(pointer, 0, 3);
  fx::put_u16(pointer, 2, 2);
  fx::put_u16(pointer, 10, 496);
  fx::put_u32(pointer, 20, 2048);
  fx::put_u32(pointer, 24, static_cast<std::uint32_t>(built.reserve_sequence / 2048));
  fx::put_bytes(built.bytes, from, pointer);
  built.fix_tag(from);
  // What follows a pointer in its extent still counts: here, the logical volume.
  BOOST_TEST(tree_of(open_built(built)) == udf_sample_tree(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pointers_in_a_circle_end) {
  auto built = without_reserve();
  const std::uint64_t at = built.descriptor(7);
  fx::ByteVector pointer(2048);
  fx::put_u16(pointer, 0, 3);
  fx::put_u16(pointer, 2, 2);
  fx::put_u16(pointer, 10, 496);
  fx::put_u32(pointer, 20, 16 * 2048);
  fx::put_u32(pointer, 24, static_cast<std::uint32_t>(built.main_sequence / 2048));
  fx::put_bytes(built.bytes, at, pointer);
  built.fix_tag(at);
  fx::put_u16(built.bytes, built.descriptor(8), 4);  // no terminator
  built.fix_tag(at + 2048);
  BOOST_TEST(is_ok(try_open_udf(built.bytes)));
}

BOOST_DATA_TEST_CASE(rejects, bdata::make(changes), change) {
  auto built = without_reserve();
  const std::uint64_t at = built.descriptor(change.descriptor);
  built.bytes = mutate(built.bytes, at + change.offset, change.bytes);
  built.fix_tag(at);
  BOOST_TEST(is_status(try_open_udf(built.bytes), change.expected));
}

BOOST_AUTO_TEST_CASE(damaged_roots_are_named) {
  auto built = without_reserve();
  built.bytes[built.find("").entry + 30] ^= std::byte{1};
  const auto volume = try_open_udf(built.bytes);
  BOOST_TEST(is_status(volume, Status::corrupt));
  BOOST_TEST(mentions(volume.error().message(), {"root directory", "CRC"}));
}

BOOST_AUTO_TEST_CASE(cut_image_keeps_what_it_holds) {
  const auto built = udf_sample().build();
  const std::uint64_t end = built.find("sources/install.wim").content + 3 * 2048;
  const auto volume = must(try_open_udf(prefix(built.bytes, end)));
  BOOST_TEST(findings_of(*volume).contains("udf-truncated"));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  const auto source = must(volume->open(entry_at(*volume, "sources/install.wim").node, {}));
  BOOST_TEST(source->size() == 20'000U);
  std::vector<std::byte> block(4096);
  BOOST_TEST(is_ok(source->read(0, block)));
  BOOST_TEST(is_status(source->read(4096, block), Status::truncated));
}

BOOST_AUTO_TEST_CASE(integrity_descriptors_in_a_circle_end) {
  auto built = without_reserve();
  const std::uint64_t logical = built.descriptor(6);
  const std::uint64_t sector = get_le<std::uint32_t>(built.bytes, logical + 436);
  const std::uint64_t at = sector * 2048;
  BOOST_REQUIRE(get_le<std::uint16_t>(built.bytes, at) == 9);
  fx::put_u32(built.bytes, at + 32, 2048);  // the next extent: itself
  fx::put_u32(built.bytes, at + 36, static_cast<std::uint32_t>(sector));
  built.fix_tag(at);
  BOOST_TEST(is_ok(try_open_udf(built.bytes)));
}

BOOST_AUTO_TEST_SUITE_END()
