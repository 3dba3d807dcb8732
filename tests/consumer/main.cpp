// A stranger's program against the installed library: loads, asks every question, draws, writes, and fails well.

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include <tierscope/tierscope.hpp>

namespace {

int failures = 0;

void expect(bool holds, const std::string& what) {
  if (holds) return;
  ++failures;
  std::cerr << "consumer: " << what << '\n';
}

// Every format of an answer is not empty and ends well.
template <typename Answer>
void all_formats(const tierscope::Result<Answer>& answer, const std::string& name) {
  expect(static_cast<bool>(answer), name + " has no answer");
  if (!answer) return;
  expect(!answer->about.title.empty() && answer->about.command == name, name + " says what it answers");
  const auto any = tierscope::any(*answer);
  for (const tierscope::AnswerFormat& format : tierscope::answer_formats()) {
    std::ostringstream out;
    const tierscope::Written written = tierscope::write(*any, format.name, {}, out);
    expect(written.problems.empty() && written.end == tierscope::Next::end &&
               (!out.str().empty() || answer->results.empty()),
           name + " as " + std::string(format.name));
  }
  std::size_t rows = 0;
  for ([[maybe_unused]] const auto& row : answer->results) ++rows;
  expect(rows == answer->results.size(), name + " has as many rows as it says");
}

}  // namespace

int main(int, char** arguments) {
  const std::string graphs = arguments[1];
  const auto loaded = tierscope::load({graphs + "/bytedance"});
  expect(static_cast<bool>(loaded), "bytedance is a graph");
  if (!loaded) return 1;
  const tierscope::Model& model = *loaded;

  tierscope::ExposureOptions exposure;
  exposure.to = {"bytedance"};
  const auto exposed = tierscope::exposure(model, exposure);
  all_formats(exposed, "exposure");
  for (const auto& row : exposed->results) {
    expect(row.total + row.other + row.unattributed + row.trapped > 1 - 1e-9, "the parts come to 1");
    if (row.supplier.id == "runze") expect(row.total == 0.6438, "Runze earns 64.38 % of its revenue from ByteDance");
  }

  all_formats(tierscope::check(model, {}), "check");
  all_formats(tierscope::list(model, {}), "list");
  tierscope::ShowOptions show;
  show.company = "cambricon";
  all_formats(tierscope::show(model, show), "show");
  all_formats(tierscope::dependence(model, {}), "dependence");
  all_formats(tierscope::concentration(model, {}), "concentration");
  tierscope::ChokepointsOptions chokepoints;
  chokepoints.to = "bytedance";
  all_formats(tierscope::chokepoints(model, chokepoints), "chokepoints");
  tierscope::OwnersOptions owners;
  owners.holder = "bytedance";
  all_formats(tierscope::owners(model, owners), "owners");
  tierscope::PathsOptions paths;
  paths.from = "cambricon";
  paths.to = "bytedance";
  all_formats(tierscope::paths(model, paths), "paths");
  tierscope::ShockOptions shock;
  shock.fail = {"smic"};
  all_formats(tierscope::shock(model, shock), "shock");
  const auto circular = tierscope::load({graphs + "/ai-circular"});
  tierscope::CyclesOptions loops;
  loops.max_length = "3";
  all_formats(tierscope::cycles(*circular, loops), "cycles");

  // Statuses cannot be forgotten: planned and superseded rows do not count unless they are asked for.
  const auto made = tierscope::build({{"relations",
                                       {"from", "to", "kind", "item", "revenue_share", "as_of", "status"},
                                       {{"a", "t", "supplies", "x", "30%", "2023", "active"},
                                        {"a", "t", "supplies", "x", "40%", "2024", "active"},
                                        {"a", "t", "supplies", "y", "20%", "2024", "planned"}}}});
  expect(static_cast<bool>(made), "rows make a model");
  tierscope::ExposureOptions of_t;
  of_t.to = {"t"};
  const auto of_rows = tierscope::exposure(*made, of_t);
  for (const auto& row : of_rows->results) expect(row.total == 0.4, "40 % and no more");

  const auto wrong = tierscope::parse("from,to\n", "wrong.dot");
  expect(!wrong && !wrong.problems().empty(), "a load error is a problem");
  of_t.to = {"nobody"};
  const auto unasked = tierscope::exposure(*made, of_t);
  expect(!unasked && tierscope::to_string(unasked.problems().front()).find("nobody") != std::string::npos,
         "an unknown company is a problem");

  tierscope::DrawOptions picture;
  picture.show = "exposure:bytedance";
  for (const char* format : {"dot", "svg"}) {
    const auto drawn = tierscope::draw(model, format, picture);
    expect(drawn && !drawn->bytes.empty(), std::string("a picture as ") + format);
  }
  const auto page = tierscope::explore(model, {});
  expect(page && page->html.find("</html>") != std::string::npos, "a page");

  expect(tierscope::save(model, "saved.graphml").empty(), "a graph is saved");
  const auto again = tierscope::load({"saved.graphml"});
  expect(again && again->relation_count() == model.relation_count(), "and read again");

  const auto imported = tierscope::import_files("table", {graphs + "/bytedance"}, "imported");
  expect(imported && imported->relations == model.relation_count(), "a graph is imported");
  expect(!tierscope::import_files("nothing", {"saved.graphml"}, "imported"), "an unknown format is a problem");

  ArrowArrayStream stream{};
  tierscope::export_stream(tierscope::any(*exposed)->open(0), &stream);
  ArrowArray batch{};
  expect(stream.get_next(&stream, &batch) == 0 && batch.length > 0, "rows as Arrow");
  batch.release(&batch);
  stream.release(&stream);

  std::cout << (failures == 0 ? "consumer: all well\n" : "consumer: failed\n");
  return failures == 0 ? 0 : 1;
}
