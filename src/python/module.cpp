// The library for Python: graphs, questions by name, answers as objects, rows through Arrow's C stream interface.
// Nothing is computed here. Work releases the interpreter's lock.

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <atomic>
#include <memory>
#include <sstream>

#include <tierscope/tierscope.hpp>

namespace nb = nanobind;
namespace ts = tierscope;

namespace {

using Options = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// Of a Python exception: problems as tuples.
struct Refused {
  ts::Problems problems;
};

nb::list list_of(const ts::Problems& problems) {
  nb::list list;
  for (const ts::Problem& problem : problems)
    list.append(nb::make_tuple(ts::to_string(problem), problem.severity == ts::Severity::warning, problem.file,
                               problem.line, problem.attribute, problem.what, problem.remedy));
  return list;
}

void refuse(const std::string& option, const std::string& why) {
  ts::Problem problem;
  problem.attribute = option;
  problem.what = why;
  throw Refused{{problem}};
}

/// Each option goes where its name is; one that nobody has is an error.
void fill_all(std::vector<ts::Slot> slots, const std::vector<ts::Slot>& more, const Options& options) {
  slots.insert(slots.end(), more.begin(), more.end());
  for (const auto& [name, texts] : options) {
    bool known = false;
    for (const ts::Slot& slot : slots) {
      if (slot.field->name != name) continue;
      known = true;
      if (const std::string why = ts::fill(slot, texts); !why.empty()) refuse(name, why);
    }
    if (!known) refuse(name, "no such option");
  }
}

class Answer {
 public:
  Answer(std::shared_ptr<ts::AnyAnswer> answer, ts::Problems problems)
      : answer_(std::move(answer)), problems_(std::move(problems)) {}

  const ts::About& about() const { return answer_->about(); }
  nb::list problems() const { return list_of(problems_); }
  std::vector<std::string> notes() const { return about().notes; }
  nb::list tables() const {
    nb::list list;
    std::size_t at = 0;
    for (const ts::Field& field : answer_->fields()) {
      if (field.type == ts::FieldType::table)
        list.append(nb::make_tuple(field.name, field.called, at, answer_->size(at)));
      ++at;
    }
    return list;
  }
  nb::bytes write(const std::string& format, const Options& options) const {
    std::ostringstream out;
    ts::WriteOptions chosen;
    fill_all(ts::slots(chosen), {}, options);
    {
      nb::gil_scoped_release released;
      const ts::Written written = ts::write(*answer_, format, chosen, out);
      if (!written.problems.empty()) throw Refused{written.problems};
      if (written.end == ts::Next::out_of_memory) throw std::bad_alloc();
    }
    const std::string text = out.str();
    return nb::bytes(text.data(), text.size());
  }
  nb::capsule stream(std::size_t table) const {
    auto owned = std::make_unique<ArrowArrayStream>();
    ts::export_stream(answer_->open(table), owned.get());
    return nb::capsule(owned.release(), "arrow_array_stream", [](void* raw) noexcept {
      auto* const stream = static_cast<ArrowArrayStream*>(raw);
      if (stream->release != nullptr) stream->release(stream);
      delete stream;
    });
  }
  nb::list rows(std::size_t table) const;
  nb::dict values() const;

 private:
  std::shared_ptr<ts::AnyAnswer> answer_;
  ts::Problems problems_;
};

nb::object value_of(const ts::Field& field, const ts::Column& column, std::size_t i);

nb::dict record_of(std::span<const ts::Field> fields, const std::vector<ts::Column>& columns, std::size_t i) {
  nb::dict record;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].type == ts::FieldType::table) continue;
    record[nb::str(fields[f].name.data(), fields[f].name.size())] = value_of(fields[f], columns[f], i);
  }
  return record;
}

nb::object text_of(std::string_view text) { return nb::str(text.data(), text.size()); }

nb::object company_of(const ts::Column& column, std::size_t i) {
  const ts::Company company = column.company(i);
  nb::dict made;
  made["id"] = text_of(company.id);
  made["name"] = text_of(company.name);
  return made;
}

