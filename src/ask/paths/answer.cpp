#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>

#include <tierscope/paths.hpp>

#include "ask/answered.hpp"
#include "ask/answers.hpp"
#include "ask/inquiry.hpp"
#include "ask/money_flow.hpp"
#include "ask/rows.hpp"
#include "ask/shares.hpp"
#include "base/words.hpp"
#include "graph/short_paths.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

enum class Direction : std::uint8_t { goods, money, any };

/// What is walked.
struct Walked {
  std::vector<bool> kinds;  // by Kind
  Direction direction = Direction::goods;
};

/// A relation from one company to the next, and what share of the one goes to, or belongs to, the other.
struct Step {
  CompanyIndex from = 0;
  CompanyIndex to = 0;
  const Relation* relation = nullptr;
  bool against = false;
  double weight = -1;  // unknown
  Grade grade;
};

Direction direction_of(const std::string& word) {
  if (word == "goods") return Direction::goods;
  if (word == "money") return Direction::money;
  if (word == "any") return Direction::any;
  throw Question("--direction " + quote(word) + " is not known: goods, money or any");
}

std::vector<bool> kinds_of(const std::vector<std::string>& words) {
  std::vector<bool> kinds(all_kinds.size(), false);
  if (words.empty()) kinds[static_cast<std::size_t>(Kind::supplies)] = true;
  for (const std::string& word : words) {
    const std::optional<Kind> kind = parse_kind(word);
    if (word == "all")
      kinds.assign(kinds.size(), true);
    else if (kind)
      kinds[static_cast<std::size_t>(*kind)] = true;
    else
      throw Question("--kind " + quote(word) + " is none of " + kind_words() + ", and not all");
  }
  return kinds;
}

/// The relation as steps, one a direction in which it is walked; none if it is not, or an aggregate's.
template <typename Use>
void for_each_step(const Model& model, const Walked& walked, const Relation& r, const Use& use) {
  if (r.from == r.to || !walked.kinds[static_cast<std::size_t>(r.kind)]) return;
  if (model.company(r.from).aggregate || model.company(r.to).aggregate) return;
  if (walked.direction == Direction::money) {
    CompanyIndex payer = 0;
    CompanyIndex paid = 0;
    if (money_flows(r, payer, paid)) use(Step{payer, paid, &r, payer != r.from, -1, {}});
    return;
  }
  use(Step{r.from, r.to, &r, false, -1, {}});
  if (walked.direction == Direction::any) use(Step{r.to, r.from, &r, true, -1, {}});
}

/// Sorted by pair; of one pair in row order, with the share of the pair.
class Steps {
 public:
  Steps(const Model& model, const RevenueLinks& links, const Walked& walked) {
    for (std::size_t row = 0; row < model.relation_count(); ++row)
      for_each_step(model, walked, model.relation(row), [&](const Step& step) { steps_.push_back(step); });
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });
    for (Step& step : steps_) weigh(links, step);
    graph_ = Csr(static_cast<std::uint32_t>(model.company_count()), static_cast<std::uint32_t>(steps_.size()),
                 [this](std::uint32_t i) { return std::pair(steps_[i].from, steps_[i].to); });
    for (std::uint32_t e = 0; e < graph_.edge_count(); ++e) weights_.push_back(steps_[graph_.row(e)].weight);
  }

  const Csr& graph() const { return graph_; }
  const std::vector<double>& weights() const { return weights_; }
  std::vector<const Step*> between(CompanyIndex from, CompanyIndex to) const {
    std::vector<const Step*> found;
    for (std::uint32_t e = graph_.first_out(from); e < graph_.first_out(from + 1); ++e)
      if (graph_.target(e) == to) found.push_back(&steps_[graph_.row(e)]);
    return found;
  }

 private:
  // A low share of 0 says no more than none.
  static void weigh(const RevenueLinks& links, Step& step) {
    const Relation& r = *step.relation;
    if (r.kind == Kind::owns) {
      if (!r.stake || r.restates || r.stake.low <= 0) return;
      step.weight = r.stake.low;
      step.grade.add(r.stake);
    } else if (r.kind == Kind::supplies) {
      for (const RevenueShare& share : links.shares_of(r.from)) {
        if (share.customer != r.to || !share.known || share.low <= 0) continue;
        step.weight = std::min(1.0, share.low);
        const RevenueLink link = links.link(share);
        step.grade.add(link.share.approximate, link.share.confidence);
      }
    }
  }

  std::vector<Step> steps_;
  Csr graph_;
  std::vector<double> weights_;
};

