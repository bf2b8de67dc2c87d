// SPDX-License-Identifier: Apache-2.0
// The one per-thread state of the library.
#include "engine/dismapi/last_error.h"

#include <utility>
#include <variant>

#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

using LastMessage = std::variant<std::monostate, std::u16string, FixedMessage>;

LastMessage& stored() noexcept {
  thread_local LastMessage message;
  return message;
}

const char16_t* text_of(FixedMessage message) noexcept {
  return message == FixedMessage::out_of_memory
             ? u"There was not enough memory for the call."
             : u"The call failed for a reason that it did not expect; this is a defect of the "
               u"library.";
}

/// Host names in a message need not be UTF-8; the rest of it is still worth reading.
std::u16string to_utf16_lossy(std::string_view message) {
  if (auto exact = from_utf8(message)) {
    return std::move(*exact);
  }
  std::u16string text;
  for (const char byte : message) {
    const auto value = static_cast<unsigned char>(byte);
    text += value < 0x80 ? static_cast<char16_t>(value) : u'\uFFFD';
  }
  return text;
}

}  // namespace

void remember_message(std::string_view message) {
  stored() = message.empty() ? std::u16string(u"The call failed.") : to_utf16_lossy(message);
}

void remember_fixed(FixedMessage message) noexcept {
  stored() = message;
}

std::optional<std::u16string> last_message() {
  const LastMessage& message = stored();
  if (const auto* text = std::get_if<std::u16string>(&message)) {
    return *text;
  }
  if (const auto* fixed = std::get_if<FixedMessage>(&message)) {
    return text_of(*fixed);
  }
  return std::nullopt;
}

}  // namespace casement::dismapi
