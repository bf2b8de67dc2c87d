// SPDX-License-Identifier: Apache-2.0
// Standard output as one large buffer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casement::cli {

/// Gathers text and writes it in large pieces, so that what is printed costs memory for one piece
/// and not for all of it. A failed write is kept and stops the later ones.
class Output {
 public:
  /// `descriptor` stays open and is not owned.
  explicit Output(int descriptor);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Append here; call flush_if_full() between records.
  std::string& text() noexcept { return text_; }

  /// Writes when more than a piece has gathered. False when nothing can be written any more: the
  /// caller should stop its work.
  bool flush_if_full() { return text_.size() < piece_size ? error_ == 0 : flush(); }

  /// Writes what has gathered; false as flush_if_full().
  bool flush();

  /// Writes what has gathered and then `bytes`, which are not copied; false as flush_if_full().
  bool write(std::string_view bytes);

  /// The reader of a pipe went away: no error for a program that prints.
  bool reader_gone() const noexcept;
  /// errno of the failed write, or 0.
  int error() const noexcept { return error_; }

  /// Whether a person looks at it.
  bool is_terminal() const noexcept { return terminal_; }

 private:
  static constexpr std::size_t piece_size = std::size_t{256} << 10;

  int descriptor_;
  int error_ = 0;
  bool terminal_ = false;
  std::string text_;
};

}  // namespace casement::cli
