// Definitions, section 9: what breaks if a company fails, or buys less; the kernel's tables are in cascade_test.cpp.

#include "ask/shock/shock.hpp"

#include <doctest/doctest.h>

#include <map>

#include "ask/exposure/exposure.hpp"
#include "exposed.hpp"
#include "model_of.hpp"
#include "random_graph.hpp"

namespace tierscope::core {
namespace {

struct Ask {
  tierscope::Result<tierscope::Shock> answer;
  Ask(const std::string& relations, const ShockOptions& options, const std::string& companies = "")
      : answer(tierscope::shock(tierscope::Model(std::make_shared<Model>(model_of(relations, companies))), options)) {}
  std::string title() const { return answer ? answer->about.title : tierscope::to_string(answer.problems().front()); }
  /// `a 1..1 down 1..1 up 1..1`, in hundredths of a percent.
  std::string words() const {
    REQUIRE_MESSAGE(answer, title());
    const auto interval = [](const tierscope::Quantity& q) {
      return std::to_string(std::lround(q.low * 1e4)) + ".." + std::to_string(std::lround(q.high * 1e4));
    };
    std::string text;
    for (const ShockRow& row : answer->results) {
      text += std::string(row.company.id) + " " + interval(row.loss.known ? row.loss : row.esri);
      if (row.down.known) text += " down " + interval(row.down) + " up " + interval(row.up);
      text += "\n";
    }
    return text;
  }
};

ShockOptions failing(std::vector<std::string> fail) {
  ShockOptions options;
  options.fail = std::move(fail);
  return options;
}

ShockOptions dropping(std::vector<std::string> demand) {
  ShockOptions options;
  options.demand = std::move(demand);
  return options;
}

// s sells c 60 % of its chips, o the rest; s earns 20 % from c. c sells t all its boxes, of which t says nothing.
const std::string chain =
    "from,to,kind,category,supply_share,revenue_share\ns,c,supplies,chips,60%,20%\no,c,supplies,chips,40%,\n"
    "c,t,supplies,boxes,,\n";

}  // namespace

TEST_CASE("a failure goes on by what is recorded, and may go as far as what is unknown allows") {
  // s fails: c keeps 40 % for want of chips. t buys boxes from c alone, of unknown share: it loses 0 to 60 %. o sells c
  // the part that c has no use for without s? c's demand does not fall by a want of inputs: the two never meet.
  const Ask answer(chain, failing({"s"}));
  CHECK(answer.words() ==
        "s 10000..10000 down 10000..10000 up 10000..10000\nc 6000..6000 down 6000..6000 up 0..0\n"
        "t 0..6000 down 0..6000 up 0..0\n");
  // (1 + .6 + [0, .6]) / 4, each alike.
  CHECK(answer.title() ==
        "If s fails, between 40 and 55 % of what 4 firms make, each counted alike, is lost; 2 other firms may lose "
        "something, 1 by what is recorded");
  CHECK(answer.answer->known_shares == 2);
  CHECK(answer.answer->purchases == 3);
  // Half of c remains: s loses half of its 20 %, o half of what may be all, t at most half.
  CHECK(Ask(chain, failing({"c=50%"})).words() ==
        "c 5000..5000 down 5000..5000 up 5000..5000\ns 1000..1000 down 0..0 up 1000..1000\n"
        "o 0..5000 down 0..0 up 0..5000\nt 0..5000 down 0..5000 up 0..0\n");
}

TEST_CASE("without a scenario each firm's index is told, weighed by revenue where it can be") {
  const Ask answer(chain, {});
  // s: 40..55 as above; o: (1 + .4 + [0, .4]) / 4 = 35..45; c: (1 + .2 + [0, 1] + [0, 1]) / 4 = 30..80;
  // t: (1 + [0, 1] + s: .2 · [0, 1] + [0, 1]) / 4 = 25..80.
  CHECK(answer.words() == "s 4000..5500\no 3500..4500\nc 3000..8000\nt 2500..8000\n");
  const Ask weighed(chain, {}, "id,revenue\ns,100M USD\nc,300M USD\no,\nt,\n");
  // s and c count: s (100 + .6 · 300) / 400 = 70 %; c (300 + .2 · 100) / 400 = 80 %.
  CHECK(weighed.words() == "c 8000..8000\ns 7000..7000\no 3000..3000\nt 0..8000\n");
  CHECK(weighed.answer->about.notes.at(2) ==
        "ESRI: firms count by the low bound of their revenue in USD, of whatever year, which is known of 2 of 4; the "
        "others count nothing.");
}

TEST_CASE("a demand shock is f times exposure, all customers at once") {
  const Ask answer(
      "from,to,kind,revenue_share\na,b,supplies,50%\na,t,supplies,20%\nb,t,supplies,40%\nb,c,supplies,60%\n",
      dropping({"t=-50%"}));
  // E(a) = .4, U(a) = .3: 20 to 35 %. E(b) = .4, all of b's revenue is attributed: 20 %.
  CHECK(answer.words() == "t 5000..5000\na 2000..3500\nb 2000..2000\n");
  CHECK(answer.title() == "If t buys 50 % less, 2 other firms may lose something, 2 by what is recorded");
  // Both pinned: a loses .2 · .5 + .5 · b; b loses 1 as c and t buy nothing of .6 and half of .4.
  CHECK(Ask("from,to,kind,revenue_share\na,b,supplies,50%\na,t,supplies,20%\nb,t,supplies,40%\nb,c,supplies,60%\n",
            dropping({"t=-50%", "c=-100%"}))
            .words() == "c 10000..10000\nt 5000..5000\nb 8000..8000\na 5000..8000\n");
}

TEST_CASE("what shock cannot be asked") {
  const auto refusal = [](const ShockOptions& options) { return Ask(chain, options).title(); };
  CHECK(refusal(failing({"nobody"})) == "no company 'nobody' in the graph");
  CHECK(refusal(failing({"s=150%"})) == "--fail 's=150%': write what remains of it, from 0% to 100%");
  CHECK(refusal(failing({"s=-5%"})) == "--fail 's=-5%': write what remains of it, from 0% to 100%");
  CHECK(refusal(failing({"s", "s=50%"})) == "s is named twice");
  CHECK(refusal(dropping({"c"})) == "--demand 'c' does not say how much less it buys; write c=-30%");
  CHECK(refusal(dropping({"c=+10%"})) == "--demand 'c=+10%': only a demand that falls can be followed, as in c=-30%");
  CHECK(refusal(dropping({"c=-130%"})) == "--demand 'c=-130%': write how much less it buys, from -0% to -100%");
  CHECK(refusal(dropping({"s=-10%"})) == "no supplier of s is recorded that counts");
  ShockOptions both = failing({"s"});
  both.demand = {"c=-10%"};
  CHECK(refusal(both) == "--fail and --demand are two questions: ask them one after the other");
  ShockOptions word;
  word.production = "cobb-douglas";
  CHECK(refusal(word) == "--production 'cobb-douglas' is not known: leontief or linear");
  CHECK(Ask("from,to,kind\na,various,supplies\nb,c,supplies\n", failing({"various"})).title() ==
        "various is an aggregate, not one company: it cannot be shocked");
  CHECK(Ask("from,to,kind\na,b,invests\n", {}).title() == "no sale between two companies is recorded that counts");
  CHECK(Ask("from,to,kind\na,b,invests\nb,c,supplies\n", failing({"a"})).title() ==
        "a neither sells nor buys anything that is recorded and counts");
}

TEST_CASE("linear: inputs by their annual amounts, and the worst input where one has none") {
  // c pays 30 to s and 10 to o: 75 % and 25 %. d pays s an unknown amount: it loses as much as s at most.
  const std::string relations =
      "from,to,kind,category,value,value_basis,as_of\ns,c,supplies,chips,30M USD,annual,2025\n"
      "o,c,supplies,boxes,10M USD,annual,2025\ns,d,supplies,chips,,,2025\no,d,supplies,boxes,1M USD,annual,2025\n";
  ShockOptions options = failing({"s=50%"});
  options.production = "linear";
  const Ask answer(relations, options);
  CHECK(answer.words() ==
        "s 5000..5000 down 5000..5000 up 5000..5000\nc 3750..3750 down 3750..3750 up 0..0\n"
        "d 0..5000 down 0..5000 up 0..0\n");
  CHECK(answer.answer->not_computable == 1);
}

TEST_CASE("losses from a demand shock are f times the exposure of every supplier, on random networks") {
  Dice dice(31);
  for (int i = 0; i < 60; ++i) {
    const std::size_t count = 3 + dice.below(8);
    std::string relations = "from,to,kind,revenue_share\n";
    for (std::size_t s = 0; s < count; ++s) {
      std::size_t left = 100;
      for (std::size_t k = dice.below(4); k > 0 && left > 0; --k) {
        const std::size_t to = dice.below(count);
        const std::size_t share = dice.below(left + 1);
        if (to == s || relations.find("c" + std::to_string(s) + ",c" + std::to_string(to) + ",") != std::string::npos)
          continue;
        left -= share;
        relations += "c" + std::to_string(s) + ",c" + std::to_string(to) + ",supplies," + std::to_string(share) + "%\n";
      }
    }
    relations += "x,c0,supplies,10%\n";
    const Model model = active(model_of(relations));
    const CompanyIndex target = find_company(model, "c0");
    const RevenueLinks links(model);
    std::map<CompanyIndex, LossBounds> losses;
    for (const auto& [firm, bounds] : demand_shock(model, links, {{target, .3}}).firms) losses[firm] = bounds;
    for (const SupplierExposure& row : exposed_to(model, target).suppliers) {
      CAPTURE(relations);
      REQUIRE(losses.contains(row.supplier));
      CHECK(losses[row.supplier].low == doctest::Approx(.3 * row.total).epsilon(1e-9));
      CHECK(losses[row.supplier].high == doctest::Approx(.3 * (row.total + row.unattributed)).epsilon(1e-9));
    }
  }
}

// Purchases whose shares come to all, half of them left out: what the full data lose lies within what the others allow.
TEST_CASE("every completion of unknown shares loses between the low and the high bound") {
  Dice dice(32);
  std::size_t open = 0;
  for (int i = 0; i < 120; ++i) {
    const std::size_t count = 4 + dice.below(6);
    std::string known = "from,to,kind,category,supply_share,revenue_share\n";
    std::string some = known;
    std::vector<std::size_t> unsold(count, 100);
    for (std::size_t buyer = 0; buyer < count; ++buyer)
      for (const char* const category : {"p", "q"}) {
        if (dice.percent(50)) continue;
        std::vector<std::size_t> sellers;
        for (std::size_t s = 0; s < count; ++s)
          if (s != buyer && dice.percent(40)) sellers.push_back(s);
        std::size_t left = 100;
        for (std::size_t k = 0; k < sellers.size(); ++k) {
          const std::size_t share = k + 1 == sellers.size() ? left : dice.below(left + 1);
          left -= share;
          // A pair's revenue share stands in one row of it.
          const std::string pair = "c" + std::to_string(sellers[k]) + ",c" + std::to_string(buyer) + ",supplies,";
          const bool again = known.find(pair) != std::string::npos;
          const std::size_t of_revenue = again ? 0 : dice.below(unsold[sellers[k]] + 1);
          unsold[sellers[k]] -= of_revenue;
          const auto row = [&](bool supply, bool revenue) {
            return pair + category + "," + (supply ? std::to_string(share) + "%" : "") + "," +
                   (revenue && !again ? std::to_string(of_revenue) + "%" : "") + "\n";
          };
          known += row(true, true);
          some += row(dice.percent(50), dice.percent(50));
        }
      }
    if (known.find("supplies") == std::string::npos) continue;
    const Model whole = active(model_of(known));
    const Model part = active(model_of(some));
    const RevenueLinks whole_links(whole);
    const RevenueLinks part_links(part);
    SupplyShock exact(whole, whole_links, Production::leontief, 1e-9);
    SupplyShock bounds(part, part_links, Production::leontief, 1e-9);
    for (const CompanyIndex firm : exact.firms()) {
      std::map<CompanyIndex, Loss> allowed;
      for (const auto& [v, loss] : bounds.of({{firm, .25}}).firms) allowed[v] = loss;
      for (const auto& [v, loss] : exact.of({{firm, .25}}).firms) {
        CAPTURE(some);
        CHECK(loss.both.low >= allowed[v].both.low - 1e-9);
        CHECK(loss.both.low <= allowed[v].both.high + 1e-9);
        CHECK(loss.down.low <= allowed[v].down.high + 1e-9);
        CHECK(loss.up.low <= allowed[v].up.high + 1e-9);
        open += allowed[v].both.high > allowed[v].both.low + 1e-9;
      }
    }
  }
  CHECK(open > 100);
}

}  // namespace tierscope::core
