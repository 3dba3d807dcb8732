#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include <tierscope/exposure.hpp>

#include "ask/answered.hpp"
#include "ask/exposure/behind.hpp"
#include "ask/exposure/chains.hpp"
#include "ask/exposure/exposure.hpp"
#include "ask/gate.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

/// What is solved, and the order of the rows: shared by all who read them.
struct Solved {
  struct Row {
    SupplierExposure exposure;
    std::uint32_t target;  // index in targets
  };
  struct Unknown {
    UnquantifiedChain chain;
    CompanyIndex target;
  };

  Solved(std::shared_ptr<const Model> seen, const ExposureOptions& options)
      : model(std::move(seen)), links(*model), evidence(*model) {
    for (const CompanyIndex customer : find_companies(*model, options.to))
      if (std::find(targets.begin(), targets.end(), customer) == targets.end()) targets.push_back(customer);
    if (!options.supplier.empty()) supplier = find_company(*model, options.supplier);
    exposures(*model, links, targets, supplier, [this](ExposureResult&& result) { add(std::move(result)); });
    std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) {
      if (before(*model, a.exposure, b.exposure)) return true;
      return !before(*model, b.exposure, a.exposure) && a.target < b.target;
    });
  }

  void add(ExposureResult&& result) {
    const auto target =
        static_cast<std::uint32_t>(std::find(targets.begin(), targets.end(), result.target) - targets.begin());
    precision.converged &= result.precision.converged;
    precision.error = std::max(precision.error, result.precision.error);
    precision.rounding = std::max(precision.rounding, result.precision.rounding);
    for (const UnquantifiedChain& chain : result.unquantified) unquantified.push_back({chain, result.target});
    without += recorded_without(result);
    for (const SupplierExposure& row : result.suppliers) {
      rows.push_back({row, target});
      with += result.by_figures[row.supplier];
      for_each_link(row.supplier, result.target, result.by_figures, [this](const Relation& r) { evidence.add(r); });
    }
    by_figures.push_back(std::move(result.by_figures));
  }

  CompanyIndex target(const Row& row) const { return targets[row.target]; }

  /// The figures of a supplier's own links on the chains of figures to a target.
  template <typename Use>
  void for_each_link(CompanyIndex from, CompanyIndex to, const std::vector<bool>& leads_on, const Use& use) const {
    for (const RevenueShare& share : links.shares_of(from))
      if (share.customer == to || (leads_on[share.customer] && !model->company(share.customer).aggregate))
        links.for_each_figure(share, use);
  }

  std::shared_ptr<const Model> model;
  RevenueLinks links;
  std::vector<CompanyIndex> targets;
  std::optional<CompanyIndex> supplier;
  std::vector<Row> rows;
  std::vector<Unknown> unquantified;
  std::vector<std::vector<bool>> by_figures;  // of each target
  Evidence evidence;                          // of the rows' own links: together, of all their chains
  std::size_t with = 0;                       // rows that rest on a chain of figures
  std::size_t without = 0;                    // suppliers with a recorded chain alone
  Precision precision;
};

/// Makes rows, and searches their chains. What belongs to a customer is made when a row of his is first read: 40 bytes
/// a company and 30 a link.
class Rows : public Stream<ExposureRow> {
 public:
  Rows(std::shared_ptr<const Solved> solved, std::size_t chains) : solved_(std::move(solved)), chains_(chains) {}

  bool next(ExposureRow& row) override {
    if (next_ == solved_->rows.size()) return false;
    const Solved::Row& made = solved_->rows[next_++];
    const Model& model = *solved_->model;
    const SupplierExposure& e = made.exposure;
    row = {};
    row.supplier = company_row(model, e.supplier);
    row.customer = company_row(model, solved_->target(made));
    row.direct = e.direct;
    row.indirect = e.indirect;
    row.total = e.total;
    row.other = e.other;
    row.unattributed = e.unattributed;
    row.trapped = e.trapped;
    Customer& customer = customers_.try_emplace(made.target, *solved_, solved_->target(made), figures()).first->second;
    const Behind& behind = customer.behind[e.supplier];
    row.approximate = behind.approximate;
    row.confidence = behind.confidence;
    row.oldest = behind.oldest;
    row.newest = behind.newest;
    row.amount = quantity_row(model, amount_of(model, e, behind));
    solved_->for_each_link(e.supplier, solved_->target(made), solved_->by_figures[made.target],
                           [&](const Relation& r) { add_sources(model, r, row.sources); });
    for (const Chain& chain : customer.finder.strongest(e.supplier, chains_)) add_chain(chain, row);
    return true;
  }

