// SPDX-License-Identifier: Apache-2.0
// Sections, lines and strings of an INF.
//
// Source: Microsoft, "General Syntax Rules for INF Files" and "INF Strings Section".
#include "engine/servicing/inf.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/servicing/inf_line.h"
#include "engine/servicing/inf_text.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

/// The largest INFs of printers and display adapters have about 1 MiB.
constexpr std::size_t max_inf_size = std::size_t{16} << 20;
/// The largest have some 30,000 lines; more would let a file of 16 MiB take a gigabyte.
constexpr std::size_t max_lines = 300'000;
constexpr std::size_t max_fields = 1'000'000;        // of a file
constexpr std::size_t max_fields_of_line = 100'000;  // lists of ids have some hundred
constexpr std::size_t max_sections = 100'000;

constexpr std::u16string_view strings_prefix = u"STRINGS.";

}  // namespace

/// Fills an Inf line by line.
class InfParser {
 public:
  explicit InfParser(Inf& inf) : inf_(inf) {}

  void parse(std::u16string_view text) {
    InfLineReader reader(text);
    while (const auto line = reader.next()) {
      if (!(line->front() == u'[' ? open_section(*line, reader.line_number())
                                  : add_line(*line, reader.line_number()))) {
        inf_.diagnostics_.add(Severity::error, "inf-cut",
                              fmt::format("the INF is read up to line {}: it has more sections, "
                                          "lines or fields than any driver",
                                          reader.line_number()));
        return;
      }
    }
  }

 private:
  /// False: the budget is spent.
  bool open_section(std::u16string_view line, std::size_t number) {
    const std::size_t end = line.find(u']');
    if (end == std::u16string_view::npos) {
      report("inf-syntax", number, "a section name without its ']'");
    }
    const auto name = std::u16string(trim_inf_text(line.substr(1, end - 1)));
    const auto known = inf_.index_.try_emplace(upcase(name), inf_.sections_.size());
    current_ = known.first->second;
    has_section_ = true;
    if (!known.second) {
      return true;
    }
    if (inf_.sections_.size() == max_sections) {
      inf_.index_.erase(known.first);
      return false;
    }
    inf_.sections_.push_back({name, {}});
    return true;
  }

  bool add_line(std::u16string_view line, std::size_t number) {
    if (!has_section_) {
      if (!reported_stray_) {
        report("inf-syntax", number, "text before the first section");
        reported_stray_ = true;
      }
      return true;
    }
    InfLine split = split_inf_line(line, max_fields_of_line);
    fields_ += split.fields.size();
    if (++lines_ > max_lines || fields_ > max_fields) {
      return false;
    }
    inf_.sections_[current_].lines.push_back(std::move(split));
    return true;
  }

  void report(const char* code, std::size_t number, const char* what) {
    inf_.diagnostics_.add(Severity::warning, code, fmt::format("line {}: {}", number, what));
  }

  Inf& inf_;
  std::size_t current_ = 0;
  std::size_t lines_ = 0;
  std::size_t fields_ = 0;
  bool has_section_ = false;
  bool reported_stray_ = false;
};

const InfSection* Inf::section(std::u16string_view name) const {
  const auto found = index_.find(upcase(name));
  return found == index_.end() ? nullptr : &sections_[found->second];
}

std::u16string Inf::value(std::u16string_view section_name, std::u16string_view key) const {
  const InfSection* in = section(section_name);
  if (in == nullptr) {
    return {};
  }
  for (const InfLine& line : in->lines) {
    if (!line.fields.empty() && equals_folded(line.key, key)) {
      return expand(line.fields.front());
    }
  }
  return {};
}

void Inf::read_strings() {
  std::vector<const InfSection*> by_preference = {section(u"Strings.0409"), section(u"Strings")};
  for (const InfSection& other : sections_) {
    if (starts_with_folded(other.name, strings_prefix)) {
      by_preference.push_back(&other);
    }
  }
  for (const InfSection* strings : by_preference) {
    if (strings == nullptr) {
      continue;
    }
    for (const InfLine& line : strings->lines) {
      if (!line.key.empty() && !line.fields.empty()) {
        strings_.try_emplace(upcase(line.key), line.fields.front());
      }
    }
  }
}

std::u16string Inf::expand(std::u16string_view text) const {
  std::u16string expanded;
  // Cut before it is looked at: hostile lines and strings have megabytes, and many refer to them.
  text = text.substr(0, max_inf_string);
  while (!text.empty() && expanded.size() < max_inf_string) {
    const std::size_t percent = std::min(text.find(u'%'), text.size());
    expanded += text.substr(0, percent);
    text.remove_prefix(percent);
    const std::size_t end = text.empty() ? text.npos : text.find(u'%', 1);
    if (end == text.npos) {
      expanded += text;
      break;
    }
    const std::u16string_view token = text.substr(1, end - 1);
    const auto known = strings_.find(upcase(token));
    if (token.empty()) {
      expanded += u'%';
    } else if (known != strings_.end()) {
      expanded.append(known->second, 0, max_inf_string - std::min(expanded.size(), max_inf_string));
    } else {
      // The second '%' may begin a name: "50% of %x%".
      expanded += text.substr(0, end);
      text.remove_prefix(end);
      continue;
    }
    text.remove_prefix(end + 1);
  }
  expanded.resize(std::min(expanded.size(), max_inf_string));
  return expanded;
}

Result<Inf> parse_inf(Bytes text) {
  if (text.size() > max_inf_size) {
    return fail(Status::limit_exceeded,
                fmt::format("the INF has {} bytes, more than {}", text.size(), max_inf_size));
  }
  Inf inf;
  InfParser(inf).parse(decode_inf_text(text));
  if (inf.sections_.empty()) {
    return fail(Status::corrupt,
                fmt::format("no INF: no section in its {} bytes of text", text.size()));
  }
  inf.read_strings();
  return inf;
}

}  // namespace casement
