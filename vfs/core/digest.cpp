// SPDX-License-Identifier: Apache-2.0
// Digests over OpenSSL's EVP interface.
#include "vfs/core/digest.h"

#include <openssl/evp.h>

#include <new>
#include <utility>

namespace casement {
namespace {

const EVP_MD* algorithm(DigestKind kind) noexcept {
  switch (kind) {
    case DigestKind::md5:
      return EVP_md5();
    case DigestKind::sha1:
      return EVP_sha1();
    case DigestKind::sha256:
      return EVP_sha256();
  }
  return nullptr;
}

/// EVP fails here only when memory is exhausted, or when the host forbids an algorithm (FIPS mode
/// and MD5); no reader depends on MD5.
void require(int success) {
  if (success != 1) {
    throw std::bad_alloc();
  }
}

}  // namespace

struct Digest::Context {
  explicit Context(DigestKind wanted) : kind(wanted), state(EVP_MD_CTX_new()) {
    if (state == nullptr) {
      throw std::bad_alloc();
    }
    start();
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(state); }

  void start() const { require(EVP_DigestInit_ex(state, algorithm(kind), nullptr)); }

  DigestKind kind;
  EVP_MD_CTX* state;
};

Digest::Digest(DigestKind kind) : context_(std::make_unique<Context>(kind)) {}
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::update(Bytes data) {
  require(EVP_DigestUpdate(context_->state, data.data(), data.size()));
}

std::vector<std::byte> Digest::finish() {
  std::vector<std::byte> out(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(context_->state, reinterpret_cast<unsigned char*>(out.data()), &size));
  out.resize(size);
  context_->start();
  return out;
}

Sha1 sha1(Bytes data) {
  Sha1 out{};
  unsigned int size = 0;
  require(EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(out.data()), &size,
                     EVP_sha1(), nullptr));
  return out;
}

std::string to_hex(Bytes data) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  text.reserve(data.size() * 2);
  for (const std::byte byte : data) {
    const auto value = std::to_integer<unsigned>(byte);
    text += digits[value >> 4];
    text += digits[value & 0xF];
  }
  return text;
}

}  // namespace casement
