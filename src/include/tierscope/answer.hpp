#pragma once
// What a question is answered with: a finding in a sentence, tables of rows, and what they rest on.

#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tierscope/batch.hpp>
#include <tierscope/problem.hpp>

namespace tierscope {

/// Rows one after the other. `next` fills `row`, whose text and lists hold until it is called again; false at the end.
/// Everything that could be refused was refused before: only want of memory can stop it (std::bad_alloc).
template <typename Row>
class Stream {
 public:
  Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  virtual ~Stream() = default;
  virtual bool next(Row& row) = 0;
};

/// Rows that are made when they are read, as often as they are read; from several threads, each with its own stream.
template <typename Row>
class Table {
 public:
  using Item = Row;
  using Open = std::function<std::unique_ptr<Stream<Row>>()>;
  Table() = default;
  Table(std::size_t size, Open open) : size_(size), open_(std::move(open)) {}
  /// Rows that are made already, whose text somebody keeps.
  Table(std::vector<Row> rows) {
    const auto kept = std::make_shared<const std::vector<Row>>(std::move(rows));
    size_ = kept->size();
    open_ = [kept] { return std::make_unique<Kept>(kept); };
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Never null.
  std::unique_ptr<Stream<Row>> open() const {
    if (open_) return open_();
    return std::make_unique<Kept>(std::make_shared<const std::vector<Row>>());
  }

  class Iterator {
   public:
    explicit Iterator(std::unique_ptr<Stream<Row>> stream) : stream_(std::move(stream)) { ++*this; }
    const Row& operator*() const { return row_; }
    Iterator& operator++() {
      more_ = stream_->next(row_);
      return *this;
    }
    bool operator==(std::default_sentinel_t) const { return !more_; }

   private:
    std::unique_ptr<Stream<Row>> stream_;
    Row row_{};
    bool more_ = false;
  };
  /// A row is valid until the next.
  Iterator begin() const { return Iterator(open()); }
  std::default_sentinel_t end() const { return {}; }

 private:
  class Kept : public Stream<Row> {
   public:
    explicit Kept(std::shared_ptr<const std::vector<Row>> rows) : rows_(std::move(rows)) {}
    bool next(Row& row) override {
      if (next_ == rows_->size()) return false;
      row = (*rows_)[next_++];
      return true;
    }

   private:
    std::shared_ptr<const std::vector<Row>> rows_;
    std::size_t next_ = 0;
  };

  std::size_t size_ = 0;
  Open open_;
};

namespace detail {
template <typename Row>
struct TypeOf<Table<Row>> {
  static constexpr FieldType type = FieldType::table;
  using Inner = Row;
};
}  // namespace detail

/// A source that the answer cites; one that the graph does not list has its id alone.
struct CitedSource {
  std::string_view id;
  std::string_view title;
  std::string_view publisher;
  std::string_view date;  // as printed by the publisher
  std::string_view url;

