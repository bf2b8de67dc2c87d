// SPDX-License-Identifier: Apache-2.0
// Tables of attributes and tags (MS-FSCC 2.6 and 2.1.2.1).
#include "tools/casement/render/attributes.h"

namespace casement::cli {
namespace {

struct Letter {
  char letter;
  std::uint32_t bits;  // any of them
};

constexpr std::array<Letter, attribute_columns> letters{{
    {'D', file_attribute::directory},
    {'R', file_attribute::read_only},
    {'H', file_attribute::hidden},
    {'S', file_attribute::system},
    {'A', file_attribute::archive},
    {'C', file_attribute::compressed},
    {'E', file_attribute::encrypted},
    {'P', file_attribute::sparse},
    {'L', file_attribute::reparse_point},
    {'O', file_attribute::offline | file_attribute::recall_on_data_access},
}};

struct Name {
  std::uint32_t bit;
  const char* name;
};

constexpr Name names[] = {
    {file_attribute::read_only, "read-only"},
    {file_attribute::hidden, "hidden"},
    {file_attribute::system, "system"},
    {file_attribute::directory, "directory"},
    {file_attribute::archive, "archive"},
    {0x0040, "device"},
    {file_attribute::normal, "normal"},
    {0x0100, "temporary"},
    {file_attribute::sparse, "sparse"},
    {file_attribute::reparse_point, "reparse point"},
    {file_attribute::compressed, "compressed"},
    {file_attribute::offline, "offline"},
    {0x2000, "not indexed"},
    {file_attribute::encrypted, "encrypted"},
    {0x8000, "integrity stream"},
    {0x2'0000, "no scrub"},
    {0x4'0000, "recall on open"},
    {0x8'0000, "pinned"},
    {0x10'0000, "unpinned"},
    {file_attribute::recall_on_data_access, "recall on data access"},
};

constexpr Name tags[] = {
    {reparse_tag::mount_point, "mount point"},
    {reparse_tag::symlink, "symbolic link"},
    {reparse_tag::lx_symlink, "Linux symbolic link"},
    {reparse_tag::wof, "WOF compression"},
    {reparse_tag::deduplicated, "deduplicated"},
    {0x8000001B, "app execution link"},
    {0x80000023, "Unix socket"},
    {0x80000024, "Linux FIFO"},
    {0x80000025, "Linux character device"},
    {0x80000026, "Linux block device"},
};

}  // namespace

std::array<char, attribute_columns> attribute_letters(const NodeInfo& info) noexcept {
  // Not every file system keeps the bit of what it calls a directory or a link.
  const std::uint32_t bits =
      info.attributes | (info.kind == NodeKind::directory ? file_attribute::directory : 0) |
      (info.kind == NodeKind::reparse_point ? file_attribute::reparse_point : 0);
  std::array<char, attribute_columns> text{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    text[i] = (bits & letters[i].bits) != 0 ? letters[i].letter : '-';
  }
  return text;
}

std::string attribute_names(std::uint32_t attributes) {
  std::string text;
  for (const Name& entry : names) {
    if ((attributes & entry.bit) != 0) {
      text += text.empty() ? "" : ", ";
      text += entry.name;
    }
  }
  return text;
}

const char* reparse_tag_name(std::uint32_t tag) noexcept {
  for (const Name& entry : tags) {
    if (entry.bit == tag) {
      return entry.name;
    }
  }
  return (tag & reparse_tag::cloud_mask) == reparse_tag::cloud ? "cloud file" : nullptr;
}

const char* node_kind_name(NodeKind kind) noexcept {
  switch (kind) {
    case NodeKind::file:
      return "file";
    case NodeKind::directory:
      return "directory";
    case NodeKind::reparse_point:
      break;
  }
  return "reparse_point";
}

}  // namespace casement::cli
