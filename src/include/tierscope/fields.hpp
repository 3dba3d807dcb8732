#pragma once
// The values that answers are made of, and how a struct says what its fields are: once, for every format.
//
//     struct Row {
//       Company supplier;
//       double total = 0;
//       static constexpr void describe(const auto& field) {  // the order here is the order in every format
//         field("supplier", &Row::supplier, "who sells", key);
//         field("total", &Row::total, "paid by the customer over all tiers", Unit::share);
//       }
//     };
//     static_assert(all_described<Row>);

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tierscope/date.hpp>
#include <tierscope/kinds.hpp>

namespace tierscope {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// Text of the model, which the answer keeps alive.
struct Company {
  std::string_view id;
  std::string_view name;  // the id where no name is given
};

/// A closed interval: fractions of 1, amounts in whole units of `currency` (high may be unbounded), or an index.
/// Not `known`: nothing was reported, which is never the same as zero.
struct Quantity {
  bool known = false;
  double low = 0;
  double high = 0;
  std::string_view reported;  // empty where computed
  bool approximate = false;   // `~`
  Confidence confidence = Confidence::none;
  std::string_view currency;  // ISO 4217; of amounts alone
  explicit operator bool() const { return known; }
};

enum class Unit : std::uint8_t { none, share, money, hhi, count, sources, address };

/// How people are shown a field; machine formats hold them all.
enum class Show : std::uint8_t {
  always,
  if_any,  // the column only where some cell is neither zero nor unknown
  linked,  // the column only where its addresses are links, in markdown and html, and where there is any
  never,
  rows,   // a list of records: a row each, beside the other fields, which are shown once
  below,  // a list of records: a table each, under the other fields as a heading
  table,  // a list of records: of all results together, one table behind the main one
};

struct Key {};
inline constexpr Key key;  // with others marked so, it tells a row from all others
/// What people read above the column instead of the name, or as a table's title.
struct Label {
  std::string_view text;
};
/// The name of a table where it stands alone (`--table`).
struct Called {
  std::string_view text;
};
/// Of an option: what stands for its value in the help.
struct Metavar {
  std::string_view text;
};
/// What a contract calls the type of a field that is no struct: `CompanyPlace` for an index into the companies.
struct Named {
  std::string_view text;
};
struct Required {};
inline constexpr Required required;
/// Of a number option.
struct Between {
  double least = 0;
  double most = unbounded;
};

enum class FieldType : std::uint8_t {
  text,  // empty is null; dates and words too
  boolean,
  integer,
  number,
  company,
  quantity,
  texts,
  companies,
  integers,
  record,
  records,
  table,  // of an answer: records that need not fit into memory
};

struct Field {
  std::string_view name{};
  std::string_view help{};  // one sentence, without a full stop
  FieldType type = FieldType::text;
  Unit unit = Unit::none;
  Show show = Show::always;
  bool nullable = false;
  bool key = false;
  bool required = false;
  bool once = false;  // of a list taken apart: what stands beside all of its items
  std::string_view label{};
  std::string_view called{};
  std::string_view metavar{};
  std::string_view named{};  // what a contract calls the type: that of a struct without its namespaces
  Between between{};
  std::span<const Field> inner{};  // of record, records and table
};

/// The description of T, from its `describe`.
template <typename T>
constexpr std::span<const Field> fields();

namespace detail {

template <typename T>
struct TypeOf;  // of a member
template <>
struct TypeOf<bool> {
  static constexpr FieldType type = FieldType::boolean;
};
template <typename T>
requires std::is_integral_v<T>
struct TypeOf<T> {
  static constexpr FieldType type = FieldType::integer;
};
template <>
struct TypeOf<double> {
  static constexpr FieldType type = FieldType::number;
};
template <typename T>
requires(std::is_enum_v<T> || std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> ||
         std::is_same_v<T, Date>) struct TypeOf<T> {
  static constexpr FieldType type = FieldType::text;
  static constexpr bool nullable = true;
};
template <>
struct TypeOf<Company> {
  static constexpr FieldType type = FieldType::company;
};
template <>
struct TypeOf<Quantity> {
  static constexpr FieldType type = FieldType::quantity;
  static constexpr bool nullable = true;
};
struct Ignore {
  constexpr void operator()(const auto&...) const {}
};
template <typename T>
concept Described = std::is_class_v<T> && requires {
  T::describe(Ignore{});
};
template <Described T>
struct TypeOf<T> {
  static constexpr FieldType type = FieldType::record;
  using Inner = T;
};
template <typename T>
struct TypeOf<std::optional<T>> : TypeOf<T> {
  static constexpr bool nullable = true;
};
template <typename T>
struct TypeOf<std::vector<T>> {
  static constexpr FieldType item = TypeOf<T>::type;
  static constexpr FieldType type = item == FieldType::text      ? FieldType::texts
                                    : item == FieldType::company ? FieldType::companies
                                    : item == FieldType::integer ? FieldType::integers
                                                                 : FieldType::records;
  using Inner = T;
};

template <typename T>
constexpr bool nullable_v = false;
template <typename T>
requires requires { TypeOf<T>::nullable; }
constexpr bool nullable_v<T> = TypeOf<T>::nullable;

constexpr void set(Field& field, Unit unit) { field.unit = unit; }
constexpr void set(Field& field, Show show) { field.show = show; }
constexpr void set(Field& field, Key) { field.key = true; }
constexpr void set(Field& field, Required) { field.required = true; }
constexpr void set(Field& field, Label label) { field.label = label.text; }
constexpr void set(Field& field, Called called) { field.called = called.text; }
constexpr void set(Field& field, Metavar metavar) { field.metavar = metavar.text; }
constexpr void set(Field& field, Named named) { field.named = named.text; }
constexpr void set(Field& field, Between between) { field.between = between; }

template <typename T>
constexpr std::size_t field_count() {
  std::size_t count = 0;
  T::describe([&count](const auto&...) { ++count; });
  return count;
}

/// From the compiler's own text: `… [with T = tierscope::Row; …]`, `… [T = tierscope::Row]`.
template <typename T>
constexpr std::string_view name_of() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("T = ") + 4);
  text = text.substr(0, text.find_first_of(";]"));
  return text.substr(text.rfind(':') + 1);
}