  static constexpr void describe(const auto& field) {
    field("id", &CitedSource::id, "as relations and companies name it", key);
    field("title", &CitedSource::title, "of the article or filing");
    field("publisher", &CitedSource::publisher, "who published it");
    field("date", &CitedSource::date, "as the publisher prints it");
    field("url", &CitedSource::url, "where it can be read", Unit::address);
  }
};
static_assert(all_described<CitedSource>);

/// What every answer has. Notes and sources rest on all of its rows.
struct About {
  std::string command;
  std::vector<std::string> graphs;  // as they were named
  Date as_of;                       // none: no limit
  StatusSet statuses = StatusSet::all();
  std::string title;  // the finding, no stronger than the rows it rests on
  std::vector<std::string> notes;
  std::vector<CitedSource> sources;  // in the order of first use
  std::string gate;                  // why a --fail gate closed; empty = open
  bool interrupted = false;          // the user stopped it: what was found until then
  // How people are shown it.
  std::string noun = "result";        // "supplier": for "12 more suppliers"
  std::size_t shown = 20;             // results, unless another number is asked for; 0 = all
  std::string in_short{};             // the table that people see in place of the results, unless they say how many
  std::vector<std::string> asked{};   // fields whose cells are all what was asked for: not shown
  std::shared_ptr<const void> keeps;  // what the text of rows and sources lies in
};

enum class Next : std::uint8_t { rows, end, interrupted, out_of_memory };

/// Reads a table forward in batches. It owns what it needs: the answer may be gone before it.
class Cursor {
 public:
  Cursor() = default;
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  virtual ~Cursor() = default;
  virtual std::span<const Field> fields() const noexcept = 0;
  /// Replaces the rows of `into`, a batch of fields(), by the next ones, at most batch_rows.
  virtual Next next(Batch& into) noexcept = 0;
};

/// An answer of any kind, as every format sees it.
class AnyAnswer {
 public:
  AnyAnswer() = default;
  AnyAnswer(const AnyAnswer&) = delete;
  AnyAnswer& operator=(const AnyAnswer&) = delete;
  virtual ~AnyAnswer() = default;
  virtual const About& about() const noexcept = 0;
  /// Its tables, `results` first, and what else it says.
  virtual std::span<const Field> fields() const noexcept = 0;
  /// Of the field at `table`, which is one.
  virtual std::size_t size(std::size_t table) const noexcept = 0;
  virtual std::unique_ptr<Cursor> open(std::size_t table) const = 0;
  /// One row of fields(), tables left empty.
  virtual Batch values() const = 0;
};

namespace detail {

template <typename Row>
class TableCursor : public Cursor {
 public:
  TableCursor(const Table<Row>& table, std::shared_ptr<const void> keeps)
      : keeps_(std::move(keeps)), stream_(table.open()) {}
  std::span<const Field> fields() const noexcept override { return tierscope::fields<Row>(); }
  Next next(Batch& into) noexcept override {
    try {
      into.clear();
      while (into.rows < batch_rows && stream_->next(row_)) append(into, row_);
      return into.rows == 0 ? Next::end : Next::rows;
    } catch (const std::bad_alloc&) {
      return Next::out_of_memory;
    }
  }

 private:
  std::shared_ptr<const void> keeps_;  // outlives the stream
  std::unique_ptr<Stream<Row>> stream_;
  Row row_{};
};

template <typename Body>
class Erased : public AnyAnswer {
 public:
  explicit Erased(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  const About& about() const noexcept override { return body_->about; }
  std::span<const Field> fields() const noexcept override { return tierscope::fields<Body>(); }
  std::size_t size(std::size_t wanted) const noexcept override {
    std::size_t size = 0;
    with(wanted, [&](const auto& table) { size = table.size(); });
    return size;
  }
  std::unique_ptr<Cursor> open(std::size_t wanted) const override {
    std::unique_ptr<Cursor> cursor;
    with(wanted, [&]<typename Row>(const Table<Row>& table) {
      cursor = std::make_unique<TableCursor<Row>>(table, body_->about.keeps);
    });
    return cursor;
  }
  Batch values() const override {
    Batch batch(fields());
    append(batch, *body_);
    return batch;
  }

 private:
  void with(std::size_t wanted, const auto& use) const {
    std::size_t next = 0;
    Body::describe([&]<typename Member>(std::string_view, Member Body::*member, const auto&...) {
      if constexpr (TypeOf<Member>::type == FieldType::table)
        if (next == wanted) use((*body_).*member);
      ++next;
    });
  }
  std::shared_ptr<const Body> body_;
};

template <typename Row>
void append_value(Column& column, const Table<Row>&) {
  column.end_list();
}

}  // namespace detail

/// Any answer as the formats see it (write.hpp); it shares the answer.
template <typename Body>
std::unique_ptr<AnyAnswer> any(Body answer) {
  return std::make_unique<detail::Erased<Body>>(std::make_shared<const Body>(std::move(answer)));
}

}  // namespace tierscope