 private:
  struct Customer {
    Customer(const Solved& solved, CompanyIndex target, const Figures& figures)
        : finder(*solved.model, solved.links, target), behind(figures.to(target)) {}
    ChainFinder finder;
    std::vector<Behind> behind;
  };

  const Figures& figures() {
    if (!figures_) figures_.emplace(*solved_->model, solved_->links);
    return *figures_;
  }

  void add_chain(const Chain& chain, ExposureRow& row) const {
    const Model& model = *solved_->model;
    SupplyChain& listed = row.chains.emplace_back();
    listed.share = chain.share;
    for (const CompanyIndex company : chain.companies) listed.companies.push_back(company_row(model, company));
    Grade grade;
    for (const RevenueShare& share : chain.links) {
      grade.add(share.approximate, share.confidence);
      solved_->links.for_each_figure(share, [&](const Relation& r) {
        add_sources(model, r, listed.sources);
        add_sources(model, r, row.sources);
      });
    }
    listed.approximate = grade.approximate;
    listed.confidence = grade.confidence;
  }

  std::shared_ptr<const Solved> solved_;
  std::size_t chains_;
  std::size_t next_ = 0;
  std::optional<Figures> figures_;
  std::map<std::uint32_t, Customer> customers_;
};

const RevenueShare& first_link(const Solved& solved, const UnquantifiedChain& chain) {
  const auto shares = solved.links.shares_of(chain.supplier);
  return *std::find_if(shares.begin(), shares.end(),
                       [&](const RevenueShare& share) { return share.customer == chain.sells_to; });
}

void fill(const Solved& solved, const Solved::Unknown& unknown, UnquantifiedSupplier& row) {
  const Model& model = *solved.model;
  row.supplier = company_row(model, unknown.chain.supplier);
  row.customer = company_row(model, unknown.target);
  row.sells_to = company_row(model, unknown.chain.sells_to);
  const RevenueLink link = solved.links.link(first_link(solved, unknown.chain));
  row.reason = link.share ? "no figure further on the chain" : link.reason;
  row.what = subject(model, *link.relations.front());
  for (const Relation* r : link.relations) add_sources(model, *r, row.sources);
}

std::string sentence(const ExposureRow& row) {
  Quantity total = between(row.total, 1);
  total.approximate = row.approximate;
  total.confidence = row.confidence;
  return earns(row.supplier.name, total, row.indirect > 0, row.customer.name);
}

std::string title_of(const Solved& solved, const Table<ExposureRow>& rows) {
  const Model& model = *solved.model;
  const bool several = solved.targets.size() > 1;
  const std::string target = several ? counted(solved.targets.size(), "customer") : label(model, solved.targets[0]);
  if (!solved.supplier)
    return fmt::format("Suppliers of {}, over all tiers: {} with figures, {} recorded without", target, solved.with,
                       solved.without);
  const std::string supplier = label(model, *solved.supplier);
  if (!solved.rows.empty() && solved.rows.front().exposure.total > 0) return sentence(*rows.begin());
  if (model.company(*solved.supplier).aggregate)
    return supplier + " is not one company: how much of whose revenue it is, nobody knows";
  if (solved.with == 0 && solved.unquantified.empty())
    return fmt::format("No recorded chain leads from {} to {}", supplier, target);
  return fmt::format("No figure says what part of its revenue {} earns from {}", supplier, target);
}

