// SPDX-License-Identifier: Apache-2.0
// Security catalogs (.cat): signed lists of the digests of files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/digest.h"
#include "vfs/core/result.h"

namespace casement {

struct CatalogMember {
  DigestKind kind = DigestKind::sha1;  // or sha256
  std::vector<std::byte> digest;
  std::u16string file_name;  // empty: the catalog does not say
};

/// Whether the signature of a catalog is one over its content.
enum class CatalogSeal : std::uint8_t {
  unsigned_catalog,  // nobody signed it
  intact,            // made with the key of a certificate in the catalog
  broken,            // something was changed, or it cannot be checked
};

/// What a catalog says. An intact seal is no trust: the chain of certificates is not followed to a
/// root, neither their validity nor their revocation is asked, and time stamps are not read.
struct Catalog {
  std::vector<CatalogMember> members;  // sorted by digest
  CatalogSeal seal = CatalogSeal::unsigned_catalog;
  std::u16string signer;  // common name of the signer's certificate; empty: none, or not there
  Diagnostics diagnostics;

  /// The digest of the whole file is a member. Programs have digests of their own kind in
  /// catalogs, which leave out checksum and signature; these are not computed.
  bool has_file(Bytes file) const;
  bool has_digest(Bytes digest) const;
};

/// limit_exceeded: over 64 MiB. corrupt, truncated, unsupported: no signed list of digests. A
/// damaged member is a finding and hides no other.
Result<Catalog> parse_catalog(Bytes file);

}  // namespace casement
