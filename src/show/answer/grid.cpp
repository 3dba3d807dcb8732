#include "show/answer/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "ask/rows.hpp"
#include "base/unicode.hpp"
#include "base/words.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t side_rows = 20;  // of a table behind the main one

class Citations {
 public:
  explicit Citations(const About& about) : sources_(about.sources) {
    for (std::size_t i = 0; i < sources_.size(); ++i) places_.emplace(sources_[i].id, i);
  }
  std::string cite(std::string_view id) {
    const auto [found, fresh] = numbers_.try_emplace(std::string(id), cited_.size() + 1);
    if (fresh) cited_.push_back(words(id));
    return std::to_string(found->second);
  }
  std::vector<SourceWords> list() const {
    if (!cited_.empty()) return cited_;
    std::vector<SourceWords> all;
    for (const CitedSource& source : sources_) all.push_back(words(source.id));
    return all;
  }

 private:
  SourceWords words(std::string_view id) const {
    const auto found = places_.find(id);
    return words_of(found == places_.end() ? CitedSource{id, {}, {}, {}, {}} : sources_[found->second]);
  }

  const std::vector<CitedSource>& sources_;
  std::unordered_map<std::string_view, std::size_t> places_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<SourceWords> cited_;
};

// How good the figures of a row are: it says so, else its index does, which rests on the same ones.
Grade grade_of(std::span<const Field> fields, const std::vector<Column>& columns, std::size_t row) {
  std::optional<bool> approximate;
  std::optional<Confidence> confidence;
  Grade grade;
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const Field& field = fields[c];
    if (field.name == "approximate" && field.type == FieldType::boolean) approximate = columns[c].boolean(row);
    if (field.name == "confidence" && field.type == FieldType::text)
      confidence = parse_confidence(columns[c].text(row)).value_or(Confidence::none);
    if (field.type == FieldType::quantity && field.unit == Unit::hhi && !columns[c].is_null(row))
      grade.add(quantity_of(columns[c].quantity(row)));
  }
  if (!approximate || !confidence) return grade;
  Grade stated;
  stated.add(*approximate, *confidence);
  return stated;
}

// Shares that are no quantities are marked as the row says.
std::string number_words(std::span<const Field> fields, const std::vector<Column>& columns, std::size_t c,
                         std::size_t row) {
  const double value = columns[c].numbers[row];
  const Unit unit = fields[c].unit;
  std::string words = unit == Unit::share ? format_percent(value) : format_number(value, unit == Unit::hhi ? 0 : 2);
  if (unit != Unit::share || value == 0) return words;
  return marked(std::move(words), grade_of(fields, columns, row));
}

std::string chain_words(const Column& column, std::size_t row) {
  constexpr std::size_t most = 40;  // companies; of a longer chain a person is shown both ends
  const std::size_t count = column.last(row) - column.first(row);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (count > most && i == most / 2) {
      i = count - most / 2;
      text += fmt::format(" → … {} more …", count - most);
    }
    text += (text.empty() ? "" : " → ") + visible(column.children[0].company(column.first(row) + i).name);
  }
  return text;
}

std::string cell_words(std::span<const Field> fields, const std::vector<Column>& columns, std::size_t c,
                       std::size_t row, Citations& citations) {
  const Field& field = fields[c];
  const Column& column = columns[c];
  const bool null = column.is_null(row);
  switch (field.type) {
    case FieldType::text: return visible(column.text(row));
    case FieldType::boolean: return null ? "–" : column.boolean(row) ? "yes" : "";
    case FieldType::integer: return null ? "–" : std::to_string(column.integers[row]);
    case FieldType::number: return null ? "–" : number_words(fields, columns, c, row);
    case FieldType::company: return null ? "" : visible(column.company(row).name);
    case FieldType::companies: return chain_words(column, row);
    case FieldType::quantity: return null ? "–" : in_cell(quantity_of(column.quantity(row)), {.unit = field.unit});
    case FieldType::texts: {
      std::string text;
      for (std::size_t item = column.first(row); item < column.last(row); ++item) {
        const std::string_view word = column.children[0].text(item);
        text += (text.empty()                  ? ""
                 : field.unit == Unit::sources ? ","
                                               : ", ") +
                (field.unit == Unit::sources ? citations.cite(word) : visible(word));
      }
      return text;
    }
    case FieldType::integers: {
      std::string text;
      for (std::size_t item = column.first(row); item < column.last(row); ++item)
        text += (text.empty() ? "" : ", ") + std::to_string(column.children[0].integers[item]);
      return text;
    }
    default: return {};
  }
}

