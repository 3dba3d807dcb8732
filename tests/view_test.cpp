// Definitions, section 3: the as-of view, statuses, consolidation, currencies.

#include "model/view.hpp"

#include <doctest/doctest.h>

#include "ask/shares.hpp"
#include "model_of.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

std::string shares_seen(const Model& model) {
  std::string text;
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    text += (text.empty() ? "" : " ") + std::string(model.text(model.relation(row).revenue_share.reported));
  return text;
}

}  // namespace

TEST_CASE("a relation is live from since to until, if it was observed by then") {
  const Model all = model_of(
      "from,to,kind,item,revenue_share,since,until,as_of\n"
      "a,t,supplies,i,1%,2024,2025-06,\n"
      "a,t,supplies,j,2%,,,2025\n"
      "a,t,supplies,k,3%,2026-01,,\n");
  CHECK(shares_seen(active(all)) == "2%");  // as of the newest as_of, the end of 2025
  CHECK(shares_seen(active(all, "2023-12-31")) == "");
  CHECK(shares_seen(active(all, "2024")) == "1%");           // 2025 begins later
  CHECK(shares_seen(active(all, "2025-01-01")) == "1% 2%");  // the first day of as_of
  CHECK(shares_seen(active(all, "2025-06-30")) == "1% 2%");  // the last day of until
  CHECK(shares_seen(active(all, "2025-07-01")) == "2%");
  CHECK(shares_seen(active(all, "2026")) == "2% 3%");
}

TEST_CASE("the newest live observation of a link counts, a later row breaks a tie, an undated one is the oldest") {
  const Model all = model_of(
      "from,to,kind,item,revenue_share,as_of\n"
      "a,t,supplies,i,1%,\n"
      "a,t,supplies,i,2%,2025-05\n"
      "a,t,supplies,i,3%,2024\n"
      "a,t,supplies,j,4%,2025-12\n"
      "a,t,supplies,j,5%,2025\n");  // ends on the same day
  CHECK(shares_seen(active(all)) == "2% 5%");
  CHECK(shares_seen(active(all, "2024-12-31")) == "3%");
  CHECK(shares_seen(active(all, "2023")) == "1%");
}

TEST_CASE("a newer observation ends a link whatever its status, and is said to be set aside") {
  const Model all = model_of(
      "from,to,kind,item,revenue_share,status,as_of\n"
      "a,t,supplies,i,1%,active,2024\n"
      "a,t,supplies,i,2%,ended,2025\n"  // nobody says when: it was in force to the end of 2025
      "a,t,supplies,j,3%,planned,2025\n");
  CHECK(shares_seen(active(all, "2025-12-31")) == "2%");
  const Model seen = active(all, "2026");
  CHECK(shares_seen(seen) == "");
  REQUIRE(seen.set_aside().size() == 3);
  CHECK(seen.set_aside()[0].reason == Reason::superseded);
  CHECK(seen.set_aside()[1].reason == Reason::status);
  CHECK(seen.set_aside()[2].reason == Reason::status);
}

TEST_CASE("consolidation joins what is controlled, under the ultimate parent's name") {
  // p owns q (100 %) and q owns r (no stake stated); s is held at 50 % only; v at more than 50 %.
  const Model seen = active(model_of("from,to,kind,revenue_share,stake,status\n"
                                     "q,r,owns,,,\n"
                                     "p,q,owns,,100%,\n"
                                     "p,s,owns,,50%,\n"
                                     "p,u,owns,,80%,planned\n"
                                     "p,v,owns,,>50%,\n"
                                     "r,t,supplies,30%,,\n"
                                     "q,p,supplies,10%,,\n"),
                            "", true);
  CHECK(seen.company_count() == 4);  // p with q, r and v; s; u; t
  CHECK(find_company(seen, "r") == find_company(seen, "p"));
  CHECK(find_company(seen, "v") == find_company(seen, "p"));
  CHECK(seen.id(find_company(seen, "q")) == "p");
  CHECK(find_company(seen, "s") != find_company(seen, "p"));
  CHECK(find_company(seen, "u") != find_company(seen, "p"));
  // No member's revenue is known, so the group's share is not known either.
  const RevenueLinks links(seen);
  REQUIRE(links.of(find_company(seen, "p")).size() == 1);
  CHECK(!links.of(find_company(seen, "p")).front().share.known);
}

TEST_CASE("a group's share is weighted by its members' revenue") {
  // p earns 30, q 10: q's 80 % from t are 8 of the group's 40, that is 20 %; p's 10 % are 3 of 40, 7.5 %.
  const Model seen = active(model_of("from,to,kind,revenue_share,supply_share,as_of\n"
                                     "p,q,owns,,,\n"
                                     "q,t,supplies,80%,50%,2024\n"
                                     "p,u,supplies,10%,,2024\n"
                                     "s,q,supplies,5%,60%,2024\n",
                                     "id,revenue,revenue_period\n"
                                     "p,30 USD,2024\nq,10 USD,2024\nt,,\nu,,\ns,,\n"),
                            "", true);
  const RevenueLinks links(seen);
  const auto group = links.of(find_company(seen, "p"));
  REQUIRE(group.size() == 2);
  CHECK(group[0].share.low + group[1].share.low == doctest::Approx(0.2 + 0.075));
  // What s supplies to q is a share of q's purchases, and q is the only member that buys it: of the group's too.
  for (std::size_t row = 0; row < seen.relation_count(); ++row)
    CHECK(seen.relation(row).supply_share.known == (seen.id(seen.relation(row).to) != "u"));
}

