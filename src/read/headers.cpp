#include "read/headers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/dress.hpp"
#include "read/synonyms.hpp"

namespace tierscope::core {
namespace {

using Names = std::vector<std::string_view>;

bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The first field that is one slip away, in a long word two, and of a word of two letters none.
std::string_view nearest(std::string_view column, const Names& fields) {
  const std::string letters = plain_column(without_unit(column).name);
  if (letters.size() < 3) return {};
  const std::size_t limit = letters.size() < 8 ? 1 : 2;
  const auto near = std::find_if(fields.begin(), fields.end(), [&](std::string_view field) {
    return edit_distance(letters, plain_column(field), limit) <= limit;
  });
  return near == fields.end() ? std::string_view() : *near;
}

bool is_share(std::string_view field) {
  return field == "revenue_share" || field == "supply_share" || field == "stake";
}
bool is_amount(std::string_view field) { return field == "value" || field == "revenue"; }

class Header {
 public:
  Header(RecordTable& table, std::uint32_t line, Records& records)
      : table_(table), line_(line), records_(records), fields_(fields_of(table.kind)), written_(table.columns) {}

  void settle() {
    if (table_.kind != TableKind::rates) take_told();
    for (std::size_t c = 0; c < written_.size(); ++c)
      if (!known(c)) take_by_name(c);
    if (table_.kind != TableKind::rates && !table_.ours) take_synonyms();
    dress();
    say();
    name_unknown();
    table_.written = written_;
  }

 private:
  bool known(std::size_t c) const { return table_.columns[c].empty() || taken(c) || has(fields_, table_.columns[c]); }
  bool taken(std::size_t c) const { return std::find(told_.begin(), told_.end(), c) != told_.end(); }

  ColumnDress& dress_of(std::size_t c) {
    table_.dress.resize(table_.columns.size());
    return table_.dress[c];
  }

  void read_as(std::size_t c, std::string_view field) {
    table_.columns[c] = field;
    read_as_.push_back(fmt::format("{} as {}", quote(written_[c]), field));
  }

  Names told_names() const {
    Names names;
    for (const std::size_t c : told_) names.push_back(table_.columns[c]);
    return names;
  }

  // What the user said goes before what the file says.
  void take_told() {
    for (const auto& [field, column] : records_.mapping.columns) {
      const auto name = std::find(fields_.begin(), fields_.end(), field);
      if (name == fields_.end()) continue;
      const auto c = column_called(column);
      if (!c || (taken(*c) && table_.columns[*c] != field)) continue;
      if (records_.mapping.alternatives.contains(field) && has(told_names(), field)) continue;
      for (std::size_t other = 0; other < written_.size(); ++other)
        if (other != *c && table_.columns[other] == *name)
          table_.columns[other] = records_.keep(fmt::format("{} (of the file)", *name));
      table_.columns[*c] = *name;
      told_.push_back(*c);
      dress_of(*c).foreign = plain_column(column) != plain_column(field);
      take_unit(*c, *name, without_unit(written_[*c]).unit);
      records_.mapped.insert(field);
    }
  }

  std::optional<std::size_t> column_called(std::string_view column) const {
    for (std::size_t c = 0; c < written_.size(); ++c)
      if (written_[c] == column) return c;
    for (std::size_t c = 0; c < written_.size(); ++c)
      if (plain_column(written_[c]) == plain_column(column)) return c;
    return {};
  }

  void take_by_name(std::size_t c) {
    const std::string_view column = table_.columns[c];
    NamedColumn named = without_unit(column);
    const std::string letters = plain_column(column);
    const std::string stem = plain_column(named.name);
    for (const std::string_view field : fields_) {
      const bool whole = plain_column(field) == letters;
      if (!whole && plain_column(field) != stem) continue;
      if (!whole && !named.unit.empty() && !take_unit(c, field, named.unit)) return;
      if (has(table_.columns, field))
        records_.error(table_.file, line_, visible(column),
                       fmt::format("{} and {} are one column", quote(column), quote(field)),
                       "rename or delete one of the two");
      if (whole || named.unit.empty())
        table_.columns[c] = field;
      else
        read_as(c, field);
      return;
    }
  }

