#include <algorithm>
#include <array>
#include <ostream>

#include "model/names.hpp"
#include "show/answer/arrow_ipc.hpp"
#include "show/answer/format.hpp"

namespace tierscope {
namespace {

using namespace core;

constexpr std::array formats{
    Format{{.name = "table", .people = true}, write_table},
    Format{{.name = "json"}, write_json, true},
    Format{{.name = "jsonl"}, write_jsonl, true},
    Format{{.name = "csv", .one_table = true}, write_csv},
    Format{{.name = "markdown", .people = true}, write_markdown},
    Format{{.name = "html", .people = true}, write_html},
    Format{{.name = "arrow", .one_table = true, .binary = true}, write_arrow, true},
};

constexpr auto abouts = [] {
  std::array<AnswerFormat, formats.size()> list;
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = formats[i].about;
  return list;
}();

/// Nothing, or what is wrong with a name that is none of the list.
template <typename List, typename NameOf>
Problems unknown(std::string_view what, std::string_view word, const List& list, const NameOf& name_of) {
  Suggestion suggestion(word);
  std::string all;
  for (const auto& item : list) {
    const std::string_view name = name_of(item);
    suggestion.consider(name);
    all += (all.empty() ? "" : ", ") + std::string(name);
  }
  const std::string hint = suggestion.text();
  return {{Severity::error, {}, 0, std::string(what), quote(word) + " is none of " + all + hint, {}}};
}

template <typename List, typename NameOf>
std::optional<std::size_t> place(const List& list, std::string_view name, const NameOf& name_of) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (name_of(list[i]) == name) return i;
  return {};
}

std::string_view field_name(const Field& field) { return field.name; }

}  // namespace

std::span<const AnswerFormat> answer_formats() { return abouts; }

Written write(const AnyAnswer& answer, std::string_view format, const WriteOptions& options, std::ostream& out) {
  const auto name_of = [](const Format& f) { return f.about.name; };
  const auto found = place(formats, format, name_of);
  if (!found) return {unknown("--format", format, formats, name_of), Next::end};
  const Format& writer = formats[*found];
  Plan plan{.answer = answer, .options = options};
  plan.limit = options.limit.value_or(writer.about.people ? answer.about().shown : 0);
  const auto tables = tables_of(answer.fields());
  if (!options.table.empty()) {
    const auto table_name = [](const NamedTable& t) { return t.name; };
    const auto table = place(tables, options.table, table_name);
    if (!table) return {unknown("--table", options.table, tables, table_name), Next::end};
    plan.table = tables[*table];
  }
  const bool nested = !plan.table && writer.nested;
  const std::span<const Field> results = answer.fields()[0].inner;
  const std::vector<Field> columns = nested
                                         ? std::vector<Field>(results.begin(), results.end())
                                         : fields_of_table(answer.fields(), plan.table ? *plan.table : tables.front());
  for (const std::string& column : options.columns) {
    const auto c = place(columns, column, field_name);
    if (!c) return {unknown("--columns", column, columns, field_name), Next::end};
    plan.columns.push_back(*c);
  }
  if (!options.sort.empty()) {
    plan.sort = place(columns, options.sort, field_name);
    if (!plan.sort) return {unknown("--sort", options.sort, columns, field_name), Next::end};
  }
  return {{}, writer.write(plan, out)};
}

namespace core {
namespace {

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

}  // namespace core
}  // namespace tierscope
