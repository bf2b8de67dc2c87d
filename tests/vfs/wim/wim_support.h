// SPDX-License-Identifier: Apache-2.0
// WIMs in memory, opened.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/wim/wim_builder.h"
#include "tests/vfs/container/memory_folder.h"
#include "vfs/core/digest.h"
#include "vfs/core/limits.h"
#include "vfs/wim/verify.h"
#include "vfs/wim/wim_file.h"

namespace casement::test {

using RawBytes = std::vector<std::byte>;

/// File by name. The folder has all of them; `name` is opened.
Result<wim::WimFilePtr> try_open_wim(const MemoryFolder::Files& files, const std::string& name,
                                     const Limits& limits = {});
wim::WimFilePtr open_wim(RawBytes bytes);
Result<wim::WimFilePtr> try_open_wim(RawBytes bytes, const Limits& limits = {});

/// As "name.swm", "name2.swm", ...
MemoryFolder::Files name_parts(const std::vector<RawBytes>& parts, const std::string& stem);

/// A file of the host with its folder.
wim::WimFilePtr open_host_wim(const std::string& path);

/// Bytes that compress about as well as text, always the same for a seed.
std::string text_of_size(std::size_t size, unsigned seed = 1);
/// Bytes that do not compress.
std::string noise_of_size(std::size_t size, unsigned seed = 1);

/// Contents around the borders of chunks, and a WIM of them.
std::vector<std::string> border_contents();
fixture::WimBuilder border_builder(const fixture::WimOptions& options);

Bytes bytes_of(std::string_view text);
Sha1 hash_of(std::string_view text);

/// All bytes of a blob, read in pieces of `piece_size` (0: at once).
Result<std::string> try_read_blob(const wim::WimFile& file, const Sha1& hash,
                                  std::size_t piece_size = 0);
std::string read_blob(const wim::WimFile& file, std::string_view content,
                      std::size_t piece_size = 0);

bool has_finding(const Diagnostics& findings, std::string_view code);
/// All findings, one a line.
std::string finding_texts(const Diagnostics& findings);

wim::VerifyReport verified(const wim::WimFilePtr& file, unsigned threads = 2);

/// Opens, lists, reads every blob and verifies: what hostile files must survive.
void exercise(const MemoryFolder::Files& files, const std::string& name);

}  // namespace casement::test
