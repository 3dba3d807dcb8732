// Definitions, section 3, Ownership: stakes through chains, control, rings.

#include "ask/owners/owners.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "model_of.hpp"
#include "random_graph.hpp"

namespace tierscope::core {
namespace {

tierscope::Result<tierscope::Owners> asked(const std::string& relations, const std::string& of,
                                           const std::string& holder, const std::string& companies = "") {
  OwnersOptions options;
  options.of = of;
  options.holder = holder;
  return tierscope::owners(tierscope::Model(std::make_shared<Model>(model_of(relations, companies))), options);
}

std::string percent(double share) { return std::to_string(static_cast<int>(std::lround(share * 1e4))); }

/// `h of c 5000..7000 yes via h c`, in hundredths of a percent.
std::string words(const tierscope::Result<tierscope::Owners>& answer) {
  REQUIRE(answer);
  std::string text;
  for (const OwnerRow& row : answer->results) {
    text += std::string(row.holder.id) + " of " + std::string(row.company.id) + " " + percent(row.integrated.low) +
            ".." + percent(row.integrated.high) + " " + std::string(row.control) + " via";
    for (const tierscope::Company& company : row.chain) text += " " + std::string(company.id);
    CHECK(row.links + 1 == row.chain.size());
    text += "\n";
  }
  return text;
}

const std::string group =
    "from,to,kind,stake\np,h,owns,60%\nq,h,owns,40%\nh,c,owns,>50%\np,c,owns,10%\nf,c,owns,20%\nc,d,owns,\n"
    "x,e,owns,\ny,e,owns,30%\nc,e,owns,30%\nd,e,owns,25%\n";
const std::string float_companies = "id,name,aggregate\nf,free float,true\n";

}  // namespace

TEST_CASE("integrated stakes are products along chains, as intervals, and control is majorities and sums") {
  // h has 50 to 70 % of c: p's 10 % and the free float's 20 % leave no more. p: .1 + .6 · [.5, .7] = [.4, .52].
  CHECK(words(asked(group, "c", "", float_companies)) ==
        "h of c 5000..7000 yes via h c\n"
        "p of c 4000..5200 yes via p c\n"
        "q of c 2000..2800 no via q h c\n"
        "f of c 2000..2000 no via f c\n");
  // c is d's only owner of whom nobody says how much: it controls d, and with d's 25 % has 55 % of e. In e it has
  // .3 + [0, 1] · .25; x has what the others leave, 0 to 15 %. p: [.4, .52] · [.3, .55] = [.12, .286].
  CHECK(words(asked(group, "e", "", float_companies)) ==
        "c of e 3000..5500 yes via c e\n"
        "y of e 3000..3000 no via y e\n"
        "d of e 2500..2500 no via d e\n"
        "h of e 1500..3850 yes via h c e\n"
        "p of e 1200..2860 yes via p c e\n"
        "q of e 600..1540 no via q h c e\n"
        "f of e 600..1100 no via f c e\n"
        "x of e 0..1500 no via x e\n");
  CHECK(words(asked(group, "", "p", float_companies)) ==
        "p of h 6000..6000 yes via p h\n"
        "p of c 4000..5200 yes via p c\n"
        "p of e 1200..2860 yes via p c e\n"
        "p of d 0..5200 yes via p c d\n");
  const auto answer = asked(group, "c", "", float_companies);
  CHECK(answer->about.title == "c is controlled by p; the largest of 4 recorded holders, h, holds at least 50 %");
}

TEST_CASE("in a ring of owners a unit is followed until it comes to the holder") {
  // From a: x at once .3, or round by b and back .5 · .5 = .25: .3 / (1 - .25) = .4. y: .5 · .2 / .75 = .1333.
  const std::string ring = "from,to,kind,stake\na,b,owns,50%\nb,a,owns,50%\nx,a,owns,30%\ny,b,owns,20%\n";
  const auto answer = asked(ring, "a", "");
  CHECK(words(answer) ==
        "b of a 5000..6667 no via b a\n"
        "x of a 4000..4000 no via x a\n"
        "y of a 1333..1333 no via y b a\n");
  CHECK(words(asked(ring, "", "x")) == "x of a 4000..4000 no via x a\nx of b 2000..2000 no via x a b\n");
}

TEST_CASE("half is no majority, more than half is, and what nobody states may be one") {
  CHECK(words(asked("from,to,kind,stake\na,c,owns,50%\nb,c,owns,\n", "c", "")) ==
        "a of c 5000..5000 no via a c\nb of c 0..5000 no via b c\n");
  CHECK(words(asked("from,to,kind,stake\na,c,owns,>50%\nb,c,owns,\n", "c", "")) ==
        "a of c 5000..10000 yes via a c\nb of c 0..5000 no via b c\n");
  CHECK(words(asked("from,to,kind,stake\na,c,owns,\nb,c,owns,10%\n", "c", "")) ==
        "b of c 1000..1000 no via b c\na of c 0..9000 possible via a c\n");
}

TEST_CASE("owners who hold more than all are unknown, and a warning says so") {
  const auto answer = asked("from,to,kind,stake\na,c,owns,70%\nb,c,owns,60%\nc,d,owns,80%\n", "d", "");
  CHECK(words(answer) ==
        "c of d 8000..8000 yes via c d\na of d 0..5600 possible via a c d\nb of d 0..4800 possible via b c d\n");
  CHECK(tierscope::to_string(answer.problems().front()) ==
        "warning: stake: the owners of c hold 130 %: who holds how much is taken as unknown; tierscope check names the "
        "rows");
  // Half a unit of the last digit of each may be rounding: 100.1 % is 1.
  CHECK(words(asked("from,to,kind,stake\na,c,owns,33.4%\nb,c,owns,33.4%\nd,c,owns,33.3%\n", "c", "")) ==
        "a of c 3337..3337 no via a c\nb of c 3337..3337 no via b c\nd of c 3327..3327 no via d c\n");
}

TEST_CASE("what owners cannot be asked") {
  const std::string text = "say whose owners are asked for, --of COMPANY, or whose holdings, --holder COMPANY";
  CHECK(tierscope::to_string(asked(group, "", "").problems().front()) == text);
  CHECK(tierscope::to_string(asked(group, "c", "p").problems().front()) == text);
  CHECK(tierscope::to_string(asked(group, "nobody", "").problems().front()) == "no company 'nobody' in the graph");
  const auto unowned = asked(group, "p", "");
  CHECK(unowned->about.title == "No owner of p is recorded");
  const auto empty = asked(group, "", "e");
  CHECK(empty->about.title == "No holding of e is recorded");
}

TEST_CASE("stakes agree with following a unit step by step, and control with its definition, on random networks") {
  Dice dice(9);
  std::size_t rings = 0;
  for (int i = 0; i < 150; ++i) {
    const std::size_t count = 3 + dice.below(8);
    std::map<std::pair<std::size_t, std::size_t>, double> stakes;  // holder, company
    std::vector<double> left(count, 1);
    for (std::size_t k = 2 * count; k > 0; --k) {
      std::size_t holder = dice.below(count);
      std::size_t company = dice.below(count);
      if (i % 2 == 0 && holder > company) std::swap(holder, company);  // without rings
      const double stake = static_cast<double>(1 + dice.below(60)) / 100;
      if (holder == company || stakes.contains({holder, company}) || stake > left[company]) continue;
      left[company] -= stake;
      stakes[{holder, company}] = stake;
    }
    std::string relations = "from,to,kind,stake\n";
    for (const auto& [pair, stake] : stakes)
      relations += "c" + std::to_string(pair.first) + ",c" + std::to_string(pair.second) + ",owns," +
                   std::to_string(std::lround(stake * 100)) + "%\n";
    if (stakes.empty()) continue;
    const Model model = active(model_of(relations));
    const Stakes found(model);
    const auto number = [&](CompanyIndex v) { return std::stoul(std::string(model.id(v)).substr(1)); };
    // The chance to come from each to the holder.
    const auto followed = [&](std::size_t holder) {
      std::vector<double> x(count, 0);
      for (int sweep = 0; sweep < 300; ++sweep)
        for (std::size_t v = 0; v < count; ++v) {
          if (v == holder) continue;
          x[v] = 0;
          for (std::size_t owner = 0; owner < count; ++owner)
            if (stakes.contains({owner, v})) x[v] += stakes[{owner, v}] * (owner == holder ? 1 : x[owner]);
        }
      return x;
    };
    const auto controlled = [&](std::size_t holder) {
      std::set<std::size_t> set{holder};
      for (std::size_t before = 0; before != set.size();) {
        before = set.size();
        for (std::size_t v = 0; v < count; ++v) {
          long sum = 0;
          for (const std::size_t owner : set)
            if (stakes.contains({owner, v})) sum += std::lround(stakes[{owner, v}] * 100);
          if (sum > 50) set.insert(v);
        }
      }
      return set;
    };
    CAPTURE(relations);
    for (CompanyIndex v = 0; v < model.company_count(); ++v) {
      for (const Holding& row : found.owners_of(v)) {
        CHECK(row.low == doctest::Approx(followed(number(row.holder))[number(v)]).epsilon(1e-9));
        CHECK(row.high >= row.low);
        rings += row.high > row.low + 1e-9;
        CHECK((row.control == Control::yes) == controlled(number(row.holder)).contains(number(v)));
      }
      const std::vector<double> x = followed(number(v));
      std::size_t held = 0;
      for (const double share : x) held += share > 0;
      const std::vector<Holding> rows = found.held_by(v);
      CHECK(rows.size() == held);
      for (const Holding& row : rows) {
        CHECK(row.low == doctest::Approx(x[number(row.company)]).epsilon(1e-9));
        CHECK((row.control == Control::yes) == controlled(number(v)).contains(number(row.company)));
      }
    }
  }
  CHECK(rings > 0);
}

// What is not stated is drawn: every completion lies within the bounds.
TEST_CASE("every completion of stakes that are not stated lies within the interval") {
  Dice dice(10);
  for (int i = 0; i < 100; ++i) {
    std::string open = "from,to,kind,stake\n";
    std::string full = open;
    const std::size_t count = 3 + dice.below(6);
    for (std::size_t company = 1; company < count; ++company) {
      int left = 100;
      for (std::size_t holder = 0; holder < company; ++holder) {
        if (dice.percent(50)) continue;
        const int stake = static_cast<int>(dice.below(static_cast<std::size_t>(left) + 1));
        left -= stake;
        const std::string row = "c" + std::to_string(holder) + ",c" + std::to_string(company) + ",owns,";
        full += row + std::to_string(stake) + "%\n";
        open += row + (dice.percent(50) ? "" : std::to_string(stake) + "%") + "\n";
      }
    }
    if (open == "from,to,kind,stake\n") continue;
    const Model wide = active(model_of(open));
    const Model exact = active(model_of(full));
    const Stakes bounds(wide);
    const Stakes known(exact);
    for (CompanyIndex v = 0; v < wide.company_count(); ++v) {
      const std::vector<Holding> rows = known.owners_of(v);
      for (const Holding& row : bounds.owners_of(v)) {
        const auto same =
            std::find_if(rows.begin(), rows.end(), [&](const Holding& other) { return other.holder == row.holder; });
        REQUIRE(same != rows.end());
        CHECK(row.low <= same->low + 1e-12);
        CHECK(row.high >= same->low - 1e-12);
        if (row.control == Control::no) CHECK(same->control == Control::no);
      }
    }
  }
}

}  // namespace tierscope::core
