// FollowTheMoney entities, one JSON object a line: who owns, lends to and supplies whom.

#include <fmt/format.h>

#include <optional>

#include "import/importers.hpp"
#include "import/json_text.hpp"
#include "import/slug.hpp"
#include "read/dress.hpp"

namespace tierscope::core {
namespace {

using Values = std::vector<std::string>;

std::string first_of(const Values& values) { return values.empty() ? std::string() : values.front(); }

/// One empty value where there is none: a row is written all the same.
Values one_at_least(Values values) {
  if (values.empty()) values.emplace_back();
  return values;
}

/// `60`, `25-50`, `more than 75%`: percent, as FollowTheMoney has them.
std::string stake_text(const std::string& percentage) {
  ColumnDress dress;
  dress.percent = Percent::number;
  dress.decimal = '.';
  const Undressed undressed = undressed_share(percentage, dress);
  return undressed.plain.empty() ? percentage : undressed.plain;
}

/// What owns, lends and supplies: the properties of its two ends.
struct Link {
  std::string_view schema;
  const char* from;
  const char* to;
  std::string_view kind;
};
constexpr Link links[] = {{"Ownership", "owner", "asset", "owns"},
                          {"Debt", "creditor", "debtor", "lends"},
                          {"ContractAward", "supplier", "contract", "supplies"},
                          {"Contract", "supplier", "authority", "supplies"}};
constexpr std::string_view companies[] = {"Company",      "LegalEntity", "Organization", "Person", "PublicBody",
                                          "Organisation", "BankAccount", "Asset",        "Vessel", "Security"};

class Ftm {
 public:
  explicit Ftm(Intake& intake)
      : intake_(intake),
        put_contract_((intake.scratch().run("CREATE TABLE contract(id TEXT PRIMARY KEY,authority TEXT) WITHOUT ROWID;"
                                            "CREATE TABLE award(file INT,line INT,text TEXT)"),
                       intake.scratch().prepare("INSERT OR IGNORE INTO contract VALUES(?,?)"))),
        put_award_(intake.scratch().prepare("INSERT INTO award VALUES(?,?,?)")) {}

  void run() {
    for (const InputFile& input : intake_.inputs()) {
      const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
      if (bytes == nullptr) continue;
      const std::uint32_t file = intake_.file(input);
      sources_.resize(file + 1);
      sources_[file] = {"ftm-" + slug(input.base), input.base};
      TextLines lines(*bytes, false);
      for (std::string_view line; lines.next(line);) {
        const InputRow row{file, lines.number(), line};
        intake_.row(row);
        intake_.advance(lines.read());
        take(row, false);
      }
    }
    // An award names its contract, which may come after it: the contract knows whose authority it is.
    Statement awards = intake_.scratch().prepare("SELECT file,line,text FROM award ORDER BY file,line");
    while (awards.step()) {
      const InputRow row{static_cast<std::uint32_t>(awards.integer(0)), static_cast<std::uint64_t>(awards.integer(1)),
                         awards.text(2)};
      intake_.row(row);
      take(row, true);
    }
  }

 private:
  void take(const InputRow& row, bool award_again) {
    bool too_deep = false;
    const Json entity = parse_json(row.text, too_deep);
    if (too_deep) return intake_.skip("JSON that is nested too deep");
    if (!entity.is_object()) return intake_.skip("a line that is no JSON object");
    const std::string schema = text_of(entity, "schema");
    const std::string id = text_of(entity, "id");
    if (schema.empty()) return intake_.skip("an entity without a schema");
    const Json& properties = member_of(entity, "properties");
    for (const std::string_view known : companies)
      if (schema == known) return company(schema, id, properties);
    for (const Link& link : links) {
      if (schema != link.schema) continue;
      if (schema == "Contract" && !id.empty())
        for (const std::string& authority : texts_of(properties, "authority"))
          put_contract_.bind(0, id).bind(1, authority).run();
      if (schema == "ContractAward" && !award_again) {
        put_award_.bind(0, std::int64_t{row.file}).bind(1, static_cast<std::int64_t>(row.line)).bind(2, row.text).run();
        return intake_.defer();
      }
      return relations(link, row, properties);
    }
    for (const std::string_view known : {"Payment", "Directorship", "UnknownLink", "Address", "Membership",
                                         "Employment", "Family", "Associate", "Representation", "Sanction"})
      if (schema == known) return intake_.skip(fmt::format("{}: no ownership, loan or supply", known));
    intake_.skip("an entity of another schema");
  }

