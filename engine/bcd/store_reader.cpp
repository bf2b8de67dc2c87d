// SPDX-License-Identifier: Apache-2.0
// Objects\{guid}\Description!Type and Objects\{guid}\Elements\XXXXXXXX!Element.
#include "engine/bcd/store_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/ascii.h"

namespace casement {
namespace {

/// Diagnostic::code of everything that BcdStore::diagnostics() reports.
constexpr const char* finding_code = "bcd-damaged";
/// The longest real elements are device blobs of some 600 bytes and menus of a few KiB.
constexpr std::size_t max_element_size = std::size_t{128} << 10;
/// Real stores are below 64 KiB as a whole; values that many elements share must not multiply.
constexpr std::uint64_t max_store_size = std::uint64_t{16} << 20;

void keep_newest(FileTime& newest, FileTime time) {
  if (time.is_set() && time > newest) {
    newest = time;
  }
}

/// "{guid}": without its braces it is no object to Windows.
std::optional<Guid> object_id(const HiveName& name) {
  return !name.empty() && name[0] == u'{' ? Guid::parse(name.to_u16string()) : std::nullopt;
}

/// Eight hexadecimal digits.
std::optional<std::uint32_t> element_type(const HiveName& name) {
  constexpr std::size_t digits = 8;
  if (name.size() != digits) {
    return std::nullopt;
  }
  std::uint32_t type = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit = hex_digit(name[i]);
    if (!digit) {
      return std::nullopt;
    }
    type = type * 16 + *digit;
  }
  return type;
}

/// A device that is looked for by the path in another element of its object gets that path.
void complete_locate_devices(BcdObject& object) {
  for (BcdElement& element : object.elements) {
    auto* device = std::get_if<BcdDevice>(&element.value);
    if (device == nullptr || device->kind != BcdDevice::Kind::locate || !device->path.empty()) {
      continue;
    }
    const BcdElement* path = object.find(device->locate_element);
    if (path != nullptr && path->string() != nullptr) {
      device->path = *path->string();
    }
  }
}

}  // namespace

Result<void> BcdStoreReader::read() {
  const Key root = CASEMENT_TRY(hive_.root());
  const std::optional<Key> objects_key = CASEMENT_TRY(root.subkey(u"Objects"));
  if (!objects_key) {
    return fail(Status::bad_format, "the hive has no key Objects");
  }
  keep_newest(last_written, root.last_written());
  keep_newest(last_written, objects_key->last_written());
  if (const std::optional<Key> about = subkey(root, u"Description", "Description")) {
    keep_newest(last_written, about->last_written());
  }
  for_each_subkey(*objects_key, "Objects",
                  [this](const Key& key, const std::string& path) { read_object(key, path); });
  return {};
}

template <class Use>
void BcdStoreReader::for_each_subkey(const Key& parent, const std::string& path, Use use) {
  SubkeyReader reader = parent.subkeys();
  for (std::uint32_t i = 0; i < limits_.max_key_entries; ++i) {
    const Result<std::optional<Key>> next = reader.next();
    if (!next) {
      report(path, next.error());
      continue;
    }
    if (!*next) {
      return;
    }
    use(**next, path + "\\" + (**next).name().to_utf8());
  }
  report(path,
         fmt::format("has more than {} subkeys; the others are left out", limits_.max_key_entries));
}

void BcdStoreReader::read_object(const Key& key, const std::string& path) {
  const std::optional<Guid> id = object_id(key.name());
  if (!id) {
    report(path, "the name of the object is no GUID in braces; it is left out");
    return;
  }
  if (!seen_.insert(*id).second) {
    report(path, "another object has the same GUID; this one is left out");
    return;
  }
  BcdObject object;
  object.id = *id;
  keep_newest(object.last_written, key.last_written());
  object.type = read_type(key, path, object.last_written);
  read_elements(key, path, object);
  keep_newest(last_written, object.last_written);
  objects.push_back(std::move(object));
}

