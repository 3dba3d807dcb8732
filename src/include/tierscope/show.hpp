#pragma once
// One company and everything recorded about it.

#include <tierscope/model.hpp>

namespace tierscope {

struct ShowOptions {
  View view;
  std::string company;

  static constexpr void describe(const auto& field) {
    field("company", &ShowOptions::company, "id, name, local name or ticker, in any case", Metavar{"COMPANY"},
          required);
  }
};

/// A relation of the company, told from its side. The amount is in the currency that was asked for.
struct PartnerRow {
  Company partner;
  std::string what;
  std::string figures;
  Company from, to;
  std::string_view kind, category, item;
  Quantity value;
  std::string_view value_basis;
  Quantity revenue_share, supply_share, stake;
  Date as_of;
  std::string_view status;
  Date since, until;
  bool restates = false;
  std::string_view deal, claim;
  std::string_view confidence;
  std::vector<std::string_view> sources;
  std::string_view note;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = PartnerRow;
    field("partner", &R::partner, "the other company", Label{"company"});
    field("what", &R::what,
          "the item, else the category, else the kind; of financing and ownership the kind before it");
    field("figures", &R::figures, "share, stake and amount in words", Show::if_any);
    field("from", &R::from, "supplier, investor, lender, guarantor, issuer or parent", key, Show::never);
    field("to", &R::to, "customer, investee, borrower, beneficiary, holder or subsidiary", key, Show::never);
    field("kind", &R::kind, "supplies, pays, invests, lends, guarantees, grants or owns", Show::never);
    field("category", &R::category, "what is bought, a controlled word", Show::never);
    field("item", &R::item, "the product", Show::never);
    field("value", &R::value, "the amount", Unit::money, Show::never);
    field("value_basis", &R::value_basis, "annual, contract, order, investment or plan", Show::never);
    field("revenue_share", &R::revenue_share, "of the supplier's revenue", Unit::share, Show::never);
    field("supply_share", &R::supply_share, "of the customer's purchases of the category", Unit::share, Show::never);
    field("stake", &R::stake, "of the subsidiary", Unit::share, Show::never);
    field("as_of", &R::as_of, "the date that the figures describe");
    field("status", &R::status, "rumoured, planned, announced, testing, active or ended");
    field("since", &R::since, "when it began", Show::never);
    field("until", &R::until, "when it ended or will", Show::never);
    field("restates", &R::restates, "the amount is contained in another row", Show::never);
    field("deal", &R::deal, "the deal that the row is about", Show::never);
    field("claim", &R::claim, "what the source says of the supplier: sole, primary, major or named", Show::never);
    field("confidence", &R::confidence, "disclosed, reported or estimated; null: not stated", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
    field("note", &R::note, "the compiler's", Show::never);
    field("place", &R::place, "file and line", Show::never);
  }
};
static_assert(all_described<PartnerRow>);

struct Profile {
  About about;
  Table<CompanyRow> results;                                      // the company
  Table<PartnerRow> customers, suppliers, financed_by, finances;  // in row order
  Table<CompanyRow> members;                                      // of the group that a consolidated view has made
  Table<RelationRow> not_counted;

  static constexpr void describe(const auto& field) {
    using A = Profile;
    field("results", &A::results, "the company", Called{"company"});
    field("customers", &A::customers, "what it supplies", Label{"Customers"});
    field("suppliers", &A::suppliers, "what it is supplied with", Label{"Suppliers"});
    field(
        "financed_by", &A::financed_by,
        "who pays it without a recorded reason, invests in it, lends to it, guarantees for it, grants to it or owns it",
        Label{"Paid, financed or owned by"});
    field("finances", &A::finances, "whom it pays without a recorded reason, finances or owns",
          Label{"Pays, finances or owns"});
    field("members", &A::members, "the companies of its group, where the view consolidates",
          Label{"Companies of the group"});
    field("not_counted", &A::not_counted, "relations of other statuses", Label{"Not counted"});
  }
};

/// The newest observation of each link, of any status unless the view says otherwise. O(companies + the company's
/// relations).
Result<Profile> show(Model model, const ShowOptions& options);

}  // namespace tierscope
