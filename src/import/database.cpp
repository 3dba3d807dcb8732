#include "import/database.hpp"

#include <sqlite3.h>

namespace tierscope::core {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
  sqlite3_stmt* made = nullptr;
  const int code =
      sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  statement_.reset(made);
  check(code);
}

void Statement::check(int code) const {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  throw DatabaseFailure(sqlite3_errmsg(database_));
}

Statement& Statement::bind(int at, std::string_view text) {
  // A null pointer would be NULL.
  check(sqlite3_bind_text64(statement_.get(), at + 1, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
  return *this;
}
Statement& Statement::bind(int at, std::int64_t number) {
  check(sqlite3_bind_int64(statement_.get(), at + 1, number));
  return *this;
}
Statement& Statement::bind(int at, double number) {
  check(sqlite3_bind_double(statement_.get(), at + 1, number));
  return *this;
}
Statement& Statement::bind_null(int at) {
  check(sqlite3_bind_null(statement_.get(), at + 1));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  check(sqlite3_reset(statement_.get()));  // tells what went wrong
  return false;
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::string_view Statement::text(int at) const {
  const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), at));
  const int size = sqlite3_column_bytes(statement_.get(), at);
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(size));
}
std::int64_t Statement::integer(int at) const { return sqlite3_column_int64(statement_.get(), at); }
double Statement::real(int at) const { return sqlite3_column_double(statement_.get(), at); }
bool Statement::null(int at) const { return sqlite3_column_type(statement_.get(), at) == SQLITE_NULL; }

Database::Database() {
  sqlite3* made = nullptr;
  const int code = sqlite3_open("", &made);  // a temporary file without a name
  database_.reset(made);
  if (code == SQLITE_NOMEM || made == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) throw DatabaseFailure(sqlite3_errmsg(made));
  run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768; PRAGMA temp_store=FILE; BEGIN");
}

void Database::run(std::string_view sql) {
  const int code = sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  if (code != SQLITE_OK) throw DatabaseFailure(sqlite3_errmsg(database_.get()));
}

}  // namespace tierscope::core
