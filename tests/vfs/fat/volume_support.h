// SPDX-License-Identifier: Apache-2.0
// Looking at FAT and exFAT volumes that a test has built.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/bytes.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"

namespace casement::test {

namespace fx = casement::fixture;

SourcePtr as_source(std::vector<std::byte> bytes);

/// The entry at a path with '/' between names, by lookup(). Fails the test when it is not there.
DirEntry entry_at(const FileSystem& volume, std::string_view path);
/// All bytes of its main stream.
Result<std::string> read_file(const FileSystem& volume, NodeId node);
std::string content_at(const FileSystem& volume, std::string_view path);

/// One line an entry, sorted, by read_dir(): "dir/", "dir/file=content". Errors become
/// "dir/!corrupt".
std::vector<std::string> tree_of(const FileSystemPtr& volume);
/// Names of one directory in their order, by read_dir(); errors as "!corrupt".
std::vector<std::string> names_in(const FileSystem& volume, NodeId directory);
/// One line an entry in the order of the scan: depth times '+', "-" when deleted, the name;
/// "!corrupt" for errors.
std::vector<std::string> scan_of(const FileSystem& volume, const ScanOptions& options = {});

/// The codes of all findings.
std::set<std::string> findings_of(const FileSystem& volume);
/// The text of the first finding with this code; fails the test when there is none.
std::string finding(const FileSystem& volume, std::string_view code);

/// Opens nothing: reads everything that an opened volume offers, so that sanitizers can watch.
void read_everything(const FileSystemPtr& volume);

/// Gives the bytes to the two entries of a format's folder, and reads everything. Whether they
/// could be opened at all: sweeps that only meet refusals would prove nothing.
bool try_everything(std::vector<std::byte> bytes, Result<bool> (*probe)(const ByteSource&),
                    Result<FileSystemPtr> (*open)(SourcePtr, const Limits&));

/// `length` bytes of a file.
Result<std::string> read_part(const ByteSource& source, std::uint64_t offset, std::size_t length);

/// `size` bytes that tell every position apart.
fx::ByteVector pattern(std::size_t size, unsigned seed = 1);
std::string text_of(const fx::ByteVector& bytes);

}  // namespace casement::test
