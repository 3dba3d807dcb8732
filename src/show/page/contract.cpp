#include "show/page/contract.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include <tierscope/answer.hpp>

#include "ask/inquiry.hpp"
#include "show/answer/units.hpp"
#include "show/page/at_block.hpp"

namespace tierscope::core {
namespace {

constexpr std::string_view page_words =
    R"(// Made by scripts/web from the program's own descriptions (tierscope_contract). What must change, change there.

// The page: what the program embeds. null = unknown, never 0; text that is not known is empty.

/** Rows as columns: a list for each field. */
export type Columns<Row> = { [Name in keyof Row]: Row[Name][] };

export interface PageQuantity {
  /** a fraction, or whole units of the currency */
  low: number;
  /** null: no upper bound */
  high: number | null;
  /** as the program prints it for a person */
  text: string;
  /** as the source prints it; absent where computed */
  reported?: string;
  /** of amounts */
  currency?: string;
  /** absent: false */
  approximate?: true;
  /** absent: false */
  estimated?: true;
}
)";

// As write_json writes them.
constexpr std::string_view answer_words =
    R"(
// Answers: what each question gives with --format json. null = not known.

export interface Company {
  id: string;
  /** the id where no name is given */
  name: string;
}

export interface Quantity {
  /** a fraction, or an index from 0 to 10,000 */
  low: number;
  /** null: no upper bound */
  high: number | null;
  /** as the source prints it; null where computed */
  reported: string | null;
  approximate: boolean;
  confidence: string | null;
}

export interface Money extends Quantity {
  /** ISO 4217; low and high are whole units of it */
  currency: string;
}
)";
constexpr std::string_view answer_head =
    R"(
export interface Answer {
  schema: 2;
  command: string;
  graphs: string[];
  /** null: no limit */
  as_of: string | null;
  /** that counted */
  status: string[];
  /** the finding */
  title: string;
  /** there only where the user stopped it */
  interrupted?: true;
  /** how to read the answer */
  notes: string[];
  /** that it cites */
  sources: CitedSource[];
}
)";

std::string help_of(const Field& field) {
  std::string help(field.help);
  if (const std::string_view unit = unit_words(field.unit); !unit.empty()) help.append("; ").append(unit);
  return help;
}

std::string capital(std::string_view word) {
  std::string text(word);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

void Contract::add(std::string_view name, std::span<const Field> fields, std::string_view help, std::string_view base) {
  const auto [found, fresh] = known_.emplace(name, fields.data());
  if (found->second != fields.data()) throw std::logic_error("two structs are called " + std::string(name));
  if (!fresh) return;
  std::string members;
  for (const Field& field : fields) {
    if (field.type == FieldType::record || field.type == FieldType::records || field.type == FieldType::table)
      add(field.named, field.inner, {});
    members += fmt::format("  /** {} */\n  {}: {};\n", help_of(field), field.name, type_of(field));
  }
  text_ += '\n';
  if (!help.empty()) text_ += fmt::format("/** {} */\n", help);
  text_ += fmt::format("export interface {}{} {{\n{}}}\n", name, base.empty() ? "" : fmt::format(" extends {}", base),
                       members);
}

std::string Contract::named(const Field& field, std::string_view usual) {
  if (field.named.empty()) return std::string(usual);
  if (aliases_.emplace(field.named).second) text_ += fmt::format("\nexport type {} = {};\n", field.named, usual);
  return std::string(field.named);
}

std::string Contract::type_of(const Field& field) {
  std::string type;
  bool nullable = field.nullable;
  switch (field.type) {
    case FieldType::text:
      nullable = nullable && of_ == Of::answer;
      type = named(field, "string");
      break;
    case FieldType::boolean: type = "boolean"; break;
    case FieldType::integer:
    case FieldType::number: type = named(field, "number"); break;
    case FieldType::company: type = "Company"; break;
    case FieldType::quantity:
      type = of_ == Of::page ? "PageQuantity" : field.unit == Unit::money ? "Money" : "Quantity";
      break;
    case FieldType::texts: type = named(field, "string") + "[]"; break;
    case FieldType::companies: type = "Company[]"; break;
    case FieldType::integers: type = named(field, "number") + "[]"; break;
    case FieldType::record: type = field.named; break;
    case FieldType::records: type = std::string(field.named) + "[]"; break;
    case FieldType::table:
      type = of_ == Of::page ? fmt::format("Columns<{}>", field.named) : std::string(field.named) + "[]";
      break;
  }
  return nullable ? type + " | null" : type;
}

void Contract::add_empty(std::string_view name, std::span<const Field> fields) {
  const Field whole{.type = FieldType::record, .inner = fields};
  text_ += fmt::format("\nexport const empty{}: {} = {};\n", name, name, empty_of(whole, ""));
}

std::string Contract::empty_of(const Field& field, const std::string& indent) const {
  if (field.nullable && field.type != FieldType::text) return "null";
  switch (field.type) {
    case FieldType::text: return field.nullable && of_ == Of::answer ? "null" : "\"\"";
    case FieldType::boolean: return "false";
    case FieldType::integer:
    case FieldType::number: return "0";
    case FieldType::company: return "{ id: \"\", name: \"\" }";
    case FieldType::record:
    case FieldType::table: {
      if (field.type == FieldType::table && of_ == Of::answer) return "[]";
      std::string members;
      for (const Field& inner : field.inner)
        members += fmt::format("{}  {}: {},\n", indent, inner.name,
                               field.type == FieldType::table ? "[]" : empty_of(inner, indent + "  "));
      return fmt::format("{{\n{}{}}}", members, indent);
    }
    case FieldType::quantity: return "null";
    case FieldType::texts:
    case FieldType::companies:
    case FieldType::integers:
    case FieldType::records: break;
  }
  return "[]";
}

std::string contract() {
  Contract page(Contract::Of::page);
  page.add("PageGraph", fields<PageGraph>(), "The block `graph`.");
  page.add_empty("PageGraph", fields<PageGraph>());
  page.add("PageAnswers", fields<PageAnswers>(), "The blocks `at-0`, `at-1` …: the answers at one date.");
  page.add_empty("PageAnswers", fields<PageAnswers>());
  Contract sources(Contract::Of::answer);
  sources.add("CitedSource", fields<CitedSource>(), {});
  Contract answers(Contract::Of::answer);
  for (const Inquiry* const question : inquiries())
    answers.add(capital(question->name) + "Answer", question->answer, question->summary, "Answer");
  return std::string(page_words) + page.text() + std::string(answer_words) + sources.text() + std::string(answer_head) +
         answers.text();
}

}  // namespace tierscope::core
