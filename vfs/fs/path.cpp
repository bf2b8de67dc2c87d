// SPDX-License-Identifier: Apache-2.0
// Components, dots and streams of Windows paths.
#include "vfs/fs/path.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_prefix.h"

namespace casement {
namespace {

/// ".." may go above the start only where the caller knows what lies there.
bool starts_below_caller(const PathRoot& root) {
  return std::holds_alternative<path_root::Relative>(root) ||
         std::holds_alternative<path_root::SystemRoot>(root) ||
         std::holds_alternative<path_root::Variable>(root);
}

std::u16string_view trim_win32(std::u16string_view name) {
  const std::size_t last = name.find_last_not_of(u". ");
  // Nothing left: "..." is no name for Windows, but an image may hold it.
  return last == std::u16string_view::npos ? name : name.substr(0, last + 1);
}

void step_up(ParsedPath& path) {
  if (!path.components.empty()) {
    path.components.pop_back();
  } else if (starts_below_caller(path.root)) {
    ++path.parents;
  }
}

Result<void> check_depth(const ParsedPath& path, const Limits& limits) {
  // Each ".." above the start is work for the caller as much as a name is.
  if (path.components.size() > limits.max_path_depth || path.parents > limits.max_path_depth) {
    return fail(Status::limit_exceeded,
                fmt::format("path with more than {} components", limits.max_path_depth));
  }
  return {};
}

Result<void> add_component(ParsedPath& path, std::u16string_view text, const Limits& limits) {
  if (text.empty() || (!path.literal && text == u".")) {
    return {};
  }
  if (!path.literal && text == u"..") {
    step_up(path);
    return check_depth(path, limits);
  }
  const std::u16string_view name = path.literal ? text : trim_win32(text);
  path.components.push_back({std::u16string(name), std::u16string(text)});
  return check_depth(path, limits);
}

struct StreamSuffix {
  std::u16string_view name;  // of the file
  std::u16string_view stream;
};

/// Cuts "name:stream[:type]".
Result<StreamSuffix> split_stream(std::u16string_view text) {
  const std::size_t first = text.find(u':');
  if (first == std::u16string_view::npos) {
    return StreamSuffix{text, {}};
  }
  const std::u16string_view suffix = text.substr(first + 1);
  const std::size_t second = suffix.find(u':');
  const std::u16string_view stream = suffix.substr(0, second);
  if (second == std::u16string_view::npos) {
    if (stream.empty()) {
      return fail(Status::invalid_argument,
                  fmt::format("path ending in \"{}\": no stream name", to_utf8(text)));
    }
    return StreamSuffix{text.substr(0, first), stream};
  }
  const std::u16string_view type = suffix.substr(second + 1);
  if (type.empty() || type.find(u':') != std::u16string_view::npos) {
    return fail(Status::invalid_argument,
                fmt::format("path ending in \"{}\": expected name:stream:type", to_utf8(text)));
  }
  if (!equals_folded(type, u"$DATA")) {
    return fail(Status::unsupported,
                fmt::format("stream of type \"{}\": only $DATA can be opened", to_utf8(type)));
  }
  return StreamSuffix{text.substr(0, first), stream};
}

std::u16string root_text(const ParsedPath& path) {
  struct Visitor {
    bool literal;
    std::u16string operator()(const path_root::Relative&) const { return {}; }
    std::u16string operator()(const path_root::Rooted&) const { return u"\\"; }
    std::u16string operator()(const path_root::Drive& drive) const {
      const std::u16string text = literal ? u"\\\\?\\" : u"";
      return text + drive.letter + u":\\";
    }
    std::u16string operator()(const path_root::VolumeGuid& volume) const {
      return (literal ? u"\\\\?\\Volume{" : u"\\\\.\\Volume{") +
             from_utf8(volume.id.to_string()).value_or(u"") + u"}\\";
    }
    std::u16string operator()(const path_root::HarddiskVolume& volume) const {
      return (literal ? u"\\\\?\\HarddiskVolume" : u"\\Device\\HarddiskVolume") +
             from_utf8(std::to_string(volume.number)).value_or(u"") + u"\\";
    }
    std::u16string operator()(const path_root::SystemRoot&) const { return u"\\SystemRoot\\"; }
    std::u16string operator()(const path_root::Variable& variable) const {
      return u"%" + variable.name + u"%\\";
    }
    std::u16string operator()(const path_root::Unresolvable& path) const { return path.text; }
  };
  return std::visit(Visitor{path.literal}, path.root);
}

/// Everything behind the root.
std::u16string tail_text(const ParsedPath& path) {
  std::u16string text;
  for (std::size_t i = 0; i < path.parents; ++i) {
    text += text.empty() ? u".." : u"\\..";
  }
  for (const PathComponent& component : path.components) {
    if (!text.empty()) {
      text += u'\\';
    }
    text += component.raw;
  }
  // A colon in the last name must not be read as the start of a stream suffix.
  const bool colon =
      !path.components.empty() && path.components.back().raw.find(u':') != std::u16string::npos;
  const bool ends_in_dots = path.components.empty() && path.parents > 0;
  if (colon || (ends_in_dots && !path.stream.empty())) {
    text += u'\\';
  }
  if (!path.stream.empty()) {
    text += u':' + path.stream;
  }
  return text;
}

}  // namespace

Result<ParsedPath> parse_path(std::u16string_view text, const Limits& limits) {
  if (text.size() > max_path_units) {
    return fail(Status::name_too_long, fmt::format("path of {} UTF-16 units: Windows allows {}",
                                                   text.size(), max_path_units));
  }
  if (const std::size_t nul = text.find(u'\0'); nul != std::u16string_view::npos) {
    return fail(Status::invalid_argument, fmt::format("path with a NUL at unit {}", nul));
  }
  PathPrefix prefix = split_path_prefix(text);
  ParsedPath path;
  path.root = std::move(prefix.root);
  path.literal = prefix.literal;
  std::u16string_view rest = prefix.rest;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(path_separators);
    std::u16string_view component = rest.substr(0, end);
    if (end == std::u16string_view::npos) {
      const StreamSuffix suffix = CASEMENT_TRY(split_stream(component));
      component = suffix.name;
      path.stream = suffix.stream;
      rest = {};
    } else {
      rest.remove_prefix(component.size() + 1);
    }
    CASEMENT_TRY(add_component(path, component, limits));
  }
  return path;
}

Result<ParsedPath> join_path(const ParsedPath& base, const ParsedPath& tail, const Limits& limits) {
  ParsedPath joined = base;
  joined.literal = base.literal || tail.literal;
  joined.stream = tail.stream;
  for (std::size_t i = 0; i < tail.parents; ++i) {
    step_up(joined);
  }
  joined.components.insert(joined.components.end(), tail.components.begin(), tail.components.end());
  CASEMENT_TRY(check_depth(joined, limits));
  return joined;
}

std::u16string format_path(const ParsedPath& path) {
  std::u16string root = root_text(path);
  if (std::holds_alternative<path_root::Unresolvable>(path.root)) {
    return root;
  }
  const std::u16string tail = tail_text(path);
  std::u16string text = root + tail;
  if (split_path_prefix(text).root != path.root) {
    // "\.\SystemRoot" is a directory of that name; without the dot it would be the prefix.
    text = root + u".\\" + tail;
  }
  return text;
}

}  // namespace casement