bool nothing(const Field& field, const Column& column, std::size_t row) {
  if (column.is_null(row)) return true;
  switch (field.type) {
    case FieldType::boolean: return !column.boolean(row);
    case FieldType::integer: return column.integers[row] == 0;
    case FieldType::number: return column.numbers[row] == 0;
    case FieldType::quantity: return column.children[0].numbers[row] == 0 && column.children[1].numbers[row] == 0;
    case FieldType::texts:
    case FieldType::integers:
    case FieldType::companies: return column.first(row) == column.last(row);
    default: return false;
  }
}

GridColumn column_of(const Field& field) {
  std::string label(field.label.empty() ? field.name : field.label);
  if (field.label.empty()) std::replace(label.begin(), label.end(), '_', ' ');
  const bool number =
      field.type == FieldType::integer || field.type == FieldType::number || field.type == FieldType::quantity;
  return {std::move(label), number, field.unit == Unit::sources, field.unit == Unit::address};
}

// Rows of a cursor as text, gathered before it is known which columns are worth their room.
class Gathered {
 public:
  Gathered(std::span<const Field> fields, const Plan& plan, bool all = false)
      : fields_(fields.begin(), fields.end()), wanted_(fields.size()), any_(fields.size(), false) {
    const std::vector<std::string>& asked = plan.about().asked;
    for (std::size_t c = 0; c < fields_.size(); ++c)
      wanted_[c] = all || (fields_[c].show != Show::never && (fields_[c].show != Show::linked || plan.links) &&
                           std::find(asked.begin(), asked.end(), fields_[c].name) == asked.end());
  }

  void add(const std::vector<Column>& columns, std::size_t row, Citations& citations) {
    std::vector<std::string> cells(fields_.size());
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      if (!wanted_[c]) continue;
      cells[c] = cell_words(fields_, columns, c, row, citations);
      if (!nothing(fields_[c], columns[c], row)) any_[c] = true;
    }
    rows_.push_back(std::move(cells));
  }

  Grid grid() && {
    repeat_nothing();
    Grid grid;
    std::vector<std::size_t> kept;
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      const bool empty_is_noise =
          fields_[c].show == Show::if_any || fields_[c].show == Show::linked || fields_[c].unit == Unit::sources;
      if (!wanted_[c] || (empty_is_noise && !any_[c])) continue;
      kept.push_back(c);
      grid.columns.push_back(column_of(fields_[c]));
    }
    for (auto& cells : rows_) {
      auto& row = grid.rows.emplace_back();
      for (const std::size_t c : kept) row.push_back(std::move(cells[c]));
    }
    return grid;
  }

 private:
  // What stands beside all items of a list is shown beside the first.
  void repeat_nothing() {
    std::vector<std::string> above;
    for (auto& cells : rows_) {
      std::vector<std::string> own;
      for (std::size_t c = 0; c < fields_.size(); ++c)
        if (fields_[c].once) own.push_back(cells[c]);
      if (own == above)
        for (std::size_t c = 0; c < fields_.size(); ++c)
          if (fields_[c].once) cells[c].clear();
      above = std::move(own);
    }
  }

  std::vector<Field> fields_;
  std::vector<bool> wanted_;
  std::vector<bool> any_;
  std::vector<std::vector<std::string>> rows_;
};

std::string more_words(std::size_t count, std::string_view noun) {
  if (count == 0) return {};
  std::string words = counted(count, noun);
  words.insert(words.find(' '), " more");
  return fmt::format("… {} (--limit 0 shows all)", words);
}

Next gather(const Plan& plan, CursorPtr rows, Citations& citations, std::vector<Grid>& grids) {
  Gathered gathered(rows->fields(), plan, !plan.columns.empty());
  const Next end = each_batch(plan, *rows, [&](const Batch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) gathered.add(batch.columns, row, citations);
  });
  grids.push_back(std::move(gathered).grid());
  return end;
}

// `2. A → B → A: circular-deal (contingent), 50B USD`: what is true is named behind what it is said of.
std::string heading_of(std::span<const Field> fields, const std::vector<Column>& columns, std::size_t row,
                       std::size_t number, Citations& citations) {
  std::string text = fmt::format("{}. ", number);
  std::size_t parts = 0;
  for (std::size_t c = 0; c < fields.size(); ++c) {
    if (fields[c].show == Show::if_any ? nothing(fields[c], columns[c], row) : fields[c].show != Show::always) continue;
    if (fields[c].type == FieldType::boolean) {
      if (columns[c].boolean(row)) text += " (" + column_of(fields[c]).label + ")";
      continue;
    }
    std::string words = cell_words(fields, columns, c, row, citations);
    if (words.empty()) continue;
    if (words == "–") words = "unknown";
    text += (parts == 0 ? "" : parts == 1 ? ": " : ", ") + words;
    ++parts;
  }
  return text;
}

