// SPDX-License-Identifier: Apache-2.0
// Reparse buffers for tests, as Windows writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace casement::test {

/// A symlink buffer (tag 0xA000000C) with an empty print name.
std::vector<std::byte> make_symlink_reparse(std::u16string_view target, bool relative);

/// A mount point buffer (tag 0xA0000003) with independent substitute and print names.
std::vector<std::byte> make_junction_buffer(std::u16string_view substitute,
                                            std::u16string_view print);

/// An LX symlink buffer (tag 0xA000001D).
std::vector<std::byte> make_lx_symlink_buffer(std::string_view target, std::uint32_t version = 2);

}  // namespace casement::test
