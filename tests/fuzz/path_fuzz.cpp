// SPDX-License-Identifier: Apache-2.0
// Any bytes as a path in UTF-16LE, as a reparse buffer, and as a host name.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vfs/core/utf16.h"
#include "vfs/fs/host_name.h"
#include "vfs/fs/link_target.h"
#include "vfs/fs/path.h"
#include "vfs/fs/reparse.h"

namespace {

/// Ends the program, so that the fuzzer keeps the input.
void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto path = parse_path(from_utf16le(bytes));
  if (path) {
    const std::u16string text = format_path(*path);
    const auto again = parse_path(text);
    // Formatting may add a dot or a separator to a path of the greatest length.
    require(text.size() > max_path_units || (again && *again == *path));
    require(join_path(*path, *path).has_value() ||
            2 * path->components.size() > Limits{}.max_path_depth ||
            2 * path->parents > Limits{}.max_path_depth);
  }
  if (const auto target = parse_reparse_target(bytes)) {
    require(!target->target.empty());
    (void)parse_link_target(*target, {});
  }
  const std::string_view name(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes to chars
  const std::u16string decoded = decode_host_name(name);
  const bool possible =
      name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
  require(!possible || encode_host_name(decoded) == name);
  (void)decode_host_name(name, NameCoding::percent);
  return 0;
}
