// Definitions, sections 1 and 11: what a relation may call a company, who is nobody, and the columns that tell more of
// both, kept through every format.

#include <doctest/doctest.h>

#include <tierscope/cycles.hpp>

#include <set>

#include "ask/picture/picture.hpp"
#include "ask/shares.hpp"
#include "model_of.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

using Texts = std::map<std::string, std::string>;

struct Read {
  std::optional<Model> model;
  std::string problems;
};

Read read(const Texts& tables, const std::vector<std::string>& graphs = {"g"}) {
  MemoryFiles files;
  files.files = tables;
  Records records;
  for (const std::string& graph : graphs) read_graph(files, graph, records);
  Read result;
  result.model = build(records);
  result.problems = problems_of(records);
  return result;
}

/// Who buys from tsmc, row by row.
std::string customers(const Read& read) {
  REQUIRE_MESSAGE(read.model, read.problems);
  std::string ids;
  for (std::size_t row = 0; row < read.model->relation_count(); ++row)
    (ids += row == 0 ? "" : " ") += read.model->id(read.model->relation(row).to);
  return ids;
}

const std::string listed =
    "id,name,name_local,ticker,lei,aliases\n"
    "tsmc,TSMC,台积电,2330.TW,,\n"
    "nvidia,NVIDIA Corporation,英伟达,NVDA,549300S4KLFTLO7GSQ80,Nvidia Corp;  GeForce   Maker ;\n"
    "nestle,Nestl\xc3\xa9 S.A.,,NESN,,\n";  // é as one character

Read sold_to(const std::vector<std::string>& names, const std::string& companies = listed) {
  std::string rows = "from,to,kind\n";
  for (const std::string& name : names) rows += "tsmc," + name + ",supplies\n";
  return read({{"g/companies.csv", companies}, {"g/relations.csv", rows}});
}

}  // namespace

TEST_CASE("a relation names a company by any of its names, in any case and spacing; said once, with a count") {
  for (const char* name : {"NVIDIA Corporation", "nvidia  CORPORATION", " 英伟达 ", "nvda", "549300s4klftlo7gsq80",
                           "nvidia corp", "geforce maker", "GeForce  Maker"})
    CHECK(customers(sold_to({name})) == "nvidia");
  CHECK(customers(sold_to({"Nestle\xcc\x81 s.a."})) == "nestle");  // e and an accent

  // Four rows with three texts that are no ids; `nvidia` is one.
  const Read several = sold_to({"NVDA", "nvidia", "Nvidia Corp", "NVDA", "英伟达"});
  CHECK(customers(several) == "nvidia nvidia nvidia nvidia nvidia");
  CHECK(several.model->company_count() == 3);
  CHECK(several.problems ==
        "g/relations.csv:2: warning: from, to: 3 texts are no ids, but names: 'NVDA' is nvidia; give the ids, unless "
        "that is meant\n");
  CHECK(
      sold_to({"NVDA"}).problems ==
      "g/relations.csv:2: warning: from, to: 1 text is no id, but a name: 'NVDA' is nvidia; give the ids, unless that "
      "is meant\n");
}

TEST_CASE("companies that only relations name lend their names to nobody") {
  // `b` is written before `B`: neither is listed, so they are two.
  const Read read = sold_to({"b", "B"}, "id\ntsmc\n");
  CHECK(customers(read) == "b B");
  CHECK(read.problems ==
        "g/relations.csv:2: warning: to: no company 'b' is listed; it is taken as a company with no more than an id; "
        "list it among the companies\n"
        "g/relations.csv:3: warning: to: no company 'B' is listed; it is taken as a company with no more than an id; "
        "list it among the companies\n");
}

