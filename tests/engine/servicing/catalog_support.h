// SPDX-License-Identifier: Apache-2.0
// Catalogs that tests write: the list, and a signature over it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"

namespace casement::test {

using DerBytes = std::vector<std::byte>;

/// An item of DER with these contents one after the other.
DerBytes der(std::uint8_t tag, const std::vector<DerBytes>& contents);
/// "1.2.840" in DER.
DerBytes der_object_id(std::string_view dotted);

/// A member whose digest is that of `file`. `tag`: what it is listed by.
struct TestMember {
  enum class Tag : std::uint8_t { digest, hexadecimal, word };
  std::string_view file;
  bool sha256 = false;
  Tag tag = Tag::hexadecimal;
  /// False: the tag is all that there is.
  bool has_indirect_data = true;
  std::u16string_view name = {};  // of the file; empty: not written
};
DerBytes catalog_member(const TestMember& member);

/// The contents of a trust list with these members.
DerBytes catalog_list(const std::vector<DerBytes>& members);

/// A catalog of these contents that nobody signed.
DerBytes unsigned_catalog(const DerBytes& list);
/// Signed with a key of this run whose certificate says "Casement Test Signer".
/// `with_certificate` false: it is not in the catalog.
DerBytes signed_catalog(const DerBytes& list, bool with_certificate = true);

}  // namespace casement::test
