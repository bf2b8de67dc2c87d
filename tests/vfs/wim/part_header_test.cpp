// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/part_header.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/source/memory_source.h"

namespace casement::wim {
namespace {

using test::is_status;
using test::mentions;
using test::must;
using test::mutate;
using test::Mutation;
using test::prefix;
using test::RawBytes;
namespace at = fixture::wim_header_offset;

const RawBytes& base() {
  static const RawBytes bytes = [] {
    fixture::WimBuilder builder({.compression = fixture::WimCompression::lzx,
                                 .boot_index = 1,
                                 .flags = fixture::wim_flag::read_only | fixture::wim_flag::rpfix,
                                 .integrity_table = true});
    builder.file("\\a.txt", "content");
    return builder.build();
  }();
  return bytes;
}

Result<PartHeader> read(RawBytes bytes) {
  return read_part_header(*make_memory_source(std::move(bytes), "test.wim"));
}

BOOST_AUTO_TEST_SUITE(part_header)

BOOST_AUTO_TEST_CASE(gives_every_field) {
  const PartHeader part = must(read(base()));
  const WimHeader& header = part.header;
  BOOST_TEST(header.version == 0x10D00U);
  BOOST_TEST(header.flags == 0x40086U);
  BOOST_TEST(to_string(header.compression) == "LZX");
  BOOST_TEST(header.chunk_size == 32768U);
  BOOST_TEST(header.part == 1U);
  BOOST_TEST(header.part_count == 1U);
  BOOST_TEST(header.image_count == 1U);
  BOOST_TEST(header.boot_index == 1U);
  BOOST_TEST(!header.pipable);
  BOOST_TEST(header.has_integrity_table);
  BOOST_TEST(header.read_only);
  BOOST_TEST(header.reparse_points_fixed);
  BOOST_TEST(!header.write_in_progress);
  const auto table = fixture::get_wim_resource(base(), at::blob_table);
  BOOST_TEST(part.blob_table.offset == table.offset);
  BOOST_TEST(part.blob_table.stored_size == table.size_in_wim);
  BOOST_TEST(part.blob_table.size == table.size);
  BOOST_TEST(part.boot_metadata.flags == 6U);  // metadata, compressed
  BOOST_TEST(!part.integrity.is_absent());
}

BOOST_AUTO_TEST_CASE(gives_sizes_of_56_bits_and_flags_above_them) {
  RawBytes bytes = base();
  fixture::put_u64(bytes, at::xml_data, 0xA5FF'FFFF'FFFF'FFFF);
  const PartHeader part = must(read(bytes));
  BOOST_TEST(part.xml.stored_size == 0x00FF'FFFF'FFFF'FFFFU);
  BOOST_TEST(part.xml.flags == 0xA5U);
}

BOOST_AUTO_TEST_CASE(takes_a_chunk_size_of_zero_for_the_usual_one) {
  RawBytes bytes = base();
  fixture::put_u32(bytes, at::chunk_size, 0);
  BOOST_TEST(must(read(bytes)).header.chunk_size == 32768U);
}

BOOST_AUTO_TEST_CASE(uncompressed_files_have_no_chunk_size) {
  const PartHeader part = must(read(mutate(base(), at::flags, std::array<std::uint8_t, 1>{0x00})));
  BOOST_TEST(to_string(part.header.compression) == "none");
  BOOST_TEST(part.header.chunk_size == 0U);
}

struct Kind {
  std::uint32_t flags;
  const char* name;
};
std::ostream& operator<<(std::ostream& out, const Kind& kind) {
  return out << kind.name;
}
const std::vector<Kind> kinds = {{0x20002, "XPRESS"},
                                 {0x200002, "XPRESS"},
                                 {0x40002, "LZX"},
                                 {0x80002, "LZMS"},
                                 {0x40000, "none"}};

BOOST_DATA_TEST_CASE(knows_the_compressions, boost::unit_test::data::make(kinds), kind) {
  RawBytes bytes = base();
  fixture::put_u32(bytes, at::flags, kind.flags);
  BOOST_TEST(to_string(must(read(bytes)).header.compression) == kind.name);
}

const std::vector<Mutation> mutations = {
    {"other magic", 0, {'X'}, Status::bad_format},
    {"magic goes on", 5, {'X'}, Status::bad_format},
    {"a header of 207 bytes", at::header_size, {207}, Status::corrupt},
    {"version 1.12", at::version, {0x00, 0x0C}, Status::unsupported},
    {"compression that is not named", at::flags, {0x02, 0x00, 0x00}, Status::unsupported},
    {"compression that is not known", at::flags, {0x02, 0x00, 0x10}, Status::unsupported},
    {"part 0", at::part_number, {0, 0}, Status::corrupt},
    {"part 2 of 1", at::part_number, {2, 0}, Status::corrupt},
    {"no parts", at::total_parts, {0, 0}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(mutations), m) {
  BOOST_TEST(is_status(read(mutate(base(), m.offset, m.bytes)), m.expected));
}

BOOST_AUTO_TEST_CASE(refuses_every_prefix_of_a_header) {
  for (std::size_t size = 0; size < sizeof(wim_layout::Header); ++size) {
    BOOST_TEST(
        is_status(read(prefix(base(), size)), size < 8 ? Status::bad_format : Status::truncated));
  }
}

BOOST_AUTO_TEST_CASE(reads_the_header_at_the_end_of_pipable_files) {
  fixture::WimBuilder builder({.compression = fixture::WimCompression::xpress, .pipable = true});
  builder.file("\\a.txt", "content");
  const RawBytes bytes = builder.build();
  const PartHeader part = must(read(bytes));
  BOOST_TEST(part.header.pipable);
  BOOST_TEST(part.header.image_count == 1U);
  BOOST_TEST(!part.blob_table.is_absent());

  const auto cut = read(prefix(bytes, bytes.size() - 1));
  BOOST_TEST(is_status(cut, Status::truncated));
  BOOST_TEST(mentions(cut.error().message(), {"test.wim", "pipable", "not written to its end"}));
}

BOOST_AUTO_TEST_CASE(is_recognised_by_its_magic_alone) {
  const auto probe = [](RawBytes bytes) {
    return must(probe_wim(*make_memory_source(std::move(bytes), "x")));
  };
  BOOST_TEST(probe(prefix(base(), 8)));
  BOOST_TEST(!probe(prefix(base(), 7)));
  BOOST_TEST(!probe({}));
  BOOST_TEST(!probe(RawBytes(208)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
