#pragma once
// What breaks if a company fails, or buys less (definitions, section 9).

#include <optional>
#include <string>

#include <tierscope/model.hpp>

namespace tierscope {

struct ShockOptions {
  View view;
  std::vector<std::string> fail;    // companies that fail, by id, name or ticker; `C=50%`: half remains
  std::vector<std::string> demand;  // customers that buy less: `C=-30%`
  std::string production = "leontief";
  double tolerance = 1e-9;
  std::size_t top = 0;  // without either: firms whose failure is followed, those of the largest weight; 0 = all

  static constexpr void describe(const auto& field) {
    using O = ShockOptions;
    field("fail", &O::fail, "a company that fails; C=50%: half of what it makes remains; several at once",
          Metavar{"COMPANY"});
    field("demand", &O::demand, "a customer that buys less, as in C=-30%; several at once", Metavar{"COMPANY=SHARE"});
    field("production", &O::production,
          "leontief: each named input is essential (the default, and the worst case); linear: all of a firm's inputs "
          "together, by what they cost",
          Metavar{"WORD"});
    field("tolerance", &O::tolerance, "of what is lost (1e-9)", Between{1e-15, 0.1});
    field("top", &O::top,
          "without --fail and --demand: follow the failure of so many firms, the largest first; needed above 20,000 "
          "firms",
          Between{0, 1e9});
  }
};

struct ShockRow {
  Company company;
  bool shocked = false;
  Quantity loss, down, up;
  Quantity revenue_loss;
  Quantity esri, esri_down, esri_up;
  std::size_t hit = 0;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = ShockRow;
    field("company", &R::company, "who loses; without --fail and --demand: who fails", key);
    field("shocked", &R::shocked, "it is what fails, or buys less", Show::if_any);
    field("loss", &R::loss, "of what it makes and sells, from what is recorded to what is possible", Unit::share,
          Show::if_any);
    field("down", &R::down, "for want of inputs", Unit::share, Label{"for want of inputs"}, Show::if_any);
    field("up", &R::up, "for want of customers", Unit::share, Label{"of customers"}, Show::if_any);
    field("revenue_loss", &R::revenue_loss, "that part of its revenue, of whatever year; null: its revenue is unknown",
          Unit::money, Show::if_any);
    field("esri", &R::esri,
          "economic systemic risk index: what is lost of all firms if it fails, as the notes weigh them", Unit::share,
          Label{"ESRI"}, Show::if_any);
    field("esri_down", &R::esri_down, "the same for want of inputs alone", Unit::share, Show::never);
    field("esri_up", &R::esri_up, "the same for want of customers alone", Unit::share, Show::never);
    field("hit", &R::hit, "other firms that may lose something", Unit::count, Label{"may hit"}, Show::if_any);
    field("sources", &R::sources, "ids of sources, of what it buys and sells", Unit::sources, Show::never);
  }
};
static_assert(all_described<ShockRow>);

struct Shock {
  About about;
  Table<ShockRow> results;  // by loss, or by index: high, then low, largest first, then by id
  Quantity esri;            // of the scenario: of all firms, by their weights
  std::string_view production;
  double tolerance = 0;
  std::size_t steps = 0;
  bool converged = true;
  double bound = 0;
  std::size_t firms = 0, purchases = 0, known_shares = 0, not_computable = 0;

  static constexpr void describe(const auto& field) {
    using A = Shock;
    field("results", &A::results, "who loses how much", Called{"firms"});
    field("esri", &A::esri,
          "what is lost of all firms in this scenario, as the notes weigh them; null: of a demand shock, and where "
          "each firm is asked for",
          Unit::share);
    field("production", &A::production, "leontief or linear; null: of a demand shock");
    field("tolerance", &A::tolerance, "of each loss");
    field("steps", &A::steps, "of the longest cascade", Unit::count);
    field("converged", &A::converged, "false: losses are larger by up to bound");
    field("bound", &A::bound, "how far losses lie below their limits at most");
    field("firms", &A::firms, "companies that sell or buy, and are no aggregates", Unit::count);
    field("purchases", &A::purchases, "pairs of a supplier and a purchase that names its category", Unit::count);
    field("known_shares", &A::known_shares, "those with a known share of the purchase", Unit::count);
    field("not_computable", &A::not_computable,
          "linear: firms whose purchases do not all have an annual amount of one year and currency", Unit::count);
  }
};

/// With --fail: the cascade of Diem, Borsos, Reisch, Kertész and Thurner (2022), on what is recorded; unknown shares
/// make each loss an interval, whose low bound the recorded figures give and whose high bound no completion of the data
/// exceeds. With
/// --demand: f × exposure, all customers at once. With neither the index of every firm. O(steps × relations reached) a
/// firm; 100 bytes a relation.
Result<Shock> shock(Model model, const ShockOptions& options);

}  // namespace tierscope
