#pragma once
// Which deals go round in a circle: loops of payments (definitions, section 7).

#include <tierscope/model.hpp>

namespace tierscope {

struct CyclesOptions {
  View view;
  std::string max_length;              // loops up to so many hops are listed and counted; `all`: no bound
  std::size_t min_length = 2;          // the shortest loop, in hops
  std::vector<std::string> classes;    // that are wanted; none: all
  std::size_t stop_after = 2'000'000;  // loops; those listed are kept to be ordered, some 200 bytes each; 0 = never
  std::vector<std::string> through;    // companies that every loop must pass
  bool count = false;                  // only count: no loop is kept, and stop_after does not hold
  std::size_t threads = 0;             // that counting may use; 0 = as many as there are
  std::string window;                  // `90d`, `6w`, `24m`, `2y`: loops whose legs are dated within it
  std::size_t null_runs = 0;           // shuffles of the partners to compare with; 0 = none
  std::size_t seed = 1;                // of the shuffles

  static constexpr void describe(const auto& field) {
    using O = CyclesOptions;
    field("max-length", &O::max_length,
          "list and count loops of up to N companies, or all; without it, up to 3 are listed, longer ones up to 6 "
          "counted",
          Metavar{"N"});
    field("min-length", &O::min_length, "leave out loops of fewer companies (2)", Between{2, 1e9});
    field("class", &O::classes, "only circular-deal, reciprocal-trade, trade-loop or cross-financing",
          Metavar{"CLASS"});
    field("stop-after", &O::stop_after, "give up after so many loops (2000000); 0 = never");
    field("through", &O::through, "only loops that pass all of these companies", Metavar{"COMPANY"});
    field("count", &O::count, "only count the loops: nothing is kept, no bound on their number");
    field("threads", &O::threads, "that --count may use; the answer is the same (0: all)", Between{0, 256});
    field("window", &O::window, "only loops whose legs are dated within 90d, 6w, 24m or 2y", Metavar{"DURATION"});
    field("null", &O::null_runs, "compare with so many shuffles of the partners", Between{0, 1e6});
    field("seed", &O::seed, "of the shuffles (1)");
  }
};

/// A relation whose money goes along a hop.
struct LoopLeg {
  std::size_t hop = 0;
  Company payer, payee;
  std::string what;
  Quantity amount;
  Date date;
  std::string_view status;
  std::vector<std::string_view> sources;
  std::string_view kind, category, item;
  Quantity value;
  Date since, as_of;
  bool contingent = false, restates = false;
  Confidence confidence = Confidence::none;
  Quantity hop_amount;

  static constexpr void describe(const auto& field) {
    using L = LoopLeg;
    field("hop", &L::hop, "of the loop, from 1", Show::never);
    field("payer", &L::payer, "whose money it is", Show::always);
    field("payee", &L::payee, "who is paid", Label{"paid"});
    field("what", &L::what, "kind and item in words");
    field("amount", &L::amount, "in the currency asked for where it adds to the hop, else as reported", Unit::money);
    field("date", &L::date, "since, else as_of");
    field("status", &L::status, "rumoured, planned, announced, testing, active or ended");
    field("sources", &L::sources, "ids of sources", Unit::sources);
    field("kind", &L::kind, "supplies, pays, invests, lends, guarantees or grants", Show::never);
    field("category", &L::category, "what is bought, a controlled word", Show::never);
    field("item", &L::item, "the product", Show::never);
    field("value", &L::value, "the amount, as reported", Unit::money, Show::never);
    field("since", &L::since, "when it began", Show::never);
    field("as_of", &L::as_of, "the date that the figures describe", Show::never);
    field("contingent", &L::contingent, "a guarantee or a grant: it carries no cash", Show::never);
    field("restates", &L::restates, "the amount is contained in another row and adds nothing", Show::never);
    field("confidence", &L::confidence, "disclosed, reported or estimated; null: not stated", Show::never);
    field("hop_amount", &L::hop_amount, "what the hop's known cash legs come to", Unit::money, Show::never);
  }
};
static_assert(all_described<LoopLeg>);

struct LoopRow {
  std::size_t number = 0;
  std::string loop;
  std::vector<Company> companies;
  std::size_t length = 0;
  std::string_view loop_class;
  bool hinges_on_contingent = false;
  Quantity amount;
  std::string amount_reason;
  Quantity amount_in_force;
  std::string in_force;
  bool contingent = false;
  std::optional<bool> time_ordered;
  Date oldest, newest;
  Confidence confidence = Confidence::none;
  std::vector<std::string_view> sources;
  std::vector<LoopLeg> legs;

