// What the passes found at one date. Parts are unpacked, and look-ups built, when a view first asks for them.

import { readBlock, withDefaults } from "./blocks";
import type { AtBlock, Company, DependenceRow, ExposureResult, Pair, Relation } from "./contract";
import type { Graph } from "./graph";

const nothing: AtBlock = {
  state: "",
  dependence: { results: [], notes: [] },
  exposure: { results: [], left_out: [], notes: [] },
  concentration: { results: [], left_out: 0, notes: [] },
  cycles: { count: 0, complete: true, max_length: 0, by_length: {}, hops: [], results: [], left_out: 0, notes: [] },
  pairs: [],
  groups: [],
};

/** The block with every part present; each is read once, when it is first asked for. */
function lazily(block: Partial<AtBlock>): AtBlock {
  const whole = {} as AtBlock;
  for (const key of Object.keys(nothing) as (keyof AtBlock)[]) {
    let value: unknown;
    Object.defineProperty(whole, key, {
      get() {
        if (value === undefined) {
          const given = block[key] as object | string | undefined;
          const usual = nothing[key];
          value =
            typeof usual === "object" && !Array.isArray(usual)
              ? withDefaults(given as object, usual)
              : (given ?? usual);
        }
        return value;
      },
    });
  }
  return whole;
}

export class At {
  readonly block: AtBlock;
  #dependence?: Map<Company, DependenceRow>;
  #exposure?: Map<Company, ExposureResult>;
  #pairs?: Map<number, Pair>;
  #graph: Graph;

  constructor(graph: Graph, block: Partial<AtBlock> | null) {
    this.#graph = graph;
    this.block = lazily(block ?? {});
  }

  /** live at the date and the newest observation of its link */
  live(r: Relation): boolean {
    return this.block.state === "" || this.block.state[r] === "l";
  }
  dependence(supplier: Company): DependenceRow | undefined {
    this.#dependence ??= new Map(this.block.dependence.results.map((row) => [row.supplier, row]));
    return this.#dependence.get(supplier);
  }
  exposure(target: Company): ExposureResult | undefined {
    this.#exposure ??= new Map(this.block.exposure.results.map((row) => [row.target, row]));
    return this.#exposure.get(target);
  }
  pair(from: Company, to: Company): Pair | undefined {
    const n = this.#graph.count;
    this.#pairs ??= new Map(this.block.pairs.map((pair) => [pair.from * n + pair.to, pair]));
    return this.#pairs.get(from * n + to);
  }
}

/** The block of each date, read once. */
export function datesOf(graph: Graph): (index: number) => At {
  const read: At[] = [];
  return (index) => (read[index] ??= new At(graph, readBlock<AtBlock>(`at-${index}`)));
}
