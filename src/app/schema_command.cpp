#include <ostream>

#include <tierscope/write.hpp>

#include "app/command.hpp"
#include "ask/inquiry.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

class SchemaCall : public Call {
 public:
  std::vector<OptionGroup> options() override { return {{"Output", slots(output_)}}; }

  int run(Session& session) override {
    const std::string& name = operands.front();
    Suggestion suggestion(name);
    std::string all;
    for (const Inquiry* inquiry : inquiries()) {
      if (inquiry->name == name)
        return deliver(
            output_, [&](std::ostream& out) { out << json_schema(inquiry->name, inquiry->answer); }, session);
      suggestion.consider(inquiry->name);
      all += (all.empty() ? "" : ", ") + std::string(inquiry->name);
    }
    throw Usage(quote(name) + " is no question, of " + all + suggestion.text());
  }

 private:
  OutputOptions output_;
};

}  // namespace

Command schema_command() {
  return {"schema",
          "the JSON Schema of an answer",
          "Example: tierscope schema exposure",
          {"COMMAND", "the question whose answer is described", 1, 1},
          [] { return std::make_unique<SchemaCall>(); }};
}

}  // namespace tierscope::core
