// SPDX-License-Identifier: Apache-2.0
// What the tests of corner cases share: contents, and reading them back.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "fixtures/build/bytes.h"
#include "vfs/fs/file_system.h"

namespace casement::test {

inline constexpr std::size_t corner_cluster = 4096;

/// Bytes that differ from cluster to cluster, and compress.
fixture::ByteVector corner_content(std::size_t size, unsigned seed = 1);
/// Bytes that do not compress.
fixture::ByteVector corner_noise(std::size_t size);
fixture::ByteVector joined(std::initializer_list<fixture::ByteVector> parts);

/// The whole stream at an exact path.
Result<fixture::ByteVector> read_path(const FileSystem& volume, std::u16string_view path,
                                      std::u16string_view stream = u"");
/// The main stream reads as that; reports an error.
bool holds(const FileSystem& volume, std::u16string_view path, const fixture::ByteVector& expected);
NodeInfo info_of(const FileSystem& volume, std::u16string_view path);

}  // namespace casement::test
