// SPDX-License-Identifier: Apache-2.0
// Changed and cut files: whatever comes of them is a value, and the time is bounded.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using fixture::WimOptions;
using test::exercise;
using test::MemoryFolder;
using test::RawBytes;
using test::text_of_size;
using enum fixture::WimCompression;

struct Layout {
  const char* name;
  WimOptions options;
};
std::ostream& operator<<(std::ostream& out, const Layout& layout) {
  return out << layout.name;
}
const std::vector<Layout> layouts = {
    {"uncompressed", {.integrity_table = true, .integrity_chunk_size = 500}},
    {"XPRESS", {.compression = xpress, .chunk_size = 4096, .compressed_blob_table = true}},
    {"pipable", {.compression = xpress, .chunk_size = 4096, .pipable = true}},
    {"solid",
     {.compression = lzx,
      .solid = fixture::WimSolid{.compression = xpress, .chunk_size = 4096, .resources = 2}}}};

RawBytes build(const Layout& layout) {
  WimBuilder builder(layout.options);
  builder.file("\\a", text_of_size(200));
  builder.file("\\dir\\b", text_of_size(9000, 2)).stream("s", "stream");
  builder.file("\\dir\\c", "c");
  return builder.build();
}

MemoryFolder::Files one(RawBytes bytes) {
  MemoryFolder::Files files;
  files.emplace("x.wim", std::move(bytes));
  return files;
}

BOOST_AUTO_TEST_SUITE(hostile_wim)

BOOST_DATA_TEST_CASE(survives_truncation, boost::unit_test::data::make(layouts), layout) {
  const RawBytes base = build(layout);
  for (std::size_t size = 0; size < base.size(); size += size < 300 ? 13 : 149) {
    exercise(one(test::prefix(base, size)), "x.wim");
  }
}

BOOST_DATA_TEST_CASE(survives_changed_bytes_of_headers_and_tables,
                     boost::unit_test::data::make(layouts), layout) {
  const RawBytes base = build(layout);
  const auto sweep = [&](std::size_t from, std::size_t to, std::size_t step) {
    for (std::size_t at = from; at < std::min(to, base.size()); at += step) {
      RawBytes changed = base;
      changed[at] ^= at % 2 == 0 ? std::byte{0x01} : std::byte{0xFF};
      exercise(one(std::move(changed)), "x.wim");
    }
  };
  sweep(0, 208, 3);
  sweep(208, 320, 7);                         // resources begin
  sweep(base.size() - 700, base.size(), 11);  // tables, XML, the header of pipable files
}

BOOST_AUTO_TEST_CASE(survives_changed_rows) {
  const Layout& layout = layouts[3];
  for (std::size_t at = 0; at < 300; at += 3) {
    Layout changed = layout;
    changed.options.edit_blob_table = [at](RawBytes& table) {
      if (at < table.size()) {
        table[at] ^= std::byte{0x90};
      }
    };
    exercise(one(build(changed)), "x.wim");
  }
}

BOOST_AUTO_TEST_CASE(survives_parts_that_were_cut) {
  WimBuilder builder({.compression = xpress, .part_size = 30'000});
  for (unsigned i = 0; i < 6; ++i) {
    builder.file("\\" + std::to_string(i), test::noise_of_size(12'000, i + 1));
  }
  const auto files = test::name_parts(builder.build_parts(), "x");
  for (std::size_t size = 0; size < 2000; size += 211) {
    MemoryFolder::Files cut = files;
    cut["x2.swm"].resize(std::min(size, cut["x2.swm"].size()));
    exercise(cut, "x.swm");
    exercise(cut, "x3.swm");
    exercise(cut, "x2.swm");
  }
}

BOOST_AUTO_TEST_CASE(a_tiny_file_cannot_claim_a_huge_resource) {
  WimBuilder builder({.compression = lzx});
  builder.file("\\a", text_of_size(3000));
  auto built = builder.build_mapped();
  auto resource = built.blob(text_of_size(3000)).resource;
  resource.size = std::uint64_t{1} << 40;
  built.set_resource(test::hash_of(text_of_size(3000)), resource);
  const WimFilePtr file = test::open_wim(built.bytes());
  BOOST_TEST(test::is_status(file->open(test::hash_of(text_of_size(3000))), Status::corrupt));
  const VerifyReport report = test::verified(file);
  BOOST_TEST(report.damaged_blobs.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
