// SPDX-License-Identifier: Apache-2.0
// A key's group and serial number, looked up in the installation's pkeyconfig.
#include "engine/inspect/product_key.h"

#include <fmt/format.h>

#include "engine/inspect/image_file.h"
#include "engine/servicing/pkeyconfig.h"
#include "engine/servicing/product_key_code.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view pkeyconfig_path =
    u"\\SystemRoot\\System32\\spp\\tokens\\pkeyconfig\\pkeyconfig.xrm-ms";

Result<PkeyConfig> load_pkeyconfig(const Image& image) {
  const auto file = CASEMENT_TRY(read_image_file(image, pkeyconfig_path, max_pkeyconfig_size));
  if (!file) {
    return fail(Status::not_found,
                fmt::format("no product key configuration ({}) in the installation",
                            to_utf8(pkeyconfig_path)));
  }
  return parse_pkeyconfig(file->bytes).with_context([&] { return to_utf8(file->path); });
}

}  // namespace

Result<ProductKeyInfo> read_product_key(const Image& image, std::u16string_view key) {
  const auto code = decode_product_key(key);
  if (!code) {
    return fail(unknown_product, code.error().message());
  }
  const PkeyConfig config = CASEMENT_TRY(load_pkeyconfig(image));
  const auto match = find_pkey_range(config, code->group, code->serial);
  if (!match) {
    return fail(
        unknown_product,
        fmt::format("product key of group {}: no range of the installation has its serial "
                    "number {} ({} configurations, {} ranges)",
                    code->group, code->serial, config.configurations.size(), config.ranges.size()));
  }
  if (!match->range->valid) {
    return fail(unknown_product,
                fmt::format("product key of group {}: its range, part number {}, is marked as not "
                            "valid",
                            code->group, to_utf8(match->range->part_number)));
  }
  return ProductKeyInfo{.edition = match->configuration->edition,
                        .channel = match->configuration->key_type};
}

}  // namespace casement
