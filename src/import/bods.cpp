// Beneficial Ownership Data Standard 0.4: entities, persons and who has what interest in whom.

#include <fmt/format.h>

#include <tierscope/kinds.hpp>

#include "import/importers.hpp"
#include "import/json_text.hpp"
#include "import/slug.hpp"

namespace tierscope::core {
namespace {

std::string percent_in(const Json& value) {
  return value.is_number() ? fmt::format("{:.12g}%", value.get<double>()) : std::string();
}

/// As our cells have intervals; empty: no share is stated.
std::string stake_of(const Json& share) {
  std::string exact = percent_in(member_of(share, "exact"));
  if (!exact.empty()) return exact;
  const std::string above = percent_in(member_of(share, "exclusiveMinimum"));
  const std::string below = percent_in(member_of(share, "exclusiveMaximum"));
  const std::string least = above.empty() ? percent_in(member_of(share, "minimum")) : above;
  const std::string most = below.empty() ? percent_in(member_of(share, "maximum")) : below;
  if (!least.empty() && !most.empty()) return least == most ? least : fmt::format("{}..{}", least, most);
  // 100 % has nothing above it, and 0 % nothing below.
  if (!least.empty()) return (above.empty() ? ">=" : ">") + least;
  if (!most.empty()) return (below.empty() ? "<=" : "<") + most;
  return {};
}

std::string code_or_name(const Json& place) {
  const std::string code = text_of(place, "code");
  return code.empty() ? text_of(place, "name") : code;
}

class Bods {
 public:
  explicit Bods(Intake& intake)
      : intake_(intake),
        put_((intake.scratch().run("CREATE TABLE statement(record TEXT,date TEXT,file INT,line INT,text TEXT)"),
              intake.scratch().prepare("INSERT INTO statement VALUES(?,?,?,?,?)"))) {}

  void run() {
    for (const InputFile& input : intake_.inputs()) {
      const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
      if (bytes == nullptr) continue;
      const std::uint32_t file = intake_.file(input);
      files_.resize(file + 1);
      files_[file] = input.base;
      JsonObjects objects(*bytes);
      for (std::string_view text; objects.next(text);) {
        intake_.row({file, objects.number(), text});
        intake_.advance(objects.read());
        take({file, objects.number(), text});
      }
    }
    // Of a record the last statement holds: by its date, of one day the later in the files.
    Statement rows = intake_.scratch().prepare(
        "SELECT file,line,text,row_number() OVER (PARTITION BY record ORDER BY date DESC,file DESC,line DESC) "
        "FROM statement ORDER BY file,line");
    while (rows.step()) {
      const InputRow row{static_cast<std::uint32_t>(rows.integer(0)), static_cast<std::uint64_t>(rows.integer(1)),
                         rows.text(2)};
      intake_.row(row);
      if (rows.integer(3) != 1) {
        intake_.skip("an older statement of its record");
        continue;
      }
      bool too_deep = false;
      write(row, parse_json(row.text, too_deep));
    }
  }

 private:
  void take(const InputRow& row) {
    bool too_deep = false;
    const Json statement = parse_json(row.text, too_deep);
    if (too_deep) return intake_.skip("JSON that is nested too deep");
    if (!statement.is_object()) return intake_.skip("text that is no JSON object");
    if (text_of(statement, "recordType").empty())
      return intake_.skip(text_of(statement, "statementType").empty() ? "no statement"
                                                                      : "a statement of a version before 0.4");
    const std::string record = text_of(statement, "recordId");
    if (record.empty()) return intake_.skip("a statement without a recordId");
    const std::string date = text_of(statement, "statementDate");
    put_.bind(0, record).bind(1, date).bind(2, std::int64_t{row.file}).bind(3, static_cast<std::int64_t>(row.line));
    put_.bind(4, row.text).run();
    intake_.defer();
  }

  void write(const InputRow& row, const Json& statement) {
    const std::string type = text_of(statement, "recordType");
    const Json& details = member_of(statement, "recordDetails");
    const std::string record = text_of(statement, "recordId");
    if (type == "entity") return entity(record, details);
    if (type == "person") return person(record, details);
    if (type == "relationship") return relationship(row, statement, details);
    intake_.skip("a statement of another type");
  }

