// SPDX-License-Identifier: Apache-2.0
// Properties that a manifest declares in customInformation.
#include "engine/servicing/custom_information.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/servicing/xml_document.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

std::string_view without_blanks(std::string_view text) noexcept {
  return trimmed(text, " \t\r\n");
}

/// Namespaces are declared by attributes, too: xmlns, xmlns:mum2.
bool is_declaration(std::string_view attribute) noexcept {
  return attribute == "xmlns" || attribute.starts_with("xmlns:");
}

class Collector {
 public:
  Collector(TextBudget& budget, std::vector<CustomProperty>& properties) noexcept
      : budget_(budget), properties_(properties) {}

  /// The attributes of an element at `path`, by name.
  void add_attributes(const pugi::xml_node& node, const std::u16string& path) {
    const std::size_t before = properties_.size();
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (!is_declaration(name)) {
        add(path, xml_units(name.substr(name.rfind(':') + 1)), xml_units(attribute.value()));
      }
    }
    std::sort(properties_.begin() + static_cast<std::ptrdiff_t>(before), properties_.end(),
              [](const CustomProperty& a, const CustomProperty& b) {
                const std::strong_ordering order = compare_folded(a.name, b.name);
                return order != 0 ? order < 0 : a.value < b.value;
              });
  }

  void add_text(const pugi::xml_node& node, const std::u16string& parent_path,
                const std::u16string& name) {
    const std::string_view text = without_blanks(node.text().get());
    if (!text.empty()) {
      add(parent_path, name, xml_units(text));
    }
  }

 private:
  void add(const std::u16string& path, std::u16string name, std::u16string value) {
    if (budget_.exhausted() || !budget_.take(path.size() + name.size() + value.size())) {
      return;
    }
    properties_.push_back({path, std::move(name), std::move(value)});
  }

  TextBudget& budget_;
  std::vector<CustomProperty>& properties_;
};

bool is_element(const pugi::xml_node& node) noexcept {
  return node.type() == pugi::node_element;
}

/// The next element after `node` in document order within `top`; `path` becomes that of its parent.
pugi::xml_node next_element(pugi::xml_node node, const pugi::xml_node& top, std::u16string& path) {
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    if (is_element(child)) {
      if (node != top) {
        path.append(path.empty() ? u"" : u"\\").append(xml_units(local_name(node)));
      }
      return child;
    }
  }
  while (node != top) {
    for (pugi::xml_node next = node.next_sibling(); next; next = next.next_sibling()) {
      if (is_element(next)) {
        return next;
      }
    }
    node = node.parent();
    const std::size_t parent = path.rfind(u'\\');
    path.resize(parent == std::u16string::npos ? 0 : parent);
  }
  return {};
}

}  // namespace

void read_custom_information(const pugi::xml_node& parent, TextBudget& budget,
                             std::vector<CustomProperty>& properties) {
  Collector collector(budget, properties);
  for (const pugi::xml_node& top : parent.children()) {
    if (local_name(top) != "customInformation") {
      continue;
    }
    collector.add_attributes(top, {});
    std::u16string path;
    for (pugi::xml_node node = next_element(top, top, path); node;
         node = next_element(node, top, path)) {
      const std::u16string name = xml_units(local_name(node));
      if (!budget.take(path.size() + name.size())) {
        return;  // the path is made for every element, be it as empty as it may
      }
      collector.add_attributes(node, path.empty() ? name : path + u"\\" + name);
      collector.add_text(node, path, name);
    }
  }
}

}  // namespace casement
