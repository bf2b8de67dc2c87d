// SPDX-License-Identifier: Apache-2.0
// File names of the host as Windows names, without losing a byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casement {

/// What the names of a tree went through before they reached the host.
enum class NameCoding : std::uint8_t {
  plain,
  percent,  // "C%3A": collectors write characters that they distrust as %XX
};

/// The Windows name of a host file name (bytes without '/' and NUL). Every name gives a different
/// result, and encode_host_name() gives the bytes back:
///  - UTF-8 becomes UTF-16. Three-byte forms of lone surrogates (WTF-8, as ntfs-3g and wimlib write
///    them) become those surrogates.
///  - A byte that is no UTF-8, and '\', which no Windows name can hold, become the lone surrogate
///    U+DC00 + byte. So do the bytes of a WTF-8 surrogate in U+DC00..U+DCFF, and of one that would
///    join with what follows it.
std::u16string decode_host_name(std::string_view bytes);

/// The inverse; nullopt for text that decode_host_name() never gives.
std::optional<std::string> encode_host_name(std::u16string_view name);

/// Bytes with every %XX replaced. A '%' without two hex digits stays. nullopt when the result could
/// not be a file name (empty, ".", "..", with '/' or NUL): such a name is meant as it stands.
std::optional<std::string> decode_percent(std::string_view bytes);

/// decode_host_name() after undoing `coding`.
std::u16string decode_host_name(std::string_view bytes, NameCoding coding);

}  // namespace casement
