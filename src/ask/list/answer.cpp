#include <fmt/format.h>

#include <tierscope/list.hpp>

#include "ask/answered.hpp"
#include "ask/inquiry.hpp"
#include "ask/list/list.hpp"
#include "ask/rows.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

/// What all who read rows share.
struct Counted {
  Counted(std::shared_ptr<const Model> seen, ListFilter wanted)
      : model(std::move(seen)), filter(std::move(wanted)), counts(*model, filter) {}
  std::shared_ptr<const Model> model;
  ListFilter filter;
  Counts counts;
};

template <typename Row>
void add_evidence(const Evidence& evidence, Row& row) {
  row.oldest = evidence.oldest();
  row.newest = evidence.newest();
  row.sources = evidence.ids();
}

template <typename Row>
void add_evidence(const Model& model, const std::vector<std::uint32_t>& rows, Row& row) {
  Evidence evidence(model);
  for (const std::uint32_t r : rows) evidence.add(model.relation(r));
  add_evidence(evidence, row);
}

void fill(const Counted& counted, const CompanyCount& count, ListedCompany& row) {
  const Model& model = *counted.model;
  const Company& company = model.company(count.company);
  CompanyRow all;
  fill(model, company, all);
  row.company = all.company;
  row.as_supplier = count.as_supplier;
  row.as_customer = count.as_customer;
  row.other = count.other;
  row.name_local = all.name_local;
  row.sector = all.sector;
  row.country = all.country;
  row.ticker = all.ticker;
  row.lei = all.lei;
  row.aliases = all.aliases;
  row.revenue = quantity_row(model, in_wanted_currency(model, company.revenue));
  if (row.revenue) row.revenue.reported = all.revenue.reported;
  row.revenue_period = all.revenue_period;
  row.revenue_scope = all.revenue_scope;
  row.aggregate = all.aggregate;
  row.place = all.place;
  Evidence evidence(model);
  evidence.add_sources(company.sources);
  const auto add = [&](std::uint32_t r) {
    if (passes(counted.filter, model.relation(r).kind)) evidence.add(model.relation(r));
  };
  for (const std::uint32_t r : model.out_rows(count.company)) add(r);
  for (const std::uint32_t r : model.in_rows(count.company)) add(r);
  add_evidence(evidence, row);
}

void fill(const Counted& counted, const SourceCount& count, ListedSource& row) {
  const Model& model = *counted.model;
  row.id = count.id;
  row.relations = count.relations;
  row.companies = count.companies;
  row.rates = count.rates;
  if (!count.source) return;
  const Source& source = model.sources()[*count.source];
  row.title = model.text(source.title);
  row.publisher = model.text(source.publisher);
  row.date = model.text(source.date);
  row.url = model.text(source.url);
  row.language = model.text(source.language);
  row.place = model.place(source.place);
}

void fill(const Counted& counted, const CategoryCount& count, ListedCategory& row) {
  row.category = counted.model->text(count.category);
  row.purchases = count.rows.size();
  row.suppliers = count.suppliers;
  row.customers = count.customers;
  add_evidence(*counted.model, count.rows, row);
}

void fill(const Counted& counted, const KindCount& count, ListedKind& row) {
  row.kind = to_string(count.kind);
  row.relations = count.rows.size();
  const auto of = [&](Status status) { return count.by_status[static_cast<std::size_t>(status)]; };
  row.rumoured = of(Status::rumoured);
  row.planned = of(Status::planned);
  row.announced = of(Status::announced);
  row.testing = of(Status::testing);
  row.active = of(Status::active);
  row.ended = of(Status::ended);
  add_evidence(*counted.model, count.rows, row);
}

template <typename Row, typename Count>
Table<Row> table_of(const std::shared_ptr<const Counted>& counted, const std::vector<Count>& counts) {
  return rows_of<Row>(counts.size(), [counted, &counts](std::size_t i, auto& row) { fill(*counted, counts[i], row); });
}

ListFilter filter_of(const ListOptions& options) {
  ListFilter filter{options.sectors, options.countries, {}};
  for (const std::string& word : options.kinds) {
    const std::optional<Kind> kind = parse_kind(word);
    if (!kind) throw Question("--kind: " + quote(word) + " is none of " + kind_words());
    filter.kinds.push_back(*kind);
  }
  return filter;
}

std::string companies_words(std::size_t count) { return fmt::format("{} compan{}", count, count == 1 ? "y" : "ies"); }

Listing answer(const std::shared_ptr<const Model>& model, const ListOptions& options) {
  const auto counts = std::make_shared<const Counted>(model, filter_of(options));
  const Counts& of = counts->counts;
  // What has no rate is refused here, before rows are made of it.
  for (const CompanyCount& count : of.companies) in_wanted_currency(*model, model->company(count.company).revenue);
  Listing answer;
  answer.results = table_of<ListedCompany>(counts, of.companies);
  answer.sources = table_of<ListedSource>(counts, of.sources);
  answer.categories = table_of<ListedCategory>(counts, of.categories);
  answer.kinds = table_of<ListedKind>(counts, of.kinds);
  About& about = answer.about;
  about.title = fmt::format("{}, {}, {}", companies_words(of.companies.size()), counted(of.relations, "relation"),
                            counted(of.sources.size(), "source"));
  if (counts->filter.any()) about.title += " of " + companies_words(model->company_count()) + " in all";
  about.noun = "row";
  const auto all = [](const Relation&) { return true; };
  if (std::string note = set_aside_note(*model, all); !note.empty()) about.notes.push_back(std::move(note));
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  return answer;
}

}  // namespace

extern const Inquiry list_inquiry = inquiry<ListOptions, Listing, tierscope::list>(
    "list", "companies, sources, categories and kinds of relations, counted", StatusSet::all(),
    "Examples: tierscope list graphs/bytedance --country CN --kind supplies\n"
    "          tierscope list graphs/bytedance --what sources");

}  // namespace tierscope::core

namespace tierscope {

Result<Listing> list(Model model, const ListOptions& options) {
  return core::answered<Listing>(core::list_inquiry, std::move(model), options.view,
                                 [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
