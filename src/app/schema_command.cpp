#include <ostream>

#include <tierscope/write.hpp>

#include "app/command.hpp"
#include "ask/inquiry.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

struct SchemaOptions {
  std::string command;
  static constexpr void describe(const auto& field) {
    field("command", &SchemaOptions::command, "the question", Metavar{"COMMAND"}, required);
  }
};

class SchemaCall : public Call {
 public:
  std::vector<Slot> options() override { return together({slots(options_), slots(output_)}); }

  int run(Session& session) override {
    Suggestion suggestion(options_.command);
    for (const Inquiry* inquiry : inquiries()) {
      if (inquiry->name == options_.command)
        return deliver(
            output_, [&](std::ostream& out) { out << json_schema(inquiry->name, inquiry->answer); }, session);
      suggestion.consider(inquiry->name);
    }
    throw Usage("schema: " + quote(options_.command) + " is no question" + suggestion.text());
  }

 private:
  SchemaOptions options_;
  OutputOptions output_;
};

}  // namespace

Command schema_command() {
  return {"schema", "the JSON Schema of an answer", "Example: tierscope schema --command exposure", false,
          [] { return std::make_unique<SchemaCall>(); }};
}

}  // namespace tierscope::core
