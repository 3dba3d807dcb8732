// Definitions, section 4: revenue dependence.

#include "ask/dependence/dependence.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tierscope/dependence.hpp>

#include "allocations.hpp"
#include "model/names.hpp"
#include "model_of.hpp"
#include "read_twice.hpp"

namespace tierscope::core {
namespace {

// The public answer, which must outlive the handle on the model.
tierscope::Result<tierscope::Dependence> asked(const std::string& relations, const DependenceOptions& options = {},
                                               const std::string& companies = "") {
  return tierscope::dependence(tierscope::Model(std::make_shared<Model>(model_of(relations, companies))), options);
}

std::string ids(const std::vector<std::string_view>& list) {
  std::string text;
  for (const std::string_view id : list) text += std::string(text.empty() ? "" : " ") + std::string(id);
  return text;
}

template <typename Body>
std::string sources_of(const Body& answer) {
  std::string text;
  for (const auto& source : answer.about.sources) text += std::string(text.empty() ? "" : " ") + std::string(source.id);
  return text;
}

}  // namespace

TEST_CASE("items of one customer are one share") {
  const Model seen =
      active(model_of("from,to,kind,item,revenue_share\n"
                      "a,x,supplies,i,20%\n"
                      "a,x,supplies,j,30%\n"
                      "a,y,supplies,i,10%\n"
                      "a,z,supplies,i,\n"));
  const DependenceResult result = dependence(seen);
  REQUIRE(result.suppliers.size() == 1);
  const SupplierDependence& a = result.suppliers.front();
  CHECK(a.attributed == doctest::Approx(0.6));
  // Σ w² = .25 + .01 = .26; the rest .4 at one unknown customer adds .16.
  CHECK(a.hhi_low == doctest::Approx(2600));
  CHECK(a.hhi_high == doctest::Approx(4200));
  CHECK(seen.id(*a.largest_customer) == "x");
  CHECK(a.major_customers.size() == 2);  // y has exactly 10 %
  const std::vector<RevenueLink> customers = customers_of(*result.links, a.supplier);
  REQUIRE(customers.size() == 3);
  CHECK(!customers.back().share.known);
}

TEST_CASE("an annual amount over the revenue of the same year and currency is a share") {
  const char* const companies = "id,revenue,revenue_period\ns,200M USD,2024\n";
  const auto share = [&](const std::string& row) {
    const Model seen = active(model_of("from,to,kind,value,value_basis,as_of,restates\n" + row + "\n", companies));
    return RevenueLinks(seen).of(find_company(seen, "s")).front().share;
  };
  CHECK(share("s,c,supplies,50M USD,annual,2024-12,").low == 0.25);
  CHECK(!share("s,c,supplies,50M USD,annual,2023,").known);      // another year
  CHECK(!share("s,c,supplies,50M CNY,annual,2024,").known);      // another currency
  CHECK(!share("s,c,supplies,50M USD,contract,2024,").known);    // no annual figure
  CHECK(!share("s,c,supplies,50M USD,annual,,").known);          // no year
  CHECK(!share("s,c,supplies,50M USD,annual,2024,true").known);  // contained in another row
  CHECK(share("s,c,supplies,up to 50M USD,annual,2024,").low == 0);
  CHECK(share("s,c,supplies,up to 50M USD,annual,2024,").high == 0.25);
}

TEST_CASE("from strong to weak: disclosed, reported, not stated, estimated") {
  const Confidence strong_first[] = {Confidence::disclosed, Confidence::reported, Confidence::none,
                                     Confidence::estimated};
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = 0; b < 4; ++b) CHECK(weaker(strong_first[a], strong_first[b]) == strong_first[std::max(a, b)]);
}

TEST_CASE("a link's confidence is the weakest of its figures") {
  const Model seen =
      active(model_of("from,to,kind,item,revenue_share,confidence\n"
                      "a,x,supplies,i,10%,disclosed\na,x,supplies,j,30%,\n"
                      "a,y,supplies,i,10%,disclosed\na,y,supplies,j,9%,reported\na,y,supplies,k,8%,disclosed\n"
                      "a,z,supplies,i,5%,\na,z,supplies,j,0%,estimated\n"
                      "a,u,supplies,i,4%,disclosed\na,u,supplies,j,,estimated\n"  // what has no figure makes none weak
                      "a,v,supplies,i,,disclosed\n"));
  const DependenceResult result = dependence(seen);
  std::string words;
  for (const RevenueLink& link : customers_of(*result.links, find_company(seen, "a")))
    words += std::string(seen.id(link.customer)) + "=" + std::string(to_string(link.share.confidence)) + " ";
  CHECK(words == "x= y=reported z=estimated u=disclosed v= ");
}

