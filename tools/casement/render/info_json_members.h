// SPDX-License-Identifier: Apache-2.0
// Members that several parts of the JSON of `casement info` have.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/casement/commands/info_report.h"
#include "tools/casement/render/json.h"

namespace casement::cli {

/// "volume": the index that image.volumes gives it, or null.
void volume_member(JsonWriter& json, const OpenedImage& opened,
                   std::optional<std::size_t> position);

/// "C:", or null.
void letter_member(JsonWriter& json, std::string_view name, std::optional<char16_t> letter);

/// "image": the path, the layers, the volumes.
void write_image(JsonWriter& json, const OpenedImage& opened,
                 const std::vector<VolumeReport>& volumes);

/// "evidence": what a score consists of.
void write_scores(JsonWriter& json, const std::vector<ScoreItem>& items);

/// "unreadable_installations": those that only a boot store tells of.
void write_unreadable(JsonWriter& json, const OpenedImage& opened,
                      const std::vector<UnreadableInstallation>& installations);

/// From "headline" to "hives": all but the findings.
void write_info_members(JsonWriter& json, const InfoReport& report, bool evidence);

/// "boot_manager": the stores and the entries of the chosen one.
void write_boot(JsonWriter& json, const Image& image, bool evidence);

}  // namespace casement::cli
