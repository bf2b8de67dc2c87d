// SPDX-License-Identifier: Apache-2.0
// The JSON document of `casement info`; README.md describes every member.
#include "tools/casement/render/info_json.h"

#include <fmt/format.h>

#include "tools/casement/render/findings_json.h"
#include "tools/casement/render/identity_facts.h"
#include "tools/casement/render/info_json_members.h"
#include "tools/casement/render/json.h"

namespace casement::cli {
namespace {

void write_installations(JsonWriter& json, const Image& image, bool evidence) {
  json.key("installations");
  json.begin_array();
  for (std::size_t i = 0; i < image.installations().size(); ++i) {
    const Installation& installation = image.installations()[i];
    json.begin_object();
    json.member("id", installation.id);
    json.member("chosen", i == image.chosen());
    volume_member(json, image.opened(), installation.volume);
    json.text_member("windows_directory", installation.windows_directory);
    json.text_member("path", windows_path(image, installation));
    json.member("class", installation_class_name(installation.kind));
    json.member("origin", installation.origin);
    json.member("score", installation.score);
    json.member("partial", installation.partial);
    if (evidence) {
      write_scores(json, installation.evidence);
    }
    json.end_object();
  }
  json.end_array();
  write_unreadable(json, image.opened(), image.unreadable_installations());
  json.member("choice_reason", image.choice_reason());
}

void write_letters(JsonWriter& json, const Image& image) {
  json.key("drive_letters");
  json.begin_array();
  for (const DriveLetter& letter : image.drive_letters().letters) {
    json.begin_object(Layout::line);
    letter_member(json, "letter", letter.letter);
    volume_member(json, image.opened(), letter.volume);
    json.member("confidence", letter_confidence_name(letter.confidence));
    json.member("device", letter.device);
    json.optional_member("volume_guid", letter.volume_guid);
    json.member("is_system_root", letter.is_system_root);
    json.end_object();
  }
  json.end_array();
}

const char* scheme_name(LogScheme scheme) noexcept {
  switch (scheme) {
    case LogScheme::none:
      return "none";
    case LogScheme::old_format:
      return "old";
    case LogScheme::new_format:
      break;
  }
  return "new";
}

void write_hive_state(JsonWriter& json, const HiveState& state) {
  json.member("state", condition_name(state.condition));
  json.member("version", fmt::format("{}.{}", state.major_version, state.minor_version));
  json.member("base_block_valid", state.base_block_valid);
  json.member("primary_sequence", state.primary_sequence);
  json.member("secondary_sequence", state.secondary_sequence);
  json.member("last_written", state.last_written);
  json.text_member("stored_name", state.stored_name);
  json.member("written_by_offreg", state.written_by_offreg);
  json.member("bins_size", state.bins_size);
  json.member("log_format", scheme_name(state.scheme));
  json.key("logs_used");
  json.begin_array(Layout::line);
  for (const std::string& log : state.logs_used) {
    json.string(log);
  }
  json.end_array();
  json.member("entries_applied", state.entries_applied);
  json.member("pages_applied", state.pages_applied);
  json.member("bytes_applied", state.bytes_applied);
}

void write_hives(JsonWriter& json, const InfoReport& report) {
  json.key("hives");
  json.begin_array();
  for (const HiveReport& item : report.hives) {
    json.begin_object();
    json.member("name", item.name);
    if (item.hive) {
      write_hive_state(json, item.hive->state());
    } else {
      json.member("state", item.error.empty() ? "absent" : "unreadable");
      json.optional_text("error", item.error);
    }
    json.end_object();
  }
  json.end_array();
}

void write_fact(JsonWriter& json, const FactView& fact, const Identity& identity) {
  switch (fact.kind) {
    case FactView::Kind::text:
      json.text_member(fact.name, fact.text);
      break;
    case FactView::Kind::number:
      json.member(fact.name, fact.number);
      break;
    case FactView::Kind::time:
      json.member(fact.name, fact.time);
      break;
  }
  if (fact.name == "time_zone") {
    json.member("time_zone_bias_minutes", identity.time_zone->value.bias_minutes);
  }
}

void write_identity(JsonWriter& json, const InfoReport& report, bool evidence) {
  const Identity& identity = report.identity;
  json.key("identity");
  json.begin_object();
  json.text_member("marketing_name", identity.marketing_name);
  json.member("version", identity.version_string());
  for_each_fact(identity, [&](const FactView& fact) {
    if (fact.name != "languages") {
      write_fact(json, fact, identity);
    }
  });
  json.key("languages");
  json.begin_array(Layout::line);
  for (const Fact<std::u16string>& language : identity.languages) {
    json.string(language.value);
  }
  json.end_array();
  json.end_object();
  if (!evidence) {
    return;
  }
  json.key("identity_evidence");
  json.begin_array();
  for_each_fact(identity, [&](const FactView& fact) {
    json.begin_object(Layout::line);
    json.member("fact", fact.name);
    json.member("path", fact.evidence.path);
    json.optional_text("key", fact.evidence.key);
    json.optional_text("value", fact.evidence.value);
    json.member("recovered", fact.evidence.recovered);
    json.end_object();
  });
  json.end_array();
}

}  // namespace

void write_info_members(JsonWriter& json, const InfoReport& report, bool evidence) {
  const Image& image = report.image();
  json.member("headline", headline(report));
  write_identity(json, report, evidence);
  json.text_member("windows_directory", windows_path(image, image.installation()));
  json.key("control_set");
  image.control_set() == 0 ? json.null() : json.number(image.control_set());
  write_image(json, image.opened(), report.volumes);
  write_installations(json, image, evidence);
  write_letters(json, image);
  write_boot(json, image, evidence);
  write_hives(json, report);
}

void render_info_json(std::string& out, const InfoReport& report, bool evidence) {
  JsonWriter json(out);
  json.begin_object();
  json.member("schema", "casement.info/1");
  write_info_members(json, report, evidence);
  write_findings(json, report.findings);
  json.null_member("error");
  json.end_object();
  json.end_document();
}

void render_volumes_json(std::string& out, const VolumesReport& report) {
  JsonWriter json(out);
  json.begin_object();
  json.member("schema", "casement.info/1");
  for (const char* name : {"headline", "identity", "windows_directory", "control_set"}) {
    json.null_member(name);
  }
  write_image(json, report.opened, report.volumes);
  json.key("installations");
  json.begin_array();
  json.end_array();
  write_unreadable(json, report.opened, {});
  json.null_member("choice_reason");
  json.key("drive_letters");
  json.begin_array();
  json.end_array();
  json.null_member("boot_manager");
  json.key("hives");
  json.begin_array();
  json.end_array();
  write_findings(json, report.findings);
  json.member("error", report.error);
  json.end_object();
  json.end_document();
}

}  // namespace casement::cli
