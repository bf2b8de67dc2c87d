// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <limits>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using fixture::WimOptions;
using test::border_builder;
using test::border_contents;
using test::has_finding;
using test::hash_of;
using test::is_ok;
using test::is_status;
using test::mentions;
using test::must;
using test::name_parts;
using test::open_wim;
using test::RawBytes;
using test::read_blob;
using test::try_open_wim;
namespace at = fixture::wim_header_offset;

using enum fixture::WimCompression;

BOOST_AUTO_TEST_SUITE(wim_file_damage)

std::vector<RawBytes> split_parts(const WimOptions& more = {}) {
  WimOptions options = more;
  options.compression = lzx;
  options.part_size = 60'000;
  auto parts = border_builder(options).build_parts();
  BOOST_REQUIRE_GE(parts.size(), 2U);
  return parts;
}

BOOST_AUTO_TEST_CASE(reads_split_sets_from_any_part) {
  const auto files = name_parts(split_parts(), "install");
  std::uint16_t number = 0;
  for (const auto& name : {"install.swm", "install2.swm"}) {
    const WimFilePtr file = must(try_open_wim(files, name));
    BOOST_TEST(file->diagnostics().empty(), test::finding_texts(file->diagnostics()));
    BOOST_TEST(file->header().part == ++number);
    BOOST_TEST(file->header().part_count == files.size());
    BOOST_TEST(file->part_names().size() == files.size());
    BOOST_TEST(file->part_names()[1] == "install2.swm");
    BOOST_TEST(file->images().size() == 1U);
    for (const std::string& content : border_contents()) {
      BOOST_TEST((read_blob(*file, content) == content));
    }
    BOOST_TEST(test::verified(file).good());
  }
}

BOOST_AUTO_TEST_CASE(without_part_1_there_are_no_images) {
  auto files = name_parts(split_parts(), "install");
  files.erase("install.swm");
  const auto opened = try_open_wim(files, "install2.swm");
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(mentions(opened.error().message(), {"install2.swm", "part 2 of", "part 1"}));
}

BOOST_AUTO_TEST_CASE(what_a_missing_part_holds_is_not_found_and_the_rest_is_read) {
  auto files = name_parts(split_parts(), "install");
  files.erase("install2.swm");
  const WimFilePtr file = must(try_open_wim(files, "install.swm"));
  BOOST_TEST(has_finding(file->diagnostics(), "wim-part-missing"));
  BOOST_TEST(is_ok(file->file_system(1)));
  std::size_t missing = 0;
  for (const std::string& content : border_contents()) {
    const auto blob = test::try_read_blob(*file, hash_of(content));
    if (blob) {
      BOOST_TEST((*blob == content));
      continue;
    }
    ++missing;
    BOOST_TEST(is_status(blob, Status::not_found));
    BOOST_TEST(mentions(blob.error().message(), {"parts are there"}));
  }
  BOOST_TEST(missing > 0U);
  BOOST_TEST(missing < border_contents().size());
}

BOOST_AUTO_TEST_CASE(a_table_that_lists_blobs_of_a_missing_part_names_it) {
  WimBuilder builder({.edit_blob_table = [](RawBytes& table) {
    for (std::size_t row = 0; row < table.size(); row += 50) {
      if ((std::to_integer<unsigned>(table[row + 7]) & 2U) == 0) {
        fixture::put_u16(table, row + 24, 5);
      }
    }
  }});
  builder.file("\\a", "content");
  const WimFilePtr file = open_wim(builder.build());
  BOOST_TEST(must(file->find(hash_of("content")))->part == 5U);
  const auto opened = file->open(hash_of("content"));
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(mentions(opened.error().message(), {"part 5 of 1"}));
}

