// SPDX-License-Identifier: Apache-2.0
// Codes in the summary information of a patch.
#include "engine/inspect/msi_patch_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/servicing/compound_file.h"
#include "engine/servicing/compound_file_summary.h"

namespace casement {
namespace {

/// The texts in it, and 4,000 product codes.
constexpr std::uint64_t max_summary_size = 256U << 10U;
constexpr std::size_t guid_size = 38;  // with braces
constexpr std::int32_t installed_state = 5;

Result<Guid> parse_code(std::string_view text, const char* what) {
  const auto guid = Guid::parse(text);
  if (!guid) {
    return fail(Status::invalid_data, fmt::format("{}: '{}' is no GUID", what, text));
  }
  return *guid;
}

/// "{...}{...}": without anything between them.
Result<std::vector<Guid>> parse_patch_codes(std::string_view text) {
  std::vector<Guid> codes;
  for (; !text.empty(); text.remove_prefix(std::min(guid_size, text.size()))) {
    codes.push_back(CASEMENT_TRY(parse_code(text.substr(0, guid_size), "patch code")));
  }
  return codes;
}

/// "{...};{...}"
Result<std::vector<Guid>> parse_product_codes(std::string_view text) {
  std::vector<Guid> codes;
  while (!text.empty()) {
    const std::string_view code = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(code.size() + 1, text.size()));
    if (!code.empty()) {
      codes.push_back(CASEMENT_TRY(parse_code(code, "product code")));
    }
  }
  return codes;
}

}  // namespace

Result<MsiPatchFile> read_msi_patch_file(SourcePtr source) {
  const CompoundFile file = CASEMENT_TRY(CompoundFile::open(std::move(source)));
  const auto summary = CASEMENT_TRY(file.read(summary_stream, max_summary_size));
  if (!summary) {
    return fail(Status::invalid_data, "the compound file has no summary information");
  }
  const auto revision =
      CASEMENT_TRY(read_summary_text(*summary, summary_property::revision_number));
  const auto products = CASEMENT_TRY(read_summary_text(*summary, summary_property::template_text));
  if (!revision || !products) {
    return fail(Status::invalid_data, "the summary information has no patch or product codes");
  }
  MsiPatchFile patch;
  patch.replaces = CASEMENT_TRY(parse_patch_codes(*revision));
  patch.products = CASEMENT_TRY(parse_product_codes(*products));
  if (patch.replaces.empty() || patch.products.empty()) {
    return fail(Status::invalid_data, "the summary information has no patch or product codes");
  }
  patch.code = patch.replaces.front();
  patch.replaces.erase(patch.replaces.begin());
  return patch;
}

std::vector<const MsiProduct*> patchable_products(const MsiPatchFile& patch, const MsiList& list) {
  std::vector<const MsiProduct*> found;
  for (const MsiProduct& product : list.products) {
    const bool meant = std::ranges::find(patch.products, product.code) != patch.products.end();
    const bool has_it = std::ranges::any_of(list.patches, [&](const MsiPatch& own) {
      return own.product == product.code && own.code == patch.code;
    });
    if (meant && product.state == installed_state && !has_it) {
      found.push_back(&product);
    }
  }
  return found;
}

}  // namespace casement
