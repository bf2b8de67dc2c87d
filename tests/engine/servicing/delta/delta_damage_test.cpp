// SPDX-License-Identifier: Apache-2.0
// Deltas that are damaged, hostile, or of a kind that is not read.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/servicing/delta/delta.h"
#include "tests/engine/servicing/delta/delta_support.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"

namespace casement::test {
namespace {

/// One delta that is refused, and why.
struct Refusal {
  const char* name;
  void (*change)(fixture::DeltaOptions&);
  Status status;
  const char* says;
};
std::ostream& operator<<(std::ostream& out, const Refusal& row) {
  return out << row.name;
}

const std::vector<Refusal> refusals = {
    {"a delta of programs", [](fixture::DeltaOptions& o) { o.file_type = 8; }, Status::unsupported,
     "programs"},
    {"relative calls that were changed", [](fixture::DeltaOptions& o) { o.flags = 1; },
     Status::unsupported, "0x1 "},
    {"a flag that nobody knows", [](fixture::DeltaOptions& o) { o.flags |= 1ULL << 40U; },
     Status::unsupported, "0x10000000000 "},
    {"a hash that nobody knows",
     [](fixture::DeltaOptions& o) {
       o.hash_algorithm = 0x8001;
       o.target_hash = noise(16);
     },
     Status::unsupported, "0x8001"},
    {"a source that is to be rewritten", [](fixture::DeltaOptions& o) { o.preparation = noise(3); },
     Status::unsupported, "rewritten"},
    {"moved parts of the source", [](fixture::DeltaOptions& o) { o.has_rift_table = true; },
     Status::unsupported, "rift table"},
    {"a larger target", [](fixture::DeltaOptions& o) { o.target_size = 1000; }, Status::truncated,
     "literals and matches"},
    {"a smaller target", [](fixture::DeltaOptions& o) { o.target_size = 60; }, Status::corrupt,
     "of 60 bytes"},
};

/// What decoding gives, or an error: never anything else, and never more than was said.
void survive(const std::vector<std::byte>& delta) {
  const auto header = read_delta_header(delta);
  const auto target = apply_delta(delta, bytes_of(base_xml), test_limit);
  if (target) {
    BOOST_REQUIRE(header);
    BOOST_REQUIRE(target->size() == header->target_size);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(damaged_deltas)

BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(refusals), row) {
  fixture::DeltaOptions options;
  row.change(options);
  const auto target = apply_delta(small_delta(options), bytes_of(base_xml), test_limit);
  BOOST_TEST(is_status(target, row.status));
  BOOST_TEST(mentions(target.error().message(), {row.says}));
}

BOOST_AUTO_TEST_CASE(what_is_another_form_of_delta_is_said) {
  for (const char* const signature : {"PA19", "PA31"}) {
    auto delta = small_delta();
    std::ranges::copy(bytes_of(signature), delta.begin());
    const auto header = read_delta_header(delta);
    BOOST_TEST(is_status(header, Status::unsupported));
    BOOST_TEST(mentions(header.error().message(), {signature}));
  }
  for (const char* const other : {"", "PA3", "DCM\1", "PA32............"}) {
    BOOST_TEST(is_status(read_delta_header(bytes_of(other)), Status::bad_format));
    BOOST_TEST(is_status(apply_delta(bytes_of(other), {}, 0), Status::bad_format));
  }
}

BOOST_AUTO_TEST_CASE(a_delta_that_is_cut_off_anywhere_is_refused) {
  fixture::DeltaOptions options;
  options.blocks = {{.start = 0, .lengths = uneven_lengths(40)}, {.start = 300}};
  for (const auto& delta : {small_delta(), small_delta(options)}) {
    for (std::size_t size = 0; size < delta.size(); ++size) {
      const auto target = apply_delta(prefix(delta, size), bytes_of(base_xml), test_limit);
      BOOST_REQUIRE(is_status(target, size < 4 ? Status::bad_format : Status::truncated));
    }
  }
}

// Whole bytes are missing at the end of the patch, and its buffer says so.
BOOST_AUTO_TEST_CASE(a_patch_that_is_cut_off_anywhere_is_refused) {
  fixture::DeltaOptions options;
  options.blocks = {{.start = 0, .lengths = uneven_lengths(40)}, {.start = 300}};
  const auto tokens = fixture::delta_tokens(bytes_of(base_xml), bytes_of(target_xml));
  const auto patch = fixture::build_patch(tokens, base_xml.size(), options);
  for (std::size_t size = 0; size < patch.size(); ++size) {
    const auto delta = fixture::build_delta(prefix(patch, size), target_xml.size());
    BOOST_REQUIRE(!apply_delta(delta, bytes_of(base_xml), test_limit));
  }
}

BOOST_AUTO_TEST_CASE(flipped_bits_do_no_harm) {
  fixture::DeltaOptions options;
  options.blocks = {{.start = 0, .lengths = uneven_lengths(40)}, {.start = 300}};
  for (const auto& whole : {small_delta(), small_delta(options)}) {
    auto delta = whole;
    for (std::byte& byte : delta) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        byte ^= std::byte{1} << bit;
        survive(delta);
        byte ^= std::byte{1} << bit;
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(noise_does_no_harm) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const auto patch = noise(60, seed);
    survive(fixture::build_delta(patch, 5000));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