struct Found {
  std::shared_ptr<const Model> model;
  RevenueLinks links;
  Steps steps;
  CompanyIndex from = 0, to = 0;
  SimplePaths result;

  Found(std::shared_ptr<const Model> seen, const Walked& walked, const PathsOptions& options)
      : model(std::move(seen)), links(*model), steps(*model, links, walked) {
    from = end_of(options.from);
    to = end_of(options.to);
    if (from == to) throw Question("both ends are the same company: " + label(*model, from));
    PathsWanted wanted;
    wanted.from = from;
    wanted.to = to;
    wanted.count = options.top;
    wanted.most_hops = static_cast<std::uint32_t>(options.max_length);
    if (options.by == "share")
      wanted.order = PathOrder::product;
    else if (options.by != "hops")
      throw Question("--by " + quote(options.by) + " is not known: hops or share");
    result = simple_paths(steps.graph(), steps.weights(), wanted,
                          [this](CompanyIndex a, CompanyIndex b) { return model->id(a) < model->id(b); });
  }

  CompanyIndex end_of(const std::string& word) const {
    const CompanyIndex v = find_company(*model, word);
    if (model->company(v).aggregate)
      throw Question(label(*model, v) + " is an aggregate, not one company: no path leads from or to it");
    return v;
  }
};

PathHop hop_row(const Model& model, const Step& step, std::size_t number) {
  const Relation& r = *step.relation;
  PathHop hop;
  hop.hop = number;
  hop.from = company_row(model, step.from);
  hop.to = company_row(model, step.to);
  hop.arrow = step.against ? "←" : "→";
  hop.kind = to_string(r.kind);
  hop.what = model.text(r.item ? r.item : r.category);
  const auto state = [&](const Quantity& share, std::string_view of) {
    hop.share = quantity_row(model, share);
    hop.of = of;
  };
  if (r.revenue_share)
    state(r.revenue_share, "revenue");
  else if (r.supply_share)
    state(r.supply_share, "supply");
  else if (r.stake)
    state(r.stake, "stake");
  hop.value = quantity_row(model, r.value);
  hop.status = to_string(r.status);
  hop.as_of = r.as_of;
  hop.confidence = r.confidence;
  add_sources(model, r, hop.sources);
  hop.place = model.place(r.place);
  return hop;
}

void fill(const Found& found, std::size_t index, PathRow& row) {
  const Model& model = *found.model;
  const SimplePath& path = found.result.paths[index];
  row.number = index + 1;
  row.length = path.vertices.size() - 1;
  Grade grade;
  Evidence evidence(model);
  for (std::size_t i = 0; i < path.vertices.size(); ++i) {
    row.companies.push_back(company_row(model, path.vertices[i]));
    if (i != 0) {
      const auto steps = found.steps.between(path.vertices[i - 1], path.vertices[i]);
      const auto* const best = *std::max_element(steps.begin(), steps.end(),
                                                 [](const Step* a, const Step* b) { return a->weight < b->weight; });
      if (best->weight < 0)
        ++row.unknown_hops;
      else
        grade.add(best->grade);
      const bool against = std::all_of(steps.begin(), steps.end(), [](const Step* step) { return step->against; });
      row.path += against ? " ← " : " → ";
      for (const Step* step : steps) {
        row.hops.push_back(hop_row(model, *step, i));
        evidence.add(*step->relation);
      }
    }
    row.path += label(model, path.vertices[i]);
  }
  if (row.unknown_hops < row.length) row.known_share = path.product;
  if (row.unknown_hops == 0) row.share = path.product;
  row.approximate = grade.approximate;
  row.confidence = grade.confidence;
  row.oldest = evidence.oldest();
  row.newest = evidence.newest();
  row.sources = evidence.ids();
}

std::string links_words(std::size_t links) { return counted(links, "link"); }

