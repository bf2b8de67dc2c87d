// SPDX-License-Identifier: Apache-2.0
// The registry's facts in the words of a WIM, and where the two differ.
#include "engine/session/installation_claims.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>

#include "engine/inspect/processor_architecture.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return fact ? to_utf8(fact->value) : std::string();
}

std::optional<wim::ClaimedVersion> version_of(const Identity& identity) {
  if (!identity.major_version || !identity.build) {
    return std::nullopt;
  }
  wim::ClaimedVersion version;
  version.major = identity.major_version->value;
  version.minor = identity.minor_version ? identity.minor_version->value : 0;
  const std::string build = to_utf8(identity.build->value);
  const auto parsed = std::from_chars(build.data(), build.data() + build.size(), version.build);
  if (parsed.ec != std::errc()) {
    return std::nullopt;
  }
  if (identity.ubr) {
    version.sp_build = identity.ubr->value;
  }
  return version;
}

/// "10.0.19045.3570"; what one of the two leaves out is left out of both.
std::string version_text(const wim::ClaimedVersion& version, const wim::ClaimedVersion& other) {
  std::string text = fmt::format("{}.{}.{}", version.major, version.minor, version.build);
  if (version.sp_build && other.sp_build) {
    text += fmt::format(".{}", *version.sp_build);
  }
  return text;
}

/// Collects the differences of one image.
class Comparison {
 public:
  explicit Comparison(std::uint32_t index) : index_(index) {}

  /// Texts that both have and that differ in more than case.
  void texts(const char* what, const std::string& claimed, const std::string& found) {
    const auto left = from_utf8(claimed);
    const auto right = from_utf8(found);
    if (!claimed.empty() && !found.empty() && left && right && !equals_folded(*left, *right)) {
      findings_.add(Severity::note, "wim-claims",
                    fmt::format("image {}: the WIM says {} \"{}\", the registry \"{}\"", index_,
                                what, claimed, found));
    }
  }

  Diagnostics take() && { return std::move(findings_); }

 private:
  std::uint32_t index_;
  Diagnostics findings_;
};

}  // namespace

wim::ImageClaims claims_of(const Identity& identity) {
  wim::ImageClaims claims;
  claims.index = 1;
  claims.name = to_utf8(identity.marketing_name);
  claims.flags = text_of(identity.edition);
  if (identity.install_date) {
    claims.created = identity.install_date->value;
  }
  if (identity.last_shutdown) {
    claims.modified = identity.last_shutdown->value;
  }
  wim::WindowsClaims& windows = claims.windows.emplace();
  if (identity.architecture) {
    windows.architecture = processor_architecture(identity.architecture->value);
  }
  windows.product_name = text_of(identity.product_name);
  windows.edition_id = text_of(identity.edition);
  windows.installation_type = text_of(identity.installation_type);
  windows.product_type = text_of(identity.product_type);
  windows.system_root = text_of(identity.system_root);
  windows.default_language = text_of(identity.default_language);
  for (const auto& language : identity.languages) {
    windows.languages.push_back(to_utf8(language.value));
  }
  if (windows.languages.empty() && !windows.default_language.empty()) {
    windows.languages.push_back(windows.default_language);
  }
  windows.version = version_of(identity);
  return claims;
}

Diagnostics compare_claims(const wim::ImageClaims& claimed, const Identity& identity) {
  Comparison comparison(claimed.index);
  if (!claimed.windows) {
    return {};
  }
  const wim::ImageClaims found = claims_of(identity);
  const wim::WindowsClaims& left = *claimed.windows;
  const wim::WindowsClaims& right = *found.windows;
  comparison.texts("edition", left.edition_id, right.edition_id);
  comparison.texts("installation type", left.installation_type, right.installation_type);
  comparison.texts("product type", left.product_type, right.product_type);
  if (left.version && right.version) {
    comparison.texts("version", version_text(*left.version, *right.version),
                     version_text(*right.version, *left.version));
  }
  if (left.architecture && right.architecture) {
    comparison.texts("architecture", fmt::format("{}", *left.architecture),
                     fmt::format("{}", *right.architecture));
  }
  return std::move(comparison).take();
}

}  // namespace casement
