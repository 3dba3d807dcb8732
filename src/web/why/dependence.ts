// Revenue dependence (definitions, section 4): shares, what is attributed, HHI, and what stands on a company's card.

import { command, companyLink, nameOf, type Context } from "../context";
import type { CompanyPlace, RelationPlace } from "../data/contract";
import { hhi, marked, percent, quantity, unknown } from "../data/words";
import { explanation, type Explanation, type Input } from "./explanation";
import { keysOf } from "./keys";

const formulaOfShare = [
  "w(s,c) = sum over items of the share of s's revenue that s reports from c",
  "where that is missing: annual value / revenue of s, same year and currency",
];

/** The live relations between two companies, both ways. */
export function relationsBetween(x: Context, a: CompanyPlace, b: CompanyPlace): RelationPlace[] {
  const { from, to } = x.graph.relations;
  return [...x.graph.outgoing(a)]
    .filter((r) => to[r] === b)
    .concat([...x.graph.incoming(a)].filter((r) => from[r] === b && a !== b))
    .filter((r) => x.at.live(r))
    .sort((p, q) => p - q);
}

/** What carries the number comes first, with its source. */
export const figuresFirst = (x: Context, rows: RelationPlace[]): RelationPlace[] => {
  const { revenue_share, value } = x.graph.relations;
  const weight = (r: RelationPlace) => (revenue_share[r] ? 2 : value[r] ? 1 : 0);
  return rows.slice().sort((a, b) => weight(b) - weight(a));
};

export function shareOf(x: Context, supplier: CompanyPlace, customer: CompanyPlace) {
  return x.at.dependence(supplier)?.customers.find((row) => row.customer === customer);
}

export function explainLink(x: Context, supplier: CompanyPlace, customer: CompanyPlace): Explanation {
  const row = shareOf(x, supplier, customer);
  const share = row?.share ?? x.at.pair(supplier, customer)?.share ?? null;
  const rows = row?.rows ?? x.at.pair(supplier, customer)?.rows ?? relationsBetween(x, supplier, customer);
  const id = x.graph.companies.id;
  return explanation({
    title: [companyLink(x, supplier), "'s revenue from ", companyLink(x, customer)],
    value: quantity(share),
    says: share
      ? [
          "Share of ",
          nameOf(x, supplier),
          "'s revenue that comes from ",
          nameOf(x, customer),
          ", as reported. Sums use its low end, ",
          percent(share.low),
          ".",
        ]
      : [
          "Nobody reported which share of its revenue ",
          nameOf(x, supplier),
          " earns from ",
          nameOf(x, customer),
          row?.reason && `: ${row.reason}`,
          ". Unknown is not zero.",
        ],
    formula: formulaOfShare,
    inputs: [
      {
        name: ["Revenue of ", nameOf(x, supplier)],
        value: quantity(x.graph.companies.revenue[supplier]),
        why: keysOf(x.graph).revenue(supplier),
      },
    ],
    rows: figuresFirst(x, rows),
    command: command(x, `dependence --supplier ${id[supplier]}`),
  });
}

export function explainDependence(x: Context, supplier: CompanyPlace, part: string): Explanation {
  const row = x.at.dependence(supplier);
  const keys = keysOf(x.graph);
  const inputs: Input[] = (row?.customers ?? []).map((c) => ({
    name: ["From ", nameOf(x, c.customer)],
    value: quantity(c.share),
    why: keys.link(c.customer, supplier),
  }));
  const known = row?.quantified ?? false;
  const isHhi = part === "hhi";
  return explanation({
    title: [isHhi ? "Customer HHI of " : "Attributed revenue of ", companyLink(x, supplier)],
    value: !row || !known ? unknown : marked(isHhi ? hhi(row.hhi) : percent(row.attributed), row.marks),
    says: isHhi
      ? "Concentration of the supplier's customers on 0 to 10,000: from what is reported to what is possible."
      : "Sum of the low shares of revenue whose customer is known. The rest is unattributed.",
    formula: isHhi ? ["low = 10⁴ Σ w²", "high = 10⁴ (Σ w² + r²), r = 1 − Σ w"] : ["attributed(s) = Σ w(s,c), low ends"],
    inputs,
    rows: figuresFirst(
      x,
      (row?.customers ?? []).flatMap((c) => c.rows),
    ),
    command: command(x, `dependence --supplier ${x.graph.companies.id[supplier]}`),
  });
}

export function explainRevenue(x: Context, c: CompanyPlace): Explanation {
  const { revenue, period, id, sources } = x.graph.companies;
  return explanation({
    title: ["Revenue of ", companyLink(x, c)],
    value: quantity(revenue[c]),
    says: revenue[c]
      ? `Revenue of the period ${period[c] || "(not named)"}, as reported.`
      : "Nobody reported it in this graph.",
    notes: (sources[c] ?? []).length ? [] : ["No source is named for it."],
    inputs: [{ name: "Period", value: period[c] || unknown }],
    command: command(x, `show --company ${id[c]}`),
  });
}

export function explainBetween(x: Context, from: CompanyPlace, to: CompanyPlace): Explanation {
  const pair = x.at.pair(from, to);
  const rows = pair?.rows ?? relationsBetween(x, from, to);
  return explanation({
    title: [companyLink(x, from), " → ", companyLink(x, to)],
    value: pair ? quantity(pair.amount) : unknown,
    says: pair?.amount
      ? "Sum of the known amounts of the supplies between the two; amounts contained in another row are not summed."
      : "No amount is known for it, or the amounts are of several currencies.",
    formula: ["amount = Σ known values of live supplies, one currency, without restating rows"],
    inputs: [
      {
        name: ["Share of ", nameOf(x, from), "'s revenue"],
        value: quantity(pair?.share),
        why: keysOf(x.graph).link(to, from),
      },
    ],
    rows,
    command: command(x, `show --company ${x.graph.companies.id[from]}`),
  });
}
