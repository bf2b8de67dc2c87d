// SPDX-License-Identifier: Apache-2.0
// CompactOS files: the reparse point, the chunk table, the chunks.
#include "vfs/ntfs/wof.h"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "vfs/ntfs/content.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using test::CountedVolume;
using test::is_ok;
using test::is_status;
using test::must;
using test::packable;
using test::pattern;
using test::read_all;
using test::read_pieces;

using ByteVector = std::vector<std::byte>;

struct Algorithm {
  const char* name;
  fixture::WofAlgorithm algorithm;
  std::size_t chunk;
};

std::ostream& operator<<(std::ostream& out, const Algorithm& algorithm) {
  return out << algorithm.name;
}

const std::vector<Algorithm> algorithms = {
    {"XPRESS 4K", fixture::WofAlgorithm::xpress4k, 4096},
    {"LZX", fixture::WofAlgorithm::lzx, 32768},
    {"XPRESS 8K", fixture::WofAlgorithm::xpress8k, 8192},
    {"XPRESS 16K", fixture::WofAlgorithm::xpress16k, 16384},
};

/// One CompactOS file "\f", and its main stream opened.
struct OneFile {
  BuiltNtfs built;
  CountedVolume opened;
  SourcePtr source;

  OneFile(fixture::WofAlgorithm algorithm, const ByteVector& plain, bool stored = false) {
    NtfsBuilder builder;
    builder.file("\\f").wof(algorithm, plain, stored);
    built = builder.build_mapped();
    opened = test::open_counted(built.bytes);
    source = must(open_content(node(), u""));
    opened.source->reset();
  }

  NtfsNode node() const { return opened.node(built.find("\\f").number); }
};

/// Chunks that pack and chunks that do not, and a short one at the end.
ByteVector mixed_content(std::size_t chunk) {
  ByteVector content = packable(3 * chunk);
  const ByteVector raw = pattern(chunk);
  content.insert(content.end(), raw.begin(), raw.end());
  const ByteVector rest = packable(chunk + 77, 5);
  content.insert(content.end(), rest.begin(), rest.end());
  return content;
}

BOOST_AUTO_TEST_SUITE(wof)

BOOST_DATA_TEST_CASE(reads_every_algorithm, boost::unit_test::data::make(algorithms), a) {
  const ByteVector content = mixed_content(a.chunk);
  const OneFile file(a.algorithm, content);
  BOOST_TEST((find_content(file.node()).kind == ContentKind::wof));
  BOOST_TEST(file.source->size() == content.size());
  BOOST_TEST((read_all(*file.source) == content));
  BOOST_TEST((read_pieces(*file.source, 1000) == content));
  BOOST_TEST((read_pieces(*file.source, a.chunk) == content));
}

BOOST_DATA_TEST_CASE(reads_sizes_around_a_chunk, boost::unit_test::data::make(algorithms), a) {
  for (const std::size_t size : {std::size_t{1}, a.chunk - 1, a.chunk, a.chunk + 1, 2 * a.chunk}) {
    BOOST_TEST((read_all(*OneFile(a.algorithm, packable(size)).source) == packable(size)));
  }
}

