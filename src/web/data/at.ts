// What the passes found at one date. Parts are unpacked, and look-ups built, when a view first asks for them.

import { readBlock, withDefaults } from "./blocks";
import {
  emptyPageAnswers,
  type CompanyPlace,
  type PageAnswers,
  type PageDependence,
  type PagePair,
  type PageTarget,
  type RelationPlace,
} from "./contract";
import type { Graph } from "./graph";

/** The block with every part present; each is read once, when it is first asked for. */
function lazily(block: Partial<PageAnswers>): PageAnswers {
  const whole = {} as PageAnswers;
  for (const key of Object.keys(emptyPageAnswers) as (keyof PageAnswers)[]) {
    let value: unknown;
    Object.defineProperty(whole, key, {
      get() {
        if (value === undefined) {
          const given = block[key] as object | string | undefined;
          const usual = emptyPageAnswers[key];
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
  readonly block: PageAnswers;
  #dependence?: Map<CompanyPlace, PageDependence>;
  #exposure?: Map<CompanyPlace, PageTarget>;
  #pairs?: Map<number, PagePair>;
  #graph: Graph;

  constructor(graph: Graph, block: Partial<PageAnswers> | null) {
    this.#graph = graph;
    this.block = lazily(block ?? {});
  }

  /** live at the date and the newest observation of its link */
  live(r: RelationPlace): boolean {
    return this.block.state === "" || this.block.state[r] === "l";
  }
  dependence(supplier: CompanyPlace): PageDependence | undefined {
    this.#dependence ??= new Map(this.block.dependence.results.map((row) => [row.supplier, row]));
    return this.#dependence.get(supplier);
  }
  exposure(target: CompanyPlace): PageTarget | undefined {
    this.#exposure ??= new Map(this.block.exposure.results.map((row) => [row.target, row]));
    return this.#exposure.get(target);
  }
  pair(from: CompanyPlace, to: CompanyPlace): PagePair | undefined {
    const n = this.#graph.count;
    this.#pairs ??= new Map(this.block.pairs.map((pair) => [pair.from * n + pair.to, pair]));
    return this.#pairs.get(from * n + to);
  }
}

/** The block of each date, read once. */
export function datesOf(graph: Graph): (index: number) => At {
  const read: At[] = [];
  return (index) => (read[index] ??= new At(graph, readBlock<PageAnswers>(`at-${index}`)));
}
