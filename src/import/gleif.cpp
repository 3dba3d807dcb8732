// GLEIF's golden copies: who consolidates whom (Level 2, RR-CDF as CSV), and names (Level 1, LEI-CDF as CSV).

#include <fmt/format.h>

#include <array>
#include <optional>

#include <tierscope/kinds.hpp>
#include "base/unicode.hpp"
#include "import/importers.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t periods = 5;
constexpr std::size_t longest_chain = 100;  // of parents; GLEIF's have some twenty

std::string id_of(std::string_view lei) { return "lei-" + fold(lei); }
std::string day_in(std::string_view stamp) { return std::string(stamp.substr(0, 10)); }

/// `20260302` in a file's name, as `2026-03-02`; empty = none.
std::string date_in(std::string_view name) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && name[i] >= '0' && name[i] <= '9') {
      ++digits;
      continue;
    }
    if (digits == 8 && name.substr(i - 8, 2) == "20")
      return fmt::format("{}-{}-{}", name.substr(i - 8, 4), name.substr(i - 4, 2), name.substr(i - 2, 2));
    digits = 0;
  }
  return {};
}

struct Columns {
  explicit Columns(const TextTableRows& rows) {
    const auto relationship = [&](std::string_view name) { return rows.find(fmt::format("Relationship.{}", name)); };
    start = relationship("StartNode.NodeID");
    start_type = relationship("StartNode.NodeIDType");
    end = relationship("EndNode.NodeID");
    end_type = relationship("EndNode.NodeIDType");
    type = relationship("RelationshipType");
    status = relationship("RelationshipStatus");
    for (std::size_t i = 0; i < periods; ++i) {
      period[i] = {relationship(fmt::format("Period.{}.startDate", i + 1)),
                   relationship(fmt::format("Period.{}.endDate", i + 1)),
                   relationship(fmt::format("Period.{}.periodType", i + 1))};
      amount[i] = relationship(fmt::format("Quantifiers.{}.QuantifierAmount", i + 1));
      units[i] = relationship(fmt::format("Quantifiers.{}.QuantifierUnits", i + 1));
    }
    updated = rows.find("Registration.LastUpdateDate");
    registration = rows.find("Registration.RegistrationStatus");
  }
  std::size_t start, start_type, end, end_type, type, status, updated, registration;
  std::array<std::array<std::size_t, 3>, periods> period;
  std::array<std::size_t, periods> amount, units;
};

class Gleif {
 public:
  explicit Gleif(Intake& intake)
      : intake_(intake),
        direct_((intake.scratch().run("CREATE TABLE direct(child TEXT PRIMARY KEY,parent TEXT) WITHOUT ROWID;"
                                      "CREATE TABLE ultimate(child TEXT,parent TEXT,file INT,line INT,text TEXT)"),
                 intake.scratch().prepare("INSERT OR IGNORE INTO direct VALUES(?,?)"))),
        ultimate_(intake.scratch().prepare("INSERT INTO ultimate VALUES(?,?,?,?,?)")) {}

  void run() {
    bool relations = false;
    for (const InputFile& input : intake_.inputs()) {
      const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
      if (bytes == nullptr) continue;
      TextTableRows rows(*bytes, ',', true);
      if (rows.find("Relationship.StartNode.NodeID") != TextTableRows::nowhere) {
        relations = true;
        read_relations(input, rows);
      } else if (rows.find("LEI") != TextTableRows::nowhere &&
                 rows.find("Entity.LegalName") != TextTableRows::nowhere) {
        read_names(input, rows);
      } else {
        intake_.error(input.name, 1, {}, "is no golden copy of GLEIF",
                      "give the CSV of Level 2 (Relationship.StartNode.NodeID, …), and that of Level 1 (LEI, "
                      "Entity.LegalName, …) for names");
      }
      if (rows.lines().repaired() != 0)
        intake_.note(fmt::format("{}: {} lines that are no UTF-8 were read as Windows-1252, first line {}", input.name,
                                 rows.lines().repaired(), rows.lines().first_repaired()));
    }
    if (!relations && !intake_.inputs().empty())
      intake_.error(intake_.inputs().front().name, 0, {}, "no input holds relationships",
                    "give the golden copy of Level 2 (RR-CDF)");
    compare_ultimate();
  }

 private:
  void read_names(const InputFile& input, TextTableRows& rows) {
    const std::uint32_t file = intake_.file(input);
    const std::size_t lei = rows.find("LEI");
    const std::size_t name = rows.find("Entity.LegalName");
    const std::size_t country = rows.find("Entity.LegalAddress.Country");
    while (rows.next()) {
      intake_.row({file, rows.lines().number(), rows.line()});
      intake_.advance(rows.lines().read());
      if (rows[lei].empty()) {
        intake_.skip("an entity without an LEI");
        continue;
      }
      intake_.company({{CompanyField::id, id_of(rows[lei])},
                       {CompanyField::name, rows[name]},
                       {CompanyField::country, rows[country]},
                       {CompanyField::lei, rows[lei]}},
                      true);
      intake_.use("a name, written where a relation has it");
    }
  }

  void read_relations(const InputFile& input, TextTableRows& rows) {
    const Columns columns(rows);
    if (columns.end == TextTableRows::nowhere || columns.type == TextTableRows::nowhere)
      return intake_.error(input.name, 1, {},
                           "the columns Relationship.EndNode.NodeID and Relationship.RelationshipType are missing",
                           "give the file as GLEIF publishes it");
    const std::uint32_t file = intake_.file(input);
    const std::string date = date_in(input.base);
    source_ = "gleif" + (date.empty() ? std::string() : "-" + date);
    source_title_ = "GLEIF golden copy" + (date.empty() ? std::string() : " " + date);
    source_date_ = date;
    while (rows.next()) {
      const InputRow row{file, rows.lines().number(), rows.line()};
      intake_.row(row);
      intake_.advance(rows.lines().read());
      take(row, rows, columns);
    }
  }

