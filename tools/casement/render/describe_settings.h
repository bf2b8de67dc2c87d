// SPDX-License-Identifier: Apache-2.0
// What is said of an installation as a whole: editions, languages, unfinished work, deployment.
#pragma once

#include "engine/inspect/deployment.h"
#include "engine/inspect/editions.h"
#include "engine/inspect/intl.h"
#include "engine/inspect/servicing_state.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

void describe_editions(const Editions& editions, FieldSink& sink);
void describe_international(const InternationalSettings& settings, FieldSink& sink);
void describe_servicing(const ServicingState& state, FieldSink& sink);

struct Deployment {
  ReservedStorage storage;
  PeSettings pe;
  UninstallWindow uninstall;
  DefaultAssociations associations;
};
void describe_deployment(const Deployment& deployment, FieldSink& sink);

}  // namespace casement::cli
