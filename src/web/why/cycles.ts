// Cycles and circular deals (definitions, section 7).

import { command, companyLink, nameOf, type Context } from "../context";
import { count, quantity, unknown } from "../data/words";
import { explanation, type Explanation } from "./explanation";
import { keysOf } from "./keys";

export function explainHop(x: Context, n: number): Explanation {
  const hop = x.at.block.cycles.hops[n];
  if (!hop) return explanation({ title: "Hop", value: unknown, says: "There is none at this date." });
  return explanation({
    title: [companyLink(x, hop.from), " pays ", companyLink(x, hop.to)],
    value: quantity(hop.amount),
    says: hop.amount
      ? "The known legs, as an interval: the largest statement of each level, and all deals."
      : "No leg of this hop has a known amount: anything is possible, also nothing.",
    formula: ["hop amount = interval sum of its known legs", "grants and guarantees carry no cash and add nothing"],
    inputs: hop.rows.map((r) => ({
      name: [
        x.graph.kinds[x.graph.relations.kind[r]],
        ": ",
        x.graph.relations.item[r] || x.graph.relations.category[r] || "–",
        x.graph.relations.restates[r] ? " (contained in another row)" : "",
      ],
      value: quantity(x.graph.relations.value[r]),
      why: keysOf(x.graph).relation(r),
    })),
    rows: hop.rows,
    command: command(x, `cycles --through ${x.graph.companies.id[hop.from]},${x.graph.companies.id[hop.to]}`),
  });
}

export function explainLoop(x: Context, n: number): Explanation {
  const { cycles } = x.at.block;
  const loop = cycles.results[n];
  if (!loop) return explanation({ title: "Loop", value: unknown, says: "There is none at this date." });
  const keys = keysOf(x.graph);
  return explanation({
    title: [
      "Amount that can go round: ",
      loop.companies
        .map((c) => nameOf(x, c))
        .concat(nameOf(x, loop.companies[0]))
        .join(" → "),
    ],
    value: quantity(loop.amount),
    says: "The smallest hop bounds it. A circular deal is legal and usually disclosed vendor financing.",
    formula: ["circulating amount = [min of the hops' low, min of the hops' high]"],
    inputs: loop.hops.map((hop) => ({
      name: [nameOf(x, cycles.hops[hop].from), " → ", nameOf(x, cycles.hops[hop].to)],
      value: quantity(cycles.hops[hop].amount),
      why: keys.hop(hop),
    })),
    rows: loop.hops.flatMap((hop) => cycles.hops[hop].rows),
    notes: loop.amount_reason
      ? [`${loop.amount_reason}.`]
      : loop.hinges_on_contingent
        ? ["Without its contingent legs (grants, guarantees) this would be no circular deal."]
        : loop.contingent
          ? ["A leg is contingent: a grant or a guarantee, which carries no cash."]
          : [],
    command: command(x, `cycles --through ${loop.companies.map((c) => x.graph.companies.id[c]).join(",")}`),
  });
}

export function explainLoops(x: Context): Explanation {
  const { cycles } = x.at.block;
  return explanation({
    title: "Loops of payments",
    value: count(cycles.pairs + cycles.triples),
    says: cycles.complete
      ? "Loops of two and three companies; longer ones are chains that close."
      : "The search was stopped.",
    formula: [
      "a directed cycle of payments among distinct companies",
      "circular deal: one relation can be chosen for each hop so that at least one is financing and at least one commercial",
    ],
    inputs: cycles.by_length.map(({ length, classes }) => ({
      name: `Length ${length}`,
      value: x.graph.classes
        .map((c, i) => (classes[i] ? `${count(classes[i])} ${c}` : ""))
        .filter(Boolean)
        .join(", "),
    })),
    notes: cycles.left_out ? [`${count(cycles.left_out)} of them are not in this page, for its size.`] : [],
    command: command(x, "cycles --count"),
  });
}
