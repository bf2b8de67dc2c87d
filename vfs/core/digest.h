// SPDX-License-Identifier: Apache-2.0
// Message digests, computed by OpenSSL with the processor's instructions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"

namespace casement {

enum class DigestKind : std::uint8_t { md5, sha1, sha256 };

using Sha1 = std::array<std::byte, 20>;

/// A digest of bytes that come in pieces. Belongs to one thread.
class Digest {
 public:
  explicit Digest(DigestKind kind);
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  ~Digest();

  void update(Bytes data);

  /// The digest so far: 16, 20 or 32 bytes. Starts again: the next update() is the first of
  /// another message.
  std::vector<std::byte> finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The SHA-1 of bytes in one piece.
Sha1 sha1(Bytes data);

/// Lower-case hexadecimal digits, as other tools print digests.
std::string to_hex(Bytes data);

}  // namespace casement