TEST_CASE("an aggregate counts in sums but is no customer of its own, and no supplier") {
  const Model seen = active(model_of("from,to,kind,revenue_share\na,various,supplies,60%\na,b,supplies,20%\n",
                                     "id,aggregate\nvarious,true\n"));
  const SupplierDependence a = dependence(seen).suppliers.front();
  CHECK(a.attributed == doctest::Approx(0.8));
  CHECK(seen.id(*a.largest_customer) == "b");
  // b .2² = .04; the aggregate's .6 is part of r = .8: .04 + .64 = .68
  CHECK(a.hhi_low == doctest::Approx(400));
  CHECK(a.hhi_high == doctest::Approx(6800));
  REQUIRE(a.major_customers.size() == 1);
  CHECK(seen.id(a.major_customers.front()) == "b");
}

TEST_CASE("the high bound of an HHI cuts a high share at what the others leave") {
  // b 30 %, c >20 %: c is 20 to 70 %. Low .09 + .04 = 1300; high .09 + .49 + (1 − .5)² = 8300.
  const SupplierDependence a =
      dependence(active(model_of("from,to,kind,revenue_share\na,b,supplies,30%\na,c,supplies,>20%\n"))).suppliers[0];
  CHECK(a.hhi_low == doctest::Approx(1300));
  CHECK(a.hhi_high == doctest::Approx(8300));
}

TEST_CASE("a supplier without any figure is unknown, not zero") {
  const SupplierDependence a = dependence(active(model_of("from,to,kind\na,b,supplies\n"))).suppliers.front();
  CHECK(!a.quantified);
  CHECK(!a.largest_customer);
  CHECK(a.attributed == 0);
  CHECK(a.hhi_low == 0);
  CHECK(a.hhi_high == 10'000);
}

TEST_CASE("shares that are just above 100 % are not said to be 100 %") {
  // 3 · 33.3334 % = 100.0002 %: .0002 are more than the 3 · .00005 that rounding explains.
  const Model seen =
      active(model_of("from,to,kind,revenue_share\na,b,supplies,33.3334%\na,c,supplies,33.3334%\n"
                      "a,d,supplies,33.3334%\n"));
  const RevenueLinks links(seen);
  const Problems& problems = links.contradictions();
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().what ==
        "the customers of 'a' make up 100.0002 % of its revenue: 33.33 % from 'b' (g/relations.csv:2), 33.33 % from "
        "'c' (g/relations.csv:3), 33.33 % from 'd' (g/relations.csv:4)");
}

TEST_CASE("shares above 100 % are unknown, and under a strict view an error that names the rows") {
  const Model graph = model_of("from,to,kind,revenue_share\na,b,supplies,80%\na,c,supplies,60%\nd,b,supplies,30%\n");
  const DependenceResult result = dependence(active(graph));
  REQUIRE(result.suppliers.size() == 2);  // everybody else is answered
  CHECK(result.suppliers[0].attributed == doctest::Approx(0.3));
  CHECK(!result.suppliers[1].quantified);
  ViewParams strict;
  strict.strict = true;
  try {
    dependence(view(graph, strict));
    FAIL("shares of 140 % were taken");
  } catch (const BadData& data) {
    REQUIRE(data.problems.size() == 1);
    CHECK(to_string(data.problems.front()) ==
          "g/relations.csv:3: revenue_share: the customers of 'a' make up 140 % of its revenue: 80 % from 'b' "
          "(g/relations.csv:2), 60 % from 'c' (g/relations.csv:3); shares of one supplier come to 100 % at most; "
          "correct a share, end an old one (until), or mark a part (restates)");
  }
}

TEST_CASE("who contradicts himself is said beside the answer, with the reason at each customer") {
  const auto answer = asked("from,to,kind,revenue_share\na,b,supplies,80%\na,c,supplies,60%\nd,b,supplies,30%\n");
  REQUIRE(answer);
  std::string reasons;
  for (const DependenceRow& row : answer->results)
    for (const CustomerRow& customer : row.customers) reasons += customer.reason + ";";
  CHECK(reasons ==
        ";the supplier's shares contradict each other: they exceed 100 %;the supplier's shares contradict each other: "
        "they exceed 100 %;");
  CHECK(answer->about.notes[1] ==
        "A contradiction, so none of these shares counts: the customers of 'a' make up 140 % of its revenue: 80 % from "
        "'b' (g/relations.csv:2), 60 % from 'c' (g/relations.csv:3).");
}

