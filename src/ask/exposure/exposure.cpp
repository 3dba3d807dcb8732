#include "ask/exposure/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ask/exposure/chains.hpp"
#include "ask/exposure/revenue_flow.hpp"
#include "ask/gate.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

// Places in Absorption::x, and of the leaks in that order.
constexpr std::size_t to_target = 0;
constexpr std::size_t to_other = 1;
constexpr std::size_t to_unattributed = 2;
constexpr std::size_t trapped = 3;

constexpr std::size_t together = 8;  // customers; the bits of upstream_of
constexpr std::size_t shown_to_a_person = 20;

/// A bit for each of up to eight targets: does some recorded chain lead there, passing through no aggregate?
std::vector<std::uint8_t> upstream_of(const Model& model, std::span<const CompanyIndex> targets) {
  std::vector<std::uint8_t> reached(model.company_count(), 0);
  std::vector<std::uint8_t> fresh(model.company_count(), 0);  // bits that have not gone on yet
  std::vector<CompanyIndex> queue;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    fresh[targets[k]] = static_cast<std::uint8_t>(fresh[targets[k]] | 1U << k);
    queue.push_back(targets[k]);
  }
  const std::vector<std::uint8_t> own = fresh;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const CompanyIndex v = queue[head];
    const std::uint8_t bits = std::exchange(fresh[v], std::uint8_t{0});
    const std::uint8_t through = model.company(v).aggregate ? bits & own[v] : bits;
    if (through == 0) continue;
    for (const std::uint32_t row : model.in_rows(v)) {
      const Relation& relation = model.relation(row);
      if (relation.kind != Kind::supplies) continue;
      const auto found = static_cast<std::uint8_t>(through & ~reached[relation.from] & ~own[relation.from]);
      if (found == 0) continue;
      reached[relation.from] |= found;
      if (fresh[relation.from] == 0) queue.push_back(relation.from);
      fresh[relation.from] |= found;
    }
  }
  return reached;
}

double tidy(double share) { return std::abs(share) < 1e-12 ? 0 : share; }

Quantity value_of_total(const Model& model, CompanyIndex supplier, double total) {
  const Quantity revenue = in_wanted_currency(model, model.company(supplier).revenue);
  if (!revenue || total <= 0) return {};
  Quantity value = between(total * revenue.low, total * revenue.high, revenue.currency);
  value.approximate = revenue.approximate;
  return value;
}

SupplierExposure of_supplier(const Model& model, const RevenueLinks& links, CompanyIndex target,
                             const std::array<double, 4>& x, CompanyIndex s) {
  SupplierExposure row;
  row.supplier = s;
  for (const RevenueShare& share : links.shares_of(s))
    if (share.customer == target) row.direct = share.low;
  row.total = x[to_target];
  row.indirect = std::max(0.0, tidy(row.total - row.direct));
  row.other = x[to_other];
  row.unattributed = x[to_unattributed];
  row.trapped = tidy(x[trapped]);
  row.value = value_of_total(model, s, row.total);
  return row;
}

std::vector<const Relation*> relations_of(const RevenueLinks& links, const std::vector<Chain>& chains) {
  std::vector<const Relation*> relations;
  for (const Chain& chain : chains)
    for (std::size_t i = 0; i + 1 < chain.companies.size(); ++i)
      for (const RevenueShare& share : links.shares_of(chain.companies[i]))
        if (share.customer == chain.companies[i + 1]) {
          const RevenueLink link = links.link(share);
          relations.insert(relations.end(), link.relations.begin(), link.relations.end());
        }
  return relations;
}

std::string arrows(const Model& model, const Chain& chain) {
  constexpr std::size_t most = 40;  // companies; of a longer chain a person is shown both ends
  const auto& companies = chain.companies;
  std::string text;
  for (std::size_t i = 0; i < companies.size(); ++i) {
    if (companies.size() > most && i == most / 2) {
      i = companies.size() - most / 2;
      text += fmt::format(" → … {} more …", companies.size() - most);
    }
    text += (text.empty() ? "" : " → ") + label(model, companies[i]);
  }
  return text;
}

