#include "import/sec_members.hpp"

#include <algorithm>
#include <array>

namespace tierscope::core {
namespace {

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array categories{"Industry",   "Sector",    "Market",     "Region",   "Channel",  "Segment",
                                "Division",   "Business",  "Products",   "Services", "Product",  "Service",
                                "Geography",  "Vertical",  "Category",   "Class",    "Type",     "Industries",
                                "Sectors",    "Markets",   "Regions",    "Channels", "Segments", "Divisions",
                                "Businesses", "Verticals", "Categories", "Classes",  "Types"};
constexpr std::array roles{"Customer",     "Vendor",   "Supplier", "Distributor", "Client",
                           "Payor",        "Payer",    "Partner",  "Wholesaler",  "Reseller",
                           "Manufacturer", "Licensee", "Tenant",   "Retailer",    "Counterparty"};
constexpr std::array numbers{"One",   "Two",  "Three", "Four",   "Five",   "Six",    "Seven",
                             "Eight", "Nine", "Ten",   "Eleven", "Twelve", "Single", "Individual"};

std::string_view without(std::string_view text, std::string_view tail) {
  return text.ends_with(tail) ? text.substr(0, text.size() - tail.size()) : text;
}

bool is_number(std::string_view text) {
  if (text.size() == 1 && upper(text.front())) return true;
  if (!text.empty() && std::all_of(text.begin(), text.end(), digit)) return true;
  return std::find(numbers.begin(), numbers.end(), text) != numbers.end();
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> segments_of(std::string_view text) {
  std::vector<std::pair<std::string_view, std::string_view>> list;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::size_t equal = part.find('=');
    if (equal == std::string_view::npos) continue;
    list.emplace_back(without(part.substr(0, equal), "Axis"), without(part.substr(equal + 1), "Member"));
  }
  return list;
}

Partner member_kind(std::string_view member) {
  for (const std::string_view role : roles) {
    // Customer, CustomerA, Customer1, CustomersOne; but not Customers alone.
    std::string_view rest = member;
    for (const std::string_view front : {"Major", "Largest", "Unnamed", "Significant", "Other", "Single"})
      if (rest.starts_with(front) && rest.size() > front.size()) {
        rest.remove_prefix(front.size());
        break;
      }
    if (!rest.starts_with(role)) continue;
    rest.remove_prefix(role.size());
    const bool plural = rest.starts_with("s") && !(rest.size() > 1 && lower(rest[1]));
    if (plural) rest.remove_prefix(1);
    if (plural ? !rest.empty() && is_number(rest) : rest.empty() || is_number(rest))
      return member.starts_with("Other") ? Partner::group : Partner::anonymous;
  }
  for (const std::string_view role : roles)
    if (member.ends_with(std::string(role) + "s") || member.ends_with("Counterparties")) return Partner::group;
  for (const std::string_view front : {"Total", "All", "Other", "Various"})
    if (member.starts_with(front) && (member.size() == front.size() || upper(member[front.size()])))
      return Partner::group;
  for (const std::string_view category : categories)
    if (member.ends_with(category)) return Partner::category;
  for (const std::string_view front : {"Major", "Largest", "Unnamed"})
    if (member.starts_with(front) && member.size() > front.size() && upper(member[front.size()]))
      return Partner::anonymous;
  return Partner::named;
}

std::string member_name(std::string_view member) {
  std::string name;
  for (std::size_t i = 0; i < member.size(); ++i) {
    const char c = member[i];
    const char before = i == 0 ? '\0' : member[i - 1];
    const bool begins = (upper(c) && (lower(before) || digit(before))) || (digit(c) && lower(before)) ||
                        (upper(c) && upper(before) && i + 1 < member.size() && lower(member[i + 1]));
    if (i != 0 && begins) name += ' ';
    name += c;
  }
  return name;
}

}  // namespace tierscope::core