TEST_CASE("the amount of a customer: as reported, else share and revenue of one year, else unknown") {
  // n: 30 % of 200M are 60M; u reports 35M itself. o: revenue of 2023, share of 2024. e: 10 % of 200M are 20M, and 50M
  // of another item. m: 20M USD and 30M EUR. h: an item with a share of no year.
  const auto answer = asked(
      "from,to,kind,item,revenue_share,value,value_basis,as_of,confidence\nn,t,supplies,,~30%,,,2024,reported\n"
      "n,u,supplies,,20%,35M USD,annual,2024,\no,t,supplies,,30%,,,2024,\ne,t,supplies,x,10%,,,2024,\n"
      "e,t,supplies,y,,50M USD,annual,2024,\nm,t,supplies,x,,20M USD,annual,2024,\n"
      "m,t,supplies,y,,30M EUR,annual,2024,\nh,t,supplies,x,10%,,,,\nh,t,supplies,y,,50M USD,annual,2024,\n"
      "g,t,supplies,,,50M USD,order,2024,\n",
      {},
      "id,revenue,revenue_period\nn,200M USD,2024\no,200M USD,2023\ne,200M USD,2024\nm,200M USD,2024\n"
      "h,200M USD,2024\ng,200M USD,2024\n");
  REQUIRE(answer);
  std::map<std::string, tierscope::Quantity> amounts;
  for (const DependenceRow& row : answer->results)
    for (const CustomerRow& customer : row.customers)
      amounts[std::string(row.supplier.id) + std::string(customer.customer.id)] = customer.amount;
  CHECK(amounts["nt"].low == doctest::Approx(60e6));
  CHECK(amounts["nt"].approximate);
  CHECK(amounts["nt"].confidence == Confidence::reported);
  CHECK(amounts["nu"].high == doctest::Approx(35e6));
  CHECK(!amounts["ot"].known);
  CHECK(amounts["et"].low == doctest::Approx(70e6));
  CHECK(!amounts["mt"].known);
  CHECK(!amounts["ht"].known);
  CHECK(!amounts["gt"].known);
}

TEST_CASE("an answer says all of a supplier: what is known, how well, since when and from whom") {
  // w(x) = .2 + .3 = .5, w(y) = .1: attributed .6; HHI .25 + .01 = .26 to .26 + .4² = .42.
  const auto answer = asked(
      "from,to,kind,item,revenue_share,as_of,confidence,source,status\n"
      "a,x,supplies,i,~20%,2024-06,disclosed,s1,\na,x,supplies,j,30%,2025-03,estimated,s2; s1,\n"
      "a,y,supplies,i,10%,2024-12,reported,s3,\na,z,supplies,i,,2022-12,reported,s4,\na,u,supplies,i,5%,2021,,s5,"
      "planned\n");
  REQUIRE(answer);
  CHECK(answer->about.title == "1 of 1 suppliers have a major customer (10 % of revenue or more)");
  REQUIRE(answer->results.size() == 1);
  const DependenceRow a = *answer->results.begin();
  CHECK(a.supplier.id == "a");
  CHECK(a.attributed == doctest::Approx(0.6));
  CHECK(a.unattributed == doctest::Approx(0.4));
  CHECK(a.hhi.low == doctest::Approx(2600));
  CHECK(a.hhi.high == doctest::Approx(4200));
  CHECK(a.hhi.approximate);
  CHECK(a.hhi.confidence == Confidence::estimated);
  CHECK(a.largest_customer->id == "x");
  REQUIRE(a.major_customers.size() == 2);
  CHECK(a.major_customers[1].id == "y");
  CHECK(to_string(a.oldest) == "2024-06");  // the share of nothing at the end of 2022 is no figure
  CHECK(to_string(a.newest) == "2025-03");
  REQUIRE(a.customers.size() == 3);
  const CustomerRow& x = a.customers[0];
  CHECK(x.customer.id == "x");
  CHECK(x.share.low == 0.5);
  CHECK(x.share.approximate);
  CHECK(x.share.confidence == Confidence::estimated);
  CHECK(x.confidence == Confidence::estimated);
  CHECK(x.major);
  CHECK(to_string(x.as_of) == "2025-03");
  CHECK(ids(x.sources) == "s1 s2");
  CHECK(a.customers[1].share.reported == "10%");
  const CustomerRow& z = a.customers[2];
  CHECK(!z.share.known);
  CHECK(!z.major);
  CHECK(z.confidence == Confidence::reported);
  CHECK(z.relations_without_figure == 1);
  CHECK(ids(z.sources) == "s4");
  CHECK(answer->unquantified_links == 1);
  REQUIRE(answer->not_counted.size() == 1);
  CHECK((*answer->not_counted.begin()).to.id == "u");
  // Every source that a row names is listed; dates are those of the figures.
  CHECK(sources_of(*answer) == "s1 s2 s3 s4 s5");
  CHECK(answer->about.notes ==
        std::vector<std::string>{
            "share: of the supplier's revenue, as it reports, else an annual amount over the revenue of the same year. "
            "attributed: sum of the low shares.",
            "1 link is unquantified, each for the reason beside it.", "Relations not counted: 1 planned.",
            "Figures as of 2024-06 to 2025-03."});
}

