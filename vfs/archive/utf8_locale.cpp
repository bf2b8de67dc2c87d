// SPDX-License-Identifier: Apache-2.0
// Locales of one thread (POSIX.1-2008).
#include "vfs/archive/utf8_locale.h"

#include <locale.h>  // newlocale() and uselocale() are not in <clocale>

namespace casement {
namespace {

locale_t first_of(const char* name, const char* other) noexcept {
  const locale_t found = ::newlocale(LC_CTYPE_MASK, name, nullptr);
  return found != nullptr ? found : ::newlocale(LC_CTYPE_MASK, other, nullptr);
}

locale_t locale_of(NameLocale locale) noexcept {
  // Made once and never freed: a thread may use them for as long as the program runs.
  static const locale_t raw = first_of("C", "POSIX");
  static const locale_t utf8 = first_of("C.UTF-8", "en_US.UTF-8");
  return locale == NameLocale::raw ? raw : utf8;
}

}  // namespace

ScopedNameLocale::ScopedNameLocale(NameLocale locale) noexcept : before_(nullptr) {
  if (const locale_t wanted = locale_of(locale); wanted != nullptr) {
    before_ = ::uselocale(wanted);
  }
}

ScopedNameLocale::~ScopedNameLocale() {
  if (before_ != nullptr) {
    ::uselocale(static_cast<locale_t>(before_));
  }
}

}  // namespace casement