  /// False: no unit of this field.
  bool take_unit(std::size_t c, std::string_view field, std::string_view unit) {
    if (unit.empty()) return true;
    if (is_share(field) && is_percent_word(unit)) {
      dress_of(c).percent = Percent::number;
      dress_of(c).by_header = true;
      return true;
    }
    const std::string plain = is_amount(field) ? plain_unit(unit) : "";
    if (!plain.empty()) dress_of(c).unit = plain;
    return !plain.empty();
  }

  void take_synonyms() {
    // `source` is a column of ours, but of a table whose other end is its target it is the first end.
    const auto source = std::find(table_.columns.begin(), table_.columns.end(), "source");
    if (table_.kind == TableKind::relations && source != table_.columns.end() && !has(table_.columns, "from") &&
        std::any_of(written_.begin(), written_.end(), [](auto name) { return names_target(plain_column(name)); }) &&
        !taken(static_cast<std::size_t>(source - table_.columns.begin())))
      read_as(static_cast<std::size_t>(source - table_.columns.begin()), "from");
    for (const std::string_view field : fields_) {
      if (has(table_.columns, field)) continue;
      std::vector<std::size_t> candidates;
      for (std::size_t c = 0; c < written_.size(); ++c)
        if (!known(c) && synonym_of(table_.kind, plain_column(without_unit(written_[c]).name)) == field)
          candidates.push_back(c);
      if (candidates.size() == 1) read_as(candidates.front(), field);
    }
  }

  void dress() {
    for (std::size_t c = 0; c < written_.size(); ++c) {
      if (table_.columns[c].empty() || !has(fields_, table_.columns[c])) continue;
      ColumnDress told = records_.mapping.dress(table_.columns[c]);
      if (!told.told() && told.date.empty()) continue;
      ColumnDress& dress = dress_of(c);
      told.foreign = dress.foreign;
      if (told.percent == Percent::unsaid) {
        told.percent = dress.percent;
        told.by_header = dress.by_header;
      }
      if (told.unit.empty()) told.unit = dress.unit;
      dress = told;
    }
  }

  void say() {
    for (std::size_t c = 0; c < table_.dress.size(); ++c) {
      const ColumnDress& dress = table_.dress[c];
      const std::string name = quote(written_[c]);
      if (dress.percent == Percent::number && is_share(table_.columns[c]))
        read_as_.push_back(fmt::format("numbers of {} as percent", name));
      if (dress.percent == Percent::fraction && is_share(table_.columns[c]))
        read_as_.push_back(fmt::format("numbers of {} as fractions of 1", name));
      if (!dress.unit.empty() && is_amount(table_.columns[c]))
        read_as_.push_back(fmt::format("numbers of {} in {}", name, dress.unit));
    }
    if (read_as_.empty()) return;
    records_.warning(table_.file, line_, {}, fmt::format("read are {}", fmt::join(read_as_, ", ")),
                     "--map says otherwise, if that is not meant", "column-read-as");
  }

  void name_unknown() {
    Names absent = fields_;
    std::erase_if(absent, [&](std::string_view field) { return has(table_.columns, field); });
    std::vector<std::string> unknown;
    for (std::size_t c = 0; c < written_.size(); ++c) {
      const std::string_view column = table_.columns[c];
      const bool name_of_edge = table_.kind == TableKind::relations && plain_column(column) == "id";
      if (column.empty() || name_of_edge || has(fields_, column)) continue;
      const std::string_view lost = nearest(column, absent);
      const std::string_view meant = lost.empty() ? nearest(column, fields_) : lost;
      if (meant.empty()) {
        unknown.push_back(quote(column));
        continue;
      }
      std::string what = fmt::format("unknown column; did you mean {}?", quote(meant));
      if (!lost.empty())
        records_.error(table_.file, line_, visible(column), std::move(what), "rename the column");
      else
        records_.warning(table_.file, line_, visible(column), std::move(what), "it is kept, but no answer reads it",
                         "misspelt-column");
    }
    // What is unknown in rates is not kept, and warned of row by row.
    if (unknown.empty() || table_.kind == TableKind::rates) return;
    records_.hints.push_back(
        {Severity::warning,
         records_.files[table_.file],
         line_,
         {},
         fmt::format("the {} have columns that no answer reads: {}", to_string(table_.kind), fmt::join(unknown, ", ")),
         "they are kept; is one misspelt?",
         "unknown-column"});
  }