  void company(const std::string& schema, const std::string& id, const Json& properties) {
    if (id.empty()) return intake_.skip("an entity without an id");
    if (schema == "BankAccount" || schema == "Asset" || schema == "Vessel" || schema == "Security")
      return intake_.skip("an asset that is no company");
    const Values names = texts_of(properties, "name");
    std::string aliases;
    for (const Values& more : {names, texts_of(properties, "alias")})
      for (const std::string& name : more)
        if (name != first_of(names)) (aliases += aliases.empty() ? "" : ";") += name;
    Values countries = texts_of(properties, "jurisdiction");
    if (countries.empty()) countries = texts_of(properties, "country");
    const std::string_view joined = intake_.alias(first_of(names));
    intake_.company({{CompanyField::id, joined.empty() ? std::string_view(id) : joined},
                     {CompanyField::name, first_of(names)},
                     {CompanyField::aliases, aliases},
                     {CompanyField::sector, schema == "Person" ? "person" : ""},
                     {CompanyField::country, first_of(countries)},
                     {CompanyField::lei, first_of(texts_of(properties, "leiCode"))}});
  }

  /// Several values of one property contradict each other: each is a row.
  void relations(const Link& link, const InputRow& row, const Json& properties) {
    const Values from = texts_of(properties, link.from);
    Values to = texts_of(properties, link.to);
    if (link.schema == "ContractAward") {
      Values authorities;
      for (const std::string& contract : to) {
        Statement& find = find_contract();
        find.bind(0, contract);
        if (find.step()) authorities.emplace_back(find.text(0));
        find.reset();
      }
      to = std::move(authorities);
    }
    if (link.schema == "Contract" && from.empty() && !to.empty()) return intake_.use("a contract, for its awards");
    if (from.empty() || to.empty()) return intake_.skip("a link without both ends");
    const std::string& source = sources_[row.file].first;
    const Values urls = texts_of(properties, "sourceUrl");
    std::string cited = source;
    if (!urls.empty()) cited = fmt::format("{}-{}", source, slug(urls.front()));
    intake_.source({{SourceField::id, cited},
                    {SourceField::title, sources_[row.file].second},
                    {SourceField::publisher, first_of(texts_of(properties, "publisher"))},
                    {SourceField::url, first_of(urls)}});
    const Values stakes = one_at_least(link.kind == "owns" ? texts_of(properties, "percentage") : Values());
    const Values sinces = one_at_least(texts_of(properties, "startDate"));
    const std::string currency = first_of(texts_of(properties, "currency"));
    Values amounts = link.kind == "owns" ? Values() : texts_of(properties, "amount");
    const bool bare = !amounts.empty() && currency.empty();
    amounts = one_at_least(bare ? Values() : std::move(amounts));
    const std::size_t rows = from.size() * to.size() * stakes.size() * amounts.size() * sinces.size();
    if (rows > 1000) return intake_.skip("a link of more than 1,000 values");
    for (const std::string& a : from)
      for (const std::string& b : to)
        for (const std::string& stake : stakes)
          for (const std::string& amount : amounts)
            for (const std::string& since : sinces)
              intake_.relation(
                  {{RelationField::from, a},
                   {RelationField::to, b},
                   {RelationField::kind, link.kind},
                   {RelationField::stake, stake.empty() ? stake : stake_text(stake)},
                   {RelationField::value, amount.empty() ? amount : fmt::format("{} {}", amount, currency)},
                   {RelationField::since, since},
                   {RelationField::until, first_of(texts_of(properties, "endDate"))},
                   {RelationField::as_of, first_of(texts_of(properties, "date"))},
                   {RelationField::source, cited}});
    if (bare) intake_.review("an amount without a currency is left out");
    if (rows > 1) intake_.review("several values of one property: a row each");
  }

  Statement& find_contract() {
    if (!find_contract_) find_contract_.emplace(intake_.scratch().prepare("SELECT authority FROM contract WHERE id=?"));
    return *find_contract_;
  }

  Intake& intake_;
  Statement put_contract_, put_award_;
  std::optional<Statement> find_contract_;
  std::vector<std::pair<std::string, std::string>> sources_;  // by file: id, title
};

}  // namespace

void import_ftm(Intake& intake) { Ftm(intake).run(); }

}  // namespace tierscope::core
