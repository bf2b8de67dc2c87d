// SPDX-License-Identifier: Apache-2.0
// How much speaks for an installation. Each point is evidence.
#pragma once

#include "engine/image/examined.h"
#include "vfs/open/opener.h"

namespace casement {

/// Adds one item to the evidence and its points to the score.
void add_evidence(Installation& installation, std::string what, int points, std::string where);

/// The hives and files of the installation; sets `partial` too. false: nothing but an empty
/// System32 is there, so this is no installation.
bool score_content(Examined& examined, const FileSystem& file_system);

/// The drive letter that SystemRoot names leads to this very volume. Call after the letters are
/// known and before they are bound by SystemRoot itself has any weight.
void score_letters(Examined& examined, const OpenedImage& opened);

/// Below Windows.old or an upgrade's folder: kept, but behind the others.
void score_place(Examined& examined);

}  // namespace casement
