// SPDX-License-Identifier: Apache-2.0
// Manifests of components as XML, whichever way they are stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/error.h"
#include "vfs/core/result.h"

namespace casement {

/// Decodes manifests, and counts those that could be compared with nothing. Belongs to one thread.
class ManifestReader {
 public:
  /// The manifest that compressed ones are deltas against; not_found: there is none.
  using LoadBase = std::function<Result<std::vector<std::byte>>()>;

  /// `load_base` is called once, when the first compressed manifest is met.
  explicit ManifestReader(LoadBase load_base) : load_base_(std::move(load_base)) {}

  /// The XML. nullopt: compressed, and either the base or something in the manifest is not known:
  /// it is counted. corrupt, truncated, limit_exceeded: damage, as decode_manifest().
  Result<std::optional<std::vector<std::byte>>> read(std::vector<std::byte> stored);

  /// How many were nullopt, and why the first one was.
  std::uint64_t unread() const noexcept { return unread_; }
  const std::optional<Error>& reason() const noexcept { return reason_; }

 private:
  /// unsupported: this manifest can be compared with nothing.
  Result<std::vector<std::byte>> decode(Bytes stored);

  LoadBase load_base_;
  std::optional<Result<std::vector<std::byte>>> base_;
  std::uint64_t unread_ = 0;
  std::optional<Error> reason_;
};

}  // namespace casement
