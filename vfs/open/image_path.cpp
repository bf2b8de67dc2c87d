// SPDX-License-Identifier: Apache-2.0
// Cutting at '#' and "!/", longest existing host path first.
#include "vfs/open/image_path.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace casement {
namespace {

constexpr const char* selector_forms =
    "expected #pN (partition N), or !/PATH (a file inside of the image)";

bool is_inner_mark(std::string_view text, std::size_t at) {
  return text[at] == '!' && at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == '\\');
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

Result<PartitionSelector> parse_selector(std::string_view text) {
  PartitionSelector selector;
  const bool form = text.starts_with("p") || text.starts_with("P");
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + (form ? 1 : 0), end, selector.number);
  if (!form || error != std::errc{} || stop != end || selector.number == 0) {
    return fail(Status::invalid_argument,
                fmt::format("image selector \"#{}\": {}", text, selector_forms));
  }
  return selector;
}

/// A whole selector stands at `at`: names inside of images may hold '#' too.
bool is_selector(std::string_view text, std::size_t at) {
  if (text[at] != '#' || at + 2 >= text.size() || (text[at + 1] != 'p' && text[at + 1] != 'P')) {
    return false;
  }
  const std::size_t end = text.find_first_not_of("0123456789", at + 2);
  return end == std::string_view::npos || (end > at + 2 && is_inner_mark(text, end));
}

/// What follows the host path: steps separated by "!/", each with an optional selector.
Result<void> parse_rest(std::string_view rest, std::vector<ImageStep>& steps) {
  while (!rest.empty()) {
    if (rest.front() == '#') {
      std::size_t end = 1;
      while (end < rest.size() && !is_inner_mark(rest, end)) {
        ++end;
      }
      if (steps.back().partition) {
        return fail(Status::invalid_argument,
                    fmt::format("image selector \"{}\": a second one; {}", rest, selector_forms));
      }
      steps.back().partition = CASEMENT_TRY(parse_selector(rest.substr(1, end - 1)));
      rest.remove_prefix(end);
      continue;
    }
    rest.remove_prefix(1);  // '!'
    std::size_t end = 1;
    while (end < rest.size() && !is_inner_mark(rest, end) && !is_selector(rest, end)) {
      ++end;
    }
    steps.push_back({.path = std::string(rest.substr(0, end)), .partition = {}});
    rest.remove_prefix(end);
  }
  return {};
}

}  // namespace

Result<std::vector<ImageStep>> parse_image_path(
    std::string_view text, const std::function<bool(const std::string&)>& exists) {
  std::vector<ImageStep> steps(1);
  steps[0].path = text;
  const std::vector<std::size_t> marks = marks_of(text);
  if (marks.empty() || exists(steps[0].path)) {
    return steps;
  }
  for (const std::size_t mark : marks) {
    const std::string host(text.substr(0, mark));
    if (exists(host)) {
      steps[0].path = host;
      CASEMENT_TRY(parse_rest(text.substr(mark), steps));
      return steps;
    }
  }
  return steps;  // nothing of it exists: the whole text is what is missing
}

}  // namespace casement