/// The command line's question.
struct Asked {
  std::vector<std::string> to;
  std::string supplier;
  std::size_t chains = 3;  // the strongest chains listed with each supplier
  double fail_above = -1;  // a fraction: exit 1 where a total is above it; negative = no gate
};

/// What the lazily made rows need to stay alive: the rows that are wanted, of all customers asked for.
class Answered {
 public:
  Answered(const Model& model, const Asked& params, std::size_t wanted)
      : model_(model), links_(model), targets_(customers_of(model, params.to)), chains_(params.chains) {
    const auto take = [&](ExposureResult&& result) { add(std::move(result), wanted); };
    exposures(model, links_, targets_, params.supplier, take);
    trim(wanted);
  }

  struct Row {
    SupplierExposure exposure;
    std::uint32_t target;  // index in targets
  };
  const std::vector<CompanyIndex>& targets() const { return targets_; }
  bool several() const { return targets_.size() > 1; }
  const RevenueLinks& links() const { return links_; }
  std::size_t count() const { return count_; }      // of all rows
  std::size_t exposed() const { return exposed_; }  // of those whose total is above 0
  const std::vector<Row>& rows() const { return rows_; }
  CompanyIndex target(const Row& row) const { return targets_[row.target]; }
  /// The largest total; nothing where there is no row.
  const std::optional<Row>& largest() const { return largest_; }
  struct Unknown {
    CompanyIndex supplier;
    CompanyIndex target;
  };
  const std::vector<Unknown>& unquantified() const { return unquantified_; }
  double error() const { return error_; }
  bool converged() const { return converged_; }

  /// The strongest chains behind a row; finders are made when they are first needed, and the last one is kept.
  std::vector<Chain> strongest(const Row& row) const {
    if (chains_ == 0) return {};
    if (!finder_ || finder_target_ != row.target) {
      finder_.emplace(model_, links_, target(row));
      finder_target_ = row.target;
    }
    return finder_->strongest(row.exposure.supplier, chains_);
  }

 private:
  static std::vector<CompanyIndex> customers_of(const Model& model, const std::vector<std::string>& names) {
    std::vector<CompanyIndex> customers;
    for (const std::string& name : names) {
      const CompanyIndex customer = find_company(model, name);
      if (std::find(customers.begin(), customers.end(), customer) == customers.end()) customers.push_back(customer);
    }
    return customers;
  }

  static bool larger(const Row& a, const Row& b) {
    if (a.exposure.total != b.exposure.total) return a.exposure.total > b.exposure.total;
    return a.target != b.target ? a.target < b.target : a.exposure.supplier < b.exposure.supplier;
  }

  void add(ExposureResult&& result, std::size_t wanted) {
    const auto target =
        static_cast<std::uint32_t>(std::find(targets_.begin(), targets_.end(), result.target) - targets_.begin());
    count_ += result.suppliers.size();
    converged_ &= result.converged;
    error_ = std::max(error_, result.error);
    for (const CompanyIndex s : result.unquantified) unquantified_.push_back({s, result.target});
    for (SupplierExposure& row : result.suppliers) {
      exposed_ += row.total > 0;
      rows_.push_back({row, target});
      if (!largest_ || larger(rows_.back(), *largest_)) largest_ = rows_.back();
      if (wanted != 0 && rows_.size() >= 2 * wanted + room) trim(wanted);
    }
  }

  void trim(std::size_t wanted) {
    if (wanted != 0 && rows_.size() > wanted) {
      std::nth_element(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(wanted), rows_.end(), larger);
      rows_.resize(wanted);
    }
    std::sort(rows_.begin(), rows_.end(), larger);
  }

