// SEC's Financial Statement and Notes data sets: who is told to be ten percent and more of a filer's revenue or
// purchases. Sets of the plain statements, whose num.txt holds the dimensions itself, too.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include <tierscope/kinds.hpp>

#include "base/unicode.hpp"
#include "import/importers.hpp"
#include "import/sec_facts.hpp"
#include "import/sec_members.hpp"
#include "import/slug.hpp"
#include "model/nobody.hpp"

namespace tierscope::core {
namespace {

constexpr std::array share_tags{"ConcentrationRiskPercentage1", "ConcentrationRiskPercentage"};
// The first that a filing states is its revenue.
constexpr std::array revenue_tags{"Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax",
                                  "RevenueFromContractWithCustomerIncludingAssessedTax", "SalesRevenueNet"};
constexpr std::array revenue_benchmarks{"SalesRevenueNet",
                                        "SalesNet",
                                        "Revenues",
                                        "RevenueNet",
                                        "SalesRevenueGoodsNet",
                                        "SalesRevenueServicesNet",
                                        "RevenueFromContractWithCustomer",
                                        "RevenueFromContractWithCustomerExcludingAssessedTax",
                                        "RevenueFromContractWithCustomerIncludingAssessedTax"};
constexpr std::array cost_benchmarks{
    "CostOfGoodsTotal", "CostOfGoodsAndServicesSold", "CostOfRevenue", "Purchase", "Purchases", "TotalPurchase",
    "TotalPurchases"};

template <typename List>
bool is_one_of(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// `20251231` as `2025-12-31`.
std::string day_of(std::string_view digits) {
  return digits.size() == 8 ? fmt::format("{}-{}-{}", digits.substr(0, 4), digits.substr(4, 2), digits.substr(6))
                            : std::string(digits);
}

int number_of(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// The first day of the so many months that end with that day's.
std::string first_day_of(std::string_view digits, int months) {
  if (digits.size() != 8) return {};
  const int last = number_of(digits.substr(0, 4)) * 12 + number_of(digits.substr(4, 2)) - 1;
  const int first = last - months + 1;
  return fmt::format("{:04}-{:02}-01", first / 12, first % 12 + 1);
}

/// 0.41 with two decimals is 41%, with four 41.00%.
std::string percent_of(double value, std::string_view decimals) {
  int known = -1;
  std::from_chars(decimals.data(), decimals.data() + decimals.size(), known);
  if (known < 0 || known > 12) return fmt::format("{:.10g}%", value * 100);
  return fmt::format("{:.{}f}%", value * 100, std::max(0, known - 2));
}

struct Filing {
  std::string cik, name, form, period, fy, filed, country;
};

/// What a fact says of somebody: the axes that matter.
struct Dimensions {
  std::string_view type, benchmark, partner;
  bool others = false;  // it is a part of that
};
Dimensions dimensions_of(std::string_view segments) {
  Dimensions dimensions;
  for (const auto& [axis, member] : segments_of(segments)) {
    if (axis == "ConcentrationRiskByType")
      dimensions.type = member;
    else if (axis == "ConcentrationRiskByBenchmark")
      dimensions.benchmark = member;
    else if (axis == "MajorCustomers" || axis == "Customer" || axis == "CounterpartyName" || axis == "Supplier" ||
             axis == "MajorSuppliers" || dimensions.partner.empty())
      dimensions.others = dimensions.others || !dimensions.partner.empty(), dimensions.partner = member;
    else
      dimensions.others = true;
  }
  return dimensions;
}

class SecNotes {
 public:
  explicit SecNotes(Intake& intake)
      : intake_(intake),
        put_sub_((make_tables(intake.scratch()),
                  intake.scratch().prepare("INSERT OR IGNORE INTO sub VALUES(?,?,?,?,?,?,?,?,?)"))),
        put_dim_(intake.scratch().prepare("INSERT OR IGNORE INTO dim VALUES(?,?)")),
        put_fact_(intake.scratch().prepare("INSERT INTO fact VALUES(?,?,?,?,?,?,?,?,?,?,?)")),
        put_revenue_(intake.scratch().prepare("INSERT INTO revenue VALUES(?,?,?,?,?,?,?,?)")),
        find_sub_(intake.scratch().prepare("SELECT cik,name,form,period,fy,filed,country FROM sub WHERE adsh=?")),
        find_dim_(intake.scratch().prepare("SELECT segments FROM dim WHERE hash=?")) {}

  void run() {
    each("sub", [&](const InputFile& input, TextTableRows& rows) { read_sub(input, rows); });
    each("dim", [&](const InputFile& input, TextTableRows& rows) { read_dim(input, rows); });
    each("num", [&](const InputFile& input, TextTableRows& rows) { read_num(input, rows); });
    bool facts = false;
    std::string unread;
    for (const InputFile& input : intake_.inputs()) {
      if (input.base.ends_with(".json")) {
        facts = true;
        import_company_facts(intake_, input);
      } else if (!is(input, "sub") && !is(input, "dim") && !is(input, "num")) {
        unread += (unread.empty() ? "" : ", ") + input.base;
      }
    }
    if (!subs_ && !facts)
      intake_.error(intake_.inputs().empty() ? std::string() : intake_.inputs().front().name, 0, {},
                    "no set of notes: sub.tsv and num.tsv are missing",
                    "give the .zip that the SEC publishes, or a folder with its tables");
    if (!unread.empty()) intake_.note("files that are not needed: " + unread);
    write_relations();
    write_revenue();
    if (relations_ != 0)
      intake_.note(
          "filings name customers of 10 % of revenue and more (ASC 280-10-50-42): who is not named is not known, and "
          "is "
          "not 0 %");
  }

 private:
  static void make_tables(Database& scratch) {
    scratch.run(
        "CREATE TABLE sub(adsh TEXT PRIMARY KEY,cik TEXT,name TEXT,form TEXT,period TEXT,fy TEXT,filed TEXT,"
        "country TEXT,folded TEXT) WITHOUT ROWID;"
        "CREATE TABLE dim(hash TEXT PRIMARY KEY,segments TEXT) WITHOUT ROWID;"
        "CREATE TABLE fact(adsh TEXT,cik TEXT,period TEXT,filed TEXT,buys INT,member TEXT,share TEXT,amount TEXT,"
        "file INT,line INT,text TEXT);"
        "CREATE TABLE revenue(cik TEXT,adsh TEXT,filed TEXT,rank INT,amount TEXT,file INT,line INT,text TEXT)");
  }

  static bool is(const InputFile& input, std::string_view table) {
    const std::string name = fold(input.base);
    return name == fmt::format("{}.tsv", table) || name == fmt::format("{}.txt", table);
  }

  template <typename Use>
  void each(std::string_view table, const Use& use) {
    for (const InputFile& input : intake_.inputs()) {
      if (!is(input, table)) continue;
      const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
      if (bytes == nullptr) continue;
      TextTableRows rows(*bytes, '\t', false);
      use(input, rows);
      if (rows.lines().repaired() != 0)
        intake_.note(fmt::format("{}: {} line{} no UTF-8, read as Windows-1252, first line {}", input.name,
                                 rows.lines().repaired(), rows.lines().repaired() == 1 ? " is" : "s are",
                                 rows.lines().first_repaired()));
    }
  }

  bool has(const InputFile& input, const TextTableRows& rows, std::initializer_list<const char*> columns) {
    std::string missing;
    for (const char* const column : columns)
      if (rows.find(column) == TextTableRows::nowhere) missing += (missing.empty() ? "" : ", ") + std::string(column);
    if (!missing.empty())
      intake_.error(input.name, 1, {}, "the header lacks " + missing, "give the table as the SEC publishes it");
    return missing.empty();
  }

  void read_sub(const InputFile& input, TextTableRows& rows) {
    if (!has(input, rows, {"adsh", "cik", "name", "form", "period", "fy", "filed"})) return;
    subs_ = true;
    const std::uint32_t file = intake_.file(input);
    const std::size_t at[] = {rows.find("adsh"),   rows.find("cik"), rows.find("name"),  rows.find("form"),
                              rows.find("period"), rows.find("fy"),  rows.find("filed"), rows.find("countryba")};
    while (rows.next()) {
      intake_.row({file, rows.lines().number(), rows.line()});
      intake_.advance(rows.lines().read());
      if (rows[at[0]].empty() || rows[at[1]].empty()) {
        intake_.skip("a filing without adsh or cik");
        continue;
      }
      const std::string folded = folded_name(rows[at[2]]);
      for (int i = 0; i < 8; ++i) put_sub_.bind(i, rows[at[i]]);
      put_sub_.bind(8, folded).run();
      intake_.use("a filing");
    }
  }

  void read_dim(const InputFile& input, TextTableRows& rows) {
    if (!has(input, rows, {"dimhash", "segments"})) return;
    const std::uint32_t file = intake_.file(input);
    const std::size_t hash = rows.find("dimhash");
    const std::size_t segments = rows.find("segments");
    while (rows.next()) {
      intake_.row({file, rows.lines().number(), {}});
      intake_.advance(rows.lines().read());
      const bool matters = rows[segments].find("ConcentrationRisk") != std::string_view::npos ||
                           rows[segments].find("MajorCustomers") != std::string_view::npos;
      intake_.use(matters ? "dimensions of a concentration" : "dimensions of other facts");
      // That a fact has dimensions at all is known by its hash.
      if (matters) put_dim_.bind(0, rows[hash]).bind(1, rows[segments]).run();
    }
  }

  struct NumColumns {
    explicit NumColumns(const TextTableRows& rows)
        : adsh(rows.find("adsh")),
          tag(rows.find("tag")),
          ddate(rows.find("ddate")),
          qtrs(rows.find("qtrs")),
          uom(rows.find("uom")),
          dimh(rows.find("dimh")),
          segments(rows.find("segments")),
          iprx(rows.find("iprx")),
          value(rows.find("value")),
          coreg(rows.find("coreg")),
          dcml(rows.find("dcml")) {}
    std::size_t adsh, tag, ddate, qtrs, uom, dimh, segments, iprx, value, coreg, dcml;
  };

  void read_num(const InputFile& input, TextTableRows& rows) {
    if (!has(input, rows, {"adsh", "tag", "ddate", "qtrs", "uom", "value"})) return;
    const NumColumns at(rows);
    if (at.dimh == TextTableRows::nowhere && at.segments == TextTableRows::nowhere)
      return intake_.error(input.name, 1, {}, "the header lacks dimh or segments",
                           "give the table as the SEC publishes it");
    const std::uint32_t file = intake_.file(input);
    while (rows.next()) {
      const std::string_view tag = rows[at.tag];
      const bool share = is_one_of(share_tags, tag);
      const auto* const revenue = std::find(revenue_tags.begin(), revenue_tags.end(), tag);
      const bool matters = share || revenue != revenue_tags.end();
      // Nearly all rows are of other tags: their text is not kept for the rejects.
      intake_.row({file, rows.lines().number(), matters ? rows.line() : std::string_view()});
      intake_.advance(rows.lines().read());
      if (!matters)
        intake_.skip("neither a concentration nor revenue");
      else
        take({file, rows.lines().number(), rows.line()}, rows, at, share,
             static_cast<int>(revenue - revenue_tags.begin()));
    }
  }

  std::optional<Filing> filing_of(std::string_view adsh) {
    find_sub_.bind(0, adsh);
    std::optional<Filing> filing;
    if (find_sub_.step()) {
      filing.emplace();
      int at = 0;
      for (std::string* const cell :
           {&filing->cik, &filing->name, &filing->form, &filing->period, &filing->fy, &filing->filed, &filing->country})
        *cell = find_sub_.text(at++);
    }
    find_sub_.reset();
    return filing;
  }

  bool takes(std::string_view form, bool& quarter) const {
    const std::string_view plain = form.ends_with("/A") ? form.substr(0, form.size() - 2) : form;
    quarter = plain == "10-Q";
    if (quarter) return intake_.options().quarters;
    for (const std::string_view known : {"10-K", "20-F", "40-F"})
      if (plain == known) return true;
    const std::vector<std::string>& more = intake_.options().forms;
    return std::find(more.begin(), more.end(), plain) != more.end() || is_one_of(more, form);
  }

  void take(const InputRow& row, const TextTableRows& rows, const NumColumns& at, bool share, int rank) {
    const std::optional<Filing> filing = filing_of(rows[at.adsh]);
    if (!filing) return intake_.skip("of a filing that sub does not list");
    bool quarter = false;
    if (!takes(filing->form, quarter)) return intake_.skip("of another form");
    if (!rows[at.coreg].empty()) return intake_.skip("of a co-registrant");
    if (!rows[at.iprx].empty() && rows[at.iprx] != "0") return intake_.skip("the same fact, presented again");
    if (rows[at.ddate] != filing->period || rows[at.qtrs] != (quarter ? "1" : "4"))
      return intake_.skip("of another period");
    std::string segments;
    if (at.dimh != TextTableRows::nowhere) {
      const std::string_view hash = rows[at.dimh];
      const bool none = hash.empty() || hash.find_first_not_of("0x") == std::string_view::npos;
      if (!none) {
        find_dim_.bind(0, hash);
        segments = find_dim_.step() ? std::string(find_dim_.text(0)) : "Other=Other;";
        find_dim_.reset();
      }
    } else {
      segments = rows[at.segments];
    }
    double value = 0;
    const std::string_view text = rows[at.value];
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
      return intake_.skip("a value that is no number");
    const Dimensions dimensions = dimensions_of(segments);
    if (!share && segments.empty() && quarter) return intake_.skip("revenue of a quarter");
    if (!share && segments.empty()) return revenue(row, rows, at, *filing, value, rank);
    if (share && segments.empty()) return intake_.skip("a concentration without dimensions");
    if (!share && (dimensions.type != "CustomerConcentrationRisk" || dimensions.partner.empty()))
      return intake_.skip("revenue of a part");
    const bool buys = dimensions.type == "SupplierConcentrationRisk";
    if (share) {
      if (dimensions.type != "CustomerConcentrationRisk" && !buys)
        return intake_.skip("a concentration of another kind");
      if (!(buys ? is_one_of(cost_benchmarks, dimensions.benchmark)
                 : is_one_of(revenue_benchmarks, dimensions.benchmark)))
        return intake_.skip("a share of another denominator");
      if (rows[at.uom] != "pure" || !(value > 0) || value > 1) return intake_.skip("no share between 0 and 1");
    } else if (!(value > 0) || rows[at.uom].size() != 3) {
      return intake_.skip("no amount of money above 0");
    }
    if (dimensions.partner.empty()) return intake_.skip("a concentration of nobody");
    if (dimensions.others) return intake_.skip("a concentration within a part");
    if (member_kind(dimensions.partner) == Partner::category) return intake_.skip("a category, no company");
    const std::string shared = share ? percent_of(value, rows[at.dcml]) : std::string();
    const std::string amount = share ? std::string() : sec_amount(value, rows[at.uom]);
    put_fact_.bind(0, rows[at.adsh]).bind(1, filing->cik).bind(2, filing->period).bind(3, filing->filed);
    put_fact_.bind(4, std::int64_t{buys}).bind(5, dimensions.partner).bind(6, shared).bind(7, amount);
    put_fact_.bind(8, std::int64_t{row.file}).bind(9, static_cast<std::int64_t>(row.line)).bind(10, row.text).run();
    intake_.defer();
  }

  void revenue(const InputRow& row, const TextTableRows& rows, const NumColumns& at, const Filing& filing, double value,
               int rank) {
    if (!(value > 0) || rows[at.uom].size() != 3) return intake_.skip("no amount of money above 0");
    const std::string amount = sec_amount(value, rows[at.uom]);
    put_revenue_.bind(0, filing.cik).bind(1, rows[at.adsh]).bind(2, filing.filed).bind(3, std::int64_t{rank});
    put_revenue_.bind(4, amount).bind(5, std::int64_t{row.file}).bind(6, static_cast<std::int64_t>(row.line));
    put_revenue_.bind(7, row.text).run();
    intake_.defer();
  }

  static InputRow row_of(const Statement& rows, int at) {
    return {static_cast<std::uint32_t>(rows.integer(at)), static_cast<std::uint64_t>(rows.integer(at + 1)),
            rows.text(at + 2)};
  }

  // A filing's share and amount of one partner are one relation, in the first row's name. Of several filings for one
  // year the newest wins; what the older said is a restated figure.
  void write_relations() {
    intake_.scratch().run(
        "CREATE INDEX by_fact ON fact(adsh,buys,member);"
        "CREATE TABLE newest(cik TEXT,period TEXT,filed TEXT,PRIMARY KEY(cik,period)) WITHOUT ROWID;"
        "INSERT INTO newest SELECT cik,period,max(filed) FROM fact GROUP BY cik,period");
    Statement facts = intake_.scratch().prepare(
        "SELECT f.file,f.line,f.text,f.adsh,f.buys,f.member,f.share,f.amount,f.filed<n.filed,"
        "row_number() OVER (PARTITION BY f.adsh,f.buys,f.member,f.share,f.amount ORDER BY f.file,f.line),"
        "max(f.amount) OVER (PARTITION BY f.adsh,f.buys,f.member),"
        "max(f.share) OVER (PARTITION BY f.adsh,f.buys,f.member) "
        "FROM fact f JOIN newest n ON n.cik=f.cik AND n.period=f.period ORDER BY f.adsh,f.buys,f.member,f.file,f.line");
    while (facts.step()) {
      const std::optional<Filing> filing = filing_of(facts.text(3));
      intake_.row(row_of(facts, 0));
      const bool is_share = !facts.text(6).empty();
      if (facts.integer(9) > 1)
        intake_.skip("said again");
      else if (!is_share && !facts.text(11).empty())
        intake_.use("an amount beside its share");
      else
        relation(*filing, facts.text(3), facts.integer(4) != 0, facts.text(5), facts.text(6), facts.text(10),
                 facts.integer(8) != 0);
    }
    if (named_ != 0)
      intake_.note(
          fmt::format("{} known by the name in a filing alone, {} of them named like a filer{}; --aliases joins "
                      "such names with ids",
                      named_ == 1 ? "1 company is" : fmt::format("{} companies are", named_), like_filers_,
                      example_.empty() ? "" : ": " + example_));
  }

  void relation(const Filing& filing, std::string_view adsh, bool buys, std::string_view member, std::string_view share,
                std::string_view amount, bool restated) {
    ++relations_;
    bool quarter = false;
    takes(filing.form, quarter);
    const std::string year = filing.fy.empty() ? filing.period.substr(0, 4) : filing.fy;
    const std::string filer = "cik-" + filing.cik;
    const std::string name = member_name(member);
    const Partner kind = member_kind(member);
    std::string partner;
    if (kind == Partner::named) {
      const std::string_view joined = intake_.alias(name).empty() ? intake_.alias(member) : intake_.alias(name);
      partner = joined.empty() ? "sec-" + slug(name) : std::string(joined);
      if (joined.empty()) review(name);
      intake_.company({{CompanyField::id, partner}, {CompanyField::name, name}});
    } else {
      partner = fmt::format("{}-{}-{}", filer, slug(name), year);
      intake_.company({{CompanyField::id, partner},
                       {CompanyField::name, fmt::format("{} of {} (FY{} {})", name, filing.name, year, filing.form)},
                       {CompanyField::aggregate, kind == Partner::group ? "true" : "false"}});
    }
    intake_.company(
        {{CompanyField::id, filer}, {CompanyField::name, filing.name}, {CompanyField::country, filing.country}});
    const std::string source = fmt::format("sec-{}", adsh);
    std::string folder(adsh);
    folder.erase(std::remove(folder.begin(), folder.end(), '-'), folder.end());
    intake_.source(
        {{SourceField::id, source},
         {SourceField::title, fmt::format("{} {} FY{}, concentration note", filing.name, filing.form, year)},
         {SourceField::publisher, "SEC EDGAR"},
         {SourceField::date, day_of(filing.filed)},
         {SourceField::url, fmt::format("https://www.sec.gov/Archives/edgar/data/{}/{}/", filing.cik, folder)},
         {SourceField::language, "en"}});
    intake_.relation({{RelationField::from, buys ? partner : filer},
                      {RelationField::to, buys ? filer : partner},
                      {RelationField::kind, "supplies"},
                      {RelationField::item, buys ? "all purchases" : ""},
                      {RelationField::value, amount},
                      {RelationField::value_basis, quarter ? "" : "annual"},
                      {buys ? RelationField::supply_share : RelationField::revenue_share, share},
                      {RelationField::since, first_day_of(filing.period, quarter ? 3 : 12)},
                      {RelationField::as_of, day_of(filing.period)},
                      {RelationField::restates, restated ? "true" : ""},
                      {RelationField::confidence, to_string(Confidence::disclosed)},
                      {RelationField::source, source}});
  }

  void review(const std::string& name) {
    intake_.review("a name that --aliases may join");
    if (!reviewed_.insert(name).second) return;
    ++named_;
    if (!like_)
      like_.emplace(intake_.scratch().prepare("SELECT cik,name FROM sub WHERE folded=? OR folded LIKE ? LIMIT 1"));
    const std::string folded = folded_name(name);
    const std::string longer = folded + " %";
    like_->bind(0, folded).bind(1, longer);
    if (like_->step()) {
      if (like_filers_++ == 0) example_ = fmt::format("'{}' may be cik-{}, '{}'", name, like_->text(0), like_->text(1));
    }
    like_->reset();
  }

  // A filer's revenue is that of its newest year, as its newest filing has it.
  void write_revenue() {
    Statement rows = intake_.scratch().prepare(
        "SELECT r.file,r.line,r.text,r.adsh,r.amount,"
        "row_number() OVER (PARTITION BY r.cik ORDER BY s.period DESC,r.filed DESC,r.rank,r.file,r.line),"
        "s.period=max(s.period) OVER (PARTITION BY r.cik) "
        "FROM revenue r JOIN sub s ON s.adsh=r.adsh ORDER BY r.file,r.line");
    Statement told = intake_.scratch().prepare("SELECT 1 FROM fact WHERE adsh=?");  // it is among the sources
    while (rows.step()) {
      const std::optional<Filing> filing = filing_of(rows.text(3));
      intake_.row(row_of(rows, 0));
      if (rows.integer(5) != 1) {
        intake_.skip(rows.integer(6) != 0 ? "another figure of the same revenue" : "revenue of an older year");
        continue;
      }
      const std::string year = filing->fy.empty() ? filing->period.substr(0, 4) : filing->fy;
      told.bind(0, rows.text(3));
      const bool cited = told.step();
      told.reset();
      intake_.company({{CompanyField::id, "cik-" + filing->cik},
                       {CompanyField::source, cited ? fmt::format("sec-{}", rows.text(3)) : std::string()},
                       {CompanyField::name, filing->name},
                       {CompanyField::country, filing->country},
                       {CompanyField::revenue, rows.text(4)},
                       {CompanyField::revenue_period, "FY" + year},
                       {CompanyField::revenue_confidence, to_string(Confidence::disclosed)}},
                      true);
      intake_.use("revenue, written where a relation names the company");
    }
  }

  Intake& intake_;
  Statement put_sub_, put_dim_, put_fact_, put_revenue_, find_sub_, find_dim_;
  std::optional<Statement> like_;
  bool subs_ = false;
  std::size_t relations_ = 0, named_ = 0, like_filers_ = 0;
  std::set<std::string> reviewed_;
  std::string example_;
};

}  // namespace

void import_sec_notes(Intake& intake) { SecNotes(intake).run(); }

}  // namespace tierscope::core
