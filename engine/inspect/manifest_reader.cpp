// SPDX-License-Identifier: Apache-2.0
// Manifests of components as XML, whichever way they are stored.
#include "engine/inspect/manifest_reader.h"

#include <utility>

#include "engine/servicing/component_manifest.h"
#include "engine/servicing/compressed_manifest.h"

namespace casement {

Result<std::optional<std::vector<std::byte>>> ManifestReader::read(std::vector<std::byte> stored) {
  if (stored_form(stored) == StoredForm::plain) {
    return std::optional(std::move(stored));
  }
  auto xml = decode(stored);
  if (xml) {
    return std::optional(std::move(xml).take());
  }
  if (xml.error().status() != Status::unsupported) {
    return std::unexpected(xml.error());
  }
  ++unread_;
  if (!reason_) {
    reason_ = xml.error();
  }
  return std::optional<std::vector<std::byte>>();
}

Result<std::vector<std::byte>> ManifestReader::decode(Bytes stored) {
  if (!is_compressed_manifest(stored)) {
    return fail(Status::unsupported, "a manifest in the form of compressed files");
  }
  if (!base_) {
    base_ = load_base_();
  }
  if (!*base_) {
    // Whatever it is that the base lacks, it is no damage of this manifest.
    return fail(Status::unsupported, "the base manifest: " + base_->error().message());
  }
  return decode_manifest(stored, **base_);
}

}  // namespace casement