  void entity(const std::string& record, const Json& details) {
    std::string lei;
    const Json& identifiers = member_of(details, "identifiers");
    if (identifiers.is_array())
      for (const Json& identifier : identifiers)
        if (text_of(identifier, "scheme") == "XI-LEI") lei = text_of(identifier, "id");
    intake_.company({{CompanyField::id, record},
                     {CompanyField::name, text_of(details, "name")},
                     {CompanyField::country, code_or_name(member_of(details, "jurisdiction"))},
                     {CompanyField::lei, lei}});
  }

  void person(const std::string& record, const Json& details) {
    std::string name;
    const Json& names = member_of(details, "names");
    if (names.is_array())
      for (const Json& each : names)
        if (name.empty()) name = text_of(each, "fullName");
    intake_.company({{CompanyField::id, record}, {CompanyField::name, name}, {CompanyField::sector, "person"}});
  }

  void relationship(const InputRow& row, const Json& statement, const Json& details) {
    const std::string owner = text_of(details, "interestedParty");
    const std::string owned = text_of(details, "subject");
    if (owner.empty() || owned.empty()) return intake_.skip("an unspecified party");
    const Json& components = member_of(details, "componentRecords");
    const Json& interests = member_of(details, "interests");
    bool indirect = false;
    std::string others;
    std::vector<const Json*> holdings;
    const Json* dated = nullptr;
    if (interests.is_array())
      for (const Json& interest : interests) {
        indirect = indirect || text_of(interest, "directOrIndirect") == "indirect";
        const std::string type = text_of(interest, "type");
        if (type == "shareholding" && !stake_of(member_of(interest, "share")).empty())
          holdings.push_back(&interest);
        else if (!type.empty() && type != "shareholding")
          (others += others.empty() ? "" : ", ") += type;
        if (dated == nullptr) dated = &interest;
      }
    if (indirect && components.is_array() && !components.empty())
      return intake_.skip("an indirect relationship whose parts are there");
    std::string note = others;
    if (indirect) note = note.empty() ? "indirect" : "indirect, " + note;
    const bool closed = text_of(statement, "recordStatus") == "closed";
    const std::string source = source_of(row, statement);
    const Json none;
    std::vector<const Json*> rows = holdings;
    if (rows.empty()) rows.push_back(dated == nullptr ? &none : dated);
    for (const Json* const interest : rows) {
      std::string until = text_of(*interest, "endDate");
      if (until.empty() && closed) until = text_of(statement, "statementDate");
      intake_.relation(
          {{RelationField::from, owner},
           {RelationField::to, owned},
           {RelationField::kind, "owns"},
           {RelationField::stake, holdings.empty() ? std::string() : stake_of(member_of(*interest, "share"))},
           {RelationField::status, closed ? "ended" : ""},
           {RelationField::since, text_of(*interest, "startDate")},
           {RelationField::until, until},
           {RelationField::as_of, text_of(statement, "statementDate")},
           {RelationField::confidence, confidence_},
           {RelationField::source, source},
           {RelationField::note, note}});
    }
    if (holdings.size() > 1) intake_.review("several shareholdings: a row each, never added");
  }

  std::string source_of(const InputRow& row, const Json& statement) {
    const Json& source = member_of(statement, "source");
    const Json& published = member_of(statement, "publicationDetails");
    const std::string url = text_of(source, "url");
    std::string id = "bods-" + slug(files_[row.file]);
    if (!url.empty()) id += "-" + slug(url);
    const std::string date = text_of(published, "publicationDate");
    if (!date.empty()) id += "-" + slug(date);
    intake_.source({{SourceField::id, id},
                    {SourceField::title, files_[row.file]},
                    {SourceField::publisher, text_of(member_of(published, "publisher"), "name")},
                    {SourceField::date, date},
                    {SourceField::url, url}});
    confidence_.clear();
    for (const std::string& type : texts_of(source, "type"))
      if (type == "officialRegister") confidence_ = to_string(Confidence::disclosed);
    return id;
  }

  Intake& intake_;
  Statement put_;
  std::vector<std::string> files_;
  std::string confidence_;
};

}  // namespace

void import_bods(Intake& intake) { Bods(intake).run(); }

}  // namespace tierscope::core