  static constexpr void describe(const auto& field) {
    using R = LoopRow;
    field("number", &R::number, "place in the order of the answer, from 1", key, Show::never);
    field("loop", &R::loop, "the names of its companies in words, closed; the middle of a long loop is left out");
    field("companies", &R::companies, "each once, with the money, from the smallest id", Show::never);
    field("length", &R::length, "number of its companies, and of its hops", Show::never);
    field("class", &R::loop_class, "circular-deal, reciprocal-trade, trade-loop or cross-financing");
    field("hinges_on_contingent", &R::hinges_on_contingent, "a hop has guarantees and grants alone",
          Label{"contingent"}, Show::if_any);
    field("amount", &R::amount, "what can circulate: the smallest of the hops' sums; high null: at least the low",
          Unit::money, Label{"circulating"});
    field("amount_reason", &R::amount_reason, "why there is none: its currencies are not comparable",
          Label{"why unknown"}, Show::if_any);
    field("amount_in_force", &R::amount_in_force, "the same of active legs alone; a hop without any is 0", Unit::money,
          Show::never);
    field("in_force", &R::in_force, "amount_in_force in words, where it differs from the amount", Label{"in force"},
          Show::if_any);
    field("contingent", &R::contingent, "some leg is a guarantee or a grant", Show::never);
    field("time_ordered", &R::time_ordered,
          "money goes out first and no date goes back; null: no leg is financing, or a hop has no date", Show::never);
    field("oldest", &R::oldest, "the oldest date of the figures behind it", Show::never);
    field("as_of", &R::newest, "the newest date of the figures behind it", Show::never);
    field("confidence", &R::confidence, "the weakest of the legs that give the amount; null: not stated", Show::never);
    field("sources", &R::sources, "ids of the sources of its legs", Unit::sources, Show::never);
    field("legs", &R::legs, "the relations of its hops", Show::below, Called{"legs"});
  }
};
static_assert(all_described<LoopRow>);

/// How many loops there are; null where such lengths were not looked for.
struct LoopCount {
  std::optional<std::size_t> pairs, triples, longer;

  static constexpr void describe(const auto& field) {
    field("pairs", &LoopCount::pairs, "of two companies");
    field("triples", &LoopCount::triples, "of three");
    field("longer", &LoopCount::longer, "of more, up to six or to --max-length: chains that close");
  }
};
static_assert(all_described<LoopCount>);

/// How many loops there are of each class.
struct LoopClasses {
  std::size_t circular_deal = 0, reciprocal_trade = 0, trade_loop = 0, cross_financing = 0;

  static constexpr void describe(const auto& field) {
    using C = LoopClasses;
    field("circular_deal", &C::circular_deal, "a financing and a commercial leg", Label{"circular deals"});
    field("reciprocal_trade", &C::reciprocal_trade, "two companies buy from each other", Label{"reciprocal trades"});
    field("trade_loop", &C::trade_loop, "three or more buy in a circle", Label{"trade loops"});
    field("cross_financing", &C::cross_financing, "all legs are financing", Label{"cross-financings"});
  }
};
static_assert(all_described<LoopClasses>);

struct LoopLength {
  std::size_t length = 0, loops = 0;
  std::size_t circular_deal = 0, reciprocal_trade = 0, trade_loop = 0, cross_financing = 0;

