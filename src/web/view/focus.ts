// Focus: one company, its suppliers to the left and its customers to the right, in tiers.

import { twin } from "./focus_sheet";
import { bothNames, chosen, companyLink, nameOf, type Context } from "../context";
import type { CompanyPlace } from "../data/contract";
import { capital, count, marked, percent, plural, quantity, unknown } from "../data/words";
import { listed } from "../layout/listed";
import { most, neighbourhood, type Neighbourhood } from "../layout/neighbourhood";
import { order, spread, type Column } from "../layout/tiers";
import { link } from "../state";
import { choice } from "../ui/controls";
import { h, number, type Child } from "../ui/dom";
import { zooming } from "../ui/picture";
import type { ViewParts } from "../ui/frame";
import { keysOf } from "../why/keys";
import {
  cardHeight,
  columnHead,
  drawCard,
  drawTie,
  highlight,
  legend,
  marks,
  measuresFor,
  portsOf,
  type Measures,
  type Place,
} from "./focus_draw";

const rowDistance = cardHeight + 10;

function columnsOf(near: Neighbourhood, centre: CompanyPlace): Column[] {
  const by = new Map<number, CompanyPlace[]>();
  for (const [c, at] of near.column) if (at !== 0) listed(by, at, c);
  const beside = [...near.side.keys()].filter((c) => near.column.get(c) === 0);
  const middle = [
    ...beside.filter((c) => near.side.get(c) === -1),
    centre,
    ...beside.filter((c) => near.side.get(c) === 1),
  ];
  return [...by]
    .map(([at, companies]): Column => ({ at, companies }))
    .concat({ at: 0, companies: middle, pinned: centre })
    .sort((a, b) => a.at - b.at);
}

function places(
  columns: Column[],
  near: Neighbourhood,
  centre: CompanyPlace,
  sizes: Measures,
): { at: Map<CompanyPlace, Place>; width: number; height: number } {
  const y = new Map<CompanyPlace, number>();
  const middle = columns.find((column) => column.at === 0)!;
  const own = middle.companies.indexOf(centre);
  middle.companies.forEach((c, i) => y.set(c, (i - own) * rowDistance * (i === own ? 1 : 1.15)));
  const outward = columns.filter((column) => column.at !== 0).sort((a, b) => Math.abs(a.at) - Math.abs(b.at));
  for (const column of outward) {
    const wanted = column.companies.map((c) => {
      const ends = near.ties
        .flatMap((tie) => (tie.from === c ? [tie.to] : tie.to === c ? [tie.from] : []))
        .filter((other) => y.has(other) && Math.abs(near.column.get(other)!) < Math.abs(column.at))
        .map((other) => y.get(other)!);
      return ends.length ? ends.reduce((a, b) => a + b, 0) / ends.length : 0;
    });
    spread(wanted, rowDistance).forEach((row, i) => y.set(column.companies[i], row));
  }
  const top = Math.min(...y.values());
  const left = columns[0].at;
  const columnDistance = sizes.card + sizes.gap;
  const at = new Map(
    [...near.column].map(([c, column]): [CompanyPlace, Place] => [
      c,
      {
        x: sizes.margin + (column - left) * columnDistance,
        y: 34 + y.get(c)! - top,
        width: sizes.card,
        column,
      },
    ]),
  );
  return {
    at,
    width: (columns[columns.length - 1].at - left) * columnDistance + sizes.card + 2 * sizes.margin,
    height: 34 + Math.max(...y.values()) - top + cardHeight + 40,
  };
}

/** The company with the most relations: what a reader without a choice is shown. */
export function busiest(x: Context): CompanyPlace {
  let best = 0;
  let most = -1;
  for (let c = 0; c < x.graph.count; c++) {
    if (x.graph.companies.aggregate[c]) continue;
    const n = x.graph.outgoing(c).length + x.graph.incoming(c).length;
    if (n > most) {
      best = c;
      most = n;
    }
  }
  return best;
}

const sideName = (column: number) =>
  column < 0 ? `tier-${-column} suppliers` : column > 0 ? `tier-${column} customers` : "financing partners";

function leftOut(x: Context, near: Neighbourhood): Child[] {
  const sentences: Child[] = [...near.left]
    .sort((a, b) => a[0] - b[0])
    .map(([column, n]) => `Not drawn: ${count(n)} more ${sideName(column)}.`);
  if (near.left.size && x.state.top < most)
    sentences.push(
      h("a", { href: link({ top: most }, x.state), "data-key": "draw-more" }, `Draw up to ${most} companies`),
    );
  if (near.hidden)
    sentences.push(
      `Not drawn: ${plural(near.hidden, "relation")} among these companies that the filters hide (without a choice: ended and rumoured ones).`,
    );
  return sentences;
}