  RecordTable& table_;
  std::uint32_t line_;
  Records& records_;
  const Names fields_;
  const Names written_;
  std::vector<std::size_t> told_;
  std::vector<std::string> read_as_;
};

Names required_columns(TableKind kind) {
  switch (kind) {
    case TableKind::relations: return {"from", "to", "kind"};
    case TableKind::rates: return {"from", "to", "rate"};
    case TableKind::companies:
    case TableKind::sources: break;
  }
  return {"id"};
}

/// The columns that would be mapped to the fields that are missing, as far as there are any to guess from.
Names guessed(const RecordTable& table, const Names& missing) {
  const Names fields = fields_of(table.kind);
  Names free;
  for (const std::string_view column : table.columns)
    if (!column.empty() && !has(fields, column)) free.push_back(column);
  if (table.kind == TableKind::relations && !has(table.columns, "from") && has(table.columns, "source"))
    free.push_back("source");
  const auto take = [&](auto fits) {
    const auto found = std::find_if(free.begin(), free.end(), fits);
    if (found == free.end()) return std::string_view();
    const std::string_view column = *found;
    free.erase(found);
    return column;
  };
  Names columns(missing.size());
  for (const bool whole : {true, false})
    for (std::size_t i = 0; i < missing.size(); ++i)
      if (columns[i].empty())
        columns[i] = take([&](std::string_view column) {
          const std::string plain = plain_column(without_unit(column).name);
          return (whole ? synonym_of(table.kind, plain) : synonym_within(table.kind, plain)) == missing[i];
        });
  for (std::string_view& column : columns)
    if (column.empty()) column = take([](std::string_view) { return true; });
  return columns;
}

}  // namespace

bool settle_header(RecordTable& table, std::uint32_t line, Records& records) {
  std::vector<std::string_view>& columns = table.columns;
  for (std::string_view& name : columns) name = trimmed(name);
  // What spreadsheets leave behind, and pandas' row numbers.
  std::size_t named = columns.size();
  while (named > 1 && columns[named - 1].empty()) --named;
  table.numbered = named > 1 && (columns[0].empty() || columns[0] == "Unnamed: 0");
  if (table.numbered) columns[0] = {};
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = table.numbered ? 1 : 0; i < named; ++i) {
    if (columns[i].empty()) {
      records.error(table.file, line, {}, "column " + std::to_string(i + 1) + " has no name",
                    "name the column in the header, or delete it");
    } else if (!seen.insert(columns[i]).second) {
      records.error(table.file, line, std::string(columns[i]), "the header names this column twice",
                    "rename or delete one of the two");
    }
  }
  if (table.numbered || named < columns.size())
    records.advice(table.file, line, {},
                   (table.numbered ? "a nameless first column of row numbers" : std::string()) +
                       (table.numbered && named < columns.size() ? " and " : "") +
                       (named < columns.size() ? fmt::format("{} nameless column{} at the end", columns.size() - named,
                                                             columns.size() - named == 1 ? "" : "s")
                                               : "") +
                       " left out",
                   "delete it, or name it, to have it read", "nameless-column");
  settle_columns(table, line, records);
  return has_required_columns(table, line, records);
}

namespace {

bool names_ends(std::span<const std::string_view> cells) {
  bool from = false;
  bool to = false;
  bool source = false;
  bool target = false;
  for (const std::string_view cell : cells) {
    const std::string plain = plain_column(without_unit(cell).name);
    const std::string_view field = synonym_of(TableKind::relations, plain);
    from = from || plain == "from" || field == "from";
    to = to || plain == "to" || field == "to";
    source = source || plain == "source";
    target = target || names_target(plain);
  }
  return (from && to) || (source && target);
}

std::ptrdiff_t filled(std::span<const std::string_view> cells) {
  return std::count_if(cells.begin(), cells.end(), [](std::string_view cell) { return !trimmed(cell).empty(); });
}

}  // namespace

bool is_header_below(std::span<const std::string_view> first, std::span<const std::string_view> cells) {
  return names_ends(cells) && !names_ends(first) && filled(cells) > filled(first);
}

