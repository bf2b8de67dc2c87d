// SPDX-License-Identifier: Apache-2.0
// Decoding literals and matches. Positions count from the start of the source, and the target
// follows it: a match is a distance back in both of them as one.
#include "engine/servicing/delta/patch_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "engine/servicing/delta/delta_bits.h"
#include "engine/servicing/delta/patch_codes.h"
#include "vfs/codec/match_copy.h"

namespace casement::detail::pa30 {
namespace {

constexpr const char* steps = "literals and matches";

constexpr std::uint32_t first_match = 256;  // main symbol; literals are below
constexpr unsigned short_length_bits = 3;   // of the symbol of a match

// What kind of distance a match has.
constexpr std::uint32_t slot_source_here = 3;  // 0 to 2: beside it
constexpr std::uint32_t slot_recent = 4;       // 4 to 6
constexpr std::uint32_t slot_escape = 7;       // a slot beyond those that have symbols
constexpr std::uint32_t slot_tiny = 8;         // 8 to 10: distances 1 to 3
constexpr std::uint32_t slot_plain = 11;       // from here on two a power of two
constexpr std::uint32_t slot_aligned = 17;     // from here on the lowest bits have a code
constexpr std::uint32_t first_escaped_slot = 43;
constexpr unsigned aligned_bits = 4;

// Short lengths are 2 to 8; the others have symbols, or bits when even these do not suffice.
constexpr std::uint64_t shortest_match = 2;
constexpr std::uint64_t longest_short_match = 8;
constexpr unsigned fewest_long_length_bits = 8;
constexpr unsigned most_long_length_bits = 32;

/// How far from "here" in the source a match may be, by slot: each follows the one before.
struct SourceRange {
  unsigned bits;
  std::int64_t bias;
};
constexpr std::array<SourceRange, slot_source_here> source_ranges = {
    {{14, 0}, {16, 0x2000}, {18, 0xA000}}};

class PatchDecoder {
 public:
  PatchDecoder(Bytes source, std::uint64_t target_size, const DeltaBits& bits, PatchCodes codes)
      : source_(source),
        target_(static_cast<std::size_t>(target_size)),
        bits_(bits),
        codes_(std::move(codes)) {}

  Result<std::vector<std::byte>> decode() && {
    while (made_ < target_.size()) {
      const std::uint64_t position = source_.size() + made_;
      if (position >= codes_.current_end()) {
        CASEMENT_TRY(codes_.move_to(position));
      }
      bits_.refill();
      const std::uint32_t symbol = codes_.current().main.read(bits_);
      if (symbol < first_match) {
        target_[made_] = static_cast<std::byte>(symbol);
        ++made_;
      } else {
        const std::uint64_t distance = CASEMENT_TRY(read_distance(symbol - first_match));
        const std::uint64_t length = CASEMENT_TRY(read_length(symbol - first_match));
        CASEMENT_TRY(copy(distance, length));
      }
      if (bits_.overrun()) [[unlikely]] {
        CASEMENT_TRY(bits_.finish(steps));
      }
    }
    return std::move(target_);
  }

 private:
  /// corrupt: no distance at all. Whether a match may have it copy() says.
  Result<std::uint64_t> read_distance(std::uint32_t match) {
    const std::uint32_t slot = match >> short_length_bits;
    if (slot >= slot_recent && slot < slot_escape) {
      return recent(slot - slot_recent);
    }
    const std::uint64_t distance =
        slot <= slot_source_here ? CASEMENT_TRY(source_distance(slot)) : target_distance(slot);
    remember(distance);
    return distance;
  }

  /// From "here" in the source, which is the whole source away, or from beside it.
  Result<std::uint64_t> source_distance(std::uint32_t slot) {
    std::int64_t back = 0;
    if (slot != slot_source_here) {
      const SourceRange range = source_ranges[slot];
      back = std::int64_t{bits_.take(range.bits)} - (std::int64_t{1} << (range.bits - 1));
      back += back < 0 ? -range.bias : range.bias;
    }
    const std::int64_t distance = static_cast<std::int64_t>(source_.size()) + back;
    if (distance <= 0) {
      return bad_match(fmt::format("{} bytes ahead", -distance));
    }
    return static_cast<std::uint64_t>(distance);
  }

