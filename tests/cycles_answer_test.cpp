// What the question `cycles` answers, row by row (definitions, section 7).

#include <tierscope/cycles.hpp>

#include <doctest/doctest.h>

#include <sstream>

#include <tierscope/write.hpp>

#include "allocations.hpp"
#include "model_of.hpp"
#include "show/answer/json_cells.hpp"

namespace tierscope::core {
namespace {

tierscope::Model handle(const std::string& relations, const std::string& rates = "") {
  return tierscope::Model(std::make_shared<Model>(model_of(relations, "", rates)));
}

Cycles answered(const std::string& relations, const CyclesOptions& options = {}, const std::string& rates = "") {
  Result<Cycles> answer = tierscope::cycles(handle(relations, rates), options);
  for (const Problem& problem : answer.problems()) FAIL(to_string(problem));
  return *std::move(answer);
}

std::string refused(const std::string& relations, const CyclesOptions& options = {}) {
  const Result<Cycles> answer = tierscope::cycles(handle(relations), options);
  std::string text;
  for (const Problem& problem : answer.problems()) text += to_string(problem) + "\n";
  return answer ? "answered" : text;
}

std::string ids(const std::vector<tierscope::Company>& companies) {
  std::string text;
  for (const auto& company : companies) text += (text.empty() ? "" : " ") + std::string(company.id);
  return text;
}

std::string joined(const auto& texts) {
  std::string text;
  for (const auto& item : texts) text += (text.empty() ? "" : " ") + std::string(item);
  return text;
}

std::vector<LoopRow> loops(const Cycles& answer) {
  std::vector<LoopRow> rows;
  for (const LoopRow& row : answer.results) rows.push_back(row);
  return rows;
}

bool has_note(const Cycles& answer, const std::string& wanted) {
  return std::find(answer.about.notes.begin(), answer.about.notes.end(), wanted) != answer.about.notes.end();
}

std::string written(const Cycles& answer, const std::string& format, const std::string& table = "") {
  WriteOptions options;
  options.table = table;
  options.brief = true;
  std::ostringstream out;
  const Written result = write(*any(Cycles(answer)), format, options, out);
  for (const Problem& problem : result.problems) FAIL(to_string(problem));
  return out.str();
}

// Two investments and an order: a → b 2 + 3 = 5B, b → a 4B and a restated 1B.
const std::string worked =
    "from,to,kind,category,item,value,status,since,as_of,restates,confidence,source\n"
    "a,b,invests,,,2B USD,active,2024-03,2025,,estimated,s1;s2\n"
    "a,b,lends,,bond,3B USD,planned,,2023,,reported,s2\n"
    "a,b,supplies,chips,X1,4B USD,active,2025-01,2026,,disclosed,s3\n"
    "a,b,supplies,chips,,1B USD,active,,,true,disclosed,\n"
    "b,a,guarantees,,,9B USD,active,,2022,,,s4\n"
    "c,b,supplies,,,7B USD,rumoured,,,,,s5\n";

}  // namespace

TEST_CASE("cycles: a loop names its companies, its amount and what it rests on") {
  const Cycles answer = answered(worked);
  const std::vector<LoopRow> rows = loops(answer);
  REQUIRE(rows.size() == 1);
  const LoopRow& loop = rows[0];
  CHECK(loop.number == 1);
  CHECK(loop.loop == "a → b → a");
  CHECK(ids(loop.companies) == "a b");
  CHECK(loop.length == 2);
  CHECK(loop.loop_class == "circular-deal");
  CHECK(loop.amount.low == 4e9);  // min(2 + 3, 4)
  CHECK(loop.amount.high == 4e9);
  CHECK(loop.amount.currency == "USD");
  CHECK(loop.contingent);  // the guarantee of b for a
  CHECK(!loop.hinges_on_contingent);
  CHECK(loop.amount_in_force.low == 2e9);  // the loan of 3B is planned
  CHECK(loop.in_force == "in force 2B USD est.");
  CHECK(loop.time_ordered == true);  // 2024-03, then 2025-01
  CHECK(to_string(loop.oldest) == "2022");
  CHECK(to_string(loop.newest) == "2026");
  CHECK(loop.confidence == Confidence::estimated);  // of estimated, reported and disclosed; neither restated nor 9B
  CHECK(loop.amount.confidence == Confidence::estimated);
  CHECK(joined(loop.sources) == "s1 s2 s3 s4");

  REQUIRE(loop.legs.size() == 5);
  std::string hops;
  for (const LoopLeg& leg : loop.legs)
    hops += std::to_string(leg.hop) + " " + std::string(leg.payer.id) + "→" + std::string(leg.payee.id) + " " +
            leg.what + " " + to_string(leg.date) + " " + joined(leg.sources) + "; ";
  CHECK(hops ==
        "1 a→b invests 2024-03 s1 s2; 1 a→b lends: bond 2023 s2; "
        "2 b→a supplies: X1 2025-01 s3; 2 b→a supplies (restated): chips  ; "
        "2 b→a guarantees (contingent) 2022 s4; ");
  CHECK(loop.legs[0].hop_amount.low == 5e9);
  CHECK(loop.legs[0].hop_amount.confidence == Confidence::estimated);
  CHECK(loop.legs[1].status == "planned");
  CHECK(loop.legs[2].hop_amount.low == 4e9);
  CHECK(loop.legs[2].hop_amount.confidence == Confidence::disclosed);
  CHECK(loop.legs[2].category == "chips");
  CHECK(loop.legs[3].restates);
  CHECK(loop.legs[4].contingent);
  CHECK(loop.legs[4].value.low == 9e9);

  CHECK(answer.about.title == "1 loop of payments between two companies, a circular deal");
  CHECK(has_note(answer, "Figures as of 2022 to 2026."));
  CHECK(has_note(answer,
                 "Time-ordered (money out first, orders at the same time or after): 1 loop; not: 0; not told, without "
                 "financing or dates: 0."));
  // b buys from c only if the rumour is true; its source is cited all the same.
  CHECK(answer.not_counted.size() == 1);
  std::string cited;
  for (const CitedSource& source : answer.about.sources) cited += std::string(source.id) + " ";
  CHECK(cited == "s1 s2 s3 s4 s5 ");
}

TEST_CASE("cycles: lengths, companies, relations, components and carriers stand beside the loops") {
  // a → b 2, b → a 2, b → c unknown, c → a 1: a loop of two and one of three.
  const Cycles answer = answered(
      "from,to,kind,value\na,b,invests,2 USD\na,b,supplies,2 USD\nb,c,invests,\na,c,supplies,1 USD\nd,a,owns,\n");
  std::string lengths;
  for (const LoopLength& row : answer.by_length)
    lengths += std::to_string(row.length) + ": " + std::to_string(row.loops) + " " + std::to_string(row.circular_deal) +
               std::to_string(row.reciprocal_trade) + std::to_string(row.trade_loop) +
               std::to_string(row.cross_financing) + "; ";
  CHECK(lengths == "2: 1 1000; 3: 1 1000; ");
  CHECK(answer.by_class.circular_deal == 2);
  CHECK(answer.count.pairs == 1);
  CHECK(answer.count.triples == 1);
  CHECK(answer.count.longer == 0);
  CHECK(answer.complete);
  CHECK(joined(answer.currencies) == "USD");
  std::string passed;
  for (const PassedCompany& row : answer.companies)
    passed += std::string(row.company.id) + " " + std::to_string(row.loops) + " " +
              std::to_string(static_cast<int>(row.amounts.at(0).amount.low)) + "; ";
  CHECK(passed == "a 2 2; b 2 2; c 1 0; ");  // the second loop's low amount is 0: b → c is unknown
  std::string relations;
  for (const LoopRelation& row : answer.relations)
    relations += std::string(row.from.id) + std::string(row.to.id) + " " + std::string(row.kind) + " " +
                 std::to_string(row.loops) + " " + std::to_string(row.gone_without) + " " + row.place + "; ";
  CHECK(relations ==
        "ab invests 2 2 g/relations.csv:2; ab supplies 1 1 g/relations.csv:3; bc invests 1 1 g/relations.csv:4; "
        "ac supplies 1 1 g/relations.csv:5; ");
  for (const LoopComponent& row : answer.components) {
    CHECK(row.size == 3);
    CHECK(ids(row.companies) == "a b c");
  }
  CHECK(answer.components.size() == 1);
  // 2 go from a to b and back, of 2 + 2 + 1.
  REQUIRE(answer.circularity.has_value());
  CHECK(answer.circularity_index.value() == doctest::Approx(.8));
  CHECK(answer.circularity->circulation.low == 4);
  CHECK(answer.circularity->total.low == 5);
  CHECK(answer.circularity->total.currency == "USD");
  std::string carriers;
  for (const CirculatingHop& row : answer.carriers)
    carriers += std::string(row.payer.id) + std::string(row.payee.id) + " " +
                std::to_string(static_cast<int>(row.flow.low)) + "; ";
  CHECK(carriers == "ab 2; ba 2; ");
  CHECK(has_note(answer, "Without a's investment in b: 2 of the 2 loops listed gone."));
}

TEST_CASE("cycles: an amount is at least what is known where nothing holds the rest down") {
  const auto row = [](const std::string& back) {
    const std::vector<LoopRow> rows =
        loops(answered("from,to,kind,item,value\na,b,invests,i,2 USD\na,b,invests,j,\n" + back));
    REQUIRE(rows.size() == 1);
    return std::pair(rows[0].amount.low, rows[0].amount.high);
  };
  // a → b 2 or more; b → a 50: 2 to 50. b → a exactly 1: no more than 1, whatever a → b is.
  CHECK(row("a,b,supplies,,50 USD\n") == std::pair(2.0, 50.0));
  CHECK(row("a,b,supplies,,1 USD\n") == std::pair(1.0, 1.0));
  CHECK(row("a,b,supplies,,2 USD\n") == std::pair(2.0, 2.0));
  CHECK(row("a,b,supplies,,2 USD\na,b,supplies,more,\n") == std::pair(2.0, unbounded));
  CHECK(row("b,a,guarantees,,\n") == std::pair(0.0, unbounded));  // which holds nothing down
}

TEST_CASE("cycles: what is about is about") {
  const std::vector<LoopRow> rows = loops(answered("from,to,kind,value\na,b,invests,~2 USD\na,b,supplies,3 USD\n"));
  CHECK(rows.at(0).amount.approximate);
  CHECK(rows.at(0).legs.at(0).hop_amount.approximate);
  CHECK(!rows.at(0).legs.at(1).hop_amount.approximate);
  CHECK(loops(answered("from,to,kind,value\na,b,invests,2 USD\na,b,supplies,~3 USD\n")).at(0).amount.approximate);
}

TEST_CASE("cycles: a person sees each loop as a heading over its legs") {
  const Cycles answer = answered(
      "from,to,kind,item,value,restates\na,b,invests,i,2B USD,\na,b,invests,j,,\na,b,supplies,chips,50B USD,\n"
      "a,b,supplies,k,1B USD,true\nc,d,guarantees,,3B USD,\nc,d,supplies,,5B USD,\n");
  const std::string text = written(answer, "table");
  CHECK(text ==
        "2 loops of payments between two companies, 2 of them circular deals\n"
        "\n"
        "payer  paid  what                      amount  date  status\n"
        "\n"
        "1. a → b → a: circular-deal, 2B–50B USD\n"
        "a      b     invests: i                2B USD        active\n"
        "a      b     invests: j                     –        active\n"
        "b      a     supplies: chips          50B USD        active\n"
        "b      a     supplies (restated): k    1B USD        active\n"
        "\n"
        "2. c → d → c: circular-deal (contingent), up to 5B USD\n"
        "c      d     guarantees (contingent)   3B USD        active\n"
        "d      c     supplies                  5B USD        active\n");
}

TEST_CASE("cycles: of a long loop both ends are named, and all companies listed") {
  std::string rows = "from,to,kind\n";
  for (int i = 0; i < 50; ++i)
    rows += "c" + std::to_string(100 + i) + ",c" + std::to_string(100 + (i + 1) % 50) + ",invests\n";
  CyclesOptions all;
  all.max_length = "all";
  const LoopRow loop = loops(answered(rows, all)).at(0);
  CHECK(loop.companies.size() == 50);
  CHECK(loop.loop.starts_with("c100 → c101 → "));
  CHECK(loop.loop.find("c119 → … 10 more … → c130") != std::string::npos);
  CHECK(loop.loop.ends_with("c149 → c100"));
}

TEST_CASE("cycles: amounts are converted before the first row, and the rates that were used are named") {
  CyclesOptions options;
  options.view.currency = "USD";
  const std::string relations =
      "from,to,kind,item,value,restates\na,b,invests,,14 CNY,\na,b,supplies,i,4 USD,\na,b,supplies,j,8 EUR,true\n";
  const Cycles answer = answered(relations, options, "from,to,rate\nUSD,CNY,7\nUSD,GBP,.8\n");
  const LoopRow loop = loops(answer).at(0);
  CHECK(loop.amount.low == doctest::Approx(2));
  CHECK(loop.legs[0].amount.low == doctest::Approx(2));
  CHECK(loop.legs[0].value.low == 14);
  CHECK(loop.legs[0].value.reported == "14 CNY");
  CHECK(loop.legs[2].amount.currency == "EUR");  // it adds nothing: nobody asks for its rate
  std::string rates;
  for (const std::string& note : answer.about.notes)
    if (note.starts_with("Rate")) rates += note + "\n";
  CHECK(rates == "Rate used: 1 USD = 7 CNY (undated)\n");

  const Cycles apart = answered(relations);
  CHECK(!loops(apart).at(0).amount);
  CHECK(loops(apart).at(0).amount_reason == "not comparable: CNY and USD");
  CHECK(!apart.circularity_index);
  CHECK(has_note(apart, "No circularity index: amounts are not comparable: CNY and USD; --currency gives one."));
  CHECK(refused(relations, options) ==
        "no exchange rate from CNY to USD; add one to rates.csv or give --rate CNY/USD=NUMBER\n");
  options = {};
  options.window = "3 moons";
  CHECK(refused(relations, options) == "--window: '3 moons' is no duration; write 90d, 6w, 24m or 2y\n");
  options = {};
  options.max_length = "1";
  CHECK(refused(relations, options) == "--max-length: '1' is no number of companies; write 2 or more, or all\n");
  options.max_length = "3";
  options.min_length = 4;
  CHECK(refused(relations, options) == "--min-length 4 is above --max-length 3\n");
  options = {};
  options.through = {"z"};
  CHECK(refused(relations, options) == "no company 'z' in the graph\n");
}

TEST_CASE("cycles: notes and sources rest on all loops, and counts keep to their grammar") {
  // 15 loops, each with two sources of its own and a year.
  std::string rows = "from,to,kind,value,as_of,source\n";
  for (int i = 0; i < 15; ++i) {
    const std::string n = std::to_string(10 + i);
    rows += "a" + n + ",b" + n + ",invests,1 USD,20" + n + ",p" + n + "\n";
    rows += "a" + n + ",b" + n + ",supplies,1 USD,20" + n + ",q" + n + "\n";
  }
  const Cycles answer = answered(rows);
  CHECK(answer.about.sources.size() == 30);
  CHECK(has_note(answer, "Figures as of 2010 to 2024."));
  CHECK(has_note(answer, "Without a10's investment in b10: 1 of the 15 loops listed gone."));
  CHECK(has_note(answer, "The search is complete up to length 6."));
  CHECK(answer.about.shown == 10);
}

TEST_CASE("cycles: equal amounts both ways are told of a few times, however many there are") {
  std::string rows = "from,to,kind,item,value\n";
  for (int i = 0; i < 20; ++i) {
    rows += "a,b,lends,i" + std::to_string(i) + ",2 USD\n";
    rows += "b,a,lends,i" + std::to_string(i) + ",2 USD\n";
  }
  const Cycles answer = answered(rows);
  CHECK(std::count_if(answer.about.notes.begin(), answer.about.notes.end(),
                      [](const std::string& note) { return note.starts_with("Possible duplicate: "); }) == 5);
  CHECK(has_note(answer, "There may be more such pairs."));
}

TEST_CASE("cycles: where loops are only counted there are none to read, but all of their number") {
  CyclesOptions options;
  options.count = true;
  const Cycles answer = answered(worked, options);
  CHECK(answer.results.empty());
  CHECK(answer.count.pairs == 1);
  CHECK(written(answer, "csv", "by_length") ==
        "length,loops,circular_deal,reciprocal_trade,trade_loop,cross_financing\n2,1,1,0,0,0\n");
  CHECK(written(answer, "table", "by_length") ==
        "length  loops  circular-deal\n"
        "     2      1              1\n");
}

TEST_CASE("cycles: a search that is stopped answers with what it has found") {
  std::string rows = "from,to,kind\n";  // K12 has more than 10^7 loops
  for (int from = 0; from < 12; ++from)
    for (int to = 0; to < 12; ++to)
      if (from != to) rows += "c" + std::to_string(from) + ",c" + std::to_string(to) + ",invests\n";
  int asked = 0;
  CyclesOptions options;
  options.view.stop = [&] { return ++asked == 3; };
  options.max_length = "all";
  const Cycles interrupted = answered(rows, options);
  CHECK(interrupted.about.interrupted);
  CHECK(!interrupted.complete);
  // Of 12 companies 12 · 11 / 2 pairs and 12 · 11 · 10 / 3 triples.
  const std::size_t listed = interrupted.results.size();
  CHECK(listed > 66 + 440);
  CHECK(interrupted.count.pairs == 66);
  CHECK(interrupted.count.triples == 440);
  CHECK(interrupted.count.longer == listed - 66 - 440);
  CHECK(interrupted.about.title.starts_with("At least 66 loops of payments between two companies and 440 among three"));
  CHECK(has_note(interrupted,
                 "The search was interrupted after " + std::to_string(listed) + " loops and is NOT complete."));
  CHECK(has_note(interrupted, "No loop of 3 companies or fewer is missing; of longer ones only a part was found."));
  CHECK(has_note(interrupted, "Among those of which only a part was found, the order is that of the part."));
  options = {};
  options.stop_after = 1;
  const Cycles stopped = answered(rows, options);
  CHECK(!stopped.about.interrupted);
  CHECK(stopped.results.size() == 1);
  CHECK(has_note(stopped,
                 "The search stopped after 1 loop and is NOT complete: give --max-length, --stop-after 0, or "
                 "--count."));
}

TEST_CASE("cycles: the null model's lengths, and how they were made") {
  CyclesOptions options;
  options.null_runs = 20;
  options.seed = 3;
  const Cycles answer = answered("from,to,kind\na,b,invests\na,b,supplies\n", options);
  REQUIRE(answer.null_model.has_value());
  CHECK(answer.null_model->runs == 20);
  CHECK(answer.null_model->seed == 3);
  std::size_t rows = 0;
  for (const NullLength& row : answer.null_lengths) {
    ++rows;
    CHECK(row.length == 2);
    CHECK(row.observed == 1);  // no shuffle is possible: mean 1, p = (1 + 20) / (1 + 20)
    CHECK(row.mean == 1);
    CHECK(row.p == 1);
    CHECK(!row.z.has_value());
  }
  CHECK(rows == 1);
  CHECK(!answered(worked).null_model.has_value());
}

TEST_CASE("cycles: every row of every table reads the same twice, from two streams at once, when the model is gone") {
  CyclesOptions options;
  options.null_runs = 2;
  std::string relations = worked;
  for (int i = 0; i < 2000; ++i) {  // more than a batch
    const std::string n = std::to_string(i);
    relations += "x" + n + ",y" + n + ",invests,,,1 USD,,,2025,,disclosed,s" + n + "\n";
    relations += "x" + n + ",y" + n + ",supplies,,,1 USD,,,2025,,disclosed,t" + n + "\n";
  }
  std::unique_ptr<AnyAnswer> answer = any(answered(relations, options));
  const std::span<const Field> fields = answer->fields();
  std::vector<std::unique_ptr<Cursor>> first;
  std::vector<std::unique_ptr<Cursor>> second;
  std::vector<std::size_t> sizes;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].type != FieldType::table) continue;
    first.push_back(answer->open(f));
    second.push_back(answer->open(f));
    sizes.push_back(answer->size(f));
  }
  answer.reset();
  REQUIRE(first.size() == 8);
  const auto read = [](Cursor& cursor, std::string& text) {
    Batch batch(cursor.fields());
    const Next next = cursor.next(batch);
    for (std::size_t row = 0; row < batch.rows; ++row) append_json_object(text, cursor.fields(), batch.columns, row);
    return next == Next::rows ? batch.rows : 0;
  };
  for (std::size_t t = 0; t < first.size(); ++t) {
    CAPTURE(t);
    std::string one;
    std::string two;
    std::size_t rows = 0;
    for (std::size_t more = 1; more != 0;) {
      more = read(*first[t], one);
      CHECK(read(*second[t], two) == more);
      rows += more;
    }
    CHECK(rows == sizes[t]);
    CHECK(one == two);
    CHECK(!one.empty());
  }
}

