// SPDX-License-Identifier: Apache-2.0
// A list of items, one item and one document of facts, in every format.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>

#include "tools/casement/commands/finding_list.h"
#include "tools/casement/output.h"
#include "tools/casement/render/fields.h"
#include "tools/casement/render/json.h"
#include "tools/casement/render/listing_style.h"

namespace casement::cli {

/// Items of one kind. What they consist of belongs to the caller and outlives this.
struct Listing {
  const char* kind = "";      // the member in JSON, and a part of the schema's name: "packages"
  const char* singular = "";  // "package": the member when it is one item
  std::size_t count = 0;
  /// The fields of item `index`.
  std::function<void(std::size_t index, FieldSink& sink)> describe;
  /// The fields of an empty item: their names are needed where there is no item.
  std::function<void(FieldSink& sink)> describe_none;
  /// Below the table; empty: nothing.
  std::string remark = {};
  /// More members of the JSON document, after the items; may be empty.
  std::function<void(JsonWriter& json)> more_members = {};
};

/// `items` by reference: `describe(item, sink)` gives the fields of one.
template <class Items, class Describe>
Listing make_listing(const char* kind, const char* singular, const Items& items,
                     Describe describe) {
  using Item = typename Items::value_type;
  return {.kind = kind,
          .singular = singular,
          .count = items.size(),
          .describe = [&items, describe](std::size_t index,
                                         FieldSink& sink) { describe(items[index], sink); },
          .describe_none =
              [describe](FieldSink& sink) {
                const Item none{};
                describe(none, sink);
              }};
}

/// JSON: an object with `schema`, the items and the findings. Text: a table. CSV: a record an item,
/// the names of the fields first.
void render_listing(Output& output, const Listing& listing, const ListingStyle& style,
                    const FindingList& findings);

/// One item with everything that is known of it: details for people, or in JSON the member
/// `singular`. CSV: the listing with this item alone.
void render_item(Output& output, const Listing& listing, std::size_t index,
                 const ListingStyle& style, const FindingList& findings);

/// Facts of which there is one each. CSV: a record a fact.
void render_facts(Output& output, const char* kind,
                  const std::function<void(FieldSink& sink)>& describe, const ListingStyle& style,
                  const FindingList& findings);

/// The items as a member of a larger document.
void write_items(Output& output, JsonWriter& json, const Listing& listing, bool evidence);

}  // namespace casement::cli
