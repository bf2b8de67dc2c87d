// SPDX-License-Identifier: Apache-2.0
// Lists for every reader: which format, and the JSON of it.
#include "tools/casement/render/listing.h"

#include <fmt/format.h>

#include "tools/casement/render/field_json.h"
#include "tools/casement/render/findings_json.h"
#include "tools/casement/render/listing_csv.h"
#include "tools/casement/render/listing_text.h"

namespace casement::cli {
namespace {

void begin_document(JsonWriter& json, const char* kind) {
  json.begin_object();
  json.member("schema", fmt::format("casement.{}/1", kind));
}

void end_document(JsonWriter& json, const FindingList& findings) {
  write_findings(json, findings);
  json.end_object();
  json.end_document();
}

void write_item(JsonWriter& json, const Listing& listing, std::size_t index, bool evidence) {
  json.begin_object();
  FieldJson fields(json, evidence);
  listing.describe(index, fields);
  fields.end_fields();
  json.end_object();
}

}  // namespace

void write_items(Output& output, JsonWriter& json, const Listing& listing, bool evidence) {
  json.key(listing.kind);
  json.begin_array();
  for (std::size_t i = 0; i < listing.count; ++i) {
    write_item(json, listing, i, evidence);
    if (!output.flush_if_full()) {
      break;
    }
  }
  json.end_array();
}

void render_listing(Output& output, const Listing& listing, const ListingStyle& style,
                    const FindingList& findings) {
  switch (style.format) {
    case ListingFormat::text:
      append_table(output.text(), listing, style.evidence);
      break;
    case ListingFormat::csv:
      write_csv(output, listing, style.evidence);
      break;
    case ListingFormat::json: {
      JsonWriter json(output.text());
      begin_document(json, listing.kind);
      write_items(output, json, listing, style.evidence);
      if (listing.more_members) {
        listing.more_members(json);
      }
      end_document(json, findings);
      break;
    }
  }
}

void render_item(Output& output, const Listing& listing, std::size_t index,
                 const ListingStyle& style, const FindingList& findings) {
  const auto describe = [&](FieldSink& sink) { listing.describe(index, sink); };
  switch (style.format) {
    case ListingFormat::text:
      append_details(output.text(), describe, style.evidence);
      break;
    case ListingFormat::csv: {
      Listing one = listing;
      one.count = 1;
      one.describe = [&](std::size_t, FieldSink& sink) { describe(sink); };
      write_csv(output, one, style.evidence);
      break;
    }
    case ListingFormat::json: {
      JsonWriter json(output.text());
      begin_document(json, listing.singular);
      json.key(listing.singular);
      write_item(json, listing, index, style.evidence);
      end_document(json, findings);
      break;
    }
  }
}

void render_facts(Output& output, const char* kind,
                  const std::function<void(FieldSink& sink)>& describe, const ListingStyle& style,
                  const FindingList& findings) {
  switch (style.format) {
    case ListingFormat::text:
      append_details(output.text(), describe, style.evidence);
      break;
    case ListingFormat::csv:
      write_facts_csv(output, describe, style.evidence);
      break;
    case ListingFormat::json: {
      JsonWriter json(output.text());
      begin_document(json, kind);
      FieldJson fields(json, style.evidence);
      describe(fields);
      fields.end_fields();
      end_document(json, findings);
      break;
    }
  }
}

}  // namespace casement::cli
