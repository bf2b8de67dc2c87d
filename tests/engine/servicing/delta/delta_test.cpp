// SPDX-License-Identifier: Apache-2.0
// Deltas: headers, every kind of match, hashes, and what is refused with a reason.
#include "engine/servicing/delta/delta.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

#include "tests/engine/servicing/delta/delta_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/digest.h"

namespace casement::test {
namespace {

using fixture::DeltaToken;

DeltaToken literal(char value) {
  return {.kind = DeltaToken::Kind::literal, .value = value};
}
DeltaToken back(std::int64_t distance, std::uint64_t length) {
  return {.kind = DeltaToken::Kind::distance, .value = distance, .length = length};
}
DeltaToken recent(std::int64_t index, std::uint64_t length) {
  return {.kind = DeltaToken::Kind::recent, .value = index, .length = length};
}
DeltaToken here(std::uint64_t length) {
  return {.kind = DeltaToken::Kind::source_here, .length = length};
}
DeltaToken beside(std::int64_t back_by, std::uint64_t length) {
  return {.kind = DeltaToken::Kind::source_beside, .value = back_by, .length = length};
}

/// What the tokens mean, byte by byte: nothing of the decoder is used.
struct Meaning {
  std::vector<std::byte> all;
  std::size_t source_size;
  std::vector<std::uint64_t> recent = {0, 0, 0};

