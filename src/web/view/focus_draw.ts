// The marks of the focus view: cards, lines, legend.

import { nameOf, type Context } from "../context";
import type { CompanyPlace } from "../data/contract";
import type { RelationClass } from "../data/graph";
import { marked, percent, plural, quantity } from "../data/words";
import { listed } from "../layout/listed";
import type { Tie } from "../layout/neighbourhood";
import { link } from "../state";
import { fitted, h, isolated, pictureNumber, s, type Child } from "../ui/dom";
import { keysOf } from "../why/keys";

export const cardHeight = 46;

/** On a phone cards and gaps are narrower: a company and its suppliers fit beside each other. */
export interface Measures {
  card: number;
  gap: number;
  /** beside the outer columns, for lines within them */
  margin: number;
}
export function measuresFor(width: number, columns: number): Measures {
  if (width < 640) return { card: 132, gap: 92, margin: 30 };
  const [card, margin] = [184, 100];
  // room that few columns leave goes between them, where the numbers stand
  const room = (width - 2 * margin - columns * card) / Math.max(1, columns - 1);
  return { card, gap: Math.min(230, Math.max(124, room)), margin };
}

export interface Place {
  x: number;
  y: number;
  width: number;
  column: number;
}

/** Arrow heads: full for goods and services, hollow for payments and financing, as in the diagrams of `tierscope draw`. */
export function marks(): SVGElement {
  const head = (id: string, full: boolean) =>
    s(
      "marker",
      {
        id,
        viewBox: "0 0 10 10",
        refX: 9,
        refY: 5,
        markerWidth: 8,
        markerHeight: 8,
        markerUnits: "userSpaceOnUse",
        orient: "auto-start-reverse",
      },
      s("path", { d: "M1 1L9 5L1 9Z", class: full ? `head ${id}` : `head hollow ${id}` }),
    );
  return s(
    "defs",
    null,
    head("head-commercial", true),
    head("head-strong", true),
    head("head-payment", false),
    head("head-financing", false),
    head("head-control", false),
  );
}

export const columnHead = (middle: number, words: string): SVGElement =>
  s("text", { x: middle, y: 16, class: "column-head", "text-anchor": "middle" }, words);

export function drawCard(x: Context, c: CompanyPlace, place: Place, centre: CompanyPlace): SVGElement {
  const { local, ticker, id, aggregate } = x.graph.companies;
  const name = isolated(fitted(nameOf(x, c), place.width - 20, 13, 600));
  const small = [local[c], ticker[c]].filter(Boolean).join(" · ");
  const dependence = x.at.dependence(c);
  const known = dependence?.quantified ? Math.min(1, dependence.attributed) : 0;
  const own = c === centre;
  return s(
    "g",
    {
      transform: `translate(${place.x} ${place.y})`,
      class: `card${own ? " own" : ""}${aggregate[c] ? " aggregate" : ""}`,
      "data-company": c,
    },
    s(
      "a",
      {
        href: link({ view: "focus", company: id[c], top: 0 }, x.state),
        "data-key": `card-${id[c]}`,
        "aria-label": `${nameOf(x, c)} ${local[c]}${own ? ", in focus" : ""}`,
      },
      s("title", null, `${nameOf(x, c)} ${small}`.trim()),
      s("rect", { width: place.width, height: cardHeight, rx: 8, class: "plate" }),
      s("text", { x: 10, y: small ? 18 : 26, class: "name" }, name),
      small && s("text", { x: 10, y: 34, class: "small" }, isolated(fitted(small, place.width - 20, 11))),
      // how much of its revenue has a known customer
      known > 0 &&
        s(
          "rect",
          { x: 10, y: cardHeight - 6, width: (place.width - 20) * known, height: 2.5, class: "known" },
          s("title", null, `Customers known for ${marked(percent(known), dependence?.marks ?? "")} of its revenue`),
        ),
    ),
  );
}

/** Where a line leaves or enters a card. */
interface Port {
  x: number;
  y: number;
  /** +1: on the right side of the card */
  side: 1 | -1;
  /** how far the line keeps its direction, as a part of its way */
  reach: number;
}

export interface Ports {
  from: Port;
  to: Port;
}