TEST_CASE("cycles: four times the loops, sources or rates cost four times the work") {
  const auto cost = [](const std::function<std::string(std::size_t)>& rows_of, std::size_t n) {
    const std::string rows = rows_of(n);
    tierscope::Model model = handle(rows);
    return allocations_of([&] {
      const Result<Cycles> answer = tierscope::cycles(std::move(model), {});
      REQUIRE(answer);
      std::ostringstream out;
      write(*any(Cycles(*answer)), "json", {}, out);
      WriteOptions all;
      all.limit = 0;
      write(*any(Cycles(*answer)), "table", all, out);
    });
  };
  const auto grows = [&](const std::function<std::string(std::size_t)>& rows_of) {
    const std::size_t one = cost(rows_of, 100);
    const std::size_t four = cost(rows_of, 400);
    CHECK(one > 100);
    CHECK(static_cast<double>(four) < 4.5 * static_cast<double>(one));
  };
  // n loops over one hop a → b.
  grows([](std::size_t n) {
    std::string rows = "from,to,kind,value,source\na,b,invests,1 USD,s\n";
    for (std::size_t i = 0; i < n; ++i) {
      const std::string c = "c" + std::to_string(i);
      rows += "b," + c + ",invests,1 USD,s" + std::to_string(i) + "\n" + c + ",a,invests,1 USD,t" + std::to_string(i) +
              "\n";
    }
    return rows;
  });
  // One loop of two hops with n relations each, of as many sources; all amounts equal.
  grows([](std::size_t n) {
    std::string rows = "from,to,kind,item,value,source\n";
    for (std::size_t i = 0; i < n; ++i) {
      const std::string item = std::to_string(i);
      rows += "a,b,invests,i" + item + ",1 USD,s" + item + "\na,b,supplies,i" + item + ",1 USD,t" + item + "\n";
    }
    return rows;
  });
  // n companies in n / 2 loops, all set-aside rows with sources of their own.
  grows([](std::size_t n) {
    std::string rows = "from,to,kind,status,source\n";
    for (std::size_t i = 0; i < n; ++i) {
      const std::string id = std::to_string(i);
      rows += "a" + id + ",b,invests,,s" + id + "\na" + id + ",b,supplies,rumoured,t" + id + "\n";
    }
    return rows;
  });
  const auto with_rates = [](std::size_t n) {
    std::string rates = "from,to,rate,date\n";
    for (std::size_t i = 0; i < n; ++i)
      rates += "USD,CNY," + std::to_string(i + 1) + "," + std::to_string(1600 + i) + "\n";
    std::string rows = "from,to,kind,item,value\n";
    for (int i = 0; i < 50; ++i)
      rows += "a,b,invests,i" + std::to_string(i) + ",1 CNY\na,b,supplies,i" + std::to_string(i) + ",1 USD\n";
    tierscope::Model model = handle(rows, rates);
    CyclesOptions options;
    options.view.currency = "USD";
    return allocations_of([&] {
      const Result<Cycles> answer = tierscope::cycles(std::move(model), options);
      REQUIRE(answer);
      for (const LoopRow& row : answer->results) CHECK(row.amount.known);
    });
  };
  const std::size_t few = with_rates(100);
  CHECK(few > 100);
  CHECK(static_cast<double>(with_rates(400)) < 4.5 * static_cast<double>(few));
}

}  // namespace tierscope::core