nb::object value_of(const ts::Field& field, const ts::Column& column, std::size_t i) {
  if (column.is_null(i)) return nb::none();
  const auto list = [&](const auto& item) {
    nb::list made;
    for (std::size_t k = column.first(i); k < column.last(i); ++k) made.append(item(column.children[0], k));
    return made;
  };
  switch (field.type) {
    case ts::FieldType::text: return text_of(column.text(i));
    case ts::FieldType::boolean: return nb::bool_(column.boolean(i));
    case ts::FieldType::integer: return nb::int_(column.integers[i]);
    case ts::FieldType::number: return nb::float_(column.numbers[i]);
    case ts::FieldType::company: return company_of(column, i);
    case ts::FieldType::quantity: {
      const ts::Quantity quantity = column.quantity(i);
      nb::dict made;
      made["low"] = quantity.low;
      made["high"] = quantity.high;
      made["reported"] = quantity.reported.empty() ? nb::object(nb::none()) : text_of(quantity.reported);
      made["approximate"] = quantity.approximate;
      const auto word = ts::to_string(quantity.confidence);
      made["confidence"] = word.empty() ? nb::object(nb::none()) : text_of(word);
      made["currency"] = quantity.currency.empty() ? nb::object(nb::none()) : text_of(quantity.currency);
      return made;
    }
    case ts::FieldType::texts: return list([](const ts::Column& c, std::size_t k) { return text_of(c.text(k)); });
    case ts::FieldType::companies: return list([](const ts::Column& c, std::size_t k) { return company_of(c, k); });
    case ts::FieldType::integers:
      return list([](const ts::Column& c, std::size_t k) { return nb::int_(c.integers[k]); });
    case ts::FieldType::record: return record_of(field.inner, column.children, i);
    case ts::FieldType::records:
      return list([&](const ts::Column& c, std::size_t k) { return record_of(field.inner, c.children, k); });
    case ts::FieldType::table: return nb::none();
  }
  return nb::none();
}

nb::list Answer::rows(std::size_t table) const {
  nb::list made;
  const std::unique_ptr<ts::Cursor> cursor = answer_->open(table);
  ts::Batch batch(cursor->fields());
  for (;;) {
    const ts::Next next = cursor->next(batch);
    if (next == ts::Next::out_of_memory) throw std::bad_alloc();
    if (next != ts::Next::rows) return made;
    for (std::size_t i = 0; i < batch.rows; ++i) made.append(record_of(cursor->fields(), batch.columns, i));
  }
}

nb::dict Answer::values() const {
  const ts::Batch batch = answer_->values();
  return record_of(answer_->fields(), batch.columns, 0);
}

/// Rows of the data themselves, as an answer without a finding.
template <typename Row>
struct Data {
  ts::About about;
  ts::Table<Row> results;
  static constexpr void describe(const auto& field) { field("results", &Data::results, "the rows"); }
};

class Graph {
 public:
  Graph(ts::Model model, ts::Problems problems) : model_(std::move(model)), problems_(std::move(problems)) {}

  const ts::Model& model() const { return model_; }
  nb::list problems() const { return list_of(problems_); }

  Answer ask(const std::string& question, const Options& options) const {
    const ts::Inquiry* const inquiry = ts::find_inquiry(question);
    if (inquiry == nullptr) refuse("question", "there is none called " + question);
    std::unique_ptr<ts::Asked> asked = inquiry->ask();
    fill_all(asked->options(), ts::slots(asked->view()), options);
    for (const ts::Slot& slot : asked->options()) {
      if (!slot.field->required) continue;
      bool given = false;
      for (const auto& [name, texts] : options) given |= slot.field->name == name && !texts.empty();
      if (!given) refuse(std::string(slot.field->name), "is missing: " + std::string(slot.field->help));
    }
    // Python tells its main thread alone; the others that work on the answer are to hear of it too.
    asked->view().stop = [stopped = std::make_shared<std::atomic<bool>>(false)] {
      if (stopped->load()) return true;
      nb::gil_scoped_acquire held;
      if (PyErr_CheckSignals() != 0) stopped->store(true);
      return stopped->load();
    };
    ts::Result<std::unique_ptr<ts::AnyAnswer>> answer = [&] {
      nb::gil_scoped_release released;
      return asked->answer(model_);
    }();
    if (PyErr_Occurred() != nullptr) throw nb::python_error();  // the signal that stopped it
    if (!answer) throw Refused{answer.problems()};
    ts::Problems problems = answer.problems();
    return {std::shared_ptr<ts::AnyAnswer>(*std::move(answer)), std::move(problems)};
  }

  template <typename Row>
  Answer data(ts::Table<Row> rows) const {
    Data<Row> made;
    made.results = std::move(rows);
    made.about.graphs = model_.graphs();
    made.about.keeps = model_.inside();
    return {std::shared_ptr<ts::AnyAnswer>(ts::any(std::move(made))), {}};
  }

  nb::tuple draw(const std::string& format, const Options& options, bool force) const {
    ts::DrawOptions chosen;
    fill_all(ts::slots(chosen), ts::slots(chosen.view), options);
    const ts::Result<ts::Picture> picture = [&] {
      nb::gil_scoped_release released;
      return ts::draw(model_, format, chosen, force);
    }();
    if (!picture) throw Refused{picture.problems()};
    return nb::make_tuple(nb::bytes(picture->bytes.data(), picture->bytes.size()), picture->left_out,
                          picture->warnings);
  }

  std::string explore(const Options& options) const {
    ts::ExploreOptions chosen;
    fill_all(ts::slots(chosen), ts::slots(chosen.view), options);
    const ts::Result<ts::Page> page = [&] {
      nb::gil_scoped_release released;
      return ts::explore(model_, chosen);
    }();
    if (!page) throw Refused{page.problems()};
    return page->html;
  }

