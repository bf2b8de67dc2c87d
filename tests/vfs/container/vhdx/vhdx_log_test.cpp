// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/vfs/container/vhdx/vhdx_support.h"
#include "vfs/container/vhdx/log_replay.h"
#include "vfs/container/vhdx/overlay_source.h"
#include "vfs/container/vhdx/vhdx_file.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::ByteVector;
using fixture::DiskPiece;
using fixture::VhdxLogDamage;
using fixture::VhdxLogPlan;
using fixture::VhdxPlan;

constexpr std::uint64_t disk_size = 3 * mib;
constexpr std::size_t page = 4096;

/// The first block holds something, the others nothing.
fixture::DiskContent content() {
  return fixture::sparse_disk(disk_size, {{0, pattern(20 * page, 1)}});
}

/// Four writes: over old bytes, zeros over old bytes, further on, into a new block.
std::vector<DiskPiece> four_writes() {
  return {{2 * page, pattern(page, 10)},
          {5 * page, filled(page, 0)},
          {100 * page, pattern(page, 11)},
          {2 * mib, pattern(page, 12)}};
}

/// The disk after the first `count` writes.
ByteVector after(std::size_t count) {
  ByteVector disk = expected(content());
  for (const DiskPiece& piece : four_writes()) {
    if (count-- == 0) {
      break;
    }
    fixture::put_bytes(disk, piece.offset, piece.bytes);
  }
  return disk;
}

VhdxPlan dirty_plan(std::uint32_t entries = 1) {
  VhdxPlan plan = small_plan();
  plan.log = VhdxLogPlan{.writes = four_writes(), .entries = entries};
  return plan;
}

OpenedContainer open_plan(const VhdxPlan& plan) {
  return must(open_source(as_source(build_vhdx(content(), plan))));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhdx_log)

