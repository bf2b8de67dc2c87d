// SPDX-License-Identifier: Apache-2.0
// Small executables with resources, and where their fields lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/pe/pe_file.h"
#include "engine/pe/resources.h"
#include "engine/pe/string_table.h"
#include "engine/pe/version_info.h"
#include "fixtures/build/pe_builder.h"
#include "fixtures/build/pe_version.h"
#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

namespace casement::test {

/// Places in what build_pe() writes of a 64-bit program with resources.
namespace pe_place {
inline constexpr std::size_t section_count = 0x86;
inline constexpr std::size_t optional_size = 0x94;
inline constexpr std::size_t optional_magic = 0x98;
inline constexpr std::size_t section_alignment = 0xB8;
inline constexpr std::size_t directory_count = 0x104;
inline constexpr std::size_t resource_root = 0x118;
inline constexpr std::size_t resource_section = 0x1B0;  // its header
inline constexpr std::size_t resources = 0x400;         // its bytes
}  // namespace pe_place

inline Result<PeFile> open_bytes(std::vector<std::byte> bytes) {
  return PeFile::open(make_memory_source(std::move(bytes), "program.exe"));
}

inline fixture::PeVersion sample_version() {
  return {.file = {10, 0, 19041, 3803},
          .product = {10, 0, 19041, 1},
          .texts = {{u"CompanyName", u"Case Company"},
                    {u"FileDescription", u"Sample \u00E4\u6F22"},
                    {u"Empty", u""},
                    {u"FileVersion", u"10.0.19041.3803 (lab)"}}};
}

/// A version, strings in two languages and in two blocks, a resource by name.
inline std::vector<std::byte> sample_program(fixture::PeMachine machine = fixture::PeMachine::x64) {
  std::vector<fixture::PeResource> resources = fixture::string_resources(
      {{.number = 1, .text = u"one"}, {.number = 17, .text = u"seventeen"}}, 0x0407);
  for (fixture::PeResource& other :
       fixture::string_resources({{.number = 1, .text = u"English one"}})) {
    resources.push_back(std::move(other));
  }
  resources.push_back(fixture::version_resource(sample_version()));
  resources.push_back({.type = std::u16string(u"Settings"),
                       .name = std::u16string(u"Main"),
                       .language = 0,
                       .data = fixture::ascii_bytes("settings")});
  resources.push_back({.type = std::uint16_t{614},
                       .name = std::uint16_t{1},
                       .language = 0x0409,
                       .data = fixture::ascii_bytes("base")});
  return fixture::build_pe({.machine = machine, .resources = std::move(resources)});
}

/// Asks a file for everything that there is to ask, whatever comes of it.
inline void ask_everything(const PeFile& file) {
  (void)read_version_info(file);
  (void)read_version_info(file, std::uint16_t{0x0407});
  (void)read_resource_string(file, 1);
  (void)read_resource_string(file, 17, std::uint16_t{0x0407});
  (void)read_resource(file, std::u16string(u"SETTINGS"), std::u16string(u"main"), 1024);
  (void)read_resource(file, std::uint16_t{614}, std::uint16_t{1}, 1024);
}

inline std::string text_of(const std::vector<std::byte>& bytes) {
  std::string text;
  for (const std::byte byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

}  // namespace casement::test