void say_header_below(const RecordTable& table, std::uint32_t line, std::span<const std::string_view> cells,
                      std::size_t before, Records& records) {
  const bool kind = std::any_of(cells.begin(), cells.end(), [](std::string_view cell) {
    const std::string plain = plain_column(without_unit(cell).name);
    return plain == "kind" || synonym_of(TableKind::relations, plain) == "kind";
  });
  const Mapping& mapping = records.mapping;
  const bool told = mapping.as_kind || mapping.defaults.contains("kind");
  records.problems.erase(records.problems.begin() + static_cast<std::ptrdiff_t>(before), records.problems.end());
  records.error(table.file, line, {}, "the names of the columns seem to stand here, below other text",
                fmt::format("to read it so: {}",
                            records.command_with(table.graph, fmt::format("--header-row {}{}", line,
                                                                          kind || told ? "" : " --as-kind supplies"))));
}

std::string import_command(std::string_view format, std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const bool ending = dot != std::string_view::npos && path.find('/', dot) == std::string_view::npos && dot > 0 &&
                      path[dot - 1] != '/' && path != "-";
  const std::string folder = path == "-" ? "graph" : std::string(path.substr(0, dot)) + (ending ? "" : "-graph");
  return fmt::format("tierscope import {} {} -o {}", format, shell_word(path), shell_word(folder));
}

std::string shell_word(std::string_view word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:=@%+";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string quoted = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\' || c == '$' || c == '`') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string Records::command_with(std::uint32_t graph, std::string_view options) const {
  const std::string base = !retry.empty()          ? retry
                           : graph < graphs.size() ? "tierscope check " + shell_word(graphs[graph])
                                                   : "tierscope check";
  return options.empty() ? base : fmt::format("{} {}", base, options);
}

void settle_columns(RecordTable& table, std::uint32_t line, Records& records) { Header(table, line, records).settle(); }

bool has_required_columns(const RecordTable& table, std::uint32_t line, Records& records) {
  Names missing = required_columns(table.kind);
  std::erase_if(missing, [&](std::string_view field) {
    const Mapping& mapping = records.mapping;
    return has(table.columns, field) || (field == "kind" && table.kind == TableKind::relations &&
                                         (mapping.as_kind || mapping.defaults.contains("kind")));
  });
  if (missing.empty()) return true;
  // What these columns hold is no table of suppliers and customers, whatever they would be mapped to.
  constexpr std::pair<std::string_view, std::string_view> others[] = {{"Relationship.StartNode.NodeID", "gleif"},
                                                                      {"os_id", "open-supply-hub"}};
  for (const auto& [column, format] : others)
    if (table.kind == TableKind::relations && has(table.columns, column) && table.graph < records.graphs.size()) {
      records.error(table.file, line, std::string(column), "a file that is imported",
                    fmt::format("to read it so: {}", import_command(format, records.graphs[table.graph])));
      return false;
    }
  std::vector<std::string> found;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const std::string_view written = c < table.written.size() ? table.written[c] : table.columns[c];
    if (!written.empty())
      found.push_back(quote(written) + (has(missing, written) || written == table.columns[c] ||
                                                plain_column(written) == plain_column(table.columns[c])
                                            ? ""
                                            : fmt::format(" ({})", table.columns[c])));
  }
  const bool kind = table.kind == TableKind::relations && has(missing, "kind");
  Names ends = missing;
  if (kind) ends.pop_back();
  const Names columns = guessed(table, ends);
  std::string map;
  for (std::size_t i = 0; i < ends.size(); ++i)
    if (!columns[i].empty()) map += fmt::format("{}{}={}", map.empty() ? "" : ",", ends[i], columns[i]);
  std::string options = map.empty() ? "" : "--map " + shell_word(map);
  if (kind) options += options.empty() ? "--as-kind supplies" : " --as-kind supplies";
  const bool guess = table.kind != TableKind::rates && std::find(columns.begin(), columns.end(), "") == columns.end();
  const std::string all = fmt::format("the columns of this table are {}", fmt::join(fields_of(table.kind), ","));
  records.error(table.file, line, std::string(missing.front()),
                fmt::format("the header lacks {}; found are {}", fmt::join(missing, ", "), fmt::join(found, ", ")),
                guess ? fmt::format("to read it so: {}", records.command_with(table.graph, options)) : all);
  return false;
}

}  // namespace tierscope::core
