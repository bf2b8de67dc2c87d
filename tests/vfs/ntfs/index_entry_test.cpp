// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/index_entry.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"

namespace casement::ntfs {
namespace {

namespace bdata = boost::unit_test::data;
using test::is_status;
using test::must;
using test::mutate;
using test::Mutation;

void append(std::vector<std::byte>& out, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    out.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
}

/// An entry with an 8-byte key and a child, and behind it a last one with a child.
std::vector<std::byte> base() {
  std::vector<std::byte> bytes;
  append(bytes, 0x0007'0000'0000'0029, 8);  // +0x00 reference
  append(bytes, 0x20, 2);                   // +0x08 size
  append(bytes, 8, 2);                      // +0x0A key size
  append(bytes, 1, 4);                      // +0x0C flags: child
  append(bytes, 0x1122'3344'5566'7788, 8);  // +0x10 key
  append(bytes, 5, 8);                      // +0x18 child
  append(bytes, 0, 8);                      // +0x20
  append(bytes, 0x18, 2);                   // +0x28
  append(bytes, 0, 2);                      // +0x2A
  append(bytes, 3, 4);                      // +0x2C flags: child, last
  append(bytes, 9, 8);                      // +0x30 child
  return bytes;
}

/// A view entry: a 4-byte key at +0x10, a 4-byte value at +0x14.
std::vector<std::byte> view_base() {
  std::vector<std::byte> bytes;
  append(bytes, 0x14, 2);         // +0x00 value offset
  append(bytes, 4, 2);            // +0x02 value size
  append(bytes, 0, 4);            // +0x04
  append(bytes, 0x18, 2);         // +0x08 size
  append(bytes, 4, 2);            // +0x0A key size
  append(bytes, 0, 4);            // +0x0C
  append(bytes, 0x100, 4);        // +0x10 key
  append(bytes, 0xCAFE'F00D, 4);  // +0x14 value
  return bytes;
}

const std::vector<Mutation> mutations = {
    {"a size below the header's", 0x08, {0x0F}, Status::corrupt},
    {"a size of nothing", 0x08, {0x00}, Status::corrupt},
    {"a size past the node", 0x08, {0x40}, Status::corrupt},
    {"no room for the child", 0x08, {0x10}, Status::corrupt},
    {"a key that reaches into the child", 0x0A, {0x09}, Status::corrupt},
    {"a key past the entry", 0x0A, {0xFF, 0xFF}, Status::corrupt},
};

const std::vector<Mutation> view_mutations = {
    {"a value before and past the entry", 0x00, {0xFF, 0xFF}, Status::corrupt},
    {"a value that ends past the entry", 0x02, {0x05}, Status::corrupt},
    {"a key past the entry", 0x0A, {0x09}, Status::corrupt},
};

BOOST_AUTO_TEST_SUITE(index_entry)

BOOST_AUTO_TEST_CASE(reads_key_and_child) {
  const std::vector<std::byte> bytes = base();
  const IndexEntry entry = must(parse_index_entry(bytes, 0, IndexKind::file_names));
  BOOST_TEST(entry.reference.record() == 0x29U);
  BOOST_TEST(entry.reference.sequence() == 7U);
  BOOST_REQUIRE_EQUAL(entry.key.size(), 8U);
  BOOST_TEST(get_le<std::uint64_t>(entry.key, 0) == 0x1122'3344'5566'7788U);
  BOOST_REQUIRE(entry.child);
  BOOST_TEST(*entry.child == 5U);
  BOOST_TEST(!entry.last);

  const IndexEntry last = must(parse_index_entry(bytes, entry.size, IndexKind::file_names));
  BOOST_TEST(last.last);
  BOOST_TEST(last.key.empty());
  BOOST_REQUIRE(last.child);
  BOOST_TEST(*last.child == 9U);
}

BOOST_AUTO_TEST_CASE(reads_the_value_of_a_view) {
  const std::vector<std::byte> bytes = view_base();
  const IndexEntry entry = must(parse_index_entry(bytes, 0, IndexKind::view));
  BOOST_TEST(get_le<std::uint32_t>(entry.key, 0) == 0x100U);
  BOOST_REQUIRE_EQUAL(entry.value.size(), 4U);
  BOOST_TEST(get_le<std::uint32_t>(entry.value, 0) == 0xCAFE'F00DU);
  BOOST_TEST(!entry.child);
}

BOOST_DATA_TEST_CASE(refuses, bdata::make(mutations), mutation) {
  const std::vector<std::byte> bytes = mutate(base(), mutation.offset, mutation.bytes);
  BOOST_TEST(is_status(parse_index_entry(bytes, 0, IndexKind::file_names), mutation.expected));
}

BOOST_DATA_TEST_CASE(refuses_in_a_view, bdata::make(view_mutations), mutation) {
  const std::vector<std::byte> bytes = mutate(view_base(), mutation.offset, mutation.bytes);
  BOOST_TEST(is_status(parse_index_entry(bytes, 0, IndexKind::view), mutation.expected));
}

BOOST_AUTO_TEST_CASE(refuses_every_truncation) {
  const std::vector<std::byte> bytes = base();
  for (std::size_t size = 0; size < 0x20; ++size) {
    BOOST_TEST(!parse_index_entry(Bytes(bytes).first(size), 0, IndexKind::file_names));
  }
  BOOST_TEST(!parse_index_entry(bytes, bytes.size(), IndexKind::file_names));
  BOOST_TEST(!parse_index_entry(bytes, ~std::uint64_t{0}, IndexKind::file_names));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