std::optional<std::uint32_t> BcdStoreReader::read_type(const Key& object_key,
                                                       const std::string& path, FileTime& newest) {
  const std::string description_path = path + "\\Description";
  const std::optional<Key> description = subkey(object_key, u"Description", description_path);
  if (!description) {
    report(description_path, "is not there; the object has no type");
    return std::nullopt;
  }
  keep_newest(newest, description->last_written());
  const Result<std::optional<Value>> value = description->value(u"Type");
  if (!value) {
    report(description_path + "!Type", value.error());
    return std::nullopt;
  }
  if (!*value) {
    report(description_path + "!Type", "is not there; the object has no type");
    return std::nullopt;
  }
  // Whatever registry type it was stored under, four bytes are the number.
  const Result<ValueData> data = (**value).data();
  if (!data) {
    report(description_path + "!Type", data.error());
    return std::nullopt;
  }
  if (data->bytes().size() != sizeof(std::uint32_t)) {
    report(description_path + "!Type",
           fmt::format("has {} bytes, not 4; the object has no type", data->bytes().size()));
    return std::nullopt;
  }
  return get_le<std::uint32_t>(data->bytes(), 0);
}

void BcdStoreReader::read_elements(const Key& object_key, const std::string& path,
                                   BcdObject& object) {
  const std::string elements_path = path + "\\Elements";
  const std::optional<Key> elements = subkey(object_key, u"Elements", elements_path);
  if (!elements) {
    return;  // an object without settings, or one that was reported
  }
  keep_newest(object.last_written, elements->last_written());
  std::set<std::uint32_t> seen;
  for_each_subkey(*elements, elements_path, [&](const Key& key, const std::string& element_path) {
    read_element(key, element_path, object, seen);
  });
  std::sort(object.elements.begin(), object.elements.end(),
            [](const BcdElement& a, const BcdElement& b) { return a.type < b.type; });
  complete_locate_devices(object);
}

void BcdStoreReader::read_element(const Key& key, const std::string& path, BcdObject& object,
                                  std::set<std::uint32_t>& seen) {
  keep_newest(object.last_written, key.last_written());
  const std::optional<std::uint32_t> type = element_type(key.name());
  if (!type) {
    report(path, "the name of the element is not eight hexadecimal digits; it is left out");
    return;
  }
  if (!seen.insert(*type).second) {
    report(path, "another element has the same type; this one is left out");
    return;
  }
  const Result<std::optional<Value>> value = key.value(u"Element");
  if (!value) {
    report(path, value.error());
    return;
  }
  if (!*value) {
    report(path, "has no value Element; it is left out");
    return;
  }
  const Result<ValueData> data = (**value).data();
  if (!data) {
    report(path, data.error());
    return;
  }
  if (data->bytes().size() > max_element_size) {
    report(path, fmt::format("has {} bytes, at most {} are read", data->bytes().size(),
                             max_element_size));
    return;
  }
  bytes_read_ += data->bytes().size();
  if (bytes_read_ > max_store_size) {
    report(path, fmt::format("is left out: the store has more than {} bytes of elements",
                             max_store_size));
    return;
  }
  if (!data->complete()) {
    report(path, fmt::format("has {} of its {} bytes", data->bytes().size(), (**value).size()));
  }
  DecodedElement decoded = decode_element(*type, data->bytes(), limits_);
  if (decoded.damage) {
    report(path, *decoded.damage);
  }
  BcdElement element;
  element.type = *type;
  element.value = std::move(decoded.value);
  element.name = element_name(*type, object.type.value_or(0));
  element.registry_type = (**value).type();
  element.raw.assign(data->bytes().begin(), data->bytes().end());
  object.elements.push_back(std::move(element));
}

std::optional<Key> BcdStoreReader::subkey(const Key& parent, const char16_t* name,
                                          const std::string& path) {
  const Result<std::optional<Key>> found = parent.subkey(name);
  if (!found) {
    report(path, found.error());
    return std::nullopt;
  }
  return *found;
}

void BcdStoreReader::report(const std::string& path, std::string what) {
  diagnostics.add(Severity::warning, finding_code, path + ": " + std::move(what));
}

void BcdStoreReader::report(const std::string& path, const Error& error) {
  report(path, error.message());
}

}  // namespace casement
