// SPDX-License-Identifier: Apache-2.0
// What a WIM's XML data says of an image. Written by whoever made the file, and not always true.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/filetime.h"

namespace casement::wim {

/// Major, minor, build, service pack build (the "UBR"), service pack level.
struct ClaimedVersion {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::uint32_t build = 0;
  std::optional<std::uint32_t> sp_build;
  std::optional<std::uint32_t> sp_level;
};

/// <WINDOWS> of an <IMAGE>.
struct WindowsClaims {
  std::optional<std::uint32_t> architecture;  // PROCESSOR_ARCHITECTURE_*: 0, 5, 6, 9, 12
  std::string product_name;
  std::string edition_id;
  std::string installation_type;
  std::string product_type;
  std::string product_suite;
  std::string hal;
  std::string system_root;
  std::vector<std::string> languages;
  std::string default_language;
  std::optional<ClaimedVersion> version;
};

/// One <IMAGE>. Texts are UTF-8 and empty when they are missing.
struct ImageClaims {
  std::uint32_t index = 0;  // the INDEX attribute
  std::string name;
  std::string description;
  std::string display_name;
  std::string display_description;
  std::string flags;  // <FLAGS>: the edition, as `imagex /flags` wrote it
  std::optional<std::uint64_t> directory_count;
  std::optional<std::uint64_t> file_count;
  std::optional<std::uint64_t> total_bytes;
  std::optional<std::uint64_t> hard_link_bytes;
  std::optional<FileTime> created;
  std::optional<FileTime> modified;
  std::optional<bool> wim_boot;
  std::optional<WindowsClaims> windows;
};

}  // namespace casement::wim
