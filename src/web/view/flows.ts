// Flows: a Sankey diagram of the supplies, tier by tier towards the customers.

import { bothNames, companyLink, nameOf, narrowed, sectorKept, type Context } from "../context";
import type { CompanyPlace, PagePair } from "../data/contract";
import { count, plural, quantity } from "../data/words";
import { acyclic } from "../layout/acyclic";
import { listed } from "../layout/listed";
import { go, link } from "../state";
import { choice } from "../ui/controls";
import { bdi, h, number, type Child } from "../ui/dom";
import { find } from "../ui/find";
import type { ViewParts } from "../ui/frame";
import type { Sheet } from "../ui/sheet";
import { keysOf } from "../why/keys";
import { sankeyPicture, type PairFlow } from "./flows_draw";

const shownAtFirst = 60;
const mostCompanies = 300;

/** Widths are of one unit: amounts of one currency, or every link alike. Amounts of several currencies are never added. */
function measures(pairs: PagePair[]): Map<string, number> {
  const by = new Map<string, number>();
  for (const { amount } of pairs)
    if (amount?.currency && amount.low > 0) by.set(amount.currency, (by.get(amount.currency) ?? 0) + 1);
  return new Map([...by].sort((a, b) => b[1] - a[1]).slice(0, 4));
}

/** Links from which recorded supplies lead to the company. */
function upstream(flows: PairFlow[], target: CompanyPlace): PairFlow[] {
  const into = new Map<CompanyPlace, PairFlow[]>();
  for (const flow of flows) listed(into, flow.to, flow);
  const seen = new Set([target]);
  const open = [target];
  const found: PairFlow[] = [];
  while (open.length)
    for (const flow of into.get(open.pop()!) ?? []) {
      if (flow.from === target) continue;
      found.push(flow);
      if (!seen.has(flow.from)) {
        seen.add(flow.from);
        open.push(flow.from);
      }
    }
  return found;
}

/** The strongest links whose companies are at most as many as can be drawn. */
function strongest(flows: PairFlow[], links: number): PairFlow[] {
  const companies = new Set<CompanyPlace>();
  const shown: PairFlow[] = [];
  for (const flow of flows) {
    const fresh = [flow.from, flow.to].filter((c) => !companies.has(c)).length;
    if (shown.length >= links || companies.size + fresh > mostCompanies) continue;
    companies.add(flow.from).add(flow.to);
    shown.push(flow);
  }
  return shown;
}

function sheetOf(x: Context, flows: PairFlow[], cut: Set<PairFlow>): Sheet {
  const { id } = x.graph.companies;
  const keys = keysOf(x.graph);
  const address = (c: CompanyPlace) => link({ view: "focus", company: id[c] }, x.state);
  return {
    name: `${x.graph.title}-flows`,
    caption: "Supplies from company to company",
    rows: flows.length,
    columns: [
      { label: "Supplier", cell: (i) => ({ text: bothNames(x, flows[i].from), href: address(flows[i].from) }) },
      { label: "Customer", cell: (i) => ({ text: bothNames(x, flows[i].to), href: address(flows[i].to) }) },
      {
        label: "Amount",
        numeric: true,
        cell: (i) => ({
          text: quantity(flows[i].pair.amount),
          sort: flows[i].pair.amount?.low ?? null,
          why: keys.pair(flows[i].from, flows[i].to),
        }),
      },
      {
        label: "Share of supplier's revenue",
        numeric: true,
        cell: (i) => ({
          text: quantity(flows[i].pair.share),
          sort: flows[i].pair.share?.low ?? null,
          why: keys.link(flows[i].to, flows[i].from),
        }),
      },
      {
        label: "In the picture",
        cell: (i) => ({
          text: cut.has(flows[i]) ? "cut: closes a loop" : flows[i].weight > 0 ? "yes" : "no: amount unknown",
        }),
      },
    ],
  };
}

function cutList(x: Context, cut: PairFlow[]): Child {
  if (cut.length === 0) return null;
  const keys = keysOf(x.graph);
  return h(
    "section",
    { "aria-labelledby": "cut" },
    h("h2", { id: "cut" }, `Cut for the picture: ${plural(cut.length, "link")}`),
    h(
      "p",
      { class: "muted" },
      "A Sankey diagram flows one way. These links close a loop with stronger ones, so they are not drawn.",
    ),
    h(
      "ul",
      { class: "names" },
      cut
        .slice(0, 60)
        .map((flow) =>
          h(
            "li",
            null,
            companyLink(x, flow.from),
            " → ",
            companyLink(x, flow.to),
            " ",
            number(quantity(flow.pair.amount), keys.pair(flow.from, flow.to)),
          ),
        ),
    ),
    cut.length > 60 && h("p", { class: "muted" }, `and ${count(cut.length - 60)} more; the table has them all.`),
  );
}

