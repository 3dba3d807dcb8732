#include "read/synonyms.hpp"

#include <algorithm>

#include "base/blanks.hpp"
#include "base/unicode.hpp"

namespace tierscope::core {
namespace {

struct Synonym {
  TableKind table;
  std::string_view field;
  std::string_view words;  // plain, with blanks between them
};
constexpr Synonym synonyms[] = {
    {TableKind::relations, "from",
     "sourceid sourcename sourcenode start startid :startid startnode srcid src fromid fromnode fromcompany node1 "
     "supplier supplierid suppliername seller sellerid sellername vendor vendorname parent parentcompany owner "
     "供应商 供應商 供应方 卖方 サプライヤー 仕入先 공급업체 lieferant lieferanten verkäufer fournisseur proveedor "
     "fornitore"},
    {TableKind::relations, "to",
     "target targetid targetname targetnode end endid :endid endnode dstid dst dest destination toid tonode tocompany "
     "node2 customer customerid customername buyer buyerid buyername purchaser subsidiary "
     "客户 客戶 采购方 买方 顧客 得意先 고객 kunde kunden käufer acheteur cliente comprador"},
    {TableKind::relations, "source", "cites"},
    {TableKind::companies, "source", "cites"},
    {TableKind::relations, "kind", "type :type relationship relationshiptype reltype relationtype relation edgetype"},
    {TableKind::companies, "name",
     "label companyname company firm firmname organisation organization 公司 公司名称 企业 会社 会社名 회사 firma "
     "unternehmen société empresa"},
    {TableKind::companies, "id", "nodeid :id companyid firmid"},
    {TableKind::sources, "title", "label name"},
    {TableKind::sources, "url", "link href"},
};

bool holds(std::string_view words, std::string_view word) {
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    if (words.substr(begin, end - begin) == word) return true;
    begin = end + 1;
  }
  return false;
}

bool is_type(std::string_view word) {
  constexpr std::string_view types = "string double float int integer long short byte boolean date datetime";
  return holds(types, word.substr(0, word.find('[')));
}

}  // namespace

std::string plain_column(std::string_view name) {
  std::size_t removed = 0;  // control characters, which the model does not keep
  std::string letters = fold(without_controls(name, removed));
  std::erase_if(letters, [](char c) { return c == ' ' || c == '\t' || c == '_' || c == '-' || c == '.'; });
  return letters;
}

NamedColumn without_unit(std::string_view column) {
  NamedColumn result;
  std::string_view name = trimmed(column);
  const std::size_t colon = name.rfind(':');
  if (colon != std::string_view::npos && colon != 0 && is_type(fold(name.substr(colon + 1))))
    name = name.substr(0, colon);
  else if (colon != std::string_view::npos && (colon == 0 || fold(name.substr(colon)).starts_with(":id")))
    // Neo4j's `companyId:ID(Company)` and `:START_ID(Company)`: in brackets stands whose ids they are.
    name = name.substr(colon, name.find('(', colon) - colon);
  const auto cut = [&](std::size_t at, std::string_view unit) {
    result.unit = trimmed(unit);
    name = trimmed(name.substr(0, at));
  };
  constexpr std::pair<std::string_view, std::string_view> brackets[] = {{"(", ")"}, {"[", "]"}, {"（", "）"}};
  for (const auto& [open, close] : brackets) {
    const std::size_t at = name.rfind(open);
    if (!result.unit.empty() || !name.ends_with(close) || at == std::string_view::npos || at == 0) continue;
    std::string_view unit = name.substr(at + open.size());
    unit.remove_suffix(close.size());
    cut(at, unit);
  }
  if (!result.unit.empty()) {
  } else if (name.size() > 1 && name.ends_with('%')) {
    cut(name.size() - 1, "%");
  } else if (const std::size_t in = name.rfind(" in "); in != std::string_view::npos && in != 0) {
    cut(in, name.substr(in + 4));
  }
  if (result.unit.starts_with("in ")) result.unit.erase(0, 3);
  while (!name.empty() && (name.back() == ',' || name.back() == ' ')) name.remove_suffix(1);
  result.name = fold(name);
  return result;
}

std::string_view synonym_of(TableKind table, std::string_view plain) {
  for (const Synonym& synonym : synonyms)
    if (synonym.table == table && !plain.empty() && holds(synonym.words, plain)) return synonym.field;
  return {};
}

std::string_view synonym_within(TableKind table, std::string_view plain) {
  for (const Synonym& synonym : synonyms) {
    if (synonym.table != table) continue;
    for (std::size_t begin = 0; begin < synonym.words.size();) {
      const std::size_t end = std::min(synonym.words.find(' ', begin), synonym.words.size());
      const std::string_view word = synonym.words.substr(begin, end - begin);
      begin = end + 1;
      if (word.size() > 4 && plain.find(word) != std::string_view::npos) return synonym.field;
    }
  }
  if (table == TableKind::relations && plain.find("source") != std::string_view::npos) return "from";
  return {};
}

bool names_target(std::string_view plain) { return holds("target targetid targetname targetnode dst dstid", plain); }

}  // namespace tierscope::core
