// SPDX-License-Identifier: Apache-2.0
// Keys and manifests from a few words.
#include "tests/engine/inspect/serviced_windows.h"

namespace casement::test {

std::string TestPackage::identity() const {
  return name + "~31bf3856ad364e35~amd64~" + language + "~" + version;
}

std::string TestPackage::xml() const {
  return "<assemblyIdentity name=\"" + name + "\" version=\"" + version +
         "\" processorArchitecture=\"amd64\" language=\"" +
         (language.empty() ? "neutral" : language) +
         "\" buildType=\"release\" publicKeyToken=\"31bf3856ad364e35\"/>";
}

std::string delegate_to(const std::string& name) {
  // Another version than that of the package: the one that its own version began with.
  return "<parent integrate=\"delegate\">" +
         TestPackage{.name = name, .version = "10.0.0.7"}.xml() + "</parent>";
}

std::string feature_xml(const std::string& name, const std::string& attributes,
                        const std::string& inside) {
  return "<update name=\"" + name + "\" " + attributes +
         "><selectable disposition=\"staged\"><detectNone default=\"true\"/></selectable>" +
         inside + "</update>";
}

std::string payload_xml(const TestPackage& package) {
  return "<package contained=\"false\" integrate=\"hidden\">" + package.xml() + "</package>";
}

std::string capability_xml(const std::string& name, const std::string& version,
                           const std::string& language) {
  return "<declareCapability><capability><capabilityIdentity name=\"" + name + "\" version=\"" +
         version + "\"" + (language.empty() ? "" : " language=\"" + language + "\"") +
         "/></capability></declareCapability>";
}

std::string manifest_xml(const TestPackage& package, const std::string& inside,
                         const std::string& attributes) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><assembly "
         "xmlns=\"urn:schemas-microsoft-com:asm.v3\" manifestVersion=\"1.0\" " +
         attributes + ">" + package.xml() + "<package identifier=\"" + package.name +
         "\" releaseType=\"Feature Pack\">" + inside + "</package></assembly>";
}

ServicedWindows::ServicedWindows() {
  software.key(std::string(servicing_key) + "Packages");
}

fixture::KeyBuilder ServicedWindows::add(const TestPackage& package, std::uint32_t state,
                                         const std::string& inside, const std::string& attributes) {
  add_manifest(package.identity(), manifest_xml(package, inside, attributes));
  return add_key(package.identity(), state);
}

fixture::KeyBuilder ServicedWindows::add_key(const std::string& identity, std::uint32_t state) {
  return software.key(std::string(servicing_key) + "Packages\\" + identity)
      .set_dword("CurrentState", state);
}

void ServicedWindows::add_manifest(const std::string& identity, const std::string& text) {
  tree.add_file("Windows/servicing/Packages/" + identity + ".mum", text);
}

void ServicedWindows::add_foundation(const std::string& inside) {
  add({.name = foundation_name}, installed, inside);
}

void ServicedWindows::set_update(const TestPackage& package, const std::string& update,
                                 std::uint32_t state) {
  software.key(std::string(servicing_key) + "Packages\\" + package.identity() + "\\Updates")
      .set_dword(update, state);
}

fixture::KeyBuilder ServicedWindows::notification(const std::string& feature) {
  return software.key(std::string(servicing_key) + "Notifications\\OptionalFeatures\\" + feature);
}

fixture::Tree ServicedWindows::built() const {
  fixture::Tree whole = tree;
  add_small_windows(whole, "Windows", system, software);
  return whole;
}

PackageStorePtr ServicedWindows::store() const {
  return PackageStore::read(open_tree(built()));
}

}  // namespace casement::test
