// SPDX-License-Identifier: Apache-2.0
// The message of each thread's last failed call.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casement::dismapi {

/// Replaces this thread's message. `message` is UTF-8; what is not becomes U+FFFD, and an empty
/// one a general text, because a failed call always leaves something to read.
void remember_message(std::string_view message);

/// Texts that take no memory, for a call that was cut short by an exception.
enum class FixedMessage : unsigned char { out_of_memory, unexpected };
void remember_fixed(FixedMessage message) noexcept;

/// nullopt: no call has failed on this thread.
std::optional<std::u16string> last_message();

}  // namespace casement::dismapi
