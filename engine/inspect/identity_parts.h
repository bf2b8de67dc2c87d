// SPDX-License-Identifier: Apache-2.0
// The groups of facts that read_identity() is made of. Each fills its own fields and reports what
// is wrong with them; none needs another but where it says so.
#pragma once

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/identity.h"

namespace casement {

/// Product, version, build, edition, owner, dates: SOFTWARE's CurrentVersion.
void read_product(FactReader& reader, Identity& identity);

/// Architecture: the kernel's PE header, else what the registry says. After read_product().
void read_architecture(FactReader& reader, Identity& identity);

/// Version of the kernel's file, compared with the build. After read_product().
void read_kernel_version(FactReader& reader, Identity& identity);

/// Host name, time zone, product type, last shutdown: SYSTEM. After read_product().
void read_machine(FactReader& reader, Identity& identity);

/// Default and installed languages: SYSTEM.
void read_languages(FactReader& reader, Identity& identity);

/// What other questions share: each is absent when it is not there or damaged, which is a finding.
/// Registry name of the time zone: "Pacific Standard Time". Where the registry has a reference only
/// and does not name the zone that it belongs to, what the zone is called in the image's language.
MaybeFact<std::u16string> read_time_zone_name(FactReader& reader);
/// The language that Windows was installed in, as a tag.
MaybeFact<std::u16string> read_install_language(FactReader& reader);
/// The tag of a language identifier in hexadecimal digits: "en-US" for "0409" or "00000409".
MaybeFact<std::u16string> read_language_tag(FactReader& reader, const Fact<std::u16string>& lcid);

}  // namespace casement
