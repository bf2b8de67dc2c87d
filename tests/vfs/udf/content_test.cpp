// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/test/data/test_case.hpp>

#include "tests/support/temp_dir.h"
#include "tests/vfs/udf/udf_support.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

constexpr std::size_t entry_head = 176;

/// One file, "f", and where the allocation descriptors in its entry are.
struct OneFile {
  explicit OneFile(std::size_t size, const fx::UdfFileOptions& options = {},
                   fx::UdfOptions volume = {}) {
    fx::UdfBuilder builder(std::move(volume));
    builder.add_file("f", pattern(size), options);
    builder.add_file("other", "other");
    built = builder.build();
    entry = built.find("f").entry;
  }
  void set_u32(std::size_t offset, std::uint32_t value) {
    fx::put_u32(built.bytes, entry + offset, value);
    built.fix_tag(entry);
  }
  FileSystemPtr open() const { return open_built(built); }

  fx::BuiltUdf built;
  std::uint64_t entry = 0;
};

Status read_status(const FileSystem& volume) {
  const auto text = read_file(volume, entry_at(volume, "f").node);
  return text ? Status::ok : text.error().status();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_content)

BOOST_DATA_TEST_CASE(descriptors_of_each_kind_are_read,
                     bdata::make({0, 1, 2}) * bdata::make({false, true}), kind, extended) {
  const OneFile file(50'000,
                     {.allocation = static_cast<fx::UdfAllocation>(kind), .piece_blocks = 3},
                     {.revision = 0x0201, .extended_entries = extended});
  BOOST_TEST(content_at(*file.open(), "f") == text_of(pattern(50'000)));
}

BOOST_DATA_TEST_CASE(descriptors_go_on_in_other_blocks, bdata::make({0, 1, 2}), kind) {
  const OneFile file(60'000,
                     {.allocation = static_cast<fx::UdfAllocation>(kind), .piece_blocks = 1},
                     {.max_descriptors = 4});
  const auto volume = file.open();
  BOOST_TEST(content_at(*volume, "f") == text_of(pattern(60'000)));
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(bytes_in_the_entry_are_read) {
  for (const bool extended : {false, true}) {
    const OneFile file(1500, {.allocation = fx::UdfAllocation::in_entry},
                       {.extended_entries = extended});
    BOOST_TEST(content_at(*file.open(), "f") == text_of(pattern(1500)));
  }
}

BOOST_AUTO_TEST_CASE(what_was_never_recorded_is_zeros) {
  for (const bool allocated : {false, true}) {
    fx::UdfBuilder builder;
    builder.add_file("f", fx::sparse_disk(40'000, {{5000, fx::ascii_bytes("here")}}),
                     {.sparse = true, .sparse_allocated = allocated});
    const auto built = builder.build();
    std::string expected(40'000, '\0');
    expected.replace(5000, 4, "here");
    const auto volume = open_built(built);
    BOOST_TEST(content_at(*volume, "f") == expected);
    BOOST_TEST(must(volume->stat(entry_at(*volume, "f").node)).allocated_size == 2048U);
  }
}

BOOST_AUTO_TEST_CASE(file_larger_than_four_gigabytes_is_read_at_both_ends) {
  const std::uint64_t size = (std::uint64_t{5} << 30) + 1234;
  const TempDir folder;
  const std::string path = folder.path() + "/large.udf";
  fx::UdfBuilder builder;
  builder.add_file("sources/install.wim",
                   fx::sparse_disk(size, {{0, fx::ascii_bytes("first")},
                                          {(std::uint64_t{1} << 32) - 2, fx::ascii_bytes("middle")},
                                          {size - 4, fx::ascii_bytes("last")}}));
  fx::FileSink sink(path);
  (void)builder.write(sink);
  sink.close();
  const auto volume = must(open_udf(must(open_file_source(path))));
  const auto source = must(volume->open(entry_at(*volume, "sources/install.wim").node, {}));
  BOOST_TEST(source->size() == size);
  std::array<char, 6> text{};
  const auto at = [&](std::uint64_t offset, std::size_t length) {
    BOOST_TEST(is_ok(source->read(offset, std::as_writable_bytes(std::span(text).first(length)))));
    return std::string(text.data(), length);
  };
  BOOST_TEST(at(0, 5) == "first");
  BOOST_TEST(at((std::uint64_t{1} << 32) - 2, 6) == "middle");
  BOOST_TEST(at(size - 4, 4) == "last");
}

BOOST_AUTO_TEST_CASE(file_longer_than_its_extents_keeps_its_size) {
  OneFile file(3000);
  file.set_u32(56, 9000);
  const auto volume = file.open();
  const auto source = must(volume->open(entry_at(*volume, "f").node, {}));
  BOOST_TEST(source->size() == 9000U);
  std::vector<std::byte> bytes(3000);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(is_status(source->read(3000, bytes), Status::corrupt));
  BOOST_TEST(mentions(finding(*volume, "udf-lost"), {"3000 of 9000"}));
  BOOST_TEST(content_at(*volume, "other") == "other");
}

BOOST_AUTO_TEST_CASE(file_shorter_than_its_extents_ends_with_its_size) {
  OneFile file(3000);
  file.set_u32(56, 100);
  BOOST_TEST(content_at(*file.open(), "f") == text_of(pattern(100)));
}

BOOST_AUTO_TEST_CASE(entry_that_holds_less_than_its_size_loses_the_rest) {
  OneFile file(100, {.allocation = fx::UdfAllocation::in_entry});
  file.set_u32(56, 5000);
  BOOST_TEST((read_status(*file.open()) == Status::corrupt));
}

BOOST_AUTO_TEST_CASE(size_without_bounds_is_no_reason_to_allocate) {
  OneFile file(3000);
  fx::put_u64(file.built.bytes, file.entry + 56, ~std::uint64_t{0});
  file.built.fix_tag(file.entry);
  const auto volume = file.open();
  const auto source = must(volume->open(entry_at(*volume, "f").node, {}));
  BOOST_TEST(source->size() == ~std::uint64_t{0});
  std::array<std::byte, 16> bytes{};
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(is_status(source->read(source->size() - 16, bytes), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(extent_behind_the_partition_is_lost) {
  OneFile file(3000);
  file.set_u32(entry_head + 4, 100'000);
  BOOST_TEST((read_status(*file.open()) == Status::corrupt));
  BOOST_TEST(content_at(*file.open(), "other") == "other");
}

BOOST_AUTO_TEST_CASE(extent_in_an_unknown_partition_is_lost) {
  OneFile file(3000, {.allocation = fx::UdfAllocation::long_descriptors});
  fx::put_u16(file.built.bytes, file.entry + entry_head + 8, 3);
  file.built.fix_tag(file.entry);
  BOOST_TEST((read_status(*file.open()) == Status::corrupt));
}

BOOST_AUTO_TEST_CASE(continuations_in_a_circle_end) {
  OneFile file(20'000, {.piece_blocks = 1}, {.max_descriptors = 2});
  // The last descriptor of the entry leads to a block whose own last one leads back to it.
  const std::uint32_t first = fx::get_u32(file.built.bytes, file.entry + entry_head + 12);
  const std::uint64_t at = file.built.partition + std::uint64_t{first} * 2048;
  fx::put_u32(file.built.bytes, at + 24 + 12, first);
  file.built.fix_tag(at);
  const auto volume = file.open();
  BOOST_TEST((read_status(*volume) == Status::corrupt));
  BOOST_TEST(mentions(finding(*volume, "udf-lost"), {"lead back to"}));
}

BOOST_AUTO_TEST_CASE(damaged_continuation_loses_what_it_names) {
  OneFile file(20'000, {.piece_blocks = 1}, {.max_descriptors = 2});
  const std::uint32_t first = fx::get_u32(file.built.bytes, file.entry + entry_head + 12);
  file.built.bytes[file.built.partition + std::uint64_t{first} * 2048 + 20] ^= std::byte{1};
  const auto volume = file.open();
  const auto source = must(volume->open(entry_at(*volume, "f").node, {}));
  std::vector<std::byte> bytes(2048);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(is_status(source->read(2048, bytes), Status::corrupt));
  BOOST_TEST(mentions(finding(*volume, "udf-lost"), {"continuation", "CRC"}));
}

BOOST_AUTO_TEST_CASE(extents_are_limited) {
  const OneFile file(20'000, {.piece_blocks = 1});
  Limits limits;
  limits.max_runs = 4;
  const auto volume = open_built(file.built, limits);
  BOOST_TEST((read_status(*volume) == Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(encoded_extent_is_refused) {
  OneFile file(2048, {.allocation = fx::UdfAllocation::extended});
  file.set_u32(entry_head + 4, 1000);  // its recorded length
  BOOST_TEST((read_status(*file.open()) == Status::unsupported));
}

BOOST_AUTO_TEST_CASE(last_entry_of_a_chain_counts) {
  const auto volume = open_built(udf_sample({.chained_entries = true}).build());
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(named_streams_are_found_without_regard_to_case) {
  fx::UdfBuilder builder({.revision = 0x0201, .extended_entries = true});
  builder.add_file(
      "f", "main",
      {.streams = {{u"Zone.Identifier", fx::ascii_bytes("internet")}, {u"second", pattern(5000)}}});
  builder.add_directory("d", {.streams = {{u"of a directory", fx::ascii_bytes("d")}}});
  const auto volume = open_built(builder.build());
  const NodeId file = entry_at(*volume, "f").node;
  const auto streams = must(volume->streams(file));
  BOOST_REQUIRE_EQUAL(streams.size(), 3U);
  BOOST_TEST((streams[0].name.empty() && streams[0].size == 4));
  BOOST_TEST((streams[1].name == u"Zone.Identifier" && streams[1].size == 8));
  BOOST_TEST((streams[2].name == u"second" && streams[2].size == 5000));
  BOOST_TEST(must(volume->open(file, u"ZONE.identifier"))->size() == 8U);
  BOOST_TEST(is_status(volume->open(file, u"third"), Status::not_found));
  BOOST_TEST(must(volume->streams(entry_at(*volume, "d").node)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(content_outlives_its_file_system) {
  SourcePtr source;
  {
    const auto volume = open_built(udf_sample().build());
    source = must(volume->open(entry_at(*volume, "boot/bcd").node, {}));
  }
  std::vector<std::byte> bytes(5000);
  BOOST_TEST(is_ok(source->read(0, bytes)));
  BOOST_TEST(text_of(bytes) == text_of(pattern(5000, 2)));
}

BOOST_AUTO_TEST_SUITE_END()
