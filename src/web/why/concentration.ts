// Single-supplier concentration (definitions, section 6).

import { command, companyLink, nameOf, type Context } from "../context";
import type { CompanyPlace, PagePurchase } from "../data/contract";
import { count, decimal, hhi, marked, percent, quantity, range, unknown } from "../data/words";
import { explanation, type Explanation } from "./explanation";
import { keysOf } from "./keys";

export const levelSays: Record<string, string> = {
  "sole-source":
    "One supplier is recorded for this customer, and it is the only one recorded for this category in the whole graph.",
  "single-source":
    "One supplier is recorded for this customer; others are recorded for other customers, or with a status that is not counted.",
  dominant: "A recorded supplier has a low share of at least 50 %.",
  "partly-recorded": "One supplier is recorded, with a share below 100 %: others exist who are not in the data.",
  high: "The HHI range lies entirely above 1,800.",
  moderate: "The HHI range lies within 1,000–1,800.",
  low: "The HHI range lies entirely below 1,000.",
  unknown: "The reported shares decide no level.",
  "not-named": "Nothing says what is bought: its suppliers may sell different things.",
};

export const purchaseOf = (x: Context, customer: CompanyPlace, category: string): PagePurchase | undefined =>
  x.at.block.concentration.results.find((p) => p.customer === customer && p.category === category);

export function explainPurchase(x: Context, customer: CompanyPlace, category: string, part: string): Explanation {
  const keys = keysOf(x.graph);
  const p = purchaseOf(x, customer, category);
  const level = p ? x.graph.levels[p.level] : "unknown";
  const noShare = !p || p.covered === null;
  const covered = quantity(p?.covered);
  const views: Record<string, { title: string; value: string; says: string; formula: string[] }> = {
    share: {
      title: "Largest share of purchases",
      value: p?.top && !noShare ? marked(range(p.top, percent), p.marks) : unknown,
      says: "Share of the customer's purchases of this category, as the source reports it. It says nothing about the supplier's own revenue.",
      formula: ["sum over items of supply_share"],
    },
    hhi: {
      title: "HHI of the suppliers",
      value: noShare ? unknown : marked(hhi(p.hhi), p.marks),
      says:
        "Concentration on 0 to 10,000: from what is reported to what is possible." +
        (noShare ? " No share is known: anything from 0 to 10,000 is possible." : ""),
      formula: [
        "low = 10⁴ Σ low²",
        "high = 10⁴ (Σ high² + r²), r the share that no recorded supplier has, high cut so that no sum exceeds 1",
      ],
    },
    level: {
      title: "Level",
      value: level,
      says: levelSays[level] ?? "",
      formula: ["the first that holds of sole source, single source, dominant, partly recorded, high, moderate, low"],
    },
    suppliers: {
      title: "Recorded suppliers",
      value: p ? count(p.suppliers.length) : unknown,
      says: "Only recorded suppliers count; one who is not in the data is not seen.",
      formula: ["suppliers of the category over live supplies, each once"],
    },
    effective: {
      title: "Effective number of suppliers",
      value: p && !noShare ? marked(range(p.effective, decimal), p.marks) : unknown,
      says: "As many equal suppliers would give the same HHI.",
      formula: ["10⁴ / HHI, as a range"],
    },
    covered: {
      title: "Covered share",
      value: covered,
      says: "The known shares of recorded suppliers. An aggregate is none: its share counts as unreported.",
      formula: ["Σ shares of recorded suppliers"],
    },
  };
  const view = views[part] ?? views.level;
  return explanation({
    ...view,
    title: [view.title, " of ", companyLink(x, customer), ": ", category],
    inputs: [
      ...(p?.suppliers ?? []).map((s) => ({
        name: [nameOf(x, s.supplier), "'s share"],
        value: quantity(s.share),
        why: keys.sources(customer, s.supplier),
      })),
      { name: "Level", value: level, why: keys.purchase(customer, category, "level") },
      { name: "Covered share", value: covered, why: keys.purchase(customer, category, "covered") },
    ],
    rows: (p?.suppliers ?? []).flatMap((s) => s.rows),
    notes: p?.beside.length
      ? [
          `Beside it, not counted: ${p.beside.map((r) => `${nameOf(x, x.graph.relations.from[r])} (${x.graph.statuses[x.graph.relations.status[r]]})`).join(", ")}.`,
        ]
      : [],
    command: command(x, `concentration --customer ${x.graph.companies.id[customer]}`),
  });
}

/** A cell of the matrix: all that one supplier supplies one customer. */
export function explainSources(x: Context, customer: CompanyPlace, supplier: CompanyPlace): Explanation {
  const keys = keysOf(x.graph);
  const purchases = x.at.block.concentration.results.filter(
    (p) => p.customer === customer && p.suppliers.some((s) => s.supplier === supplier),
  );
  const own = purchases.map((p) => ({ p, s: p.suppliers.find((s) => s.supplier === supplier)! }));
  return explanation({
    title: ["What ", companyLink(x, customer), " buys from ", companyLink(x, supplier)],
    value: own.length === 1 ? quantity(own[0].s.share) : count(own.length) + " categories",
    says: "Shares are of the customer's purchases of each category. Shares of different categories are never summed.",
    inputs: own.map(({ p, s }) => ({
      name: [p.category, ": ", x.graph.levels[p.level]],
      value: quantity(s.share),
      why: keys.purchase(customer, p.category, "share"),
    })),
    rows: own.flatMap(({ s }) => s.rows),
    command: command(x, `concentration --customer ${x.graph.companies.id[customer]}`),
  });
}