BOOST_AUTO_TEST_CASE(reads_stored_chunks) {
  const OneFile file(fixture::WofAlgorithm::lzx, packable(100'000), true);
  BOOST_TEST((read_all(*file.source) == packable(100'000)));
}

BOOST_AUTO_TEST_CASE(an_empty_file_has_no_table) {
  BOOST_TEST(OneFile(fixture::WofAlgorithm::xpress4k, {}).source->size() == 0U);
}

BOOST_AUTO_TEST_CASE(decodes_each_chunk_once_in_a_pass) {
  const OneFile file(fixture::WofAlgorithm::xpress4k, packable(10 * 4096));
  (void)read_pieces(*file.source, 512);
  // Ten chunks and the table.
  BOOST_TEST(file.opened.source->reads() == 11U);
  file.opened.source->reset();
  (void)read_pieces(*file.source, 512);
  BOOST_TEST(file.opened.source->reads() == 0U);
}

BOOST_AUTO_TEST_CASE(the_table_of_a_large_file_is_read_in_pages) {
  const std::size_t size = std::size_t{20} << 20;  // 5,120 chunks: more than one page of entries
  const OneFile file(fixture::WofAlgorithm::xpress4k, packable(size));
  const ByteVector expected = packable(size);
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{4096} * 4095, std::size_t{4096} * 4097, size - 10'000}) {
    ByteVector part(10'000);
    BOOST_REQUIRE(is_ok(file.source->read(at, part)));
    BOOST_TEST(std::ranges::equal(part, std::span(expected).subspan(at, part.size())));
  }
  BOOST_TEST(file.opened.source->bytes_read() < 100'000U);
}

BOOST_AUTO_TEST_CASE(a_damaged_chunk_fails_alone) {
  const ByteVector content = packable(10 * 4096);
  OneFile file(fixture::WofAlgorithm::xpress4k, content);
  const NtfsNode node = file.node();
  const AttributeChain* stream = node.find(0x80, wof_stream_name);
  BOOST_REQUIRE(stream != nullptr);
  BOOST_REQUIRE(!stream->head.resident);
  const std::size_t place = load_runs(node, *stream).runs()[0].lcn * 4096;
  ByteVector bytes = file.built.bytes;
  // The second entry of the table, where the third chunk begins: now behind the stream.
  fixture::put_u32(bytes, place + 4, 0x7FFF'FFFF);
  const CountedVolume opened = test::open_counted(bytes);
  const SourcePtr source = must(open_content(opened.node(node.reference().record()), u""));
  for (std::size_t chunk = 0; chunk < 10; ++chunk) {
    ByteVector part(4096);
    const auto read = source->read(chunk * 4096, part);
    if (chunk == 1 || chunk == 2) {
      BOOST_TEST(is_status(read, Status::corrupt));
      BOOST_TEST(test::mentions(read.error().message(), {"chunk", "of 10"}));
    } else {
      BOOST_TEST(is_ok(read));
      BOOST_TEST(std::ranges::equal(part, std::span(content).subspan(chunk * 4096, 4096)));
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_any_damage_to_table_and_chunks) {
  const OneFile file(fixture::WofAlgorithm::xpress8k, mixed_content(8192));
  const NtfsNode node = file.node();
  const AttributeChain* stream = node.find(0x80, wof_stream_name);
  BOOST_REQUIRE(stream != nullptr && !stream->head.resident);
  const std::size_t place = load_runs(node, *stream).runs()[0].lcn * 4096;
  const SourcePtr base = make_memory_source(file.built.bytes, "volume");
  std::size_t failures = 0;
  for (std::size_t at = 0; at < 400; ++at) {
    const ByteVector damage = {file.built.bytes[place + at] ^ std::byte{0x81}};
    const auto volume = must(NtfsVolume::open(test::replace_bytes(base, place + at, damage), {}));
    const NtfsNode damaged = must(NtfsNode::read(volume, node.reference()));
    const SourcePtr source = must(open_content(damaged, u""));
    ByteVector out(static_cast<std::size_t>(source->size()));
    failures += source->read(0, out) ? 0 : 1;
  }
  BOOST_TEST(failures > 10U);
}

BOOST_AUTO_TEST_CASE(a_stream_too_short_for_its_table_is_refused) {
  OneFile file(fixture::WofAlgorithm::xpress4k, packable(10 * 4096));
  const BuiltNtfs::Record record = file.built.find("\\f");
  const std::size_t data = file.built.attribute_offset(record, 0x80);
  file.built.edit_record(record.offset, [data](std::span<std::byte> bytes) {
    fixture::put_u64(bytes, data + 48, std::uint64_t{1} << 40);  // the unnamed, sparse stream
  });
  const CountedVolume opened = test::open_counted(file.built.bytes);
  BOOST_TEST(is_status(open_content(opened.node(record.number), u""), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(without_its_stream_a_file_is_read_as_it_is) {
  NtfsBuilder builder;
  builder.file("\\f", "plain").reparse(fixture::wof_file_reparse(0));
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\f").number);
  BOOST_TEST((find_content(node).kind == ContentKind::stored));
  BOOST_TEST(opened.has_finding("wof-damaged"));
  BOOST_TEST(must(open_content(node, u""))->size() == 5U);
}

BOOST_AUTO_TEST_CASE(parses_both_providers) {
  BOOST_TEST((must(parse_wof_reparse(fixture::wof_file_reparse(3))).algorithm ==
              WofAlgorithm::xpress_16k));
  const WofReparse wim = must(parse_wof_reparse(fixture::wof_wim_reparse(42, 1, 2, 3)));
  BOOST_TEST(!wim.algorithm.has_value());
  BOOST_TEST(wim.wim_source_id == 42U);
}

const std::vector<test::Mutation> mutations = {
    {"another tag", 0, {0x18}, Status::corrupt},
    {"a length behind the buffer", 4, {0x11}, Status::truncated},
    {"a length of nothing", 4, {0x00}, Status::truncated},
    {"a length without the provider's part", 4, {0x08}, Status::truncated},
    {"another version", 8, {0x02}, Status::unsupported},
    {"another provider", 12, {0x03}, Status::unsupported},
    {"another version of the provider", 16, {0x02}, Status::unsupported},
    {"another algorithm", 20, {0x04}, Status::unsupported},
};

BOOST_DATA_TEST_CASE(refuses_reparse_point, boost::unit_test::data::make(mutations), m) {
  BOOST_TEST(
      is_status(parse_wof_reparse(test::mutate(fixture::wof_file_reparse(1), m.offset, m.bytes)),
                m.expected));
}

BOOST_AUTO_TEST_CASE(refuses_short_reparse_points) {
  for (const ByteVector& whole :
       {fixture::wof_file_reparse(1), fixture::wof_wim_reparse(1, 2, 3, 4)}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      BOOST_TEST(is_status(parse_wof_reparse(test::prefix(whole, size)), Status::truncated));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