export function flows(x: Context, width: number): ViewParts {
  const { pairs } = x.at.block;
  const target = narrowed(x);
  const units = measures(pairs);
  const usual = [...units][0];
  const measure =
    x.state.measure === "links" || units.has(x.state.measure)
      ? x.state.measure
      : usual && usual[1] >= 6
        ? usual[0]
        : "links";
  const weight = (pair: PagePair) =>
    measure === "links" ? 1 : pair.amount?.currency === measure ? pair.amount.low : 0;
  let all: PairFlow[] = pairs
    .filter((p) => p.from !== p.to && (x.state.sectors.length === 0 || sectorKept(x, p.from) || sectorKept(x, p.to)))
    .map((pair) => ({ from: pair.from, to: pair.to, weight: weight(pair), pair }));
  if (target >= 0) all = upstream(all, target);
  const share = (flow: PairFlow) => flow.pair.share?.low ?? 0;
  all.sort((a, b) => b.weight - a.weight || share(b) - share(a) || a.from - b.from || a.to - b.to);
  const known = all.filter((flow) => flow.weight > 0);
  const chosenFlows = strongest(known, x.state.top || shownAtFirst);
  const { kept, cut } = acyclic(chosenFlows);
  const left: Child[] = [];
  if (known.length > chosenFlows.length)
    left.push([
      `Not drawn: ${plural(known.length - chosenFlows.length, "weaker link")}. `,
      !x.state.top &&
        h(
          "a",
          { href: link({ top: 1000 }, x.state), "data-key": "draw-more" },
          `Draw up to ${mostCompanies} companies`,
        ),
    ]);
  if (all.length > known.length)
    left.push([
      `Not drawn: ${plural(all.length - known.length, "link")} without a known amount in ${measure}. `,
      h("a", { href: link({ measure: "links" }, x.state), "data-key": "by-links" }, "Draw every link alike"),
    ]);
  const first = kept[0];
  return {
    headline:
      target >= 0
        ? ["What flows to ", bdi(nameOf(x, target))]
        : first && measure !== "links"
          ? [
              bdi(nameOf(x, first.to)),
              " buys ",
              number(quantity(first.pair.amount), keysOf(x.graph).pair(first.from, first.to)),
              " from ",
              bdi(nameOf(x, first.from)),
              ": the most on record",
            ]
          : "Who supplies whom, tier by tier",
    lead: [
      measure === "links" ? "Every link is drawn alike." : `Width: the low end of the recorded amounts in ${measure}.`,
      " Red: at least 10 % of the supplier's revenue. Suppliers stand left of their customers; the last column sells to nobody drawn here. Amounts are of contracts and years as reported, so what enters a company need not equal what leaves it.",
    ],
    controls: [
      find(x, {
        label: "Flows to a company",
        placeholder: "Flows to a company",
        key: "flows-find",
        choose: (c) => go({ only: x.graph.companies.id[c], top: 0 }),
      }),
      target >= 0 &&
        h(
          "p",
          { class: "chosen-company" },
          "To ",
          companyLink(x, target),
          " · ",
          h("a", { href: link({ only: "", top: 0 }, x.state), "data-key": "any-company" }, "all companies"),
        ),
      choice(
        "Width",
        [
          ...[...units.keys()].map((unit): [string, object, boolean] => [unit, { measure: unit }, measure === unit]),
          ["links", { measure: "links" }, measure === "links"],
        ],
        x.state,
      ),
    ],
    filters: ["sectors"],
    picture: kept.length ? sankeyPicture(x, kept, measure, width) : undefined,
    sheet: sheetOf(x, all, new Set(cut)),
    left,
    below: cutList(x, cut),
    notes: kept.length
      ? [
          `Drawn: ${plural(new Set(kept.flatMap((f) => [f.from, f.to])).size, "company", "companies")}, ${plural(kept.length, "link")}.`,
        ]
      : ["Nothing to draw with this choice."],
  };
}
