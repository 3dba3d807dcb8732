#include "show/page/explore.hpp"
#include "base/number.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include <sstream>

#include "base/disk.hpp"
#include "model_of.hpp"
#include "page_of.hpp"
#include "run_of.hpp"
#include "show/page/explore_page.hpp"
#include "show/page/explore_parts.hpp"
#include "show/page/pack.hpp"

namespace tierscope::core {
namespace {

using Json = nlohmann::json;

std::map<std::string, Json> explored(const Model& model, const ExploreParams& params = {},
                                     const ViewParams& view = {}) {
  std::map<std::string, Json> blocks;
  for (const Block& block : explore(model, view, params).blocks) {
    std::string text;
    append_json(text, block);
    blocks[block.id] = Json::parse(text);
  }
  return blocks;
}

std::vector<std::string> labels(const Json& graph) {
  std::vector<std::string> list;
  for (const Json& date : graph["dates"]) list.push_back(date["label"]);
  return list;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

using Words = std::vector<std::string>;

TEST_CASE("explore: a small graph by hand") {
  const Model model = model_of(
      "from,to,kind,category,item,revenue_share,value,restates,status,as_of\n"
      "a,b,supplies,wire,thin,30%,3M USD,,,2024\n"   // row 0
      "a,b,supplies,wire,thick,20%,2M USD,,,2024\n"  // 1
      "a,b,supplies,wire,all,,9M USD,true,,2024\n"   // 2: restates the two above
      "a,t,supplies,wire,thin,20%,2M USD,,,2024\n"   // 3
      "b,t,supplies,coil,,40%,1M USD,,,2024\n"       // 4
      "market,t,supplies,tape,,,1M EUR,,,2024\n"     // 5: an aggregate
      "d,t,supplies,coil,,,,,planned,2024\n"         // 6
      "market,t,supplies,coil,,,1M USD,,,2024\n"     // 7: another currency
      "a,b,supplies,wire,thin,10%,1M USD,,,2023\n",  // 8: older than row 0
      "id,name,name_local,revenue,revenue_period,aggregate,source\n"
      "a,Alpha,甲,10M USD,2024,,s1\nb,Beta,,,,,\nt,Tau,,,,,\nd,Delta,,,,,\nmarket,Market,,,,true,\n");
  const auto blocks = explored(model);
  const Json& graph = blocks.at("graph");
  CHECK(labels(graph) == Words{"latest", "2023"});
  CHECK(graph["dates"][0]["date"] == "2024-12-31");
  CHECK(graph["dates"][1]["date"] == "2023-12-31");
  CHECK(graph["companies"]["id"] == Json::array({"a", "b", "t", "d", "market"}));
  CHECK(graph["companies"]["local"][0] == "甲");
  CHECK(graph["companies"]["aggregate"] == Json::array({0, 0, 0, 0, 1}));
  CHECK(graph["companies"]["revenue"][0] ==
        Json{{"low", 1e7}, {"high", 1e7}, {"text", "10M USD"}, {"reported", "10M USD"}, {"currency", "USD"}});
  CHECK(graph["companies"]["revenue"][1].is_null());
  // Cited, not listed: at the end, with its id alone.
  CHECK(graph["sources"]["id"] == Json::array({"s1"}));
  CHECK(graph["sources"]["url"] == Json::array({""}));
  CHECK(graph["companies"]["sources"][0] == Json::array({0}));
  CHECK(graph["relations"]["basis"][0] == -1);
  CHECK(graph["relations"]["restates"] == Json::array({0, 0, 1, 0, 0, 0, 0, 0, 0}));

  const Json& at = blocks.at("at-0");
  CHECK(at["state"] ==
        "llllllll"
        "s");
  CHECK(at["groups"].empty());
  // Pairs: a to b 30 % + 20 % and 3M + 2M (row 2 restates them); the market to t EUR and USD, which are never added.
  const Json& ab = at["pairs"][0];
  CHECK(ab["from"] == 0);
  CHECK(ab["to"] == 1);
  CHECK(ab["rows"] == Json::array({0, 1, 2}));
  CHECK(ab["amount"] == Json{{"low", 5e6}, {"high", 5e6}, {"text", "5M USD"}, {"currency", "USD"}});
  CHECK(ab["share"] == Json{{"low", .5}, {"high", .5}, {"text", "50 %"}});
  const Json& mt = at["pairs"][3];
  CHECK(mt["rows"] == Json::array({5, 7}));
  CHECK(mt["amount"].is_null());
  CHECK(mt["share"].is_null());
  CHECK(at["pairs"].size() == 4);  // d is only planned

  // t has most suppliers (a, b, market), so it comes first. E(b) = .4, E(a) = .2 + .5 * .4 = .4 of 10M USD
  // at least. Both leave .6 unattributed, so a comes before b by its id.
  const Json& exposure = at["exposure"]["results"];
  REQUIRE(exposure.size() == 2);
  CHECK(exposure[0]["target"] == 2);
  const Json& a = exposure[0]["suppliers"][0];
  CHECK(a["supplier"] == 0);
  CHECK(a["direct"].get<double>() == doctest::Approx(.2));
  CHECK(a["indirect"].get<double>() == doctest::Approx(.2));
  CHECK(a["amount"]["text"] == "≥4M USD");
  CHECK(a["marks"] == "");
  CHECK(a["chains"] == Json::parse(R"([{"share": 0.2, "companies": [0, 2]}, {"share": 0.2, "companies": [0, 1, 2]}])"));
  CHECK(exposure[0]["unquantified"].empty());  // the market is no supplier
  // To b: a alone has figures, besides b itself.
  CHECK(exposure[1]["target"] == 1);
  CHECK(exposure[1]["suppliers"].size() == 1);
  CHECK(exposure[1]["zero"] == 0);
  CHECK(exposure[1]["notes"] == Json::array({"Relations not counted: 1 superseded by a newer figure."}));

  // Coils of t: b alone counts; d (row 6, planned) and the market (row 7) stand beside.
  for (const Json& purchase : at["concentration"]["results"])
    if (purchase["category"] == "coil") CHECK(purchase["beside"] == Json::array({7, 6}));
  CHECK(blocks.at("at-1")["state"] ==
        "nnnnnnnn"
        "l");
}

TEST_CASE("explore: dates are the last days of years after which something else is live") {
  const char* const rows =
      "from,to,kind,item,status,since,until,as_of\n"
      "a,b,supplies,x,,2019-05,,2019\n"
      "a,b,supplies,y,,2020,2021,2020\n"
      "a,b,supplies,z,,,,2023-06\n"
      "a,b,supplies,w,,2024-02,2031,2024-02\n";
  const auto blocks = explored(model_of(rows));
  // The newest as_of is February 2024: not y. 2023: neither w. 2022: nor z. 2021: y. 2020 has the same as 2021.
  // 2019: x alone. 2018: nothing. The end in 2031 makes no date.
  CHECK(labels(blocks.at("graph")) == Words{"latest", "2023", "2022", "2021", "2019"});
  CHECK(blocks.at("graph")["dates"][0]["date"] == "2024-02-29");
  CHECK(blocks.at("at-0")["state"] == "lnll");
  CHECK(blocks.at("at-1")["state"] == "lnln");
  CHECK(blocks.at("at-2")["state"] == "lnnn");
  CHECK(blocks.at("at-3")["state"] == "llnn");
  CHECK(blocks.at("at-4")["state"] == "lnnn");
  CHECK(blocks.size() == 6);
  CHECK(blocks.at("graph")["notes"].empty());

  ExploreParams few;
  few.budget.dates = 3;
  const Json graph = explored(model_of(rows), few).at("graph");
  CHECK(labels(graph) == Words{"latest", "2023", "2022"});
  CHECK(graph["notes"] == Json::array({"2 older dates are left out, back to 2019; --as-of shows them."}));

  ViewParams view;
  view.as_of = *parse_date("2023-07");
  const auto then = explored(model_of(rows), {}, view);
  // In July 2023 x and z are live; so the next that differs is the end of 2022.
  CHECK(labels(then.at("graph")) == Words{"2023-07", "2022", "2021", "2019"});
  CHECK(then.at("graph")["dates"][0]["date"] == "2023-07-31");
  CHECK(then.at("at-0")["state"] == "lnln");
}

TEST_CASE("explore: companies under common control answer as one, and say who they are") {
  const Model model = model_of(
      "from,to,kind,item,revenue_share,stake,status,as_of\n"
      "s,child,supplies,x,40%,,,2024\n"
      "s,parent,supplies,y,20%,,,2024\n"
      "parent,child,owns,,,80%,,2024\n"
      "child,parent,supplies,z,,,,2024\n",
      "id,name\ns,S\nchild,Child\nparent,Parent\n");
  ViewParams view;
  view.consolidate = true;
  const auto blocks = explored(model, {}, view);
  const Json& at = blocks.at("at-0");
  CHECK(at["groups"] == Json::parse(R"([{"company": 1, "parent": 2}])"));  // child belongs to parent
  CHECK(at["state"] == "llgg");
  CHECK(at["pairs"].size() == 1);
  CHECK(at["pairs"][0]["to"] == 2);
  CHECK(at["pairs"][0]["rows"] == Json::array({0, 1}));
  CHECK(at["pairs"][0]["share"]["text"] == "60 %");  // 40 % + 20 %
  CHECK(at["dependence"]["results"][0]["largest"] == 2);
  CHECK(at["exposure"]["results"][0]["target"] == 2);
  // The graph itself stays what the files say.
  CHECK(blocks.at("graph")["companies"]["id"].size() == 3);
  CHECK(blocks.at("graph")["relations"]["to"] == Json::array({1, 2, 1, 2}));
}

TEST_CASE("explore: statuses count as each command has them, or as given") {
  const Model model = model_of(
      "from,to,kind,item,status\n"
      "a,b,supplies,x,planned\n"
      "a,b,invests,y,announced\n"
      "a,b,supplies,z,active\n");
  const Json at = explored(model).at("at-0");
  CHECK(at["pairs"][0]["rows"] == Json::array({2}));
  CHECK(at["cycles"]["count"] == 1);  // b pays a for x and z; a invests in b, announced
  ViewParams view;
  view.statuses = StatusSet::of(Status::planned);
  ExploreParams params;
  params.statuses_given = true;
  const Json planned = explored(model, params, view).at("at-0");
  CHECK(planned["pairs"][0]["rows"] == Json::array({0}));
  CHECK(planned["cycles"]["count"] == 0);
  CHECK(planned["state"] == "lll");
}

TEST_CASE("explore: a loop with its hops in the order of the money") {
  // The worked example of the definitions: nvidia invests in coreweave, each supplies the other.
  const Json at = explored(model_of("from,to,kind,item,value,since\n"
                                    "nvidia,coreweave,invests,equity,2B USD,2023\n"
                                    "nvidia,coreweave,supplies,chips,3B USD,2024\n"
                                    "coreweave,nvidia,supplies,capacity,,2024\n"
                                    "coreweave,meta,supplies,capacity,,2024\n"))
                      .at("at-0");
  const Json& cycles = at["cycles"];
  CHECK(cycles["count"] == 1);
  CHECK(cycles["complete"] == true);
  CHECK(cycles["by_length"] == Json::parse(R"([{"length": 2, "classes": [1, 0, 0, 0]}])"));
  const Json& loop = cycles["results"][0];
  // coreweave (1) pays nvidia (0) 3B for chips; nvidia pays coreweave 2B and, for capacity, an unknown amount more.
  CHECK(loop["companies"] == Json::array({1, 0}));
  CHECK(loop["class"] == 0);
  CHECK(loop["amount"]["low"] == 2e9);
  CHECK(loop["amount"]["high"] == 3e9);
  REQUIRE(cycles["hops"].size() == 2);
  CHECK(cycles["hops"][loop["hops"][0].get<std::size_t>()]["rows"] == Json::array({1}));
  CHECK(cycles["hops"][loop["hops"][1].get<std::size_t>()]["rows"] == Json::array({0, 2}));
  CHECK(cycles["hops"][loop["hops"][1].get<std::size_t>()]["from"] == 0);
}

// c0 … c4, each paying every other: 10 loops of two, 20 of three, 30 of four, 24 of five.
std::string everybody_sells_to_everybody() {
  std::string rows = "from,to,kind,item,revenue_share,value,as_of\n";
  for (int a = 0; a < 5; ++a)
    for (int b = 0; b < 5; ++b)
      if (a != b)
        rows += "c" + std::to_string(a) + ",c" + std::to_string(b) + ",supplies,x,10%," + std::to_string(a + 1) +
                "M USD,\n";
  return rows;
}

TEST_CASE("explore: what is left out for the page's size is counted and said") {
  const Model model = model_of(everybody_sells_to_everybody());
  CHECK(explored(model).at("at-0")["cycles"]["count"] == 84);
  CHECK(explored(model).at("graph")["notes"].empty());

  ExploreParams small;
  small.budget.loops = 7;
  small.budget.loops_found = 40;  // 10 + 20 fit, and 10 longer ones
  small.budget.exposure_rows = 5;
  small.budget.rows_a_target = 3;
  small.budget.rows_with_chains = 1;
  small.budget.purchases = 2;
  const auto blocks = explored(model, small);
  const Json& at = blocks.at("at-0");
  CHECK(at["cycles"]["complete"] == false);
  CHECK(at["cycles"]["complete_to"] == 3);
  CHECK(at["cycles"]["count"] == 40);
  CHECK(at["cycles"]["longer"] == 10);
  CHECK(at["cycles"]["results"].size() == 7);
  CHECK(at["cycles"]["left_out"] == 23);
  // Five targets with four suppliers each: three rows of the first, two of the second, then none.
  const Json& exposure = at["exposure"];
  REQUIRE(exposure["results"].size() == 2);
  CHECK(exposure["results"][0]["suppliers"].size() == 3);
  CHECK(exposure["results"][0]["left_out"] == 1);
  CHECK(exposure["results"][0]["suppliers"][0]["chains"].size() == 3);
  CHECK(exposure["results"][0]["suppliers"][1]["chains"].empty());
  CHECK(exposure["results"][1]["suppliers"].size() == 2);
  CHECK(exposure["results"][1]["left_out"] == 2);
  CHECK(exposure["left_out"] == Json::array({2, 3, 4}));
  CHECK(at["concentration"]["results"].size() == 2);
  CHECK(at["concentration"]["left_out"] == 3);
  CHECK(blocks.at("graph")["notes"] ==
        Json::array(
            {"Exposure: the 2 customers with most suppliers; 3 others are left out.",
             "Exposure: at most 3 suppliers a customer, largest first; 3 rows are left out over all customers.",
             "Concentration: the 2 most severe purchases; 3 others are left out.",
             "Loops: the first 7 of their order are in this page; 23 others are counted alone.",
             "Loops: the search stopped after 40 and is not complete; none of 3 companies or fewer is missing."}));

  // A row of 2020 is not known in 2019, which makes a second date; it shares the rows, and its cuts are said in one
  // sentence.
  const Model older = model_of(everybody_sells_to_everybody() + "c0,c1,supplies,y,,,2020\n");
  small.budget.exposure_rows = 10;
  small.budget.exposure_work = 1;  // one target of each date
  const auto both = explored(older, small);
  REQUIRE(both.at("graph")["dates"].size() == 2);
  CHECK(both.at("at-1")["exposure"]["results"].size() == 1);
  CHECK(both.at("at-1")["exposure"]["left_out"].size() == 4);
  CHECK(both.at("graph")["notes"].back() ==
        "Older dates are cut by the same rules; each list says how much is left out.");
  CHECK(both.at("graph")["notes"].size() == 6);

  ExploreParams work;
  work.budget.exposure_work = 60;  // 5 companies + 20 relations: two targets
  CHECK(explored(model, work).at("at-0")["exposure"]["results"].size() == 2);
  ExploreParams targets;
  targets.budget.targets = 4;
  CHECK(explored(model, targets).at("at-0")["exposure"]["results"].size() == 4);
  ExploreParams bound;
  bound.max_length = 2;
  CHECK(explored(model, bound).at("at-0")["cycles"]["count"] == 10);
  ExploreParams none;
  none.budget.relations = 19;
  CHECK_THROWS_AS(explored(model, none), Question);
}

// n0 sells to p0 and q0, both sell to n1, … and the last two to n0: 2^count loops, all of 2 · count hops.
std::string ring_of_diamonds(int count) {
  std::string rows = "from,to,kind,item\n";
  for (int i = 0; i < count; ++i) {
    const std::string here = std::to_string(i);
    const std::string next = std::to_string((i + 1) % count);
    for (const char* const way : {"p", "q"})
      rows.append("n" + here + "," + way + here + ",supplies,x\n" + way + here + ",n" + next + ",supplies,x\n");
  }
  return rows;
}

TEST_CASE("explore: loops that are all long and too many are none of a page") {
  const auto blocks = explored(model_of(ring_of_diamonds(20)));
  // A million loops of 40 hops; of at most six there is none, which is found out.
  const Json& cycles = blocks.at("at-0")["cycles"];
  CHECK(cycles["max_length"] == 6);
  CHECK(cycles["complete"] == true);
  CHECK(cycles["count"] == 0);
}

TEST_CASE("explore: suppliers without figures have a budget too") {
  std::string rows = "from,to,kind,item,revenue_share\nx,t,supplies,x,10%\ny,t,supplies,x,<5%\n";
  for (int i = 0; i < 6; ++i) rows += "c" + std::to_string(i) + ",t,supplies,x,\n";
  ExploreParams small;
  small.budget.unquantified = 4;
  const Json target = explored(model_of(rows), small).at("at-0")["exposure"]["results"][0];
  CHECK(target["suppliers"].size() == 1);
  CHECK(target["zero"] == 1);  // y has a figure, which is none at least
  CHECK(target["unquantified"].size() == 4);
  CHECK(target["unquantified_left_out"] == 2);
}

TEST_CASE("explore: nothing but companies makes a page") {
  const auto blocks = explored(model_of("from,to,kind\n", "id,name\na,Alpha\nb,Beta\n"));
  CHECK(blocks.at("graph")["companies"]["name"] == Json::array({"Alpha", "Beta"}));
  CHECK(labels(blocks.at("graph")) == Words{"latest"});
  const Json& at = blocks.at("at-0");
  CHECK(at["state"] == "");
  for (const char* pass : {"dependence", "exposure", "concentration", "cycles"}) CHECK(at[pass]["results"].empty());
  CHECK(at["pairs"].empty());
}

TEST_CASE("explore: an older date that cannot be answered is left out, and said") {
  const char* const rows =
      "from,to,kind,item,value,as_of\na,b,supplies,x,7M EUR,2020\na,b,supplies,x,14M CNY,2024\n"
      "b,a,invests,z,1M USD,2024\n";
  const Model model = model_of(rows, "", "from,to,rate,date,source\nUSD,CNY,7,2024,s\n");
  ViewParams view;
  view.currency = parse_currency("USD");
  const auto blocks = explored(model, {}, view);
  const Json& graph = blocks.at("graph");
  CHECK(labels(graph) == Words{"latest"});
  REQUIRE(graph["notes"].size() == 1);
  // The newest date before 2024 at which only the first row is known is the end of 2023.
  CHECK(graph["notes"][0] ==
        "2023 is left out: no exchange rate from EUR to USD; add one to rates.csv or give --rate EUR/USD=NUMBER.");
  CHECK(graph["currency"] == "USD");
  CHECK(blocks.at("at-0")["pairs"][0]["amount"]["text"] == "2M USD");  // 14M CNY at 7
}

TEST_CASE("explore: contradictory shares at an older date are unknown at that date, and said with it") {
  const auto blocks =
      explored(model_of("from,to,kind,item,revenue_share,until,as_of\n"
                        "a,b,supplies,x,70%,2021,2020\na,c,supplies,x,60%,2021,2020\na,c,supplies,y,10%,,2023\n"
                        "a,b,supplies,x,10%,,2023\na,c,supplies,x,10%,,2023\n"));
  CHECK(labels(blocks.at("graph")) == Words{"latest", "2021"});
  // 10 % + 10 % + 10 % in 2023, 70 % + 60 % in 2021.
  CHECK(blocks.at("at-0")["dependence"]["results"][0]["attributed"].get<double>() == doctest::Approx(.3));
  const Json& older = blocks.at("at-1")["dependence"];
  CHECK(older["results"][0]["quantified"] == false);
  CHECK(older["results"][0]["customers"][0]["reason"] ==
        "the supplier's shares contradict each other: they exceed 100 %");
  CHECK(older["notes"][1] ==
        "A contradiction, so none of these shares counts: the customers of 'a' make up 130 % of its revenue as of "
        "2021-12-31: 70 % from 'b' (g/relations.csv:2), 60 % from 'c' (g/relations.csv:3).");
}

const char* const hostile =
    "</script><script>alert(1)</script><!-- \" onload='x' & @@DATA@@ @@TITLE@@ \xE2\x80\xA8 \xE2\x80\xAE x";

TEST_CASE("explore: hostile text stays text") {
  MemoryFiles files;
  std::string cell(hostile);
  cell.replace(cell.find('"'), 1, "\"\"");
  cell = '"' + cell + '"';
  files.files["g/companies.csv"] = "id,name,name_local,sector\na," + cell + "," + cell + "," + cell + "\nb,B,,\n";
  files.files["g/relations.csv"] =
      "from,to,kind,category,item,note,source\na,b,supplies," + cell + "," + cell + "," + cell + ",s1;s2;s3;s4\n";
  files.files["g/sources.csv"] = "id,title,url\ns1," + cell +
                                 ",javascript:alert(1)\ns2,x,https://example.org/?a=1&b=2\n"
                                 "s3,x,HTTP://example.org/\ns4,x,//example.org\n";
  const Run page = tierscope(files, {"explore", "g", "--title", hostile, "-q"});
  REQUIRE(page.status == 0);
  // Nothing of the data can be told from text: it adds the two blocks to the template, and no other tag.
  const std::string html(page_template());
  CHECK(count(page.out, "<") == count(html, "<") + 2 * 2);
  CHECK(count(page.out, "</script>") == count(html, "</script>") + 2);
  CHECK(count(page.out, "<!--") == count(html, "<!--"));
  CHECK(count(page.out, "\xE2\x80\xA8") == count(html, "\xE2\x80\xA8") + 1);  // in the title, where it is a blank
  const std::string title = page.out.substr(page.out.find("<title>") + 7);
  CHECK(
      title.starts_with("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- &quot; onload=&#39;x&#39; &amp; "
                        "@@DATA@@ @@TITLE@@ "));
  // And it is all there.
  const auto blocks = blocks_of(page.out);
  const Json& graph = blocks.at("graph");
  CHECK(graph["title"] == hostile);
  CHECK(graph["companies"]["name"][0] == hostile);
  CHECK(graph["companies"]["local"][0] == hostile);
  CHECK(graph["relations"]["note"][0] == hostile);
  CHECK(graph["sources"]["title"][0] == hostile);
  CHECK(blocks.at("at-0")["concentration"]["results"][0]["category"] == hostile);
  // Only addresses that a click may open.
  CHECK(graph["sources"]["url"] == Json::array({"", "https://example.org/?a=1&b=2", "HTTP://example.org/", ""}));
}

TEST_CASE("explore: the template has each place once, and is what was embedded") {
  const std::string html(page_template());
  CHECK(count(html, "@@TITLE@@") == 1);
  CHECK(count(html, "<title>@@TITLE@@</title>") == 1);
  CHECK(count(html, "@@DATA@@") == 1);
  CHECK(html.find("@@TITLE@@") < html.find("@@DATA@@"));
  DiskFiles files;
  std::string why;
  CHECK(files.read(TIERSCOPE_SOURCE_DIR "/src/web/page.html", why) == html);
}

struct Said {
  std::string text;
  double number = 0;

  static constexpr void describe(const auto& field) {
    field("text", &Said::text, "some text");
    field("number", &Said::number, "some number");
  }
};

std::string json_of(const Said& said) {
  std::string text;
  append_json(text, block("graph", said));
  return text;
}

TEST_CASE("explore: both places are filled in one pass") {
  CHECK(explore_page("<title>@@TITLE@@</title>@@DATA@@.", "@@DATA@@", {block("graph", Said{"@@TITLE@@</script>"})}) ==
        "<title>@@DATA@@</title><script type=\"application/json\" "
        "id=\"graph\">{\"text\":\"@@TITLE@@\\u003c/script\\u003e\",\"number\":0}</script>\n.");
}

TEST_CASE("explore: numbers in a page are those of the commands, to 15 digits") {
  const double numbers[] = {0, 0.1, 1e6, 14.2e9, 1.0 / 3, 0.1 + 0.2, 1e-300, 1e300, -0.0, 123456.75};
  for (const double number : numbers) {
    std::string text;
    append_digits(text, number);
    CAPTURE(text);
    CHECK(std::abs(Json::parse(text).get<double>() - number) <= 1e-14 * std::abs(number));
    std::string command;
    append_number(command, number);
    CHECK(text == command);
  }
  CHECK(json_of({"a<b>&\xE2\x80\xA8\xE2\x80\xA9\"\\\n\x80 甲", unbounded}) ==
        "{\"text\":\"a\\u003cb\\u003e\\u0026\\u2028\\u2029\\\"\\\\\\n\xEF\xBF\xBD 甲\",\"number\":null}");
}

TEST_CASE("explore: title and options of the page") {
  MemoryFiles files;
  files.files["one/relations.csv"] = "from,to,kind,status,value\na,b,supplies,active,1M USD\n";
  files.files["deep/two.dot"] = "digraph { c -> d [kind=supplies] }";
  files.files["-"] = "digraph { e -> f [kind=supplies] }";
  const auto graph_of = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "explore");
    const Run page = tierscope(files, words);
    REQUIRE_MESSAGE(page.status == 0, page.err);
    return blocks_of(page.out).at("graph");
  };
  const Json two = graph_of({"one/", "deep/two.dot", "-q"});
  CHECK(two["title"] == "one + two.dot");
  CHECK(two["graphs"] == Json::array({"one", "two.dot"}));
  CHECK(two["options"] == "");
  CHECK(two["currency"] == "");
  CHECK(two["format"] == 1);
  CHECK(graph_of({"-", "-q"})["title"] == "standard input");
  const Json typed = graph_of({"one", "-q", "--title", "My page", "--status", "active", "--status", "planned",
                               "--as-of", "2025-03", "--consolidate", "--currency", "EUR", "--rate", "USD/EUR=0.9"});
  CHECK(typed["title"] == "My page");
  CHECK(typed["options"] == "--status active,planned --consolidate --currency EUR --rate USD/EUR=0.9");
  CHECK(typed["dates"] == Json::parse(R"([{"label": "2025-03", "date": "2025-03-31"}])"));
  // The page's commands are these options and the date that is shown.
  CHECK(tierscope(files, {"dependence", "one", "--status", "active,planned", "--consolidate", "--currency", "EUR",
                          "--rate", "USD/EUR=0.9", "--as-of", "2025-03-31"})
            .status == 0);
}

TEST_CASE("explore: a packed page holds what the plain one does") {
  for (const char* name : {"bytedance", "ai-circular", "ai-capex"}) {
    CAPTURE(name);
    DiskFiles files;
    Records records;
    read_graph(files, std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/" + name, records);
    const Exploration page = explore(*build(records), {}, {});
    Packer packer;
    Json shared = Json::array();
    for (const Block& block : page.blocks) {
      const std::string& id = block.id;
      CAPTURE(id);
      std::string plain;
      std::string small;
      append_json(plain, block);
      packer.append(small, block);
      const Json packed = Json::parse(small);
      Json dictionary = shared;
      for (const Json& quantity : packed["$q"]) dictionary.push_back(quantity);
      if (id == "graph") shared = dictionary;
      CHECK(unpacked(packed, dictionary, packed["$s"]) == Json::parse(plain));
      if (id == "graph") CHECK(small.size() < plain.size());
    }
  }
}

TEST_CASE("explore: a large page is packed, within its budgets, and the same every time" *
          doctest::test_suite("long")) {
  MemoryFiles files;
  REQUIRE(tierscope(files, {"generate", "--companies", "3000", "-o", "net"}).status == 0);
  const Run page = tierscope(files, {"explore", "net"});
  REQUIRE(page.status == 0);
  CHECK(page.out.size() < 9'000'000);
  CHECK(page.err.find("Exposure: the ") != std::string::npos);
  const auto blocks = blocks_of(page.out);
  CHECK(blocks.at("graph")["$q"].size() > 1000);
  CHECK(blocks.at("graph")["relations"]["from"].size() == 15'000);
  CHECK(tierscope(files, {"explore", "net"}).out == page.out);
}

}  // namespace
}  // namespace tierscope::core
