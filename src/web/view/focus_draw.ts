// The marks of the focus view: cards, lines, legend.

import { nameOf, type Context } from "../context";
import type { Company } from "../data/contract";
import { percent, quantity } from "../data/words";
import type { Neighbourhood, Tie } from "../layout/neighbourhood";
import { link } from "../state";
import { fitted, h, isolated, pictureNumber, s, type Child } from "../ui/dom";
import { keysOf } from "../why/keys";

export const cardWidth = 196;
export const cardHeight = 50;

export interface Place {
  x: number;
  y: number;
  column: number;
}

/** Arrow heads: full for goods and services, hollow for financing, as in the diagrams of `tierscope draw`. */
export function marks(): SVGElement {
  const head = (id: string, full: boolean) =>
    s("marker", { id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" },
      s("path", { d: "M1 1L9 5L1 9Z", class: full ? `head ${id}` : `head hollow ${id}` }));
  return s("defs", null, head("head-commercial", true), head("head-strong", true), head("head-financing", false), head("head-control", false));
}

export const columnHead = (x: number, words: string): SVGElement =>
  s("text", { x: x + cardWidth / 2, y: 16, class: "column-head", "text-anchor": "middle" }, words);

export function drawCard(x: Context, c: Company, place: Place, centre: Company): SVGElement {
  const { local, ticker, id, aggregate } = x.graph.companies;
  const name = isolated(fitted(nameOf(x, c), cardWidth - 20, 13, 600));
  const small = [local[c], ticker[c]].filter(Boolean).join(" · ");
  const dependence = x.at.dependence(c);
  const known = dependence?.quantified ? Math.min(1, dependence.attributed) : 0;
  const own = c === centre;
  return s("g", { transform: `translate(${place.x} ${place.y})`, class: `card${own ? " own" : ""}${aggregate[c] ? " aggregate" : ""}` },
    s("a", { href: link({ view: "focus", company: id[c], top: 0 }, x.state), "data-key": `card-${id[c]}`,
      "aria-label": `${nameOf(x, c)} ${local[c]}${own ? ", in focus" : ""}` },
      s("title", null, `${nameOf(x, c)} ${small}`.trim()),
      s("rect", { width: cardWidth, height: cardHeight, rx: 8, class: "plate" }),
      s("text", { x: 10, y: small ? 20 : 28, class: "name" }, name),
      small && s("text", { x: 10, y: 37, class: "small" }, isolated(fitted(small, cardWidth - 20, 11))),
      // how much of its revenue has a known customer
      known > 0 && s("rect", { x: 10, y: cardHeight - 6, width: (cardWidth - 20) * known, height: 2.5, class: "known" },
        s("title", null, `Customers known for ${percent(known)} of its revenue`))));
}

/** From the side that looks at the other company; within a column round its right side. */
function path(a: Place, b: Place): { d: string; label: { x: number; y: number; anchor: string } } {
  const [ay, by] = [a.y + cardHeight / 2, b.y + cardHeight / 2];
  if (a.column === b.column) {
    const right = a.x + cardWidth;
    const bulge = Math.min(70, 24 + Math.abs(ay - by) / 8);
    return { d: `M${right} ${ay + (ay < by ? 8 : -8)}C${right + bulge} ${ay} ${right + bulge} ${by} ${right + 2} ${by + (ay < by ? -8 : 8)}`,
      label: { x: right + bulge * 0.75 + 4, y: (ay + by) / 2 + 4, anchor: "start" } };
  }
  const forward = a.x < b.x;
  // the way there and the way back do not lie upon each other
  const shift = forward ? -5 : 5;
  const ax = forward ? a.x + cardWidth : a.x;
  const bx = forward ? b.x - 2 : b.x + cardWidth + 2;
  const half = (bx - ax) * 0.5;
  return { d: `M${ax} ${ay + shift}C${ax + half} ${ay + shift} ${bx - half} ${by + shift} ${bx} ${by + shift}`,
    label: { x: ax + (forward ? 8 : -8), y: ay + shift - 5, anchor: forward ? "start" : "end" } };
}

export function drawTie(x: Context, tie: Tie, at: Map<Company, Place>): SVGElement {
  const g = x.graph;
  const keys = keysOf(g);
  const a = at.get(tie.from)!;
  const b = at.get(tie.to)!;
  const { d, label } = path(a, b);
  const share = tie.class === "commercial" ? x.at.pair(tie.from, tie.to)?.share ?? null : null;
  const amounts = tie.rows.map((r) => g.relations.value[r]).filter((v) => v !== null);
  const strong = share !== null && share.low >= 0.1;
  const firm = tie.rows.some((r) => g.statuses[g.relations.status[r]] === "active");
  const width = share ? 1.2 + 6 * share.low : 1.2;
  const kinds = [...new Set(tie.rows.map((r) => g.kinds[g.relations.kind[r]]))].join(", ");
  const told = `${nameOf(x, tie.from)} ${kinds} ${nameOf(x, tie.to)}`;
  const key = share ? keys.link(tie.to, tie.from) : tie.rows.length === 1 ? keys.relation(tie.rows[0]) : keys.between(tie.from, tie.to);
  const near = Math.abs(a.column) <= 1 && Math.abs(b.column) <= 1;
  // one label at most a line, and only round the centre: the rest is in the drawer and in the twin
  const text = share ? quantity(share) : near && tie.class !== "commercial" && amounts.length === 1 && tie.rows.length === 1 ? quantity(amounts[0]) : "";
  const kind = strong ? "strong" : tie.class;
  return s("g", { class: `tie ${kind}${firm ? "" : " soft"}` },
    s("path", { d, class: "wide", "data-why": key }, s("title", null, told)),
    s("path", { d, class: "line", "stroke-width": width, "marker-end": `url(#head-${kind})` }),
    text && pictureNumber(text, key, { x: label.x, y: label.y, "text-anchor": label.anchor }, `${told}: ${text}`));
}

export function legend(near: Neighbourhood): Child {
  const classes = new Set(near.ties.map((tie) => tie.class));
  const sample = (kind: string, words: string, soft = false) =>
    h("li", null, s("svg", { width: 34, height: 10, "aria-hidden": "true" }, s("g", { class: `tie ${kind}${soft ? " soft" : ""}` },
      s("path", { d: "M0 5H34", class: "line", "stroke-width": kind === "strong" ? 4 : 1.6 }))), words);
  return h("ul", { class: "legend", "aria-label": "Legend" },
    classes.has("commercial") && [sample("commercial", "supplies"), sample("strong", "at least 10 % of the supplier’s revenue; wider = more")],
    classes.has("financing") && sample("financing", "financing: invests, lends, guarantees, grants"),
    classes.has("control") && sample("control", "owns"),
    sample("commercial", "not yet or no longer active", true));
}
