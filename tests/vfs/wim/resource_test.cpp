// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/resource.h"

#include <atomic>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "fixtures/build/wim/wim_resource_writer.h"
#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/source/memory_source.h"

namespace casement::wim {
namespace {

using test::is_ok;
using test::is_status;
using test::mentions;
using test::must;
using test::RawBytes;
using test::text_of_size;
namespace flag = wim_layout::resource_flag;

constexpr std::uint64_t lead = 77;  // bytes in front of the resource

/// Remembers how much was read.
class CountedSource final : public ByteSource {
 public:
  explicit CountedSource(RawBytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return "counted.wim"; }

  mutable std::atomic<std::uint64_t> read_bytes = 0;

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    read_bytes += out.size();
    std::ranges::copy(Bytes(bytes_).subspan(offset, out.size()), out.begin());
    return {};
  }
  RawBytes bytes_;
};

struct Packed {
  std::string plain;
  std::shared_ptr<const CountedSource> file;
  ResourceSpec spec;
  ReadStatePtr state = std::make_shared<ReadState>(Limits{});

  SourcePtr open() const { return must(open_resource(spec, state, {})); }
};

struct Shape {
  const char* name;
  Compression compression;
  std::uint32_t chunk_size;
  ChunkTableKind table;
};
std::ostream& operator<<(std::ostream& out, const Shape& shape) {
  return out << shape.name;
}
const std::vector<Shape> shapes = {
    {"XPRESS, 4 KiB", Compression::xpress, 4096, ChunkTableKind::leading},
    {"XPRESS, 64 KiB", Compression::xpress, 65536, ChunkTableKind::leading},
    {"LZX, 32 KiB", Compression::lzx, 32768, ChunkTableKind::leading},
    {"LZX, 2 MiB", Compression::lzx, 2U << 20, ChunkTableKind::leading},
    {"XPRESS, 32 KiB, pipable", Compression::xpress, 32768, ChunkTableKind::trailing},
    {"LZX, 32 KiB, solid", Compression::lzx, 32768, ChunkTableKind::solid},
    {"none, solid", Compression::none, 32768, ChunkTableKind::solid}};

Packed pack(const Shape& shape, std::string plain) {
  Packed packed;
  packed.plain = std::move(plain);
  const fixture::WimPacking packing{
      .compression = static_cast<fixture::WimCompression>(shape.compression),
      .chunk_size = shape.chunk_size,
      .stored_chunks = false};
  const Bytes bytes = test::bytes_of(packed.plain);
  std::uint8_t flags = flag::compressed;
  RawBytes stored;
  if (shape.table == ChunkTableKind::solid) {
    stored = pack_wim_solid(packing, bytes);
    flags = flag::solid;
  } else {
    const auto made = shape.table == ChunkTableKind::leading ? pack_wim_resource(packing, bytes)
                                                             : pack_wim_pipable(packing, bytes);
    stored = made.bytes;
    BOOST_REQUIRE(made.compressed);
  }
  RawBytes file(lead, std::byte{0xEE});
  file.insert(file.end(), stored.begin(), stored.end());
  file.resize(file.size() + 5);
  packed.file = std::make_shared<CountedSource>(std::move(file));
  packed.spec = {.file = packed.file,
                 .location = {lead, stored.size(), packed.plain.size(), flags},
                 .format = {shape.compression, shape.chunk_size, shape.table},
                 .use = ResourceUse::blob,
                 .cache_owner = 1,
                 .label = "blob x"};
  return packed;
}

std::string read(const ByteSource& source, std::uint64_t offset, std::size_t size) {
  std::string out(size, '?');
  BOOST_REQUIRE(is_ok(source.read(offset, std::as_writable_bytes(std::span(out)))));
  return out;
}

Result<void> try_read(const ByteSource& source, std::uint64_t offset, std::size_t size) {
  RawBytes out(size);
  return source.read(offset, out);
}

BOOST_AUTO_TEST_SUITE(resource)

BOOST_DATA_TEST_CASE(gives_the_plain_bytes_of_every_size, boost::unit_test::data::make(shapes),
                     shape) {
  const std::size_t chunk = shape.chunk_size;
  const std::vector<std::size_t> sizes =
      chunk > 65536 ? std::vector<std::size_t>{200'000, chunk + 1}
                    : std::vector<std::size_t>{chunk, chunk + 1, 3 * chunk - 1, 3 * chunk};
  for (const std::size_t size : sizes) {
    const Packed packed = pack(shape, text_of_size(size));
    const SourcePtr source = packed.open();
    BOOST_TEST(source->size() == size);
    BOOST_TEST((read(*source, 0, size) == packed.plain));
    BOOST_TEST(must(read_resource(packed.spec, packed.state, {}, size)).size() == size);
  }
}

BOOST_DATA_TEST_CASE(gives_any_range, boost::unit_test::data::make(shapes), shape) {
  const std::size_t size = shape.chunk_size > 65536 ? 2'300'000 : 150'001;
  std::string plain = text_of_size(size);
  // A stretch that does not compress gives raw chunks among the others.
  const std::string noise = test::noise_of_size(70'000);
  plain.replace(size / 3, noise.size(), noise);
  const Packed packed = pack(shape, plain);
  const SourcePtr source = packed.open();
  std::uint32_t state = 7;
  for (int i = 0; i < 60; ++i) {
    state = state * 1664525U + 1013904223U;
    const std::size_t offset = (state >> 4) % size;
    state = state * 1664525U + 1013904223U;
    const std::size_t length = std::min<std::size_t>(
        size - offset, i % 3 == 0 ? (state >> 8) % 100'000 : (state >> 8) % 300);
    BOOST_TEST((read(*source, offset, length) == plain.substr(offset, length)));
  }
  BOOST_TEST(is_status(try_read(*source, size, 1), Status::truncated));
}

BOOST_AUTO_TEST_CASE(small_reads_decode_a_chunk_once) {
  const Packed packed = pack(shapes[2], text_of_size(100'000));
  const SourcePtr source = packed.open();
  for (std::size_t offset = 0; offset < 32768; offset += 100) {
    (void)read(*source, offset, 50);
  }
  BOOST_TEST(packed.state->decoded_blobs == 32768U);
  (void)read(*source, 0, 100'000);  // whole chunks are decoded where they are wanted
  BOOST_TEST(packed.state->decoded_blobs == 32768U + 100'000U);
}

BOOST_AUTO_TEST_CASE(reads_no_more_of_the_file_than_a_range_needs) {
  const std::size_t size = std::size_t{4096} * 3000;  // three windows of the chunk table
  const Packed packed = pack(shapes[0], text_of_size(size));
  const SourcePtr source = packed.open();
  BOOST_TEST(packed.file->read_bytes == 0U);
  (void)read(*source, size - 10, 10);
  const std::uint64_t once = packed.file->read_bytes;
  BOOST_TEST(once < 4096U + 4096U);
  (void)read(*source, size - 20, 10);
  BOOST_TEST(packed.file->read_bytes == once);
  (void)read(*source, 0, size);
  BOOST_TEST(packed.file->read_bytes < packed.spec.location.stored_size + 4 * 4096U);
}

BOOST_AUTO_TEST_CASE(chunks_across_windows_of_the_table_are_found) {
  const std::size_t size = std::size_t{4096} * 2100;
  const Packed packed = pack(shapes[0], text_of_size(size));
  const SourcePtr source = packed.open();
  for (const std::size_t chunk : {0U, 1U, 1022U, 1023U, 1024U, 1025U, 2047U, 2048U, 2049U, 2099U}) {
    const std::size_t offset = chunk * std::size_t{4096} + 5;
    BOOST_TEST((read(*source, offset, 4000) == packed.plain.substr(offset, 4000)));
  }
}

BOOST_AUTO_TEST_CASE(many_threads_read_the_same_bytes) {
  for (const Shape& shape : {shapes[2], shapes[3], shapes[5]}) {
    const Packed packed = pack(shape, text_of_size(300'000));
    const SourcePtr source = packed.open();
    std::atomic<int> wrong = 0;
    {
      std::vector<std::jthread> threads;
      for (std::size_t t = 0; t < 8; ++t) {
        threads.emplace_back([&packed, &source, &wrong, t] {
          for (std::size_t offset = t * 37; offset + 90 < packed.plain.size(); offset += 7001) {
            std::string out(90, '?');
            const auto got = source->read(offset, std::as_writable_bytes(std::span(out)));
            wrong += got && out == packed.plain.substr(offset, 90) ? 0 : 1;
          }
        });
      }
    }
    BOOST_TEST(wrong == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_large_chunk_that_many_threads_want_is_decoded_once) {
  const Packed packed = pack(shapes[3], text_of_size(1'500'000));
  const SourcePtr source = packed.open();
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 8; ++t) {
      threads.emplace_back([&source, t] {
        RawBytes out(10);
        (void)source->read(t * 1000 + 1, out);
      });
    }
  }
  BOOST_TEST(packed.state->decoded_blobs == 1'500'000U);
}

BOOST_AUTO_TEST_CASE(empty_and_uncompressed_resources_are_read_as_they_are) {
  Packed packed = pack(shapes[2], text_of_size(40'000));
  packed.spec.location = {lead, 0, 0, flag::compressed};
  BOOST_TEST(packed.open()->size() == 0U);
  packed.spec.location = {lead - 2, 2, 2, 0};
  BOOST_TEST(read(*packed.open(), 0, 2) == "\xEE\xEE");
  BOOST_TEST(packed.open()->describe() == "counted.wim / blob x");
}

BOOST_AUTO_TEST_CASE(refuses_places_and_sizes_that_cannot_be) {
  const Packed base = pack(shapes[2], text_of_size(100'000));
  const auto open = [&](auto change) {
    ResourceSpec spec = base.spec;
    change(spec);
    return open_resource(spec, base.state, {});
  };
  const auto end = base.file->size();
  BOOST_TEST(is_status(open([&](ResourceSpec& s) { s.location.offset = end; }), Status::truncated));
  BOOST_TEST(is_status(open([&](ResourceSpec& s) { s.location.offset = ~std::uint64_t{0}; }),
                       Status::truncated));
  BOOST_TEST(
      is_status(open([&](ResourceSpec& s) { s.location.stored_size = end; }), Status::truncated));
  BOOST_TEST(is_status(open([&](ResourceSpec& s) { s.location.size = std::uint64_t{1} << 40; }),
                       Status::corrupt));
  BOOST_TEST(is_status(open([&](ResourceSpec& s) { s.location.flags = 0; }), Status::corrupt));
  const auto spanned =
      open([&](ResourceSpec& s) { s.location.flags = flag::compressed | flag::spanned; });
  BOOST_TEST(is_status(spanned, Status::unsupported));
  BOOST_TEST(mentions(spanned.error().message(), {"counted.wim / blob x", "several files"}));
  BOOST_TEST(is_status(open([&](ResourceSpec& s) { s.format.compression = Compression::none; }),
                       Status::corrupt));
  BOOST_TEST(
      is_status(open([&](ResourceSpec& s) { s.format.chunk_size = 12345; }), Status::unsupported));
  BOOST_TEST(is_status(open([&](ResourceSpec& s) { s.format.chunk_size = 4U << 20; }),
                       Status::unsupported));  // LZX has up to 2 MiB
  BOOST_TEST(is_status(read_resource(base.spec, base.state, {}, 99'999), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(a_damaged_chunk_does_not_hide_the_others) {
  const Packed base = pack(shapes[2], text_of_size(5 * 32768));
  RawBytes bytes(base.file->size());
  BOOST_REQUIRE(is_ok(base.file->read(0, bytes)));
  // The third chunk begins where the fourth begins: it is empty then, and the second too large.
  fixture::put_u32(bytes, lead + 4, fixture::get_u32(bytes, lead + 8));
  ResourceSpec spec = base.spec;
  spec.file = make_memory_source(bytes, "damaged.wim");
  const SourcePtr source = must(open_resource(spec, std::make_shared<ReadState>(Limits{}), {}));
  BOOST_TEST((read(*source, 0, 32768) == base.plain.substr(0, 32768)));
  BOOST_TEST((read(*source, 3 * 32768, 2 * 32768) == base.plain.substr(3 * 32768)));
  const auto damaged = try_read(*source, 2 * 32768 + 1, 10);
  BOOST_TEST(is_status(damaged, Status::corrupt));
  BOOST_TEST(mentions(damaged.error().message(), {"damaged.wim / blob x", "chunk 2 of 5"}));
  BOOST_TEST(is_status(try_read(*source, 0, 5 * 32768), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(memory_for_huge_chunks_must_be_justified) {
  BOOST_TEST(is_ok(check_chunk_memory({0, 1, 64U << 20})));
  BOOST_TEST(is_status(check_chunk_memory({0, 1000, 128U << 20}), Status::limit_exceeded));
  BOOST_TEST(is_ok(check_chunk_memory({0, 1U << 20, 1U << 30})));
}

BOOST_AUTO_TEST_CASE(any_changed_byte_gives_bytes_or_an_error) {
  for (const Shape& shape : {shapes[0], shapes[4], shapes[5]}) {
    const Packed base = pack(shape, text_of_size(70'000));
    RawBytes bytes(base.file->size());
    BOOST_REQUIRE(is_ok(base.file->read(0, bytes)));
    for (std::size_t at = lead; at < std::min(bytes.size(), std::size_t{lead + 120}); ++at) {
      for (const auto mask : {0x01, 0x80, 0xFF}) {
        RawBytes changed = bytes;
        changed[at] ^= static_cast<std::byte>(mask);
        ResourceSpec spec = base.spec;
        spec.file = make_memory_source(std::move(changed), "x");
        const auto source = open_resource(spec, std::make_shared<ReadState>(Limits{}), {});
        if (source) {
          RawBytes out(static_cast<std::size_t>((*source)->size()));
          (void)(*source)->read(0, out);
          (void)(*source)->read(3, MutableBytes(out).subspan(3));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