/// Companies from which a recorded chain leads to a customer that was asked for, and these customers.
std::vector<bool> upstream(const Solved& solved) {
  std::vector<bool> marked(solved.model->company_count(), false);
  for (std::size_t begin = 0; begin < solved.targets.size(); begin += most_targets) {
    const auto some = std::span(solved.targets).subspan(begin);
    const auto bits = upstream_of(*solved.model, some.first(std::min(most_targets, some.size())));
    for (CompanyIndex v = 0; v < bits.size(); ++v)
      if (bits[v] != 0) marked[v] = true;
  }
  for (const CompanyIndex target : solved.targets) marked[target] = true;
  return marked;
}

/// The sources that some row cites, and the dates of the figures behind the rows.
Evidence evidence_of(const Solved& solved, const Table<ExposureRow>& rows, const std::vector<const Relation*>& aside) {
  // Of all suppliers' own links all chains are made; one supplier alone cites his.
  Evidence evidence = solved.supplier ? Evidence(*solved.model) : solved.evidence;
  if (solved.supplier)
    for (const ExposureRow& row : rows) evidence.add(row.sources, row.oldest, row.newest);
  for (const Solved::Unknown& unknown : solved.unquantified)
    solved.links.for_each_relation(first_link(solved, unknown.chain),
                                   [&](const Relation& r) { evidence.add_sources(r.sources); });
  for (const Relation* r : aside) evidence.add_sources(r->sources);
  return evidence;
}

Result<Exposure> answer(const std::shared_ptr<const Model>& model, const ExposureOptions& options) {
  const auto solved = std::make_shared<const Solved>(model, options);
  Exposure answer;
  answer.results = {solved->rows.size(),
                    [solved, chains = options.chains] { return std::make_unique<Rows>(solved, chains); }};
  answer.unquantified = rows_of<UnquantifiedSupplier>(
      solved->unquantified.size(), [solved](std::size_t i, auto& row) { fill(*solved, solved->unquantified[i], row); });
  const std::vector<bool> above = upstream(*solved);
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && above[r.to] && (!solved->supplier || r.from == *solved->supplier);
  };
  std::vector<const Relation*> aside = not_counted(*model, concerns);
  answer.converged = solved->precision.converged;
  answer.error = std::max(solved->precision.error, solved->precision.rounding);
  About& about = answer.about;
  about.title = title_of(*solved, answer.results);
  about.noun = "supplier";
  if (solved->targets.size() == 1) about.asked = {"customer"};
  about.notes = exposure_notes();
  for (std::string& note : precision_notes(solved->precision)) about.notes.push_back(std::move(note));
  const auto upstream_of_them = [&](CompanyIndex s) { return above[s]; };
  for (std::string& note : solved->links.contradiction_notes(upstream_of_them)) about.notes.push_back(std::move(note));
  if (std::string note = set_aside_note(*model, concerns); !note.empty()) about.notes.push_back(std::move(note));
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  evidence_of(*solved, answer.results, aside).finish(about);
  answer.not_counted = relation_rows(model, std::move(aside));
  Gate gate(options.fail_above);
  if (!solved->rows.empty())
    gate.see(solved->rows.front().exposure.total, [&] { return sentence(*answer.results.begin()); });
  about.gate = gate.reason();
  return {std::move(answer), taken_as_unknown(solved->links.contradictions_of(upstream_of_them))};
}

}  // namespace

extern const Inquiry exposure_inquiry = inquiry<ExposureOptions, Exposure, tierscope::exposure>(
    "exposure", "how much of a supplier's revenue one customer pays, over all tiers", StatusSet::of(Status::active),
    "Examples: tierscope exposure graphs/bytedance --to bytedance --supplier runze\n"
    "          tierscope exposure graphs/ai-circular --to openai,meta --format csv");

}  // namespace tierscope::core

namespace tierscope {

Result<Exposure> exposure(Model model, const ExposureOptions& options) {
  return core::answered<Exposure>(core::exposure_inquiry, std::move(model), options.view,
                                  [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
