// Input-output tables: what sectors of countries deliver to each other. OECD's ICIO as CSV, EXIOBASE 3 as Z.txt and
// Y.txt.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "base/number.hpp"
#include "base/quantity.hpp"
#include "base/unicode.hpp"
#include "import/importers.hpp"
#include "import/slug.hpp"

namespace tierscope::core {
namespace {

constexpr std::array demand{"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "NONRES", "P33", "FD", "FNLC"};
constexpr std::array totals{"OUT", "TOTAL", "OUTPUT"};

/// Parts of Mexico and China, which are added up.
std::string_view whole_country(std::string_view country) {
  if (country == "MX1" || country == "MX2") return "MEX";
  if (country == "CN1" || country == "CN2" || country == "CN3" || country == "CN4") return "CHN";
  return country;
}

/// What a column or a row is about.
struct Label {
  enum class Kind : std::uint8_t { sector, final_demand, total, other } kind = Kind::other;
  std::string country, sector;
  std::string id() const { return country + "_" + sector; }
};

Label label_of(std::string_view text) {
  Label label;
  if (std::find(totals.begin(), totals.end(), text) != totals.end()) return label.kind = Label::Kind::total, label;
  const std::size_t bar = text.find('_');
  if (bar == std::string_view::npos) return label;
  std::string_view country = text.substr(0, bar);
  std::string_view rest = text.substr(bar + 1);
  // The edition of 2016 has the country last in columns of demand.
  if (std::find(demand.begin(), demand.end(), country) != demand.end()) std::swap(country, rest);
  label.country = whole_country(country);
  label.sector = rest;
  label.kind =
      std::find(demand.begin(), demand.end(), rest) != demand.end() ? Label::Kind::final_demand : Label::Kind::sector;
  return label;
}

double value_in(std::string_view text) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? value : NAN;
}

/// Rounded down, so that parts never come to more than the whole.
std::string share_text(double share) {
  std::string text = fmt::format("{:.6f}", std::floor(share * 1e8) / 1e6);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text + "%";
}

/// One sector's deliveries.
struct Deliveries {
  std::map<std::string, double> to;         // by sector
  std::map<std::string, double> consumers;  // by country
  double output = 0;
};

class InputOutput {
 public:
  explicit InputOutput(Intake& intake) : intake_(intake), unit_(intake.options().currency) {
    const std::string& least = intake.options().min_share;
    const ParsedQuantity parsed = parse_share(least.empty() ? "0.01%" : least);
    if (!parsed.wrong.empty()) intake.error({}, 0, "--min-share", parsed.wrong, parsed.remedy);
    least_ = parsed.quantity.low;
    const std::string& year = intake.options().year;
    if (!year.empty() && (year.size() != 4 || year.find_first_not_of("0123456789") != std::string::npos))
      intake.error({}, 0, "--year", fmt::format("'{}' is no year", year), "write it as 2020");
    if (!unit_.empty() && !parse_amount("1" + unit_).wrong.empty())
      intake.error({}, 0, "--currency", fmt::format("'{}' is no unit of money", unit_), "write it as \"M USD\"");
  }

  void run() {
    const InputFile* deliveries = nullptr;
    const InputFile* consumers = nullptr;
    for (const InputFile& input : intake_.inputs()) {
      const std::string name = fold(input.base);
      if (name == "z.txt") deliveries = &input;
      if (name == "y.txt") consumers = &input;
    }
    if (deliveries != nullptr && consumers != nullptr) {
      if (unit_.empty()) unit_ = "M EUR";
      read_exiobase(*deliveries, *consumers);
    } else {
      if (unit_.empty()) unit_ = "M USD";
      for (const InputFile& input : intake_.inputs()) read_matrix(input);
    }
    intake_.note(
        fmt::format("amounts are in {}; shares are of what a sector delivers to others, and those below {} "
                    "are put together",
                    unit_, share_text(least_)));
    if (intake_.options().year.empty()) intake_.note("the year of the table is not said: --year says it");
    if (from_stock_ != 0)
      intake_.note(fmt::format("{} delivered more than they made, from stocks: their shares are of what they delivered",
                               from_stock_ == 1 ? "1 sector" : fmt::format("{} sectors", from_stock_)));
  }

 private:
  // ---- OECD

