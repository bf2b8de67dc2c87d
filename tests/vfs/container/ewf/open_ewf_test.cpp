// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/ewf/open_ewf.h"

#include <algorithm>
#include <atomic>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <thread>

#include "tests/vfs/container/ewf/ewf_support.h"
#include "vfs/source/extent_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

using std::string_literals::operator""s;

const std::array forms{fx::EwfForm::encase6, fx::EwfForm::encase5, fx::EwfForm::encase1,
                       fx::EwfForm::smart};
const std::array packings{fx::EwfPacking::plain, fx::EwfPacking::compressed, fx::EwfPacking::mixed};

ByteVector to_bytes(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// `built` with its hole: one segment of gigabytes.
SourcePtr with_hole(const fx::BuiltEwf& built, std::uint64_t hole) {
  const ByteVector& bytes = built.segments.front();
  const SourcePtr source = make_memory_source(bytes, "image.E01");
  return must(make_extent_source({{built.hole_offset, source, 0},
                                  {hole, nullptr, 0},
                                  {bytes.size() - built.hole_offset, source, built.hole_offset}},
                                 "image.E01"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf)

BOOST_DATA_TEST_CASE(reads_every_form_and_packing,
                     bdata::make({0, 1, 2, 3}) * bdata::make({0, 1, 2}), form, packing) {
  fx::EwfOptions options;
  options.form = forms.at(static_cast<std::size_t>(form));
  options.packing = packings.at(static_cast<std::size_t>(packing));
  options.chunks_per_table = 3;
  options.chunks_per_segment = 7;
  const ByteVector disk = small_disk();
  const bool smart = options.form == fx::EwfForm::smart;
  for (const bool pad : {false, true}) {
    for (const bool without_sizes : {false, true}) {
      options.pad_last_chunk = pad;
      options.without_sizes = without_sizes;
      const EwfFolder folder(fx::build_ewf(options, disk), options);
      const auto opened = must(folder.open(smart ? "image.s01" : "image.E01"));
      BOOST_TEST(opened.format == "ewf");
      BOOST_TEST(opened.detail ==
                 (smart ? "SMART"s : "E01"s) + ", 10752 bytes, 1 KiB chunks, 2 segments");
      BOOST_TEST(*opened.sector_size == 512U);
      BOOST_TEST(opened.other_files == std::vector<std::string>{smart ? "image.s02" : "image.E02"});
      BOOST_TEST(opened.diagnostics.empty());
      check_disk(*opened.disk, disk);
    }
  }
}

BOOST_AUTO_TEST_CASE(any_segment_may_be_named) {
  const EwfFolder folder(fx::build_ewf(in_segments(), small_disk()));
  const auto opened = must(folder.open("image.E03"));
  BOOST_TEST(has_finding(opened, "ewf-not-first"));
  BOOST_TEST((opened.other_files == std::vector<std::string>{"image.E01", "image.E02"}));
  check_disk(*opened.disk, small_disk());
}

BOOST_AUTO_TEST_CASE(segments_beyond_99_have_letters) {
  fx::EwfOptions options;
  options.chunks_per_segment = 1;
  const ByteVector disk = pattern(130 * 1024, 3);
  const auto built = fx::build_ewf(options, disk);
  BOOST_REQUIRE_EQUAL(built.segments.size(), 130U);
  MemoryFolder::Files files;
  for (std::size_t i = 0; i < built.segments.size(); ++i) {
    std::string name = fx::ewf_segment_name("image", options, i);
    if (i >= 99) {
      name = "image.E" + std::string(1, static_cast<char>('A' + (i - 99) / 26)) +
             static_cast<char>('A' + (i - 99) % 26);
    }
    files.emplace(name, built.segments[i]);
  }
  const EwfFolder folder(files);
  const auto opened = must(folder.open());
  BOOST_TEST(opened.other_files.back() == "image.EBE");
  BOOST_TEST(opened.diagnostics.empty());
  check_disk(*opened.disk, disk);
  check_disk(*must(folder.open("image.EBE")).disk, disk);
  Limits limits;
  limits.max_segments = 130;
  BOOST_TEST(is_ok(EwfFolder(files, limits).open()));
  limits.max_segments = 129;
  BOOST_TEST(is_status(EwfFolder(files, limits).open(), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(one_segment_may_have_any_name) {
  const ByteVector image = fx::build_ewf({}, small_disk()).segments.front();
  const EwfFolder folder(MemoryFolder::Files{{"evidence", image}, {"other.E05", image}});
  for (const char* name : {"evidence", "other.E05"}) {
    const auto opened = must(folder.open(name));
    BOOST_TEST(opened.diagnostics.empty());
    check_disk(*opened.disk, small_disk());
  }
}

BOOST_AUTO_TEST_CASE(an_image_lies_inside_of_another_image) {
  // The outer disk is the inner image, made up to whole sectors.
  const auto inner = fx::build_ewf({}, small_disk());
  ByteVector outer = inner.segments.front();
  outer.resize((outer.size() + 511) / 512 * 512);
  const EwfFolder folder(fx::build_ewf({.chunks_per_segment = 5}, outer));
  const auto opened = must(folder.open());
  const ContainerFile file{opened.disk, "inner.E01", folder.folder, 1};
  const auto twice = must(folder.opener.open(file));
  check_disk(*twice.disk, small_disk());
}

BOOST_AUTO_TEST_CASE(sectors_may_have_other_sizes) {
  const ByteVector disk = pattern(5 * 2048, 8);
  const auto optical = must(
      EwfFolder(fx::build_ewf({.bytes_per_sector = 2048, .sectors_per_chunk = 3}, disk)).open());
  BOOST_TEST(*optical.sector_size == 2048U);
  check_disk(*optical.disk, disk);
  const ByteVector audio_disk = pattern(4 * 2352, 8);
  const auto audio =
      must(EwfFolder(fx::build_ewf({.bytes_per_sector = 2352, .sectors_per_chunk = 1}, audio_disk))
               .open());
  BOOST_TEST(!audio.sector_size);
  check_disk(*audio.disk, audio_disk);
}

BOOST_AUTO_TEST_CASE(encase_6_has_base_offsets_beyond_4_gib) {
  // The first table's chunks lie before the hole, those of the second behind it.
  constexpr std::uint64_t hole = std::uint64_t{5} << 30;
  fx::EwfOptions options;
  options.packing = fx::EwfPacking::compressed;
  options.chunks_per_table = 4;
  options.hole = hole;
  options.hole_before = 3;
  const EwfFolder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open(
      {with_hole(fx::build_ewf(options, small_disk()), hole), "image.E01", folder.folder, 1}));
  // Chunk 3 is more than 31 bits away from its base, and cannot be written down.
  std::array<std::byte, 1024> chunk{};
  BOOST_TEST(!is_ok(opened.disk->read(3 * 1024, chunk)));
  const ByteVector disk = small_disk();
  BOOST_TEST((read_range(*opened.disk, 0, 3 * 1024) == prefix(disk, 3 * 1024)));
  BOOST_TEST((read_range(*opened.disk, 4 * 1024, disk.size() - 4 * 1024) ==
              ByteVector(disk.begin() + 4 * 1024, disk.end())));
}

BOOST_AUTO_TEST_CASE(encase_6_7_1_went_past_2_gib_with_32_bit_offsets) {
  for (const std::uint64_t before : {1300U, 5000U, 9000U}) {
    fx::EwfOptions options;
    options.form = fx::EwfForm::encase5;
    options.packing = fx::EwfPacking::plain;
    options.hole = (std::uint64_t{1} << 31) - before;
    const EwfFolder folder(MemoryFolder::Files{});
    const auto opened =
        must(folder.opener.open({with_hole(fx::build_ewf(options, small_disk()), options.hole),
                                 "image.E01", folder.folder, 1}));
    BOOST_TEST(opened.diagnostics.empty());
    check_disk(*opened.disk, small_disk());
  }
}

BOOST_AUTO_TEST_CASE(cached_parts_and_whole_chunks_cost_what_they_must) {
  const auto built = fx::build_ewf({.packing = fx::EwfPacking::compressed}, small_disk());
  const auto counted =
      std::make_shared<CountingSource>(make_memory_source(built.segments.front(), "image.E01"));
  const EwfFolder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open({counted, "image.E01", folder.folder, 1}));
  std::array<std::byte, 3072> bytes{};
  std::size_t before = counted->reads();
  must(opened.disk->read(100, std::span(bytes).first(10)));
  BOOST_TEST(counted->reads() - before == 1U);
  must(opened.disk->read(900, std::span(bytes).first(100)));
  BOOST_TEST(counted->reads() - before == 1U);
  before = counted->reads();
  must(opened.disk->read(1024, bytes));  // three whole chunks, past the cache
  BOOST_TEST(counted->reads() - before == 3U);
  must(opened.disk->read(1024, std::span(bytes).first(10)));
  BOOST_TEST(counted->reads() - before == 4U);
}

BOOST_AUTO_TEST_CASE(threads_may_read_at_the_same_time) {
  // More segments than are kept open.
  const fx::EwfOptions options{.chunks_per_segment = 2};
  const ByteVector disk = pattern(140 * 1024, 6);
  Limits limits;
  limits.max_cache_size = 16'384;
  const EwfFolder folder(files_of(fx::build_ewf(options, disk), options), limits);
  const auto opened = must(folder.open());
  BOOST_TEST(opened.other_files.size() == 69U);
  std::atomic<std::size_t> wrong = 0;
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < 4; ++number) {
    threads.emplace_back([&, number] {
      ByteVector part(5000);
      for (std::size_t i = 0; i < 300; ++i) {
        const std::size_t offset = (i * 40'961 + number * 777) % (disk.size() - part.size());
        const bool same = opened.disk->read(offset, part).has_value() &&
                          std::equal(part.begin(), part.end(),
                                     disk.begin() + static_cast<std::ptrdiff_t>(offset));
        wrong += same ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(kinds_that_are_not_read_are_refused_with_the_reason) {
  const EwfFolder folder({{"a.L01", to_bytes("LVF\x09\x0D\x0A\xFF\x00\x01"s)},
                          {"a.Ex01", to_bytes("EVF2\x0D\x0A\x81\x00\x02"s)},
                          {"a.Lx01", to_bytes("LEF2\x0D\x0A\x81\x00\x02"s)},
                          {"a.E01", to_bytes("ADCRYPT\x00\x01"s)}});
  const auto refused = [&](const char* name, const char* word) {
    const auto opened = folder.open(name);
    BOOST_TEST(is_status(opened, Status::unsupported), name);
    BOOST_TEST(mentions(opened.error().message(), {word}));
  };
  refused("a.L01", "logical evidence");
  refused("a.Ex01", "version 2");
  refused("a.Lx01", "logical evidence");
  refused("a.E01", "AD encryption");
}

BOOST_AUTO_TEST_CASE(other_files_are_not_ours) {
  const EwfFolder folder(
      {{"a", {}}, {"b", to_bytes("EVF\x09\x0D\x0A\xFF"s)}, {"c", pattern(99, 1)}});
  for (const char* name : {"a", "b", "c"}) {
    const auto source = must(folder.folder->find(name));
    const ContainerFile file{source, name, folder.folder, 1};
    BOOST_TEST(!must(probe_ewf(file)));
    BOOST_TEST(is_status(open_ewf(file, folder.opener.context()), Status::bad_format));
  }
}

BOOST_AUTO_TEST_SUITE_END()
