// SPDX-License-Identifier: Apache-2.0
// Entry points on editions, product keys and hives.
#include "engine/inspect/editions.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "engine/dismapi/convert.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/hand_out.h"
#include "engine/dismapi/hive_place.h"
#include "engine/inspect/product_key.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

/// unsupported: Windows PE has no editions.
Result<Editions> editions_of(const Session& session, Function function) {
  Editions editions = read_editions(session.packages());
  log_findings(function, editions.diagnostics);
  if (editions.windows_pe) {
    return fail(Status::unsupported, "the image is Windows PE, which has no editions");
  }
  return editions;
}

/// A range of keys may be for several editions: "Professional;ProfessionalN".
bool names_edition(std::u16string_view list, std::u16string_view edition) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(u';'), list.size());
    if (equals_folded(list.substr(0, end), edition)) {
      return true;
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

/// Whether an image of these editions, as it is or changed, is what a key is for.
bool takes_key(const Editions& editions, const ProductKeyInfo& key) {
  const bool is_current = editions.current && names_edition(key.edition, editions.current->value);
  return is_current || std::ranges::any_of(editions.targets, [&key](const auto& target) {
           return names_edition(key.edition, target.value);
         });
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI _DismGetCurrentEdition(DismSession Session, DismString** Edition) noexcept {
  return question<Function::_DismGetCurrentEdition>(
      [&](Arguments& arguments) { arguments.out(Edition, "Edition").session(Session); },
      [&](const casement::Session& opened) -> Result<void> {
        const Editions editions =
            CASEMENT_TRY(editions_of(opened, Function::_DismGetCurrentEdition));
        if (!editions.current) {
          return fail(static_cast<Status>(HRESULT_FROM_WIN32(ERROR_NOT_FOUND)),
                      "neither an edition package nor EditionID says what edition the image is");
        }
        hand_out_text(editions.current->value, Edition);
        return {};
      });
}

HRESULT WINAPI _DismGetTargetEditions(DismSession Session, DismString** Editions,
                                      UINT* Count) noexcept {
  return question<Function::_DismGetTargetEditions>(
      [&](Arguments& arguments) {
        arguments.out(Editions, "Editions").out_count(Count).session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const casement::Editions editions =
            CASEMENT_TRY(editions_of(opened, Function::_DismGetTargetEditions));
        hand_out_array(editions.targets, Editions, Count,
                       [](Answer& answer, const Fact<std::u16string>& target, DismString& out) {
                         out.Value = answer.text(target.value);
                       });
        return {};
      });
}

HRESULT WINAPI _DismSetEdition(DismSession Session, PCWSTR Edition, PCWSTR ProductKey,
                               HANDLE /*CancelEvent*/, DISM_PROGRESS_CALLBACK /*Progress*/,
                               PVOID /*UserData*/) noexcept {
  return unavailable<Function::_DismSetEdition>([&](Arguments& arguments) {
    arguments.text(Edition, "Edition").optional_text(ProductKey, "ProductKey").session(Session);
  });
}

HRESULT WINAPI _DismGetProductKeyInfo(DismSession Session, PCWSTR ProductKey, DismString** Edition,
                                      DismString** Channel) noexcept {
  return question<Function::_DismGetProductKeyInfo>(
      [&](Arguments& arguments) {
        arguments.out(Edition, "Edition")
            .out(Channel, "Channel")
            .text(ProductKey, "ProductKey")
            .session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const std::u16string key = CASEMENT_TRY(required_string(ProductKey, "ProductKey"));
        const ProductKeyInfo info = CASEMENT_TRY(read_product_key(opened.image(), key));
        Answer answer;
        auto* const string = answer.make<DismString>();
        string->Value = answer.text(info.edition);
        HandedOut edition(std::move(answer), string);
        hand_out_text(info.channel, Channel);
        *Edition = edition.keep();
        return {};
      });
}

HRESULT WINAPI _DismValidateProductKey(DismSession Session, PCWSTR ProductKey) noexcept {
  return question<Function::_DismValidateProductKey>(
      [&](Arguments& arguments) { arguments.text(ProductKey, "ProductKey").session(Session); },
      [&](const casement::Session& opened) -> Result<void> {
        const std::u16string key = CASEMENT_TRY(required_string(ProductKey, "ProductKey"));
        const ProductKeyInfo info = CASEMENT_TRY(read_product_key(opened.image(), key));
        const Editions editions =
            CASEMENT_TRY(editions_of(opened, Function::_DismValidateProductKey));
        if (!takes_key(editions, info)) {
          return fail(static_cast<Status>(DISMAPI_E_INVALID_PRODUCT_KEY),
                      fmt::format("the product key is for {}, which the image neither is nor can "
                                  "be changed to",
                                  to_utf8(info.edition)));
        }
        return {};
      });
}

HRESULT WINAPI _DismSetProductKey(DismSession Session, PCWSTR ProductKey) noexcept {
  return unavailable<Function::_DismSetProductKey>(
      [&](Arguments& arguments) { arguments.text(ProductKey, "ProductKey").session(Session); });
}

HRESULT WINAPI _DismGetRegistryMountPoint(DismSession Session, DismRegistryHive RegistryHive,
                                          DismString** RegistryMountPoint) noexcept {
  return question<Function::_DismGetRegistryMountPoint>(
      [&](Arguments& arguments) {
        arguments.out(RegistryMountPoint, "RegistryMountPoint")
            .session(Session)
            .range(RegistryHive, DismRegistryHiveDrivers, "RegistryHive");
      },
      [&](const casement::Session& opened) -> Result<void> {
        return fail(Status::unsupported,
                    fmt::format("hives are read where they are and not loaded into a registry: {}",
                                describe_hive_place(opened.image(), RegistryHive)));
      });
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
