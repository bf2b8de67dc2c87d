// SPDX-License-Identifier: Apache-2.0
// The packages of one installation and their manifests.
#include "engine/inspect/packages.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <numeric>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/inspect/package_files.h"
#include "engine/inspect/package_rows.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Threads that read manifests at a time, with the one that asks: more would wait for the image,
/// and each may hold a manifest of the largest size.
constexpr std::size_t max_readers = 4;

/// Fewer packages than this for each thread are not worth starting one.
constexpr std::size_t packages_per_reader = 50;

/// A manifest, or what was found instead; made once.
struct Slot {
  std::once_flag once;
  std::optional<PackageManifest> manifest;
  Diagnostics findings;  // guarded by State::mutex
};

}  // namespace

struct PackageStore::State {
  explicit State(ImagePtr of) : image(std::move(of)), files(*image) {}

  ImagePtr image;
  PackageFiles files;
  Diagnostics row_findings;
  std::vector<Package> packages;
  std::vector<std::uint32_t> by_name;  // positions, without regard to case
  const Package* foundation = nullptr;
  mutable std::mutex mutex;
  mutable std::unique_ptr<Slot[]> slots;  // NOLINT(*-avoid-c-arrays): a slot cannot be moved

  void index();
  void load(std::size_t position) const;
};

namespace {

/// Whether `package` is a better foundation than `best`.
bool is_newer(const Package& package, const Package* best) {
  return best == nullptr || compare_versions(package.parts->version, best->parts->version) > 0;
}

const Package* newest_installed(const std::vector<Package>& packages, std::u16string_view name) {
  const Package* best = nullptr;
  for (const Package& package : packages) {
    // A package of a language has the texts of the neutral one, not its features.
    if (package.state == PackageState::installed && package.parts &&
        package.parts->language.empty() && equals_folded(package.parts->name, name) &&
        is_newer(package, best)) {
      best = &package;
    }
  }
  return best;
}

}  // namespace

void PackageStore::State::index() {
  slots = std::make_unique<Slot[]>(packages.size());  // NOLINT(*-avoid-c-arrays): as above
  by_name.resize(packages.size());
  std::iota(by_name.begin(), by_name.end(), 0U);
  std::sort(by_name.begin(), by_name.end(), [this](std::uint32_t a, std::uint32_t b) {
    const std::strong_ordering order = compare_folded(packages[a].identity, packages[b].identity);
    return order != 0 ? order < 0 : a < b;
  });
  foundation = newest_installed(packages, u"Microsoft-Windows-Foundation-Package");
  if (foundation == nullptr) {
    foundation = newest_installed(packages, u"Microsoft-Windows-WinPE-Package");
  }
}

void PackageStore::State::load(std::size_t position) const {
  const Package& package = packages[position];
  Result<std::optional<PackageManifest>> read = files.read_manifest(package.identity);
  const std::string path = to_utf8(files.path(package.identity, u".mum"));
  Diagnostics findings;
  if (!read) {
    const bool too_much = read.error().status() == Status::limit_exceeded;
    findings.add(too_much ? "limit" : "manifest-unreadable", Error(read.error()).context(path));
  } else if (!*read) {
    // What is not there any more has often left its key behind, but no file.
    const bool needed = package.state == PackageState::installed;
    findings.add(needed ? Severity::warning : Severity::note, "manifest-missing",
                 path + " is not there");
  } else {
    findings.append((*read)->diagnostics, path + ": ");
    slots[position].manifest = *std::move(read);
  }
  const std::scoped_lock lock(mutex);
  slots[position].findings = std::move(findings);
}

PackageStore::PackageStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
PackageStore::~PackageStore() = default;

PackageStorePtr PackageStore::read(ImagePtr image) {
  auto state = std::make_unique<State>(std::move(image));
  state->packages = read_package_rows(*state->image, state->row_findings);
  state->index();
  return PackageStorePtr(new PackageStore(std::move(state)));
}

const Image& PackageStore::image() const noexcept {
  return *state_->image;
}

const std::vector<Package>& PackageStore::packages() const noexcept {
  return state_->packages;
}

const Package* PackageStore::find(std::u16string_view identity) const noexcept {
  const std::vector<Package>& packages = state_->packages;
  const auto position =
      std::lower_bound(state_->by_name.begin(), state_->by_name.end(), identity,
                       [&packages](std::uint32_t index, std::u16string_view wanted) {
                         return compare_folded(packages[index].identity, wanted) < 0;
                       });
  if (position == state_->by_name.end() || !equals_folded(packages[*position].identity, identity)) {
    return nullptr;
  }
  return &packages[*position];
}

const PackageManifest* PackageStore::manifest(const Package& package) const {
  const std::vector<Package>& packages = state_->packages;
  const auto is_own = [&](const Package* at) {
    return !std::less<>{}(at, packages.data()) &&
           std::less<>{}(at, packages.data() + packages.size());
  };
  const Package* const own = is_own(&package) ? &package : find(package.identity);
  if (own == nullptr) {
    return nullptr;  // a package of another store
  }
  const auto position = static_cast<std::size_t>(own - packages.data());
  const Slot& kept = state_->slots[position];
  std::call_once(state_->slots[position].once, [&] { state_->load(position); });
  return kept.manifest ? &*kept.manifest : nullptr;
}

std::u16string PackageStore::manifest_path(const Package& package) const {
  return state_->files.path(package.identity, u".mum");
}

void PackageStore::load_manifests() const {
  const std::vector<Package>& packages = state_->packages;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < packages.size(); i = next++) {
      (void)manifest(packages[i]);
    }
  };
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t readers = std::min({max_readers, cores, packages.size() / packages_per_reader});
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < readers; ++i) {
    try {
      others.push_back(std::async(std::launch::async, work));
    } catch (const std::system_error&) {
      break;  // the host has no thread left: this one does it all
    }
  }
  work();
  for (std::future<void>& other : others) {
    other.get();
  }
}

const Package* PackageStore::foundation() const noexcept {
  return state_->foundation;
}

Diagnostics PackageStore::findings() const {
  Diagnostics all = state_->row_findings;
  const std::scoped_lock lock(state_->mutex);
  for (std::size_t i = 0; i < state_->packages.size(); ++i) {
    all.append(state_->slots[i].findings);
  }
  return all;
}

}  // namespace casement
