#include "show/page/contract.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>

#include "ask/inquiry.hpp"
#include "base/disk.hpp"
#include "show/page/block.hpp"

namespace tierscope::core {
namespace {

constexpr Named place{"BoatPlace"};

struct Load {
  api::Quantity weight;
  std::string what;

  static constexpr void describe(const auto& field) {
    field("weight", &Load::weight, "what it is worth", Unit::money);
    field("what", &Load::what, "in words");
  }
};

struct Harbour {
  api::Company owner;
  std::optional<double> depth;
  bool open = false;
  std::vector<Load> loads;
  Columns<Load> stored;
  std::optional<Load> best;
  std::optional<std::uint32_t> newest;
  std::vector<std::uint32_t> boats;
  std::vector<std::string> names;
  api::Quantity share;

  static constexpr void describe(const auto& field) {
    using H = Harbour;
    field("owner", &H::owner, "who owns it");
    field("depth", &H::depth, "part that is deep", Unit::share);
    field("open", &H::open, "may boats come in");
    field("loads", &H::loads, "on the quay");
    field("stored", &H::stored, "in the sheds");
    field("best", &H::best, "of them");
    field("newest", &H::newest, "boat", place);
    field("boats", &H::boats, "at anchor", place);
    field("names", &H::names, "of the port");
    field("share", &H::share, "of the trade", Unit::share);
  }
};

TEST_CASE("contract: a described struct is an interface, what it is made of before it") {
  Contract contract(Contract::Of::answer);
  contract.add("Port", fields<Harbour>(), "A port.", "Answer");
  CHECK(contract.text() == R"(
export interface Load {
  /** what it is worth; whole units of the currency */
  weight: Money | null;
  /** in words */
  what: string | null;
}

export type BoatPlace = number;

/** A port. */
export interface Port extends Answer {
  /** who owns it */
  owner: Company;
  /** part that is deep; fraction, 0 to 1 */
  depth: number | null;
  /** may boats come in */
  open: boolean;
  /** on the quay */
  loads: Load[];
  /** in the sheds */
  stored: Load[];
  /** of them */
  best: Load | null;
  /** boat */
  newest: BoatPlace | null;
  /** at anchor */
  boats: BoatPlace[];
  /** of the port */
  names: string[];
  /** of the trade; fraction, 0 to 1 */
  share: Quantity | null;
}
)");
}

TEST_CASE("contract: a page's text is never null, and its tables are columns") {
  Contract contract(Contract::Of::page);
  contract.add("Harbour", fields<Harbour>(), {});
  contract.add("Harbour", fields<Harbour>(), {});
  const std::string before = contract.text();
  for (const char* const line :
       {"  what: string;\n", "  weight: PageQuantity | null;\n", "  stored: Columns<Load>;\n", "  loads: Load[];\n"})
    CHECK_MESSAGE(before.find(line) != std::string::npos, line);
  contract.add_empty("Harbour", fields<Harbour>());
  CHECK(contract.text().substr(before.size()) == R"(
export const emptyHarbour: Harbour = {
  owner: { id: "", name: "" },
  depth: null,
  open: false,
  loads: [],
  stored: {
    weight: [],
    what: [],
  },
  best: null,
  newest: null,
  boats: [],
  names: [],
  share: null,
};
)");
}

TEST_CASE("contract: one name is one struct") {
  Contract contract(Contract::Of::page);
  contract.add("Load", fields<Harbour>().subspan(1, 1), {});
  CHECK_THROWS_WITH_AS(contract.add("Harbour", fields<Harbour>(), {}), "two structs are called Load", std::logic_error);
}

TEST_CASE("contract: each question has its answer, and the committed file is what the descriptions say") {
  const std::string text = contract();
  for (const Inquiry* const question : inquiries()) {
    std::string name(question->name);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    CHECK_MESSAGE(text.find("export interface " + name + "Answer extends Answer {\n") != std::string::npos, name);
  }
  DiskFiles files;
  std::string why;
  const auto committed = files.read(TIERSCOPE_SOURCE_DIR "/src/web/data/contract.ts", why);
  const bool same = committed == text;
  CHECK_MESSAGE(same, "src/web/data/contract.ts is not what the program says: run scripts/web");
}

}  // namespace
}  // namespace tierscope::core
