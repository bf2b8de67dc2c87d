// SPDX-License-Identifier: Apache-2.0
// Matching with wildcards.
#include "tools/casement/commands/glob.h"

#include "tools/casement/args.h"
#include "vfs/core/upcase.h"

namespace casement::cli {

bool glob_matches(std::u16string_view pattern, std::u16string_view name) noexcept {
  std::size_t p = 0;
  std::size_t n = 0;
  // Where the last '*' stands, and what of the name it has taken: only that one is ever tried
  // again.
  std::optional<std::size_t> star;
  std::size_t taken = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == u'*') {
      star = p++;
      taken = n;
    } else if (p < pattern.size() &&
               (pattern[p] == u'?' || upcase(pattern[p]) == upcase(name[n]))) {
      ++p;
      ++n;
    } else if (star) {
      p = *star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == u'*') {
    ++p;
  }
  return p == pattern.size();
}

NamePattern::NamePattern(const std::optional<std::string>& typed) {
  if (!typed) {
    return;
  }
  std::u16string pattern = to_units(*typed);
  if (pattern.find_first_of(u"*?") == std::u16string::npos) {
    pattern = u'*' + pattern + u'*';
  }
  pattern_ = std::move(pattern);
}

bool NamePattern::matches(std::u16string_view name) const noexcept {
  return !pattern_ || glob_matches(*pattern_, name);
}

}  // namespace casement::cli
