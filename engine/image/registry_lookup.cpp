// SPDX-License-Identifier: Apache-2.0
// Choosing the hive, mapping CurrentControlSet, following symbolic links.
#include "engine/image/registry_lookup.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "engine/image/registry_read.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

using Names = std::vector<std::u16string>;
using MaybeKey = std::optional<Image::LocatedKey>;

struct MachineHive {
  std::u16string_view name;
  HiveId id;
};
constexpr std::array<MachineHive, 6> machine_hives = {{{u"SYSTEM", HiveId::system},
                                                       {u"SOFTWARE", HiveId::software},
                                                       {u"SAM", HiveId::sam},
                                                       {u"SECURITY", HiveId::security},
                                                       {u"COMPONENTS", HiveId::components},
                                                       {u"DRIVERS", HiveId::drivers}}};

/// Where HKU\<SID>_Classes lies below a profile, since Vista and before.
constexpr std::array<std::u16string_view, 2> classes_files = {
    u"\\AppData\\Local\\Microsoft\\Windows\\UsrClass.dat",
    u"\\Local Settings\\Application Data\\Microsoft\\Windows\\UsrClass.dat"};

constexpr std::u16string_view classes_suffix = u"_Classes";

/// A hive and how many names of the path it stands for.
struct Mounted {
  HivePtr hive;
  std::u16string path;  // "HKLM\SYSTEM"
  std::size_t names = 0;
};

class KeySearch {
 public:
  explicit KeySearch(const Image& image) : image_(image) {}

  Result<MaybeKey> run(RegistryPath path) {
    for (int links = 0; links <= max_registry_links; ++links) {
      map_control_set(path);
      const Mounted mounted = CASEMENT_TRY(mount(path));
      if (!mounted.hive) {
        return MaybeKey();
      }
      Step step = CASEMENT_TRY(walk(mounted, path));
      if (!step.link) {
        return std::move(step.key);
      }
      path = CASEMENT_TRY(std::move(*step.link));
    }
    return fail(Status::too_many_links,
                fmt::format("registry path: more than {} symbolic links", max_registry_links));
  }

 private:
  /// Either where the path ends, or the path that a link says instead.
  struct Step {
    MaybeKey key;
    std::optional<Result<RegistryPath>> link;
  };

  /// SYSTEM\CurrentControlSet exists only while Windows runs.
  void map_control_set(RegistryPath& path) const {
    if (path.root == RegistryRoot::local_machine && path.names.size() >= 2 &&
        equals_folded(path.names[0], u"SYSTEM") &&
        equals_folded(path.names[1], u"CurrentControlSet") && image_.control_set() != 0) {
      path.names[1] = image_.control_set_key();
    }
  }

  Result<Mounted> mount(const RegistryPath& path) const {
    if (path.names.empty()) {
      return path.root == RegistryRoot::local_machine
                 ? fail(Status::invalid_argument,
                        "HKLM is made of several hives: name one of HKLM\\SYSTEM, SOFTWARE, SAM, "
                        "SECURITY, COMPONENTS, DRIVERS and BCD00000000")
                 : fail(Status::invalid_argument,
                        "HKU is made of several hives: name HKU\\.DEFAULT or HKU\\<SID>");
    }
    return path.root == RegistryRoot::local_machine ? mount_machine(path.names.front())
                                                    : mount_user(path.names.front());
  }

  Result<Mounted> mount_machine(const std::u16string& name) const {
    for (const MachineHive& known : machine_hives) {
      if (equals_folded(known.name, name)) {
        HivePtr hive = CASEMENT_TRY(image_.hive(known.id));
        return Mounted{
            .hive = std::move(hive), .path = u"HKLM\\" + std::u16string(known.name), .names = 1};
      }
    }
    const BootManager& boot = image_.boot_manager();
    if (equals_folded(name, u"BCD00000000") && boot.chosen && boot.stores[*boot.chosen].store) {
      return Mounted{.hive = boot.stores[*boot.chosen].store->hive(),
                     .path = u"HKLM\\BCD00000000",
                     .names = 1};
    }
    return Mounted();
  }

