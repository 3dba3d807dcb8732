// The rules of `check`: what each finds, word for word, what it leaves alone, and what it costs where one pair of
// companies has most rows.

#include <doctest/doctest.h>

#include <tierscope/check.hpp>

#include "allocations.hpp"
#include "ask/check/check_rules.hpp"
#include "model_of.hpp"
#include "read_twice.hpp"

using namespace tierscope::core;
using tierscope::Problem;
using tierscope::Problems;

namespace {

std::string found(Rule rule, const Model& model) {
  Problems problems;
  rule(Inspected(model), problems);
  std::string text;
  for (const Problem& problem : problems) text += to_string(problem) + "\n";
  return text;
}

/// How often the rule looks at a relation.
std::uint64_t looks(Rule rule, const Model& model) {
  const Inspected inspected(model);
  Problems problems;
  rule(inspected, problems);
  return inspected.steps();
}

tierscope::Result<tierscope::Check> checked(const std::string& relations, const tierscope::CheckOptions& options = {}) {
  return tierscope::check(tierscope::Model(std::make_shared<Model>(model_of(relations))), options);
}

std::string row(const std::string& pair, std::size_t item, const std::string& rest) {
  return "a" + pair + ",b,supplies,i" + std::to_string(item) + "," + rest + "\n";
}

}  // namespace

TEST_CASE("a total beside its parts is found, each with the first parts that make it up") {
  // 60 = 10 + 20 + 30 and 30 = 10 + 20 of lines 2 to 5; 45 of line 6 is no sum; 60 CNY is another currency.
  const Model seen =
      active(model_of("from,to,kind,item,value\na,b,supplies,i,10 USD\na,b,supplies,j,20 USD\na,b,supplies,k,30 USD\n"
                      "a,b,supplies,l,60 USD\na,b,supplies,m,45 USD\na,b,supplies,n,60 CNY\n"));
  CHECK(found(find_parts_with_total, seen) ==
        "g/relations.csv:4: warning: value: '30 USD' is the sum of g/relations.csv:2, g/relations.csv:3: a total "
        "counted beside its parts?; if it is, mark the total or its parts restates=true\n"
        "g/relations.csv:5: warning: value: '60 USD' is the sum of g/relations.csv:2, g/relations.csv:3, "
        "g/relations.csv:4: a total counted beside its parts?; if it is, mark the total or its parts restates=true\n");
}

TEST_CASE("a total is looked for without a word being written, and what was not found costs no memory") {
  const auto cost = [](std::size_t pairs) {
    std::string rows = "from,to,kind,item,value\n";
    for (std::size_t pair = 0; pair < pairs; ++pair)  // 1001, 1003, 1007 …: no two of 1,000 or more make a third
      for (std::size_t i = 0; i < 12; ++i)
        rows += row(std::to_string(pair), i, std::to_string(1001 + i * (i + 1)) + " USD");
    const Model seen = active(model_of(rows));
    return allocations_of([&] { CHECK(found(find_parts_with_total, seen) == ""); });
  };
  const std::size_t one = cost(10);
  CHECK(cost(20) - one < 10 * 20);  // some vectors a pair, no text
}