  static constexpr std::size_t room = 10'000;  // rows beside those wanted, so that sorting is seldom
  const Model& model_;
  RevenueLinks links_;
  std::vector<CompanyIndex> targets_;
  std::size_t chains_;
  std::vector<Row> rows_;
  std::size_t count_ = 0;
  std::size_t exposed_ = 0;
  std::optional<Row> largest_;
  std::vector<Unknown> unquantified_;
  double error_ = 0;
  bool converged_ = true;
  mutable std::optional<ChainFinder> finder_;
  mutable std::uint32_t finder_target_ = 0;
};

Value value_of(const Model& model, const Answered& answered, std::size_t i) {
  const Answered::Row& row = answered.rows()[i];
  const SupplierExposure& exposure = row.exposure;
  const std::vector<Chain> chains = answered.strongest(row);
  Value::List list;
  for (const Chain& chain : chains) {
    Value::List ids;
    for (const CompanyIndex v : chain.companies) ids.emplace_back(model.id(v));
    list.emplace_back(Value::Members{{"companies", std::move(ids)}, {"share", chain.share}});
  }
  Evidence evidence(model);
  for (const Relation* r : relations_of(answered.links(), chains)) evidence.add(*r);
  return Value::Members{{"supplier", model.id(exposure.supplier)},
                        {"target", model.id(answered.target(row))},
                        {"direct", exposure.direct},
                        {"indirect", exposure.indirect},
                        {"total", exposure.total},
                        {"other", exposure.other},
                        {"unattributed", exposure.unattributed},
                        {"trapped", exposure.trapped},
                        {"value", money_value(exposure.value)},
                        {"chains", std::move(list)},
                        {"sources", strings_value(evidence.sources())},
                        {"oldest", date_value(evidence.oldest())},
                        {"newest", date_value(evidence.newest())}};
}

// The chains behind the first suppliers, whose relations become evidence.
Table chains_table(const Model& model, const Answered& answered, Evidence& evidence) {
  Table table{
      "Strongest supply chains", {{"share", CellType::fraction}, {"chain"}, {"sources", CellType::sources}}, {}};
  for (std::size_t i = 0; i < std::min(answered.rows().size(), shown_to_a_person); ++i) {
    const std::vector<Chain> found = answered.strongest(answered.rows()[i]);
    for (const Chain& chain : found)
      table.rows.push_back(
          {i,
           {exactly(chain.share), arrows(model, chain), source_ids(model, relations_of(answered.links(), {chain}))}});
    for (const Relation* r : relations_of(answered.links(), found)) evidence.add(*r);
  }
  return table;
}

Table unquantified_table(const Model& model, const std::shared_ptr<const Answered>& answered) {
  Table table{"No proven share, but a recorded chain leads to " +
                  (answered->several() ? "a customer" : label(model, answered->targets().front())),
              {{"supplier"}, {"sells to"}, {"what"}, {"sources", CellType::sources}},
              {}};
  std::vector<std::pair<CompanyIndex, RevenueShare>> sales;
  for (const auto& [supplier, target] : answered->unquantified()) {
    const auto shares = answered->links().shares_of(supplier);
    const auto direct = std::find_if(shares.begin(), shares.end(),
                                     [target = target](const RevenueShare& share) { return share.customer == target; });
    if (!shares.empty()) sales.emplace_back(supplier, direct == shares.end() ? shares.front() : *direct);
  }
  table.lazy_rows = sales.size();
  table.row = [&model, answered, sales = std::move(sales)](std::size_t i) {
    const RevenueLink link = answered->links().link(sales[i].second);
    return Row{i,
               {label(model, sales[i].first), label(model, link.customer), subject(model, *link.relations.front()),
                source_ids(model, link.relations)}};
  };
  return table;
}

// The suppliers' ids; of several customers, which customer it is too.
Value unquantified_value(const Model& model, const std::shared_ptr<const Answered>& answered) {
  return Value::Each{answered->unquantified().size(), [&model, answered](std::size_t i) {
                       const auto [supplier, target] = answered->unquantified()[i];
                       if (!answered->several()) return Value(model.id(supplier));
                       return Value(Value::Members{{"supplier", model.id(supplier)}, {"target", model.id(target)}});
                     }};
}

