// SPDX-License-Identifier: Apache-2.0
// Checking the signature of a catalog with OpenSSL.
//
// Source: RFC 2315 (PKCS #7), 9.3: what is digested is the content without its tag and length.
#include "engine/servicing/catalog_seal.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <tuple>

#include "vfs/core/checked.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Catalogs have one signer, files with several signatures two or three. Each costs a public key
/// operation.
constexpr int max_signers = 8;
/// One a signer is meant.
constexpr int max_digest_algorithms = 8;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const noexcept {
    release(object);
  }
};
using Pkcs7 = std::unique_ptr<PKCS7, Release<PKCS7_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;

const unsigned char* octets(Bytes bytes) noexcept {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes to bytes
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// What OpenSSL put on this thread's queue last; the queue is empty afterwards.
std::string openssl_reason() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason == nullptr ? "no reason is given" : reason;
}

/// The common name, else the organisation, of a certificate's subject.
std::u16string subject_of(const X509* certificate) {
  const X509_NAME* subject = X509_get_subject_name(certificate);
  for (const int part : {NID_commonName, NID_organizationName}) {
    const int position = X509_NAME_get_index_by_NID(subject, part, -1);
    if (position < 0) {
      continue;
    }
    const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, position));
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, text);
    if (size < 0) {
      ERR_clear_error();
      continue;
    }
    const std::string copy(utf8, utf8 + size);
    OPENSSL_free(utf8);
    return from_utf8(copy).value_or(std::u16string());
  }
  return {};
}

void report(Catalog& catalog, std::string text) {
  catalog.seal = CatalogSeal::broken;
  catalog.diagnostics.add(Severity::warning, "catalog-seal", std::move(text));
}

/// Why not every signer's signature is one over the content; nullopt: all are. Names the first
/// signer. PKCS7_verify() does the same, but loses memory when a digest algorithm is unknown.
std::optional<std::string> find_flaw(PKCS7& message, Bytes content, int content_size,
                                     Catalog& catalog) {
  Bio source(BIO_new_mem_buf(content.data(), content_size));
  if (!source) {
    throw std::bad_alloc();
  }
  const Bio digests(PKCS7_dataInit(&message, source.get()));
  if (!digests) {
    return "its digest cannot be made: " + openssl_reason();
  }
  std::ignore = source.release();  // the end of the chain now
  std::array<char, 16384> passed{};
  while (BIO_read(digests.get(), passed.data(), static_cast<int>(passed.size())) > 0) {
  }
  STACK_OF(PKCS7_SIGNER_INFO)* signers = PKCS7_get_signer_info(&message);
  for (int i = 0; i < sk_PKCS7_SIGNER_INFO_num(signers); ++i) {
    PKCS7_SIGNER_INFO* signer = sk_PKCS7_SIGNER_INFO_value(signers, i);
    X509* certificate = PKCS7_cert_from_signer_info(&message, signer);
    if (certificate == nullptr) {
      return "the signer's certificate is not in the catalog";
    }
    if (i == 0) {
      catalog.signer = subject_of(certificate);
    }
    if (PKCS7_signatureVerify(digests.get(), &message, signer, certificate) != 1) {
      return "it does not fit the content: " + openssl_reason();
    }
  }
  return std::nullopt;
}

}  // namespace

void read_catalog_seal(Bytes file, Bytes content, Catalog& catalog) {
  const auto file_size = checked_cast<long>(file.size());
  const auto content_size = checked_cast<int>(content.size());
  if (!file_size || !content_size) {
    report(catalog, "the signature is not checked: the catalog is too long");
    return;
  }
  const unsigned char* position = octets(file);
  const Pkcs7 message(d2i_PKCS7(nullptr, &position, *file_size));
  if (!message || PKCS7_type_is_signed(message.get()) == 0) {
    report(catalog, "the signature cannot be read: " + openssl_reason());
    return;
  }
  const PKCS7_SIGNED* envelope = message->d.sign;
  const int signers = sk_PKCS7_SIGNER_INFO_num(envelope->signer_info);
  if (signers <= 0) {
    catalog.seal = CatalogSeal::unsigned_catalog;
    return;
  }
  if (signers > max_signers || sk_X509_ALGOR_num(envelope->md_algs) > max_digest_algorithms) {
    report(catalog, "the signature is not checked: more signers or digests than any catalog has");
    return;
  }
  if (const auto flaw = find_flaw(*message, content, *content_size, catalog)) {
    report(catalog, "the signature is not good: " + *flaw);
    return;
  }
  catalog.seal = CatalogSeal::intact;
  ERR_clear_error();
}

}  // namespace casement
