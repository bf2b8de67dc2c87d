// SPDX-License-Identifier: Apache-2.0
// One line for each finding.
#include "tools/casement/render/findings_json.h"

namespace casement::cli {
namespace {

void write_finding(JsonWriter& json, const Diagnostic& finding) {
  json.member("severity", severity_name(finding.severity));
  json.member("code", finding.code);
  json.member("text", finding.text);
}

}  // namespace

void write_findings(JsonWriter& json, const FindingList& findings) {
  json.key("findings");
  json.begin_array();
  for (const Finding& finding : findings.items()) {
    json.begin_object(Layout::line);
    json.member("source", finding.source);
    write_finding(json, finding.diagnostic);
    json.end_object();
  }
  json.end_array();
  json.member("findings_dropped", findings.dropped());
}

void write_findings(JsonWriter& json, const Diagnostics& findings) {
  json.key("findings");
  json.begin_array();
  for (const Diagnostic& finding : findings.items()) {
    json.begin_object(Layout::line);
    write_finding(json, finding);
    json.end_object();
  }
  json.end_array();
}

}  // namespace casement::cli
