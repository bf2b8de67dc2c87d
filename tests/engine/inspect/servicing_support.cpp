// SPDX-License-Identifier: Apache-2.0
// Installations with packages and components, put together for one test.
#include "tests/engine/inspect/servicing_support.h"

#include "engine/servicing/package_identity.h"
#include "tests/engine/image/image_support.h"
#include "vfs/core/utf16.h"

namespace casement::test {

std::string package_id(const std::string& name, const std::string& version,
                       const std::string& language) {
  return name + "~31bf3856ad364e35~amd64~" + language + "~" + version;
}

std::string package_manifest(const std::string& identity, const std::string& attributes,
                             const std::string& package_content) {
  const auto parts = parse_package_identity(*from_utf8(identity)).value();
  return "<assembly xmlns=\"urn:schemas-microsoft-com:asm.v3\"><assemblyIdentity name=\"" +
         to_utf8(parts.name) + "\" version=\"" + to_utf8(parts.version) +
         "\" processorArchitecture=\"" + to_utf8(parts.architecture) + "\" language=\"" +
         (parts.language.empty() ? "neutral" : to_utf8(parts.language)) + "\" publicKeyToken=\"" +
         to_utf8(parts.public_key_token) + "\"/><package " + attributes + ">" + package_content +
         "</package></assembly>";
}

ServicedWindows::ServicedWindows() : system(small_system()), software(small_software()) {}

fixture::KeyBuilder ServicedWindows::add_package_key(const std::string& identity,
                                                     std::uint32_t state) const {
  return servicing().key("Packages").subkey(identity).set_dword("CurrentState", state);
}

fixture::KeyBuilder ServicedWindows::add_package(const std::string& identity, std::uint32_t state,
                                                 const std::string& manifest) {
  files[manifest_file(identity)] = manifest.empty() ? package_manifest(identity) : manifest;
  files[catalog_file(identity)] = "\x30\x82";
  return add_package_key(identity, state);
}

fixture::Tree ServicedWindows::tree() const {
  fixture::Tree built;
  add_small_windows(built, "Windows", system, software);
  if (has_components) {
    built.add_file("Windows/System32/config/COMPONENTS", components.build());
  }
  for (const auto& [path, content] : files) {
    built.add_file("Windows/" + path, content);
  }
  return built;
}

ImagePtr ServicedWindows::image() const {
  return open_tree(tree());
}

PackageStorePtr ServicedWindows::store() const {
  return PackageStore::read(image());
}

std::string manifest_file(const std::string& identity) {
  return "servicing/Packages/" + identity + ".mum";
}

std::string catalog_file(const std::string& identity) {
  return "servicing/Packages/" + identity + ".cat";
}

}  // namespace casement::test
