// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tools/casement/args_parts.h"
#include "tools/casement/commands/cat.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_ok;
using casement::test::is_status;
using casement::test::mentions;

namespace {

/// Counted bytes, of which one cannot be read.
class DamagedSource final : public ByteSource {
 public:
  DamagedSource(std::uint64_t size, std::uint64_t damaged) : size_(size), damaged_(damaged) {}
  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return "damaged"; }

  mutable std::uint64_t largest = 0;

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    largest = std::max<std::uint64_t>(largest, out.size());
    if (offset <= damaged_ && damaged_ - offset < out.size()) {
      return fail(Status::corrupt, "a bad cluster");
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<std::byte>((offset + i) % 251);
    }
    return {};
  }

  std::uint64_t size_;
  std::uint64_t damaged_;
};

constexpr std::uint64_t no_damage = UINT64_MAX;

struct Copied {
  Result<void> result;
  std::string bytes;
};

Copied copy(const ByteSource& source, const ByteRange& range) {
  std::string bytes;
  auto result = copy_bytes(source, range, [&bytes](std::string_view piece) -> Result<bool> {
    bytes += piece;
    return true;
  });
  return {std::move(result), std::move(bytes)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(copy_bytes_)

BOOST_AUTO_TEST_CASE(copies_everything_in_pieces_of_a_mebibyte) {
  const DamagedSource source(2'500'000, no_damage);
  const Copied copied = copy(source, {});
  BOOST_TEST(is_ok(copied.result));
  BOOST_TEST(copied.bytes.size() == 2'500'000U);
  BOOST_TEST(copied.bytes[2'499'999] == static_cast<char>(2'499'999 % 251));
  BOOST_TEST(source.largest == 1U << 20);
}

BOOST_AUTO_TEST_CASE(copies_a_range_and_ends_at_the_end) {
  const DamagedSource source(1000, no_damage);
  BOOST_TEST(copy(source, {10, 3}).bytes == "\x0A\x0B\x0C");
  BOOST_TEST(copy(source, {990, 500}).bytes.size() == 10U);
  BOOST_TEST(copy(source, {990, std::nullopt}).bytes.size() == 10U);
  BOOST_TEST(copy(source, {1000, std::nullopt}).bytes.empty());
  BOOST_TEST(copy(source, {1, UINT64_MAX}).bytes.size() == 999U);
  BOOST_TEST(is_status(copy(source, {1001, 1}).result, Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(gives_what_lies_before_damage_and_says_the_offset) {
  const DamagedSource source(3U << 20, (1U << 20) + 70'000);
  const Copied copied = copy(source, {});
  BOOST_TEST(is_status(copied.result, Status::corrupt));
  BOOST_TEST(copied.bytes.size() <= (1U << 20) + 70'000U);
  BOOST_TEST(copied.bytes.size() > (1U << 20) + 70'000U - 512U);
  const std::string offset = std::to_string(copied.bytes.size());
  BOOST_TEST(mentions(copied.result.error().message(),
                      {"read at offset ", offset.c_str(), "a bad cluster"}));
}

BOOST_AUTO_TEST_CASE(stops_when_the_sink_wants_no_more) {
  const DamagedSource source(5U << 20, no_damage);
  int calls = 0;
  BOOST_TEST(is_ok(copy_bytes(source, {}, [&calls](std::string_view) -> Result<bool> {
    ++calls;
    return false;
  })));
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(understands_numbers_and_ranges_and_nothing_that_only_looks_like_them) {
  BOOST_TEST(parse_number("0x1F").value() == 31U);
  BOOST_TEST(parse_number("18446744073709551615").value() == UINT64_MAX);
  for (const char* text : {"", "0x", "-1", "1k", "18446744073709551616", " 1", "1 "}) {
    BOOST_TEST(!parse_number(text).has_value(), text);
  }
  BOOST_TEST(parse_range("0x10:5")->offset == 16U);
  BOOST_TEST(parse_range("0x10:5")->length.value() == 5U);
  BOOST_TEST(!parse_range("7:")->length.has_value());
  BOOST_TEST(!parse_range("7")->length.has_value());
  for (const char* text : {"", ":", ":5", "1:x", "1:2:3", "a:1"}) {
    BOOST_TEST(!parse_range(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
