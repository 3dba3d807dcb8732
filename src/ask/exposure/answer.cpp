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
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

/// What is solved, and the order of the rows: shared by all who read them.
struct Solved {
  struct Row {
    SupplierExposure exposure;
    std::uint32_t target;  // index in targets
  };
  struct Unknown {
    CompanyIndex supplier;
    CompanyIndex target;
  };

  Solved(std::shared_ptr<const Model> seen, const ExposureOptions& options) : model(std::move(seen)), links(*model) {
    for (const CompanyIndex customer : find_companies(*model, options.to))
      if (std::find(targets.begin(), targets.end(), customer) == targets.end()) targets.push_back(customer);
    if (!options.supplier.empty()) supplier = find_company(*model, options.supplier);
    exposures(*model, links, targets, supplier, [this](ExposureResult&& result) { add(std::move(result)); });
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
      if (a.exposure.total != b.exposure.total) return a.exposure.total > b.exposure.total;
      return a.target != b.target ? a.target < b.target : a.exposure.supplier < b.exposure.supplier;
    });
  }

  void add(ExposureResult&& result) {
    const auto target =
        static_cast<std::uint32_t>(std::find(targets.begin(), targets.end(), result.target) - targets.begin());
    converged &= result.converged;
    error = std::max(error, result.error);
    for (const CompanyIndex s : result.unquantified) unquantified.push_back({s, result.target});
    for (const SupplierExposure& row : result.suppliers) {
      exposed += row.total > 0;
      rows.push_back({row, target});
    }
  }

  CompanyIndex target(const Row& row) const { return targets[row.target]; }

  std::shared_ptr<const Model> model;
  RevenueLinks links;
  std::vector<CompanyIndex> targets;
  std::optional<CompanyIndex> supplier;
  std::vector<Row> rows;
  std::vector<Unknown> unquantified;
  std::size_t exposed = 0;  // rows whose total is above 0
  bool converged = true;
  double error = 0;
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
    row.value = quantity_row(model, e.value, behind.confidence);
    row.value.approximate |= behind.approximate;
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
      const RevenueLink link = solved_->links.link(share);
      grade.add(link.share.approximate, link.confidence);
      solved_->links.for_each_relation(share, [&](const Relation& r) {
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

// One link of the supplier on a recorded chain: to the customer itself, else the first.
std::optional<RevenueShare> first_link(const RevenueLinks& links, const Solved::Unknown& unknown) {
  const auto shares = links.shares_of(unknown.supplier);
  const auto direct = std::find_if(shares.begin(), shares.end(),
                                   [&](const RevenueShare& share) { return share.customer == unknown.target; });
  if (shares.empty()) return {};
  return direct == shares.end() ? shares.front() : *direct;
}

void fill(const Solved& solved, const Solved::Unknown& unknown, UnquantifiedSupplier& row) {
  const Model& model = *solved.model;
  row.supplier = company_row(model, unknown.supplier);
  row.customer = company_row(model, unknown.target);
  const std::optional<RevenueShare> share = first_link(solved.links, unknown);
  if (!share) return;
  row.sells_to = company_row(model, share->customer);
  bool first = true;
  solved.links.for_each_relation(*share, [&](const Relation& r) {
    if (first) row.what = subject(model, r);
    first = false;
    add_sources(model, r, row.sources);
  });
}

std::string total_in_words(const Solved& solved, const Solved::Row& row) {
  const Behind behind = Figures(*solved.model, solved.links).to(solved.target(row))[row.exposure.supplier];
  Grade grade;
  grade.add(behind.approximate, behind.confidence);
  return low_in_words(grade.mark(exactly(row.exposure.total)));
}

std::string title_of(const Solved& solved) {
  const Model& model = *solved.model;
  const bool several = solved.targets.size() > 1;
  const std::string target = several ? counted(solved.targets.size(), "customer") : label(model, solved.targets[0]);
  if (!solved.supplier)
    return fmt::format("Suppliers of {}, over all tiers: {} with figures, {} recorded without", target, solved.exposed,
                       solved.unquantified.size());
  const std::string supplier = label(model, *solved.supplier);
  if (solved.exposed == 0) return fmt::format("No figure says how much {} depends on {}", supplier, target);
  const Solved::Row& largest = solved.rows.front();
  return fmt::format("{} earns {} of its revenue from {}", supplier, total_in_words(solved, largest),
                     label(model, solved.target(largest)));
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

/// Who can be reached from the supplier by figures; everybody where all suppliers were asked for.
std::vector<bool> downstream(const Solved& solved) {
  std::vector<bool> marked(solved.model->company_count(), !solved.supplier);
  if (!solved.supplier) return marked;
  std::vector<CompanyIndex> queue{*solved.supplier};
  marked[*solved.supplier] = true;
  for (std::size_t head = 0; head < queue.size(); ++head)
    for (const RevenueShare& share : solved.links.shares_of(queue[head]))
      if (share.known && !marked[share.customer]) {
        marked[share.customer] = true;
        queue.push_back(share.customer);
      }
  return marked;
}

void add_evidence(const Solved& solved, const std::vector<bool>& above, const std::vector<const Relation*>& aside,
                  About& about) {
  const std::vector<bool> below = downstream(solved);
  Evidence evidence(*solved.model);
  for (CompanyIndex v = 0; v < solved.model->company_count(); ++v) {
    if (!above[v] || !below[v]) continue;
    for (const RevenueShare& share : solved.links.shares_of(v))
      if (share.known && above[share.customer])
        solved.links.for_each_relation(share, [&](const Relation& r) { evidence.add(r); });
  }
  for (const Solved::Unknown& unknown : solved.unquantified)
    if (const auto share = first_link(solved.links, unknown))
      solved.links.for_each_relation(*share, [&](const Relation& r) { evidence.add_sources(r.sources); });
  for (const Relation* r : aside) evidence.add_sources(r->sources);
  evidence.finish(about);
}

Exposure answer(const std::shared_ptr<const Model>& model, const ExposureOptions& options) {
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
  answer.converged = solved->converged;
  answer.error = solved->error;
  About& about = answer.about;
  about.title = title_of(*solved);
  about.noun = "supplier";
  if (solved->targets.size() == 1) about.asked = {"customer"};
  about.notes = exposure_notes();
  if (!solved->converged) about.notes.push_back(not_converged(solved->error));
  if (std::string note = set_aside_note(*model, concerns); !note.empty()) about.notes.push_back(std::move(note));
  add_evidence(*solved, above, aside, about);
  answer.not_counted = relation_rows(model, std::move(aside));
  Gate gate(options.fail_above);
  if (!solved->rows.empty())
    gate.see(solved->rows.front().exposure.total, [&] {
      const Solved::Row& largest = solved->rows.front();
      return fmt::format("{} depends on {} for {} of its revenue", label(*model, largest.exposure.supplier),
                         label(*model, solved->target(largest)), total_in_words(*solved, largest));
    });
  about.gate = gate.reason();
  return answer;
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
