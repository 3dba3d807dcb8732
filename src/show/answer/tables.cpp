#include <algorithm>
#include <iterator>

#include "show/answer/cursors.hpp"
#include "show/answer/envelope.hpp"

namespace tierscope::core {
namespace {

struct Note {
  std::string_view note;
  static constexpr void describe(const auto& field) { field("note", &Note::note, "how to read the answer"); }
};

struct Stopped {
  bool interrupted = false;
  static constexpr void describe(const auto& field) {
    field("interrupted", &Stopped::interrupted, "the user stopped it: it holds what was found until then");
  }
};

// One row of all that is no table.
class Whole : public Cursor {
 public:
  explicit Whole(const AnyAnswer& answer)
      : fields_(tierscope::fields<Envelope>().begin(), tierscope::fields<Envelope>().end()), values_(fields_) {
    append(values_, envelope_of(answer.about()));
    Batch stopped(tierscope::fields<Stopped>());
    append(stopped, Stopped{answer.about().interrupted});
    add(answer.fields(), answer.values());
    add(tierscope::fields<Stopped>(), std::move(stopped));
  }
  std::span<const Field> fields() const noexcept override { return fields_; }
  Next next(Batch& into) noexcept override {
    if (given_) return Next::end;
    given_ = true;
    into = std::move(values_);
    return Next::rows;
  }

 private:
  void add(std::span<const Field> fields, Batch row) {
    fields_.insert(fields_.end(), fields.begin(), fields.end());
    std::move(row.columns.begin(), row.columns.end(), std::back_inserter(values_.columns));
  }
  std::vector<Field> fields_;
  Batch values_;
  bool given_ = false;
};

// An answer of these fields without rows.
class Described : public AnyAnswer {
 public:
  explicit Described(std::span<const Field> fields) : fields_(fields) {}
  const About& about() const noexcept override { return about_; }
  std::span<const Field> fields() const noexcept override { return fields_; }
  std::size_t size(std::size_t) const noexcept override { return 0; }
  CursorPtr open(std::size_t table) const override { return std::make_unique<None>(fields_[table].inner); }
  Batch values() const override { return Batch(fields_); }

 private:
  class None : public Cursor {
   public:
    explicit None(std::span<const Field> fields) : fields_(fields) {}
    std::span<const Field> fields() const noexcept override { return fields_; }
    Next next(Batch&) noexcept override { return Next::end; }

   private:
    std::span<const Field> fields_;
  };
  std::span<const Field> fields_;
  About about_;
};

}  // namespace

bool lists_sources(std::span<const Field> answer) {
  return std::any_of(answer.begin(), answer.end(), [](const Field& field) { return field.name == "sources"; });
}

std::vector<NamedTable> tables_of(std::span<const Field> answer) {
  using Of = NamedTable::Of;
  std::vector<NamedTable> tables;
  for (std::size_t f = 0; f < answer.size(); ++f) {
    const Field& field = answer[f];
    if (field.type != FieldType::table) continue;
    tables.push_back({field.called.empty() ? field.name : field.called, field.label, field.help, Of::table, f, 0});
    for (std::size_t c = 0; c < field.inner.size(); ++c) {
      const Field& list = field.inner[c];
      if (list.type == FieldType::records && list.show != Show::rows)
        tables.push_back({list.called.empty() ? list.name : list.called, list.label, list.help, Of::list, f, c});
    }
  }
  tables.push_back(
      {"answer", {}, "the finding, what was asked, and what the answer says beside its tables", Of::answer, 0, 0});
  tables.push_back({"notes", {}, "how to read the answer", Of::notes, 0, 0});
  if (!lists_sources(answer)) tables.push_back({"sources", {}, "the sources that it cites", Of::sources, 0, 0});
  return tables;
}

CursorPtr open_table(const AnyAnswer& answer, const NamedTable& table, std::size_t limit) {
  using Of = NamedTable::Of;
  switch (table.of) {
    case Of::answer: return flat(std::make_unique<Whole>(answer));
    case Of::notes: {
      std::vector<Note> notes;
      const auto keeps = std::make_shared<const std::vector<std::string>>(answer.about().notes);
      for (const std::string& note : *keeps) notes.push_back({note});
      return std::make_unique<detail::TableCursor<Note>>(Table<Note>(std::move(notes)), keeps);
    }
    case Of::sources:
      return std::make_unique<detail::TableCursor<CitedSource>>(Table<CitedSource>(answer.about().sources),
                                                                answer.about().keeps);
    default: break;
  }
  CursorPtr rows = answer.open(table.field);
  if (limit != 0 && (table.field == 0 || table.of == Of::table)) rows = first_rows(std::move(rows), limit);
  if (table.of == Of::table) return flat(std::move(rows));
  Unnest how{.list = table.list, .parents = {}, .position = true};
  const auto parents = rows->fields();
  for (std::size_t c = 0; c < parents.size(); ++c)
    if (parents[c].key) how.parents.push_back(c);
  return flat(unnested(std::move(rows), how));
}

std::vector<Field> fields_of_table(std::span<const Field> answer, const NamedTable& table) {
  const CursorPtr rows = open_table(Described(answer), table, 0);
  return {rows->fields().begin(), rows->fields().end()};
}

}  // namespace tierscope::core