TEST_CASE("an answer gives no figure of a supplier without one") {
  const auto answer = asked("from,to,kind\na,b,supplies\n");
  REQUIRE(answer);
  const DependenceRow a = *answer->results.begin();
  CHECK(!a.attributed);
  CHECK(a.unattributed == 1);
  CHECK(!a.hhi.known);
  CHECK(!a.largest_customer);
  CHECK(answer->about.notes[2] == "1 supplier has no quantified customer.");
}

TEST_CASE("one supplier alone, by its name; who is not in the graph is refused") {
  const std::string relations = "from,to,kind,revenue_share\na,x,supplies,20%\nb,x,supplies,30%\n";
  const std::string companies = "id,name\na,Alpha\nb,Beta\n";
  DependenceOptions options;
  options.supplier = "Alpha";
  const auto answer = asked(relations, options, companies);
  REQUIRE(answer);
  CHECK(answer->about.title == "Customers of Alpha");
  REQUIRE(answer->results.size() == 1);
  CHECK((*answer->results.begin()).supplier.name == "Alpha");
  options.supplier = "x";  // who sells nothing
  const auto none = asked(relations, options, companies);
  REQUIRE(none);
  CHECK(none->results.empty());
  CHECK(none->about.title == "No customer of x is recorded");
  options.supplier = "betta";
  const auto wrong = asked(relations, options, companies);
  REQUIRE(!wrong);
  CHECK(to_string(wrong.problems().front()) == "no company 'betta' in the graph; did you mean 'Beta'?");
}

TEST_CASE("the gate closes above the largest share, be it an aggregate's, and says whose it is") {
  const std::string relations = "from,to,kind,revenue_share\na,x,supplies,20%\nb,various,supplies,30%\n";
  DependenceOptions options;
  options.fail_above = 0.3;
  CHECK((*asked(relations, options, "id,aggregate\nvarious,true\n")).about.gate.empty());
  options.fail_above = 0.29;
  CHECK((*asked(relations, options, "id,aggregate\nvarious,true\n")).about.gate ==
        "b earns 30 % of its revenue from various");
}

TEST_CASE("rows of dependence are read by two at once when the handle on the model is gone") {
  std::string relations = "from,to,kind,revenue_share,source,status\n";
  for (int i = 0; i < 30; ++i)
    relations += fmt::format("s{},c{},supplies,{}%,q{},{}\n", i % 7, i, i % 9, i, i % 5 == 0 ? "planned" : "");
  const auto answer = asked(relations);
  REQUIRE(answer);
  CHECK(answer->results.size() == 7);
  CHECK(answer->not_counted.size() == 6);
  check_read_twice(answer->results);
  check_read_twice(answer->not_counted);
}

TEST_CASE(
    "work grows with the rows: n suppliers, one supplier with n customers, one link with n relations and n sources") {
  const auto work = [](int n, const char* supplier, const char* customer) {
    std::string relations = "from,to,kind,item,revenue_share,source,status\n";
    for (int i = 0; i < n; ++i)
      relations += fmt::format("{},{},supplies,i{},0.01%,q{},{}\n", fmt::format(fmt::runtime(supplier), i),
                               fmt::format(fmt::runtime(customer), i), i, i, i % 4 == 0 ? "planned" : "");
    const tierscope::Model model(std::make_shared<Model>(model_of(relations)));
    return static_cast<double>(allocations_of([&] {
      const auto answer = tierscope::dependence(model, {});
      REQUIRE(answer);
      for (const DependenceRow& row : answer->results) CHECK(!row.customers.empty());
      for (const tierscope::RelationRow& row : answer->not_counted) CHECK(row.from.id[0] == 's');
    }));
  };
  CHECK(work(2000, "s", "c{}") <= 4.5 * work(500, "s", "c{}"));
  CHECK(work(2000, "s", "c") <= 4.5 * work(500, "s", "c"));
  CHECK(work(2000, "s{}", "c") <= 4.5 * work(500, "s{}", "c"));
}

}  // namespace tierscope::core
