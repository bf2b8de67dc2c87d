// SPDX-License-Identifier: Apache-2.0
// Writing DER, and signing with OpenSSL.
#include "tests/engine/servicing/catalog_support.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <charconv>
#include <memory>
#include <stdexcept>

#include "tests/engine/servicing/text_bytes.h"
#include "vfs/core/digest.h"

namespace casement::test {
namespace {

constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t set = 0x31;
constexpr std::uint8_t integer = 0x02;
constexpr std::uint8_t octets = 0x04;
constexpr std::uint8_t null = 0x05;
constexpr std::uint8_t context_0 = 0xA0;

constexpr std::string_view sha1_id = "1.3.14.3.2.26";
constexpr std::string_view sha256_id = "2.16.840.1.101.3.4.2.1";

DerBytes algorithm(std::string_view id) {
  return der(sequence, {der_object_id(id), der(null, {})});
}

DerBytes small_integer(std::uint8_t value) {
  return der(integer, {{std::byte{value}}});
}

DerBytes digest_of(std::string_view text, bool sha256) {
  Digest digest(sha256 ? DigestKind::sha256 : DigestKind::sha1);
  digest.update(bytes_of(text));
  return digest.finish();
}

/// A key and a certificate for it, made once.
struct Signer {
  Signer() : key(EVP_RSA_gen(2048)), certificate(X509_new()) {
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("Casement"), -1, -1, 0);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("Casement Test Signer"), -1,
                               -1, 0);
    X509_set_issuer_name(certificate, name);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    if (X509_sign(certificate, key, EVP_sha256()) == 0) {
      throw std::runtime_error("cannot sign a certificate");
    }
  }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;
  ~Signer() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  EVP_PKEY* key;
  X509* certificate;
};

const Signer& signer() {
  static const Signer made;
  return made;
}

template <class Write>
DerBytes written(Write write) {
  unsigned char* bytes = nullptr;
  const int size = write(&bytes);
  if (size < 0) {
    throw std::runtime_error("cannot write DER");
  }
  const auto* first = reinterpret_cast<const std::byte*>(bytes);
  DerBytes copy(first, first + size);
  OPENSSL_free(bytes);
  return copy;
}

/// SignerInfo without signed attributes: the signature is over the content itself.
DerBytes signer_info(const DerBytes& list) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::size_t size = 0;
  DerBytes signature(512);
  size = signature.size();
  const bool made =
      EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, signer().key) == 1 &&
      EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                     reinterpret_cast<const unsigned char*>(list.data()), list.size()) == 1;
  EVP_MD_CTX_free(context);
  if (!made) {
    throw std::runtime_error("cannot sign");
  }
  signature.resize(size);
  const DerBytes issuer = written([](unsigned char** out) {
    return i2d_X509_NAME(X509_get_issuer_name(signer().certificate), out);
  });
  return der(sequence,
             {small_integer(1), der(sequence, {issuer, small_integer(7)}), algorithm(sha256_id),
              algorithm("1.2.840.113549.1.1.1"), der(octets, {signature})});
}

DerBytes envelope(const DerBytes& list, const DerBytes& algorithms, const DerBytes& certificates,
                  const DerBytes& signers) {
  const DerBytes content = der(
      sequence, {der_object_id("1.3.6.1.4.1.311.10.1"), der(context_0, {der(sequence, {list})})});
  const DerBytes message = der(sequence, {small_integer(1), der(set, {algorithms}), content,
                                          certificates, der(set, {signers})});
  return der(sequence, {der_object_id("1.2.840.113549.1.7.2"), der(context_0, {message})});
}

}  // namespace