TEST_CASE("an id wins over a name, and a text that several companies bear is an error with their ids") {
  const std::string companies =
      "id,name,aliases\ntsmc,,\nalpha,beta,\nbeta,Gamma,\nx,Acme,\ny,Y,acme\nz,Z Inc,a c m e\n";
  CHECK(customers(sold_to({"beta", "gamma", "alpha"}, companies)) == "beta beta alpha");
  // An id in another case names its company, where no other bears that name.
  CHECK(customers(sold_to({"ALPHA", "abc", "ABC", "aBc", "ABC corp", "ABD"},
                          "id,name\ntsmc,\nalpha,A Inc\nabc,ABC Corp\nxyz,ABC\nabd,Abd Inc\n")) ==
        "alpha abc xyz xyz abc abd");
  const Read two = sold_to({"alpha", "ACME", "acme"}, companies);
  CHECK(!two.model);
  CHECK(two.problems ==
        "g/relations.csv:3: to: 'ACME' is the name of several companies: x, y; give the id\n"
        "g/relations.csv:4: to: 'acme' is the name of several companies: x, y; give the id\n");
  std::string many = "id,name\ntsmc,\n";
  for (int i = 0; i < 12; ++i) many += "c" + std::to_string(i) + ",Twin\n";
  CHECK(sold_to({"twin"}, many).problems ==
        "g/relations.csv:2: to: 'twin' is the name of several companies: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 2 "
        "more; give the id\n");
}

TEST_CASE("a text that names nobody is a company of that id and name") {
  const Read read = sold_to({"Intel", "intel", "Nvidea"});
  CHECK(customers(read) == "Intel intel Nvidea");
  CHECK(read.model->company_count() == 6);
  CHECK(read.model->name(3) == "Intel");
  CHECK(!read.model->company(3).aggregate);
  CHECK(read.problems ==
        "g/relations.csv:2: warning: to: no company 'Intel' is listed; it is taken as a company with no more than an "
        "id; list it among the companies\n"
        "g/relations.csv:3: warning: to: no company 'intel' is listed; did you mean 'Intel'?; it is taken as a company "
        "with no more than an "
        "id; list it among the companies\n"
        "g/relations.csv:4: warning: to: no company 'Nvidea' is listed; did you mean 'nvidia'?; it is taken as a "
        "company with no more than an id; list it among the companies\n");
}

TEST_CASE("names are looked up in every format and over all graphs of one reading") {
  CHECK(customers(read({{"g.dot",
                         "digraph { tsmc; nvidia [name=\"NVIDIA Corporation\", ticker=NVDA]\n"
                         "tsmc -> \"NVDA\" [kind=supplies] }"}},
                       {"g.dot"})) == "NVDA");  // a node of its own: DOT lists what its edges name
  CHECK(customers(read({{"a/companies.csv", listed},
                        {"a/relations.csv", "from,to,kind\n"},
                        {"b/relations.csv", "from,to,kind\nTSMC,nvda,supplies\n"}},
                       {"b", "a"})) == "nvidia");
}

// ---- nobody in particular

TEST_CASE("a name that is a word for nobody in particular makes an aggregate") {
  // The list of the definitions, each as it stands there.
  const std::vector<std::string> words{"others",
                                       "other",
                                       "other customers",
                                       "other suppliers",
                                       "various",
                                       "various customers",
                                       "various suppliers",
                                       "miscellaneous",
                                       "undisclosed",
                                       "undisclosed customer",
                                       "undisclosed customers",
                                       "undisclosed supplier",
                                       "undisclosed suppliers",
                                       "not disclosed",
                                       "unknown",
                                       "unnamed",
                                       "n/a",
                                       "none",
                                       "total",
                                       "all",
                                       "rest",
                                       "free float",
                                       "其他",
                                       "其它",
                                       "其他客户",
                                       "其他供应商",
                                       "合计",
                                       "その他",
                                       "不明",
                                       "Sonstige",
                                       "Sonstige Kunden",
                                       "Übrige",
                                       "Diverse",
                                       "Autres",
                                       "Divers",
                                       "Otros",
                                       "Varios",
                                       "Altri",
                                       "Прочие"};
  const auto aggregate = [](const std::string& name, const std::string& cell) {
    const Read built = read({{"g/relations.csv", "from,to,kind\n"},
                             {"g/companies.csv", "id,name,aggregate\nx,\"" + name + "\"," + cell + "\n"}});
    REQUIRE_MESSAGE(built.model, built.problems);
    return built.model->company(0).aggregate;
  };
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(aggregate(word, ""));
    CHECK(aggregate(" -" + word + "_ ", ""));
    CHECK(aggregate(word, "true"));
    CHECK(!aggregate(word, "false"));
    CHECK(!aggregate(word + " x", ""));
    CHECK(!aggregate("the " + word, ""));
    // Where there is no name, the id is it.
    const Read by_id = read({{"g/relations.csv", "from,to,kind\na," + word + ",supplies\n"}});
    REQUIRE(by_id.model);
    CHECK(by_id.model->company(1).aggregate);
    CHECK(!by_id.model->company(0).aggregate);
  }
  for (const char* name : {"OTHER CUSTOMERS", "Other-Customers", "other_customers", "othercustomers", "N/A",
                           "ＯＴＨＥＲＳ", "\u3000其他", "\u00a0合计", "ÜBRIGE", "прочие", "VARIOUS\tsuppliers"})
    CHECK(aggregate(name, ""));
  for (const char* name : {"Other World", "Unknown Worlds", "Allied", "Restaurant", "Divers Alert Network", "NA",
                           "其他公司股份", "Total Energies", "Free", "oth.ers"})
    CHECK(!aggregate(name, ""));
}

