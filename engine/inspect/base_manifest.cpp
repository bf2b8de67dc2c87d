// SPDX-License-Identifier: Apache-2.0
// Finding wcp.dll and the resource in it.
//
// Windows decompresses the manifests of components (DCM, since Windows 8) with the resource of
// type 0x266 and name 1 of its own wcp.dll, in whatever language it is (its function is called
// LoadFirstResourceLanguageAgnostic): public notes on the format and tools that expand such
// manifests (wcpex, SXSEXP, haveSxS) agree on it. wcp.dll lies with the servicing stack that it
// belongs to, and on some older systems in System32.
#include "engine/inspect/base_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/image/node_lookup.h"
#include "engine/inspect/image_program.h"
#include "engine/pe/resources.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint16_t base_type = 0x266;
constexpr std::uint16_t base_name = 1;

constexpr std::u16string_view store_path = u"\\SystemRoot\\WinSxS";
constexpr std::u16string_view system_path = u"\\SystemRoot\\System32\\wcp.dll";
constexpr std::u16string_view stack_name = u"_microsoft-windows-servicingstack_";

/// WinSxS of a machine in use has about 40,000 entries.
constexpr std::size_t max_store_entries = 1'000'000;
/// A machine keeps a few stacks of each architecture.
constexpr std::size_t max_stacks = 64;

using Version = std::array<std::uint32_t, 4>;

/// A folder of a servicing stack.
struct Stack {
  Version version{};
  std::u16string name;
};

/// "10.0.19041.3745"
std::optional<Version> parse_version(std::u16string_view text) {
  Version version{};
  for (std::size_t i = 0; i < version.size(); ++i) {
    const std::size_t dot = text.find(u'.');
    const bool last = i + 1 == version.size();
    const auto number = parse_digits<std::uint32_t>(text.substr(0, dot));
    if (!number || last != (dot == text.npos)) {
      return std::nullopt;
    }
    version.at(i) = *number;
    text.remove_prefix(last ? text.size() : dot + 1);
  }
  return version;
}

/// "amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.19041.3745_none_7e2a...": an
/// architecture, the name, a token, a version, a language, a hash.
std::optional<Stack> parse_stack(std::u16string_view folder) {
  const std::size_t architecture = std::min(folder.find(u'_'), folder.size());
  const std::u16string_view rest = folder.substr(architecture);
  if (!starts_with_folded(rest, stack_name)) {
    return std::nullopt;
  }
  const std::u16string_view behind = rest.substr(stack_name.size());
  const std::size_t token = std::min(behind.find(u'_'), behind.size());
  const std::u16string_view from_version = behind.substr(std::min(token + 1, behind.size()));
  const auto version = parse_version(from_version.substr(0, from_version.find(u'_')));
  return version ? std::optional(Stack{.version = *version, .name = std::u16string(folder)})
                 : std::nullopt;
}

/// The newest first; of one version by name.
bool comes_before(const Stack& a, const Stack& b) noexcept {
  return a.version != b.version ? a.version > b.version : compare_folded(a.name, b.name) < 0;
}

/// Where a wcp.dll may be, best first. Empty: there is no component store.
Result<std::vector<std::u16string>> paths_in_store(const Image& image) {
  std::vector<std::u16string> paths;
  const auto store = CASEMENT_TRY(image.find_file(store_path));
  if (!store || store->kind != NodeKind::directory) {
    return paths;
  }
  Diagnostics unread;  // an entry that cannot be read may be any: what can be read is looked at
  const auto entries =
      CASEMENT_TRY(list_directory(*store->file_system, store->node, max_store_entries, unread));
  std::vector<Stack> stacks;
  for (const DirEntry& entry : entries) {
    auto stack = entry.kind == NodeKind::directory ? parse_stack(entry.name) : std::nullopt;
    if (stack) {
      stacks.push_back(*std::move(stack));
    }
  }
  std::sort(stacks.begin(), stacks.end(), comes_before);
  stacks.resize(std::min(stacks.size(), max_stacks));
  for (const Stack& stack : stacks) {
    paths.push_back(std::u16string(store_path) + u"\\" + stack.name + u"\\wcp.dll");
  }
  return paths;
}

/// nullopt: no such file, or it has no such resource.
Result<std::optional<std::vector<std::byte>>> read_from(const Image& image,
                                                        std::u16string_view path) {
  const auto program = CASEMENT_TRY(open_image_program(image, path));
  if (!program) {
    return std::optional<std::vector<std::byte>>();
  }
  return read_resource(program->file, base_type, base_name, max_base_manifest)
      .with_context([&program] { return to_utf8(program->path); });
}

std::string windows_text(std::u16string_view path) {
  constexpr std::u16string_view root = u"\\SystemRoot";
  return "%SystemRoot%" + to_utf8(path.substr(root.size()));
}

}  // namespace

Result<std::vector<std::byte>> read_base_manifest(const Image& image) {
  const auto context = [] { return std::string("base of compressed manifests"); };
  auto paths = CASEMENT_TRY(paths_in_store(image).with_context(context));
  const std::size_t stack_count = paths.size();
  paths.emplace_back(system_path);
  std::optional<Error> first_error;
  for (const std::u16string& path : paths) {
    auto base = read_from(image, path);
    if (base && *base) {
      return **std::move(base);
    }
    if (!base && !first_error) {
      first_error = base.error();
    }
  }
  if (first_error) {
    return std::unexpected(std::move(*first_error).context(context()));
  }
  return fail(Status::not_found,
              fmt::format("{}: no wcp.dll with the resource {}, {} in {} servicing stacks of {}, "
                          "nor {}",
                          context(), base_type, base_name, stack_count, windows_text(store_path),
                          windows_text(system_path)));
}

}  // namespace casement