/** The ends of each line: on the side that looks at the other company, lines of one side spread over its height in the order of
 *  where they go, so that neither they nor their numbers lie upon each other. */
export function portsOf(ties: Tie[], at: Map<CompanyPlace, Place>): Map<Tie, Ports> {
  const bundles = new Map<string, { port: Port; towards: number }[]>();
  const port = (own: Place, other: Place, key: string, rank: number): Port => {
    // lines within a column of suppliers go round its outer side, clear of the fan towards the centre
    const side = own.column === other.column ? (own.column < 0 ? -1 : 1) : own.x < other.x ? 1 : -1;
    // level for longer at the outer end, where its number stands and the lines of other rows would run through it
    const out = Math.abs(own.column) - Math.abs(other.column);
    const reach = out > 0 ? 0.7 : out < 0 ? 0.35 : 0.5;
    const made: Port = { x: side === 1 ? own.x + own.width : own.x, y: own.y + cardHeight / 2, side, reach };
    const bundle = `${key}${side}`;
    listed(bundles, bundle, { port: made, towards: other.y + rank });
    return made;
  };
  const ends = new Map(
    ties.map((tie, i): [Tie, Ports] => {
      const [a, b] = [at.get(tie.from)!, at.get(tie.to)!];
      // the same tie-break at both ends keeps parallel lines parallel
      return [tie, { from: port(a, b, `${tie.from}`, i / 1e6), to: port(b, a, `${tie.to}`, i / 1e6) }];
    }),
  );
  for (const bundle of bundles.values()) {
    bundle.sort((p, q) => p.towards - q.towards);
    const room = Math.min(cardHeight - 10, (bundle.length - 1) * 14);
    bundle.forEach(({ port: own }, i) => {
      if (bundle.length > 1) own.y += (i / (bundle.length - 1) - 0.5) * room;
    });
  }
  return ends;
}

/** The level stretch of a line past the centre, clear of the cards of the middle column: above the first or below the last. */
function detour(
  tie: Tie,
  { from, to }: Ports,
  at: Map<CompanyPlace, Place>,
): { y: number; left: number; right: number } | null {
  if (at.get(tie.from)!.column * at.get(tie.to)!.column >= 0) return null;
  const cards = [...at.values()].filter((place) => place.column === 0);
  const rows = cards.map((place) => place.y);
  const [top, bottom] = [Math.min(...rows), Math.max(...rows) + cardHeight];
  const { x, width } = cards[0];
  if (Math.max(from.y, to.y) < top || Math.min(from.y, to.y) > bottom) return null;
  const middle = (from.y + to.y) / 2;
  const clear = 10 + ((tie.from + tie.to) % 6) * 4;
  return { y: middle - top < bottom - middle ? top - clear : bottom + clear, left: x, right: x + width };
}

function path({ from, to }: Ports, past: ReturnType<typeof detour>): string {
  const end = to.x + to.side * 2;
  if (past) {
    const [first, last] = from.side === 1 ? [past.left, past.right] : [past.right, past.left];
    const [out, back] = [(first - from.x) / 2, (end - last) / 2];
    return `M${from.x} ${from.y}C${from.x + out} ${from.y} ${first - out} ${past.y} ${first} ${past.y}H${last}C${last + back} ${past.y} ${end - back} ${to.y} ${end} ${to.y}`;
  }
  // round the side within a column
  const round = Math.min(90, 26 + Math.abs(from.y - to.y) / 7);
  const reach = (port: Port) => port.side * (from.side === to.side ? round : Math.abs(end - from.x) * port.reach);
  return `M${from.x} ${from.y}C${from.x + reach(from)} ${from.y} ${end + reach(to)} ${to.y} ${end} ${to.y}`;
}