TEST_CASE("a word for nobody in a relation is nobody there, whatever is listed beside it") {
  const Read read = sold_to({"Others", "nvidia", "OTHERS"});
  CHECK(customers(read) == "Others nvidia OTHERS");
  CHECK(read.model->company(3).aggregate);
  CHECK(read.model->company(4).aggregate);
  CHECK(!read.model->company(1).aggregate);
  CHECK(read.problems ==
        "g/relations.csv:2: warning: to: no company 'Others' is listed; it is taken as no company of its own; list it, "
        "with aggregate=false if it is one\n"
        "g/relations.csv:4: warning: to: no company 'OTHERS' is listed; it is taken as no company of its own; list it, "
        "with aggregate=false if it is one\n");
  // One that is listed is named by its name, as any company.
  CHECK(customers(sold_to({"OTHERS"}, "id,name\ntsmc,\nrest-of-tsmc,Others\n")) == "rest-of-tsmc");
}

TEST_CASE("the name decides, not the id beside it, and what is stated of one graph holds for all") {
  const auto first = [](const Texts& tables, const std::vector<std::string>& graphs) {
    const Read built = read(tables, graphs);
    return !built.model ? built.problems : built.model->company(0).aggregate ? "aggregate" : "company";
  };
  const std::string none = "from,to,kind\n";
  CHECK(first({{"g/relations.csv", none}, {"g/companies.csv", "id,name\ntotal,TotalEnergies\n"}}, {"g"}) == "company");
  CHECK(first({{"g/relations.csv", none}, {"g/companies.csv", "id,name_local\nx,其他\n"}}, {"g"}) == "company");
  const auto merged = [&](const std::string& a, const std::string& b) {
    return first({{"a/relations.csv", none},
                  {"a/companies.csv", "id,aggregate\nothers," + a + "\n"},
                  {"b/relations.csv", none},
                  {"b/companies.csv", "id,aggregate\nothers," + b + "\n"}},
                 {"a", "b"});
  };
  CHECK(merged("", "") == "aggregate");
  CHECK(merged("", "false") == "company");
  CHECK(merged("false", "") == "company");
  CHECK(merged("true", "") == "aggregate");
  CHECK(merged("", "true") == "aggregate");
  CHECK(merged("true", "false") ==
        "b/companies.csv:2: aggregate: 'false' contradicts 'true' at a/companies.csv:2; make the graphs agree\n");
  CHECK(merged("false", "true") ==
        "b/companies.csv:2: aggregate: 'true' contradicts 'false' at a/companies.csv:2; make the graphs agree\n");
}

// ---- the columns

namespace {

const Texts full{
    {"g/companies.csv",
     "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
     "aggregate,source\n"
     "a,Alpha,,,,,5493001KJTIIGC8Y1R12,\"Alfa;\"\"The A\"\", Ltd\",10B USD,2024,consolidated,estimated,,s\n"
     "b,,,,,,,,9B USD,2024,,disclosed,,\n"
     "others,,,,,,,,,,,,false,\n"
     "rest,,,,,,,,,,,,,\n"
     "fund,,,,,,,,,,,,true,\n"},
    {"g/relations.csv",
     "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
     "deal,claim,confidence,source,note\n"
     "a,b,supplies,chips,,1B USD,order,,,,,,,2025,,\"frame; 2025, first\",sole,reported,s,\n"
     "a,others,supplies,chips,,,,,,,,,,2025,,,primary,,,\n"
     "a,rest,supplies,chips,,,,,,,,,,2025,,,major,,,\n"
     "b,others,supplies,chips,,,,,,,,,,2025,,,named,,,\n"
     "b,a,pays,,,2B USD,,,,,,,,2025,true,second,,estimated,,\n"},
    {"g/sources.csv", "id,title,publisher,date,url,language\ns,S,,,,\n"}};

Texts folder(const Model& model) {
  Texts files;
  for (const NamedBytes& file : write_folder(model)) files["g/" + file.path] = whole(file);
  return files;
}

}  // namespace

