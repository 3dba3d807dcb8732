#pragma once
// Who holds and controls a company, and what a company holds, through chains (definitions, section 3, Ownership).

#include <string>

#include <tierscope/model.hpp>

namespace tierscope {

struct OwnersOptions {
  View view;
  std::string of;      // whose owners: by id, name or ticker; this or `holder`
  std::string holder;  // whose holdings

  static constexpr void describe(const auto& field) {
    using O = OwnersOptions;
    field("of", &O::of, "whose owners, through all chains", Metavar{"COMPANY"});
    field("holder", &O::holder, "whose holdings, through all chains", Metavar{"COMPANY"});
  }
};

struct OwnerRow {
  Company holder, company;
  Quantity direct, integrated;
  std::string_view control;
  std::size_t links = 0;
  bool ultimate = false;
  std::vector<Company> chain;
  Date oldest, newest;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = OwnerRow;
    field("holder", &R::holder, "who holds", key);
    field("company", &R::company, "what is held", key);
    field("direct", &R::direct, "its own stake; null: none is recorded, or not how much", Unit::share);
    field("integrated", &R::integrated,
          "over all chains the products of the stakes, from what is stated to what is possible", Unit::share);
    field("control", &R::control,
          "yes: majorities lead from the holder to it, or it and what it controls hold one; possible: stakes that are "
          "not stated would make it so; no");
    field("links", &R::links, "of the shortest chain", Unit::count, Show::never);
    field("ultimate", &R::ultimate, "no owner of the holder is recorded", Show::never);
    field("chain", &R::chain, "the shortest, from the holder to the company", Label{"through"});
    field("oldest", &R::oldest, "the oldest date of the stakes on all chains", Show::never);
    field("as_of", &R::newest, "the newest date of the stakes on all chains", Show::never);
    field("sources", &R::sources, "ids of sources: of the holder's own stakes on the way", Unit::sources);
  }
};
static_assert(all_described<OwnerRow>);

struct Owners {
  About about;
  Table<OwnerRow> results;  // by integrated stake, low then high, largest first, then by control and id
  Table<RelationRow> not_counted;

  static constexpr void describe(const auto& field) {
    using A = Owners;
    field("results", &A::results, "who holds what", Called{"stakes"});
    field("not_counted", &A::not_counted, "relations of other statuses", Label{"Not counted"});
  }
};

/// Stakes are `owns`, of several statements of one pair the largest; a stake that is not stated lies between 0 and what
/// others leave. Aggregates hold, and nothing passes through them. Of companies in a ring of owners the low bound is
/// that of a unit followed from owner to owner until the holder is met, never above 1 (definitions, section 5). Stakes
/// of one company that come to more than 100 % are unknown, which a warning says. O(holders × stakes) at worst, near to
/// linear where each has few owners.
Result<Owners> owners(Model model, const OwnersOptions& options);

}  // namespace tierscope