export function drawTie(
  x: Context,
  tie: Tie,
  ports: Ports,
  at: Map<CompanyPlace, Place>,
  centre: CompanyPlace,
  thickness: number,
): { line: SVGElement; label: SVGElement | null } {
  const g = x.graph;
  const keys = keysOf(g);
  const share = tie.class === "commercial" ? (x.at.pair(tie.from, tie.to)?.share ?? null) : null;
  const amounts = tie.rows.map((r) => g.relations.value[r]).filter((v) => v !== null);
  const kind = share !== null && share.low >= 0.1 ? "strong" : tie.class;
  const firm = tie.rows.some((r) => g.statuses[g.relations.status[r]] === "active");
  const near = tie.from === centre || tie.to === centre;
  // beside the question: within a tier, or past the centre
  const [a, b] = [at.get(tie.from)!.column, at.get(tie.to)!.column];
  const inTiers = near || (Math.abs(a - b) === 1 && a * b > 0);
  const kinds = [...new Set(tie.rows.map((r) => g.kinds[g.relations.kind[r]]))].join(", ");
  const told = `${nameOf(x, tie.from)} ${kinds} ${nameOf(x, tie.to)}`;
  const key = share
    ? keys.link(tie.to, tie.from)
    : tie.rows.length === 1
      ? keys.relation(tie.rows[0])
      : keys.between(tie.from, tie.to);
  const state = `${kind}${firm ? "" : " soft"}${inTiers || kind === "strong" ? "" : " aside"}`;
  const estimated = (share ?? amounts[0])?.estimated ?? false;
  const wide = share ? 1.2 + thickness * share.low : 1.2;
  const d = path(ports, detour(tie, ports, at));
  const line = s(
    "g",
    { class: `tie ${state}`, "data-ends": `${tie.from} ${tie.to}` },
    s("path", { d, class: "broad", "data-why": key }, s("title", null, told)),
    s("path", {
      d,
      class: "line",
      "stroke-width": estimated ? Math.max(3, wide) : wide,
      "marker-end": `url(#head-${kind})`,
    }),
    estimated && s("path", { d, class: "core", "stroke-width": Math.max(1.4, wide - 2) }),
  );
  // a number at the other company's end, where lines lie apart; the rest is in the drawer and in the twin
  const text =
    share && (near || kind === "strong")
      ? quantity(share)
      : !near || tie.class === "commercial"
        ? ""
        : tie.rows.length > 1
          ? plural(tie.rows.length, "relation")
          : amounts.length
            ? quantity(amounts[0])
            : "";
  if (!text) return { line, label: null };
  const outer = tie.from === centre ? ports.to : ports.from;
  return {
    line,
    label: s(
      "g",
      { class: `tie ${state}` },
      pictureNumber(
        text,
        key,
        {
          x: outer.x + outer.side * (outer === ports.to ? 14 : 8),
          y: outer.y - 5,
          "text-anchor": outer.side === 1 ? "start" : "end",
        },
        `${told}: ${text}`,
      ),
    ),
  };
}

/** Standing on a card, its lines come forward. */
export function highlight(picture: Element): void {
  const mark = (event: Event) => {
    const company = (event.target as Element).closest(".card")?.getAttribute("data-company");
    picture.classList.toggle("marking", company !== null && company !== undefined);
    for (const tie of picture.querySelectorAll(".tie[data-ends]"))
      tie.classList.toggle("marked", company ? tie.getAttribute("data-ends")!.split(" ").includes(company) : false);
  };
  for (const name of ["mouseover", "mouseout", "focusin", "focusout"]) picture.addEventListener(name, mark);
}

export function legend(classes: Set<RelationClass>, shares = true): Child {
  const sample = (kind: string, words: string, soft = false) =>
    h(
      "li",
      null,
      s(
        "svg",
        { width: 34, height: 10, "aria-hidden": "true" },
        s(
          "g",
          { class: `tie ${kind}${soft ? " soft" : ""}` },
          s("path", { d: "M0 5H34", class: "line", "stroke-width": kind === "strong" ? 4 : 1.6 }),
        ),
      ),
      words,
    );
  return h(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    classes.has("commercial") && [
      sample("commercial", shares ? "supplies" : "paid for supplies"),
      shares && sample("strong", "at least 10 % of the supplier's revenue; wider = more"),
    ],
    classes.has("payment") && sample("payment", "pays: what for is not recorded"),
    classes.has("financing") && sample("financing", "financing: invests, lends, guarantees, grants"),
    classes.has("control") && sample("control", "owns"),
    sample("commercial", "not yet or no longer active", true),
  );
}
