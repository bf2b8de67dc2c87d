// SPDX-License-Identifier: Apache-2.0
// The list of digests in a catalog.
//
// Sources: RFC 2315 (PKCS #7) for the envelope; Microsoft [MS-CAESO] and "Windows Authenticode
// Portable Executable Signature Format" for SpcIndirectDataContent; the certificate trust list as
// catalogs of Windows 7 to 11 have it.
#include "engine/servicing/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/servicing/catalog_seal.h"
#include "engine/servicing/der.h"
#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// The largest catalogs of Windows have some megabytes.
constexpr std::size_t max_catalog_size = std::size_t{64} << 20;
/// The largest have some 50,000 members; a list of tiny ones could take far more memory than bytes.
constexpr std::size_t max_members = 500'000;

template <std::size_t n>
constexpr std::array<std::byte, n> object_id(std::array<std::uint8_t, n> octets) {
  std::array<std::byte, n> bytes{};
  for (std::size_t i = 0; i < n; ++i) {
    bytes[i] = std::byte{octets[i]};
  }
  return bytes;
}

// Contents of OBJECT IDENTIFIER.
constexpr auto signed_data =  // 1.2.840.113549.1.7.2
    object_id<9>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02});
constexpr auto trust_list =  // 1.3.6.1.4.1.311.10.1
    object_id<9>({0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x0A, 0x01});
constexpr auto indirect_data =  // 1.3.6.1.4.1.311.2.1.4
    object_id<10>({0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x01, 0x04});
constexpr auto name_value =  // 1.3.6.1.4.1.311.12.2.1
    object_id<10>({0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x0C, 0x02, 0x01});

constexpr std::size_t sha1_size = 20;
constexpr std::size_t sha256_size = 32;