function facts(x: Context, c: CompanyPlace): Child {
  const g = x.graph;
  const keys = keysOf(g);
  const { ticker, sector, country, revenue, period, aggregate, id } = g.companies;
  const dependence = x.at.dependence(c);
  const parent = x.at.block.groups.find(({ company, parent }) => company === c && parent !== c)?.parent;
  const said: Child[] = [ticker[c], sector[c], country[c]].filter(Boolean).map((text) => [h("bdi", null, text), " · "]);
  const to = (view: "exposure" | "circular" | "concentration" | "flows", words: string) =>
    h("a", { href: link(view === "exposure" ? { view, company: id[c] } : { view, only: id[c] }, x.state) }, words);
  const exposure = x.at.exposure(c);
  const loops = x.at.block.cycles.results.filter((loop) => loop.companies.includes(c)).length;
  const purchases = x.at.block.concentration.results.filter((p) => p.customer === c).length;
  return [
    parent !== undefined && ["answers are given for its group, ", companyLink(x, parent), " · "],
    said,
    aggregate[c] ? "not one company: no chain or loop passes through it · " : null,
    "revenue ",
    number(quantity(revenue[c]), keys.revenue(c)),
    period[c] && [", ", h("bdi", null, period[c])],
    " · of it, from known customers: ",
    number(
      dependence?.quantified ? marked(percent(dependence.attributed), dependence.marks) : unknown,
      keys.dependence(c, "attributed"),
    ),
    h(
      "span",
      { class: "onward" },
      exposure && [to("exposure", "Who depends on it"), " "],
      purchases > 0 && [to("concentration", "What it buys"), " "],
      loops > 0 && [to("circular", `${plural(loops, "loop")} through it`), " "],
      to("flows", "Flows to it"),
    ),
  ];
}

export function focus(x: Context, width: number): ViewParts {
  if (x.graph.count === 0) return { headline: "No company is recorded" };
  const centre = chosen(x, busiest(x));
  const id = x.graph.companies.id[centre];
  // all columns share the room, so that one does not take it from the others
  const perColumn = x.state.top ? Math.min(x.state.top, Math.floor(most / (2 * x.state.tiers + 1))) : 16;
  const near = neighbourhood(x, centre, x.state.tiers, perColumn);
  const lines = near.ties.filter((tie) => near.column.get(tie.from) !== near.column.get(tie.to));
  const columns = order(columnsOf(near, centre), lines);
  const sizes = measuresFor(width, columns[columns.length - 1].at - columns[0].at + 1);
  const { at, width: w, height } = places(columns, near, centre, sizes);
  const suppliers = columns.filter((c) => c.at < 0).reduce((n, c) => n + c.companies.length, 0);
  const customers = columns.filter((c) => c.at > 0).reduce((n, c) => n + c.companies.length, 0);
  const middle = at.get(centre)!;
  // lines below the cards; those that carry the answer above the others
  const strength = (tie: { from: CompanyPlace; to: CompanyPlace; class: string }) =>
    tie.class === "commercial" ? (x.at.pair(tie.from, tie.to)?.share?.low ?? 0) : 0;
  const ties = near.ties.slice().sort((a, b) => strength(a) - strength(b));
  const thickness = 6 * Math.min(1, 20 / Math.max(...columns.map((column) => column.companies.length)));
  const ports = portsOf(ties, at);
  const drawn = ties.map((tie) => drawTie(x, tie, ports.get(tie)!, at, centre, thickness));
  // the strongest number of a place is written, the others are in the drawer and in the twin
  const written: { x: number; y: number }[] = [];
  const numbers = drawn
    .slice()
    .reverse()
    .map(({ label: words }) => words)
    .filter((words) => {
      const text = words?.firstElementChild;
      if (!text) return false;
      const at = { x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")) };
      if (written.some((other) => Math.abs(other.x - at.x) < 60 && Math.abs(other.y - at.y) < 12)) return false;
      written.push(at);
      return true;
    });
  const label = `${nameOf(x, centre)} with ${plural(suppliers, "supplier")} to the left and ${plural(customers, "customer")} to the right`;
  const headed = columns.map((column) => ({
    at: column.at,
    x: sizes.margin + (column.at - columns[0].at) * (sizes.card + sizes.gap) + sizes.card / 2,
  }));
  const picture = zooming(
    { width: w, height, label },
    [
      marks(),
      headed.map((head) => columnHead(head.x, head.at === 0 ? "" : capital(sideName(head.at)))),
      drawn.map(({ line }) => line),
      [...at].map(([c, place]) => drawCard(x, c, place, centre)),
      numbers,
    ],
    { x: middle.x + sizes.card / 2, y: middle.y + cardHeight / 2 },
    width,
  );
  highlight(picture);
  return {
    headline: h("bdi", null, bothNames(x, centre)),
    lead: facts(x, centre),
    controls: [
      choice(
        "Tiers",
        [1, 2, 3].map((n) => [String(n), { company: id, tiers: n }, n === x.state.tiers]),
        x.state,
      ),
    ],
    filters: ["kinds", "sectors", "statuses"],
    picture,
    sheet: twin(x, near, centre),
    left: leftOut(x, near),
    below: legend(new Set(near.ties.map((tie) => tie.class))),
  };
}
