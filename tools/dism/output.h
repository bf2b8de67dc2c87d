// SPDX-License-Identifier: Apache-2.0
// Standard output: gathered, with the line ends that were asked for, written in large pieces.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace casement::dism {

/// Takes all of the bytes; gives the errno of a failed write, or 0.
using Sink = std::function<int(std::string_view)>;

/// Writes to a descriptor, which stays open.
Sink descriptor_sink(int descriptor);

class Output {
 public:
  /// `terminal`: a person looks at it, and progress may be redrawn.
  explicit Output(Sink sink, bool terminal = false) : sink_(std::move(sink)), terminal_(terminal) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Lines end in CR LF from now on.
  void use_crlf() noexcept { crlf_ = true; }
  /// Nothing is written from now on.
  void be_quiet() noexcept { quiet_ = true; }
  bool quiet() const noexcept { return quiet_; }
  bool terminal() const noexcept { return terminal_ && !quiet_; }

  /// Append lines here, each ended by '\n'.
  std::string& text() noexcept { return text_; }
  /// Writes when much has gathered. False when nothing can be written any more: the caller should
  /// stop its work.
  bool flush_if_full() { return text_.size() < piece_size ? error_ == 0 : flush(); }
  bool flush();
  /// errno of the failed write, or 0.
  int error() const noexcept { return error_; }

 private:
  static constexpr std::size_t piece_size = std::size_t{128} << 10;

  Sink sink_;
  bool terminal_;
  bool crlf_ = false;
  bool quiet_ = false;
  int error_ = 0;
  std::string text_;
};

}  // namespace casement::dism
