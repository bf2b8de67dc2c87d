// SPDX-License-Identifier: Apache-2.0
// Paths as one buffer that grows and shrinks.
#include "tools/casement/render/path_text.h"

#include <algorithm>

namespace casement::cli {

PathText::PathText(std::u16string_view start, Escaping escaping) : escaping_(escaping) {
  if (start.ends_with(u'\\')) {
    start.remove_suffix(1);  // the root: every name brings its separator
  }
  append_text(start_, start, escaping_);
  text_ = start_;
  ends_.push_back(text_.size());
}

ListedPath PathText::enter(std::uint32_t depth, std::u16string_view name, bool is_directory) {
  const std::size_t level = std::min<std::size_t>(std::max<std::uint32_t>(depth, 1), ends_.size());
  if (level == 1 && below_orphan_) {
    below_orphan_ = false;
    text_ = start_;
    ends_.front() = text_.size();
  }
  ends_.resize(level);
  text_.resize(ends_.back());
  return append(name, is_directory);
}

ListedPath PathText::enter_orphan(std::u16string_view name, bool is_directory) {
  below_orphan_ = true;
  text_ = '?';  // in no Windows name
  ends_.assign(1, text_.size());
  return append(name, is_directory);
}

ListedPath PathText::append(std::u16string_view name, bool is_directory) {
  text_ += escaping_ == Escaping::json ? "\\\\" : "\\";
  const std::size_t name_at = text_.size();
  append_text(text_, name, escaping_);
  if (is_directory) {
    ends_.push_back(text_.size());
  }
  return {text_, name_at};
}

}  // namespace casement::cli
