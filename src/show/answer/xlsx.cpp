// An answer as a workbook: a sheet a table, the main one first, and one for the finding, notes and sources.

#include <ostream>

#include "ask/rows.hpp"
#include "show/answer/format.hpp"
#include "show/answer/leaves.hpp"
#include "show/answer/workbook.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t widest = 60;  // of a column, in characters

class Cells {
 public:
  Cells(Workbook& book, std::span<const Field> fields) : book_(book), leaves_(leaves_of(fields)) {}
  const std::vector<Leaf>& leaves() const { return leaves_; }
  void begin_row() { next_ = 0; }
  void text(std::string_view text) { leaves_[next_++].unit == Unit::address ? book_.address(text) : book_.text(text); }
  void number(double value) { book_.number(value, leaves_[next_++].unit); }
  void boolean(bool value) { ++next_, book_.boolean(value); }
  void integer(std::int64_t value) { ++next_, book_.number(static_cast<double>(value), Unit::count); }
  void nothing() { ++next_, book_.skip(); }

 private:
  Workbook& book_;
  std::vector<Leaf> leaves_;
  std::size_t next_ = 0;
};

/// The header and the rows from the current row on; what is more than a sheet holds goes to one more.
Next write_rows(const Plan& plan, Workbook& book, std::string_view name, Cursor& rows, bool own_sheet) {
  Cells cells(book, rows.fields());
  const auto begin = [&] {
    if (own_sheet) book.add_sheet(name);
    for (const Leaf& leaf : cells.leaves()) book.heading(leaf.name);
    book.end_row();
    if (own_sheet) book.freeze_row();
  };
  begin();
  const Next end = each_batch(plan, rows, [&](const Batch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (book.full()) {
        book.fit_columns(widest);
        begin();
      }
      cells.begin_row();
      for (std::size_t c = 0; c < batch.columns.size(); ++c) each_leaf(rows.fields()[c], batch.columns[c], row, cells);
      book.end_row();
    }
  });
  if (own_sheet) book.fit_columns(widest);
  return end;
}

// What is no table stands in two columns, the finding first.
class Lines {
 public:
  Lines(Workbook& book, std::vector<Leaf> leaves) : book_(book), leaves_(std::move(leaves)) {}
  void only(bool title) {
    title_ = title;
    next_ = 0;
  }
  void text(std::string_view text) {
    put([&] { book_.text(text, true); });
  }
  void number(double value) {
    put([&] { book_.number(value, leaves_[next_].unit); });
  }
  void boolean(bool value) {
    put([&] { book_.boolean(value); });
  }
  void integer(std::int64_t value) {
    put([&] { book_.number(static_cast<double>(value), Unit::count); });
  }
  void nothing() {
    put([&] { book_.skip(); });
  }

 private:
  void put(const auto& write) {
    if ((leaves_[next_].name == "title") == title_) {
      book_.heading(leaves_[next_].name);
      write();
      book_.end_row();
    }
    ++next_;
  }

  Workbook& book_;
  std::vector<Leaf> leaves_;
  std::size_t next_ = 0;
  bool title_ = true;
};

Next write_answer_sheet(const Plan& plan, Workbook& book) {
  const auto open = [&](NamedTable::Of of) {
    return open_table(plan.answer, NamedTable{.name = {}, .title = {}, .help = {}, .of = of}, 0);
  };
  book.add_sheet("answer");
  const CursorPtr whole = open(NamedTable::Of::answer);
  Lines lines(book, leaves_of(whole->fields()));
  const Next end = each_batch(plan, *whole, [&](const Batch& batch) {
    for (const bool title : {true, false}) {
      lines.only(title);
      for (std::size_t c = 0; c < batch.columns.size(); ++c) each_leaf(whole->fields()[c], batch.columns[c], 0, lines);
    }
  });
  if (end != Next::end) return end;
  const auto note = [&](std::string_view text) {
    book.heading("note");
    book.text(text, true);
    book.end_row();
  };
  for (const std::string& text : plan.about().notes) note(text);
  if (book.cut_texts() != 0)
    note(counted(book.cut_texts(), "text") + " of more than " + std::to_string(Workbook::longest) +
         " characters, which a cell cannot hold, end in …; other formats have the whole.");
  if (!lists_sources(plan.answer.fields()) && !plan.about().sources.empty()) {
    book.end_row();
    const CursorPtr sources = open(NamedTable::Of::sources);
    if (const Next last = write_rows(plan, book, {}, *sources, false); last != Next::end) return last;
  }
  book.fit_columns(widest);
  return Next::end;
}

Next write_sheets(const Plan& plan, Workbook& book) {
  const std::vector<NamedTable> tables = tables_of(plan.answer.fields());
  const NamedTable& main = plan.table ? *plan.table : tables.front();
  if (const Next end = write_rows(plan, book, main.name, *plan.rows(), true); end != Next::end) return end;
  if (plan.table || plan.options.brief) return Next::end;
  for (std::size_t t = 1; t < tables.size(); ++t) {
    if (tables[t].of != NamedTable::Of::table && tables[t].of != NamedTable::Of::list) continue;
    const CursorPtr rows = open_table(plan.answer, tables[t], tables[t].field == 0 ? plan.limit : 0);
    if (const Next end = write_rows(plan, book, tables[t].name, *rows, true); end != Next::end) return end;
  }
  return write_answer_sheet(plan, book);
}

}  // namespace

Next write_xlsx(const Plan& plan, std::ostream& out) {
  try {
    Workbook book;
    const Next end = write_sheets(plan, book);
    if (end == Next::end) book.finish(out);
    return end;
  } catch (const std::bad_alloc&) {
    return Next::out_of_memory;
  }
}

}  // namespace tierscope::core