  void read_matrix(const InputFile& input) {
    if (fold(input.base).ends_with(".xlsx"))
      return intake_.error(input.name, 0, {}, "workbooks of input-output tables are not read",
                           "save the sheet as CSV, with the labels CCC_SECTOR in the first row and column");
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
    if (bytes == nullptr) return;
    TextTableRows rows(*bytes, ',', true);
    std::vector<Label> columns;
    for (const std::string& column : rows.written()) columns.push_back(label_of(column));
    if (std::none_of(columns.begin(), columns.end(), [](const Label& l) { return l.kind == Label::Kind::sector; }))
      return intake_.error(
          input.name, 1, {}, "is no input-output table",
          "its first row and column have labels as USA_D26; EXIOBASE is a folder with Z.txt and Y.txt");
    std::set<std::string> sectors;
    for (const Label& column : columns)
      if (column.kind == Label::Kind::sector) sectors.insert(column.id());
    const std::uint32_t file = intake_.file(input);
    begin_source(input);
    std::map<std::string, Deliveries> parts;  // of countries that stand in several rows
    std::map<std::string, std::vector<std::uint64_t>> lines;
    while (rows.next()) {
      intake_.row({file, rows.lines().number(), {}});
      intake_.advance(rows.lines().read());
      const Label label = label_of(rows[0]);
      // A sector is one that is delivered to as well: AAA_TLS is not.
      if (label.kind != Label::Kind::sector || !sectors.contains(label.id())) {
        intake_.use("value added, taxes or a total");
        continue;
      }
      const bool part = label.country == "MEX" || label.country == "CHN";
      Deliveries whole;
      Deliveries& row = part ? parts[label.id()] : whole;
      if (!add(rows, columns, row)) {
        intake_.skip(rows.size() == columns.size() ? "a cell that is no number" : "a row of another length");
        continue;
      }
      if (part) {
        lines[label.id()].push_back(rows.lines().number());
        intake_.defer();
      } else {
        write(label, row);
      }
    }
    for (const auto& [id, row] : parts) {
      for (const std::uint64_t line : lines[id]) {
        intake_.row({file, line, {}});
        if (line != lines[id].back()) intake_.use("a part of a country, added up");
      }
      if (!lines[id].empty()) write(label_of(id), row);
    }
  }

  static bool add(const TextTableRows& rows, const std::vector<Label>& columns, Deliveries& row) {
    if (rows.size() != columns.size()) return false;
    double sum = 0;
    double output = NAN;
    std::vector<double> values(columns.size());
    for (std::size_t c = 1; c < columns.size(); ++c) {
      values[c] = value_in(rows[c]);
      if (std::isnan(values[c])) return false;
    }
    for (std::size_t c = 1; c < columns.size(); ++c) {
      const Label& column = columns[c];
      if (column.kind == Label::Kind::total) output = values[c];
      if (column.kind == Label::Kind::sector) row.to[column.id()] += values[c];
      if (column.kind == Label::Kind::final_demand) row.consumers[column.country] += values[c];
      if (column.kind == Label::Kind::sector || column.kind == Label::Kind::final_demand) sum += values[c];
    }
    row.output += std::isnan(output) ? sum : output;
    return true;
  }

  // ---- EXIOBASE

  // Two lines of labels, region and sector, and perhaps one more that names the first two columns.
  static bool read_labels(TextLines& lines, std::vector<std::string>& regions, std::vector<std::string>& sectors) {
    const auto cells = [](std::string_view line) {
      std::vector<std::string> list;
      while (true) {
        const std::size_t tab = std::min(line.find('\t'), line.size());
        list.emplace_back(line.substr(0, tab));
        if (tab == line.size()) return list;
        line.remove_prefix(tab + 1);
      }
    };
    std::string_view line;
    if (!lines.next(line)) return false;
    regions = cells(line);
    if (!lines.next(line)) return false;
    sectors = cells(line);
    return regions.size() == sectors.size() && regions.size() > 2;
  }

  void read_exiobase(const InputFile& z, const InputFile& y) {
    const std::unique_ptr<std::streambuf> z_bytes = intake_.open(z);
    const std::unique_ptr<std::streambuf> y_bytes = intake_.open(y);
    if (z_bytes == nullptr || y_bytes == nullptr) return;
    TextLines z_lines(*z_bytes, false);
    TextLines y_lines(*y_bytes, false);
    std::vector<std::string> regions;
    std::vector<std::string> sectors;
    std::vector<std::string> consumers;
    std::vector<std::string> categories;
    for (const auto& [lines, first, second, input] :
         {std::tuple(&z_lines, &regions, &sectors, &z), std::tuple(&y_lines, &consumers, &categories, &y)})
      if (!read_labels(*lines, *first, *second))
        return intake_.error(input->name, 1, {}, "the two rows of labels (region, sector) are missing",
                             "give the file as EXIOBASE 3 publishes it, tabs between its cells");
    const std::uint32_t file = intake_.file(z);
    begin_source(z);
    std::string_view z_line;
    std::string_view y_line;
    while (z_lines.next(z_line)) {
      intake_.row({file, z_lines.number(), {}});
      intake_.advance(z_lines.read());
      const bool beside = y_lines.next(y_line);
      const auto [region, sector] = index_of(z_line);
      if (sector == "sector" || region == "region") {
        intake_.use("labels");
        continue;
      }
      if (!beside || index_of(y_line) != std::pair(region, sector)) {
        intake_.skip("a row without the same row in Y.txt");
        continue;
      }
      Deliveries row;
      std::size_t column = 2;
      bool good = each_number(z_line, [&](double value) {
        if (column < regions.size()) row.to[regions[column] + "_" + sectors[column]] += value;
        ++column, row.output += value;
      });
      good = good && column == regions.size();
      column = 2;
      good = good && each_number(y_line, [&](double value) {
               if (column < consumers.size()) row.consumers[consumers[column]] += value;
               ++column, row.output += value;
             });
      if (!good || column != consumers.size()) {
        intake_.skip("a cell that is no number, or a row of another length");
        continue;
      }
      Label label;
      label.country = region;
      label.sector = sector;
      write(label, row);
    }
  }

