#include <ostream>

#include "base/csv_text.hpp"
#include "base/number.hpp"
#include "show/answer/format.hpp"
#include "show/answer/leaves.hpp"

namespace tierscope::core {
namespace {

class Line {
 public:
  void text(std::string_view text) { append_csv_cell(next(), text); }
  void number(double value) { append_number(next(), value); }
  void boolean(bool value) { next() += value ? "true" : "false"; }
  void integer(std::int64_t value) { next() += std::to_string(value); }
  void nothing() { next(); }
  std::string take() {
    // One empty cell alone would be a blank line, which readers skip.
    if (line_.empty()) line_ = "\"\"";
    begun_ = false;
    return std::exchange(line_, {}) + "\n";
  }

 private:
  std::string& next() {
    if (begun_) line_ += ',';
    begun_ = true;
    return line_;
  }

  std::string line_;
  bool begun_ = false;
};

}  // namespace

Next write_csv(const Plan& plan, std::ostream& out) {
  const CursorPtr rows = plan.rows();
  Line line;
  for (const Leaf& leaf : leaves_of(rows->fields())) line.text(leaf.name);
  if (plan.options.bom) out << "\xEF\xBB\xBF";
  out << line.take();
  return each_batch(plan, *rows, [&](const Batch& batch) {
    std::string text;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      for (std::size_t c = 0; c < batch.columns.size(); ++c) each_leaf(rows->fields()[c], batch.columns[c], row, line);
      text += line.take();
    }
    out << text;
  });
}

}  // namespace tierscope::core
