#pragma once
// Rows that are more than memory should hold: a private temporary database, which sorts by external merge.

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace tierscope::core {

/// The disk for temporary files is full, or cannot be written.
struct DatabaseFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A prepared statement. Parameters and columns count from 0. Everything throws DatabaseFailure.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  Statement& bind(int at, std::string_view text);  // held until it was run
  Statement& bind(int at, std::int64_t number);
  Statement& bind(int at, double number);
  Statement& bind_null(int at);
  /// To the next row; false at the end. Then, or after `reset`, it can be bound and run again.
  bool step();
  void reset();
  /// Runs it to its end.
  void run() {
    while (step()) {
    }
  }

  std::string_view text(int at) const;  // until the next step
  std::int64_t integer(int at) const;
  double real(int at) const;
  bool null(int at) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code) const;
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// In a file that nobody else sees and that goes with it; at most some 64 MB of it are in memory.
class Database {
 public:
  Database();
  void run(std::string_view sql);
  Statement prepare(std::string_view sql) { return {database_.get(), sql}; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace tierscope::core
