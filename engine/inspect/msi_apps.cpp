// SPDX-License-Identifier: Apache-2.0
// Products and patches below Installer\UserData, and what Classes\Installer adds to them.
#include "engine/inspect/msi_apps.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "engine/image/registry_read.h"
#include "engine/inspect/msi_parts.h"
#include "engine/inspect/registry_list.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive_id = HiveId::software;
constexpr std::u16string_view user_data_key =
    u"Microsoft\\Windows\\CurrentVersion\\Installer\\UserData";
constexpr std::u16string_view advertised_key = u"Classes\\Installer\\Products";
constexpr std::u16string_view local_system = u"S-1-5-18";  // its products are the machine's
constexpr std::size_t max_users = 1000;
// Of all users together, because their keys may share one list of subkeys. Large machines have
// 1000.
constexpr std::size_t max_products = 20'000;
constexpr std::size_t max_patches = 20'000;

// INSTALLSTATE of msi.h
constexpr std::int32_t state_advertised = 1;
constexpr std::int32_t state_installed = 5;

struct ProductText {
  std::u16string_view name;
  std::u16string MsiProduct::* member;
};
constexpr std::array<ProductText, 16> product_texts = {{
    {u"DisplayVersion", &MsiProduct::version},
    {u"Publisher", &MsiProduct::publisher},
    {u"InstallSource", &MsiProduct::install_source},
    {u"HelpLink", &MsiProduct::help_link},
    {u"HelpTelephone", &MsiProduct::help_telephone},
    {u"InstallLocation", &MsiProduct::install_location},
    {u"InstallDate", &MsiProduct::install_date},
    {u"Contact", &MsiProduct::contact},
    {u"Comments", &MsiProduct::comments},
    {u"Readme", &MsiProduct::readme},
    {u"URLInfoAbout", &MsiProduct::url_about},
    {u"URLUpdateInfo", &MsiProduct::url_update},
    {u"LocalPackage", &MsiProduct::local_package},
    {u"ProductID", &MsiProduct::product_id},
    {u"RegOwner", &MsiProduct::owner},
    {u"RegCompany", &MsiProduct::organization},
}};

/// "9.50.7523" of 0x09321D63: a byte, a byte, a word.
std::u16string version_text(std::uint64_t version) {
  const std::string text =
      fmt::format("{}.{}.{}", (version >> 24) & 0xFF, (version >> 16) & 0xFF, version & 0xFFFF);
  return {text.begin(), text.end()};
}

class MsiReader {
 public:
  MsiReader(const Image& image, MsiList& list) : reader_(image, list.diagnostics), list_(list) {}

  void read() {
    hive_ = reader_.hive(hive_id);
    if (!hive_) {
      return;
    }
    for (const std::u16string& user : names(user_data_key, max_users)) {
      read_user(user);
    }
    read_advertised();
    std::sort(
        list_.products.begin(), list_.products.end(), [](const MsiProduct& a, const MsiProduct& b) {
          const auto order = compare_folded(a.name, b.name);
          return order != 0 ? order < 0
                            : std::tie(a.code, a.evidence.key) < std::tie(b.code, b.evidence.key);
        });
    std::sort(list_.patches.begin(), list_.patches.end(), [](const MsiPatch& a, const MsiPatch& b) {
      return std::tie(a.product, a.code, a.evidence.key) <
             std::tie(b.product, b.code, b.evidence.key);
    });
  }

 private:
  std::vector<std::u16string> names(std::u16string_view path, std::size_t limit) {
    return subkey_names(*hive_, path, limit, reader_.findings());
  }

  /// What is left of `left` for all lists of this kind; one finding when it is spent.
  std::vector<std::u16string> counted_names(std::u16string_view path, std::size_t& left) {
    if (left == 0) {
      if (!std::exchange(limit_reported_, true)) {
        reader_.findings().add(Severity::error, "limit",
                               fmt::format("{}: more products or patches than are read, {}",
                                           to_utf8(path), max_products));
      }
      return {};
    }
    std::vector<std::u16string> found = names(path, left);
    left -= std::min(left, found.size());
    return found;
  }

  std::optional<MsiKey> open(const std::u16string& path) {
    const auto key = find_list_key(*hive_, path, reader_.findings());
    return key ? std::optional<MsiKey>(std::in_place, *key, path, budget_, reader_.findings())
               : std::nullopt;
  }

  std::optional<Guid> code_of(const std::u16string& path, const std::u16string& name) {
    const auto code = parse_packed_guid(name);
    if (!code) {
      reader_.findings().add(
          Severity::warning, "damaged",
          fmt::format("{}: the key \"{}\" is no packed GUID", to_utf8(path), to_utf8(name)));
    }
    return code;
  }

  void read_user(const std::u16string& user) {
    const std::u16string own = join_key(user_data_key, user);
    const std::u16string products = join_key(own, u"Products");
    for (const std::u16string& name : counted_names(products, products_left_)) {
      if (const auto code = code_of(products, name)) {
        read_product(own, name, *code, user == local_system);
      }
    }
  }

