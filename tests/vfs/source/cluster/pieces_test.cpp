// SPDX-License-Identifier: Apache-2.0
// Pieces, records and chain sources over volumes that are short or have bad sectors.
#include <algorithm>
#include <memory>
#include <span>

#include "tests/support/matchers.h"
#include "vfs/source/cluster/chain_source.h"
#include "vfs/source/cluster/piece_cache.h"
#include "vfs/source/cluster/record_cursor.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// Byte i is i % 251; reads that touch [bad, bad + 512) fail. Counts reads.
class Disk final : public ByteSource {
 public:
  explicit Disk(std::uint64_t size, std::uint64_t bad = ~std::uint64_t{0})
      : size_(size), bad_(bad) {}
  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return "disk"; }
  mutable int reads = 0;

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    ++reads;
    if (bad_ != ~std::uint64_t{0} && offset < bad_ + 512 && bad_ < offset + out.size()) {
      return fail(Status::io_failed, "a bad sector");
    }
    for (std::byte& byte : out) {
      byte = static_cast<std::byte>(offset++ % 251);
    }
    return {};
  }

  std::uint64_t size_;
  std::uint64_t bad_;
};

std::byte at(std::uint64_t offset) {
  return static_cast<std::byte>(offset % 251);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cluster_pieces)

BOOST_AUTO_TEST_CASE(a_piece_is_read_once_and_the_last_is_short) {
  const auto disk = std::make_shared<Disk>(10'000);
  const auto pieces = std::make_shared<const PieceCache>(disk, 4096, 1U << 20);
  PieceReader reader(pieces);
  for (std::uint64_t offset = 0; offset < 10'000; offset += 16) {
    BOOST_TEST((must(reader.bytes(offset, 16))[0] == at(offset)));
  }
  BOOST_TEST(disk->reads == 3);
  BOOST_TEST(must(pieces->piece(2))->size() == 10'000U - 8192U);
  BOOST_TEST(is_status(pieces->piece(3), Status::truncated));
  BOOST_TEST(is_status(PieceCache(std::make_shared<Disk>(0), 16, 0).piece(0), Status::truncated));
}

BOOST_AUTO_TEST_CASE(ranges_may_cross_pieces_but_not_the_end) {
  PieceReader reader(std::make_shared<const PieceCache>(std::make_shared<Disk>(100), 16, 1U << 20));
  const Bytes across = must(reader.bytes(14, 4));
  BOOST_TEST((across[0] == at(14)));
  BOOST_TEST((across[3] == at(17)));
  BOOST_TEST(is_status(reader.bytes(98, 4), Status::truncated));
  BOOST_TEST(is_status(reader.bytes(~std::uint64_t{0}, 4), Status::truncated));
  BOOST_TEST((must(reader.bytes(96, 4))[3] == at(99)));
}

BOOST_AUTO_TEST_CASE(a_bad_sector_takes_no_neighbours_along) {
  const auto pieces =
      std::make_shared<const PieceCache>(std::make_shared<Disk>(8192, 1024), 4096, 1U << 20);
  RecordCursor cursor(pieces, {{512, 2048}, {5000, 70}}, 32);
  int errors = 0;
  std::vector<std::uint64_t> offsets;
  while (true) {
    const auto record = cursor.next();
    if (!record) {
      BOOST_TEST(is_status(record, Status::io_failed));
      ++errors;
      continue;
    }
    if (!*record) {
      break;
    }
    BOOST_TEST(((*record)->bytes[0] == at((*record)->offset)));
    offsets.push_back((*record)->offset);
  }
  BOOST_TEST(errors == 1);
  BOOST_TEST(offsets.size() == (2048U - 512U) / 32 + 2);
  BOOST_TEST(std::ranges::count(offsets, 992U) == 1);
  BOOST_TEST(std::ranges::count(offsets, 1536U) == 1);
  BOOST_TEST(offsets.back() == 5032U);  // the rest of that run is too short for a record
}

BOOST_AUTO_TEST_CASE(a_chain_source_reads_runs_zeros_and_reports_what_is_lost) {
  ChainContent content;
  content.runs = {{1000, 100}, {0, 0}, {50, 100}};
  content.size = 500;
  content.valid = 300;
  content.lost = Error(Status::limit_exceeded, "the reason");
  content.name = "file";
  const SourcePtr source = make_chain_source(std::make_shared<Disk>(4096), content);
  BOOST_TEST(source->size() == 500U);
  std::vector<std::byte> bytes(200);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST((bytes[0] == at(1000)));
  BOOST_TEST((bytes[99] == at(1099)));
  BOOST_TEST((bytes[100] == at(50)));
  BOOST_TEST((bytes[199] == at(149)));
  const auto lost = source->read(150, bytes);
  BOOST_TEST(is_status(lost, Status::limit_exceeded));
  BOOST_TEST(mentions(lost.error().message(), {"file", "0xc8", "0x12c", "the reason"}));
  BOOST_TEST(is_ok(source->read(300, bytes)));
  BOOST_TEST(std::ranges::count(bytes, std::byte{0}) == 200);
  BOOST_TEST(is_status(source->read(301, bytes), Status::truncated));
}

BOOST_AUTO_TEST_CASE(a_valid_length_beyond_the_size_counts_as_the_size) {
  ChainContent content;
  content.runs = {{10, 20}};
  content.size = 5;
  content.valid = ~std::uint64_t{0};
  const SourcePtr source = make_chain_source(std::make_shared<Disk>(100), content);
  std::vector<std::byte> bytes(5);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST((bytes[4] == at(14)));
}

BOOST_AUTO_TEST_SUITE_END()
