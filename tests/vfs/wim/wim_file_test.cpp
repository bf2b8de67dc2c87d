// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/wim_file.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using fixture::WimOptions;
using test::border_builder;
using test::border_contents;
using test::hash_of;
using test::is_ok;
using test::is_status;
using test::mentions;
using test::must;
using test::noise_of_size;
using test::open_wim;
using test::RawBytes;
using test::read_blob;
using test::text_of_size;

struct Layout {
  const char* name;
  WimOptions options;
};
std::ostream& operator<<(std::ostream& out, const Layout& layout) {
  return out << layout.name;
}

using enum fixture::WimCompression;
const std::vector<Layout> layouts = {
    {"uncompressed", {}},
    {"XPRESS", {.compression = xpress}},
    {"XPRESS in chunks of 4 KiB", {.compression = xpress, .chunk_size = 4096}},
    {"LZX", {.compression = lzx}},
    {"LZX in chunks of 2 MiB", {.compression = lzx, .chunk_size = 2U << 20}},
    {"a header without a chunk size", {.compression = lzx, .header_chunk_size = 0}},
    {"raw chunks", {.compression = lzx, .stored_chunks = true}},
    {"plain metadata", {.compression = xpress, .compressed_metadata = false}},
    {"a compressed blob table", {.compression = lzx, .compressed_blob_table = true}},
    {"pipable", {.compression = xpress, .pipable = true}},
    {"pipable and plain", {.pipable = true}},
    {"solid", {.compression = lzx, .solid = fixture::WimSolid{}}},
    {"three solid resources",
     {.compression = xpress,
      .solid = fixture::WimSolid{.compression = xpress, .chunk_size = 65536, .resources = 3}}},
    {"solid without compression", {.solid = fixture::WimSolid{.compression = none}}},
    {"contents in reverse", {.compression = xpress, .blob_order = fixture::WimBlobOrder::reversed}},
    {"metadata rows last", {.compression = xpress, .metadata_entries_last = true}},
    {"an integrity table", {.compression = lzx, .integrity_table = true}},
};

BOOST_AUTO_TEST_SUITE(wim_file)

BOOST_DATA_TEST_CASE(reads_every_layout, boost::unit_test::data::make(layouts), layout) {
  const WimFilePtr file = open_wim(border_builder(layout.options).build());
  BOOST_TEST(file->diagnostics().empty(), test::finding_texts(file->diagnostics()));
  BOOST_TEST(file->images().size() == 1U);
  for (const std::string& content : border_contents()) {
    const auto info = must(file->find(hash_of(content)));
    BOOST_REQUIRE(info);
    BOOST_TEST(info->size == content.size());
    BOOST_TEST(info->references == 1U);
    BOOST_TEST(info->part == 1U);
    BOOST_TEST(info->solid == layout.options.solid.has_value());
    BOOST_TEST((read_blob(*file, content) == content));
    BOOST_TEST((read_blob(*file, content, 10'007) == content));
  }
  BOOST_TEST(is_ok(file->file_system(1)));
  BOOST_TEST(test::verified(file).good());
}

BOOST_AUTO_TEST_CASE(says_how_a_blob_is_stored) {
  const std::string text = text_of_size(100'000);
  const std::string noise = noise_of_size(100'000);
  WimBuilder builder({.compression = lzx});
  builder.file("\\text", text);
  builder.file("\\noise", noise);
  builder.file("\\again", noise);
  const WimFilePtr file = open_wim(builder.build());
  const BlobInfo packed = must(file->find(hash_of(text))).value();
  BOOST_TEST(packed.compressed);
  BOOST_TEST(packed.stored_size < 100'000U);
  const BlobInfo plain = must(file->find(hash_of(noise))).value();
  BOOST_TEST(!plain.compressed);
  BOOST_TEST(plain.stored_size == 100'000U);
  BOOST_TEST(plain.references == 2U);
}

BOOST_AUTO_TEST_CASE(reading_solid_blobs_in_their_order_decodes_each_chunk_once) {
  const auto options = WimOptions{
      .compression = lzx, .solid = fixture::WimSolid{.compression = lzx, .chunk_size = 2U << 20}};
  WimBuilder builder(options);
  std::vector<std::string> blobs;
  for (unsigned i = 0; i < 12; ++i) {
    blobs.push_back(text_of_size(400'000, i + 1));
    builder.file("\\" + std::to_string(i), blobs.back());
  }
  const WimFilePtr file = open_wim(builder.build());
  for (const std::string& blob : blobs) {
    BOOST_TEST((read_blob(*file, blob, 65536) == blob));
  }
  BOOST_TEST(file->decoded().blobs == 12U * 400'000U);
}

BOOST_AUTO_TEST_CASE(a_blob_outlives_the_file_that_it_was_opened_from) {
  SourcePtr source;
  {
    const WimFilePtr file =
        open_wim(border_builder({.compression = lzx, .solid = fixture::WimSolid{}}).build());
    source = must(file->open(hash_of("hello, world")));
  }
  RawBytes bytes(12);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST((sha1(bytes) == hash_of("hello, world")));
}

BOOST_AUTO_TEST_CASE(a_blob_that_no_table_lists_is_not_found) {
  WimBuilder builder({.compression = xpress});
  builder.file("\\here", "here");
  builder.file("\\base", "in the base WIM");
  builder.leave_out("in the base WIM");
  const WimFilePtr file = open_wim(builder.build());
  BOOST_TEST(!must(file->find(hash_of("in the base WIM"))).has_value());
  const auto opened = file->open(hash_of("in the base WIM"));
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(mentions(opened.error().message(), {"test.wim", "no blob c566b38eabc07fd9"}));
  BOOST_TEST(read_blob(*file, "here") == "here");
  BOOST_TEST(!must(file->find(Sha1{})).has_value());
}

BOOST_AUTO_TEST_CASE(counts_what_it_decodes_of_metadata_and_blobs) {
  WimBuilder builder({.compression = lzx});
  for (int i = 0; i < 2000; ++i) {
    builder.file("\\directory\\some name " + std::to_string(i), "x");
  }
  const std::string text = text_of_size(100'000);
  builder.file("\\text", text);
  const WimFilePtr file = open_wim(builder.build());
  BOOST_TEST(file->decoded().metadata == 0U);
  const FileSystemPtr tree = must(file->file_system(1));
  BOOST_TEST(is_ok(tree->lookup(tree->root(), u"text")));
  BOOST_TEST(file->decoded().metadata > 0U);
  BOOST_TEST(file->decoded().blobs == 0U);
  (void)read_blob(*file, text);
  BOOST_TEST(file->decoded().blobs == 100'000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
