// SPDX-License-Identifier: Apache-2.0
// Whether the manifests and files of components are what the COMPONENTS hive says.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/inspect/file_bytes.h"
#include "engine/inspect/health_checks.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t sha256_size = 32;

/// Payload that is kept as differences lies in these directories, and not under its own name.
constexpr std::array<std::u16string_view, 3> delta_directories = {u"f", u"n", u"r"};

/// The digest of the manifest; nullopt: the key has none.
Result<std::optional<std::vector<std::byte>>> manifest_digest(const Key& component) {
  const std::optional<Value> value = CASEMENT_TRY(component.value(u"S256H"));
  if (!value) {
    return std::optional<std::vector<std::byte>>();
  }
  const ValueData data = CASEMENT_TRY(value->data());
  if (data.bytes().size() != sha256_size) {
    return fail(Status::invalid_data,
                fmt::format("S256H has {} bytes, expected {}", data.bytes().size(), sha256_size));
  }
  return std::optional(to_vector(data.bytes()));
}

std::vector<std::byte> sha256_of(Bytes bytes) {
  Digest sha256(DigestKind::sha256);
  sha256.update(bytes);
  return sha256.finish();
}

Result<StoredForm> form_of(const ByteSource& source) {
  std::array<std::byte, 4> magic = {};
  if (source.size() < magic.size()) {
    return StoredForm::plain;
  }
  CASEMENT_TRY(source.read(0, magic));
  return stored_form(magic);
}

}  // namespace

Result<void> ComponentCheck::check(const Key& component) {
  const std::u16string name = component.name().to_u16string();
  Result<void> checked = check_manifest(component, name);
  if (checked) {
    return {};
  }
  if (checked.error().status() == scan_cancelled) {
    return checked;
  }
  findings_.repairable("component-damaged", to_utf8(name) + ": " + checked.error().message());
  return {};
}

void ComponentCheck::finish() {
  if (manifests_.unread() == 0) {
    return;
  }
  findings_.note("manifests-not-compared",
                 fmt::format("{} compressed manifests of components and their files were not "
                             "compared: {}",
                             manifests_.unread(), manifests_.reason()->message()));
}

Result<void> ComponentCheck::check_manifest(const Key& component, const std::u16string& name) {
  const std::optional<DirEntry> entry =
      CASEMENT_TRY(store_.find_in(u"Manifests", name + u".manifest"));
  if (!entry) {
    findings_.repairable("component-manifest-missing",
                         fmt::format("{}\\Manifests\\{}.manifest is not there",
                                     to_utf8(store_.path()), to_utf8(name)));
    return {};
  }
  const SourcePtr source = CASEMENT_TRY(store_.file_system()->open(entry->node, {}));
  const std::vector<std::byte> stored =
      CASEMENT_TRY(read_all(*source, max_component_manifest_size));
  const auto xml = CASEMENT_TRY(manifests_.read(stored));
  if (!xml) {
    return {};
  }
  const auto digest = CASEMENT_TRY(manifest_digest(component));
  // Of a compressed manifest it is the digest of the XML, as far as is known; as catalogs have it.
  // One of what is stored would prove as much.
  if (digest && sha256_of(*xml) != *digest && sha256_of(stored) != *digest) {
    findings_.repairable("component-manifest-changed",
                         fmt::format("{}\\Manifests\\{}.manifest has another digest than "
                                     "COMPONENTS says",
                                     to_utf8(store_.path()), to_utf8(name)));
    return {};
  }
  return check_files(name, *xml);
}

Result<void> ComponentCheck::check_files(const std::u16string& name, Bytes manifest) {
  const ComponentManifest parsed = CASEMENT_TRY(parse_component_manifest(manifest));
  if (parsed.files.empty()) {
    return {};
  }
  // Without its directory a component is staged without payload, which is no damage.
  const std::optional<DirEntry> directory = CASEMENT_TRY(store_.find(name));
  if (!directory || directory->kind != NodeKind::directory) {
    return {};
  }
  for (const std::u16string_view delta : delta_directories) {
    if (CASEMENT_TRY(store_.find_in(name, delta))) {
      return {};
    }
  }
  Digests digests;
  for (const ComponentFile& file : parsed.files) {
    CASEMENT_TRY(go_on_());
    const std::string path = to_utf8(store_.path() + u"\\" + name + u"\\" + file.name);
    Result<void> checked = check_file(*directory, file, path, digests);
    if (!checked && checked.error().status() == scan_cancelled) {
      return checked;
    }
    if (!checked) {
      findings_.repairable("component-file-unreadable", path + ": " + checked.error().message());
    }
  }
  return {};
}

Result<void> ComponentCheck::check_file(const DirEntry& directory, const ComponentFile& file,
                                        const std::string& path, Digests& digests) {
  const auto entry = CASEMENT_TRY(store_.find_below(directory.node, file.name));
  if (!entry) {
    findings_.repairable("component-file-missing", path + " is not there");
    return {};
  }
  if (file.digest.empty() || entry->kind != NodeKind::file) {
    return {};
  }
  const auto [digest, is_new] = digests.try_emplace({entry->node.value, file.kind});
  if (is_new) {
    // What follows may fail: the file then counts as read, and is reported once.
    const SourcePtr source = CASEMENT_TRY(store_.file_system()->open(entry->node, {}));
    if (CASEMENT_TRY(form_of(*source)) != StoredForm::compressed) {
      digest->second = CASEMENT_TRY(digest_of(*source, file.kind, go_on_));
    }
  }
  if (!digest->second.empty() && digest->second != file.digest) {
    findings_.repairable("component-file-changed",
                         path + " has another digest than its manifest says");
  }
  return {};
}

void check_catalog(const ComponentStore& store, const std::u16string& name,
                   HealthFindings& findings) {
  const auto entry = store.find_in(u"Catalogs", name + u".cat");
  if (!entry) {
    findings.warning("catalog-unreadable", to_utf8(name) + ": " + entry.error().message());
  } else if (!*entry) {
    findings.warning("catalog-missing", fmt::format("{}\\Catalogs\\{}.cat is not there",
                                                    to_utf8(store.path()), to_utf8(name)));
  }
}

}  // namespace casement
