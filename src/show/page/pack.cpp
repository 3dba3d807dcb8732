#include "show/page/pack.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

namespace tierscope::core {
namespace {

constexpr std::size_t long_list = 16;  // a shorter one is not worth its suffix

template <typename Type>
const Type* as(const Value& value) {
  return std::get_if<Type>(&value.data());
}

bool is_null(const Value& value) { return as<std::monostate>(value) != nullptr; }

bool is_quantity(const Value& value) {
  const auto* members = as<Value::Members>(value);
  return members != nullptr && members->size() >= 3 && (*members)[0].first == "low" && (*members)[1].first == "high" &&
         (*members)[2].first == "text";
}

std::string digits_of(const Value& value) {
  std::array<char, 32> text{};
  const auto* number = as<double>(value);
  return number == nullptr
             ? "-"
             : std::string(text.data(), std::to_chars(text.data(), text.data() + text.size(), *number).ptr);
}

std::string quantity_text(const Value::Members& members) {
  const std::string low = digits_of(members[0].second);
  const std::string high = digits_of(members[1].second);
  const auto further = [&](std::string_view wanted) -> std::string_view {
    for (const auto& [key, value] : members)
      if (key == wanted) return key == "approximate" ? std::string_view("~") : *as<std::string>(value);
    return {};
  };
  std::string all = low + '|';
  if (high != low) all += high;
  all.append("|").append(further("text"));
  for (const char* const key : {"reported", "currency", "approximate"}) all.append("|").append(further(key));
  all.erase(all.find_last_not_of('|') + 1);
  return all;
}

bool all_integers(const Value& value) {
  const auto* list = as<Value::List>(value);
  return list != nullptr &&
         std::all_of(list->begin(), list->end(), [](const Value& entry) { return as<std::int64_t>(entry) != nullptr; });
}

bool equal_keys(const Value::Members& a, const Value::Members& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first; });
}

// Nothing where some entry is no object, or is a quantity, or has other keys.
std::vector<const Value::Members*> alike(const std::vector<const Value*>& list) {
  std::vector<const Value::Members*> rows;
  for (const Value* entry : list) {
    const auto* row = as<Value::Members>(*entry);
    if (row == nullptr || row->empty() || is_quantity(*entry) || (!rows.empty() && !equal_keys(*rows.front(), *row)))
      return {};
    rows.push_back(row);
  }
  return rows;
}

// The entries of all lists one after another, with the lists' lengths; nothing where some entry is no list.
std::vector<const Value*> joined(const std::vector<const Value*>& lists, Value::List& lengths) {
  std::vector<const Value*> all;
  for (const Value* entry : lists) {
    const auto* list = as<Value::List>(*entry);
    if (list == nullptr) return {};
    lengths.emplace_back(list->size());
    for (const Value& value : *list) all.push_back(&value);
  }
  return all;
}

bool repeated_texts(const std::vector<const Value*>& list) {
  std::unordered_set<std::string_view> different;
  for (const Value* entry : list) {
    const auto* text = as<std::string>(*entry);
    if (text == nullptr) return false;
    different.insert(*text);
  }
  return different.size() * 2 < list.size();
}

}  // namespace

Value Packer::pack(const Value& block) {
  own_.clear();
  texts_.clear();
  quantities_.clear();
  text_list_.clear();
  Value::Members members;
  for (const auto& [key, value] : *as<Value::Members>(block)) add(members, key, value);
  members.insert(members.begin(), {{"$q", std::move(quantities_)}, {"$s", std::move(text_list_)}});
  if (first_) shared_ = std::move(own_);
  first_ = false;
  return members;
}

void Packer::add(Value::Members& out, const std::string& key, const Value& value) {
  const auto* list = as<Value::List>(value);
  if (list == nullptr || list->size() < long_list) {
    out.emplace_back(key, packed(value));
    return;
  }
  std::vector<const Value*> entries;
  for (const Value& entry : *list) entries.push_back(&entry);
  add_list(out, key, entries);
}

Value Packer::packed(const Value& value) {
  if (const auto* list = as<Value::List>(value)) {
    Value::List entries;
    for (const Value& entry : *list) entries.push_back(packed(entry));
    return entries;
  }
  const auto* object = as<Value::Members>(value);
  if (object == nullptr || is_quantity(value)) return value;
  Value::Members members;
  for (const auto& [key, member] : *object) add(members, key, member);
  return members;
}

Value Packer::columns(const std::vector<const Value::Members*>& rows) {
  Value::Members members;
  std::vector<const Value*> column;
  for (std::size_t i = 0; i < rows.front()->size(); ++i) {
    column.clear();
    for (const Value::Members* row : rows) column.push_back(&(*row)[i].second);
    add_list(members, (*rows.front())[i].first, column);
  }
  return members;
}

void Packer::add_list(Value::Members& out, const std::string& key, const std::vector<const Value*>& list) {
  const auto all = [&](auto test) {
    return std::all_of(list.begin(), list.end(), [&](const Value* entry) { return test(*entry); });
  };
  Value::List made;
  if (all([](const Value& entry) { return is_null(entry) || is_quantity(entry); })) {
    for (const Value* entry : list) made.push_back(place_of(*entry));
    out.emplace_back(key + "$q", std::move(made));
  } else if (repeated_texts(list)) {
    for (const Value* entry : list) {
      const auto& text = *as<std::string>(*entry);
      const auto [found, fresh] = texts_.try_emplace(text, text_list_.size());
      if (fresh) text_list_.emplace_back(text);
      made.emplace_back(found->second);
    }
    out.emplace_back(key + "$s", std::move(made));
  } else if (all(all_integers)) {
    for (const Value* entry : list) {
      const auto& integers = *as<Value::List>(*entry);
      made.push_back(integers.size() == 1 ? integers.front() : *entry);
    }
    out.emplace_back(key + "$l", std::move(made));
  } else if (const auto rows = alike(list); !rows.empty()) {
    out.emplace_back(key + "$t", columns(rows));
  } else if (const auto inner = alike(joined(list, made)); !inner.empty()) {
    Value table = columns(inner);
    Value::Members members{{"$n", std::move(made)}};
    for (const auto& member : *as<Value::Members>(table)) members.push_back(member);
    out.emplace_back(key + "$n", std::move(members));
  } else {
    made.clear();
    for (const Value* entry : list) made.push_back(packed(*entry));
    out.emplace_back(key, std::move(made));
  }
}

Value Packer::place_of(const Value& quantity) {
  if (is_null(quantity)) return {};
  const std::string text = quantity_text(*as<Value::Members>(quantity));
  if (const auto found = shared_.find(text); found != shared_.end()) return found->second;
  const auto [found, fresh] = own_.try_emplace(text, shared_.size() + quantities_.size());
  if (fresh) quantities_.emplace_back(text);
  return found->second;
}

}  // namespace tierscope::core
