// From a key (keys.ts) to its explanation. A key that names nothing of this graph explains nothing: the drawer stays shut.

import { command, companyLink, type Context } from "../context";
import type { RelationPlace } from "../data/contract";
import { classOf } from "../data/graph";
import { quantity, unknown } from "../data/words";
import { explainPurchase, explainSources } from "./concentration";
import { explainHop, explainLoop, explainLoops } from "./cycles";
import { explainBetween, explainDependence, explainLink, explainRevenue } from "./dependence";
import { explanation, type Explanation } from "./explanation";
import { explainChain, explainExposure } from "./exposure";
import { parts, type ExposurePart } from "./keys";

function explainRelation(x: Context, r: RelationPlace): Explanation | null {
  const { relations, kinds } = x.graph;
  if (!(r >= 0 && r < x.graph.relationCount)) return null;
  const figures: [string, ReturnType<typeof quantity>][] = [
    ["Amount", quantity(relations.value[r])],
    ["Share of the supplier's revenue", quantity(relations.revenue_share[r])],
    ["Share of the customer's purchases", quantity(relations.supply_share[r])],
    ["Stake", quantity(relations.stake[r])],
  ];
  const fits = figures.filter(
    ([name, value]) => value !== unknown || (classOf(x.graph, r) === "commercial" && name !== "Stake"),
  );
  const first = figures.find(([, value]) => value !== unknown);
  return explanation({
    title: [companyLink(x, relations.from[r]), ` ${kinds[relations.kind[r]]} `, companyLink(x, relations.to[r])],
    value: first ? first[1] : unknown,
    says: first ? "As its source reports it." : "The relation is reported, its size is not.",
    inputs: fits.map(([name, value]) => ({ name, value })),
    rows: [r],
    command: command(x, `show --company ${x.graph.companies.id[relations.from[r]]}`),
  });
}

export function explain(x: Context, key: string): Explanation | null {
  const [kind, a, b, c] = parts(key);
  const company = (id: string) => x.graph.byId.get(id);
  const one = company(a);
  const two = company(b);
  const n = Number(a);
  switch (kind) {
    case "relation":
      return explainRelation(x, n);
    case "loop":
      return explainLoop(x, n);
    case "hop":
      return explainHop(x, n);
    case "loops":
      return explainLoops(x);
  }
  if (one === undefined) return null;
  switch (kind) {
    case "revenue":
      return explainRevenue(x, one);
    case "dependence":
      return explainDependence(x, one, b);
    case "purchase":
      return explainPurchase(x, one, b, c);
  }
  if (two === undefined) return null;
  switch (kind) {
    case "exposure":
      return explainExposure(x, one, two, c as ExposurePart);
    case "chain":
      return explainChain(x, one, two, Number(c));
    case "link":
      return explainLink(x, one, two);
    case "pair":
    case "between":
      return explainBetween(x, one, two);
    case "sources":
      return explainSources(x, one, two);
  }
  return null;
}
