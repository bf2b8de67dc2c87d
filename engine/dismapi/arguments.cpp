// SPDX-License-Identifier: Apache-2.0
// The checks themselves.
#include "engine/dismapi/arguments.h"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "engine/dismapi/convert.h"

namespace casement::dismapi {

Arguments::Arguments(Library& library) : library_(library) {
  Result<Library::Call> call = library_.enter();
  if (call) {
    call_.emplace(std::move(call).take());
  } else {
    failure_ = std::move(call).error();
  }
}

bool Arguments::begin(Stage stage) noexcept {
  assert(stage_ <= stage);  // the order is a promise of dismapi.h
  stage_ = stage;
  return !failure_;
}

Arguments& Arguments::take(Result<void> outcome) {
  if (!outcome) {
    failure_ = std::move(outcome).error();
  }
  return *this;
}

Arguments& Arguments::out_given(bool given, const char* name) {
  if (begin(Stage::outs) && !given) {
    return take(fail(Status::invalid_argument,
                     fmt::format("{} is NULL, but the call needs a place for its answer", name)));
  }
  return *this;
}

Arguments& Arguments::out_count(UINT* count) {
  if (count != nullptr) {
    *count = 0;
  }
  return out_given(count != nullptr, "Count");
}

Arguments& Arguments::text(PCWSTR text, const char* name) {
  if (!begin(Stage::strings)) {
    return *this;
  }
  const Result<std::u16string> given = required_string(text, name);
  return given ? *this : take(std::unexpected(given.error()));
}

Arguments& Arguments::optional_text(PCWSTR text, const char* name) {
  if (!begin(Stage::strings)) {
    return *this;
  }
  const Result<std::optional<std::u16string>> given = optional_string(text, name);
  return given ? *this : take(std::unexpected(given.error()));
}

Arguments& Arguments::texts(const PCWSTR* texts, UINT count, const char* name) {
  if (begin(Stage::strings) && count != 0 && texts == nullptr) {
    return take(fail(Status::invalid_argument,
                     fmt::format("{} is NULL, but its count is {}", name, count)));
  }
  return *this;
}

Arguments& Arguments::session(DismSession session) {
  if (!begin(Stage::session)) {
    return *this;
  }
  // Asked twice: a call on a session that is being closed must not make the close wait longer, and
  // a session that is closed between the two - while this call waited for its turn - must not be
  // used.
  Result<SessionPtr> found = library_.sessions().find(session);
  if (found) {
    mark_.emplace(library_.operations(), session);
    found = library_.sessions().find(session);
  }
  if (!found) {
    return take(std::unexpected(std::move(found).error()));
  }
  opened_ = std::move(found).take();
  return *this;
}

Arguments& Arguments::range(std::int64_t value, std::int64_t last, const char* name) {
  if (begin(Stage::values) && (value < 0 || value > last)) {
    return take(fail(Status::invalid_argument,
                     fmt::format("{} is {}, but it can be 0 to {} only", name, value, last)));
  }
  return *this;
}

Arguments& Arguments::package(DismPackageIdentifier kind) {
  range(kind, DismPackagePath, "PackageIdentifier");
  if (!failure_ && kind == DismPackageNone) {
    return take(fail(Status::invalid_argument,
                     "PackageIdentifier is DismPackageNone, but Identifier names a package"));
  }
  return *this;
}

Arguments& Arguments::optional_package(PCWSTR identifier, DismPackageIdentifier kind) {
  const bool named = identifier != nullptr && *identifier != u'\0';
  return named ? package(kind) : *this;
}

Result<void> Arguments::finish() {
  if (failure_) {
    return std::unexpected(std::move(*failure_));
  }
  return {};
}

}  // namespace casement::dismapi