BOOST_DATA_TEST_CASE(replays_what_is_only_in_the_log, bdata::make({1U, 2U, 4U}), entries) {
  const auto opened = open_plan(dirty_plan(entries));
  BOOST_TEST((read_all(*opened.disk) == after(4)));
  BOOST_TEST(opened.detail == "dynamic, 3 MiB, 1 MiB blocks, " + std::to_string(entries) +
                                  (entries == 1 ? " log entry replayed" : " log entries replayed"));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_CASE(replays_a_block_table_that_is_only_in_the_log) {
  VhdxPlan plan = dirty_plan(3);
  plan.log->block_table = true;
  BOOST_TEST((read_all(*open_plan(plan).disk) == after(4)));
}

BOOST_AUTO_TEST_CASE(the_file_grows_to_what_the_log_needs) {
  VhdxPlan plan = dirty_plan(2);
  plan.log->unextended = true;
  const ByteVector image = build_vhdx(content(), plan);
  const auto opened = must(open_source(as_source(image)));
  BOOST_TEST((read_all(*opened.disk) == after(4)));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
  BOOST_TEST(must(VhdxFile::open(as_source(image), {})).replay.bytes->size() == image.size() + mib);
}

BOOST_AUTO_TEST_CASE(entries_go_around_the_end_of_the_log) {
  for (const std::uint32_t sectors_before_end : {1U, 2U, 4U}) {
    VhdxPlan plan = dirty_plan(2);
    plan.log->start = plan.log_size - sectors_before_end * 4096;
    const auto opened = open_plan(plan);
    BOOST_TEST((read_all(*opened.disk) == after(4)));
    BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
  }
}

BOOST_AUTO_TEST_CASE(entries_before_the_tail_and_older_runs_are_left_alone) {
  VhdxPlan plan = dirty_plan(2);
  plan.log->stale = {{7 * page, filled(page, 0xEE)}};
  for (const std::uint32_t start : {0U, plan.log_size - 12288}) {
    plan.log->start = start;
    BOOST_TEST((read_all(*open_plan(plan).disk) == after(4)));
  }
}

BOOST_AUTO_TEST_CASE(sequence_numbers_of_64_bits_count) {
  VhdxPlan plan = dirty_plan(3);
  plan.log->sequence = 0x11C00000FFFFFFFE;
  BOOST_TEST((read_all(*open_plan(plan).disk) == after(4)));
}

const std::array last_entry_damages = {VhdxLogDamage::checksum, VhdxLogDamage::sequence_gap,
                                       VhdxLogDamage::torn_sector, VhdxLogDamage::descriptor};

BOOST_AUTO_TEST_CASE(a_torn_last_entry_is_left_out) {
  for (const VhdxLogDamage damage : last_entry_damages) {
    VhdxPlan plan = dirty_plan(4);
    plan.log->damage = damage;
    BOOST_TEST((read_all(*open_plan(plan).disk) == after(3)));
  }
}

BOOST_AUTO_TEST_CASE(without_a_complete_sequence_the_file_is_read_as_it_is) {
  const std::array damages = {VhdxLogDamage::checksum, VhdxLogDamage::torn_sector,
                              VhdxLogDamage::descriptor, VhdxLogDamage::foreign_id,
                              VhdxLogDamage::tail_nowhere};
  for (const VhdxLogDamage damage : damages) {
    VhdxPlan plan = dirty_plan(1);
    plan.log->damage = damage;
    const auto opened = open_plan(plan);
    // The builder gives the only entry its own offset as tail, but for this damage.
    BOOST_TEST(has_finding(opened.diagnostics, "vhdx-log-not-replayed"));
    BOOST_TEST((opened.diagnostics.items()[0].severity == Severity::error));
    BOOST_TEST((read_all(*opened.disk) == after(0)));
  }
}

BOOST_AUTO_TEST_CASE(any_entry_can_tell_that_the_file_was_cut_off) {
  VhdxPlan plan = dirty_plan(4);
  plan.log->damage = VhdxLogDamage::cut_file;  // the first of four
  const auto opened = open_plan(plan);
  BOOST_TEST(has_finding(opened.diagnostics, "vhdx-truncated"));
  BOOST_TEST((read_all(*opened.disk) == after(4)));
}

BOOST_AUTO_TEST_CASE(a_log_that_is_cut_anywhere_gives_the_state_after_its_whole_entries) {
  VhdxPlan plan = dirty_plan(4);
  const ByteVector image = build_vhdx(content(), plan);
  const SourcePtr source = as_source(image);
  // Entries of one data sector (8192 bytes), one of zeros (4096), and two of 8192.
  const std::array<std::size_t, 4> ends = {8192, 12288, 20480, 28672};
  const std::array<ByteVector, 5> states = {after(0), after(1), after(2), after(3), after(4)};
  for (std::size_t cut = 0; cut <= 28672; cut += cut % page < 128 ? 32 : 992) {
    const auto torn = std::make_shared<PatchedSource>(source);
    torn->patch(fixture::vhdx_log + cut, filled(28672 - cut + page, 0xFF));
    const auto opened = must(open_source(torn));
    const auto whole = static_cast<std::size_t>(
        std::ranges::count_if(ends, [cut](std::size_t end) { return end <= cut; }));
    for (const DiskPiece& piece : four_writes()) {
      ByteVector out(page);
      must(opened.disk->read(piece.offset, out));
      BOOST_REQUIRE_MESSAGE(
          std::ranges::equal(out, std::span(states.at(whole)).subspan(piece.offset, page)),
          "cut at " << cut);
    }
    BOOST_TEST(has_finding(opened.diagnostics, "vhdx-log-not-replayed") == (whole == 0));
  }
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_of_an_entry_is_noticed) {
  const VhdxPlan plan = dirty_plan(1);
  const ByteVector image = build_vhdx(content(), plan);
  const SourcePtr source = as_source(image);
  for (std::size_t i = 0; i < 16384; i += i < 192 ? 3 : 211) {
    const auto flipped = std::make_shared<PatchedSource>(source);
    flipped->patch(fixture::vhdx_log + i, {image[fixture::vhdx_log + i] ^ std::byte{0x40}});
    const auto file = must(VhdxFile::open(flipped, {}));
    BOOST_REQUIRE(has_finding(file.diagnostics, "vhdx-log-not-replayed"));
  }
}

BOOST_AUTO_TEST_CASE(survives_flipped_bytes_with_right_checksums) {
  const VhdxPlan plan = dirty_plan(2);
  const ByteVector image = build_vhdx(content(), plan);
  const SourcePtr source = as_source(image);
  // The log's first entry alone is mended: 4 sectors of data behind one of descriptors.
  ByteVector head(image.begin(), image.begin() + mib + 32768);
  for (std::size_t at = fixture::vhdx_log; at < fixture::vhdx_log + 128; at += 2) {
    head[at] ^= std::byte{0xFF};
    fixture::fix_vhdx_checksums(head);
    const auto flipped = std::make_shared<PatchedSource>(source);
    flipped->patch(fixture::vhdx_log, {head.begin() + mib, head.end()});
    const auto opened = open_source(flipped);
    if (opened) {
      ByteVector out(2 * mib);
      (void)opened->disk->read(0, out);
    }
    head[at] ^= std::byte{0xFF};
  }
}

BOOST_AUTO_TEST_CASE(entries_that_overlap_without_end_are_given_up) {
  // Every sector of the log claims to begin an entry of the log's whole size.
  const ByteVector image = build_vhdx(content(), dirty_plan(1));
  const auto first = image.begin() + static_cast<std::ptrdiff_t>(fixture::vhdx_log);
  ByteVector sector(first, first + page);
  fixture::put_u32(sector, 8, 1U << 20);
  ByteVector log;
  for (std::size_t i = 0; i < 256; ++i) {
    fixture::append_bytes(log, sector);
  }
  const auto forged = std::make_shared<PatchedSource>(as_source(image));
  forged->patch(fixture::vhdx_log, log);
  const auto opened = must(open_source(forged));
  BOOST_TEST(mentions(all_findings(opened.diagnostics), {"vhdx-log-not-replayed", "overlap"}));
}

BOOST_AUTO_TEST_CASE(impossible_places_of_the_log_are_findings) {
  const VhdxPlan plan = dirty_plan(1);
  const ByteVector image = build_vhdx(content(), plan);
  const std::size_t header = fixture::vhdx_second_header;
  const std::array<std::pair<std::size_t, ByteVector>, 6> changes = {{
      {header + 64, {std::byte{1}}},   // log version
      {header + 68, filled(4, 0)},     // no bytes
      {header + 68, {std::byte{1}}},   // no whole MiB
      {header + 68, filled(4, 0xF0)},  // larger than the file and the limit
      {header + 72, filled(8, 0)},     // in the header section
      {header + 72, {std::byte{0}, std::byte{0}, std::byte{0xF0}}},  // past the end
  }};
  for (const auto& [offset, bytes] : changes) {
    const auto opened = must(open_source(as_source(with_bytes(image, offset, bytes))));
    BOOST_TEST(has_finding(opened.diagnostics, "vhdx-log-not-replayed"));
    BOOST_TEST((read_all(*opened.disk) == after(0)));
  }
  Limits limits;
  limits.max_table_size = mib - 1;
  const auto limited = must(open_source(as_source(image), limits));
  BOOST_TEST(mentions(all_findings(limited.diagnostics), {"1048576 bytes", "1048575"}));
}

BOOST_AUTO_TEST_CASE(a_read_beside_the_changes_stays_one_read) {
  const auto counted =
      std::make_shared<CountingSource>(as_source(build_vhdx(content(), dirty_plan(1))));
  const auto opened = must(open_source(counted));
  ByteVector out(page);
  const std::size_t before = counted->reads();
  must(opened.disk->read(10 * page, out));
  BOOST_TEST(counted->reads() == before + 1);
  must(opened.disk->read(2 * page, out));  // from the overlay alone
  BOOST_TEST(counted->reads() == before + 1);
}

BOOST_AUTO_TEST_CASE(later_changes_of_an_overlay_cover_earlier_ones) {
  // Against a plain array, with ranges that overlap in every way.
  ByteVector model = pattern(64, 3);
  const SourcePtr base = make_memory_source(model, "base");
  Overlay overlay;
  unsigned value = 7;
  for (int step = 0; step < 200; ++step) {
    value = value * 1664525U + 1013904223U;
    const std::size_t offset = (value >> 8) % 64;
    const std::size_t length = (value >> 16) % (65 - offset);
    if (step % 3 == 0) {
      overlay.write_zeros(offset, length);
      fixture::put_bytes(model, offset, filled(length, 0));
    } else {
      overlay.write(offset, pattern(length, value));
      fixture::put_bytes(model, offset, pattern(length, value));
    }
    const SourcePtr source = make_overlay_source(base, overlay, 0);
    BOOST_REQUIRE((read_all(*source) == model));
    for (std::size_t from = 0; from < 64; from += 5) {
      ByteVector out(64 - from);
      must(source->read(from, out));
      BOOST_REQUIRE(
          std::equal(out.begin(), out.end(), model.begin() + static_cast<std::ptrdiff_t>(from)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
