// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/verify_run.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <new>
#include <thread>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/verify_support.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::BuiltWim;
using fixture::WimBuilder;
using fixture::WimOptions;
using test::hash_of;
using test::mentions;
using test::must;
using test::open_wim;
using test::RawBytes;
using test::verified;
using test::verify_builder;
using test::verify_layouts;
using Layout = test::VerifyLayout;
using enum fixture::WimCompression;

const std::string& small = test::verify_contents().small;
const std::string& large = test::verify_contents().large;
const std::string& other = test::verify_contents().other;

BOOST_AUTO_TEST_SUITE(verify_run)

BOOST_AUTO_TEST_CASE(no_byte_is_decoded_twice_whatever_the_table_says) {
  // A thousand rows for the bytes of one blob: with its hash, with another, and overlapping it.
  const auto edit = [](RawBytes& table) {
    std::size_t row = 0;
    while (fixture::get_wim_resource(table, row).size != large.size()) {
      row += 50;
    }
    const RawBytes model(table.begin() + static_cast<std::ptrdiff_t>(row),
                         table.begin() + static_cast<std::ptrdiff_t>(row + 50));
    for (std::uint32_t i = 0; i < 1000; ++i) {
      const std::size_t at = table.size();
      table.insert(table.end(), model.begin(), model.end());
      if (i % 3 != 0) {
        fixture::put_u32(table, at + 30, i);
      }
      if (i % 3 == 2) {
        auto place = fixture::get_wim_resource(table, at);
        place.offset += i;
        fixture::put_wim_resource(table, at, place);
      }
    }
  };
  const WimFilePtr file =
      open_wim(verify_builder({.compression = lzx, .edit_blob_table = edit}).build());
  std::uint64_t last = 0;
  VerifyOptions options{.threads = 2, .progress = [&](const VerifyProgress& progress) {
                          last = progress.total;
                          return true;
                        }};
  const VerifyReport report = must(verify(file, options));
  BOOST_TEST(report.bytes < 2 * (small.size() + large.size() + other.size()));
  BOOST_TEST(last == report.bytes);
  std::size_t others = 0;
  std::size_t overlaps = 0;
  for (const DamagedBlob& blob : report.damaged_blobs) {
    others += blob.found == hash_of(large) ? 1 : 0;
    overlaps += blob.error.message().find("overlaps") != std::string::npos ? 1 : 0;
  }
  BOOST_TEST(others == 333U);
  BOOST_TEST(overlaps == 333U);
}

BOOST_AUTO_TEST_CASE(blobs_that_overlap_in_a_solid_resource_are_damaged) {
  auto built = verify_builder({.compression = lzx, .solid = fixture::WimSolid{}}).build_mapped();
  auto place = built.blob(large).resource;
  place.offset += 1;
  place.size_in_wim -= 1;
  built.set_resource(hash_of("main"), place);
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_REQUIRE_EQUAL(report.damaged_blobs.size(), 1U);
  BOOST_TEST((report.damaged_blobs[0].expected == hash_of("main")));
  BOOST_TEST(mentions(report.damaged_blobs[0].error.message(), {"overlaps"}));
}

/// Cannot be read from `bad` to `bad` + 512.
class BadSector final : public ByteSource {
 public:
  BadSector(RawBytes bytes, std::uint64_t bad) : bytes_(std::move(bytes)), bad_(bad) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return "bad.wim"; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (offset < bad_ + 512 && bad_ < offset + out.size()) {
      return fail(Status::io_failed, "bad.wim: bad sector");
    }
    std::ranges::copy(Bytes(bytes_).subspan(offset, out.size()), out.begin());
    return {};
  }
  RawBytes bytes_;
  std::uint64_t bad_;
};