  static constexpr void describe(const auto& field) {
    using L = LoopLength;
    field("length", &L::length, "in hops", key);
    field("loops", &L::loops, "of that length");
    field("circular_deal", &L::circular_deal, "a financing and a commercial leg", Label{"circular-deal"});
    field("reciprocal_trade", &L::reciprocal_trade, "two companies buy from each other", Label{"reciprocal-trade"},
          Show::if_any);
    field("trade_loop", &L::trade_loop, "three or more buy in a circle", Label{"trade-loop"}, Show::if_any);
    field("cross_financing", &L::cross_financing, "all legs are financing", Label{"cross-financing"}, Show::if_any);
  }
};
static_assert(all_described<LoopLength>);

struct PassingAmount {
  Quantity amount;

  static constexpr void describe(const auto& field) {
    field("amount", &PassingAmount::amount, "sum of the loops' low amounts", Unit::money);
  }
};
static_assert(all_described<PassingAmount>);

struct PassedCompany {
  Company company;
  std::size_t loops = 0;
  std::vector<PassingAmount> amounts;

  static constexpr void describe(const auto& field) {
    using C = PassedCompany;
    field("company", &C::company, "on loops", key);
    field("loops", &C::loops, "that pass it");
    field("amounts", &C::amounts, "what circulates on them, a row each currency", Show::never,
          Called{"company_amounts"});
  }
};
static_assert(all_described<PassedCompany>);

/// A relation on loops, and how many of them would be gone without it: those whose hop has no other leg.
struct LoopRelation {
  std::size_t loops = 0, gone_without = 0;
  Company from, to;
  std::string_view kind, category, item;
  Quantity value;
  std::string_view status;
  Date since, as_of;
  bool restates = false;
  Confidence confidence = Confidence::none;
  std::vector<std::string_view> sources;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = LoopRelation;
    field("loops", &R::loops, "that pass its hop");
    field("gone_without", &R::gone_without, "loops that there would not be without it");
    field("from", &R::from, "supplier, investor, lender, guarantor or issuer", key);
    field("to", &R::to, "customer, investee, borrower, beneficiary or holder", key);
    field("kind", &R::kind, "supplies, pays, invests, lends, guarantees or grants", key);
    field("category", &R::category, "what is bought, a controlled word", Show::if_any);
    field("item", &R::item, "the product", key, Show::if_any);
    field("value", &R::value, "the amount, as reported", Unit::money, Show::if_any);
    field("status", &R::status, "rumoured, planned, announced, testing, active or ended");
    field("since", &R::since, "when it began", Show::never);
    field("as_of", &R::as_of, "the date that the figures describe");
    field("restates", &R::restates, "the amount is contained in another row", Show::never);
    field("confidence", &R::confidence, "disclosed, reported or estimated; null: not stated", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
    field("place", &R::place, "file and line", Show::never);
  }
};
static_assert(all_described<LoopRelation>);

/// Companies of which each pays each other, through others or directly: no loop leaves its component.
struct LoopComponent {
  std::size_t size = 0;
  std::vector<Company> companies;

  static constexpr void describe(const auto& field) {
    field("size", &LoopComponent::size, "number of its companies");
    field("companies", &LoopComponent::companies, "by id", key);
  }
};
static_assert(all_described<LoopComponent>);

/// What part of all recorded amounts could be the same money going round.
struct CircularityRow {
  Quantity circulation, total;

  static constexpr void describe(const auto& field) {
    using C = CircularityRow;
    field("circulation", &C::circulation, "the most that can flow in circles within the hops' low amounts",
          Unit::money);
    field("total", &C::total, "sum of the hops' low amounts", Unit::money);
  }
};
static_assert(all_described<CircularityRow>);

struct CirculatingHop {
  Company payer, payee;
  Quantity flow;