  void save(const std::string& path) const {
    const ts::Problems problems = [&] {
      nb::gil_scoped_release released;
      return ts::save(model_, path);
    }();
    if (!problems.empty()) throw Refused{problems};
  }

 private:
  ts::Model model_;
  ts::Problems problems_;
};

Graph graph_of(ts::Result<ts::Model> loaded) {
  if (!loaded) throw Refused{loaded.problems()};
  ts::Problems problems = loaded.problems();
  return {*std::move(loaded), std::move(problems)};
}

Graph load(const std::vector<std::string>& graphs, const Options& options) {
  ts::Reading reading;
  fill_all(ts::slots(reading), {}, options);
  return graph_of([&] {
    nb::gil_scoped_release released;
    return ts::load(graphs, reading);
  }());
}

Graph parse(const std::string& bytes, const std::string& name, const Options& options) {
  ts::Reading reading;
  fill_all(ts::slots(reading), {}, options);
  return graph_of([&] {
    nb::gil_scoped_release released;
    return ts::parse(bytes, name, reading);
  }());
}

nb::list described(const std::vector<ts::Slot>& slots) {
  nb::list list;
  for (const ts::Slot& slot : slots) {
    const bool several = std::holds_alternative<std::vector<std::string>*>(slot.target);
    list.append(nb::make_tuple(slot.field->name, slot.field->help, ts::value_of(slot), several, slot.field->required));
  }
  return list;
}

nb::list questions() {
  nb::list list;
  for (const ts::Inquiry* const inquiry : ts::inquiries()) {
    const std::unique_ptr<ts::Asked> asked = inquiry->ask();
    nb::list options = described(asked->options());
    for (nb::handle option : described(ts::slots(asked->view()))) options.append(option);
    list.append(nb::make_tuple(inquiry->name, inquiry->summary, options));
  }
  return list;
}

nb::list reading_options() {
  ts::Reading reading;
  return described(ts::slots(reading));
}

nb::tuple import_files(const std::string& format, const std::vector<std::string>& inputs, const std::string& into,
                       const Options& given) {
  ts::ImportOptions options;
  ts::Reading reading;
  fill_all(ts::slots(options), ts::slots(reading), given);
  const auto imported = [&] {
    nb::gil_scoped_release released;
    return ts::import_files(format, inputs, into, options, reading);
  }();
  if (!imported) throw Refused{imported.problems()};
  return nb::make_tuple(imported->companies, imported->relations);
}

}  // namespace

NB_MODULE(_core, module) {
  // The class of the exception is Python's own: tierscope.DataError.
  nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const Refused& refused) {
      const nb::object error = nb::module_::import_("tierscope._errors").attr("DataError");
      PyErr_SetObject(error.ptr(), list_of(refused.problems).ptr());
    }
  });
  module.def("version", [] { return std::string(ts::version()); });
  module.def("load", &load);
  module.def("parse", &parse);
  module.def(
      "build",
      [](const std::vector<std::tuple<std::string, std::vector<std::string>, std::vector<std::vector<std::string>>>>&
             given) {
        std::vector<ts::TextTable> tables;
        for (const auto& [name, columns, rows] : given) tables.push_back({name, columns, rows});
        return graph_of([&] {
          nb::gil_scoped_release released;
          return ts::build(tables);
        }());
      });
  module.def("questions", &questions);
  module.def("reading_options", &reading_options);
  module.def("import_files", &import_files);
  nb::class_<Answer>(module, "Answer")
      .def_prop_ro("title", [](const Answer& a) { return a.about().title; })
      .def_prop_ro("notes", &Answer::notes)
      .def_prop_ro("interrupted", [](const Answer& a) { return a.about().interrupted; })
      .def_prop_ro("problems", &Answer::problems)
      .def_prop_ro("tables", &Answer::tables)
      .def("write", &Answer::write)
      .def("stream", &Answer::stream)
      .def("rows", &Answer::rows)
      .def("values", &Answer::values);
  nb::class_<Graph>(module, "Graph")
      .def("ask", &Graph::ask)
      .def("draw", &Graph::draw)
      .def("explore", &Graph::explore)
      .def("save", &Graph::save)
      .def_prop_ro("problems", &Graph::problems)
      .def_prop_ro("graphs", [](const Graph& g) { return g.model().graphs(); })
      .def_prop_ro("company_count", [](const Graph& g) { return g.model().company_count(); })
      .def_prop_ro("relation_count", [](const Graph& g) { return g.model().relation_count(); })
      .def("companies", [](const Graph& g) { return g.data(g.model().companies()); })
      .def("relations", [](const Graph& g) { return g.data(g.model().relations()); })
      .def("sources", [](const Graph& g) { return g.data(g.model().sources()); });
}
