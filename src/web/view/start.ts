// The start: the three questions, each with the strongest findings of this graph as sentences that lead to them.

import { companyLink, nameOf, ring, type Context } from "../context";
import type { PageLoop, PagePurchase } from "../data/contract";
import { atLeast, capitalAtLeast, caveat, least, plural, quantity, words } from "../data/words";
import { go, link, type State } from "../state";
import { bdi, h, number, type Child } from "../ui/dom";
import { dateSlider } from "../ui/controls";
import { find } from "../ui/find";
import { keysOf } from "../why/keys";
import { hangs } from "./concentration";
import { strongestTarget } from "./exposure";

const shown = 5;

function question(
  x: Context,
  asked: string,
  change: Partial<State>,
  findings: Child[],
  all: string,
  none: string,
): HTMLElement {
  return h(
    "section",
    { class: "question" },
    h("h2", null, h("a", { href: link(change, x.state) }, asked)),
    findings.length
      ? h(
          "ol",
          null,
          findings.map((finding) => h("li", null, finding)),
        )
      : h("p", { class: "muted" }, none),
    all &&
      h("p", { class: "all" }, h("a", { href: link(change, x.state), "aria-label": `${all}: ${asked}` }, all, " →")),
  );
}

const to = (x: Context, change: Partial<State>, ...sentence: Child[]): HTMLElement =>
  h("a", { class: "finding", href: link(change, x.state) }, sentence);

function dependents(x: Context): Child[] {
  const { id } = x.graph.companies;
  const keys = keysOf(x.graph);
  return x.at.block.exposure.results
    .flatMap((result) => result.suppliers.slice(0, shown).map((row) => ({ t: result.target, row })))
    .sort((a, b) => b.row.total - a.row.total)
    .slice(0, shown)
    .map(({ t, row }) => [
      number(
        least(row.total, row.marks),
        keys.exposure(t, row.supplier, "total"),
        `${least(row.total, row.marks)}: why this number?`,
      ),
      " ",
      to(
        x,
        { view: "exposure", company: id[t] },
        bdi(nameOf(x, row.supplier)),
        ` earns ${atLeast(row.marks)} this share of its revenue from `,
        bdi(nameOf(x, t)),
      ),
    ]);
}

function sources(x: Context): Child[] {
  const { id } = x.graph.companies;
  const keys = keysOf(x.graph);
  // those with a known share first, then the strictest level
  const share = (p: PagePurchase) => (p.covered ? (p.top?.low ?? -1) : -1);
  return x.at.block.concentration.results
    .filter((p) => hangs(x, p))
    .sort((a, b) => share(b) - share(a) || a.level - b.level)
    .slice(0, shown)
    .map((p) => {
      const best = p.suppliers.reduce((a, b) => ((b.share?.low ?? -1) > (a.share?.low ?? -1) ? b : a), p.suppliers[0]);
      return [
        number(
          quantity(best?.share),
          keys.purchase(p.customer, p.category, "share"),
          `${quantity(best?.share)}: why this number?`,
        ),
        " ",
        to(
          x,
          { view: "concentration", only: id[p.customer] },
          bdi(nameOf(x, p.customer)),
          "'s ",
          bdi(words(p.category)),
          ": ",
          best && bdi(nameOf(x, best.supplier)),
          ", ",
          words(x.graph.levels[p.level]),
          // the claim is about what is recorded: a sole source may have a known share far below 100 %
          p.suppliers.length === 1 && " on record",
        ),
      ];
    });
}

const circularDeals = (x: Context): { loop: PageLoop; n: number }[] =>
  x.at.block.cycles.results
    .map((loop, n) => ({ loop, n }))
    .filter(({ loop }) => x.graph.classes[loop.class] === "circular-deal" && loop.companies.length <= 3);

function loops(x: Context): Child[] {
  const keys = keysOf(x.graph);
  return circularDeals(x)
    .slice(0, shown)
    .map(({ loop, n }) => [
      number(quantity(loop.amount), keys.loop(n), `${quantity(loop.amount)}: why this number?`),
      " ",
      to(x, { view: "circular", loop: n }, ring(x, loop.companies)),
    ]);
}

function span(x: Context): string {
  let oldest = "";
  let newest = "";
  for (const date of x.graph.relations.as_of) {
    if (!date) continue;
    if (!oldest || date < oldest) oldest = date;
    if (date > newest) newest = date;
  }
  return oldest ? `figures from ${oldest} to ${newest}` : "figures without dates";
}

export function start(x: Context): Child[] {
  const g = x.graph;
  const target = strongestTarget(x);
  const strongest = x.at.exposure(target);
  const half = strongest?.suppliers.filter((row) => row.total >= 0.5) ?? [];
  const deals = circularDeals(x);
  const largest = deals[0]?.loop.amount;
  const keys = keysOf(g);
  const headline: Child =
    half.length > 1
      ? [
          h(
            "a",
            { class: "company", href: link({ view: "exposure", company: g.companies.id[target] }, x.state) },
            `${capitalAtLeast(half.length, !!strongest?.left_out && half.length === strongest.suppliers.length)} suppliers`,
          ),
          " earn most of their revenue from ",
          companyLink(x, target),
          caveat(half.map((row) => row.marks)),
        ]
      : deals.length > 0
        ? [
            x.at.block.cycles.left_out || !x.at.block.cycles.complete ? "At least " : "",
            number(plural(deals.length, "circular deal"), keys.loops()),
            largest && ["; in the first, ", number(quantity(largest), keys.loop(deals[0].n)), " can go round"],
          ]
        : [plural(g.relationCount, "relation"), " among ", plural(g.count, "company", "companies")];
  return [
    h(
      "div",
      { class: "hero" },
      h("h1", { tabindex: -1 }, headline),
      h(
        "p",
        { class: "lead" },
        "Who sells to, pays for, lends to and owns whom, with the source behind every number. What nobody reported is shown as unknown.",
      ),
      h(
        "div",
        { class: "controls" },
        find(x, {
          label: "Find a company",
          placeholder: "Find a company: name, 中文, ticker",
          key: "start-find",
          choose: (c) => go({ view: "focus", company: g.companies.id[c] }),
        }),
        dateSlider(x),
      ),
      h(
        "p",
        { class: "counts muted" },
        h(
          "a",
          { href: link({ view: "tables", table: "companies" }, x.state) },
          plural(g.count, "company", "companies"),
        ),
        " · ",
        h("a", { href: link({ view: "tables", table: "relations" }, x.state) }, plural(g.relationCount, "relation")),
        " · ",
        plural(g.sources.id.length, "source"),
        " · ",
        span(x),
      ),
    ),
    h(
      "div",
      { class: "questions" },
      question(
        x,
        "Who depends on whom, and by how much?",
        { view: "exposure" },
        dependents(x),
        x.at.block.exposure.results.length ? "All suppliers, direct and indirect" : "",
        "No share of revenue is known at this date.",
      ),
      question(
        x,
        "Where is there only one supplier?",
        { view: "concentration" },
        sources(x),
        x.at.block.concentration.results.length ? "All purchases, as a matrix" : "",
        "No purchase with one recorded supplier at this date.",
      ),
      question(
        x,
        "Which deals go round in a circle?",
        { view: "circular" },
        loops(x),
        x.at.block.cycles.results.length ? "All loops of payments, with their legs" : "",
        "No circular deal at this date.",
      ),
    ),
    g.notes.length > 0 &&
      h(
        "aside",
        { class: "notes", "aria-label": "Notes" },
        g.notes.map((note) => h("p", null, note)),
      ),
  ];
}
