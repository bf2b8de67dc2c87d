// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/secure.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

using fixture::ByteVector;
using fixture::NtfsBuilder;
using test::find_node;
using test::is_ok;
using test::is_status;
using test::must;
using test::open_volume;

ByteVector descriptor(std::uint8_t seed) {
  ByteVector bytes(60, static_cast<std::byte>(seed));
  bytes[0] = std::byte{1};
  return bytes;
}

NtfsBuilder make_builder() {
  NtfsBuilder builder;
  for (std::uint8_t i = 0; i < 20; ++i) {
    builder.file("\\file " + std::to_string(i)).security(descriptor(i));
  }
  builder.file("\\same as 3").security(descriptor(3));
  builder.file("\\old").inline_security(descriptor(77));
  builder.file("\\nowhere").security_id(0xFFFF);
  return builder;
}

void check_all(const FileSystem& volume) {
  for (std::uint8_t i = 0; i < 20; ++i) {
    const auto path =
        u"\\file " + std::u16string(i > 9 ? 1 : 0, u'1') + static_cast<char16_t>(u'0' + i % 10);
    BOOST_TEST((must(volume.security_descriptor(find_node(volume, path))) == descriptor(i)));
  }
}

/// A $SDS entry, padded to 16.
void append_entry(ByteVector& stream, std::uint32_t id, const ByteVector& descriptor_bytes) {
  const std::size_t offset = stream.size();
  const auto append = [&](std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
      stream.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
  };
  append(security_hash(descriptor_bytes), 4);
  append(id, 4);
  append(offset, 8);
  append(descriptor_bytes.size() + 20, 4);
  stream.insert(stream.end(), descriptor_bytes.begin(), descriptor_bytes.end());
  stream.resize((stream.size() + 15) / 16 * 16);
}

/// Two descriptors, with the copy of the block behind it.
ByteVector make_stream() {
  ByteVector stream;
  append_entry(stream, 0x100, descriptor(1));
  append_entry(stream, 0x101, descriptor(2));
  ByteVector copy = stream;
  stream.resize(0x40000);
  stream.insert(stream.end(), copy.begin(), copy.end());
  return stream;
}

std::map<std::uint32_t, SecurityPlace> list(const SecurityStream& stream) {
  return must(stream.list(std::uint64_t{1} << 30));
}

BOOST_AUTO_TEST_SUITE(secure)

BOOST_AUTO_TEST_CASE(finds_shared_and_inline_descriptors) {
  const FileSystemPtr volume = open_volume(make_builder());
  check_all(*volume);
  BOOST_TEST(
      (must(volume->security_descriptor(find_node(*volume, u"\\same as 3"))) == descriptor(3)));
  BOOST_TEST((must(volume->security_descriptor(find_node(*volume, u"\\old"))) == descriptor(77)));
  BOOST_TEST(test::finding_codes(*volume).empty());
}

BOOST_AUTO_TEST_CASE(an_id_that_is_nowhere_is_an_error) {
  const FileSystemPtr volume = open_volume(make_builder());
  BOOST_TEST(
      is_status(volume->security_descriptor(find_node(*volume, u"\\nowhere")), Status::not_found));
}

BOOST_AUTO_TEST_CASE(searches_the_stream_where_the_index_is_lost) {
  auto built = make_builder().build_mapped();
  const auto& record = built.record(9);
  const std::size_t at = built.attribute_offset(record, 0x90, "$SII");
  built.edit_record(record.offset,
                    [&](std::span<std::byte> bytes) { bytes[at] = std::byte{0x91}; });
  const FileSystemPtr volume = open_volume(built.bytes);
  check_all(*volume);
  BOOST_TEST(test::has_finding(*volume, "security-index-damaged"));
}

BOOST_AUTO_TEST_CASE(reads_an_entry_or_its_copy) {
  const SecurityStream good(make_memory_source(make_stream(), "$SDS"));
  const auto places = list(good);
  BOOST_REQUIRE_EQUAL(places.size(), 2U);
  BOOST_TEST((must(good.read(places.at(0x100))) == descriptor(1)));

  ByteVector damaged = make_stream();
  damaged[40] ^= std::byte{1};
  const SecurityStream by_copy(make_memory_source(damaged, "$SDS"));
  BOOST_TEST((must(by_copy.read(places.at(0x100))) == descriptor(1)));
  damaged[0x40000 + 40] ^= std::byte{1};
  const SecurityStream lost(make_memory_source(damaged, "$SDS"));
  BOOST_TEST(is_status(lost.read(places.at(0x100)), Status::corrupt));
  BOOST_TEST((must(lost.read(places.at(0x101))) == descriptor(2)));
}

BOOST_AUTO_TEST_CASE(lists_an_entry_whose_original_is_lost) {
  ByteVector stream = make_stream();
  std::fill(stream.begin(), stream.begin() + 0x40000, std::byte{0});
  BOOST_TEST(list(SecurityStream(make_memory_source(stream, "$SDS"))).size() == 2U);
}

BOOST_AUTO_TEST_CASE(refuses_places_that_cannot_be) {
  const SecurityStream stream(make_memory_source(make_stream(), "$SDS"));
  const SecurityPlace good = list(stream).at(0x100);
  for (const auto& [offset, size] : std::vector<std::pair<std::uint64_t, std::uint32_t>>{
           {~std::uint64_t{15}, good.size}, {8, good.size}, {0, 0}, {0, 20}, {0, 0xFFFF'FFFF}}) {
    SecurityPlace place = good;
    place.offset = offset;
    place.size = size;
    BOOST_TEST(is_status(stream.read(place), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(reads_streams_of_windows) {
  if (!test::have_real_data()) {
    return;
  }
  for (const auto& [name, count] : std::vector<std::pair<const char*, std::size_t>>{
           {"disk/dissect_ntfs/sds.bin.gz", 12}, {"disk/dissect_ntfs/sds_complex.bin.gz", 4}}) {
    const SecurityStream stream(test::real_source(name));
    const auto places = list(stream);
    BOOST_TEST(places.size() == count);
    for (const auto& [id, place] : places) {
      BOOST_TEST(place.id == id);
      const auto read = stream.read(place);
      BOOST_REQUIRE(is_ok(read));
      BOOST_TEST(std::to_integer<int>((*read)[0]) == 1);  // the revision of every descriptor
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