  static std::pair<std::string_view, std::string_view> index_of(std::string_view line) {
    const std::string_view region = line.substr(0, line.find('\t'));
    line.remove_prefix(std::min(region.size() + 1, line.size()));
    return {region, line.substr(0, line.find('\t'))};
  }

  template <typename Use>
  static bool each_number(std::string_view line, const Use& use) {
    for (int skip = 0; skip < 2; ++skip) line.remove_prefix(std::min(line.find('\t') + 1, line.size()));
    while (true) {
      const std::size_t tab = std::min(line.find('\t'), line.size());
      const double value = value_in(line.substr(0, tab));
      if (std::isnan(value)) return false;
      use(value);
      if (tab == line.size()) return true;
      line.remove_prefix(tab + 1);
    }
  }

  // ---- both

  void begin_source(const InputFile& input) {
    source_ = "io-" + slug(input.base);
    title_ = input.base;
  }

  std::string amount(double value) const {
    std::string text;
    append_number(text, value);
    return text + unit_;
  }

  // What a sector delivers to itself is on neither side: else it would be revenue of nobody else.
  void write(const Label& label, const Deliveries& row) {
    const std::string id = label.id();
    const auto own = row.to.find(id);
    const double itself = own == row.to.end() ? 0 : own->second;
    double delivered = 0;
    for (const auto& [sector, value] : row.to)
      if (sector != id && value > 0) delivered += value;
    for (const auto& [country, value] : row.consumers)
      if (value > 0) delivered += value;
    double whole = row.output - itself;
    if (delivered > whole * (1 + 1e-9)) ++from_stock_;
    whole = std::max(whole, delivered);
    if (!(whole > 0)) return intake_.use("a sector that delivers nothing to others");
    const std::string& year = intake_.options().year;
    intake_.company({{CompanyField::id, id},
                     {CompanyField::sector, label.sector},
                     {CompanyField::country, label.country},
                     {CompanyField::revenue, row.output > 0 ? amount(row.output) : std::string()},
                     {CompanyField::revenue_period, year},
                     {CompanyField::aggregate, "false"}});
    intake_.source({{SourceField::id, source_}, {SourceField::title, title_}});
    const auto relate = [&](const std::string& to, double value) {
      intake_.relation({{RelationField::from, id},
                        {RelationField::to, to},
                        {RelationField::kind, "supplies"},
                        {RelationField::value, amount(value)},
                        {RelationField::value_basis, "annual"},
                        {RelationField::revenue_share, share_text(value / whole)},
                        {RelationField::as_of, year},
                        {RelationField::source, source_}});
    };
    double small = 0;
    for (const auto& [sector, value] : row.to) {
      if (sector == id || !(value > 0)) continue;
      if (value / whole < least_)
        small += value;
      else
        relate(sector, value);
    }
    const auto aggregate = [&](const std::string& to, const std::string& name, double value) {
      if (!(value > 0)) return;
      intake_.company({{CompanyField::id, to}, {CompanyField::name, name}, {CompanyField::aggregate, "true"}});
      relate(to, value);
    };
    for (const auto& [country, value] : row.consumers)
      aggregate(country + "_FD", fmt::format("Final demand of {}", country), value);
    aggregate(id + "_SMALL", fmt::format("Sectors that buy less than {} of {}", share_text(least_), id), small);
  }

  Intake& intake_;
  std::string unit_;
  double least_ = 0;
  std::size_t from_stock_ = 0;
  std::string source_, title_;
};

}  // namespace

void import_io(Intake& intake) { InputOutput(intake).run(); }

}  // namespace tierscope::core
