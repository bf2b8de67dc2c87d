// SPDX-License-Identifier: Apache-2.0
// The identity of an installation, put together from its parts.
#include "engine/inspect/identity.h"

#include <fmt/format.h>

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/identity_parts.h"
#include "vfs/core/utf16.h"

namespace casement {

std::string Identity::version_string() const {
  if (!major_version) {
    return build ? to_utf8(build->value) : std::string();
  }
  std::string text = std::to_string(major_version->value);
  if (!minor_version) {
    return text;
  }
  text += fmt::format(".{}", minor_version->value);
  if (!build) {
    return text;
  }
  text += "." + to_utf8(build->value);
  if (ubr) {
    text += fmt::format(".{}", ubr->value);
  }
  return text;
}

Identity read_identity(const Image& image) {
  Identity identity;
  FactReader reader(image, identity.diagnostics);
  read_product(reader, identity);
  read_architecture(reader, identity);
  read_kernel_version(reader, identity);
  read_machine(reader, identity);
  read_languages(reader, identity);
  return identity;
}

}  // namespace casement
