// SPDX-License-Identifier: Apache-2.0
// Cutting at '#' and "!/", longest existing path first.
#include "vfs/open/image_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace casement {
namespace {

constexpr const char* selector_forms =
    "expected #pN (partition N), #N (image N of a WIM), #NAME (the image of that name, in double "
    "quotes when it looks like one of the others), or !/PATH (a file inside of the image)";

std::unexpected<Error> refuse(std::string_view selector) {
  return fail(Status::invalid_argument,
              fmt::format("image selector \"#{}\": {}", selector, selector_forms));
}

bool is_inner_mark(std::string_view text, std::size_t at) {
  return text[at] == '!' && at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == '\\');
}

/// The next "!/" from `at` that does not stand in quotes, or the end.
std::size_t find_inner_mark(std::string_view text, std::size_t at) {
  bool quoted = false;
  while (at < text.size() && (quoted || !is_inner_mark(text, at))) {
    quoted = text[at] == '"' ? !quoted && text.find('"', at + 1) != std::string_view::npos : quoted;
    ++at;
  }
  return at;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// From 1; nullopt: not a number, or too large a one.
std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || number == 0) {
    return std::nullopt;
  }
  return number;
}

/// `text` is what follows the '#'.
Result<ImageSelector> parse_selector(std::string_view text) {
  if (text.starts_with('"')) {
    if (text.size() < 3 || !text.ends_with('"')) {
      return refuse(text);
    }
    return ImageNameSelector{std::string(text.substr(1, text.size() - 2))};
  }
  const bool by_partition =
      (text.starts_with('p') || text.starts_with('P')) && is_number(text.substr(1));
  if (by_partition || is_number(text)) {
    const auto number = parse_number(text.substr(by_partition ? 1 : 0));
    if (!number) {
      return refuse(text);
    }
    return by_partition ? ImageSelector(PartitionSelector{*number})
                        : ImageSelector(ImageIndexSelector{*number});
  }
  if (text.empty()) {
    return refuse(text);
  }
  return ImageNameSelector{std::string(text)};
}

/// Where a selector or an inner path could begin, from the right; 0 is never one.
std::vector<std::size_t> marks_of(std::string_view text) {
  std::vector<std::size_t> marks;
  for (std::size_t at = text.size(); at-- > 1;) {
    if (text[at] == '#' || is_inner_mark(text, at)) {
      marks.push_back(at);
    }
  }
  return marks;
}

}  // namespace

Result<ImagePath> parse_image_path(std::string_view text, const PathExists& exists) {
  ImagePath path{.host = {.path = std::string(text), .selector = {}}, .inner = {}};
  const std::vector<std::size_t> marks = marks_of(text);
  if (marks.empty() || exists(path.host.path)) {
    return path;
  }
  const auto mark = std::ranges::find_if(
      marks, [&](std::size_t at) { return exists(std::string(text.substr(0, at))); });
  if (mark == marks.end()) {
    return path;
  }
  path.host.path = text.substr(0, *mark);
  std::size_t at = *mark;
  if (text[at] == '#') {
    const std::size_t end = find_inner_mark(text, at);
    path.host.selector = CASEMENT_TRY(parse_selector(text.substr(at + 1, end - at - 1)));
    at = end;
  }
  while (at < text.size()) {
    const std::size_t end = find_inner_mark(text, at + 1);
    path.inner.emplace_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return path;
}

Result<ImageStep> cut_selector(std::string_view text, const PathExists& exists) {
  ImageStep step{.path = std::string(text), .selector = {}};
  if (text.find('#') == std::string_view::npos || exists(step.path)) {
    return step;
  }
  for (std::size_t at = text.size(); at-- > 1;) {
    if (text[at] == '#' && exists(std::string(text.substr(0, at)))) {
      step.path = text.substr(0, at);
      step.selector = CASEMENT_TRY(parse_selector(text.substr(at + 1)));
      return step;
    }
  }
  return step;
}

std::string to_string(const ImageSelector& selector) {
  if (const auto* partition = std::get_if<PartitionSelector>(&selector)) {
    return fmt::format("#p{}", partition->number);
  }
  if (const auto* image = std::get_if<ImageIndexSelector>(&selector)) {
    return fmt::format("#{}", image->index);
  }
  return "#" + std::get<ImageNameSelector>(selector).name;
}

}  // namespace casement
