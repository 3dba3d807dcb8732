// Definitions, sections 1 and 11: one reporter's labels for partners, and companies taken as nobody by their names.
// Every question that counts them says so.

#include "ask/unnamed.hpp"

#include <doctest/doctest.h>

#include <tierscope/check.hpp>
#include <tierscope/draw.hpp>

#include "ask/inquiry.hpp"
#include "ask/picture/picture.hpp"
#include "model/nobody.hpp"
#include "model_of.hpp"
#include "show/page/explore.hpp"

using namespace tierscope::core;

namespace {

tierscope::Model handle(const Model& model) { return tierscope::Model(std::make_shared<Model>(model)); }

std::string errors(const Model& model) {
  const auto answer = tierscope::check(handle(model), {});
  REQUIRE(answer);
  std::string text;
  for (const tierscope::Finding& row : answer->results)
    if (row.severity == "error")
      text += row.place + ": " + std::string(row.attribute) + ": " + std::string(row.what) + "; " +
              std::string(row.remedy) + "\n";
  return text;
}

std::string notes(const Model& model) {
  std::string text;
  for (const std::string& note : unnamed_notes(model)) text += note + "\n";
  return text;
}

std::size_t times(const std::vector<std::string>& notes, const std::string& wanted) {
  return static_cast<std::size_t>(std::count(notes.begin(), notes.end(), wanted));
}

}  // namespace

TEST_CASE("a label is a word for a partner and a letter, a number or a number word, and no more") {
  for (const char* name : {"Customer A", "customer a", "CUSTOMER-B", "customer_c", "CustomerD", "Client 1",
                           "Supplier 12", "Vendor One", "Distributor twelve", "Company Z", "Company 007", "客户A",
                           "客户一", "供应商 2", "公司甲", "Ｃｕｓｔｏｍｅｒ　Ａ"})
    CHECK_MESSAGE(anonymous_label(name), name);
  for (const char* name :
       {"", "A", "Customer", "Customers A", "Customer AB", "Customer A Inc", "A Customer", "The Company 1", "Vendor1x",
        "Customer one hundred", "Client Earth", "Company", "客户", "大客户A", "Supplier A and B", "Customer 1234567"})
    CHECK_MESSAGE(!anonymous_label(name), name);
}

TEST_CASE("a label that several companies have relations with is an error of check, with place, cause and remedy") {
  const std::string companies = "id,name,aggregate\nc-a,Customer A,\nx,,\ny,,\nz,,\nv1,Vendor 1,\nagg,,true\n";
  // x and z sell to Customer A, who pays y; Vendor 1 sells to x alone, twice, and to an aggregate.
  const std::string rows =
      "from,to,kind\nx,c-a,supplies\nx,c-a,invests\nv1,x,supplies\nc-a,y,pays\nz,c-a,supplies\nv1,x,owns\n"
      "v1,agg,supplies\n";
  CHECK(errors(model_of(rows, companies)) ==
        "g/relations.csv:5: from: 'Customer A' is one reporter's label for a partner, but 3 companies name it: 'x' "
        "(g/relations.csv:2), 'y' (g/relations.csv:5), 'z' (g/relations.csv:6); give each reporter its own id, such as "
        "'y-c-a'\n");
  CHECK(errors(model_of("from,to,kind\nx,Supplier-1,supplies\ny,Supplier-1,supplies\n")) ==
        "g/relations.csv:3: to: 'Supplier-1' is one reporter's label for a partner, but 2 companies name it: 'x' "
        "(g/relations.csv:2), 'y' (g/relations.csv:3); give each reporter its own id, such as 'y-Supplier-1'\n");
  // Each reporter's own id is what the remedy asks for; a name that is none is no label; a company and itself are one.
  CHECK(errors(model_of("from,to,kind\nx,a1,supplies\ny,a2,supplies\nx,a1,owns\na1,a1,owns\n",
                        "id,name\na1,Customer A\na2,Customer A\nx,\ny,\n")) == "");
  CHECK(errors(model_of("from,to,kind\nx,a1,supplies\ny,a1,supplies\n", "id,name\na1,Customer AG\nx,\ny,\n")) == "");
  CHECK(errors(model_of("from,to,kind\nx,a1,supplies\ny,a1,supplies\n",
                        "id,name,aggregate\na1,Customer A,true\nx,,\ny,,\n")) == "");
  // Rows that the date leaves out name it too: check sees every row.
  CHECK(errors(model_of("from,to,kind,until\nx,a1,supplies,2001\ny,a1,supplies,\n",
                        "id,name\na1,Customer A\nx,\ny,\n")) != "");
  std::string many = "from,to,kind\n";
  for (int i = 0; i < 7; ++i) many += "s" + std::to_string(i) + ",Customer A,supplies\n";
  CHECK(errors(model_of(many)) ==
        "g/relations.csv:3: to: 'Customer A' is one reporter's label for a partner, but 7 companies name it: 's0' "
        "(g/relations.csv:2), 's1' (g/relations.csv:3), 's2' (g/relations.csv:4), 's3' (g/relations.csv:5), 's4' "
        "(g/relations.csv:6) and 2 more; give each reporter its own id, such as 's1-Customer A'\n");
}

