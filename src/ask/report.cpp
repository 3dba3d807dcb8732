#include "ask/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/unicode.hpp"

namespace tierscope::core {

Value share_value(const Model& model, const Quantity& share) {
  if (!share) return {};
  const std::string_view reported = model.text(share.reported);
  return Value::Members{{"low", share.low}, {"high", share.high}, {"reported", text_value(reported)}};
}

Value money_value(const Quantity& amount) {
  if (!amount || (amount.low == 0 && std::isinf(amount.high))) return {};
  return Value::Members{{"low", amount.low},
                        {"high", std::isinf(amount.high) ? Value() : Value(amount.high)},
                        {"currency", text_value(to_string(amount.currency))}};
}

Value range_value(double low, double high) { return Value::Members{{"low", low}, {"high", high}}; }

Value strings_value(const std::vector<std::string>& texts) {
  Value::List list;
  for (const std::string& text : texts) list.emplace_back(text);
  return list;
}

Value sources_value(const Model& model, std::span<const Relation* const> relations) {
  Evidence evidence(model);
  for (const Relation* relation : relations) evidence.add(*relation);
  return strings_value(evidence.texts());
}

Value date_value(Date date) { return date ? Value(to_string(date)) : Value(); }

Value text_value(std::string_view text) { return text.empty() ? Value() : Value(text); }

Value relation_value(const Model& model, const Relation& r) {
  return Value::Members{{"from", model.id(r.from)},
                        {"to", model.id(r.to)},
                        {"kind", to_string(r.kind)},
                        {"category", text_value(model.text(r.category))},
                        {"item", text_value(model.text(r.item))},
                        {"value", money_value(r.value)},
                        {"value_reported", text_value(model.text(r.value.reported))},
                        {"value_basis", text_value(to_string(r.basis))},
                        {"revenue_share", share_value(model, r.revenue_share)},
                        {"supply_share", share_value(model, r.supply_share)},
                        {"stake", share_value(model, r.stake)},
                        {"status", to_string(r.status)},
                        {"since", date_value(r.since)},
                        {"until", date_value(r.until)},
                        {"as_of", date_value(r.as_of)},
                        {"restates", r.restates},
                        {"confidence", text_value(to_string(r.confidence))},
                        {"sources", sources_value(model, r)},
                        {"note", text_value(model.text(r.note))},
                        {"place", text_value(model.place(r.place))}};
}

std::vector<Row> OldTable::first(std::size_t limit) const {
  std::vector<Row> shown;
  for (const Row& each : rows)
    if (limit == 0 || each.result < limit) shown.push_back(each);
  if (rows.empty())
    for (std::size_t i = 0; i < lazy_rows && (limit == 0 || i < limit); ++i) shown.push_back(row(i));
  return shown;
}

OldTable not_counted_table(const Model& model, const std::vector<const Relation*>& relations) {
  OldTable table;
  table.title = "Not counted";
  table.columns = {{"from"}, {"to"}, {"item"}, {"status"}, {"as of"}, {"sources", CellType::sources}};
  table.lazy_rows = relations.size();
  table.row = [&model, relations](std::size_t i) {
    const Relation& r = *relations[i];
    return Row{i,
               {label(model, r.from), label(model, r.to), std::string(subject(model, r)), to_string(r.status),
                to_string(r.as_of), source_ids(model, r)}};
  };
  return table;
}

Value not_counted_value(const Model& model, const std::vector<const Relation*>& relations) {
  return Value::Each{relations.size(),
                     [&model, relations](std::size_t i) { return relation_value(model, *relations[i]); }};
}

std::string source_ids(const Model& model, std::span<const Relation* const> relations) {
  Evidence evidence(model);
  for (const Relation* relation : relations) evidence.add(*relation);
  std::string ids;
  for (const std::string& id : evidence.texts()) ids += (ids.empty() ? "" : ";") + id;
  return ids;
}

SourceText describe_source(const Model& model, const std::string& id) {
  const std::optional<std::size_t> index = model.find_source(id);
  if (!index) return {visible(id) + " (not listed)", {}};
  const Source& source = model.sources()[*index];
  SourceText text;
  for (const Text part : {source.title, source.publisher, source.date}) {
    if (!part) continue;
    if (!text.words.empty()) text.words += ", ";
    text.words += visible(model.text(part));
  }
  if (text.words.empty()) text.words = visible(id);
  text.url = visible(model.text(source.url));
  return text;
}

}  // namespace tierscope::core