TEST_CASE("every column survives a CSV folder, DOT and GraphML") {
  const Read first = read(full);
  CHECK(first.problems == "");
  REQUIRE(first.model);
  CHECK(folder(*first.model) == full);

  const std::string dot = write_dot(*first.model);
  const Read from_dot = read({{"g.dot", dot}}, {"g.dot"});
  REQUIRE_MESSAGE(from_dot.model, from_dot.problems);
  CHECK(write_dot(*from_dot.model) == dot);
  CHECK(folder(*from_dot.model) == full);

  const std::string graphml = write_graphml(*first.model);
  const Read from_graphml = read({{"g.graphml", graphml}}, {"g.graphml"});
  REQUIRE_MESSAGE(from_graphml.model, from_graphml.problems);
  CHECK(write_graphml(*from_graphml.model) == graphml);
  CHECK(folder(*from_graphml.model) == full);
}

TEST_CASE("the columns mean what the definitions say") {
  const Read built = read(full);
  REQUIRE_MESSAGE(built.model, built.problems);
  const Model& model = *built.model;
  CHECK(model.company(0).revenue_consolidated);
  CHECK(model.company(0).revenue.confidence == Confidence::estimated);
  CHECK(!model.company(1).revenue_consolidated);
  CHECK(model.company(1).revenue.confidence == Confidence::disclosed);
  std::string aggregates;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (model.company(v).aggregate) (aggregates += model.id(v)) += ' ';
  CHECK(aggregates == "rest fund ");
  const std::vector<Claim> claims{Claim::sole, Claim::primary, Claim::major, Claim::named, Claim::none};
  for (std::size_t row = 0; row < claims.size(); ++row) CHECK(model.relation(row).claim == claims[row]);
  CHECK(model.text(model.relation(0).deal) == "frame; 2025, first");
  CHECK(model.relation(0).value.confidence == Confidence::reported);
  CHECK(model.relation(4).kind == Kind::pays);
}

TEST_CASE("a word that is not of a column's list is an error that lists it") {
  const auto wrong = [](const std::string& column, const std::string& cell) {
    return read({{"g/companies.csv", "id,revenue," + column + "\na,5B USD," + cell + "\n"},
                 {"g/relations.csv", "from,to,kind\n"}})
        .problems;
  };
  CHECK(wrong("revenue_confidence", "sure") ==
        "g/companies.csv:2: revenue_confidence: unknown revenue_confidence 'sure'; use one of disclosed, reported, "
        "estimated\n");
  CHECK(wrong("revenue_scope", "group") ==
        "g/companies.csv:2: revenue_scope: unknown revenue_scope 'group'; use one of consolidated (it holds the "
        "subsidiaries' revenue); leave the cell empty otherwise\n");
  const auto row = [](const std::string& rows) {
    return read({{"g/companies.csv", "id\na\nb\n"}, {"g/relations.csv", rows}}).problems;
  };
  CHECK(row("from,to,kind,claim\na,b,supplies,only\n") ==
        "g/relations.csv:2: claim: unknown claim 'only'; use one of sole, primary, major, named\n");
  CHECK(row("from,to,kind\na,b,buys\n") ==
        "g/relations.csv:2: kind: unknown kind 'buys'; use one of pays, supplies, invests, lends, guarantees, "
        "grants, owns\n");
}

// ---- pays

