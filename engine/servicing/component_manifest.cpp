// SPDX-License-Identifier: Apache-2.0
// What a manifest of the component store says of the files of a component.
#include "engine/servicing/component_manifest.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "engine/servicing/base64.h"
#include "engine/servicing/xml_document.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t sha1_size = 20;
constexpr std::size_t sha256_size = 32;

void read_digest(const pugi::xml_node& file, ComponentFile& read, Diagnostics& findings) {
  const pugi::xml_node hash = child_of(file, "hash");
  if (!hash) {
    return;
  }
  const std::u16string method = attribute_text(child_of(hash, "DigestMethod"), "Algorithm");
  const bool old = method.ends_with(u"#sha1");
  auto digest = decode_base64(child_of(hash, "DigestValue").text().get());
  if (!digest || digest->size() != (old ? sha1_size : sha256_size)) {
    findings.add(Severity::warning, "bad-digest",
                 fmt::format("the digest of {} is none of {}", to_utf8(read.name),
                             old ? "SHA-1" : "SHA-256"));
    return;
  }
  read.kind = old ? DigestKind::sha1 : DigestKind::sha256;
  read.digest = *std::move(digest);
}

}  // namespace

StoredForm stored_form(Bytes beginning) noexcept {
  constexpr std::size_t magic_size = 4;
  constexpr std::string_view kinds = "MNDHXS";
  if (beginning.size() < magic_size || beginning[0] != std::byte{'D'} ||
      beginning[1] != std::byte{'C'} || beginning[3] != std::byte{1}) {
    return StoredForm::plain;
  }
  const bool known = kinds.find(static_cast<char>(beginning[2])) != std::string_view::npos;
  return known ? StoredForm::compressed : StoredForm::plain;
}

Result<ComponentManifest> parse_component_manifest(Bytes xml) {
  pugi::xml_document document;
  CASEMENT_TRY(load_xml(document, xml, max_component_manifest_size));
  const pugi::xml_node assembly = document.document_element();
  if (local_name(assembly) != "assembly") {
    return fail(Status::corrupt, "the root element is not \"assembly\"");
  }
  ComponentManifest manifest;
  for (const pugi::xml_node& file : assembly.children()) {
    if (local_name(file) != "file") {
      continue;
    }
    ComponentFile read;
    read.name = attribute_text(file, "name");
    if (read.name.empty()) {
      manifest.diagnostics.add(Severity::warning, "incomplete", "a file has no name");
      continue;
    }
    read_digest(file, read, manifest.diagnostics);
    manifest.files.push_back(std::move(read));
  }
  return manifest;
}

}  // namespace casement