std::string title_of(const Model& model, const Asked& params, const Answered& answered) {
  const std::string target =
      answered.several() ? fmt::format("{} customers", answered.targets().size()) : label(model, answered.targets()[0]);
  if (params.supplier.empty())
    return fmt::format("Suppliers of {}, over all tiers: {} proven by figures, {} recorded without", target,
                       answered.exposed(), answered.unquantified().size());
  const std::string supplier = label(model, find_company(model, params.supplier));
  if (answered.exposed() == 0) return fmt::format("No figure says how much {} depends on {}", supplier, target);
  return fmt::format("{} earns at least {} of its revenue from {}", supplier,
                     format_percent(answered.largest()->exposure.total),
                     label(model, answered.target(*answered.largest())));
}

std::string not_converged(double error) {
  return fmt::format(
      "The solution did not converge: a very large loop hardly leaks. The totals are lower bounds; none lies more than "
      "{} too low.",
      format_percent(error));
}

Report report(const Model& model, const Asked& params, std::optional<std::size_t> wanted) {
  const auto answered = std::make_shared<Answered>(model, params, wanted.value_or(shown_to_a_person));
  Report report;
  report.command = "exposure";
  report.title = title_of(model, params, *answered);
  Evidence evidence(model);
  Table chains = chains_table(model, *answered, evidence);
  report.results.count = answered->count();
  report.results.noun = "supplier";
  report.results.table_limit = shown_to_a_person;
  report.results.columns = {{"supplier"},
                            {"customer", CellType::text, false, false, !answered->several()},
                            {"direct", CellType::fraction},
                            {"indirect", CellType::fraction},
                            {"total", CellType::fraction},
                            {"other", CellType::fraction, false, true},
                            {"unattributed", CellType::fraction},
                            {"trapped", CellType::fraction, false, true},
                            {"value", CellType::amount, false, true}};
  report.results.value = [&model, answered](std::size_t i) { return value_of(model, *answered, i); };
  report.results.rows = [&model, answered](std::size_t i) {
    const Answered::Row& row = answered->rows()[i];
    const SupplierExposure& e = row.exposure;
    return std::vector<std::vector<Cell>>{{label(model, e.supplier), label(model, answered->target(row)),
                                           exactly(e.direct), exactly(e.indirect), exactly(e.total), exactly(e.other),
                                           exactly(e.unattributed), exactly(e.trapped), e.value}};
  };
  report.tables.push_back(std::move(chains));
  report.tables.push_back(unquantified_table(model, answered));
  std::vector<bool> upstream(model.company_count(), false);  // of any of the customers, or one of them
  for (std::size_t begin = 0; begin < answered->targets().size(); begin += together) {
    const auto some = std::span(answered->targets()).subspan(begin);
    const auto bits = upstream_of(model, some.first(std::min(together, some.size())));
    for (CompanyIndex v = 0; v < bits.size(); ++v)
      if (bits[v] != 0) upstream[v] = true;
  }
  for (const CompanyIndex target : answered->targets()) upstream[target] = true;
  const bool one = !params.supplier.empty();
  const CompanyIndex supplier = one ? find_company(model, params.supplier) : 0;
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && upstream[r.to] && (!one || r.from == supplier);
  };
  const auto aside = not_counted(model, concerns);
  report.tables.push_back(not_counted_table(model, aside));
  report.beside.emplace_back("unquantified", unquantified_value(model, answered));
  report.beside.emplace_back("not_counted", not_counted_value(model, aside));
  report.notes = exposure_notes();
  if (!answered->converged()) report.notes.push_back(not_converged(answered->error()));
  if (const std::string note = set_aside_note(model, concerns); !note.empty()) report.notes.push_back(note);
  report.notes.push_back(evidence.span_note());
  report.sources = evidence.sources();
  Gate gate(params.fail_above);
  if (const auto& largest = answered->largest())
    gate.see(largest->exposure.total, [&] {
      return fmt::format("{} depends on {} for {} of its revenue", label(model, largest->exposure.supplier),
                         label(model, answered->target(*largest)), format_percent(largest->exposure.total));
    });
  report.gate = gate.reason();
  return report;
}

