#include <algorithm>
#include <array>
#include <ostream>

#include "model/names.hpp"
#include "show/answer/arrow_ipc.hpp"
#include "show/answer/format.hpp"

namespace tierscope::core {
namespace {

constexpr std::array formats{
    Format{.about = {.name = "table", .people = true}, .write = write_table},
    Format{.about = {.name = "json"}, .write = write_json, .nested = true},
    Format{.about = {.name = "jsonl"}, .write = write_jsonl, .nested = true},
    Format{.about = {.name = "csv", .one_table = true}, .write = write_csv},
    Format{.about = {.name = "markdown", .people = true}, .write = write_markdown, .links = true},
    Format{.about = {.name = "html", .people = true}, .write = write_html, .links = true},
    Format{.about = {.name = "arrow", .one_table = true, .binary = true}, .write = write_arrow, .nested = true},
    Format{.about = {.name = "xlsx", .binary = true}, .write = write_xlsx, .links = true},
};

constexpr auto abouts = [] {
  std::array<AnswerFormat, formats.size()> list;
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = formats[i].about;
  return list;
}();

/// The place of a name in a list; where it is not there, a problem.
template <typename List, typename NameOf>
std::optional<std::size_t> place(std::string_view option, const List& list, std::string_view name,
                                 const NameOf& name_of, Problems& problems) {
  Suggestion suggestion(name);
  std::string all;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (name_of(list[i]) == name) return i;
    suggestion.consider(name_of(list[i]));
    all += (all.empty() ? "" : ", ") + std::string(name_of(list[i]));
  }
  problems.push_back(
      {Severity::error, {}, 0, std::string(option), quote(name) + " is none of " + all + suggestion.text(), {}});
  return {};
}

std::string_view field_name(const Field& field) { return field.name; }

/// What a plan is made of, looked up; its problems are everything that cannot be found.
struct Looked {
  const Format* format = nullptr;
  std::optional<NamedTable> table{};
  std::vector<std::size_t> columns{};
  std::optional<std::size_t> sort{};
  Problems problems{};
};

Looked look_up(std::span<const Field> answer, std::string_view format, const WriteOptions& options) {
  Looked looked;
  Problems& problems = looked.problems;
  const auto format_name = [](const Format& f) { return f.about.name; };
  if (const auto found = place("--format", formats, format, format_name, problems)) looked.format = &formats[*found];
  const auto tables = tables_of(answer);
  if (!options.table.empty()) {
    const auto table_name = [](const NamedTable& t) { return t.name; };
    if (const auto found = place("--table", tables, options.table, table_name, problems)) looked.table = tables[*found];
  }
  // Columns are those of a format and a table.
  if (!problems.empty()) return looked;
  const std::span<const Field> results = answer[0].inner;
  const std::vector<Field> columns = !looked.table && looked.format->nested
                                         ? std::vector<Field>(results.begin(), results.end())
                                         : fields_of_table(answer, looked.table ? *looked.table : tables.front());
  for (const std::string& column : options.columns)
    looked.columns.push_back(place("--columns", columns, column, field_name, problems).value_or(0));
  if (!options.sort.empty()) looked.sort = place("--sort", columns, options.sort, field_name, problems);
  return looked;
}

// Looks whether the user wants to stop before each batch.
class Stoppable : public Cursor {
 public:
  Stoppable(const Plan& plan, CursorPtr rows) : plan_(plan), rows_(std::move(rows)) {}
  std::span<const Field> fields() const noexcept override { return rows_->fields(); }
  Next next(Batch& into) noexcept override { return plan_.stopped() ? Next::interrupted : rows_->next(into); }

 private:
  const Plan& plan_;
  CursorPtr rows_;
};

CursorPtr arranged(const Plan& plan, CursorPtr rows) {
  if (plan.sort) rows = sorted(std::move(rows), *plan.sort);
  if (plan.sort && plan.limit != 0) rows = first_rows(std::move(rows), plan.limit);
  if (!plan.columns.empty()) rows = picked(std::move(rows), plan.columns);
  return rows;
}

}  // namespace

Problems refused(std::span<const Field> answer, std::string_view format, const WriteOptions& options) {
  return look_up(answer, format, options).problems;
}

// An order that the answer has not needs all rows before the first.
CursorPtr Plan::rows() const {
  return arranged(*this, open_table(answer, table ? *table : tables_of(answer.fields()).front(), sort ? 0 : limit));
}

Next write_arrow(const Plan& plan, std::ostream& out) {
  Stoppable rows(plan, plan.nested_rows());
  return write_arrow(rows, out);
}

CursorPtr Plan::nested_rows() const {
  if (table) return rows();
  CursorPtr all = answer.open(0);
  return arranged(*this, limit != 0 && !sort ? first_rows(std::move(all), limit) : std::move(all));
}

}  // namespace tierscope::core

namespace tierscope {

std::span<const AnswerFormat> answer_formats() { return core::abouts; }

Written write(const AnyAnswer& answer, std::string_view format, const WriteOptions& options, std::ostream& out) {
  const core::Looked looked = core::look_up(answer.fields(), format, options);
  if (!looked.problems.empty()) return {looked.problems, Next::end};
  core::Plan plan{.answer = answer, .options = options};
  plan.limit = options.limit.value_or(looked.format->about.people ? answer.about().shown : 0);
  plan.table = looked.table;
  plan.columns = looked.columns;
  plan.sort = looked.sort;
  plan.links = looked.format->links;
  return {{}, looked.format->write(plan, out)};
}

}  // namespace tierscope
