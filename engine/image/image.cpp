// SPDX-License-Identifier: Apache-2.0
// An image's answers: most were found while it was opened.
#include "engine/image/image.h"

#include <utility>

#include "engine/image/image_state.h"
#include "engine/image/node_lookup.h"
#include "engine/image/registry_lookup.h"

namespace casement {

Image::Image(std::unique_ptr<State> state) : state_(std::move(state)) {}
Image::~Image() = default;

Result<std::shared_ptr<const Image>> Image::open(OpenedImage opened, const ImageChoice& choice,
                                                 const Limits& limits) {
  auto state = CASEMENT_TRY(build_image_state(std::move(opened), choice, limits));
  return std::shared_ptr<const Image>(new Image(std::move(state)));
}

const OpenedImage& Image::opened() const noexcept {
  return state_->opened;
}
const std::vector<Installation>& Image::installations() const noexcept {
  return state_->installations;
}
const std::vector<UnreadableInstallation>& Image::unreadable_installations() const noexcept {
  return state_->unreadable;
}
std::size_t Image::chosen() const noexcept {
  return state_->chosen;
}
const std::string& Image::choice_reason() const noexcept {
  return state_->choice_reason;
}
const DriveLetters& Image::drive_letters() const noexcept {
  return state_->letters;
}
const BootManager& Image::boot_manager() const noexcept {
  return state_->boot_manager;
}
std::uint32_t Image::control_set() const noexcept {
  return state_->control_set;
}
const std::u16string& Image::control_set_key() const noexcept {
  return state_->environment.control_set;
}

Result<HivePtr> Image::hive(HiveId id) const {
  return state_->hives->hive(id);
}

Result<HivePtr> Image::hive_at(std::u16string_view path) const {
  const auto found = CASEMENT_TRY(locate_file(*state_, path));
  if (!found || found->kind == NodeKind::directory) {
    return HivePtr();
  }
  const std::size_t slash = found->path.rfind(u'\\');
  if (slash == std::u16string::npos) {
    return HivePtr();
  }
  const std::u16string_view whole = found->path;
  const auto parent = CASEMENT_TRY(find_directory_below(
      *found->file_system, found->file_system->root(), whole.substr(0, slash)));
  if (!parent) {
    return HivePtr();
  }
  return state_->hives->hive_in(*found->file_system, parent->node, whole.substr(slash + 1));
}

Diagnostics Image::hive_findings() const {
  return state_->hives->findings();
}

Result<std::optional<Image::LocatedKey>> Image::find_key(std::u16string_view registry_path) const {
  return locate_key(*this, registry_path);
}

Result<std::optional<Image::LocatedFile>> Image::find_file(std::u16string_view windows_path,
                                                           FollowMode mode) const {
  return locate_file(*state_, windows_path, mode);
}

const DriveMap& Image::drives() const noexcept {
  return state_->walker->drives();
}

}  // namespace casement
