// SPDX-License-Identifier: Apache-2.0
// Whole NTFS volumes for tests: opened, listed, compared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/ntfs/ntfs_builder.h"
#include "vfs/fs/file_system.h"
#include "vfs/ntfs/node.h"
#include "vfs/ntfs/volume.h"

namespace casement::test {

SourcePtr to_source(const fixture::ByteVector& bytes);

FileSystemPtr open_volume(const fixture::ByteVector& bytes, const Limits& limits = {});
FileSystemPtr open_volume(const fixture::NtfsBuilder& builder);

/// The volume below the file system, with the built-in upcase table.
ntfs::NtfsVolumePtr open_raw_volume(const fixture::ByteVector& bytes, const Limits& limits = {});
ntfs::NtfsNode node_of(const ntfs::NtfsVolumePtr& volume, const fixture::BuiltNtfs& built,
                       const char* path);

/// The node at an exact path ("\a\b"), by lookups. Fails the test when it is not there.
NodeId find_node(const FileSystem& volume, std::u16string_view path);
bool exists(const FileSystem& volume, std::u16string_view path);

/// One line an entry, all fields; and one line an error, beginning with "error".
std::vector<std::string> scan_lines(const FileSystem& volume, const ScanOptions& options = {});
/// The same from reading directory after directory and stat().
std::vector<std::string> walk_lines(const FileSystemPtr& volume);
/// Paths alone, with " deleted", " orphan" behind those; without metadata files.
std::vector<std::string> scan_paths(const FileSystem& volume, const ScanOptions& options = {});
/// The names that a directory gives, "error" for an error.
std::vector<std::u16string> names_in(const FileSystem& volume, NodeId directory);

/// The codes of the findings so far.
std::vector<std::string> finding_codes(const FileSystem& volume);
bool has_finding(const FileSystem& volume, std::string_view code);

/// Asks everything of every node; for volumes that are damaged at random.
void exercise(const FileSystemPtr& volume);

}  // namespace casement::test
