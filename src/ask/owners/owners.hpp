#pragma once
// Stakes through chains (definitions, section 3, Ownership).

#include <optional>
#include <string>
#include <vector>

#include <tierscope/owners.hpp>

#include "graph/csr.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// What one company holds of another.
struct Stake {
  CompanyIndex holder = 0;
  CompanyIndex company = 0;
  double low = 0;
  double high = 1;      // at most what the others' low stakes leave
  bool stated = false;  // else nobody says how much
  bool sole = false;    // it is the only owner recorded
  bool above = false;   // low itself is excluded
  Grade grade;
  Date oldest, newest;
  std::vector<const Relation*> relations;
};

enum class Control : std::uint8_t { unknown, no, possible, yes };  // unknown: too many chains to follow
std::string_view to_string(Control control);

/// A holder and what it holds, through all chains.
struct Holding {
  CompanyIndex holder = 0;
  CompanyIndex company = 0;
  const Stake* direct = nullptr;
  double low = 0, high = 0;
  Control control = Control::unknown;
  std::uint32_t links = 0;           // of the shortest chain
  std::vector<CompanyIndex> chain;   // that one, holder and company and up to 100 between
  std::vector<const Stake*> stakes;  // its outermost ones: the holder's own, or those in the company
  Grade grade;
  Date oldest, newest;  // of the stakes on all chains
};

class Stakes {
 public:
  /// O(relations log relations).
  explicit Stakes(const Model& model);
  /// Of everybody from whom a chain leads to the company; or of everything to which one leads from the holder.
  std::vector<Holding> owners_of(CompanyIndex company) const;
  std::vector<Holding> held_by(CompanyIndex holder) const;
  const std::vector<Stake>& stakes() const { return stakes_; }
  bool has_owner(CompanyIndex company) const { return !owners_.targets(company).empty(); }
  /// Stakes of one company that come to more than all.
  const Problems& contradictions() const { return contradictions_; }

 private:
  enum class Side : std::uint8_t { owners, holdings };
  struct Part;
  std::vector<Holding> around(CompanyIndex center, Side side) const;
  Part part_around(CompanyIndex center, Side side) const;
  /// What a unit of the center, or of what the center holds, is to each: from `low` to `high`.
  void solve(const Part& part, std::vector<double>& low, std::vector<double>& high) const;
  void add_evidence(const Part& part, std::vector<Holding>& holdings) const;
  void add_control(const Part& part, std::vector<Holding>& holdings) const;

  const Model& model_;
  std::vector<Stake> stakes_;  // by company, then holder
  Csr owners_;                 // from a company to its holders; an edge is a stake's index
  Problems contradictions_;
};

}  // namespace tierscope::core
