// Exposure of a supplier to one customer (definitions, section 5).

import { chainMarks, command, companyLink, nameOf, type Context } from "../context";
import type { CompanyPlace, PageExposure, RelationPlace } from "../data/contract";
import { marked, part as share, percent, quantity, unknown } from "../data/words";
import { figuresFirst, relationsBetween } from "./dependence";
import { explanation, type Explanation, type Input } from "./explanation";
import { keysOf, type ExposurePart } from "./keys";

const footnote =
  "Beyond the first tier this is an estimate: each company's revenue is taken to pay all its suppliers alike " +
  "(proportionality, as in input–output analysis).";

const meaning: Record<ExposurePart, { title: string; says: string; formula: string[] }> = {
  direct: {
    title: "Direct exposure",
    says: "Share of the supplier's revenue that the customer itself pays, at the low end.",
    formula: ["direct = w(s,t)"],
  },
  indirect: {
    title: "Indirect exposure",
    says: "Revenue from other customers who in turn earn theirs from this one. " + footnote,
    formula: ["indirect = Σ w(s,c) · E(c), over the customers c ≠ t"],
  },
  total: {
    title: "Total exposure",
    says: "The least share of its revenue from the customer that figures add up to. " + footnote,
    formula: ["total = direct + indirect", "E(s) = w(s,t) + Σ w(s,c) · E(c), over the customers c ≠ t"],
  },
  other: {
    title: "Other",
    says: "Revenue that ends at companies with no recorded customer.",
    formula: ["O(s) = Σ w(s,c) · O(c); O = 1 where no customer is recorded"],
  },
  unattributed: {
    title: "Unattributed",
    says: "Revenue that nobody reported a customer for. Total + unattributed is the most possible if other is final demand.",
    formula: ["U(s) = 1 − Σ w(s,c) + Σ w(s,c) · U(c), the second sum over c ≠ t"],
  },
  trapped: {
    title: "Trapped",
    says: "Revenue that circles for ever in a closed loop.",
    formula: ["trapped = 1 − total − other − unattributed"],
  },
  amount: {
    title: "Exposed revenue",
    says: "The least that the total stands for, of one year.",
    formula: ["amount ≥ total × revenue of s"],
  },
};

export const exposureRow = (x: Context, target: CompanyPlace, supplier: CompanyPlace): PageExposure | undefined =>
  x.at.exposure(target)?.suppliers.find((row) => row.supplier === supplier);

const exposureCommand = (x: Context, target: CompanyPlace, supplier: CompanyPlace) =>
  command(x, `exposure --to ${x.graph.companies.id[target]} --supplier ${x.graph.companies.id[supplier]}`);

export function explainExposure(
  x: Context,
  target: CompanyPlace,
  supplier: CompanyPlace,
  part: ExposurePart,
): Explanation {
  const keys = keysOf(x.graph);
  const row = exposureRow(x, target, supplier);
  const words = meaning[part] ?? meaning.total;
  const customers = x.at.dependence(supplier)?.customers ?? [];
  const inputs: Input[] = [];
  if (part === "total" && row)
    inputs.push(
      { name: "Direct", value: share(row.direct, row.marks), why: keys.exposure(target, supplier, "direct") },
      {
        name: "Indirect",
        value: marked(percent(row.indirect), row.marks),
        why: keys.exposure(target, supplier, "indirect"),
      },
    );
  if (part === "amount")
    inputs.push(
      {
        name: "Total exposure",
        value: row ? marked(percent(row.total), row.marks) : unknown,
        why: keys.exposure(target, supplier, "total"),
      },
      {
        name: ["Revenue of ", nameOf(x, supplier)],
        value: quantity(x.graph.companies.revenue[supplier]),
        why: keys.revenue(supplier),
      },
    );
  const rows: RelationPlace[] = [];
  for (const c of customers) {
    if (part === "direct" && c.customer !== target) continue;
    if (part === "indirect" && c.customer === target) continue;
    inputs.push({
      name: ["w: revenue from ", nameOf(x, c.customer)],
      value: quantity(c.share),
      why: keys.link(c.customer, supplier),
    });
    const next = c.customer === target ? undefined : exposureRow(x, target, c.customer);
    if (next && c.share && part !== "direct")
      inputs.push({
        name: ["E: ", nameOf(x, c.customer), "'s own exposure"],
        value: marked(percent(next.total), next.marks),
        why: keys.exposure(target, c.customer, "total"),
      });
    rows.push(...c.rows);
  }
  if (customers.length === 0) rows.push(...relationsBetween(x, supplier, target));
  const value = !row ? unknown : part === "amount" ? quantity(row.amount) : share(row[part], row.marks);
  return explanation({
    title: [words.title, " of ", companyLink(x, supplier), " to ", companyLink(x, target)],
    value,
    says: words.says,
    formula: words.formula,
    inputs,
    rows: figuresFirst(x, rows),
    command: exposureCommand(x, target, supplier),
  });
}

export function explainChain(x: Context, target: CompanyPlace, supplier: CompanyPlace, n: number): Explanation {
  const keys = keysOf(x.graph);
  const chain = exposureRow(x, target, supplier)?.chains[n];
  const companies = chain?.companies ?? [];
  const hops = companies.slice(1).map((to, i) => ({ from: companies[i], to }));
  const shares = hops.map(({ from, to }) => x.at.dependence(from)?.customers.find((c) => c.customer === to));
  return explanation({
    title: ["Supply chain from ", companyLink(x, supplier), " to ", companyLink(x, target)],
    value: chain ? marked(percent(chain.share), chainMarks(x, companies)) : unknown,
    says: "The part of the supplier's revenue that comes to it along this chain. The chains of a supplier sum to at most its total.",
    formula: ["share of the chain = product of the low shares w along it"],
    inputs: hops.map(({ from, to }, i) => ({
      name: ["w: ", nameOf(x, from), " from ", nameOf(x, to)],
      value: quantity(shares[i]?.share),
      why: keys.link(to, from),
    })),
    rows: hops.flatMap(({ from, to }, i) => shares[i]?.rows ?? relationsBetween(x, from, to)),
    command: exposureCommand(x, target, supplier),
  });
}
