// Which companies stand around one company: suppliers to the left, customers to the right, tier by tier; whoever only finances
// it, or is financed by it, stands above or below it. And what is left out when they are too many.

import { relationKept, sectorKept, type Context } from "../context";
import type { CompanyPlace, RelationPlace } from "../data/contract";
import { classOf, isSupply, type RelationClass } from "../data/graph";

export interface Tie {
  from: CompanyPlace;
  to: CompanyPlace;
  class: RelationClass;
  rows: RelationPlace[];
}

export interface Neighbourhood {
  /** column of each company: -n a supplier of tier n, +n a customer, 0 the company itself and its financing partners */
  column: Map<CompanyPlace, number>;
  /** in column 0: -1 above the company (gives money, owns it), 1 below (takes money, is owned) */
  side: Map<CompanyPlace, -1 | 1>;
  ties: Tie[];
  /** how many companies of each column are not drawn */
  left: Map<number, number>;
  /** relations among the drawn companies that the filters hide */
  hidden: number;
}

/** Companies drawn at once: more is a grey cloud, and the page says what it leaves out. */
export const most = 300;

export function neighbourhood(x: Context, centre: CompanyPlace, tiers: number, perColumn: number): Neighbourhood {
  const g = x.graph;
  const { from, to } = g.relations;
  const drawn = (r: RelationPlace) => x.at.live(r) && relationKept(x, r);
  const column = new Map<CompanyPlace, number>([[centre, 0]]);
  const side = new Map<CompanyPlace, -1 | 1>();
  const left = new Map<number, number>();
  let room = most - 1;

  const weight = (edge: CompanyPlace, c: CompanyPlace, upstream: boolean) => {
    const pair = upstream ? x.at.pair(c, edge) : x.at.pair(edge, c);
    return (pair?.share?.low ?? 0) * 1e6 + Math.log10(1 + (pair?.amount?.low ?? 0)) + 1;
  };
  const place = (found: Map<CompanyPlace, number>, at: number, keep: number) => {
    const order = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const kept = order.slice(0, Math.max(0, Math.min(keep, room)));
    room -= kept.length;
    for (const [c] of kept) column.set(c, at);
    if (order.length > kept.length) left.set(at, (left.get(at) ?? 0) + order.length - kept.length);
    return kept.map(([c]) => c);
  };
  const step = (edge: CompanyPlace[], upstream: boolean, at: number) => {
    const found = new Map<CompanyPlace, number>();
    for (const c of edge)
      for (const r of upstream ? g.incoming(c) : g.outgoing(c)) {
        const next = upstream ? from[r] : to[r];
        if (column.has(next) || !isSupply(g, r) || !drawn(r) || !sectorKept(x, next)) continue;
        found.set(next, Math.max(found.get(next) ?? 0, weight(c, next, upstream)));
      }
    return place(found, at, perColumn);
  };

  // both sides advance together, so that a company stands in its nearest tier
  let suppliers = [centre];
  let customers = [centre];
  for (let tier = 1; tier <= tiers; tier++) {
    suppliers = step(suppliers, true, -tier);
    customers = step(customers, false, tier);
  }
  const partners = new Map<CompanyPlace, number>();
  for (const r of [...g.incoming(centre), ...g.outgoing(centre)]) {
    const other = from[r] === centre ? to[r] : from[r];
    if (column.has(other) || isSupply(g, r) || !drawn(r) || !sectorKept(x, other)) continue;
    partners.set(other, (partners.get(other) ?? 0) + 1);
    side.set(other, from[r] === centre ? 1 : -1);
  }
  place(partners, 0, perColumn);

  const ties = new Map<string, Tie>();
  let hidden = 0;
  for (const c of column.keys())
    for (const r of g.outgoing(c)) {
      if (!column.has(to[r]) || to[r] === c || !x.at.live(r)) continue;
      if (!relationKept(x, r)) {
        hidden++;
        continue;
      }
      const kind = classOf(g, r);
      const key = `${c}-${to[r]}-${kind}`;
      const tie = ties.get(key) ?? { from: c, to: to[r], class: kind, rows: [] };
      tie.rows.push(r);
      ties.set(key, tie);
    }
  return { column, side, ties: [...ties.values()], left, hidden };
}