  void use(std::uint64_t distance, std::uint64_t length) {
    std::erase(recent, distance);
    recent.insert(recent.begin(), distance);
    recent.resize(3);
    for (std::uint64_t i = 0; i < length; ++i) {
      all.push_back(all.at(all.size() - distance));
    }
  }
  void add(const DeltaToken& token) {
    switch (token.kind) {
      case DeltaToken::Kind::literal:
        all.push_back(static_cast<std::byte>(token.value));
        break;
      case DeltaToken::Kind::distance:
        use(static_cast<std::uint64_t>(token.value), token.length);
        break;
      case DeltaToken::Kind::recent:
        use(recent.at(static_cast<std::size_t>(token.value)), token.length);
        break;
      case DeltaToken::Kind::source_here:
        use(source_size, token.length);
        break;
      case DeltaToken::Kind::source_beside:
        use(source_size + static_cast<std::uint64_t>(token.value), token.length);
        break;
    }
  }
  std::vector<std::byte> target() const {
    return {all.begin() + static_cast<std::ptrdiff_t>(source_size), all.end()};
  }
};

void check_tokens(const std::vector<std::byte>& source, const std::vector<DeltaToken>& tokens) {
  Meaning meaning{.all = source, .source_size = source.size()};
  for (const DeltaToken& token : tokens) {
    meaning.add(token);
  }
  const auto target = meaning.target();
  const auto patch = fixture::build_patch(tokens, source.size());
  const auto delta = fixture::build_delta(patch, target.size());
  BOOST_TEST((must(apply_delta(delta, source, target.size())) == target));
}

Status status_of(const std::vector<DeltaToken>& tokens, std::size_t source_size,
                 std::uint64_t target_size) {
  const auto delta = fixture::build_delta(fixture::build_patch(tokens, source_size), target_size);
  const auto target = apply_delta(delta, noise(source_size), test_limit);
  return target ? Status::ok : target.error().status();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deltas)

BOOST_AUTO_TEST_CASE(a_header_says_what_the_maker_said) {
  fixture::DeltaOptions options;
  options.target_time = 0x0123'4567'89AB'CDEF;
  options.file_type_set = 0xF;
  options.file_type = 8;
  options.flags = 0xE63E;
  options.target_size = std::uint64_t{1} << 63U;
  options.hash_algorithm = 0x800C;
  options.target_hash = noise(32);
  const DeltaHeader header = must(read_delta_header(small_delta(options)));
  BOOST_TEST(header.target_time.ticks == options.target_time);
  BOOST_TEST(header.file_type_set == 0xFU);
  BOOST_TEST(header.file_type == 8U);
  BOOST_TEST(header.flags == 0xE63EU);
  BOOST_TEST(header.target_size == *options.target_size);
  BOOST_TEST(header.hash_algorithm == 0x800CU);
  BOOST_TEST((header.target_hash == options.target_hash));
}

BOOST_AUTO_TEST_CASE(a_target_is_made_from_source_and_delta) {
  BOOST_TEST((must(apply_delta(small_delta(), bytes_of(base_xml), test_limit)) ==
              to_vector(bytes_of(target_xml))));
}

BOOST_AUTO_TEST_CASE(a_delta_may_have_no_source_and_no_target) {
  const auto target = to_vector(bytes_of("no source, no source, no source"));
  BOOST_TEST((must(apply_delta(fixture::build_delta_between({}, target), {}, 31)) == target));
  BOOST_TEST(must(apply_delta(fixture::build_delta_between(target, {}), target, 0)).empty());
}

BOOST_AUTO_TEST_CASE(every_distance_can_be_told) {
  const auto source = noise(500'000);
  std::vector<DeltaToken> tokens;
  for (std::int64_t distance = 1; distance <= 40; ++distance) {
    tokens.push_back(back(distance, 3));
  }
  for (std::int64_t power = 64; power <= 262'144; power *= 2) {
    tokens.push_back(back(power - 1, 2));
    tokens.push_back(back(power, 8));
    tokens.push_back(back(power + power / 2, 9));
  }
  check_tokens(source, tokens);
}

BOOST_AUTO_TEST_CASE(every_length_can_be_told) {
  std::vector<DeltaToken> tokens;
  for (std::uint64_t length = 2; length <= 600; ++length) {
    tokens.push_back(back(7, length));
  }
  for (const std::uint64_t length : {1'000U, 4'095U, 4'104U, 65'544U, 70'000U}) {
    tokens.push_back(back(100, length));
  }
  check_tokens(noise(200), tokens);
}

BOOST_AUTO_TEST_CASE(the_source_can_be_copied_from_here_and_from_beside) {
  const auto source = noise(400'000);
  // Behind this no match begins before the source.
  std::vector<DeltaToken> tokens = {here(0x2A000)};
  for (const std::int64_t by : {1, 5, 0x1FFF, 0x2000, 0x9FFF, 0xA000, 0x29FFF, -1, -0x2000, -0x2001,
                                -0xA000, -0xA001, -0x2A000}) {
    tokens.push_back(beside(by, 20));
  }
  check_tokens(source, tokens);
}

BOOST_AUTO_TEST_CASE(the_last_three_distances_are_kept_each_once) {
  const auto source = noise(500);
  check_tokens(source, {back(10, 2), back(20, 2), back(30, 2), recent(2, 2), recent(2, 2),
                        recent(1, 2), recent(0, 2)});
  // One that is told again moves, and does not push out the oldest one.
  check_tokens(source, {back(10, 2), back(20, 2), back(30, 2), back(20, 2), recent(2, 3)});
  check_tokens(source, {back(10, 2), here(2), back(30, 2), here(2), recent(2, 3), recent(1, 4)});
  // Literals change nothing.
  check_tokens(source, {back(10, 2), literal('x'), recent(0, 9)});
}

BOOST_AUTO_TEST_CASE(a_match_may_begin_in_the_source_and_end_in_the_target) {
  check_tokens(noise(10), {back(4, 3), literal('a'), back(8, 30)});
  check_tokens(noise(3), {here(40)});
  check_tokens(noise(3), {back(1, 40)});
}

BOOST_AUTO_TEST_CASE(matches_out_of_range_are_refused) {
  BOOST_TEST(status_of({back(10, 4)}, 10, 4) == Status::ok);
  BOOST_TEST(status_of({back(11, 4)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({back(0xFFFF'FFFF, 4)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({here(4)}, 0, 4) == Status::corrupt);
  BOOST_TEST(status_of({beside(-10, 4)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({beside(-11, 4)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({beside(1, 4)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({here(5)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({here(0xFFFF'FFFF)}, 10, 4) == Status::corrupt);
  BOOST_TEST(status_of({recent(0, 2)}, 10, 2) == Status::corrupt);
  BOOST_TEST(status_of({back(2, 2), recent(1, 2)}, 10, 4) == Status::corrupt);
}

BOOST_AUTO_TEST_CASE(a_patch_of_too_few_symbols_is_truncated) {
  BOOST_TEST(status_of({literal('a'), literal('b')}, 10, 200) == Status::truncated);
}

BOOST_AUTO_TEST_CASE(the_hash_of_the_target_is_compared) {
  struct Known {
    DigestKind kind;
    std::uint64_t algorithm;
  };
  for (const Known known : {Known{DigestKind::md5, 0x8003}, Known{DigestKind::sha1, 0x8004},
                            Known{DigestKind::sha256, 0x800C}}) {
    Digest digest(known.kind);
    digest.update(bytes_of(target_xml));
    fixture::DeltaOptions options;
    options.hash_algorithm = known.algorithm;
    options.target_hash = digest.finish();
    BOOST_TEST(is_ok(apply_delta(small_delta(options), bytes_of(base_xml), test_limit)));
    std::string other(base_xml);
    other[8] = 'V';  // within what is copied
    const auto wrong = apply_delta(small_delta(options), bytes_of(other), test_limit);
    BOOST_TEST(is_status(wrong, Status::corrupt));
    BOOST_TEST(mentions(wrong.error().message(), {"the hash", "source"}));
    options.target_hash.pop_back();
    BOOST_TEST(is_status(apply_delta(small_delta(options), bytes_of(base_xml), test_limit),
                         Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_target_as_large_as_allowed_is_made_and_no_larger_one) {
  const std::uint64_t size = target_xml.size();
  BOOST_TEST(is_ok(apply_delta(small_delta(), bytes_of(base_xml), size)));
  BOOST_TEST(
      is_status(apply_delta(small_delta(), bytes_of(base_xml), size - 1), Status::limit_exceeded));
  for (const std::uint64_t huge : {std::uint64_t{1} << 62U, (std::uint64_t{1} << 63U) - 1,
                                   std::numeric_limits<std::uint64_t>::max()}) {
    fixture::DeltaOptions options;
    options.target_size = huge;
    BOOST_TEST(is_status(apply_delta(small_delta(options), bytes_of(base_xml), test_limit),
                         Status::limit_exceeded));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
