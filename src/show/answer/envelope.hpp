#pragma once
// What stands around every answer: the finding, and what was asked of what.

#include <string>
#include <string_view>
#include <vector>

#include <tierscope/answer.hpp>

namespace tierscope::core {

struct Envelope {
  std::size_t schema = 2;
  std::string_view command;
  std::vector<std::string> graphs;
  Date as_of;
  std::vector<std::string_view> status;
  std::string_view title;

  static constexpr void describe(const auto& field) {
    using E = Envelope;
    field("schema", &E::schema, "the version of these formats");
    field("command", &E::command, "the question");
    field("graphs", &E::graphs, "as they were named");
    field("as_of", &E::as_of, "what was known by then; null: no limit");
    field("status", &E::status, "of the relations that count");
    field("title", &E::title, "the finding");
  }
};
static_assert(all_described<Envelope>);

inline Envelope envelope_of(const About& about) {
  Envelope envelope{
      .command = about.command, .graphs = about.graphs, .as_of = about.as_of, .status = {}, .title = about.title};
  for (const Status status : all_statuses)
    if (about.statuses.contains(status)) envelope.status.push_back(to_string(status));
  return envelope;
}

}  // namespace tierscope::core