  std::uint64_t target_distance(std::uint32_t slot) {
    if (slot == slot_escape) {
      slot = escaped_slot();
    }
    if (slot < slot_plain) {
      return slot - slot_tiny + 1;
    }
    const unsigned low_bits = (slot - slot_plain) / 2 + 1;
    const std::uint64_t high = std::uint64_t{2 | ((slot - slot_plain) & 1U)} << low_bits;
    if (slot < slot_aligned) {
      return high | bits_.take(low_bits);
    }
    const std::uint64_t middle = std::uint64_t{bits_.take(low_bits - aligned_bits)} << aligned_bits;
    bits_.refill();
    return high | middle | codes_.current().aligned.read(bits_);
  }

  /// One bit or two, then two to four: 4, 8 or 16 slots.
  std::uint32_t escaped_slot() {
    if (bits_.take(1) == 0) {
      return first_escaped_slot + bits_.take(2);
    }
    if (bits_.take(1) == 0) {
      return first_escaped_slot + 4 + bits_.take(3);
    }
    return first_escaped_slot + 12 + bits_.take(4);
  }

  Result<std::uint64_t> recent(std::uint32_t index) {
    const std::uint64_t distance = recent_[index];
    if (distance == 0) {
      return bad_match("a distance that no match before it had");
    }
    std::rotate(recent_.begin(), recent_.begin() + index, recent_.begin() + index + 1);
    return distance;
  }

  /// Each distance is there once: one that is there already comes to the front.
  void remember(std::uint64_t distance) {
    auto place = std::ranges::find(recent_, distance);
    if (place == recent_.end()) {
      --place;
      *place = distance;
    }
    std::rotate(recent_.begin(), place, place + 1);
  }

  Result<std::uint64_t> read_length(std::uint32_t match) {
    const std::uint32_t short_length = match & ((1U << short_length_bits) - 1);
    if (short_length != 0) {
      return short_length + shortest_match - 1;
    }
    bits_.refill();
    const std::uint32_t symbol = codes_.current().length.read(bits_);
    if (symbol != 0) {
      return symbol + longest_short_match;
    }
    bits_.refill();
    const auto zeros = static_cast<unsigned>(std::countr_zero(bits_.peek(32)));
    bits_.drop(zeros);
    const unsigned low_bits = fewest_long_length_bits + zeros;
    if (low_bits >= most_long_length_bits) {
      return bad_match(fmt::format("a length of more than {} bits", most_long_length_bits));
    }
    bits_.drop(1);
    bits_.refill();
    const std::uint64_t length = (std::uint64_t{1} << low_bits) | bits_.take(low_bits);
    return length + longest_short_match;
  }

  Result<void> copy(std::uint64_t distance, std::uint64_t length) {
    const std::uint64_t room = target_.size() - made_;
    const std::uint64_t position = source_.size() + made_;
    if (distance > position) {
      return bad_match(fmt::format("{} bytes back", distance));
    }
    if (length > room) {
      return bad_match(fmt::format("{} bytes long", length));
    }
    auto left = static_cast<std::size_t>(length);
    const auto from = static_cast<std::size_t>(position - distance);
    if (from < source_.size()) {
      const std::size_t part = std::min(left, source_.size() - from);
      std::memcpy(&target_[made_], &source_[from], part);
      made_ += part;
      left -= part;
    }
    if (left != 0) {
      copy_match(&target_[made_], static_cast<std::size_t>(distance), left, target_.size() - made_);
      made_ += left;
    }
    return {};
  }

  /// truncated instead if the stream had ended before.
  std::unexpected<Error> bad_match(const std::string& what) const {
    if (const Result<void> read = bits_.finish(steps); !read) {
      return std::unexpected(read.error());
    }
    return fail(Status::corrupt,
                fmt::format("the match at {} of {} bytes of the target, behind a source of {}: {}",
                            made_, target_.size(), source_.size(), what));
  }

  Bytes source_;
  std::vector<std::byte> target_;
  std::size_t made_ = 0;  // bytes of the target
  DeltaBits bits_;
  PatchCodes codes_;
  std::array<std::uint64_t, 3> recent_ = {};  // 0: none yet
};

}  // namespace

Result<std::vector<std::byte>> decode_patch(Bytes patch, Bytes source, std::uint64_t target_size) {
  DeltaBits bits = CASEMENT_TRY(DeltaBits::open(patch, "the patch"));
  if (bits.take(1) != 0) {
    return fail(Status::unsupported,
                "the patch has a table of moved parts of the source (a rift table)");
  }
  PatchCodes codes = CASEMENT_TRY(PatchCodes::read(bits, source.size()));
  return PatchDecoder(source, target_size, bits, std::move(codes)).decode();
}

}  // namespace casement::detail::pa30
