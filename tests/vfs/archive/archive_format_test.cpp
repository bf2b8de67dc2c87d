// SPDX-License-Identifier: Apache-2.0
// Telling archives from everything else.
#include "vfs/archive/archive_format.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/archive/archive_bytes.h"
#include "fixtures/build/archive/cab_builder.h"
#include "fixtures/build/archive/rar_builder.h"
#include "fixtures/build/archive/zip_builder.h"
#include "fixtures/build/disk/stored_streams.h"
#include "tests/support/mutate.h"
#include "tests/vfs/archive/archive_support.h"

namespace casement::test {
namespace {

std::string shape_of(fx::ByteVector bytes) {
  const auto shape = must(find_archive_shape(*as_source(std::move(bytes))));
  return shape ? std::string(to_string(shape->format)) + (shape->compressed ? "+" : "") : "none";
}

fx::ByteVector tar(bool ustar = true) {
  fx::TarBuilder builder;
  (void)builder.add({.name = "x", .content = fx::ascii_bytes("y"), .ustar = ustar});
  return builder.build();
}

BOOST_AUTO_TEST_SUITE(archive_format)

BOOST_AUTO_TEST_CASE(knows_every_format_by_its_content) {
  BOOST_TEST(shape_of(tar()) == "tar");
  BOOST_TEST(shape_of(tar(false)) == "tar");
  BOOST_TEST(shape_of(fx::gzip_stored(tar())) == "tar+");
  BOOST_TEST(shape_of(fx::zstd_stored(tar())) == "tar+");
  BOOST_TEST(shape_of(fx::build_zip({{.name = "x"}}).bytes) == "zip");
  BOOST_TEST(shape_of(fx::build_zip({}).bytes) == "zip");
  BOOST_TEST(shape_of(fx::build_rar4({})) == "rar");
  BOOST_TEST(shape_of(fx::build_rar5({})) == "rar");
  BOOST_TEST(shape_of(fx::build_cab({})) == "cab");
  BOOST_TEST(shape_of(fx::ascii_bytes("7z\xBC\xAF\x27\x1C...")) == "7z");
}

BOOST_AUTO_TEST_CASE(knows_what_is_none) {
  BOOST_TEST(shape_of({}) == "none");
  BOOST_TEST(shape_of(fx::ByteVector(4096)) == "none");
  BOOST_TEST(shape_of(fx::ascii_bytes("PK")) == "none");
  BOOST_TEST(shape_of(fx::ascii_bytes("MZ, and a zip inside")) == "none");
  BOOST_TEST(shape_of(fx::gzip_stored(fx::ascii_bytes("a log"))) == "none");
  BOOST_TEST(shape_of(fx::gzip_stored(fx::ByteVector(4096))) == "none");
  BOOST_TEST(shape_of(fx::ascii_bytes("\x1F\x8B\x08 and no more")) == "none");
  BOOST_TEST(shape_of(prefix(tar(), 511)) == "none");
}

BOOST_AUTO_TEST_CASE(two_layers_of_compression_are_undone_and_no_more) {
  const fx::ByteVector twice = fx::gzip_stored(fx::zstd_stored(tar()));
  BOOST_TEST(shape_of(twice) == "tar+");
  BOOST_TEST(tree_text(open_bytes(twice)) == "x=y");
  BOOST_TEST(tree_text(open_bytes(fx::gzip_stored(fx::gzip_stored(tar())))) == "x=y");
  BOOST_TEST(shape_of(fx::gzip_stored(twice)) == "none");
}

BOOST_AUTO_TEST_CASE(probing_ends_after_some_megabytes) {
  // Empty members of gzip, one after the other: nothing ever comes out.
  const fx::ByteVector empty = fx::gzip_stored({});
  fx::ByteVector many;
  while (many.size() < (std::size_t{6} << 20)) {
    fx::append_bytes(many, empty);
  }
  fx::append_bytes(many, fx::gzip_stored(tar()));
  BOOST_TEST(shape_of(many) == "none");
}

BOOST_AUTO_TEST_CASE(a_tar_header_must_have_the_right_sum_and_be_text) {
  const fx::ByteVector base = tar();
  for (const std::size_t offset : {0U, 100U, 124U, 156U, 257U}) {
    fx::ByteVector changed = base;
    changed[offset] ^= std::byte{0x40};
    BOOST_TEST(shape_of(changed) == "none", "byte " << offset);
  }
}

BOOST_AUTO_TEST_CASE(rar_says_whether_it_is_solid) {
  const auto solid = [](fx::ByteVector bytes) {
    return is_solid(*as_source(std::move(bytes)), {ArchiveFormat::rar, false});
  };
  BOOST_TEST(!solid(fx::build_rar4({})));
  BOOST_TEST(solid(fx::build_rar4({}, true)));
  BOOST_TEST(!solid(fx::build_rar5({})));
  BOOST_TEST(solid(fx::build_rar5({}, true)));
  BOOST_TEST(!solid({}));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_archive_is_refused) {
  BOOST_TEST(!must(probe_archive(*as_source(fx::ascii_bytes("text")))));
  BOOST_TEST(must(probe_archive(*as_source(tar()))));
  const auto opened = open_archive(as_source(fx::ascii_bytes("text")));
  BOOST_TEST(is_status(opened, Status::bad_format));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