  static constexpr void describe(const auto& field) {
    using C = CirculatingHop;
    field("payer", &C::payer, "who pays", key);
    field("payee", &C::payee, "who is paid", key);
    field("flow", &C::flow, "of one of possibly several largest circulations", Unit::money);
  }
};
static_assert(all_described<CirculatingHop>);

struct NullLength {
  std::size_t length = 0, observed = 0;
  double mean = 0, deviation = 0;
  std::optional<double> z;
  double p = 1;

  static constexpr void describe(const auto& field) {
    using N = NullLength;
    field("length", &N::length, "in hops", key);
    field("observed", &N::observed, "loops of that length", Label{"loops"});
    field("mean", &N::mean, "over the shuffles", Label{"null mean"});
    field("deviation", &N::deviation, "standard deviation over the shuffles");
    field("z", &N::z, "(observed - mean) / deviation; null where all shuffles have the same number");
    field("p", &N::p, "(1 + shuffles with as many or more) / (1 + shuffles)", Unit::share);
  }
};
static_assert(all_described<NullLength>);

struct NullModelRun {
  std::size_t runs = 0, seed = 0;

  static constexpr void describe(const auto& field) {
    field("runs", &NullModelRun::runs, "shuffles that were made");
    field("seed", &NullModelRun::seed, "of the shuffles");
  }
};
static_assert(all_described<NullModelRun>);

struct Cycles {
  About about;
  // By length, then circulating amount (its low), then known financing (low), then the amount's high, largest first,
  // then ids. Amounts of several currencies cannot be compared: loops of one length then stand currency by currency.
  Table<LoopRow> results;
  Table<LoopLength> by_length;
  Table<PassedCompany> companies;   // most loops first, ties by id
  Table<LoopRelation> relations;    // most loops gone first, then most loops, ties in input order
  Table<LoopComponent> components;  // largest first
  Table<CirculatingHop> carriers;   // largest first
  Table<NullLength> null_lengths;
  Table<RelationRow> not_counted;
  LoopCount count;
  bool complete = true;
  LoopClasses by_class;
  std::vector<std::string_view> currencies;
  std::optional<double> circularity_index;
  std::optional<CircularityRow> circularity;
  std::optional<NullModelRun> null_model;

  static constexpr void describe(const auto& field) {
    using A = Cycles;
    field("results", &A::results, "the loops listed; none where they are only counted", Called{"loops"});
    field("by_length", &A::by_length, "how many loops there are of each length and class", Label{"Loops by length"});
    field("companies", &A::companies, "how many of the loops listed pass a company",
          Label{"Companies on most of the loops listed"});
    field("relations", &A::relations, "how many of the loops listed rest on a relation", Show::never);
    field("components", &A::components, "companies among which loops run", Show::never);
    field("carriers", &A::carriers, "the hops of the largest circulation", Show::never);
    field("null_lengths", &A::null_lengths, "how many loops chance would make", Label{"More than chance?"});
    field("not_counted", &A::not_counted, "relations of other statuses", Label{"Not counted"});
    field("count", &A::count, "loops found, by length");
    field("complete", &A::complete, "false: the search was stopped, there are more loops");
    field("by_class", &A::by_class, "how many loops there are of each class");
    field("currencies", &A::currencies, "of the loops' amounts");
    field("circularity_index", &A::circularity_index,
          "circulation of total; null: no amounts, several currencies or too many hops");
    field("circularity", &A::circularity, "what the index is made of");
    field("null_model", &A::null_model, "null: not asked for");
  }
};

/// Every elementary cycle of the money-flow graph; counts `active`, `announced`, `planned` and `testing` relations
/// unless the view says otherwise. The search costs what src/graph/elementary.hpp states; what `view.stop` ends is
/// answered with what was found until then.
Result<Cycles> cycles(Model model, const CyclesOptions& options);

}  // namespace tierscope
