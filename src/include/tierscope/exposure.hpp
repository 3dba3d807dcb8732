#pragma once
// How much of a supplier's revenue one customer pays, directly and through others (definitions, section 5).

#include <optional>
#include <string>

#include <tierscope/model.hpp>

namespace tierscope {

struct ExposureOptions {
  View view;
  std::vector<std::string> to;  // the customers that the revenue comes from: by id, name or ticker
  std::string supplier;         // one supplier only; empty = all
  std::size_t chains = 3;       // the strongest supply chains listed with each supplier, at most 100
  double fail_above = -1;       // a fraction: the gate closes where a total is above it; negative = no gate

  static constexpr void describe(const auto& field) {
    using O = ExposureOptions;
    field("to", &O::to, "the customer that the revenue comes from; several: A,B,C", Metavar{"COMPANY"}, required);
    field("supplier", &O::supplier, "one supplier only", Metavar{"COMPANY"});
    field("chains", &O::chains, "how many of the strongest supply chains to list with each supplier (3)",
          Between{0, 100});
    field("fail-above", &O::fail_above, "exit 1 if a total is above it, as in 50%", Unit::share);
  }
};

struct SupplyChain {
  double share = 0;
  bool approximate = false;
  Confidence confidence = Confidence::none;
  std::vector<Company> companies;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    field("share", &SupplyChain::share, "product of the low shares along it", Unit::share);
    field("approximate", &SupplyChain::approximate, "some share along it is", Show::never);
    field("confidence", &SupplyChain::confidence, "the weakest of the shares along it; null: not stated", Show::never);
    field("companies", &SupplyChain::companies, "from the supplier to the customer", Label{"chain"});
    field("sources", &SupplyChain::sources, "ids of sources", Unit::sources);
  }
};
static_assert(all_described<SupplyChain>);

/// Fractions of the supplier's revenue: direct + indirect = total, an unknown direct counting 0; total + other +
/// unattributed + trapped = 1.
struct ExposureRow {
  Company supplier, customer;
  std::optional<double> direct;
  double indirect = 0, total = 0, other = 0, unattributed = 0, trapped = 0;
  Quantity amount;
  bool approximate = false;
  Confidence confidence = Confidence::none;
  Date oldest, newest;
  std::vector<std::string_view> sources;
  std::vector<SupplyChain> chains;

  static constexpr void describe(const auto& field) {
    using R = ExposureRow;
    field("supplier", &R::supplier, "who sells", key);
    field("customer", &R::customer, "who pays in the end", key);
    field("direct", &R::direct, "paid by the customer itself; null: a direct link is recorded, but not how much",
          Unit::share);
    field("indirect", &R::indirect, "paid by it through other companies", Unit::share);
    field("total", &R::total, "direct and indirect, the least that the figures add up to", Unit::share);
    field("other", &R::other, "ends at companies with no recorded customer", Unit::share, Show::if_any);
    field("unattributed", &R::unattributed, "nobody reported whose it is, or it is an aggregate's", Unit::share);
    field("trapped", &R::trapped, "circles for ever in a closed loop", Unit::share, Show::if_any);
    field("amount", &R::amount,
          "the total of the supplier's revenue, at least; null: unknown, or revenue and figures are not of one year",
          Unit::money, Show::if_any);
    field("approximate", &R::approximate, "some figure on the chains behind the total is, be its low share 0",
          Show::never);
    field("confidence", &R::confidence, "the weakest of the figures on the chains behind the total; null: not stated",
          Show::never);
    field("oldest", &R::oldest, "the oldest date of the figures behind it", Show::never);
    field("as_of", &R::newest, "the newest date of the figures behind it", Show::never);
    field("sources", &R::sources, "ids of sources: of its own links on the way to the customer, and of its chains",
          Unit::sources, Show::never);
    field("chains", &R::chains, "the strongest supply chains behind it", Show::table, Called{"chains"},
          Label{"Strongest supply chains"});
  }
};
static_assert(all_described<ExposureRow>);

/// A recorded chain leads from the supplier to the customer, but the figures on it are wanting.
struct UnquantifiedSupplier {
  Company supplier, customer, sells_to;
  std::string_view what;
  std::string reason;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = UnquantifiedSupplier;
    field("supplier", &R::supplier, "who sells", key);
    field("customer", &R::customer, "to whom a recorded chain leads", key, Show::never);
    field("sells_to", &R::sells_to, "the first company on a chain: the customer itself, where that link is unknown");
    field("what", &R::what, "what is sold");
    field("reason", &R::reason, "why it is unknown how much");
    field("sources", &R::sources, "ids of sources", Unit::sources);
  }
};
static_assert(all_described<UnquantifiedSupplier>);

struct Exposure {
  About about;
  // By total, then by total + unattributed, largest first, then by the supplier's id, then as the customers were asked.
  Table<ExposureRow> results;
  Table<UnquantifiedSupplier> unquantified;
  Table<RelationRow> not_counted;
  bool converged = true;
  double error = 0;

  static constexpr void describe(const auto& field) {
    using A = Exposure;
    field("results", &A::results, "the suppliers and what of their revenue the customer pays", Called{"suppliers"});
    field("unquantified", &A::unquantified,
          "suppliers of whom a chain is recorded, but no share, or not that of the customer itself",
          Label{"Share unknown, but a recorded chain leads to the customer"});
    field("not_counted", &A::not_counted, "relations of other statuses", Label{"Not counted"});
    field("converged", &A::converged, "false: the totals lie below the solution by up to error");
    field("error", &A::error,
          "bound of the error of each part: where it did not converge, or where a loop leaks so little that 16 digits "
          "are few");
  }
};

/// Hitting probabilities of the customer in an absorbing Markov chain; an aggregate has no row, though it may be the
/// customer; shares that contradict each other are unknown, and a note names the rows. Counts `active` relations unless
/// the view says otherwise. The solution costs what src/graph/absorb.hpp states; chains are searched as rows are read.
Result<Exposure> exposure(Model model, const ExposureOptions& options);

}  // namespace tierscope
