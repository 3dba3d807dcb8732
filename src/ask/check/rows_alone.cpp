// What a row says or lacks by itself.

#include <fmt/format.h>

#include "ask/check/rows.hpp"

namespace tierscope::core {

void find_missing_sources(const Inspected& data, Problems& findings) {
  for (const Relation* r : rows_if(data, [](const Relation& row) { return !row.sources; }))
    warn(data, findings, "no-source", r->place, "source", fmt::format("{} has no source", link_name(data, *r)),
         "name where it was read");
}

void find_ended_without_until(const Inspected& data, Problems& findings) {
  const Rows rows = rows_if(data, [](const Relation& r) { return r.status == Status::ended && !r.until; });
  for (const Relation* r : rows)
    warn(data, findings, "ended-without-until", r->place, "until",
         r->as_of ? fmt::format("{} has ended, nobody says when: it counts as active up to the end of {}",
                                link_name(data, *r), to_string(r->as_of))
                  : fmt::format("{} has ended, nobody says when: it counts at no date", link_name(data, *r)),
         "give the last day (until)");
}

void find_self_relations(const Inspected& data, Problems& findings) {
  for (const Relation* r : rows_if(data, [](const Relation& row) { return row.from == row.to; }))
    warn(data, findings, "self-relation", r->place, "to",
         fmt::format("'{}' {} itself: no answer counts it", data.id(r->from), to_string(r->kind)),
         "name the other company, or delete the row");
}

// One word for all: where some rows have categories, those without may have a reason.
void find_no_category(const Inspected& data, Problems& findings) {
  const Rows sold = rows_if(data, [](const Relation& r) { return r.kind == Kind::supplies; });
  if (sold.empty() || std::any_of(sold.begin(), sold.end(), [](const Relation* r) { return bool(r->category); }))
    return;
  warn(data, findings, "no-category", sold.front()->place, "category",
       "no purchase has a category: each item is taken as a market of its own, and what has no item as none",
       "give what is bought a category, the same for all who sell it");
}

}  // namespace tierscope::core