  void read_product(const std::u16string& user, const std::u16string& name, const Guid& code,
                    bool machine) {
    const std::u16string path = join_key(join_key(user, u"Products"), name);
    const auto advertised = open(join_key(advertised_key, name));
    const auto installed = open(join_key(path, u"InstallProperties"));
    if (!installed && !(advertised && machine)) {
      reader_.findings().add(Severity::warning, "incomplete",
                             fmt::format("{}: a product without InstallProperties", to_utf8(path)));
      return;
    }
    MsiProduct product;
    product.code = code;
    product.state = installed ? state_installed : state_advertised;
    product.assignment = machine ? 1 : 0;
    if (installed) {
      fill_installed(*installed, product);
    }
    if (advertised && machine) {
      fill_advertised(*advertised, name, product);
    }
    product.evidence =
        reader_.evidence(hive_id, installed ? join_key(path, u"InstallProperties") : path, {});
    list_.products.push_back(std::move(product));
    read_patches(user, name, code);
  }

  static void fill_installed(const MsiKey& key, MsiProduct& product) {
    product.name = key.text(u"DisplayName");
    for (const ProductText& text : product_texts) {
      product.*text.member = key.text(text.name);
    }
    product.language = key.number_text(u"Language");
    product.estimated_size = key.integer(u"EstimatedSize").value_or(0);
    if (const auto version = key.integer(u"Version"); version && product.version.empty()) {
      product.version = version_text(*version);
    }
  }

  void fill_advertised(const MsiKey& key, const std::u16string& name, MsiProduct& product) {
    if (product.name.empty()) {
      product.name = key.text(u"ProductName");
    }
    if (product.language.empty()) {
      product.language = key.number_text(u"Language");
    }
    if (const auto version = key.integer(u"Version"); version && product.version.empty()) {
      product.version = version_text(*version);
    }
    if (const auto assignment = key.integer(u"Assignment"); assignment && *assignment <= 1) {
      product.assignment = static_cast<std::uint32_t>(*assignment);
    }
    if (const std::u16string package = key.text(u"PackageCode"); !package.empty()) {
      product.package_code = code_of(u"PackageCode", package);
    }
    if (const auto sources = open(join_key(join_key(advertised_key, name), u"SourceList"))) {
      product.package_name = sources->text(u"PackageName");
    }
  }

  /// What is offered for installation and not installed by anyone.
  void read_advertised() {
    std::vector<Guid> known;
    for (const MsiProduct& product : list_.products) {
      known.push_back(product.code);
    }
    std::sort(known.begin(), known.end());
    for (const std::u16string& name : counted_names(advertised_key, products_left_)) {
      const auto code = code_of(std::u16string(advertised_key), name);
      const std::u16string path = join_key(advertised_key, name);
      const auto key = code ? open(path) : std::nullopt;
      if (!key || std::binary_search(known.begin(), known.end(), *code)) {
        continue;
      }
      MsiProduct product;
      product.code = *code;
      product.state = state_advertised;
      fill_advertised(*key, name, product);
      product.evidence = reader_.evidence(hive_id, path, {});
      list_.products.push_back(std::move(product));
    }
  }

  void read_patches(const std::u16string& user, const std::u16string& product, const Guid& code) {
    const std::u16string path =
        join_key(join_key(join_key(user, u"Products"), product), u"Patches");
    const auto transforms = open(join_key(join_key(advertised_key, product), u"Patches"));
    for (const std::u16string& name : counted_names(path, patches_left_)) {
      const auto patch_code = code_of(path, name);
      const auto key = patch_code ? open(join_key(path, name)) : std::nullopt;
      if (!key) {
        continue;
      }
      MsiPatch patch;
      patch.code = *patch_code;
      patch.product = code;
      patch.name = key->text(u"DisplayName");
      const std::uint64_t state = key->integer(u"State").value_or(0);
      if (state != 1 && state != 2 && state != 4) {
        reader_.findings().add(Severity::warning, "incomplete",
                               fmt::format("{}\\{}: State is {}, expected 1 (applied), 2 "
                                           "(superseded) or 4 (obsolete)",
                                           to_utf8(path), to_utf8(name), state));
      } else {
        patch.state = static_cast<std::uint32_t>(state);
      }
      patch.uninstallable = key->integer(u"Uninstallable").value_or(0) != 0;
      patch.help_link = key->text(u"HelpLink");
      patch.install_date = key->text(u"Installed");
      patch.more_info_url = key->text(u"MoreInfoURL");
      if (transforms) {
        patch.transforms = transforms->text(name);
      }
      if (const auto package = open(join_key(join_key(user, u"Patches"), name))) {
        patch.local_package = package->text(u"LocalPackage");
      }
      patch.evidence = reader_.evidence(hive_id, join_key(path, name), {});
      list_.patches.push_back(std::move(patch));
    }
  }

  FactReader reader_;
  MsiList& list_;
  HivePtr hive_;
  std::size_t products_left_ = max_products;
  std::size_t patches_left_ = max_patches;
  bool limit_reported_ = false;
  MsiTextBudget budget_;
};

}  // namespace

MsiList read_msi(const Image& image) {
  MsiList list;
  MsiReader(image, list).read();
  return list;
}

std::optional<Guid> parse_packed_guid(std::u16string_view text) noexcept {
  // Sizes of the groups of digits that are each written backwards.
  constexpr std::array<std::size_t, 11> groups = {8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2};
  constexpr std::size_t digits = 32;
  if (text.size() != digits) {
    return std::nullopt;
  }
  std::array<char16_t, 36> plain{};  // with dashes
  std::size_t out = 0;
  for (const std::size_t size : groups) {
    for (std::size_t i = size; i-- > 0;) {
      plain.at(out++) = text[i];
    }
    text.remove_prefix(size);
    if (out == 8 || out == 13 || out == 18 || out == 23) {
      plain.at(out++) = u'-';
    }
  }
  return Guid::parse(std::u16string_view(plain.data(), plain.size()));
}

}  // namespace casement
