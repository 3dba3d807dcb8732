// Orders companies in columns so that lines cross little (barycentre sweeps, the best order seen is kept), then places each
// near those it is tied to without changing the order.

import type { CompanyPlace } from "../data/contract";
import { listed } from "./listed";

export interface Column {
  at: number;
  companies: CompanyPlace[];
  /** the company that stays between the first and the last part of its column, if any */
  pinned?: CompanyPlace;
}
type Line = { from: CompanyPlace; to: CompanyPlace };

const place = (columns: Column[]): Map<CompanyPlace, number> => {
  const position = new Map<CompanyPlace, number>();
  for (const { companies } of columns)
    companies.forEach((c, i) => position.set(c, companies.length === 1 ? 0.5 : i / (companies.length - 1)));
  return position;
};

/** Pairs of lines between the same two columns that cross. */
export function crossings(columns: Column[], lines: Line[]): number {
  const at = new Map<CompanyPlace, number>();
  const row = new Map<CompanyPlace, number>();
  for (const column of columns)
    column.companies.forEach((c, i) => {
      at.set(c, column.at);
      row.set(c, i);
    });
  const groups = new Map<string, [number, number][]>();
  for (const line of lines) {
    const [a, b] = at.get(line.from)! <= at.get(line.to)! ? [line.from, line.to] : [line.to, line.from];
    if (at.get(a) === at.get(b)) continue;
    const key = `${at.get(a)}|${at.get(b)}`;
    listed(groups, key, [row.get(a)!, row.get(b)!]);
  }
  let sum = 0;
  for (const group of groups.values())
    for (let i = 0; i < group.length; i++)
      for (let j = 0; j < i; j++) if ((group[i][0] - group[j][0]) * (group[i][1] - group[j][1]) < 0) sum++;
  return sum;
}

export function order(columns: Column[], lines: Line[], sweeps = 12): Column[] {
  const neighbours = new Map<CompanyPlace, CompanyPlace[]>();
  const add = (a: CompanyPlace, b: CompanyPlace) => listed(neighbours, a, b);
  for (const { from, to } of lines) {
    add(from, to);
    add(to, from);
  }
  let now = columns.map((column) => ({ ...column, companies: column.companies.slice() }));
  let best = now;
  let fewest = crossings(now, lines);
  // counting crossings is quadratic: a large picture is swept, not measured
  const measured = lines.length < 1500;
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    now = now.map((column) => ({ ...column, companies: column.companies.slice() }));
    const walk = sweep % 2 ? now.slice().reverse() : now;
    for (const column of walk) {
      if (column.pinned !== undefined) continue;
      const position = place(now);
      const own = new Set(column.companies);
      const centre = new Map(
        column.companies.map((c) => {
          const near = (neighbours.get(c) ?? []).filter((other) => !own.has(other));
          return [
            c,
            near.length ? near.reduce((sum, other) => sum + position.get(other)!, 0) / near.length : position.get(c)!,
          ];
        }),
      );
      column.companies.sort((a, b) => centre.get(a)! - centre.get(b)!);
    }
    const cross = measured ? crossings(now, lines) : 0;
    if (!measured || cross < fewest) {
      best = now;
      fewest = measured ? cross : 1;
    }
  }
  return best;
}

/** Rows for a column: as near to `wanted` as the order and the distance allow (pool adjacent violators). */
export function spread(wanted: number[], distance: number): number[] {
  const blocks: { sum: number; size: number }[] = [];
  wanted.forEach((y, i) => {
    blocks.push({ sum: y - i * distance, size: 1 });
    for (let last = blocks.length - 1; last > 0; last--) {
      const [a, b] = [blocks[last - 1], blocks[last]];
      if (a.sum / a.size <= b.sum / b.size) break;
      blocks.splice(last - 1, 2, { sum: a.sum + b.sum, size: a.size + b.size });
    }
  });
  const rows: number[] = [];
  for (const block of blocks)
    for (let n = 0; n < block.size; n++) rows.push(block.sum / block.size + rows.length * distance);
  return rows;
}