  void take(const InputRow& row, const TextTableRows& rows, const Columns& at) {
    const std::string_view child = rows[at.start];
    const std::string_view parent = rows[at.end];
    const std::string_view type = rows[at.type];
    const std::string_view registration = rows[at.registration];
    if (registration == "DUPLICATE" || registration == "ANNULLED")
      return intake_.skip(fmt::format("the registration is {}", registration));
    for (const std::size_t column : {at.start_type, at.end_type})
      if (!rows[column].empty() && rows[column] != "LEI") return intake_.skip("a node that has no LEI");
    if (child.empty() || parent.empty()) return intake_.skip("a relationship without both LEIs");
    const bool branch = type == "IS_INTERNATIONAL_BRANCH_OF";
    if (type == "IS_ULTIMATELY_CONSOLIDATED_BY") {
      if (rows[at.status] == "INACTIVE") return intake_.skip("an ultimate parent of the past");
      intake_.defer();
      ultimate_.bind(0, child).bind(1, parent).bind(2, std::int64_t{row.file});
      ultimate_.bind(3, static_cast<std::int64_t>(row.line)).bind(4, row.text).run();
      return;
    }
    if (type != "IS_DIRECTLY_CONSOLIDATED_BY" && !branch) return intake_.skip(reason_of(type));
    if (!branch && rows[at.status] != "INACTIVE") direct_.bind(0, child).bind(1, parent).run();

    std::string stake;
    std::string since;
    std::string until;
    for (std::size_t i = periods; i-- > 0;) {
      if (rows[at.period[i][2]] == "RELATIONSHIP_PERIOD") {
        since = day_in(rows[at.period[i][0]]);
        until = day_in(rows[at.period[i][1]]);
      }
      if (rows[at.units[i]] == "PERCENTAGE" && !rows[at.amount[i]].empty())
        stake = fmt::format("{}%", rows[at.amount[i]]);
    }
    std::string note = branch ? "branch" : "";
    if (registration == "LAPSED" || registration == "RETIRED")
      note += fmt::format("{}registration {}", note.empty() ? "" : ", ", fold(registration));
    intake_.source({{SourceField::id, source_},
                    {SourceField::title, source_title_},
                    {SourceField::publisher, "GLEIF"},
                    {SourceField::date, source_date_}});
    for (const std::string_view lei : {parent, child})
      intake_.company({{CompanyField::id, id_of(lei)}, {CompanyField::lei, lei}});
    intake_.relation({{RelationField::from, id_of(parent)},
                      {RelationField::to, id_of(child)},
                      {RelationField::kind, "owns"},
                      {RelationField::stake, stake},
                      {RelationField::status, rows[at.status] == "INACTIVE" ? "ended" : "active"},
                      {RelationField::since, since},
                      {RelationField::until, until},
                      {RelationField::as_of, day_in(rows[at.updated])},
                      {RelationField::confidence, to_string(Confidence::disclosed)},
                      {RelationField::source, source_},
                      {RelationField::note, note}});
  }

  static std::string reason_of(std::string_view type) {
    for (const std::string_view known : {"IS_FUND-MANAGED_BY", "IS_SUBFUND_OF", "IS_FEEDER_TO"})
      if (type == known) return fmt::format("{}: no ownership", known);
    return "a relationship of another type";
  }

  // Of each ultimate parent: is it where the direct parents lead? It is not written, as it would be a second owner.
  void compare_ultimate() {
    Database& scratch = intake_.scratch();
    Statement parent = scratch.prepare("SELECT parent FROM direct WHERE child=?");
    const auto above = [&](const std::string& child) -> std::optional<std::string> {
      parent.bind(0, child);
      std::optional<std::string> found;
      if (parent.step()) found = parent.text(0);
      parent.reset();
      return found;
    };
    Statement rows = scratch.prepare("SELECT child,parent,file,line,text FROM ultimate ORDER BY file,line");
    std::size_t differ = 0;
    std::string example;
    while (rows.step()) {
      const std::string child(rows.text(0));
      std::string top = child;
      std::size_t steps = 0;
      for (; steps < longest_chain; ++steps) {
        const std::optional<std::string> next = above(top);
        if (!next || *next == child) break;
        top = *next;
      }
      intake_.row(
          {static_cast<std::uint32_t>(rows.integer(2)), static_cast<std::uint64_t>(rows.integer(3)), rows.text(4)});
      if (top == rows.text(1)) {
        intake_.skip("the ultimate parent, to whom the direct parents lead");
      } else if (top == child) {
        intake_.skip("the ultimate parent of one without a direct parent");
      } else {
        intake_.skip("another ultimate parent than the direct parents lead to");
        if (differ++ == 0)
          example = fmt::format("{}: {} is said, {} is where the direct parents lead", child, rows.text(1), top);
      }
    }
    if (differ != 0)
      intake_.note(fmt::format("{} ultimate parent{} not where the direct parents lead, first {}", differ,
                               differ == 1 ? " is" : "s are", example));
  }

  Intake& intake_;
  Statement direct_, ultimate_;
  std::string source_, source_title_, source_date_;
};

}  // namespace

void import_gleif(Intake& intake) { Gleif(intake).run(); }

}  // namespace tierscope::core
