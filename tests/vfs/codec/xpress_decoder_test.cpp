// SPDX-License-Identifier: Apache-2.0
// XPRESS chunks made by hand. libwim has to agree with each.
#include "vfs/codec/xpress_decoder.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/codec/bit_writer.h"
#include "tests/vfs/codec/wim_peer.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::size_t match(std::size_t offset_bits, std::size_t length_less_3) {
  return 256 + offset_bits * 16 + length_less_3;
}

/// Two bits for each of: a, b, and matches with offset 1 and of 3 or of 18 bytes and more.
std::vector<std::uint8_t> short_code() {
  std::vector<std::uint8_t> lengths(512);
  for (const std::size_t symbol : {std::size_t{'a'}, std::size_t{'b'}, match(0, 0), match(0, 15)}) {
    lengths[symbol] = 2;
  }
  return lengths;
}

Plain packed(const std::vector<std::uint8_t>& lengths) {
  Plain bytes;
  for (std::size_t i = 0; i < lengths.size(); i += 2) {
    bytes.push_back(static_cast<std::byte>(lengths[i] | lengths[i + 1] << 4U));
  }
  return bytes;
}

Plain chunk(const std::vector<std::uint8_t>& lengths, const Plain& stream) {
  Plain in = packed(lengths);
  in.insert(in.end(), stream.begin(), stream.end());
  in.shrink_to_fit();
  return in;
}

const Judge& judge() {
  static const Judge instance({WimCompression::xpress, 65536});
  return instance;
}

void gives(const Plain& in, std::string_view expected) {
  BOOST_TEST(judge().agree(in, expected.size()));
  const Result<Plain> decoded = judge().own(in, expected.size());
  BOOST_TEST((decoded && *decoded == to_bytes(expected)));
}

void refused(const Plain& in, std::size_t size, const char* why) {
  BOOST_TEST(!judge().agree(in, size));
  const Result<Plain> decoded = judge().own(in, size);
  BOOST_TEST(is_status(decoded, Status::corrupt));
  BOOST_TEST(mentions(decoded.error().message(), {why}));
}

/// `symbols`, then a match of 18 bytes or more, then what lies in between units, then "ab".
Plain with_length_bytes(std::size_t literals, const Plain& raw) {
  const std::vector<std::uint8_t> code = short_code();
  BitWriter bits;
  for (std::size_t i = 0; i < literals; ++i) {
    bits.put_symbol(code, 'a');
  }
  bits.put_symbol(code, match(0, 15));
  const std::size_t taken = 2 * (literals + 1);
  bits.put_symbol(code, 'b');
  for (int i = 0; i < 40; ++i) {
    bits.put_symbol(code, i % 2 == 0 ? 'a' : 'b');
  }
  Plain stream = bits.bytes();
  const std::size_t units = (taken + 15) / 16 + 1;
  stream.insert(stream.begin() + static_cast<std::ptrdiff_t>(2 * units), raw.begin(), raw.end());
  return chunk(code, stream);
}

std::string expected(std::size_t literals, std::size_t length) {
  std::string text(literals + length, 'a');
  text += "b";
  for (int i = 0; i < 40; ++i) {
    text += i % 2 == 0 ? "a" : "b";
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xpress_decoder)

BOOST_AUTO_TEST_CASE(reads_lengths_from_bytes_between_the_units) {
  for (std::size_t literals = 1; literals < 40; ++literals) {
    gives(with_length_bytes(literals, to_bytes({0})), expected(literals, 18));
    gives(with_length_bytes(literals, to_bytes({1})), expected(literals, 19));
    gives(with_length_bytes(literals, to_bytes({254})), expected(literals, 18 + 254));
    gives(with_length_bytes(literals, to_bytes({255, 0x34, 0x12})), expected(literals, 3 + 0x1234));
    gives(with_length_bytes(literals, to_bytes({255, 0, 0})), expected(literals, 3));
  }
}

BOOST_AUTO_TEST_CASE(reads_zeros_behind_the_input) {
  const std::vector<std::uint8_t> code = short_code();
  gives(packed(code), "aaaaaaaaaa");
  BitWriter bits;
  bits.put_symbol(code, 'b');
  bits.put_symbol(code, match(0, 15));
  const Plain in = chunk(code, bits.bytes());  // its length would be the next byte
  gives(in, "b" + std::string(18, 'b') + std::string(50, 'a'));
  for (const auto& [raw, length] :
       {std::pair{to_bytes({7}), 25}, {to_bytes({255}), 3}, {to_bytes({255, 1}), 3}}) {
    Plain stream = bits.bytes();
    stream.push_back(std::byte{0});
    stream.push_back(std::byte{0});
    stream.insert(stream.end(), raw.begin(), raw.end());
    gives(chunk(code, stream),
          "b" + std::string(static_cast<std::size_t>(length), 'b') + std::string(50, 'a'));
  }
  // An odd byte is no unit, but may be a length.
  Plain odd = bits.bytes();
  odd.push_back(std::byte{9});
  gives(chunk(code, odd), "b" + std::string(18 + 9, 'b') + std::string(50, 'a'));
}

BOOST_AUTO_TEST_CASE(refuses_codes_that_are_not_complete) {
  for (const std::uint8_t length : {std::uint8_t{1}, std::uint8_t{3}}) {
    std::vector<std::uint8_t> code = short_code();
    code['a'] = length;
    refused(packed(code), 10, "complete prefix code");
  }
  std::vector<std::uint8_t> one(512);
  one['a'] = 1;
  refused(packed(one), 10, "complete prefix code");
  refused(Plain(255, std::byte{0}), 10, "256 bytes");
  refused({}, 10, "256 bytes");
}

BOOST_AUTO_TEST_CASE(reads_zeros_from_the_empty_code) {
  gives(packed(std::vector<std::uint8_t>(512)), std::string(300, '\0'));
}

BOOST_AUTO_TEST_CASE(refuses_matches_that_leave_the_chunk) {
  std::vector<std::uint8_t> code(512);
  code['a'] = 1;
  code[match(3, 4)] = 2;
  code[match(15, 0)] = 2;
  const char* const why = "starts before the chunk or goes beyond it";
  for (const std::size_t size : {std::size_t{20}, std::size_t{200}}) {  // slow path, fast path
    for (std::size_t literals = 0; literals < 12; ++literals) {
      BitWriter near;
      BitWriter far;
      for (std::size_t i = 0; i < literals; ++i) {
        near.put_symbol(code, 'a');
        far.put_symbol(code, 'a');
      }
      near.put_symbol(code, match(3, 4));
      near.put(3, 3);  // offset 11
      far.put_symbol(code, match(15, 0));
      far.put(15, 0x7FFF);
      if (literals < 11) {
        refused(chunk(code, near.bytes()), size, why);
      } else {
        gives(chunk(code, near.bytes()), std::string(size, 'a'));
      }
      refused(chunk(code, far.bytes()), size, why);
    }
    BitWriter end;
    for (std::size_t i = 0; i < size - 6; ++i) {
      end.put_symbol(code, 'a');
    }
    end.put_symbol(code, match(3, 4));  // 7 bytes
    end.put(3, 0);
    refused(chunk(code, end.bytes()), size, why);
  }
}

BOOST_AUTO_TEST_SUITE_END()
