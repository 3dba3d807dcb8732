// The graph of the page: the companies, relations and sources that every view looks up. Nothing is computed here but
// which relations leave and enter a company.

import { readBlock, withDefaults } from "./blocks";
import { emptyPageGraph, type CompanyPlace, type PageGraph, type RelationPlace } from "./contract";

/** Relations by company, in compressed rows: 100,000 relations in two arrays instead of 40,000 small ones. */
interface Rows {
  first: Int32Array;
  list: Int32Array;
}

export interface Graph extends PageGraph {
  count: number;
  relationCount: number;
  byId: Map<string, CompanyPlace>;
  outgoing(c: CompanyPlace): Int32Array;
  incoming(c: CompanyPlace): Int32Array;
}

function rowsBy(end: CompanyPlace[], companies: number): Rows {
  const first = new Int32Array(companies + 1);
  for (const c of end) first[c + 1]++;
  for (let c = 0; c < companies; c++) first[c + 1] += first[c];
  const next = first.slice();
  const list = new Int32Array(end.length);
  end.forEach((c, r) => {
    list[next[c]++] = r;
  });
  return { first, list };
}

/** A name has a line, not a page. */
const longest = 160;
const short = (texts: string[]): string[] =>
  texts.map((text) => (text.length > longest ? `${[...text.slice(0, longest)].slice(0, -1).join("")}…` : text));

export function readGraph(): Graph {
  const block: PageGraph = withDefaults(readBlock<PageGraph>("graph"), emptyPageGraph);
  block.companies = withDefaults(block.companies, emptyPageGraph.companies);
  for (const part of ["name", "local", "sector", "country", "ticker"] as const)
    block.companies[part] = short(block.companies[part]);
  block.relations = withDefaults(block.relations, emptyPageGraph.relations);
  block.sources = withDefaults(block.sources, emptyPageGraph.sources);
  if (block.dates.length === 0) block.dates = [{ label: "latest", date: "" }];
  const { companies, relations } = block;
  const count = companies.id.length;
  const out = rowsBy(relations.from, count);
  const into = rowsBy(relations.to, count);
  const of = (rows: Rows) => (c: CompanyPlace) => rows.list.subarray(rows.first[c], rows.first[c + 1]);
  return {
    ...block,
    count,
    relationCount: relations.from.length,
    byId: new Map(companies.id.map((id, c) => [id, c])),
    outgoing: of(out),
    incoming: of(into),
  };
}

/** The date of a label; a year without a date of its own is answered by the next one that has, which holds the same. */
export function dateOf(g: Graph, label: string): number {
  const named = g.dates.findIndex((date) => date.label === label);
  if (named >= 0 || !/^\d{4}$/.test(label)) return Math.max(0, named);
  return Math.max(
    0,
    g.dates.findLastIndex((date) => !date.date || date.date.slice(0, 4) >= label),
  );
}

export const isSupply = (g: Graph, r: RelationPlace): boolean => g.kinds[g.relations.kind[r]] === "supplies";

/** What a line of a picture shows; `commercial` is a sale, `payment` one way of money for what nobody recorded. */
export type RelationClass = "commercial" | "payment" | "financing" | "control";
const classes: Record<string, RelationClass> = { supplies: "commercial", pays: "payment", owns: "control" };
export function classOf(g: Graph, r: RelationPlace): RelationClass {
  return classes[g.kinds[g.relations.kind[r]]] ?? "financing";
}
