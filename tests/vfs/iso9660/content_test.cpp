// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/test/data/test_case.hpp>

#include "tests/support/mutate.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/iso9660/iso9660_support.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

/// A row of a mutation table over the primary volume descriptor.
const std::vector<Mutation> mutations{
    {"no identifier", 32'769, {'X'}, Status::bad_format},
    {"blocks of 0 bytes", 32'768 + 128, {0, 0}, Status::corrupt},
    {"blocks of 4096 bytes", 32'768 + 128, {0, 16}, Status::corrupt},
    {"blocks of 3 bytes", 32'768 + 128, {3, 0}, Status::corrupt},
    {"a root record without a length", 32'768 + 156, {0}, Status::corrupt},
    {"a root record with a long name", 32'768 + 156 + 32, {9}, Status::corrupt},
    {"a root behind the image", 32'768 + 156 + 5, {0x10}, Status::truncated},
    {"a descriptor of another type", 32'768, {3}, Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(iso9660_content)

BOOST_DATA_TEST_CASE(rejects, bdata::make(mutations), row) {
  const auto image = mutate(iso9660_sample().build().bytes, row.offset, row.bytes);
  BOOST_TEST(is_status(try_open_iso9660(image), row.expected));
}

BOOST_AUTO_TEST_CASE(probe_tells_media_by_their_first_descriptor) {
  const auto image = iso9660_sample().build().bytes;
  BOOST_TEST(must(probe_iso9660(*as_source(image))));
  BOOST_TEST(!must(probe_iso9660(*as_source(prefix(image, 32'768)))));
  BOOST_TEST(!must(probe_iso9660(*as_source({}))));
  BOOST_TEST(!must(probe_iso9660(*as_source(pattern(100'000)))));
}

BOOST_AUTO_TEST_CASE(information_is_that_of_the_descriptor) {
  const auto volume = open_built(iso9660_sample({.label = "MY_LABEL"}).build());
  const FileSystemInfo info = volume->info();
  BOOST_TEST((info.label == u"MY_LABEL"));
  BOOST_TEST(info.cluster_size == 2048U);
  BOOST_TEST(info.size > 20'000U);
  BOOST_TEST(volume->type_name() == std::string("iso9660"));
}

BOOST_AUTO_TEST_CASE(missing_terminator_is_a_finding) {
  auto built = iso9660_sample().build();
  built.bytes[built.descriptors_end - 2047] = std::byte{'X'};
  const auto volume = open_built(built);
  BOOST_TEST(findings_of(*volume).contains("iso9660-no-terminator"));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
}

BOOST_AUTO_TEST_CASE(damaged_joliet_descriptor_leaves_the_primary_tree) {
  auto built = iso9660_sample({.joliet = true}).build();
  fx::put_u16(built.bytes, built.joliet_descriptor + 128, 7);
  const auto volume = open_built(built);
  BOOST_TEST(volume->info().version == "ISO 9660");
  BOOST_TEST(findings_of(*volume).contains("iso9660-descriptor"));
}

BOOST_AUTO_TEST_CASE(joliet_tree_without_a_root_leaves_the_primary_tree) {
  auto built = iso9660_sample({.joliet = true}).build();
  fx::put_u32(built.bytes, built.joliet_descriptor + 156 + 2, 0x00FF'FFFF);
  const auto volume = open_built(built);
  BOOST_TEST(volume->info().version == "ISO 9660");
  BOOST_TEST(content_at(*volume, "SOURCES/BOOT") == "no extension");
  BOOST_TEST(mentions(finding(*volume, "iso9660-descriptor"), {"Joliet tree", "root directory"}));
}

BOOST_AUTO_TEST_CASE(file_of_several_extents_is_one) {
  for (const bool joliet : {false, true}) {
    const auto volume = open_built(iso9660_sample({.joliet = joliet, .max_extent = 4096}).build());
    const DirEntry entry = entry_at(*volume, "sources/install.wim");
    const NodeInfo info = must(volume->stat(entry.node));
    BOOST_TEST(info.size == 20'000U);
    BOOST_TEST(info.allocated_size == 20'480U);
    BOOST_TEST(content_at(*volume, "sources/install.wim") == text_of(pattern(20'000)));
    BOOST_TEST(names_in(*volume, entry_at(*volume, "sources").node).size() == 2U);
    BOOST_TEST(volume->diagnostics().empty());
  }
}

BOOST_AUTO_TEST_CASE(records_of_one_file_may_fill_several_sectors) {
  fx::Iso9660Builder builder({.max_extent = 2048});
  builder.add_file("BIG.BIN", pattern(std::size_t{2048} * 100));
  builder.add_file("LAST", "behind it");
  const auto volume = open_built(builder.build());
  BOOST_TEST(content_at(*volume, "BIG.BIN") == text_of(pattern(std::size_t{2048} * 100)));
  BOOST_TEST(content_at(*volume, "LAST") == "behind it");
}

BOOST_AUTO_TEST_CASE(missing_last_extent_is_a_finding) {
  auto built = iso9660_sample({.max_extent = 4096}).build();
  const auto& records = built.find("Sources/install.wim").records;
  built.bytes[records.back() + 33] = std::byte{'X'};  // another name
  const auto volume = open_built(built);
  BOOST_TEST(must(volume->stat(entry_at(*volume, "SOURCES/INSTALL.WIM").node)).size == 16'384U);
  BOOST_TEST(findings_of(*volume).contains("iso9660-sections"));
  BOOST_TEST(must(volume->lookup(entry_at(*volume, "SOURCES").node, u"XNSTALL.WIM")).has_value());
}

BOOST_AUTO_TEST_CASE(file_larger_than_four_gigabytes_is_read_at_both_ends) {
  const std::uint64_t size = (std::uint64_t{9} << 30) + 77;
  const TempDir folder;
  const std::string path = folder.path() + "/large.iso";
  fx::Iso9660Builder builder({.joliet = true});
  builder.add_file("sources/install.wim",
                   fx::sparse_disk(size, {{0, fx::ascii_bytes("first")},
                                          {0xFFFF'F800 - 2, fx::ascii_bytes("middle")},
                                          {size - 4, fx::ascii_bytes("last")}}));
  fx::FileSink sink(path);
  (void)builder.write(sink);
  sink.close();
  const auto volume = must(open_iso9660(must(open_file_source(path))));
  const auto source = must(volume->open(entry_at(*volume, "sources/install.wim").node, {}));
  BOOST_TEST(source->size() == size);
  std::array<char, 6> text{};
  const auto at = [&](std::uint64_t offset, std::size_t length) {
    BOOST_TEST(is_ok(source->read(offset, std::as_writable_bytes(std::span(text).first(length)))));
    return std::string(text.data(), length);
  };
  BOOST_TEST(at(0, 5) == "first");
  BOOST_TEST(at(0xFFFF'F800 - 2, 6) == "middle");
  BOOST_TEST(at(size - 4, 4) == "last");
}

BOOST_AUTO_TEST_CASE(extended_attribute_record_is_passed_over) {
  fx::Iso9660Builder builder;
  builder.add_file("F", pattern(5000));
  auto built = builder.build();
  const std::uint64_t at = built.find("F").records[0];
  built.bytes[at + 1] = std::byte{1};
  fx::put_u32(built.bytes, at + 10, 5000 - 2048);
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "F") == text_of(pattern(5000)).substr(2048));
}

BOOST_AUTO_TEST_CASE(interleaved_file_is_refused_and_hides_no_neighbour) {
  auto built = iso9660_sample().build();
  built.bytes[built.find("Readme.txt").records[0] + 26] = std::byte{2};
  const auto volume = open_built(built);
  const auto opened = volume->open(entry_at(*volume, "README.TXT").node, {});
  BOOST_TEST(is_status(opened, Status::unsupported));
  BOOST_TEST(mentions(opened.error().message(), {"interleaved"}));
  BOOST_TEST(content_at(*volume, "SOURCES/BOOT") == "no extension");
}

BOOST_AUTO_TEST_CASE(file_on_another_medium_is_refused) {
  auto built = iso9660_sample().build();
  fx::put_u16(built.bytes, built.primary_descriptor + 120, 2);  // of a set of two
  fx::put_u16(built.bytes, built.find("Readme.txt").records[0] + 28, 2);
  const auto volume = open_built(built);
  const auto opened = volume->open(entry_at(*volume, "README.TXT").node, {});
  BOOST_TEST(is_status(opened, Status::unsupported));
  BOOST_TEST(mentions(opened.error().message(), {"medium 2 of 2"}));
}

BOOST_AUTO_TEST_CASE(compressed_file_is_refused) {
  auto built = iso9660_sample({.rock_ridge = true}).build();
  const std::uint64_t at = built.find("Readme.txt").records[0];
  // "PX", the first entry behind the name "README.TXT;1" and its filling, becomes "ZF".
  fx::put_bytes(built.bytes, at + 33 + 12 + 1, fx::ascii_bytes("ZF"));
  const auto volume = open_built(built);
  const auto opened = volume->open(entry_at(*volume, "Readme.txt").node, {});
  BOOST_TEST(is_status(opened, Status::unsupported));
  BOOST_TEST(mentions(opened.error().message(), {"zisofs"}));
}

BOOST_AUTO_TEST_CASE(cut_image_keeps_what_it_holds) {
  const auto built = iso9660_sample().build();
  const std::uint64_t end = built.find("Sources/install.wim").content + 5000;
  const auto volume = must(try_open_iso9660(prefix(built.bytes, end)));
  BOOST_TEST(findings_of(*volume).contains("iso9660-truncated"));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  const auto source = must(volume->open(entry_at(*volume, "sources/install.wim").node, {}));
  BOOST_TEST(source->size() == 20'000U);
  std::vector<std::byte> bytes(5000);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(is_status(source->read(1, bytes), Status::truncated));
  BOOST_TEST(findings_of(*volume).contains("iso9660-lost"));
}

BOOST_AUTO_TEST_CASE(content_outlives_its_file_system) {
  SourcePtr source;
  {
    const auto volume = open_built(iso9660_sample().build());
    source = must(volume->open(entry_at(*volume, "sources/install.wim").node, {}));
  }
  std::vector<std::byte> bytes(20'000);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(text_of(bytes) == text_of(pattern(20'000)));
}

BOOST_AUTO_TEST_SUITE_END()
