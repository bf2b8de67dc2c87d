// SPDX-License-Identifier: Apache-2.0
// The header of a delta, and what is checked before and after its patch is applied.
#include "engine/servicing/delta/delta.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "engine/servicing/delta/delta_bits.h"
#include "engine/servicing/delta/patch_decoder.h"
#include "vfs/core/digest.h"

namespace casement {
namespace {

using detail::pa30::DeltaBits;

constexpr std::size_t signature_size = 4;
constexpr std::size_t stream_offset = signature_size + 8;  // behind the signature and the time

/// Flags that say what was done with programs, or which limits the maker heeded: DELTA_FLAG_MARK to
/// DELTA_FLAG_HEADERS, IGNORE_FILE_SIZE_LIMIT and IGNORE_OPTIONS_SIZE_LIMIT. The lowest one, E8,
/// is not among them: it changes the target of any type.
constexpr std::uint64_t flags_without_effect = 0x7FFFE;

/// "PA30" or an error.
Result<void> check_signature(Bytes delta) {
  const auto has = [&](std::string_view signature) {
    const Bytes expected = std::as_bytes(std::span(signature));
    return delta.size() >= signature_size &&
           std::ranges::equal(delta.first(signature_size), expected);
  };
  if (has("PA30")) {
    return {};
  }
  for (const std::string_view other : {"PA19", "PA31"}) {
    if (has(other)) {
      return fail(Status::unsupported, fmt::format("a delta of the form {}, expected PA30", other));
    }
  }
  return fail(Status::bad_format, "no delta: it does not begin with \"PA30\"");
}

/// A delta up to where its patch can be used.
struct ParsedDelta {
  DeltaHeader header;
  Bytes preparation;  // how the source is rewritten
  Bytes patch;
};

/// The header alone, from the stream's beginning.
Result<DeltaHeader> read_header(DeltaBits& bits, FileTime time) {
  DeltaHeader header;
  header.target_time = time;
  header.file_type_set = CASEMENT_TRY(bits.number("the set of file types"));
  header.file_type = CASEMENT_TRY(bits.number("the file type"));
  header.flags = CASEMENT_TRY(bits.number("the flags"));
  header.target_size = CASEMENT_TRY(bits.number("the target's size"));
  header.hash_algorithm = CASEMENT_TRY(bits.number("the hash algorithm"));
  header.target_hash = to_vector(CASEMENT_TRY(bits.buffer("the target's hash")));
  return header;
}

Result<DeltaBits> open_stream(Bytes delta) {
  CASEMENT_TRY(check_signature(delta));
  if (delta.size() < stream_offset) {
    return fail(Status::truncated, fmt::format("the delta has {} bytes, expected {} and more",
                                               delta.size(), stream_offset));
  }
  return DeltaBits::open(delta.subspan(stream_offset), "the delta");
}

FileTime target_time(Bytes delta) {
  return FileTime{get_le<std::uint64_t>(delta, signature_size)};
}

Result<ParsedDelta> parse_delta(Bytes delta) {
  DeltaBits bits = CASEMENT_TRY(open_stream(delta));
  ParsedDelta parsed;
  parsed.header = CASEMENT_TRY(read_header(bits, target_time(delta)));
  parsed.preparation = CASEMENT_TRY(bits.buffer("what is done to the source"));
  parsed.patch = CASEMENT_TRY(bits.buffer("the patch"));
  return parsed;
}

/// The digest of a hash algorithm of CryptoAPI (ALG_ID).
std::optional<DigestKind> digest_kind(std::uint64_t algorithm) {
  constexpr std::uint64_t calg_md5 = 0x8003;
  constexpr std::uint64_t calg_sha1 = 0x8004;
  constexpr std::uint64_t calg_sha_256 = 0x800C;
  switch (algorithm) {
    case calg_md5:
      return DigestKind::md5;
    case calg_sha1:
      return DigestKind::sha1;
    case calg_sha_256:
      return DigestKind::sha256;
    default:
      return std::nullopt;
  }
}

/// Before anything is made: whether it can be made, and checked.
Result<void> check_header(const DeltaHeader& header, std::uint64_t max_target_size) {
  if (header.file_type != delta_file_type_raw) {
    return fail(Status::unsupported,
                fmt::format("a delta of programs (file type {:#x}), which rewrites its source; "
                            "only those of plain files ({:#x}) are read",
                            header.file_type, delta_file_type_raw));
  }
  if ((header.flags & ~flags_without_effect) != 0) {
    return fail(Status::unsupported,
                fmt::format("the flags {:#x} are not known to leave plain files alone",
                            header.flags & ~flags_without_effect));
  }
  if (!header.target_hash.empty() && !digest_kind(header.hash_algorithm)) {
    return fail(Status::unsupported,
                fmt::format("the target's hash is of the algorithm {:#x}, expected MD5, SHA-1 or "
                            "SHA-256",
                            header.hash_algorithm));
  }
  if (header.target_size > max_target_size) {
    return fail(Status::limit_exceeded, fmt::format("the target has {} bytes, more than {}",
                                                    header.target_size, max_target_size));
  }
  return {};
}

Result<void> check_hash(const DeltaHeader& header, Bytes target) {
  const std::optional<DigestKind> kind = digest_kind(header.hash_algorithm);
  if (header.target_hash.empty() || !kind) {
    return {};
  }
  Digest digest(*kind);
  digest.update(target);
  const std::vector<std::byte> found = digest.finish();
  if (found != header.target_hash) {
    return fail(Status::corrupt,
                fmt::format("the target has the hash {}, expected {}: the delta is damaged or the "
                            "source another one",
                            to_hex(found), to_hex(header.target_hash)));
  }
  return {};
}

}  // namespace

Result<DeltaHeader> read_delta_header(Bytes delta) {
  DeltaBits bits = CASEMENT_TRY(open_stream(delta));
  return read_header(bits, target_time(delta));
}

Result<std::vector<std::byte>> apply_delta(Bytes delta, Bytes source,
                                           std::uint64_t max_target_size) {
  const ParsedDelta parsed = CASEMENT_TRY(parse_delta(delta));
  CASEMENT_TRY(check_header(parsed.header, max_target_size));
  if (!parsed.preparation.empty()) {
    return fail(Status::unsupported, fmt::format("the source is to be rewritten ({} bytes say how)",
                                                 parsed.preparation.size()));
  }
  std::vector<std::byte> target =
      CASEMENT_TRY(detail::pa30::decode_patch(parsed.patch, source, parsed.header.target_size));
  CASEMENT_TRY(check_hash(parsed.header, target));
  return target;
}

}  // namespace casement
