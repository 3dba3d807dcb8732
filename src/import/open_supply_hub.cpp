// Open Supply Hub's downloads: facilities, who names them as suppliers, who owns them.

#include <fmt/format.h>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "import/importers.hpp"
#include "import/slug.hpp"

namespace tierscope::core {
namespace {

/// The parts of a list cell.
std::vector<std::string_view> parts_of(std::string_view cell) {
  std::vector<std::string_view> parts;
  while (!cell.empty()) {
    const std::string_view part = cell.substr(0, cell.find('|'));
    cell.remove_prefix(std::min(part.size() + 1, cell.size()));
    if (!trimmed(part).empty()) parts.push_back(trimmed(part));
  }
  return parts;
}

/// `A Brand / Retailer`: the kind of a contributor that does not want to be named.
bool masked(std::string_view contributor) {
  std::string name = fold(contributor);
  for (const std::string_view article : {"a ", "an ", "one ", "some "})
    if (name.starts_with(article)) {
      name.erase(0, article.size());
      for (const std::string_view kind : {"brand", "retailer", "auditor", "academic", "researcher", "civil society",
                                          "facility", "factory", "manufacturing group", "multi-stakeholder", "union",
                                          "service provider", "certification scheme", "supplier", "vendor", "other"})
        if (name.starts_with(kind)) return true;
    }
  return false;
}

std::string without_claim(std::string_view name) {
  const std::string_view mark = "(claimed)";
  if (fold(name).ends_with(mark)) name.remove_suffix(mark.size());
  return std::string(trimmed(name));
}

bool is_true(std::string_view cell) {
  const std::string word = fold(cell);
  return word == "true" || word == "1" || word == "yes" || word == "closed";
}

class SupplyHub {
 public:
  explicit SupplyHub(Intake& intake) : intake_(intake) {}

  void run() {
    for (const InputFile& input : intake_.inputs()) {
      const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
      if (bytes == nullptr) continue;
      TextTableRows rows(*bytes, ',', true);
      read(input, rows);
    }
    if (masked_ != 0)
      intake_.note(masked_ == 1 ? "1 contributor that the data do not name is left out"
                                : fmt::format("{} contributors that the data do not name are left out", masked_));
  }

 private:
  void read(const InputFile& input, TextTableRows& rows) {
    const std::size_t id = rows.find("os_id");
    const std::size_t name = rows.find("name");
    const std::size_t contributor =
        rows.find("contributor") != TextTableRows::nowhere ? rows.find("contributor") : rows.find("contributor (list)");
    if (name == TextTableRows::nowhere ||
        (id == TextTableRows::nowhere && rows.find("country") == TextTableRows::nowhere))
      return intake_.error(input.name, 1, {}, "is no download of Open Supply Hub, nor a list of facilities",
                           "a download has the columns os_id, name, contributor; a list country, name, address");
    const std::uint32_t file = intake_.file(input);
    source_ = "osh-" + slug(input.base);
    title_ = input.base;
    while (rows.next()) {
      intake_.row({file, rows.lines().number(), rows.line()});
      intake_.advance(rows.lines().read());
      const std::string facility_name = without_claim(rows[name]);
      std::string facility(rows[id]);
      const std::size_t code =
          rows.find("country_code") != TextTableRows::nowhere ? rows.find("country_code") : rows.find("country");
      if (facility.empty() && !facility_name.empty())
        facility = fmt::format("osh-{}", slug(fmt::format("{} {}", facility_name, rows[code])));
      if (facility.empty()) {
        intake_.skip("a facility without an id or a name");
        continue;
      }
      take(rows, facility, facility_name, rows[code],
           contributor == TextTableRows::nowhere ? std::string_view() : rows[contributor]);
    }
  }

  void take(const TextTableRows& rows, const std::string& facility, const std::string& name, std::string_view country,
            std::string_view contributors) {
    const auto cell = [&](std::string_view column) { return rows[rows.find(column)]; };
    std::string sector;
    for (const std::string_view part : parts_of(cell("sector"))) (sector += sector.empty() ? "" : ", ") += part;
    intake_.company({{CompanyField::id, facility},
                     {CompanyField::name, name},
                     {CompanyField::sector, sector},
                     {CompanyField::country, country}});
    std::string category;
    for (const std::string_view part : parts_of(cell("product_type")))
      (category += category.empty() ? "" : ", ") += part;
    if (category.empty()) category = sector;
    const std::string_view status = is_true(cell("is_closed")) ? "ended" : "";
    std::string as_of;
    for (const std::string_view date : parts_of(cell("contribution_date"))) as_of = date.substr(0, 10);
    std::size_t named = 0;
    const auto relate = [&](std::string_view from, std::string_view to, std::string_view kind, std::string_view what) {
      if (from == to) return;
      if (++named == 1)
        intake_.source(
            {{SourceField::id, source_}, {SourceField::title, title_}, {SourceField::publisher, "Open Supply Hub"}});
      intake_.relation({{RelationField::from, from},
                        {RelationField::to, to},
                        {RelationField::kind, kind},
                        {RelationField::category, what},
                        {RelationField::status, status},
                        {RelationField::as_of, as_of},
                        {RelationField::source, source_}});
    };
    for (const std::string_view part : parts_of(contributors)) {
      const std::string contributor = without_claim(part);
      if (contributor.empty()) continue;
      if (masked(contributor)) {
        ++masked_;
        continue;
      }
      relate(facility, company_of(contributor), "supplies", category);
    }
    if (const auto told = intake_.mapping().defaults.find("to");
        contributors.empty() && told != intake_.mapping().defaults.end())
      relate(facility, told->second, "supplies", category);
    for (const std::string_view part : parts_of(cell("parent_company"))) {
      const std::string parent = without_claim(part);
      if (!parent.empty() && fold(parent) != fold(name)) relate(company_of(parent), facility, "owns", {});
    }
    if (named == 0) intake_.use("a facility of which nobody is named");
  }

  std::string company_of(const std::string& name) {
    const std::string_view joined = intake_.alias(name);
    std::string id = joined.empty() ? "osh-" + slug(name) : std::string(joined);
    intake_.company({{CompanyField::id, id}, {CompanyField::name, name}});
    return id;
  }

  Intake& intake_;
  std::string source_, title_;
  std::size_t masked_ = 0;
};

}  // namespace

void import_open_supply_hub(Intake& intake) { SupplyHub(intake).run(); }

}  // namespace tierscope::core