TEST_CASE("a group's revenue is summed in the wanted currency where rates lead there") {
  // 1 USD = 7 CNY: p earns 100 USD, s 700 CNY = 100 USD. s's 80 % from t are 40 % of the group's 200 USD.
  const Model all = model_of("from,to,kind,revenue_share,as_of\np,s,owns,,\ns,t,supplies,80%,2024\n",
                             "id,revenue,revenue_period\np,100 USD,2024\ns,700 CNY,2024\nt,,\n",
                             "from,to,rate,date\nUSD,CNY,7,2024\nEUR,USD,1,2024\n");
  ViewParams params;
  params.consolidate = true;
  const auto group = [&](const char* wanted) {
    params.currency = parse_currency(wanted);
    const Model seen = view(all, params);
    const auto share = RevenueLinks(seen).of(find_company(seen, "p")).front().share;
    CHECK(view_notes(seen) ==
          (share ? std::vector<std::string>{"Rate used: 1 USD = 7 CNY (2024)"} : std::vector<std::string>{}));
    return share;
  };
  CHECK(group("USD").low == doctest::Approx(.4));
  CHECK(group("CNY").low == doctest::Approx(.4));  // 560 CNY of 1,400
  CHECK_FALSE(group("JPY").known);                 // no rate leads there
  CHECK_FALSE(group("").known);                    // nobody asked for one currency
}

TEST_CASE("a rumour that is asked for is shown, and joins nobody") {
  const Model all =
      model_of("from,to,kind,stake,status\np,q,owns,100%,rumoured\np,r,owns,100%,ended\np,s,owns,100%,\n");
  ViewParams params;
  params.consolidate = true;
  for (const StatusSet asked : {StatusSet::all(), StatusSet::of(Status::active), StatusSet::of(Status::rumoured)}) {
    params.statuses = asked;
    const Model seen = view(all, params);
    CHECK(seen.company_count() == 3);  // p with s; q; r
    CHECK(find_company(seen, "s") == find_company(seen, "p"));
    CHECK(find_company(seen, "q") != find_company(seen, "p"));
    CHECK(find_company(seen, "r") != find_company(seen, "p"));
  }
}

TEST_CASE("of two ways through a third currency the newer counts, then the first code, whatever the order of rows") {
  // KRW → EUR → USD: .0007 · 1.1 = .00077; KRW → JPY → USD: .1 · .0065 = .00065.
  const auto dollars = [](const std::string& rates) {
    const Model all = model_of("from,to,kind\na,b,invests\n", "", "from,to,rate,date\n" + rates);
    ViewParams params;
    params.currency = parse_currency("USD");
    return in_wanted_currency(view(all, params), exactly(1e6, parse_currency("KRW"))).low;
  };
  const std::string euro = "KRW,EUR,.0007,2024\nEUR,USD,1.1,2024\n";
  const std::string yen = "KRW,JPY,.1,2024\nJPY,USD,.0065,2024\n";
  const std::string newer_yen = "KRW,JPY,.1,2025\nJPY,USD,.0065,2025\n";
  CHECK(dollars(euro + yen) == doctest::Approx(770));
  CHECK(dollars(yen + euro) == doctest::Approx(770));
  CHECK(dollars(euro + newer_yen) == doctest::Approx(650));
  CHECK(dollars(newer_yen + euro) == doctest::Approx(650));
}

TEST_CASE("amounts are converted with the newest stated rate, its inverse, or through a third currency") {
  const Model all = model_of("from,to,kind,value\na,b,invests,100 USD\n", "",
                             "from,to,rate,date\nUSD,CNY,7,2023\nUSD,CNY,8,2025\nEUR,USD,1.25,2024\n");
  ViewParams params;
  params.currency = parse_currency("CNY");
  CHECK(in_wanted_currency(view(all, params), exactly(100, parse_currency("USD"))).low == 800);
  CHECK(in_wanted_currency(view(all, params), exactly(100, parse_currency("EUR"))).low == 1000);  // 100 · 1.25 · 8
  params.as_of = *parse_date("2024");
  CHECK(in_wanted_currency(view(all, params), exactly(100, parse_currency("USD"))).low == 700);
  params.currency = parse_currency("USD");
  CHECK(in_wanted_currency(view(all, params), exactly(700, parse_currency("CNY"))).low == doctest::Approx(100));
  CHECK_THROWS_WITH(in_wanted_currency(view(all, params), exactly(1, parse_currency("JPY"))),
                    "no exchange rate from JPY to USD; add one to rates.csv or give --rate JPY/USD=NUMBER");
  params.currency = {};
  CHECK_THROWS_WITH(
      add_amounts(view(all, params), exactly(1, parse_currency("JPY")), exactly(1, parse_currency("USD"))),
      "JPY and USD amounts meet in one sum; give --currency JPY or --currency USD");
}
