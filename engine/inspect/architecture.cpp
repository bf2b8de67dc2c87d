// SPDX-License-Identifier: Apache-2.0
// The architecture, from the programs themselves and from the registry.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "engine/inspect/identity_parts.h"
#include "engine/inspect/processor_architecture.h"
#include "engine/pe/pe_header.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {

const char* architecture_name(Architecture architecture) noexcept {
  switch (architecture) {
    case Architecture::unknown:
      return "unknown";
    case Architecture::x86:
      return "x86";
    case Architecture::arm:
      return "arm";
    case Architecture::ia64:
      return "ia64";
    case Architecture::amd64:
      return "amd64";
    case Architecture::arm64:
      return "arm64";
  }
  return "unknown";
}

std::optional<std::uint32_t> processor_architecture(Architecture architecture) noexcept {
  switch (architecture) {
    case Architecture::x86:
      return 0;
    case Architecture::arm:
      return 5;
    case Architecture::ia64:
      return 6;
    case Architecture::amd64:
      return 9;
    case Architecture::arm64:
      return 12;
    case Architecture::unknown:
      break;
  }
  return std::nullopt;
}

Architecture architecture_of_processor(std::uint32_t processor) noexcept {
  for (const Architecture architecture : {Architecture::x86, Architecture::arm, Architecture::ia64,
                                          Architecture::amd64, Architecture::arm64}) {
    if (processor_architecture(architecture) == processor) {
      return architecture;
    }
  }
  return Architecture::unknown;
}

namespace {

struct ArchitectureName {
  std::u16string_view variable;  // PROCESSOR_ARCHITECTURE
  std::u16string_view lab;       // in BuildLabEx: "19041.1.amd64fre.vb_release.191206-1406"
  Architecture value;
};

constexpr std::array<ArchitectureName, 5> names = {{{u"x86", u".x86fre.", Architecture::x86},
                                                    {u"AMD64", u".amd64fre.", Architecture::amd64},
                                                    {u"ARM64", u".arm64fre.", Architecture::arm64},
                                                    {u"ARM", u".armfre.", Architecture::arm},
                                                    {u"IA64", u".ia64fre.", Architecture::ia64}}};

std::optional<Architecture> known_machine(std::uint16_t machine) {
  for (const ArchitectureName& name : names) {
    if (static_cast<std::uint16_t>(name.value) == machine) {
      return name.value;
    }
  }
  return std::nullopt;
}

/// The machine of the first of the programs that is one.
MaybeFact<Architecture> from_programs(FactReader& reader) {
  for (const std::u16string_view path :
       {u"\\SystemRoot\\System32\\ntoskrnl.exe", u"\\SystemRoot\\System32\\kernel32.dll",
        u"\\SystemRoot\\System32\\ntdll.dll"}) {
    const auto file = reader.image().find_file(path);
    if (!file) {
      reader.findings().add("damaged", file.error());
      continue;
    }
    if (!*file || (*file)->kind != NodeKind::file) {
      continue;
    }
    const auto source = (*file)->file_system->open((*file)->node, {});
    const auto machine =
        source ? read_pe_machine(**source) : Result<std::uint16_t>(std::unexpected(source.error()));
    if (!machine) {
      reader.findings().add("damaged", machine.error());
      continue;
    }
    const auto known = known_machine(*machine);
    if (!known) {
      reader.findings().add(Severity::warning, "damaged",
                            fmt::format("{}: machine 0x{:04x} is no architecture of Windows NT "
                                        "that is known here",
                                        to_utf8((*file)->path), *machine));
      continue;
    }
    return Fact<Architecture>{
        .value = *known,
        .evidence = {.path = to_utf8((*file)->path), .key = {}, .value = {}, .recovered = false}};
  }
  return std::nullopt;
}

MaybeFact<Architecture> from_environment(FactReader& reader) {
  const auto variable = reader.filled_text(
      HiveId::system, reader.control_set(u"Control\\Session Manager\\Environment"),
      u"PROCESSOR_ARCHITECTURE");
  for (const ArchitectureName& name : names) {
    if (variable && equals_folded(variable->value, name.variable)) {
      return Fact<Architecture>{.value = name.value, .evidence = variable->evidence};
    }
  }
  return std::nullopt;
}

MaybeFact<Architecture> from_build_lab(const Identity& identity) {
  for (const ArchitectureName& name : names) {
    if (identity.build_lab && identity.build_lab->value.find(name.lab) != std::u16string::npos) {
      return Fact<Architecture>{.value = name.value, .evidence = identity.build_lab->evidence};
    }
  }
  return std::nullopt;
}

}  // namespace

void read_architecture(FactReader& reader, Identity& identity) {
  auto program = from_programs(reader);
  auto variable = from_environment(reader);
  if (program && variable && program->value != variable->value) {
    reader.findings().add(Severity::warning, "conflict",
                          fmt::format("{} is a program for {}, PROCESSOR_ARCHITECTURE says {}",
                                      program->evidence.path, architecture_name(program->value),
                                      architecture_name(variable->value)));
  }
  identity.architecture = program ? program : variable ? variable : from_build_lab(identity);
}

}  // namespace casement