/// What else there is, where nothing was found: longer, of other statuses, of other kinds, in other directions.
std::string else_of(const Found& found, const Walked& walked, std::size_t max_length) {
  const Model& model = *found.model;
  const auto links = [&](const Walked& other, bool statuses) {
    std::vector<std::pair<CompanyIndex, CompanyIndex>> pairs;
    const auto add = [&](const Relation& r) {
      for_each_step(model, other, r, [&](const Step& step) { pairs.emplace_back(step.from, step.to); });
    };
    for (std::size_t row = 0; row < model.relation_count(); ++row) add(model.relation(row));
    if (statuses)
      for (const SetAside& aside : model.set_aside())
        if (aside.reason == Reason::status) add(aside.relation);
    const Csr graph(static_cast<std::uint32_t>(model.company_count()), static_cast<std::uint32_t>(pairs.size()),
                    [&](std::uint32_t i) { return pairs[i]; });
    return hops_between(graph, found.from, found.to);
  };
  if (const std::uint32_t longer = links(walked, false); longer != 0)
    return fmt::format("the shortest has {}: --max-length {}", links_words(longer),
                       std::max<std::size_t>(longer, max_length + 1));
  std::vector<std::string> others;
  const auto say = [&](std::uint32_t count, std::string_view words) {
    if (count != 0) others.push_back(fmt::format("{} ({})", words, links_words(count)));
  };
  say(links(walked, true), "with relations of other statuses");
  Walked kinds = walked;
  kinds.kinds.assign(kinds.kinds.size(), true);
  say(links(kinds, false), "with --kind all");
  Walked any = walked;
  any.direction = Direction::any;
  if (walked.direction != Direction::any) say(links(any, false), "with --direction any");
  kinds.direction = Direction::any;
  if (others.empty()) say(links(kinds, true), "of any kind, status and direction together");
  return others.empty() ? "none of any kind, status or direction is recorded either"
                        : fmt::format("there is one {}", fmt::join(others, ", and one "));
}

std::string title_of(const Found& found, const Walked& walked, const PathsOptions& options) {
  const std::string from = label(*found.model, found.from);
  const std::string to = label(*found.model, found.to);
  const auto& paths = found.result.paths;
  if (paths.empty())
    return fmt::format("No recorded path leads from {} to {} within {}; {}", from, to, links_words(options.max_length),
                       else_of(found, walked, options.max_length));
  const auto shortest = std::min_element(
      paths.begin(), paths.end(), [](const auto& a, const auto& b) { return a.vertices.size() < b.vertices.size(); });
  const bool all = found.result.complete && paths.size() < options.top;
  return fmt::format("From {} to {} {} {} within {}; the shortest has {}", from, to,
                     paths.size() == 1 && all ? "leads" : "lead",
                     counted_until_stopped(counted(paths.size(), "recorded path"), all),
                     links_words(options.max_length), shortest->vertices.size() - 1);
}

}  // namespace

Result<api::Paths> answer(const std::shared_ptr<const Model>& model, const PathsOptions& options) {
  const Walked walked{kinds_of(options.kind), direction_of(options.direction)};
  const auto found = std::make_shared<const Found>(model, walked, options);
  api::Paths answer;
  answer.results =
      rows_of<PathRow>(found->result.paths.size(), [found](std::size_t i, auto& row) { fill(*found, i, row); });
  About& about = answer.about;
  about.title = title_of(*found, walked, options);
  about.noun = "path";
  Evidence evidence(*model);
  for (std::size_t i = 0; i < found->result.paths.size(); ++i) {
    PathRow row;
    fill(*found, i, row);
    evidence.add(row.sources, row.oldest, row.newest);
  }
  if (!found->result.paths.empty())
    about.notes.push_back(
        options.by == "share"
            ? "Order: larger product of known low shares first; paths with an unknown one last."
            : "Order: fewest links; then paths whose shares are all known, by their product; then ids.");
  if (!found->result.complete)
    about.notes.emplace_back(
        "The search was stopped after 2,000,000 steps: other paths may come before the last of these.");
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  if (!found->result.paths.empty()) evidence.finish(about);
  const auto concerns = [&](CompanyIndex s) {
    return std::any_of(found->result.paths.begin(), found->result.paths.end(), [&](const SimplePath& path) {
      return std::find(path.vertices.begin(), path.vertices.end(), s) != path.vertices.end();
    });
  };
  return {std::move(answer), taken_as_unknown(found->links.contradictions_of(concerns))};
}

extern const Inquiry paths_inquiry = inquiry<PathsOptions, api::Paths, tierscope::paths>(
    "paths", "how two companies are connected", StatusSet::of(Status::active),
    "Example: tierscope paths graphs/ai-circular --from tsmc --to openai");

}  // namespace tierscope::core

namespace tierscope {

Result<Paths> paths(Model model, const PathsOptions& options) {
  return core::answered<Paths>(core::paths_inquiry, std::move(model), options.view,
                               [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
