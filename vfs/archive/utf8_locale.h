// SPDX-License-Identifier: Apache-2.0
// The character set in which libarchive hands out names, whatever the program's locale.
#pragma once

namespace casement {

/// How libarchive is to convert names. It only knows to convert into the thread's locale.
enum class NameLocale : unsigned char {
  raw,   // "C": names come as they are stored; libarchive complains about those beyond ASCII
  utf8,  // names that an archive stores as UTF-16 or UTF-8 come as UTF-8
};

/// While it lives, this thread's character set is that of `locale`. The program's locale and other
/// threads are not touched. Where the host has no UTF-8 locale, names beyond ASCII come damaged.
class ScopedNameLocale {
 public:
  explicit ScopedNameLocale(NameLocale locale) noexcept;
  ScopedNameLocale(const ScopedNameLocale&) = delete;
  ScopedNameLocale& operator=(const ScopedNameLocale&) = delete;
  ~ScopedNameLocale();

 private:
  void* before_;  // locale_t; null: nothing was changed
};

}  // namespace casement
