// SPDX-License-Identifier: Apache-2.0
// Explanations for keys and values that are not there.
#include "tools/casement/commands/missing_key.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/casement/commands/suggest.h"
#include "tools/casement/messages.h"
#include "tools/casement/registry_path.h"
#include "tools/casement/render/text.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

/// Names read for suggestions; the largest real keys have about 10,000 subkeys.
constexpr std::size_t names_read = 20'000;

/// Names of a reader's items, damaged ones left out.
template <class Reader>
std::vector<std::u16string> names_of(Reader reader) {
  std::vector<std::u16string> names;
  for (std::size_t i = 0; i < names_read; ++i) {
    const auto item = reader.next();
    if (!item) {
      continue;
    }
    if (!*item) {
      break;
    }
    names.push_back((*item)->name().to_u16string());
  }
  return names;
}

bool is_root_name(std::u16string_view text) {
  return std::ranges::any_of(root_names(),
                             [&](std::u16string_view root) { return equals_folded(text, root); });
}

/// The longest name of a subkey that `joined` begins with.
std::optional<std::pair<std::u16string, Key>> longest_subkey(const Key& key,
                                                             std::u16string_view joined) {
  std::optional<Key> best;
  SubkeyReader reader = key.subkeys();
  for (std::size_t i = 0; i < names_read; ++i) {
    const auto child = reader.next();
    if (!child) {
      continue;
    }
    if (!*child) {
      break;
    }
    const std::size_t size = (*child)->name().size();
    if (size != 0 && size <= joined.size() && (!best || size > best->name().size()) &&
        (*child)->name().equals_folded(joined.substr(0, size))) {
      best = **child;
    }
  }
  if (!best) {
    return std::nullopt;
  }
  return std::pair(best->name().to_u16string(), *best);
}

void say_no_hive(const RegistrySource& source, std::u16string_view key) {
  std::vector<std::u16string> paths;
  for (const Result<RegStart>& top : source.tops(u"")) {
    if (top) {
      paths.push_back(top->path);
    }
  }
  say_error(fmt::format("no such key: {}", to_utf8(key)));
  say_hint("the image has these hives: " + quoted_list(paths, paths.size()));
}

}  // namespace

std::string eaten_backslashes_hint(std::u16string_view key) {
  if (key.find(u'\\') != std::u16string_view::npos) {
    return {};
  }
  for (const std::u16string_view root : root_names()) {
    if (key.size() > root.size() && equals_folded(key.substr(0, root.size()), root)) {
      return fmt::format(
          "the shell took the backslashes away: put the key in single quotes, or write it with "
          "'/': {}/...",
          to_utf8(root));
    }
  }
  return {};
}

void say_missing_key(const RegistrySource& source, std::u16string_view key) {
  std::u16string_view present = key;
  while (true) {
    const std::size_t separator = present.rfind(u'\\');
    if (separator == std::u16string_view::npos && !source.is_hive_file()) {
      return say_no_hive(source, key);
    }
    present = separator == std::u16string_view::npos ? std::u16string_view()
                                                     : present.substr(0, separator);
    const Result<std::optional<RegStart>> found = source.find(present);
    if (!found || !*found) {
      if (present.empty()) {
        return say_error(fmt::format("no such key: {}", to_utf8(key)));
      }
      continue;
    }
    const RegStart& start = **found;
    std::u16string_view missing = key.substr(present.size());
    missing.remove_prefix(std::min(missing.find_first_not_of(u'\\'), missing.size()));
    const std::u16string_view first = missing.substr(0, missing.find(u'\\'));
    say_error(fmt::format("no such key: {}", to_utf8(key)));
    say_hint(
        fmt::format("{} has no subkey '{}'",
                    start.path == u"\\" ? std::string("the root of the hive") : to_utf8(start.path),
                    to_utf8(first)));
    if (source.is_hive_file() && present.empty() && is_root_name(first)) {
      return say_hint("in a hive file KEY begins at the root of the hive: leave out " +
                      to_utf8(first) + " and the name of the hive");
    }
    if (first == missing && present.empty()) {
      const std::u16string restored = restore_separators(start.key, missing, longest_subkey);
      if (restored.find(u'\\') != std::u16string::npos) {
        return say_hint(
            fmt::format("the shell took the backslashes away: put the key in single quotes: '{}'",
                        to_utf8(restored)));
      }
    }
    return say_alternatives(first, names_of(start.key.subkeys()), "subkeys");
  }
}

void say_missing_value(const RegStart& start, std::u16string_view name) {
  say_error(name.empty() ? fmt::format("{} has no default value", to_utf8(start.path))
                         : fmt::format("{} has no value '{}'", to_utf8(start.path), to_utf8(name)));
  say_alternatives(name, names_of(start.key.values()), "values");
}

}  // namespace casement::cli