BOOST_AUTO_TEST_CASE(a_part_whose_table_cannot_be_read_is_a_finding) {
  auto files = name_parts(split_parts(), "install");
  fixture::put_u64(files["install2.swm"], at::blob_table + 8, std::uint64_t{1} << 40);
  const WimFilePtr file = must(try_open_wim(files, "install.swm"));
  BOOST_TEST(has_finding(file->diagnostics(), "wim-blob-table"));
  fixture::put_u64(files["install.swm"], at::blob_table + 8, std::uint64_t{1} << 40);
  BOOST_TEST(is_status(try_open_wim(files, "install.swm"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(tables_outside_of_the_file_or_the_limits_are_errors) {
  const RawBytes base = border_builder({.compression = lzx}).build();
  RawBytes bytes = base;
  auto table = fixture::get_wim_resource(base, at::blob_table);
  table.size_in_wim = table.size = std::uint64_t{1} << 50;
  fixture::put_wim_resource(bytes, at::blob_table, table);
  BOOST_TEST(is_status(try_open_wim(bytes), Status::truncated));
  Limits limits;
  limits.max_table_size = 100;
  BOOST_TEST(is_status(try_open_wim(base, limits), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(what_is_left_behind_the_last_row_is_a_finding) {
  WimBuilder builder({.edit_blob_table = [](RawBytes& table) { table.resize(table.size() + 30); }});
  builder.file("\\a", "content");
  const WimFilePtr file = open_wim(builder.build());
  BOOST_TEST(has_finding(file->diagnostics(), "wim-blob-table"));
  BOOST_TEST(read_blob(*file, "content") == "content");
}

BOOST_AUTO_TEST_CASE(a_file_without_a_blob_table_has_no_images) {
  RawBytes bytes = border_builder({}).build();
  fixture::put_wim_resource(bytes, at::blob_table, {});
  const WimFilePtr file = open_wim(bytes);
  BOOST_TEST(file->images().empty());
  BOOST_TEST(has_finding(file->diagnostics(), "wim-image-count"));
}

BOOST_AUTO_TEST_CASE(a_damaged_row_does_not_hide_its_neighbours) {
  auto built = border_builder({.compression = lzx}).build_mapped();
  auto resource = built.blob("hello, world").resource;
  resource.offset = std::numeric_limits<std::uint64_t>::max() - 5;
  built.set_resource(hash_of("hello, world"), resource);
  const WimFilePtr file = open_wim(built.bytes());
  BOOST_TEST(is_status(file->open(hash_of("hello, world")), Status::truncated));
  const std::string other = border_contents()[5];
  BOOST_TEST((read_blob(*file, other) == other));
}

BOOST_AUTO_TEST_CASE(solid_blobs_that_are_in_no_resource_are_corrupt) {
  auto built = border_builder({.compression = lzx, .solid = fixture::WimSolid{.resources = 2}})
                   .build_mapped();
  const auto hash = hash_of("hello, world");
  const auto place = built.blob(hash).resource;
  const auto opened = [&](std::uint64_t offset, std::uint64_t size) {
    auto changed = place;
    changed.offset = offset;
    changed.size_in_wim = size;
    built.set_resource(hash, changed);
    return open_wim(built.bytes())->open(hash);
  };
  BOOST_TEST(is_ok(opened(place.offset, place.size_in_wim)));
  BOOST_TEST(is_status(opened(std::uint64_t{1} << 60, 12), Status::corrupt));
  BOOST_TEST(is_status(opened(place.offset, std::uint64_t{1} << 50), Status::corrupt));
  BOOST_TEST(is_status(opened(~std::uint64_t{0}, 12), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_damaged_solid_header_damages_what_is_behind_it_alone) {
  auto built = border_builder({.compression = lzx, .solid = fixture::WimSolid{.resources = 2}})
                   .build_mapped();
  BOOST_REQUIRE_EQUAL(built.solids.size(), 2U);
  // The second resource's compression becomes 9.
  fixture::put_u32(built.bytes(), built.solids[1].resource.offset + 12, 9);
  const WimFilePtr file = open_wim(built.bytes());
  std::size_t readable = 0;
  for (const std::string& content : border_contents()) {
    const auto blob = test::try_read_blob(*file, hash_of(content));
    readable += blob ? 1 : 0;
    BOOST_TEST((blob || blob.error().status() == Status::unsupported));
  }
  BOOST_TEST(readable > 0U);
  BOOST_TEST(readable < border_contents().size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