TEST_CASE("the notes name who is counted, each kind in one sentence") {
  const std::string companies =
      "id,name,aggregate\nu,Undisclosed,\no,其他,\nk,All,false\nt,Rest,true\nunused,Others,\nx,,\ny,,\n";
  CHECK(notes(model_of("from,to,kind\nx,u,supplies\nx,o,supplies\nx,k,supplies\nx,t,supplies\n", companies)) ==
        "Taken as no company of their own, by their names: Undisclosed, 其他 (aggregate=false overrides).\n");
  CHECK(notes(model_of("from,to,kind\nx,u,supplies\n", companies)) ==
        "Taken as no company of its own, by its name: Undisclosed (aggregate=false overrides).\n");
  CHECK(notes(model_of("from,to,kind\nx,y,supplies\n", companies)) == "");
  std::string many = "from,to,kind\n";
  for (const char* name : {"all", "rest", "none", "total", "other", "others", "Customer A", "Client A"})
    many += "x," + std::string(name) + ",supplies\ny," + name + ",supplies\n";
  CHECK(notes(model_of(many)) ==
        "Taken as no company of their own, by their names: all, rest, none, total, other and 1 more (aggregate=false "
        "overrides).\n"
        "One reporter's label for a partner, but several companies have relations with it, counted as with one "
        "company: Customer A, Client A. Each reporter needs its own id; tierscope check names the rows.\n");
}

TEST_CASE("a label is told of where the view counts it, whoever else names it beside the view") {
  const Model model = model_of(
      "from,to,kind,status,until,as_of\n"
      "x,Customer A,supplies,active,,2024\ny,Customer A,supplies,planned,,2024\n"
      "x,Customer B,supplies,planned,,2024\ny,Customer B,supplies,planned,,2024\n");
  CHECK(notes(active(model)) ==
        "One reporter's label for a partner, but several companies have relations with it, counted as with one "
        "company: Customer A. Each reporter needs its own id; tierscope check names the rows.\n");
}

TEST_CASE("every question, the picture and the page say who is taken as nobody, and as one company") {
  const Model model = model_of(
      "from,to,kind,category,revenue_share,value,as_of\n"
      "x,Customer A,supplies,chips,20%,,2024\ny,Customer A,supplies,chips,30%,,2024\n"
      "Customer A,t,supplies,chips,40%,,2024\nx,Others,supplies,chips,10%,,2024\n"
      "t,x,supplies,chips,,5 USD,2024\nt,x,invests,,,5 USD,2024\n");
  const std::string nobody = "Taken as no company of its own, by its name: Others (aggregate=false overrides).";
  const std::string label =
      "One reporter's label for a partner, but several companies have relations with it, counted as with one company: "
      "Customer A. Each reporter needs its own id; tierscope check names the rows.";
  for (const Inquiry* const question : inquiries()) {
    CAPTURE(question->name);
    const auto asked = question->ask();
    for (const Slot& slot : asked->options())
      if (slot.field->name == "from") {
        *std::get<std::string*>(slot.target) = "x";
      } else if (slot.field->name == "to" || slot.field->name == "of" ||
                 (slot.field->name == "company" && slot.field->required)) {
        if (auto* const* text = std::get_if<std::string*>(&slot.target)) **text = "t";
        if (auto* const* texts = std::get_if<std::vector<std::string>*>(&slot.target)) **texts = {"t"};
      }
    const auto answer = asked->answer(handle(model));
    REQUIRE_MESSAGE(answer, to_string(answer.problems().front()));
    const std::vector<std::string>& said = (*answer)->about().notes;
    CHECK(times(said, nobody) == 1);
    CHECK(times(said, label) == 1);
  }
  const Diagram diagram = picture(model, {}, false, {});
  CHECK(times(diagram.notes, nobody) == 1);
  CHECK(times(diagram.notes, label) == 1);
  PictureParams near;  // y's own picture holds neither Others nor a second partner of Customer A
  near.focus = "y";
  near.depth = 1;
  CHECK(times(picture(model, {}, false, near).notes, nobody) == 0);
  const Exploration page = explore(model, {}, {});
  CHECK(times(page.notes, nobody) == 1);
  CHECK(times(page.notes, label) == 1);
}