template <typename T>
constexpr auto make_fields() {
  std::array<Field, field_count<T>()> made{};
  std::size_t next = 0;
  T::describe([&]<typename Member, typename... Marks>(std::string_view name, Member T::*, std::string_view help,
                                                      const Marks&... marks) {
    Field& field = made[next++];
    field.name = name;
    field.help = help;
    field.type = TypeOf<Member>::type;
    field.nullable = nullable_v<Member>;
    if constexpr (TypeOf<Member>::type == FieldType::record || TypeOf<Member>::type == FieldType::records ||
                  TypeOf<Member>::type == FieldType::table) {
      field.inner = fields<typename TypeOf<Member>::Inner>();
      field.named = name_of<typename TypeOf<Member>::Inner>();
    }
    (set(field, marks), ...);
  });
  return made;
}

template <typename T>
inline constexpr auto fields_of = make_fields<T>();

struct Anything {
  template <typename T>
  operator T() const;
};
template <typename T, typename... Some>
constexpr std::size_t member_count() {
  if constexpr (requires { T{Some{}..., Anything{}}; })
    return member_count<T, Some..., Anything>();
  else
    return sizeof...(Some);
}

}  // namespace detail

template <typename T>
constexpr std::span<const Field> fields() {
  return detail::fields_of<T>;
}

/// Has every member of the plain struct T a field?
template <typename T>
inline constexpr bool all_described = detail::member_count<T>() == detail::field_count<T>();

}  // namespace tierscope
