// SPDX-License-Identifier: Apache-2.0
// Answering one request of the kernel, whatever happens.
#pragma once

#include <cerrno>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "tools/casement/fuse/errno_of.h"
#include "tools/casement/fuse/fuse_operations.h"

namespace casement::cli {

/// Nothing changes in a mount: what the kernel was told stays true. A day, in seconds.
inline constexpr double kept_for = 86'400;

inline Service& service_of(fuse_req_t request) {
  return *static_cast<Service*>(fuse_req_userdata(request));
}

inline void reply_error(fuse_req_t request, const char* what, const Error& error, int number) {
  if (is_damage(error.status())) {
    service_of(request).tree.findings()(std::string(what) + ": " + error.message());
  }
  fuse_reply_err(request, number);
}

/// Runs `body`, which gives a Result<void> and has answered when it succeeds. `body` must not throw
/// once it has answered. `what`: for the message, when something is damaged.
template <class Body>
void answer(fuse_req_t request, const char* what, const Body& body) noexcept {
  try {
    const Result<void> done = body();
    if (!done) {
      reply_error(request, what, done.error(), errno_of(done.error().status()));
    }
  } catch (const std::bad_alloc&) {
    fuse_reply_err(request, ENOMEM);
  } catch (const std::exception&) {
    fuse_reply_err(request, EIO);
  }
}

/// A file handle is the address of what was opened.
template <class T>
T& handle_of(const fuse_file_info* info) {
  return *reinterpret_cast<T*>(info->fh);  // NOLINT: libfuse keeps handles as integers
}

template <class T>
void set_handle(fuse_file_info* info, T* opened) {
  info->fh = reinterpret_cast<std::uint64_t>(opened);  // NOLINT
}

}  // namespace casement::cli