// Each result as a heading above a table of its list.
Next gather_below(const Plan& plan, std::size_t list, Citations& citations, std::vector<Grid>& grids) {
  const CursorPtr rows = plan.nested_rows();
  const auto fields = rows->fields();
  std::size_t number = 0;
  return each_batch(plan, *rows, [&](const Batch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      Gathered gathered(fields[list].inner, plan);
      const Column& items = batch.columns[list];
      for (std::size_t item = items.first(row); item < items.last(row); ++item)
        gathered.add(items.children[0].children, item, citations);
      Grid grid = std::move(gathered).grid();
      grid.heading = heading_of(fields, batch.columns, row, ++number, citations);
      grid.result = true;
      grids.push_back(std::move(grid));
    }
  });
}

/// The table that stands for the results where nobody said which of them to show.
std::optional<NamedTable> in_short_of(const Plan& plan) {
  const WriteOptions& options = plan.options;
  if (plan.table || options.limit || !options.columns.empty() || !options.sort.empty()) return {};
  for (const NamedTable& table : tables_of(plan.answer.fields()))
    if (!plan.about().in_short.empty() && table.name == plan.about().in_short) return table;
  return {};
}

}  // namespace

Shown shown(const Plan& plan) {
  const About& about = plan.about();
  Citations citations(about);
  Shown shown;
  shown.title = visible(about.title);
  const auto fields = plan.answer.fields();
  const auto results = fields[0].inner;
  const auto below = std::find_if(results.begin(), results.end(), [](const Field& field) {
    return field.type == FieldType::records && field.show == Show::below;
  });
  const bool headed = !plan.table && plan.columns.empty() && below != results.end();
  const std::optional<NamedTable> in_short = in_short_of(plan);
  if (in_short)
    shown.end = gather(plan, open_table(plan.answer, *in_short, 0), citations, shown.grids);
  else
    shown.end = headed ? gather_below(plan, static_cast<std::size_t>(below - results.begin()), citations, shown.grids)
                       : gather(plan, plan.rows(), citations, shown.grids);
  if (shown.end != Next::end) return shown;
  const std::size_t size =
      plan.table && plan.table->of != NamedTable::Of::table ? 0 : plan.answer.size(plan.table ? plan.table->field : 0);
  if (in_short && size != 0)
    shown.grids.back().more = fmt::format("--limit 0 shows {} with what would be right",
                                          size == 1 ? "the " + about.noun : "all " + counted(size, about.noun));
  if (!shown.grids.empty() && plan.limit != 0 && size > plan.limit)
    shown.grids.back().more = more_words(size - plan.limit, about.noun);
  if (!plan.table && !plan.options.brief) {
    for (const NamedTable& table : tables_of(fields)) {
      const bool list = table.of == NamedTable::Of::list;
      const Field& field = list ? results[table.list] : fields[table.field];
      if ((table.of != NamedTable::Of::table && !list) || (list ? field.show != Show::table : table.field == 0) ||
          field.show == Show::never)
        continue;
      CursorPtr rows = open_table(plan.answer, table, list ? plan.limit : 0);
      if (list) {  // the list alone, without what it belongs to
        std::vector<std::size_t> own;
        for (std::size_t c = rows->fields().size() - field.inner.size(); c < rows->fields().size(); ++c)
          own.push_back(c);
        rows = picked(std::move(rows), own);
      } else {
        if (plan.options.limit != 0) rows = first_rows(std::move(rows), side_rows);
      }
      shown.end = gather(plan, std::move(rows), citations, shown.grids);
      if (shown.end != Next::end) return shown;
      Grid& grid = shown.grids.back();
      if (grid.rows.empty()) {
        shown.grids.pop_back();
        continue;
      }
      grid.heading = visible(table.title);
      if (!list) grid.more = more_words(plan.answer.size(table.field) - grid.rows.size(), "row");
    }
    for (const std::string& note : about.notes) shown.notes.push_back(visible(note));
    shown.sources = citations.list();
  }
  return shown;
}

}  // namespace tierscope::core