TEST_CASE("no rule compares each row of one pair of companies with each other") {
  const auto model = [](std::size_t count) {
    std::string rows = "from,to,kind,item,value,supply_share,revenue_share,as_of\n";
    for (std::size_t i = 0; i < count; ++i)
      rows += row("", i / 2, std::to_string(1 + i % 7) + " USD,0.01%,0.01%," + std::to_string(2020 + i % 2));
    return active(model_of(rows));
  };
  const auto deals = [](std::size_t count) {
    std::string rows = "from,to,kind,value,since,until\n";
    for (std::size_t i = 0; i < count; ++i)
      rows += "a,b,lends," + std::to_string(1 + i % 7) + " USD," + std::to_string(1900 + i % 120) + ",2200\n";
    return active(model_of(rows));
  };
  // Four times the rows are 4 times the looks, and sorted 4 · log 2000 / log 500 = 4.9 times; each with each, 16.
  for (const Rule rule :
       {find_contradictions, find_duplicates, find_replaced_contracts, find_unmarked_parts, find_missing_sources,
        find_ended_without_until, find_self_relations, find_misplaced, find_inexact_notes, find_contradicting_shares,
        find_contradicting_owners, find_stale_shares, find_short_periods, find_sole_claims, find_parts_with_total})
    CHECK(looks(rule, model(2'000)) < 6 * looks(rule, model(500)));
  for (const Rule rule : {find_undated_deals, find_deals_twice})
    CHECK(looks(rule, deals(2'000)) < 6 * looks(rule, deals(500)));
}

TEST_CASE("figures of one link and date contradict each other, those of another day, basis or standing do not") {
  CHECK(found(find_contradictions, model_of("from,to,kind,value,value_basis,revenue_share,status,since,as_of\n"
                                            "a,b,supplies,,,10%,,,2024\n"
                                            "a,b,supplies,,,20%,,,2024\n"           // contradicts
                                            "a,b,supplies,,,30%,,,2025\n"           // of another date
                                            "a,b,supplies,,,40%,announced,,2024\n"  // what is to come
                                            "a,b,supplies,5 USD,annual,,,,2024\n"   // two figures
                                            "a,b,supplies,6 USD,plan,,,,2024\n"
                                            "a,b,invests,1 USD,,,,2023,2024\n"  // two deals
                                            "a,b,invests,2 USD,,,,2024,2024\n")) ==
        "g/relations.csv:3: warning: revenue_share: '20%' contradicts '10%' at g/relations.csv:2 for the same link and "
        "date; the later row counts; keep one, or tell them apart by item or as_of\n");
}

TEST_CASE("amounts of one pair within a month may be one; a circular deal is no duplicate") {
  CHECK(found(find_duplicates, model_of("from,to,kind,item,value,as_of,deal\n"
                                        "a,b,invests,x,5 USD,2024-01-31,\n"
                                        "a,b,invests,y,5 USD,2024-03-02,\n"   // 31 days later (29 of February)
                                        "a,b,invests,z,5 USD,2024-04-03,\n"   // 32 days later
                                        "b,a,supplies,x,5 USD,2024-01-31,\n"  // bought with it
                                        "c,d,lends,x,7 USD,2024,one\n"
                                        "c,d,lends,y,7 USD,2024,two\n"  // told apart
                                        "e,f,lends,x,9 USD,2024,\n"
                                        "f,e,invests,x,9 USD,2024,\n"  // from the other side
                                        "g,h,supplies,x,,2024,\n"
                                        "g,h,supplies,x,,2024,\n")) ==
        "g/relations.csv:3: warning: value: a invests b: '5 USD' stands at g/relations.csv:2 too, of another item: one "
        "amount entered twice?; if it is one, delete one of them or mark the contained one restates=true\n"
        "g/relations.csv:11: warning: g supplies h: the same relation as at g/relations.csv:10; delete one of them\n"
        "g/relations.csv:9: warning: value: '9 USD' between the same two companies stands at g/relations.csv:8 as 'e "
        "lends f': one instrument entered twice?; if it is one, mark the second restates=true\n");
}

TEST_CASE("contracts without since replace each other; with since they add up") {
  CHECK(found(find_replaced_contracts, model_of("from,to,kind,item,value,value_basis,since,as_of\n"
                                                "a,b,supplies,x,10 USD,contract,,2024\n"
                                                "a,b,supplies,x,20 USD,contract,,2023\n"
                                                "a,b,supplies,y,10 USD,contract,2023,2024\n"
                                                "a,b,supplies,y,20 USD,contract,2022,2023\n"
                                                "a,b,supplies,z,10 USD,contract,,2024\n"
                                                "a,b,supplies,z,10 USD,contract,,2025\n")) ==
        "g/relations.csv:2: warning: since: a supplies b: '10 USD' replaces '20 USD' (g/relations.csv:3), as contracts "
        "without since do; if both hold, give each its since or deal\n");
}

TEST_CASE("what a row says by itself") {
  const Model data = model_of(
      "from,to,kind,category,item,value,revenue_share,supply_share,stake,status,until,as_of,claim,source,note\n"
      "a,b,supplies,x,,,,,,ended,,2024-06,,s,\n"
      "a,c,supplies,x,,,,,,ended,,,,s,\n"
      "a,d,supplies,x,,,,,,ended,2024,2024,,s,\n"
      "a,a,supplies,x,,,,,,,,2024,,,\n"
      "a,b,lends,,其中 u,,5%,,6%,,,2024,sole,s,\n"
      "a,e,supplies,x,,,,,7%,,,2024,,s,\n");
  CHECK(
      found(find_ended_without_until, data) ==
      "g/relations.csv:2: warning: until: a supplies b has ended, nobody says when: it counts as active up to the end "
      "of 2024-06; give the last day (until)\n"
      "g/relations.csv:3: warning: until: a supplies c has ended, nobody says when: it counts at no date; give the "
      "last day (until)\n");
  CHECK(found(find_self_relations, data) ==
        "g/relations.csv:5: warning: to: 'a' supplies itself: no answer counts it; name the other company, or delete "
        "the row\n");
  CHECK(found(find_missing_sources, data) ==
        "g/relations.csv:5: warning: source: a supplies a has no source; name where it was read\n");
  CHECK(found(find_unmarked_parts, data) ==
        "g/relations.csv:6: warning: item: '其中 u' is a part of another row, but is summed with it; mark it "
        "restates=true\n");
  CHECK(found(find_misplaced, data) ==
        "g/relations.csv:6: warning: revenue_share: has no meaning for 'lends'; it belongs to 'supplies'\n"
        "g/relations.csv:6: warning: claim: has no meaning for 'lends'; it belongs to 'supplies'\n"
        "g/relations.csv:6: warning: stake: has no meaning for 'lends'; it belongs to 'owns', 'invests' and 'grants'\n"
        "g/relations.csv:7: warning: stake: has no meaning for 'supplies'; it belongs to 'owns', 'invests' and "
        "'grants'\n");
  CHECK(found(find_no_category, data) == "");
  CHECK(found(find_no_category, model_of("from,to,kind,item\na,b,owns,\na,b,supplies,x\na,c,supplies,\n")) ==
        "g/relations.csv:3: warning: category: no purchase has a category: each item is taken as a market of its own, "
        "and what has no item as none; give what is bought a category, the same for all who sell it\n");
}

TEST_CASE("a note that calls the row's own figure inexact") {
  CHECK(
      found(find_inexact_notes, model_of("from,to,kind,value,revenue_share,note\n"
                                         "a,b,supplies,5000 USD,,\"About $5,000 in all\"\n"
                                         "a,c,supplies,,80%,nearly 80 percent\n"
                                         "a,d,supplies,,0.8,约80%\n"
                                         "a,e,supplies,,~80%,about 80 percent\n"          // said
                                         "a,f,supplies,,<=10%,about 10 percent\n"         // no exact figure
                                         "a,g,supplies,,86%,one paper prints about 80\n"  // of another figure
                                         "a,i,supplies,10B USD,,about 10 percent of it over about 10 years\n"
                                         "a,h,supplies,,30%,talks about AI; 30 roundabout 30\n")) ==
      "g/relations.csv:2: warning: value: '5000 USD' is read as exact, but the note says 'about $5,000'; if the note "
      "speaks of this figure, write ~5000 USD\n"
      "g/relations.csv:3: warning: revenue_share: '80%' is read as exact, but the note says 'nearly 80'; if the note "
      "speaks of this figure, write ~80%\n"
      "g/relations.csv:4: warning: revenue_share: '0.8' is read as exact, but the note says '约80'; if the note speaks "
      "of this figure, write ~0.8\n");
}

TEST_CASE("names that are one but for spelling; what tells companies apart is no slip") {
  const auto spellings = [](const std::string& companies) {
    return found(find_spellings, model_of("from,to,kind\n", companies));
  };
  CHECK(spellings("id,name\nCATL,\nCatl,\n") ==
        "g/companies.csv:3: warning: id, name: 'Catl' (company 'Catl') differs from 'CATL' (company 'CATL', "
        "g/companies.csv:2) only in spelling; if they are one company, use one id\n");
  CHECK(
      spellings("id,name\na,Bolt Inc\nb,Bolt Inc\n") ==
      "g/companies.csv:3: warning: name: 'Bolt Inc' is the name of 'b' and of 'a', g/companies.csv:2; if they are one "
      "company, use one id\n");
  CHECK(spellings("id,name\na,Microsoft Corporation\nb,Micrsoft\n") ==
        "g/companies.csv:3: warning: id, name: 'Micrsoft' (company 'b') differs from 'Microsoft Corporation' (company "
        "'a', g/companies.csv:2) only in spelling; if they are one company, use one id\n");
  for (const char* const siblings :
       {"f1,Harbour Fund I\nf2,Harbour Fund II\nf3,Harbour Fund III\n",  // numbered
        "f1,Harbour Fund 1\nf2,Harbour Fund 11\n", "a,Alpha Holdings A\nb,Alpha Holdings B\n",
        "a,Customer A\nb,customer-a\n",  // two reporters' labels
        "p1,Part X-11\np2,Part X1-1\n",  // part numbers
        "a,AMetalworks\nb,BMetalworks\n", "a,companya\nb,companyb\n",
        "a,华虹半导体集团\nb,华润半导体集团\n",  // another character is another name
        "a,Others\nb,others\n"})                 // nobody in particular
    CHECK_MESSAGE(spellings(std::string("id,name\n") + siblings) == "", siblings);
  CHECK(spellings("id,name,ticker\na,Delta Electronics,2308\nb,Delta Electronics,DELTA\n") == "");
  CHECK(spellings("id,name,lei\na,Delta,254900AAAAAAAAAAAA01\nb,DELTA,254900AAAAAAAAAAAA02\n") == "");
}

TEST_CASE("shares of one total above one are errors that name rows and date, with aggregates") {
  const Model seen =
      active(model_of("from,to,kind,category,revenue_share,supply_share,as_of\n"
                      "a,b,supplies,,60%,,2024\n"  // 60 + 50 = 110 %
                      "a,c,supplies,,50%,,2024\n"
                      "d,e,supplies,chips,,70%,2024\n"  // 70 + 32 = 102 %, of which rounding allows one point
                      "Others,e,supplies,chips,,32%,2024\n"
                      "d,f,supplies,chips,,70%,2024\n"  // 70 + 31 = 101 %: rounding
                      "g,f,supplies,chips,,31%,2024\n"
                      "d,h,supplies,chips,,70%,2021\n"  // of other years: not summed
                      "g,h,supplies,chips,,60%,2024\n"));
  CHECK(
      found(find_contradicting_shares, seen) ==
      "g/relations.csv:3: revenue_share: the customers of 'a' make up 110 % of its revenue as of 2024-12-31: 60 % from "
      "'b' (g/relations.csv:2), 50 % from 'c' (g/relations.csv:3); shares of one supplier come to 100 % at most; "
      "correct a share, end an old one (until), or mark a part (restates)\n"
      "g/relations.csv:5: supply_share: the suppliers of 'chips' to 'e' make up 102 % of it as of 2024-12-31: 70 % "
      "from 'd' (g/relations.csv:4), 32 % from 'Others' (g/relations.csv:5); shares of one purchase come to 100 % at "
      "most; correct a share, end an old one (until), or mark a part (restates)\n");
  CHECK(
      found(find_stale_shares, seen) ==
      "g/relations.csv:8: warning: supply_share: the suppliers of 'chips' to 'h': 70 % from 'd' (g/relations.csv:8) is "
      "of 2021, the newest of 2024 (g/relations.csv:9): it is listed beside, not summed; look for a newer figure, or "
      "end the old one (until)\n");
}

TEST_CASE("a sum just above 100 % is not said to be 100 %") {
  // 2 · 50.00001 % = 100.00002 %, of which rounding allows 2 · 0.000005 % = 0.00001 %.
  CHECK(
      found(find_contradicting_shares,
            active(model_of("from,to,kind,item,supply_share\na,t,supplies,x,50.00001%\nb,t,supplies,x,50.00001%\n"))) ==
      "g/relations.csv:3: supply_share: the suppliers of 'x' to 't' make up 100.00002 % of it: 50 % from 'a' "
      "(g/relations.csv:2), 50 % from 'b' (g/relations.csv:3); shares of one purchase come to 100 % at most; correct a "
      "share, end an old one (until), or mark a part (restates)\n");
}

TEST_CASE("a share of some months beside a year's") {
  // 1 January to 31 May 2025 are 151 days; to 27 October 300.
  CHECK(
      found(find_short_periods, active(model_of("from,to,kind,revenue_share,since,as_of\n"
                                                "a,b,supplies,20%,2025-01,2025-05\n"
                                                "a,c,supplies,10%,,2025\n"
                                                "a,d,supplies,10%,2025-01-01,2025-10-27\n"
                                                "e,b,supplies,20%,2025-01,2025-05\n"
                                                "e,c,supplies,20%,,2025-05\n"))) ==
      "g/relations.csv:2: warning: revenue_share: the customers of 'a': 20 % from 'b' (g/relations.csv:2) is of 151 "
      "days, beside a year's 10 % from 'd' (g/relations.csv:4); shares of different totals are summed; give the share "
      "of the year where one is known\n");
}

TEST_CASE("a sole supplier beside another") {
  CHECK(found(find_sole_claims, active(model_of("from,to,kind,category,status,claim\n"
                                                "a,t,supplies,x,,sole\n"
                                                "b,t,supplies,x,,\n"
                                                "a,t,supplies,y,,sole\n"
                                                "b,t,supplies,y,testing,\n"      // does not sell yet
                                                "Others,t,supplies,y,,\n"))) ==  // no supplier
        "g/relations.csv:2: warning: claim: 'a' is called the sole supplier of 'x' to 't', and 'b' sells it too "
        "(g/relations.csv:3); end what is over (until), or tell the two purchases apart by category\n");
}

TEST_CASE("owners above one, two majorities and rings of control are errors") {
  // b: 60 + 55 = 115 %, both majorities. d: 50.5 + 50 is rounding, and 50 % is no majority. e and f hold each other's
  // majority; g and h minorities; i says nothing of j, who has another majority owner.
  CHECK(
      found(find_contradicting_owners, active(model_of("from,to,kind,stake,status\n"
                                                       "a,b,owns,60%,\nc,b,owns,55%,\n"
                                                       "a,d,owns,50.5%,\nc,d,owns,50%,\n"
                                                       "e,f,owns,60%,\nf,e,owns,,\n"
                                                       "g,h,owns,20%,\nh,g,owns,10%,\n"
                                                       "j,i,owns,60%,\ni,j,owns,,\nk,j,owns,70%,\n"
                                                       "l,m,owns,60%,\nn,m,owns,60%,announced\n"))) ==
      "g/relations.csv:3: stake: the owners of 'b' hold 115 % of it: 60 % from 'a' (g/relations.csv:2), 55 % from 'c' "
      "(g/relations.csv:3); stakes in one company come to 100 % at most; correct one, or end an old one (until)\n"
      "g/relations.csv:3: stake: 'b' has 2 majority owners: 60 % from 'a' (g/relations.csv:2), 55 % from 'c' "
      "(g/relations.csv:3); one company has one majority owner; correct a stake, or end an old one (until)\n"
      "g/relations.csv:7: to: the majority owners own each other: 'e' of 'f' (g/relations.csv:6), 'f' of 'e' "
      "(g/relations.csv:7); nobody controls the company that controls it; correct a stake, or end an old one "
      "(until)\n");
}

TEST_CASE("deals that may be one, and those that are summed") {
  const Model seen =
      active(model_of("from,to,kind,item,value,status,since,until,as_of,deal\n"
                      "a,b,lends,x,5 USD,,,,2023,\n"  // undated: 1 to 2 deals
                      "a,b,lends,x,7 USD,,,,2024,\n"
                      "a,c,lends,x,5 USD,announced,2024-01-10,,2024,\n"  // announced, and made 11 months
                      "a,c,lends,x,9 USD,,2024-12-10,,2024,\n"           // later
                      "a,d,lends,x,5 USD,,2024-01-31,,2024,\n"           // the same amount, 31 days later
                      "a,d,lends,x,5 USD,,2024-03-02,,2024,\n"
                      "a,e,lends,x,5 USD,,2020,2030,2024,\n"  // the one within the other
                      "a,e,lends,x,6 USD,,2022,2025,2024,\n"
                      "a,f,lends,x,5 USD,,2024-01-01,,2024,p\n"  // somebody said that they are two
                      "a,f,lends,x,5 USD,,2024-01-02,,2024,q\n"
                      "a,g,lends,x,5 USD,announced,2022-01-10,,2024,\n"  // two years
                      "a,g,lends,x,9 USD,,2024-01-10,,2024,\n"
                      "a,h,lends,x,5 USD,rumoured,2024-01-10,,2024,\n"  // not summed, as what has ended
                      "a,h,lends,x,9 USD,ended,2024-01-20,2024-02,2024,\n"
                      "a,h,lends,x,5 USD,,2024-01-30,,2025,\n"));
  CHECK(
      found(find_undated_deals, seen) ==
      "g/relations.csv:3: warning: since: a lends b: '5 USD' (g/relations.csv:2), '7 USD' (g/relations.csv:3) are 1 to "
      "2 deals: nobody said; give each the day it was made (since), or its name (deal)\n");
  const std::string remedy = "; if it is one, give both rows the same deal; if not, each one of its own\n";
  CHECK(
      found(find_deals_twice, seen) ==
      "g/relations.csv:5: warning: since: a lends c: '9 USD' is summed with '5 USD' (g/relations.csv:4), announced on "
      "2024-01-10 and in force from 2024-12-10: the same deal twice?" +
          remedy +
          "g/relations.csv:7: warning: since: a lends d: '5 USD' is summed with '5 USD' (g/relations.csv:6), the same "
          "amount on 2024-01-31 and 2024-03-02: the same deal twice?" +
          remedy +
          "g/relations.csv:9: warning: since: a lends e: '6 USD' is summed with '5 USD' (g/relations.csv:8), whose "
          "period "
          "2020 to 2030 contains its 2022 to 2025: the same deal twice?" +
          remedy);
  CHECK(separate_deals(Inspected(seen)) == 10);  // two each of c, d, e, f and g
}

TEST_CASE("an answer: errors first, a line a kind for people, every finding with its place and remedy for machines") {
  const auto answer = checked(
      "from,to,kind,category,value,revenue_share,stake,since,as_of,revenu_share,source\n"
      "a,b,supplies,x,,60%,,,2024,,s\n"
      "a,c,supplies,x,,50%,,,2024,,s\n"
      "a,a,supplies,x,,,,,2023,,\n"
      "a,d,supplies,x,,,,,2023,9%,\n"
      "a,d,lends,,1 USD,,,2020,2023,,s\n"
      "a,d,lends,,2 USD,,,2021,2023,,s\n");
  REQUIRE(answer);
  std::string kinds;
  for (const auto& kind : answer->kinds)
    kinds += std::string(kind.severity) + " " + std::string(kind.kind) + " " + std::to_string(kind.count) + " " +
             kind.first + "\n";
  CHECK(kinds ==
        "error contradicting-shares 1 g/relations.csv:3\n"
        "warning misspelt-column 1 g/relations.csv:1\n"
        "warning unknown-company 1 g/relations.csv:2\n"
        "warning unknown-source 1 g/relations.csv:2\n"
        "warning no-source 2 g/relations.csv:4\n"
        "warning self-relation 1 g/relations.csv:4\n");
  CHECK(answer->errors == 1);
  CHECK(answer->warnings == 6);
  CHECK(answer->relations == 6);
  CHECK(answer->separate_deals == 2);
  CHECK(answer->about.title == "1 error, 6 warnings: 4 companies, 6 relations, 0 sources");
  CHECK(answer->about.gate == "1 error, 6 warnings");
  CHECK(
      answer->about.notes ==
      std::vector<std::string>{"2 deals are summed with others of the same link, as they are of different days or bear "
                               "different names (deal)."});
  const auto first = *answer->results.begin();
  CHECK(first.severity == "error");
  CHECK(first.place == "g/relations.csv:3");
  CHECK(first.file == "g/relations.csv");
  CHECK(first.line == 3);
  CHECK(first.attribute == "revenue_share");
  for (const auto& finding : answer->results) {
    CHECK(finding.kind != "");
    CHECK(finding.what != "");
    CHECK(finding.remedy != "");
  }
  check_read_twice(answer->results);
  check_read_twice(answer->kinds);
}

TEST_CASE("warnings close the gate where they are asked to, errors always; strict and consolidation change nothing") {
  const std::string warned = "from,to,kind,category\na,b,supplies,x\n";
  CHECK((*checked(warned)).about.gate == "");
  tierscope::CheckOptions options;
  options.fail_on_warning = true;
  CHECK((*checked(warned, options)).about.gate == "2 warnings");
  options = {};
  options.view.strict = options.view.consolidate = true;
  const auto strict =
      checked("from,to,kind,revenue_share,stake\na,b,supplies,60%,\na,c,supplies,50%,\nb,c,owns,,90%\n", options);
  REQUIRE(strict);
  CHECK(strict->errors == 1);
}

TEST_CASE("figures are looked at as they were written, and sums as of the view's date") {
  // The newer row takes the older figure out of the view, where 60 + 30 = 90 %; in 2023 60 + 50 = 110 %.
  const std::string rows =
      "from,to,kind,category,revenue_share,as_of,source\na,b,supplies,x,60%,2023,s\na,c,supplies,x,50%,2023,s\n"
      "a,c,supplies,x,51%,2023,s\na,c,supplies,x,30%,2024,s\na,b,supplies,x,60%,2024,s\n";
  tierscope::CheckOptions options;
  CHECK((*checked(rows, options)).errors == 0);
  options.view.as_of = "2023";
  const auto before = checked(rows, options);
  CHECK(before->errors == 1);
  std::size_t contradicting = 0;
  for (const auto& finding : before->results) contradicting += finding.kind == "contradicting-figures";
  CHECK(contradicting == 1);
}
