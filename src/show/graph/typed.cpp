#include "show/graph/typed.hpp"

#include <algorithm>
#include <cmath>

#include "ask/rows.hpp"
#include "base/number.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

constexpr std::string_view amounts[] = {"revenue", "value"};
constexpr std::string_view shares[] = {"revenue_share", "supply_share", "stake"};
constexpr std::string_view flags[] = {"aggregate", "restates"};

template <typename List>
bool among(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

/// No program takes these for part of its own syntax: Neo4j's headers have colons and brackets.
bool plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

TypedTable::TypedTable(const Model& model, TableKind table) : model_(model), table_(table), flat_(model, table) {
  const bool companies = table == TableKind::companies;
  companies ? add("label", Typed::text, Part::label, 0) : add("weight", Typed::number, Part::weight, 0);
  const std::vector<std::string_view> fields = fields_of(table);
  const std::size_t own =
      companies ? static_cast<std::size_t>(CompanyField::name_local) : static_cast<std::size_t>(RelationField::kind);
  for (std::size_t field = own; field < fields.size(); ++field) add_field(fields[field], field);
  add_extras();
}

void TypedTable::add(std::string name, Typed type, Part part, std::size_t field) {
  columns_.push_back({std::move(name), type});
  made_.push_back({part, field});
}

void TypedTable::add_field(std::string_view name, std::size_t field) {
  const std::string word(name);
  const bool amount = among(amounts, name);
  if (amount || among(shares, name)) {
    add(word + "_low", Typed::number, Part::low, field);
    add(word + "_high", Typed::number, Part::high, field);
    add(word + "_approximate", Typed::boolean, Part::approximate, field);
    if (amount) add(word + "_currency", Typed::text, Part::currency, field);
  } else if (among(flags, name)) {
    add(word, Typed::boolean, Part::flag, field);
  } else if (name == "status") {
    add(word, Typed::text, Part::status, field);
  } else {
    add(name == "source" ? "cites" : word, Typed::text, Part::text, field);
  }
}

void TypedTable::add_extras() {
  // Gephi does not tell names apart by case; the others are words of some program's own.
  std::vector<std::string> taken{"id",   "source", "target", "label",    "weight", "kind",
                                 "name", "type",   "size",   "interval", "start",  "end"};
  for (const TypedColumn& column : columns_) taken.push_back(column.name);
  for (std::size_t field = fields_of(table_).size(); field < flat_.columns().size(); ++field) {
    const std::string& name = flat_.columns()[field];
    std::string folded = fold(name);
    if (plain(name) && !among(taken, folded)) {
      taken.push_back(std::move(folded));
      add(name, Typed::text, Part::text, field);
    } else {
      refused_.push_back(name);
    }
  }
}

std::vector<bool> TypedTable::used() const {
  TypedTable again(model_, table_);
  std::vector<bool> used(columns_.size());
  for (std::size_t index = 0; index < again.size(); ++index) {
    const std::vector<std::string>& cells = again.row(index);
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (!cells[c].empty()) used[c] = true;
  }
  return used;
}

const Quantity& TypedTable::figure(std::size_t index, std::size_t field) const {
  if (table_ == TableKind::companies) return model_.company(static_cast<CompanyIndex>(index)).revenue;
  const Relation& relation = model_.relation(index);
  switch (static_cast<RelationField>(field)) {
    case RelationField::value: return relation.value;
    case RelationField::supply_share: return relation.supply_share;
    case RelationField::stake: return relation.stake;
    default: return relation.revenue_share;
  }
}

void TypedTable::append(std::string& cell, const Made& made, std::size_t index) const {
  const auto append_finite = [&](const Quantity& figure, double bound) {
    if (figure.known && std::isfinite(bound)) append_number(cell, bound);
  };
  switch (made.part) {
    case Part::text: cell = read_[made.field]; return;
    case Part::label: cell = model_.name(static_cast<CompanyIndex>(index)); return;
    case Part::weight: {
      // Gephi drops edges of weight 0, of which nothing is known to be so.
      const Quantity& share = model_.relation(index).revenue_share;
      if (share.known && share.low > 0) append_number(cell, share.low);
      return;
    }
    case Part::low: return append_finite(figure(index, made.field), figure(index, made.field).low);
    case Part::high: return append_finite(figure(index, made.field), figure(index, made.field).high);
    case Part::approximate:
      if (const Quantity& known = figure(index, made.field)) cell = known.approximate ? "true" : "false";
      return;
    case Part::currency:
      if (const Quantity& known = figure(index, made.field)) cell = to_string(known.currency);
      return;
    case Part::flag: {
      const bool set = table_ == TableKind::companies ? model_.company(static_cast<CompanyIndex>(index)).aggregate
                                                      : model_.relation(index).restates;
      cell = set ? "true" : "false";
      return;
    }
    case Part::status: cell = to_string(model_.relation(index).status); return;
  }
}

const std::vector<std::string>& TypedTable::row(std::size_t index) {
  flat_.row(index, read_);
  cells_.assign(columns_.size(), {});
  for (std::size_t c = 0; c < made_.size(); ++c) append(cells_[c], made_[c], index);
  return cells_;
}

std::vector<std::string> left_out_of_typed(const Model& model) {
  std::vector<std::string> causes;
  if (!model.sources().empty()) causes.push_back(counted(model.sources().size(), "source") + " (ids stay, in cites)");
  if (!model.rates().empty()) causes.push_back(counted(model.rates().size(), "exchange rate"));
  std::size_t texts = 0;
  for (std::size_t c = 0; c < model.company_count(); ++c)
    texts += model.company(static_cast<CompanyIndex>(c)).revenue.known;
  for (std::size_t r = 0; r < model.relation_count(); ++r) {
    const Relation& relation = model.relation(r);
    for (const Quantity* figure : {&relation.value, &relation.revenue_share, &relation.supply_share, &relation.stake})
      texts += figure->known;
  }
  if (texts != 0) causes.push_back("the reported text of " + counted(texts, "figure") + " (bounds stay)");
  for (const TableKind kind : {TableKind::companies, TableKind::relations}) {
    const TypedTable table(model, kind);
    for (const std::string& column : table.refused())
      causes.push_back("the column " + quote(column) + " of " + std::string(to_string(kind)) +
                       ", whose name other programs use or cannot bear");
  }
  return causes;
}

}  // namespace tierscope::core
