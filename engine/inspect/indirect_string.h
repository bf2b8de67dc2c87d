// SPDX-License-Identifier: Apache-2.0
// Texts that the registry keeps as references to strings of programs: "@tzres.dll,-322".
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/image_program.h"

namespace casement {

/// A reference in its parts.
struct IndirectReference {
  std::u16string file;                  // "tzres.dll", "%SystemRoot%\System32\x.dll", "c_x.inf"
  std::optional<std::uint16_t> number;  // of a string of a program, "-322"
  std::u16string token;                 // of a string of an INF, "%ClassDesc%"; empty: none
  std::u16string fallback;              // what stands behind ';'; empty: nothing
};

/// nullopt: a text that does not begin with '@' and name a file and a string.
std::optional<IndirectReference> parse_indirect_string(std::u16string_view stored);

/// A text, and the file that it came from.
struct IndirectText {
  std::u16string text;
  std::u16string file;  // from the root of its volume; empty: the text stood in the value itself
};

/// Resolves references for one question; each once, each program opened once. Damage is a finding
/// ("resource-unreadable", once a file), and otherwise the same as a string that is not there; what
/// is over a limit likewise ("limit"). Belongs to one thread.
class IndirectStrings {
 public:
  /// References that are resolved for one question. A Windows has about 100 classes of devices.
  static constexpr std::size_t max_references = 1024;
  /// Files that are opened for one question, those of languages not counted.
  static constexpr std::size_t max_files = 64;
  /// In UTF-16 units: what the resource compiler takes. Longer strings and
  /// references are not believed.
  static constexpr std::size_t max_units = 4097;

  /// Precondition: `reader` outlives this.
  explicit IndirectStrings(FactReader& reader) noexcept : reader_(reader) {}

  /// What a stored text says. A text that is no reference is itself. Else the string in the
  /// language that Windows was installed in ("de-DE\x.dll.mui"), in en-US, or of the file itself;
  /// else what stands behind ';'. Of an INF that, else a string of the INF. nullopt: nothing.
  std::optional<IndirectText> resolve(std::u16string_view stored);

 private:
  std::optional<IndirectText> look_up(const IndirectReference& reference);
  std::optional<IndirectText> from_program(const IndirectReference& reference);
  std::optional<IndirectText> from_inf(const IndirectReference& reference);
  const std::vector<ImageProgram>& programs_of(const std::u16string& path);
  void open_program(std::u16string_view path, std::vector<ImageProgram>& programs);
  void find_languages();
  /// False when no more files are opened.
  bool take_file();
  void report_limit();
  void report(std::u16string_view path, const Error& error);

  FactReader& reader_;
  std::map<std::u16string, std::optional<IndirectText>> resolved_;  // by folded reference
  std::map<std::u16string, std::vector<ImageProgram>> programs_;    // by folded path; best first
  std::vector<std::u16string> tags_;                                // languages, best first
  std::optional<std::uint16_t> language_;                           // the best one's number
  bool languages_known_ = false;
  std::size_t files_ = 0;
  bool limit_reported_ = false;
};

}  // namespace casement