DerBytes der(std::uint8_t tag, const std::vector<DerBytes>& contents) {
  DerBytes content;
  for (const DerBytes& part : contents) {
    content.insert(content.end(), part.begin(), part.end());
  }
  DerBytes item{std::byte{tag}};
  if (content.size() < 0x80) {
    item.push_back(static_cast<std::byte>(content.size()));
  } else {
    item.push_back(std::byte{0x83});
    for (const unsigned shift : {16U, 8U, 0U}) {
      item.push_back(static_cast<std::byte>(content.size() >> shift & 0xFF));
    }
  }
  item.insert(item.end(), content.begin(), content.end());
  return item;
}

DerBytes der_object_id(std::string_view dotted) {
  std::vector<unsigned> parts;
  const char* end = dotted.data() + dotted.size();
  for (const char* at = dotted.data(); at < end; ++at) {
    unsigned part = 0;
    at = std::from_chars(at, end, part).ptr;
    parts.push_back(part);
  }
  DerBytes content{static_cast<std::byte>(parts.at(0) * 40 + parts.at(1))};
  for (std::size_t i = 2; i < parts.size(); ++i) {
    DerBytes reversed{static_cast<std::byte>(parts[i] & 0x7F)};
    for (unsigned rest = parts[i] >> 7; rest != 0; rest >>= 7) {
      reversed.push_back(static_cast<std::byte>(0x80 | (rest & 0x7F)));
    }
    content.insert(content.end(), reversed.rbegin(), reversed.rend());
  }
  return der(0x06, {content});
}

DerBytes catalog_member(const TestMember& member) {
  const DerBytes digest = digest_of(member.file, member.sha256);
  DerBytes tag = digest;
  if (member.tag != TestMember::Tag::digest) {
    const std::string text =
        member.tag == TestMember::Tag::word ? std::string("any name") : to_hex(digest);
    tag = utf16_bytes(std::u16string(text.begin(), text.end()));
  }
  std::vector<DerBytes> attributes;
  if (!member.name.empty()) {
    const DerBytes value = utf16_bytes(std::u16string(member.name) + u'\0');
    attributes.push_back(
        der(sequence, {der_object_id("1.3.6.1.4.1.311.12.2.1"),
                       der(set, {der(sequence, {der(0x1E, {utf16_bytes(u"File", true)}),
                                                der(integer, {{std::byte{1}, std::byte{0}}}),
                                                der(octets, {value})})})}));
  }
  if (member.has_indirect_data) {
    const DerBytes what = der(sequence, {der_object_id("1.3.6.1.4.1.311.2.1.25")});
    const DerBytes info =
        der(sequence, {algorithm(member.sha256 ? sha256_id : sha1_id), der(octets, {digest})});
    attributes.push_back(der(sequence, {der_object_id("1.3.6.1.4.1.311.2.1.4"),
                                        der(set, {der(sequence, {what, info})})}));
  }
  return der(sequence, {der(octets, {tag}), der(set, attributes)});
}

DerBytes catalog_list(const std::vector<DerBytes>& members) {
  std::vector<DerBytes> parts = {der(sequence, {der_object_id("1.3.6.1.4.1.311.12.1.1")}),
                                 der(octets, {DerBytes(16, std::byte{0x5A})}),
                                 der(0x17, {bytes_of("231120000000Z")}),
                                 algorithm("1.3.6.1.4.1.311.12.1.2"), der(sequence, members)};
  const DerBytes whole = der(sequence, parts);
  // Without its tag and its length of one or four bytes.
  const std::size_t header = std::to_integer<unsigned>(whole[1]) < 0x80 ? 2 : 5;
  return {whole.begin() + static_cast<std::ptrdiff_t>(header), whole.end()};
}

DerBytes unsigned_catalog(const DerBytes& list) {
  return envelope(list, {}, {}, {});
}

DerBytes signed_catalog(const DerBytes& list, bool with_certificate) {
  const DerBytes certificate =
      written([](unsigned char** out) { return i2d_X509(signer().certificate, out); });
  return envelope(list, algorithm(sha256_id),
                  with_certificate ? der(context_0, {certificate}) : DerBytes(), signer_info(list));
}

}  // namespace casement::test
