// SPDX-License-Identifier: Apache-2.0
// Error frames and the names of statuses.
#include "vfs/core/error.h"

#include <utility>

namespace casement {

struct Error::Frame {
  Status status;
  std::string what;
  CodeSite site;
  std::shared_ptr<const Frame> cause;
};

Error::Error(Status status, std::string what, CodeSite site)
    : top_(std::make_shared<const Frame>(Frame{status, std::move(what), site, nullptr})) {}

Status Error::status() const noexcept {
  return top_->status;
}

Error Error::context(std::string what, CodeSite site) && {
  const Status status = top_->status;
  return Error(
      std::make_shared<const Frame>(Frame{status, std::move(what), site, std::move(top_)}));
}

std::string Error::message() const {
  std::string text;
  for (const Frame* frame = top_.get(); frame != nullptr; frame = frame->cause.get()) {
    if (!text.empty()) {
      text += ": ";
    }
    text += frame->what;
  }
  return text;
}

const Error::Frame& Error::root() const noexcept {
  const Frame* frame = top_.get();
  while (frame->cause != nullptr) {
    frame = frame->cause.get();
  }
  return *frame;
}

const std::string& Error::root_message() const noexcept {
  return root().what;
}

const CodeSite& Error::site() const noexcept {
  return root().site;
}

const char* status_name(Status status) noexcept {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::not_found:
      return "not_found";
    case Status::path_not_found:
      return "path_not_found";
    case Status::access_denied:
      return "access_denied";
    case Status::bad_format:
      return "bad_format";
    case Status::invalid_data:
      return "invalid_data";
    case Status::truncated:
      return "truncated";
    case Status::unsupported:
      return "unsupported";
    case Status::invalid_argument:
      return "invalid_argument";
    case Status::already_exists:
      return "already_exists";
    case Status::name_too_long:
      return "name_too_long";
    case Status::not_a_directory:
      return "not_a_directory";
    case Status::limit_exceeded:
      return "limit_exceeded";
    case Status::too_many_links:
      return "too_many_links";
    case Status::io_failed:
      return "io_failed";
    case Status::corrupt:
      return "corrupt";
    case Status::not_a_reparse_point:
      return "not_a_reparse_point";
  }
  return "status";
}

}  // namespace casement
