#pragma once
// How two companies are connected (definitions, section 8.2).

#include <optional>
#include <string>

#include <tierscope/model.hpp>

namespace tierscope {

struct PathsOptions {
  View view;
  std::string from;  // by id, name or ticker
  std::string to;
  std::string direction = "goods";  // goods: from supplier to customer, as relations are recorded; money; any
  std::vector<std::string> kind;    // kinds of relations that are walked; empty: supplies; `all`
  std::string by = "hops";          // the order: hops, share
  std::size_t top = 5;              // how many paths
  std::size_t max_length = 6;       // links

  static constexpr void describe(const auto& field) {
    using O = PathsOptions;
    field("from", &O::from, "where the paths begin", Metavar{"COMPANY"}, required);
    field("to", &O::to, "where they end", Metavar{"COMPANY"}, required);
    field("direction", &O::direction,
          "goods: as relations are recorded, from supplier to customer (the default); money: from who pays to who is "
          "paid; any",
          Metavar{"WORD"});
    field("kind", &O::kind, "kinds of relations to walk, as in supplies,owns (supplies); or all", Metavar{"LIST"});
    field("by", &O::by, "hops: fewest links first (the default); share: largest product of known shares first",
          Metavar{"WORD"});
    field("top", &O::top, "how many paths (5)", Between{1, 1000});
    field("max-length", &O::max_length, "links of the longest path (6)", Between{1, 32});
  }
};

/// A relation between two neighbours on a path.
struct PathHop {
  std::size_t hop = 0;
  Company from, to;
  std::string_view arrow;
  std::string_view kind;
  std::string_view what;
  Quantity share;
  std::string_view of;
  Quantity value;
  std::string_view status;
  Date as_of;
  Confidence confidence = Confidence::none;
  std::vector<std::string_view> sources;
  std::string place;

  static constexpr void describe(const auto& field) {
    using H = PathHop;
    field("hop", &H::hop, "which link of the path, from 1", key, Show::never);
    field("from", &H::from, "the nearer end");
    field("arrow", &H::arrow, "→: as the relation is recorded; ←: against it", Label{""});
    field("to", &H::to, "the farther end");
    field("kind", &H::kind, "supplies, pays, invests, lends, guarantees, grants or owns");
    field("what", &H::what, "the item, else the category");
    field("share", &H::share, "what the relation states: a revenue share, else a supply share, else a stake",
          Unit::share);
    field("of", &H::of, "revenue, supply or stake: what the share is of");
    field("value", &H::value, "the amount, as reported", Unit::money, Label{"amount"}, Show::if_any);
    field("status", &H::status, "rumoured, planned, announced, testing, active or ended", Show::never);
    field("as_of", &H::as_of, "the date that the figures describe");
    field("confidence", &H::confidence, "disclosed, reported or estimated; null: not stated", Show::never);
    field("sources", &H::sources, "ids of sources", Unit::sources);
    field("place", &H::place, "file and line", Show::never);
  }
};
static_assert(all_described<PathHop>);

struct PathRow {
  std::size_t number = 0;
  std::string path;
  std::vector<Company> companies;
  std::size_t length = 0;
  std::optional<double> share, known_share;
  bool approximate = false;
  Confidence confidence = Confidence::none;
  std::size_t unknown_hops = 0;
  Date oldest, newest;
  std::vector<std::string_view> sources;
  std::vector<PathHop> hops;

  static constexpr void describe(const auto& field) {
    using R = PathRow;
    field("number", &R::number, "place in the order of the answer, from 1", key, Show::never);
    field("path", &R::path, "the names of its companies in words; ← where a link is walked against its arrow");
    field("companies", &R::companies, "from the first to the last", Show::never);
    field("length", &R::length, "links", Unit::count, Show::never);
    field("share", &R::share,
          "product of the low shares along it, of the supplier's revenue or of a stake; null: some are unknown",
          Unit::share, Show::if_any);
    field("known_share", &R::known_share, "product of those that are known; null: none is", Unit::share, Show::never);
    field("approximate", &R::approximate, "some share of the product is", Show::never);
    field("confidence", &R::confidence, "the weakest of the shares of the product; null: not stated", Show::never);
    field("unknown_hops", &R::unknown_hops, "links without a known share", Unit::count, Show::never);
    field("oldest", &R::oldest, "the oldest date of its relations", Show::never);
    field("as_of", &R::newest, "the newest date of its relations", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources, Show::never);
    field("hops", &R::hops, "the relations of its links", Show::below, Called{"hops"});
  }
};
static_assert(all_described<PathRow>);

struct Paths {
  About about;
  Table<PathRow> results;

  static constexpr void describe(const auto& field) { field("results", &Paths::results, "the paths", Called{"paths"}); }
};

/// The first simple paths, none through an aggregate. By hops: fewest links; then those whose links all have a known
/// share; then the larger product of the known low shares; then the ids along the path. O(max_length × relations), and
/// a step for each partial path that could be among the first, at most 2,000,000, which a note says.
Result<Paths> paths(Model model, const PathsOptions& options);

}  // namespace tierscope
