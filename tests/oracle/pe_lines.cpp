// SPDX-License-Identifier: Apache-2.0
// What our reader says of executables, for the comparison with other programs: pe_lines <
// QUESTIONS.
//
// A question a line: "version FILE" or "string LANGUAGE NUMBER FILE". The answer is one line; texts
// are in UTF-8 with the escapes \n, \r and \t, as 7-Zip writes them.
#include <cstdint>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "engine/pe/string_table.h"
#include "engine/pe/version_info.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program

std::string escaped(std::u16string_view text) {
  std::string out;
  for (const char c : to_utf8(text)) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return out;
}

Result<std::string> answer_version(const PeFile& file) {
  const auto info = CASEMENT_TRY(read_version_info(file));
  if (!info) {
    return std::string("none");
  }
  std::string line = info->damaged ? "damaged" : "whole";
  for (const auto& version : {info->file_version, info->product_version}) {
    line += "\t" + (version ? file_version_text(*version) : std::string("none"));
  }
  if (!info->strings.empty()) {
    line += "\t" + to_utf8(info->strings.front().key);
    for (const VersionStrings::Text& text : info->strings.front().texts) {
      line += "\t" + escaped(text.name) + "=" + escaped(text.value);
    }
  }
  return line;
}

Result<std::string> answer_string(const PeFile& file, std::uint16_t language,
                                  std::uint16_t number) {
  const auto text = CASEMENT_TRY(read_resource_string(file, number, language));
  return text ? "text\t" + escaped(*text) : std::string("none");
}

Result<std::string> answer(const std::string& question) {
  std::istringstream words(question);
  std::string kind;
  std::uint16_t language = 0;
  std::uint16_t number = 0;
  words >> kind;
  if (kind == "string") {
    words >> language >> number;
  }
  words.get();
  std::string path;
  std::getline(words, path);
  // Questions about one file come together.
  static std::pair<std::string, std::optional<PeFile>> last;
  if (last.first != path || !last.second) {
    const SourcePtr source = CASEMENT_TRY(open_file_source(path));
    last = {path, CASEMENT_TRY(PeFile::open(source))};
  }
  return kind == "string" ? answer_string(*last.second, language, number)
                          : answer_version(*last.second);
}

}  // namespace

int main() {
  std::string question;
  while (std::getline(std::cin, question)) {
    const auto line = answer(question);
    std::cout << (line ? *line : "error\t" + line.error().message()) << '\n';
  }
  return 0;
}
