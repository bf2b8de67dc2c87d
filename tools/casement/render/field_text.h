// SPDX-License-Identifier: Apache-2.0
// Fields as text: what tables, details and CSV have in common.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "tools/casement/render/fields.h"

namespace casement::cli {

/// For whom the text is.
enum class Reader : std::uint8_t { person, program };

/// Turns each field into text and gives it to add(), or to add_inner() within an item of an item.
class FieldText : public IgnoringSink {
 public:
  explicit FieldText(Reader reader) : reader_(reader) {}

  void none(const Field& field) override { give(field, {}); }
  void boolean(const Field& field, bool value) override;
  void number(const Field& field, std::uint64_t value) override;
  void word(const Field& field, std::string_view word) override;
  void choice(const Field& field, Choice choice) override;
  void text(const Field& field, std::u16string_view text) override;
  void texts(const Field& field, std::span<const std::u16string> texts) override;
  void time(const Field& field, FileTime time) override;
  void date(const Field& field, FileTime time) override;
  void begin_items(const Field& /*field*/) override { ++depth_; }
  void end_items() override { --depth_; }

 protected:
  /// "" when there is nothing to say.
  virtual void add(const Field& field, std::string text) = 0;
  virtual void add_inner(const Field& /*field*/, std::string /*text*/) {}

 private:
  void give(const Field& field, std::string text) {
    depth_ == 0 ? add(field, std::move(text)) : add_inner(field, std::move(text));
  }
  void append(std::string& out, std::u16string_view text) const;

  Reader reader_;
  unsigned depth_ = 0;
};

}  // namespace casement::cli
