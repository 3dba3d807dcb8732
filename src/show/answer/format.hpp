#pragma once
// What a format is asked to write, with every name in it looked up.

#include <iosfwd>
#include <optional>
#include <vector>

#include <tierscope/write.hpp>

#include "show/answer/cursors.hpp"

namespace tierscope::core {

/// What is written of an answer.
struct Plan {
  const AnyAnswer& answer;
  const WriteOptions& options;
  std::optional<NamedTable> table{};  // one alone
  std::size_t limit = 0;              // results; 0 = all
  std::vector<std::size_t> columns{};
  std::optional<std::size_t> sort{};
  bool links = false;  // addresses can be followed

  const About& about() const { return answer.about(); }
  /// The rows that were asked for, in the order and with the columns that were asked for: of the table that was named,
  /// else of the main table, one row a fact.
  CursorPtr rows() const;
  /// The same with the main table's lists left in their rows.
  CursorPtr nested_rows() const;
  bool stopped() const { return options.stop && options.stop(); }
};

struct Format {
  AnswerFormat about;
  Next (*write)(const Plan& plan, std::ostream& out);
  bool nested = false;  // its rows hold the lists of the main table
  bool links = false;   // addresses can be followed
};

Next write_table(const Plan& plan, std::ostream& out);
Next write_json(const Plan& plan, std::ostream& out);
Next write_jsonl(const Plan& plan, std::ostream& out);
Next write_csv(const Plan& plan, std::ostream& out);
Next write_markdown(const Plan& plan, std::ostream& out);
Next write_html(const Plan& plan, std::ostream& out);
Next write_arrow(const Plan& plan, std::ostream& out);
Next write_xlsx(const Plan& plan, std::ostream& out);

/// What `write` would refuse of an answer with these fields: it can be known before the question is put.
Problems refused(std::span<const Field> answer, std::string_view format, const WriteOptions& options);

/// Calls `use` with each batch; how it ended.
template <typename Use>
Next each_batch(const Plan& plan, Cursor& rows, const Use& use) {
  Batch batch(rows.fields());
  for (;;) {
    if (plan.stopped()) return Next::interrupted;
    const Next more = rows.next(batch);
    if (more != Next::rows) return more;
    use(batch);
  }
}

}  // namespace tierscope::core