bool equal_bytes(Bytes a, Bytes b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

std::optional<DigestKind> kind_of(std::size_t digest_size) noexcept {
  if (digest_size == sha1_size) {
    return DigestKind::sha1;
  }
  return digest_size == sha256_size ? std::optional(DigestKind::sha256) : std::nullopt;
}

/// SpcIndirectDataContent: what is digested, then the algorithm and the digest.
Result<Bytes> read_indirect_digest(Bytes content) {
  DerReader values(content);
  DerReader indirect(CASEMENT_TRY(values.expect(der_tag::sequence, "indirect data of a member")));
  CASEMENT_TRY(indirect.next());
  DerReader info(CASEMENT_TRY(indirect.expect(der_tag::sequence, "digest of a member")));
  CASEMENT_TRY(info.next());
  return info.expect(der_tag::octet_string, "digest of a member");
}

/// A name and a value; only the name of the file is of interest.
Result<std::u16string> read_file_name(Bytes content) {
  DerReader values(content);
  DerReader pair(CASEMENT_TRY(values.expect(der_tag::sequence, "attribute of a member")));
  const Bytes name = CASEMENT_TRY(pair.expect(der_tag::bmp_string, "name of an attribute"));
  CASEMENT_TRY(pair.next());
  const Bytes value = CASEMENT_TRY(pair.expect(der_tag::octet_string, "value of an attribute"));
  constexpr std::array file = {std::byte{0}, std::byte{'F'}, std::byte{0}, std::byte{'i'},
                               std::byte{0}, std::byte{'l'}, std::byte{0}, std::byte{'e'}};
  return equal_bytes(name, file) ? std::u16string(cut_at_nul(from_utf16le(value)))
                                 : std::u16string();
}

/// The tag of a member: the digest itself, or its hexadecimal digits in UTF-16.
std::vector<std::byte> digest_of_tag(Bytes tag) {
  if (kind_of(tag.size())) {
    return to_vector(tag);
  }
  std::vector<std::byte> digest;
  for (std::size_t i = 0; i + 4 <= tag.size(); i += 4) {
    const auto high = hex_digit(std::to_integer<unsigned char>(tag[i]));
    const auto low = hex_digit(std::to_integer<unsigned char>(tag[i + 2]));
    if (!high || !low) {
      break;
    }
    digest.push_back(static_cast<std::byte>(*high * 16 + *low));
  }
  return digest;
}

/// What one attribute says of the member.
Result<void> take_attribute(Bytes content, CatalogMember& member) {
  DerReader attribute(content);
  const Bytes type = CASEMENT_TRY(attribute.expect(der_tag::object_id, "type of an attribute"));
  const Bytes values = CASEMENT_TRY(attribute.expect(der_tag::set, "values of an attribute"));
  if (equal_bytes(type, indirect_data)) {
    member.digest = to_vector(CASEMENT_TRY(read_indirect_digest(values)));
  } else if (equal_bytes(type, name_value) && member.file_name.empty()) {
    member.file_name = CASEMENT_TRY(read_file_name(values));
  }
  return {};
}

Result<CatalogMember> read_member(Bytes content) {
  DerReader reader(content);
  const Bytes tag = CASEMENT_TRY(reader.expect(der_tag::octet_string, "tag of a member"));
  CatalogMember member{.kind = {}, .digest = digest_of_tag(tag), .file_name = {}};
  DerReader attributes(CASEMENT_TRY(reader.take(der_tag::set)).value_or(Bytes()));
  while (!attributes.at_end()) {
    const Bytes attribute =
        CASEMENT_TRY(attributes.expect(der_tag::sequence, "attribute of a member"));
    CASEMENT_TRY(take_attribute(attribute, member));
  }
  const auto kind = kind_of(member.digest.size());
  if (!kind) {
    return fail(Status::unsupported, fmt::format("digest of {} bytes, expected {} or {}",
                                                 member.digest.size(), sha1_size, sha256_size));
  }
  member.kind = *kind;
  return member;
}

/// The content of the PKCS #7 message: the list, without its tag and length.
Result<Bytes> find_list(Bytes file) {
  DerReader outer(file);
  DerReader message(CASEMENT_TRY(outer.expect(der_tag::sequence, "PKCS #7 message")));
  const Bytes type = CASEMENT_TRY(message.expect(der_tag::object_id, "type of the message"));
  if (!equal_bytes(type, signed_data)) {
    return fail(Status::corrupt, "the PKCS #7 message is not signed data");
  }
  DerReader wrapper(CASEMENT_TRY(message.expect(der_tag::context_0, "signed data")));
  DerReader envelope(CASEMENT_TRY(wrapper.expect(der_tag::sequence, "signed data")));
  CASEMENT_TRY(envelope.expect(der_tag::integer, "version of the signed data"));
  CASEMENT_TRY(envelope.expect(der_tag::set, "digest algorithms"));
  DerReader content(CASEMENT_TRY(envelope.expect(der_tag::sequence, "signed content")));
  const Bytes kind = CASEMENT_TRY(content.expect(der_tag::object_id, "type of the content"));
  if (!equal_bytes(kind, trust_list)) {
    return fail(Status::corrupt, "the signed content is not a certificate trust list");
  }
  DerReader explicit_list(CASEMENT_TRY(content.expect(der_tag::context_0, "trust list")));
  return explicit_list.expect(der_tag::sequence, "trust list");
}

/// The sequence of members.
Result<Bytes> find_members(Bytes list) {
  DerReader reader(list);
  CASEMENT_TRY(reader.take(der_tag::integer));  // a version, when it is not the first
  CASEMENT_TRY(reader.expect(der_tag::sequence, "usage of the trust list"));
  CASEMENT_TRY(reader.take(der_tag::octet_string));  // identifier of the list
  CASEMENT_TRY(reader.take(der_tag::integer));       // its number
  CASEMENT_TRY(reader.next());                       // when it was made: UTCTime or GeneralizedTime
  CASEMENT_TRY(reader.take(der_tag::utc_time));      // until when it is valid
  CASEMENT_TRY(reader.expect(der_tag::sequence, "algorithm of the trust list"));
  return CASEMENT_TRY(reader.take(der_tag::sequence)).value_or(Bytes());
}

void read_members(Bytes members, Catalog& catalog) {
  DerReader reader(members);
  for (std::size_t number = 1; !reader.at_end(); ++number) {
    if (number > max_members) {
      catalog.diagnostics.add(Severity::error, "catalog-cut",
                              fmt::format("only {} members are read", max_members));
      return;
    }
    const auto content = reader.expect(der_tag::sequence, "member");
    if (!content) {
      // Where the next one begins is not known.
      catalog.diagnostics.add("catalog-member",
                              Error(content.error()).context(fmt::format("member {}", number)));
      return;
    }
    auto member = read_member(*content);
    if (member) {
      catalog.members.push_back(*std::move(member));
    } else {
      catalog.diagnostics.add("catalog-member",
                              std::move(member).error().context(fmt::format("member {}", number)));
    }
  }
}

}  // namespace

bool Catalog::has_digest(Bytes digest) const {
  const auto found = std::lower_bound(
      members.begin(), members.end(), digest, [](const CatalogMember& member, Bytes wanted) {
        return std::lexicographical_compare(member.digest.begin(), member.digest.end(),
                                            wanted.begin(), wanted.end());
      });
  return found != members.end() && equal_bytes(found->digest, digest);
}

bool Catalog::has_file(Bytes file) const {
  for (const DigestKind kind : {DigestKind::sha1, DigestKind::sha256}) {
    Digest digest(kind);
    digest.update(file);
    if (has_digest(digest.finish())) {
      return true;
    }
  }
  return false;
}

Result<Catalog> parse_catalog(Bytes file) {
  if (file.size() > max_catalog_size) {
    return fail(Status::limit_exceeded, fmt::format("the catalog has {} bytes, more than {}",
                                                    file.size(), max_catalog_size));
  }
  const Bytes list = CASEMENT_TRY(find_list(file));
  const Bytes members = CASEMENT_TRY(find_members(list));
  Catalog catalog;
  read_members(members, catalog);
  std::sort(catalog.members.begin(), catalog.members.end(),
            [](const CatalogMember& a, const CatalogMember& b) { return a.digest < b.digest; });
  read_catalog_seal(file, list, catalog);
  return catalog;
}

}  // namespace casement
