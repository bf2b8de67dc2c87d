// SPDX-License-Identifier: Apache-2.0
// Writing reparse buffers byte by byte; shares nothing with the parser.
#include "tests/support/reparse_buffers.h"

#include "vfs/fs/file_system.h"

namespace casement::test {
namespace {

void put_u16(std::vector<std::byte>& out, std::size_t value) {
  out.push_back(static_cast<std::byte>(value & 0xFF));
  out.push_back(static_cast<std::byte>(value >> 8 & 0xFF));
}

void put_u32(std::vector<std::byte>& out, std::size_t value) {
  put_u16(out, value & 0xFFFF);
  put_u16(out, value >> 16);
}

void put_text(std::vector<std::byte>& out, std::u16string_view text) {
  for (const char16_t unit : text) {
    put_u16(out, unit);
  }
}

/// Tag, length, reserved, then `data`.
std::vector<std::byte> wrap_reparse(std::uint32_t tag, const std::vector<std::byte>& data) {
  std::vector<std::byte> out;
  put_u32(out, tag);
  put_u16(out, data.size());
  put_u16(out, 0);
  out.insert(out.end(), data.begin(), data.end());
  return out;
}

}  // namespace

std::vector<std::byte> make_symlink_reparse(std::u16string_view target, bool relative) {
  std::vector<std::byte> data;
  put_u16(data, 0);
  put_u16(data, target.size() * 2);
  put_u16(data, target.size() * 2);
  put_u16(data, 0);
  put_u32(data, relative ? 1 : 0);
  put_text(data, target);
  return wrap_reparse(reparse_tag::symlink, data);
}

std::vector<std::byte> make_junction_buffer(std::u16string_view substitute,
                                            std::u16string_view print) {
  std::vector<std::byte> data;
  put_u16(data, 0);
  put_u16(data, substitute.size() * 2);
  put_u16(data, substitute.size() * 2 + 2);
  put_u16(data, print.size() * 2);
  put_text(data, substitute);
  put_u16(data, 0);
  put_text(data, print);
  put_u16(data, 0);
  return wrap_reparse(reparse_tag::mount_point, data);
}

std::vector<std::byte> make_lx_symlink_buffer(std::string_view target, std::uint32_t version) {
  std::vector<std::byte> data;
  put_u32(data, version);
  for (const char c : target) {
    data.push_back(static_cast<std::byte>(c));
  }
  return wrap_reparse(reparse_tag::lx_symlink, data);
}

}  // namespace casement::test
