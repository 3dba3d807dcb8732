// Cuts loops: a Sankey diagram flows one way. Of every loop met the thinnest link is cut, and the cut links are listed.

import { listed } from "./listed";

export interface Flow {
  from: number;
  to: number;
  weight: number;
}

/** The links that stay, strongest first, and those without which nothing flows in a circle. Links are taken from the strongest
 *  down; one that would close a loop with stronger ones is cut. */
export function acyclic<F extends Flow>(flows: F[]): { kept: F[]; cut: F[] } {
  const next = new Map<number, number[]>();
  const reaches = (from: number, to: number): boolean => {
    const seen = new Set([from]);
    const open = [from];
    while (open.length) {
      const at = open.pop()!;
      if (at === to) return true;
      for (const other of next.get(at) ?? [])
        if (!seen.has(other)) {
          seen.add(other);
          open.push(other);
        }
    }
    return false;
  };
  const kept: F[] = [];
  const cut: F[] = [];
  for (const flow of flows.slice().sort((a, b) => b.weight - a.weight)) {
    if (reaches(flow.to, flow.from)) {
      cut.push(flow);
      continue;
    }
    kept.push(flow);
    listed(next, flow.from, flow.to);
  }
  return { kept, cut };
}
