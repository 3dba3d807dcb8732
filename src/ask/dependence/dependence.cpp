#include "ask/dependence/dependence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ask/gate.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

constexpr double major_customer = 0.1;  // ASC 280-10-50-42

std::vector<RevenueShare> sorted_shares(const RevenueLinks& links, CompanyIndex supplier) {
  const auto input = links.shares_of(supplier);
  std::vector<RevenueShare> shares(input.begin(), input.end());
  std::stable_sort(shares.begin(), shares.end(), [](const RevenueShare& a, const RevenueShare& b) {
    return a.known != b.known ? a.known : a.low > b.low;
  });
  return shares;
}

SupplierDependence of_supplier(const Model& model, const RevenueLinks& links, CompanyIndex supplier) {
  SupplierDependence row;
  row.supplier = supplier;
  row.attributed = links.attributed(supplier);
  row.quantified = links.quantified(supplier);
  double squares = 0;
  for (const RevenueShare& share : sorted_shares(links, supplier)) {
    squares += share.low * share.low;
    row.largest_share = std::max(row.largest_share, share.low);
    if (!share.known || model.company(share.customer).aggregate) continue;
    if (!row.largest_customer) row.largest_customer = share.customer;
    if (share.low >= major_customer - share_slack) row.major_customers.push_back(share.customer);
  }
  const double rest = std::max(0.0, 1 - row.attributed);
  row.hhi_low = std::min(1e4, 1e4 * squares);
  row.hhi_high = std::min(1e4, 1e4 * (squares + rest * rest));
  return row;
}

// Of the figures behind one link.
Date newest(const RevenueLink& link) {
  Date date;
  for (const Relation* r : link.relations)
    if (r->as_of && (!date || last_day(r->as_of) > last_day(date))) date = r->as_of;
  return date;
}

Value value_of(const Model& model, const RevenueLinks& links, const SupplierDependence& row) {
  Evidence evidence(model);
  Value::List customers;
  Value::List majors;
  for (const RevenueLink& link : customers_of(links, row.supplier)) {
    for (const Relation* r : link.relations) evidence.add(*r);
    customers.emplace_back(Value::Members{{"customer", model.id(link.customer)},
                                          {"share", share_value(model, link.share)},
                                          {"as_of", date_value(newest(link))},
                                          {"confidence", text_value(to_string(link.confidence))},
                                          {"relations_without_figure", std::size_t{link.without_figure}},
                                          {"sources", sources_value(model, link.relations)}});
  }
  for (const CompanyIndex major : row.major_customers) majors.emplace_back(model.id(major));
  return Value::Members{{"supplier", model.id(row.supplier)},
                        {"attributed", row.attributed},
                        {"unattributed", std::max(0.0, 1 - row.attributed)},
                        {"hhi", range_value(row.hhi_low, row.hhi_high)},
                        {"largest_customer", row.largest_customer ? Value(model.id(*row.largest_customer)) : Value()},
                        {"major_customers", std::move(majors)},
                        {"customers", std::move(customers)},
                        {"oldest", date_value(evidence.oldest())},
                        {"newest", date_value(evidence.newest())}};
}

std::vector<std::vector<Cell>> rows_of(const Model& model, const RevenueLinks& links, const SupplierDependence& row) {
  std::vector<std::vector<Cell>> rows;
  for (const RevenueLink& link : customers_of(links, row.supplier)) {
    const bool major =
        std::find(row.major_customers.begin(), row.major_customers.end(), link.customer) != row.major_customers.end();
    Cell attributed(row.quantified ? exactly(row.attributed) : Quantity{});
    Cell hhi(row.quantified ? between(row.hhi_low, row.hhi_high) : Quantity{});
    rows.push_back({label(model, row.supplier), label(model, link.customer), link.share, major ? "yes" : "",
                    to_string(newest(link)), attributed, hhi, source_ids(model, link.relations)});
  }
  return rows;
}

}  // namespace

