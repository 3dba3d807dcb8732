#include "ask/show/show.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

struct Section {
  const char* name;   // in JSON
  const char* title;  // for a person
  const char* partner;
  std::vector<const Relation*> ShowResult::*relations;
  bool outgoing;  // the company stands in `from`
};

constexpr Section sections[] = {
    {"customers", "Customers", "customer", &ShowResult::customers, true},
    {"suppliers", "Suppliers", "supplier", &ShowResult::suppliers, false},
    {"financed_by", "Financed or owned by", "company", &ShowResult::financed_by, false},
    {"finances", "Finances or owns", "company", &ShowResult::finances, true},
};

// What a relation says in one cell: share, stake and amount, as reported.
std::string figures(const Model& model, const Relation& r) {
  std::string text;
  const auto add = [&](const Quantity& quantity, std::string shown, const char* of) {
    if (quantity) text += (text.empty() ? "" : ", ") + std::move(shown) + of;
  };
  add(r.revenue_share, format_share(r.revenue_share), " of the supplier's revenue");
  add(r.supply_share, format_share(r.supply_share), " of the customer's purchases");
  add(r.stake, format_share(r.stake), " stake");
  const Quantity value = in_wanted_currency(model, r.value);
  add(value, format_amount(value), "");
  return text.empty() ? "–" : text;
}

Value company_value(const Model& model, const ShowResult& result) {
  const Company& c = model.company(result.company);
  Evidence evidence(model);
  evidence.add_sources(c.sources);
  Value::Members members{{"company", model.text(c.id)},
                         {"name", model.text(c.name)},
                         {"name_local", text_value(model.text(c.name_local))},
                         {"sector", text_value(model.text(c.sector))},
                         {"country", text_value(model.text(c.country))},
                         {"ticker", text_value(model.text(c.ticker))},
                         {"revenue", money_value(c.revenue)},
                         {"revenue_period", text_value(model.text(c.revenue_period))},
                         {"aggregate", c.aggregate},
                         {"sources", strings_value(evidence.texts())}};
  for (const Section& section : sections) {
    Value::List list;
    for (const Relation* r : result.*section.relations) list.push_back(relation_value(model, *r));
    members.emplace_back(section.name, std::move(list));
  }
  return members;
}

std::vector<std::vector<Cell>> company_rows(const Model& model, const ShowResult& result) {
  const Company& c = model.company(result.company);
  Cell revenue(in_wanted_currency(model, c.revenue));
  return {{model.text(c.id), model.text(c.name), model.text(c.name_local), model.text(c.sector), model.text(c.country),
           model.text(c.ticker), revenue, model.text(c.revenue_period), model.text(c.sources)}};
}

Report report(const Model& model, const ShowParams& params) {
  const auto result = std::make_shared<ShowResult>(show(model, params));
  const Company& company = model.company(result->company);
  Report report;
  report.command = "show";
  report.title = label(model, result->company);
  if (company.name_local) report.title += " " + std::string(model.text(company.name_local));
  if (company.aggregate) report.title += " (an aggregate, not one company)";
  report.results.count = 1;
  report.results.noun = "company";
  report.results.columns = {{"id"},
                            {"name"},
                            {"local name", CellType::text, false, true},
                            {"sector", CellType::text, false, true},
                            {"country", CellType::text, false, true},
                            {"ticker", CellType::text, false, true},
                            {"revenue", CellType::amount, false, true},
                            {"period", CellType::text, false, true},
                            {"sources", CellType::sources, false, true}};
  report.results.value = [&model, result](std::size_t) { return company_value(model, *result); };
  report.results.rows = [&model, result](std::size_t) { return company_rows(model, *result); };
  Evidence evidence(model);
  evidence.add_sources(company.sources);
  for (const Section& section : sections) {
    OldTable table{section.title,
                {{section.partner}, {"what"}, {"figures"}, {"as of"}, {"status"}, {"sources", CellType::sources}},
                {}};
    for (const Relation* r : result.get()->*section.relations) {
      evidence.add(*r);
      const std::string what =
          r->kind == Kind::supplies ? std::string(subject(model, *r)) : std::string(to_string(r->kind)) + ": " + std::string(subject(model, *r));
      table.rows.push_back({table.rows.size(),
                            {label(model, section.outgoing ? r->to : r->from), what, figures(model, *r),
                             to_string(r->as_of), to_string(r->status), source_ids(model, *r)}});
    }
    report.tables.push_back(std::move(table));
  }
  const auto concerns = [&](const Relation& r) { return r.from == result->company || r.to == result->company; };
  if (const std::string note = set_aside_note(model, concerns); !note.empty()) report.notes.push_back(note);
  for (const std::string& note : rate_notes(model)) report.notes.push_back(note);
  report.notes.push_back(evidence.span_note());
  report.sources = evidence.texts();
  return report;
}

Answer bind(Options& options) {
  const auto params = std::make_shared<ShowParams>();
  options.required("--company", params->company, "COMPANY", "id, name, local name or ticker, in any case");
  return [params](const Model& model, std::optional<std::size_t>) { return report(model, *params); };
}

}  // namespace

ShowResult show(const Model& model, const ShowParams& params) {
  ShowResult result;
  result.company = find_company(model, params.company);
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    const bool trade = r.kind == Kind::supplies;
    if (r.from == result.company) (trade ? result.customers : result.finances).push_back(&r);
    if (r.to == result.company) (trade ? result.suppliers : result.financed_by).push_back(&r);
  }
  return result;
}

const Pass show_pass{"show", "one company: customers, suppliers, investors, sources",
                     "Example: tierscope show graphs/bytedance --company 寒武纪", StatusSet::all(), bind};

}  // namespace tierscope::core