  Result<Mounted> mount_user(const std::u16string& name) const {
    if (equals_folded(name, u".DEFAULT") || equals_folded(name, u"S-1-5-18")) {
      HivePtr hive = CASEMENT_TRY(image_.hive(HiveId::default_user));
      return Mounted{.hive = std::move(hive), .path = u"HKU\\.DEFAULT", .names = 1};
    }
    std::u16string_view sid = name;
    const bool classes =
        sid.size() > classes_suffix.size() &&
        equals_folded(sid.substr(sid.size() - classes_suffix.size()), classes_suffix);
    if (classes) {
      sid.remove_suffix(classes_suffix.size());
    }
    const auto profile = CASEMENT_TRY(profile_of(sid));
    if (!profile) {
      return Mounted();
    }
    Mounted mounted{.hive = nullptr, .path = u"HKU\\" + name, .names = 1};
    if (!classes) {
      mounted.hive = CASEMENT_TRY(image_.hive_at(*profile + u"\\NTUSER.DAT"));
      return mounted;
    }
    for (const std::u16string_view file : classes_files) {
      mounted.hive = CASEMENT_TRY(image_.hive_at(*profile + std::u16string(file)));
      if (mounted.hive) {
        break;
      }
    }
    return mounted;
  }

  Result<std::optional<std::u16string>> profile_of(std::u16string_view sid) const {
    const HivePtr software = CASEMENT_TRY(image_.hive(HiveId::software));
    if (!software || sid.find(u'\\') != std::u16string_view::npos) {
      return std::optional<std::u16string>();
    }
    return read_string(*software,
                       join_key(u"Microsoft\\Windows NT\\CurrentVersion\\ProfileList", sid),
                       u"ProfileImagePath");
  }

  Result<Step> walk(const Mounted& mounted, const RegistryPath& path) const {
    Key key = CASEMENT_TRY(mounted.hive->root());
    std::u16string canonical = mounted.path;
    for (std::size_t i = mounted.names; i < path.names.size(); ++i) {
      const auto below = CASEMENT_TRY(key.subkey(path.names[i]).with_context([&canonical] {
        return "registry key " + to_utf8(canonical);
      }));
      if (!below) {
        return Step();
      }
      key = *below;
      canonical += u'\\';
      canonical += key.name().to_u16string();
      if (key.is_symlink()) {
        auto target = link_target(key, canonical);
        if (target) {
          target->names.insert(target->names.end(),
                               std::next(path.names.begin(), static_cast<std::ptrdiff_t>(i) + 1),
                               path.names.end());
        }
        return Step{.key = std::nullopt, .link = std::move(target)};
      }
    }
    return Step{.key = Image::LocatedKey{.hive = mounted.hive, .key = key, .path = canonical},
                .link = std::nullopt};
  }

  static Result<RegistryPath> link_target(const Key& key, const std::u16string& canonical) {
    const auto context = [&canonical] {
      return fmt::format("registry link {}", to_utf8(canonical));
    };
    const auto value = CASEMENT_TRY(key.value(u"SymbolicLinkValue").with_context(context));
    if (!value) {
      return fail(Status::corrupt, fmt::format("{}: it has no SymbolicLinkValue", context()));
    }
    const std::u16string target = CASEMENT_TRY(value->as_string().with_context(context));
    return parse_registry_path(target).with_context(context);
  }

  const Image& image_;
};

}  // namespace

Result<std::optional<Image::LocatedKey>> locate_key(const Image& image,
                                                    std::u16string_view registry_path) {
  RegistryPath path = CASEMENT_TRY(parse_registry_path(registry_path));
  return KeySearch(image).run(std::move(path));
}

}  // namespace casement