Report report(const Model& model, const std::shared_ptr<const DependenceResult>& result,
              const DependenceParams& params) {
  Report report;
  report.command = "dependence";
  Evidence evidence(model);
  std::size_t quantified = 0;
  std::size_t majors = 0;
  std::size_t unquantified_links = 0;
  bool aggregates = false;
  Gate gate(params.fail_above);
  for (const SupplierDependence& row : result->suppliers) {
    quantified += row.quantified;
    majors += row.major_customers.empty() ? 0 : 1;
    for (const RevenueShare& share : result->links->shares_of(row.supplier)) {
      unquantified_links += !share.known;
      if (!share.known) continue;
      aggregates |= model.company(share.customer).aggregate;
      result->links->for_each_relation(share, [&](const Relation& r) { evidence.add(r); });
    }
    for (const RevenueShare& share : sorted_shares(*result->links, row.supplier))
      gate.see(share.low, [&] {
        return label(model, row.supplier) + " earns " + format_share(result->links->link(share).share) +
               " of its revenue from " + label(model, share.customer);
      });
  }
  report.title = params.supplier.empty()
                     ? fmt::format("{} of {} suppliers have a major customer (10 % of revenue or more)", majors,
                                   result->suppliers.size())
                     : "Customers of " + label(model, result->suppliers.front().supplier);
  report.results.count = result->suppliers.size();
  report.results.noun = "supplier";
  report.results.table_limit = 20;
  report.results.columns = {{"supplier", CellType::text, true, false, !params.supplier.empty()},
                            {"customer"},
                            {"share", CellType::share},
                            {"major"},
                            {"as of"},
                            {"attributed", CellType::fraction, true},
                            {"HHI", CellType::hhi, true},
                            {"sources", CellType::sources}};
  report.results.value = [&model, result](std::size_t i) {
    return value_of(model, *result->links, result->suppliers[i]);
  };
  report.results.rows = [&model, result](std::size_t i) {
    return rows_of(model, *result->links, result->suppliers[i]);
  };
  const auto concerns = [result, one = !params.supplier.empty()](const Relation& r) {
    return r.kind == Kind::supplies && (!one || r.from == result->suppliers.front().supplier);
  };
  const auto aside = not_counted(model, concerns);
  report.beside.emplace_back("unquantified_links", unquantified_links);
  report.beside.emplace_back("not_counted", not_counted_value(model, aside));
  report.tables.push_back(not_counted_table(model, aside));
  report.notes.push_back("share: of the supplier's revenue, as it reports. attributed: sum of the shares.");
  if (unquantified_links != 0)
    report.notes.push_back(
        fmt::format("{} link{} unquantified: no share, and no annual amount of a year whose revenue is known.",
                    unquantified_links, unquantified_links == 1 ? " is" : "s are"));
  if (result->suppliers.size() != quantified)
    report.notes.push_back(fmt::format("{} supplier{} no quantified customer.", result->suppliers.size() - quantified,
                                       result->suppliers.size() - quantified == 1 ? " has" : "s have"));
  if (aggregates) report.notes.push_back("HHI counts an aggregate customer as one company.");
  if (const std::string note = set_aside_note(model, concerns); !note.empty()) report.notes.push_back(note);
  report.notes.push_back(evidence.span_note());
  report.sources = evidence.texts();
  report.gate = gate.reason();
  return report;
}

namespace {

Answer bind(Options& options) {
  const auto params = std::make_shared<DependenceParams>();
  options.text("--supplier", params->supplier, "COMPANY", "one supplier only");
  options.share("--fail-above", params->fail_above, "exit 1 if a customer's share is above it, as in 50%");
  return [params](const Model& model, std::optional<std::size_t>) {
    return report(model, std::make_shared<DependenceResult>(dependence(model, *params)), *params);
  };
}

}  // namespace

std::vector<RevenueLink> customers_of(const RevenueLinks& links, CompanyIndex supplier) {
  std::vector<RevenueLink> customers;
  for (const RevenueShare& share : sorted_shares(links, supplier)) customers.push_back(links.link(share));
  return customers;
}

DependenceResult dependence(const Model& model, const DependenceParams& params) {
  const auto kept = std::make_shared<const RevenueLinks>(model);
  const RevenueLinks& links = *kept;
  DependenceResult result;
  result.links = kept;
  if (!params.supplier.empty()) {
    result.suppliers.push_back(of_supplier(model, links, find_company(model, params.supplier)));
    return result;
  }
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (!links.shares_of(v).empty()) result.suppliers.push_back(of_supplier(model, links, v));
  std::stable_sort(result.suppliers.begin(), result.suppliers.end(),
                   [](const SupplierDependence& a, const SupplierDependence& b) {
                     if (a.quantified != b.quantified) return a.quantified;
                     return a.largest_share > b.largest_share;
                   });
  return result;
}

const Pass dependence_pass{
    "dependence", "who relies on which customers",
    "Example: tierscope dependence graphs/bytedance --supplier chindata\n"
    "HHI: Herfindahl-Hirschman index of the customers' shares, 0..10,000, from what is reported to what is possible.",
    StatusSet::of(Status::active), bind};

}  // namespace tierscope::core