TEST_CASE("pays moves money from payer to payee, as commerce, and is no sale") {
  const std::string rows =
      "from,to,kind,value\n"
      "a,b,pays,3B USD\n"      // a → b 3
      "a,b,supplies,2B USD\n"  // b → a 2: with the first a loop of min(3, 2) = 2, all commercial
      "c,d,pays,4B USD\n"      // c → d 4
      "d,c,invests,1B USD\n"   // d → c 1: min(4, 1) = 1, a financing leg and a commercial one
      "e,f,pays,5B USD\n"      // e → f 5, f → g 6, g → e 7: 5
      "f,g,pays,6B USD\n"
      "g,e,pays,7B USD\n"
      "h,i,supplies,9B USD\n"  // i → h, and again i → h: no loop
      "i,h,pays,9B USD\n";
  const Model model = model_of(rows);
  const Result<Cycles> answer = tierscope::cycles(tierscope::Model(std::make_shared<Model>(model)), {});
  REQUIRE(answer);
  std::set<std::string> loops;
  for (const LoopRow& row : answer->results) {
    std::string loop;
    for (const tierscope::Company& company : row.companies) (loop += company.id) += ' ';
    loops.insert(loop + std::string(row.loop_class) + " " + std::to_string(row.amount.low / 1e9).substr(0, 3));
  }
  CHECK(loops == std::set<std::string>{"a b reciprocal-trade 2.0", "c d circular-deal 1.0", "e f g trade-loop 5.0"});
  CHECK(answer->results.size() == 3);
  CHECK(std::count(answer->about.notes.begin(), answer->about.notes.end(),
                   "Without a's payment to b: 1 of the 3 loops listed gone.") == 1);
  const RevenueLinks links(model);
  // b's sales to a, i's to h: two customers in all, and none for what is paid.
  std::string sales;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    for (const RevenueLink& link : links.of(v))
      sales += std::string(model.id(v)) + ">" + std::string(model.id(link.customer)) + " ";
  CHECK(sales == "a>b h>i ");
}

TEST_CASE("in a picture a payment is a line of its own kind, and makes nobody a supplier") {
  const Model model = model_of(
      "from,to,kind,category,value,revenue_share\n"
      "a,b,supplies,chips,,60%\n"
      "a,b,pays,,3B USD,\n"
      "b,a,invests,,2B USD,\n"
      "c,a,pays,,1B USD,\n");
  const auto lines = [](const Diagram& diagram) {
    std::string text;
    for (const DrawnLine& line : diagram.lines)
      text += std::string(diagram.facts.id(diagram.companies[line.from].company)) + ">" +
              std::string(diagram.facts.id(diagram.companies[line.to].company)) +
              (line.financing ? " hollow" : " full") + (line.tone == Tone::accent ? " accent; " : "; ");
    return text;
  };
  const auto legend = [](const Diagram& diagram, Symbol symbol) {
    for (const LegendEntry& entry : diagram.legend)
      if (entry.symbol == symbol) return entry.text;
    return std::string("none");
  };
  const Diagram plain = picture(model, {}, false, {});
  // The largest amount is the finding, and alone is marked: not the share of 60 % beside it.
  CHECK(plain.title == "a pays b 3B USD");
  CHECK(lines(plain) == "a>b full; a>b hollow accent; b>a hollow; c>a hollow; ");
  CHECK(legend(plain, Symbol::accent_line) == "the headline's; else width = share of revenue");
  CHECK(legend(plain, Symbol::financing_line) == "payment, investment, loan, guarantee or shares");
  CHECK(
      plain.subtitle ==
      "Arrows run from supplier to customer, from payer to whom it pays, from investor or lender to whom it finances, "
      "from parent to subsidiary.");
  PictureParams near;
  near.focus = "b";
  near.depth = 0;
  near.direction = "suppliers";
  CHECK(lines(picture(model, {}, false, near)) == "a>b full accent; ");
  near.direction = "both";
  near.depth = 1;
  CHECK(picture(model, {}, false, near).title == "a earns 60 % of its revenue from b");
  // The money goes from a to b as a payment, back for the chips and as an investment.
  PictureParams loops;
  loops.show = "cycles";
  const Diagram money = picture(model, {}, false, loops);
  CHECK(legend(money, Symbol::financing_line) == "financing: investment, loan, guarantee or shares");
  CHECK(lines(money) == "b>a hollow accent; a>b full accent; ");
}

}  // namespace tierscope::core