Answer bind(Options& options) {
  const auto params = std::make_shared<Asked>();
  options.list("--to", params->to, "COMPANY", "the customer that the revenue comes from; several: A,B,C", true);
  options.text("--supplier", params->supplier, "COMPANY", "one supplier only");
  options.count("--chains", params->chains, 0, 100,
                "how many of the strongest supply chains to list with each supplier (3)");
  options.share("--fail-above", params->fail_above, "exit 1 if a total is above it, as in 50%");
  return [params](const Model& model, std::optional<std::size_t> wanted) { return report(model, *params, wanted); };
}

}  // namespace

void exposures(const Model& model, const RevenueLinks& links, std::span<const CompanyIndex> targets,
               const std::string& supplier, const std::function<void(ExposureResult&&)>& take) {
  const bool all = supplier.empty();
  const CompanyIndex one = all ? 0 : find_company(model, supplier);
  if (!all && std::find(targets.begin(), targets.end(), one) != targets.end())
    throw Question("the supplier and the customer are the same company: " + label(model, one));
  const RevenueFlow flow(model, links);
  const Absorber absorber(flow.system());
  for (std::size_t begin = 0; begin < targets.size(); begin += together) {
    const auto some = targets.subspan(begin, std::min(together, targets.size() - begin));
    const std::vector<std::uint8_t> upstream = upstream_of(model, some);
    absorber.solve(some, [&](std::size_t k, const Absorption& solved) {
      ExposureResult result;
      result.target = some[k];
      result.converged = solved.converged;
      result.error = solved.error;
      for (CompanyIndex s = all ? 0 : one; s < (all ? model.company_count() : one + 1); ++s) {
        if (s == result.target) continue;
        const auto& x = solved.x[flow.state_of(s)];
        if (links.quantified(s)) result.suppliers.push_back(of_supplier(model, links, result.target, x, s));
        if ((upstream[s] >> k & 1U) != 0 && x[to_target] <= 0) result.unquantified.push_back(s);
      }
      std::stable_sort(result.suppliers.begin(), result.suppliers.end(),
                       [](const SupplierExposure& a, const SupplierExposure& b) { return a.total > b.total; });
      take(std::move(result));
    });
  }
}

ExposureResult exposure(const Model& model, const RevenueLinks& links, const ExposureParams& params) {
  ExposureResult only;
  const CompanyIndex target = find_company(model, params.to);
  exposures(model, links, std::span(&target, 1), params.supplier,
            [&](ExposureResult&& result) { only = std::move(result); });
  return only;
}

std::vector<std::string> exposure_notes() {
  return {
      "direct + indirect = total, the least that the data prove; total + unattributed is the most they allow. other: "
      "ends at companies with no recorded customer.",
      "Beyond the first tier this is an estimate: each company's revenue is taken to pay all its suppliers alike "
      "(proportionality, as in input–output analysis)."};
}

std::vector<std::string> exposure_notes(const Model& model, const ExposureResult& result) {
  std::vector<std::string> notes;
  if (!result.converged) notes.push_back(not_converged(result.error));
  const auto upstream = upstream_of(model, std::span(&result.target, 1));
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && (r.to == result.target || upstream[r.to] != 0);
  };
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  return notes;
}

ExposureResult exposure(const Model& model, const ExposureParams& params) {
  return exposure(model, RevenueLinks(model), params);
}

const Pass exposure_pass{"exposure", "how much of a supplier's revenue one customer pays, over all tiers",
                         "Examples: tierscope exposure graphs/bytedance --to bytedance --supplier runze\n"
                         "          tierscope exposure graphs/ai-circular --to openai,meta --format csv",
                         StatusSet::of(Status::active), bind};

}  // namespace tierscope::core
