#pragma once
// The nouns: companies, relations, sources, exchange rates, and the immutable graph of them (definitions, section 1).

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tierscope/date.hpp>
#include <tierscope/kinds.hpp>
#include "base/duration.hpp"
#include "base/problem.hpp"
#include "base/quantity.hpp"
#include "base/text.hpp"
#include "graph/csr.hpp"

namespace tierscope::core {

/// Index of a company in input order; also its vertex descriptor.
using CompanyIndex = std::uint32_t;

struct Company {
  Text id;
  Text name;  // the id where no name is given
  Text name_local;
  Text sector;
  Text country;
  Text ticker;
  Text lei;
  Text aliases;      // `;`-separated
  Quantity revenue;  // of revenue_period, always with a currency
  Text revenue_period;
  Text sources;                       // source ids, `;`-separated
  bool revenue_consolidated = false;  // the revenue holds the subsidiaries' already
  bool aggregate = false;             // not one company: never a sole source, never passed through
  bool aggregate_given = false;       // a cell says so; else its name does, being a word for nobody in particular
  Place place;                        // line 0: known only from a relation
};

/// One row: an observation of a link at `as_of`.
struct Relation {
  CompanyIndex from = 0;
  CompanyIndex to = 0;
  std::uint32_t row = 0;  // input order over all files, from 0
  Kind kind = Kind::supplies;
  Status status = Status::active;
  bool status_given = false;
  Basis basis = Basis::none;
  Confidence confidence = Confidence::none;
  Claim claim = Claim::none;
  bool restates = false;  // the amount is contained in another row: shown, never summed
  Text category;
  Text item;
  Text deal;  // names the deal that the row is about
  Quantity value;
  Quantity revenue_share;  // of the supplier's revenue
  Quantity supply_share;   // of the customer's purchases of the category
  Quantity stake;
  Date since;
  Date until;
  Date as_of;
  Text sources;  // source ids, `;`-separated
  Text note;
  Place place;
};

struct Source {
  Text id;
  Text title;
  Text publisher;
  Text date;  // as printed by the publisher; may be any text
  Text url;
  Text language;
  Place place;
};

/// One unit of `from` costs `rate` units of `to`.
struct Rate {
  Currency from;
  Currency to;
  double rate = 0;
  std::string reported;
  Date date;
  Text source;
  Place place;
  bool given = false;  // on the command line
};

/// A column that the product does not know, kept so that it survives a conversion. Sorted by row.
struct Extra {
  std::uint32_t row = 0;  // company, relation or source index
  Text name;
  Text value;
};

enum class Reason : std::uint8_t { not_live, superseded, status, inside_group };

/// A relation that this view does not count, and why.
struct SetAside {
  Relation relation;
  Reason reason = Reason::status;
};

/// A company that a consolidated view has joined into a group; it can still be asked for by name.
struct Member {
  Company company;
  CompanyIndex group = 0;
  CompanyIndex joined = 0;  // its place in Parts::joined
};

class Rates;

/// A relation before companies were joined: what makes it a link of its own.
struct Origin {
  CompanyIndex from = 0;
  CompanyIndex to = 0;
};

/// Everything a model is made of; `Model` freezes it.
struct Parts {
  std::shared_ptr<TextPool> pool = std::make_shared<TextPool>();
  std::vector<Company> companies;
  std::vector<Relation> relations;  // in row order
  std::vector<Source> sources;
  std::vector<Rate> rates;
  std::vector<Extra> company_extras;
  std::vector<Extra> relation_extras;
  std::vector<Extra> source_extras;
  std::vector<std::string> files;   // what Place::file counts
  std::vector<std::string> graphs;  // as named by the user
  Problems warnings;
  std::vector<SetAside> set_aside;   // in row order
  std::vector<Member> members;       // of consolidated groups
  std::vector<Company> joined;       // all companies as they were before the view joined some
  std::vector<Relation> inside;      // counted relations between companies that are one in the view: into `joined`
  std::vector<Origin> origins;       // of each relation, where the view consolidates: into `joined`
  std::vector<std::string> remarks;  // what an answer must say of how companies were joined
  Date as_of;                        // the view's date, none = no limit
  std::optional<Duration> max_age = Duration{12, 0};  // older shares are not summed with the newest; none: all are
  bool strict = false;                                // contradicting shares end the question
  StatusSet statuses = StatusSet::all();
  Currency currency;                       // amounts are wanted in this currency; none = as reported
  std::shared_ptr<const Rates> converter;  // into that currency
};

/// Immutable. Relations are reached by company or by row order; they lie in row order in one place, so that views can
/// take them over without a copy. 16 bytes a relation beside its own 160: the graph.
class Model {
 public:
  /// O(companies + relations). Relations must name existing companies; rows are renumbered in the given order.
  explicit Model(Parts parts);

  /// A vertex a company, an edge a relation.
  const Csr& graph() const { return graph_; }
  /// The rows of the relations from and to a company, in row order. O(1).
  std::span<const std::uint32_t> out_rows(CompanyIndex from) const { return graph_.out_rows(from); }
  auto in_rows(CompanyIndex to) const { return graph_.in_rows(to); }
  std::size_t company_count() const { return graph_.size(); }
  std::size_t relation_count() const { return rest_.relations.size(); }
  const Company& company(CompanyIndex index) const { return rest_.companies[index]; }
  /// The relation of input row `row`.
  const Relation& relation(std::size_t row) const { return rest_.relations[row]; }
  std::span<const Source> sources() const { return rest_.sources; }
  std::span<const Rate> rates() const { return rest_.rates; }
  /// Into the currency that the view wants; it knows which rates were used.
  const Rates& converter() const { return *rest_.converter; }
  /// The companies between whom the row stood before the view joined some.
  Origin origin(std::size_t row) const {
    if (!rest_.origins.empty()) return rest_.origins[row];
    return {rest_.relations[row].from, rest_.relations[row].to};
  }
  std::span<const SetAside> set_aside() const { return rest_.set_aside; }
  /// Everything that it is made of.
  const Parts& rest() const { return rest_; }

  std::string_view text(Text handle) const { return rest_.pool->view(handle); }
  std::string_view id(CompanyIndex index) const { return text(company(index).id); }
  std::string_view name(CompanyIndex index) const { return text(company(index).name); }
  /// `file:line`
  std::string place(Place place) const;
  /// Nothing for an unknown id. O(1).
  std::optional<std::size_t> find_source(std::string_view id) const;

  /// A copy that can be changed and frozen again; of a model that nobody needs any more, its parts themselves.
  Parts thaw() const& { return rest_; }
  Parts thaw() && { return std::move(rest_); }

 private:
  Parts rest_;
  Csr graph_;
  std::unordered_map<std::string_view, std::uint32_t> source_of_id_;
};

/// The texts of a `;`-separated list, blanks trimmed, empty ones dropped.
std::vector<std::string_view> split_list(std::string_view list);

}  // namespace tierscope::core