BOOST_DATA_TEST_CASE(a_bad_sector_does_not_hide_its_neighbours,
                     boost::unit_test::data::make(verify_layouts()), layout) {
  WimOptions options = layout.options;
  options.integrity_table = true;
  options.integrity_chunk_size = 100'000;
  const BuiltWim built = verify_builder(options).build_mapped();
  const auto& victim = layout.options.solid ? built.solids[0].resource : built.blob(small).resource;
  const auto folder = std::make_shared<test::MemoryFolder>(test::MemoryFolder::Files());
  const WimFilePtr file =
      must(WimFile::open({.source = std::make_shared<BadSector>(
                              built.bytes(), victim.offset + victim.size_in_wim - 600),
                          .name = "bad.wim",
                          .folder = folder},
                         {}));
  const VerifyReport report = verified(file);
  BOOST_TEST(report.damaged_blobs.size() >= 1U);
  if (!layout.options.solid) {
    BOOST_TEST(report.damaged_blobs.size() <= 2U);
    BOOST_TEST(mentions(report.damaged_blobs[0].error.message(), {"bad sector"}));
  } else {
    // One chunk; the large ones hold nearly everything.
    BOOST_TEST((layout.options.solid->chunk_size > 32768 || report.damaged_blobs.size() < 44U));
  }
  BOOST_TEST(report.damaged_chunks.size() >= 1U);
  BOOST_TEST(report.damaged_chunks.size() <= 2U);
}

BOOST_AUTO_TEST_CASE(stops_when_it_is_told_to) {
  const WimFilePtr file = open_wim(verify_builder({.compression = lzx}).build());
  VerifyOptions options{.threads = 2, .progress = [](const VerifyProgress&) { return false; }};
  // It may be done before it is asked for the first time; the last call tells, too.
  const VerifyReport report = must(verify(file, options));
  BOOST_TEST(report.stopped);
  BOOST_TEST(!report.good());
}

/// Takes its time, or has no memory.
class TroubledSource final : public ByteSource {
 public:
  TroubledSource(RawBytes bytes, std::uint64_t from, bool no_memory)
      : bytes_(std::move(bytes)), from_(from), no_memory_(no_memory) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return "troubled.wim"; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (offset + out.size() > from_ && offset < bytes_.size() - 10'000) {
      if (no_memory_) {
        throw std::bad_alloc();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
    }
    std::ranges::copy(Bytes(bytes_).subspan(offset, out.size()), out.begin());
    return {};
  }
  RawBytes bytes_;
  std::uint64_t from_;
  bool no_memory_;
};

WimFilePtr open_troubled(RawBytes bytes, std::uint64_t from, bool no_memory) {
  return must(
      WimFile::open({.source = std::make_shared<TroubledSource>(std::move(bytes), from, no_memory),
                     .name = "troubled.wim",
                     .folder = std::make_shared<test::MemoryFolder>(test::MemoryFolder::Files())},
                    {}));
}

BOOST_AUTO_TEST_CASE(ends_at_once_when_it_is_told_to_while_pieces_wait) {
  for (const Layout& layout : {verify_layouts()[0], verify_layouts()[6]}) {
    WimBuilder builder(layout.options);
    for (unsigned i = 0; i < 3; ++i) {
      builder.file("\\" + std::to_string(i), test::noise_of_size(1'700'000, i + 1));
    }
    const WimFilePtr file = open_troubled(builder.build(), 0, false);
    VerifyProgress last;
    VerifyOptions options{.threads = 2, .progress = [&](const VerifyProgress& progress) {
                            last = progress;
                            return false;
                          }};
    BOOST_TEST(must(verify(file, options)).stopped);
    BOOST_TEST(last.done < last.total);
  }
}

BOOST_AUTO_TEST_CASE(lack_of_memory_in_a_thread_is_thrown_in_the_callers) {
  const BuiltWim built = verify_builder({.compression = lzx}).build_mapped();
  const WimFilePtr file =
      open_troubled(built.bytes(), built.blob(other).resource.offset + 1000, true);
  BOOST_CHECK_THROW((void)verified(file), std::bad_alloc);
}

BOOST_AUTO_TEST_CASE(progress_is_told_in_one_thread_and_ends_with_all) {
  const WimFilePtr file =
      open_wim(verify_builder({.compression = lzx, .integrity_table = true}).build());
  const auto caller = std::this_thread::get_id();
  VerifyProgress last;
  bool same_thread = true;
  VerifyOptions options{.threads = 3, .progress = [&](const VerifyProgress& progress) {
                          same_thread = same_thread && std::this_thread::get_id() == caller &&
                                        progress.done >= last.done;
                          last = progress;
                          return true;
                        }};
  const VerifyReport report = must(verify(file, options));
  BOOST_TEST(same_thread);
  BOOST_TEST(last.done == last.total);
  BOOST_TEST(last.total > report.bytes);  // and the bytes under the integrity table
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
