// SPDX-License-Identifier: Apache-2.0
// Fields of an installation as a whole.
#include "tools/casement/render/describe_settings.h"

#include "tools/casement/render/words.h"

namespace casement::cli {

void describe_editions(const Editions& editions, FieldSink& sink) {
  sink.fact({"current", "Current"}, editions.current);
  sink.facts({"targets", "Can become"}, editions.targets);
  sink.boolean({"windows_pe", "Windows PE"}, editions.windows_pe);
}

void describe_international(const InternationalSettings& settings, FieldSink& sink) {
  sink.fact({"ui_language", "UI language"}, settings.ui_language);
  sink.fact({"system_locale", "System locale"}, settings.system_locale);
  sink.fact({"user_locale", "User locale"}, settings.user_locale);
  sink.fact({"time_zone", "Time zone"}, settings.time_zone);
  sink.text({"location_name", "Location"}, settings.location_name);
  sink.fact({"location", "GEOID"}, settings.location);
  sink.facts({"keyboards", "Keyboards"}, settings.keyboards);
  sink.text({"layered_driver_name", "Layered driver"}, settings.layered_driver_name);
  sink.fact({"layered_driver", "Driver number"}, settings.layered_driver);
  const Field languages{"languages", "Languages", Shown::tree};
  sink.begin_items(languages);
  for (const InstalledLanguage& language : settings.languages) {
    sink.begin_item();
    sink.text({"tag", "Tag", Shown::column}, language.tag);
    sink.choice({"kind", "Kind", Shown::column}, language_words(language.kind));
    sink.texts({"fallbacks", "Falls back to", Shown::last}, language.fallbacks);
    sink.end_item();
  }
  sink.end_items();
  for (const InstalledLanguage& language : settings.languages) {
    sink.evidence(languages, language.evidence);
  }
}

void describe_servicing(const ServicingState& state, FieldSink& sink) {
  sink.boolean({"pending", "Pending"}, state.pending);
  sink.choice({"stored_health", "Stored health"}, health_words(stored_health(state)));
  sink.fact({"reboot_pending", "Reboot pending"}, state.reboot_pending);
  sink.fact({"reboot_in_progress", "In a reboot"}, state.reboot_in_progress);
  sink.texts({"packages_pending", "Packages"}, state.packages_pending);
  sink.begin_items({"sessions", "Sessions", Shown::tree});
  for (const PendingSession& session : state.sessions) {
    sink.begin_item();
    sink.text({"id", "Id", Shown::column}, session.id);
    sink.boolean({"complete", "Complete", Shown::last}, session.complete);
    sink.end_item();
  }
  sink.end_items();
  sink.fact({"pending_xml", "pending.xml"}, state.pending_xml);
  sink.fact({"pending_xml_identifier", "Its identifier"}, state.pending_xml_identifier);
  sink.fact({"setup_execute", "SetupExecute"}, state.setup_execute);
  sink.fact({"execution_state", "ExecutionState"}, state.execution_state);
  sink.fact({"unserviceable", "Unserviceable"}, state.unserviceable);
  sink.fact({"store_dirty", "Store dirty"}, state.store_dirty);
  sink.fact({"image_state", "Image state"}, state.image_state);
  sink.fact({"last_reset_base", "Last reset base"}, state.last_reset_base);
  sink.texts({"servicing_stacks", "Servicing stacks"}, state.servicing_stacks);
}

void describe_deployment(const Deployment& deployment, FieldSink& sink) {
  sink.fact({"reserved_storage", "Reserves"}, deployment.storage.enabled);
  sink.fact({"reserved_storage_policy", "Passed policy"}, deployment.storage.passed_policy);
  sink.boolean({"windows_pe", "Windows PE"}, deployment.pe.windows_pe);
  sink.fact({"target_path", "Target path"}, deployment.pe.target_path);
  sink.fact({"scratch_space_mb", "Scratch space"}, deployment.pe.scratch_space);
  sink.fact({"profiling", "Profiling"}, deployment.pe.profiling);
  sink.fact({"uninstall_window_days", "Uninstall days"}, deployment.uninstall.days);
  sink.fact({"uninstall_active", "Uninstall on"}, deployment.uninstall.active);
  sink.fact({"default_associations_xml", "Associations"}, deployment.associations.xml);
}

}  // namespace casement::cli
