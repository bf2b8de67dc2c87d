// SPDX-License-Identifier: Apache-2.0
// The facts of an item, one call each: written once for a kind of item, shown by every format.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/fact.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement::cli {

/// Where people meet a field. Programs get every one of them.
enum class Shown : std::uint8_t {
  column,    // of the table, and in the details
  last,      // likewise; the last column of the table, whatever comes after it
  details,   // in the details of one item
  programs,  // in JSON and CSV alone
  tree,      // in JSON and in the details: it does not fit in a table or a line of CSV
};

struct Field {
  const char* name;   // the member in JSON and the column in CSV: snake_case
  const char* label;  // for people
  Shown shown = Shown::details;
};

/// One of a few words: `code` for programs, `words` for people.
struct Choice {
  const char* code;
  const char* words;
};

/// Takes the facts of items. What describes an item names the same fields in the same order for
/// every item of a kind: those that the item does not have with none().
class FieldSink {
 public:
  virtual ~FieldSink() = default;

  virtual void none(const Field& field) = 0;
  virtual void boolean(const Field& field, bool value) = 0;
  virtual void number(const Field& field, std::uint64_t value) = 0;
  /// ASCII of ours.
  virtual void word(const Field& field, std::string_view word) = 0;
  virtual void choice(const Field& field, Choice choice) = 0;
  /// Of an image; none() when it is empty.
  virtual void text(const Field& field, std::u16string_view text) = 0;
  virtual void texts(const Field& field, std::span<const std::u16string> texts) = 0;
  /// none() when it is not set.
  virtual void time(const Field& field, FileTime time) = 0;
  /// The day alone.
  virtual void date(const Field& field, FileTime time) = 0;
  /// Of the field before it. Only those that were asked for it keep it.
  virtual void evidence(const Field& of, const Evidence& evidence) = 0;

  /// Items within an item. Between them begin_item(), the fields of one, end_item(). They cite no
  /// evidence; the item does it for them.
  virtual void begin_items(const Field& field) = 0;
  virtual void begin_item() = 0;
  virtual void end_item() = 0;
  virtual void end_items() = 0;

  void size(const Field& field, std::uint64_t bytes) {
    bytes == 0 ? none(field) : number(field, bytes);
  }
  void guid(const Field& field, const std::optional<Guid>& guid) {
    guid ? word(field, guid->to_string()) : none(field);
  }
  void time(const Field& field, const std::optional<FileTime>& value) {
    value ? time(field, *value) : none(field);
  }
  void date(const Field& field, const std::optional<FileTime>& value) {
    value ? date(field, *value) : none(field);
  }
  void number(const Field& field, const std::optional<std::uint32_t>& value) {
    value ? number(field, *value) : none(field);
  }
  void choice(const Field& field, const std::optional<Choice>& value) {
    value ? choice(field, *value) : none(field);
  }

  void fact(const Field& field, const MaybeFact<std::u16string>& fact) {
    fact ? text(field, fact->value) : none(field);
    cite(field, fact);
  }
  void fact(const Field& field, const MaybeFact<bool>& fact) {
    fact ? boolean(field, fact->value) : none(field);
    cite(field, fact);
  }
  void fact(const Field& field, const MaybeFact<std::uint32_t>& fact) {
    fact ? number(field, fact->value) : none(field);
    cite(field, fact);
  }
  void fact(const Field& field, const MaybeFact<std::uint64_t>& fact) {
    fact ? number(field, fact->value) : none(field);
    cite(field, fact);
  }
  void fact(const Field& field, const MaybeFact<FileTime>& fact) {
    fact ? time(field, fact->value) : none(field);
    cite(field, fact);
  }
  /// Several values of one field, each with its own evidence.
  void facts(const Field& field, const std::vector<Fact<std::u16string>>& facts) {
    std::vector<std::u16string> values;
    for (const Fact<std::u16string>& fact : facts) {
      values.push_back(fact.value);
    }
    texts(field, values);
    for (const Fact<std::u16string>& fact : facts) {
      evidence(field, fact.evidence);
    }
  }

 private:
  template <class T>
  void cite(const Field& field, const MaybeFact<T>& fact) {
    if (fact) {
      evidence(field, fact->evidence);
    }
  }
};

/// "\Windows\System32\config\SOFTWARE, Microsoft\..., value X (recovered from a log)".
std::string evidence_text(const Evidence& evidence);

/// What no field is: for the formats that leave things out.
class IgnoringSink : public FieldSink {
 public:
  using FieldSink::choice;
  using FieldSink::date;
  using FieldSink::number;
  using FieldSink::time;
  void none(const Field& /*field*/) override {}
  void boolean(const Field& /*field*/, bool /*value*/) override {}
  void number(const Field& /*field*/, std::uint64_t /*value*/) override {}
  void word(const Field& /*field*/, std::string_view /*word*/) override {}
  void choice(const Field& /*field*/, Choice /*choice*/) override {}
  void text(const Field& /*field*/, std::u16string_view /*text*/) override {}
  void texts(const Field& /*field*/, std::span<const std::u16string> /*texts*/) override {}
  void time(const Field& /*field*/, FileTime /*time*/) override {}
  void date(const Field& /*field*/, FileTime /*time*/) override {}
  void evidence(const Field& /*of*/, const Evidence& /*evidence*/) override {}
  void begin_items(const Field& /*field*/) override {}
  void begin_item() override {}
  void end_item() override {}
  void end_items() override {}
};

}  // namespace casement::cli
