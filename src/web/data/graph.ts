// The graph of the page: the companies, relations and sources that every view looks up. Nothing is computed here but
// which relations leave and enter a company.

import { readBlock, withDefaults } from "./blocks";
import type { Company, GraphBlock, Relation } from "./contract";

/** Relations by company, in compressed rows: 100,000 relations in two arrays instead of 40,000 small ones. */
interface Rows {
  first: Int32Array;
  list: Int32Array;
}

export interface Graph extends GraphBlock {
  count: number;
  relationCount: number;
  byId: Map<string, Company>;
  outgoing(c: Company): Int32Array;
  incoming(c: Company): Int32Array;
}

const noCompanies: GraphBlock["companies"] = {
  id: [],
  name: [],
  local: [],
  sector: [],
  country: [],
  ticker: [],
  revenue: [],
  period: [],
  aggregate: [],
  sources: [],
};
const noRelations: GraphBlock["relations"] = {
  from: [],
  to: [],
  kind: [],
  status: [],
  category: [],
  item: [],
  value: [],
  basis: [],
  revenue_share: [],
  supply_share: [],
  stake: [],
  since: [],
  until: [],
  as_of: [],
  restates: [],
  confidence: [],
  sources: [],
  note: [],
  place: [],
};
const noSources: GraphBlock["sources"] = { id: [], title: [], publisher: [], date: [], url: [], language: [] };

const nothing: GraphBlock = {
  format: 1,
  program: "",
  title: "",
  graphs: [],
  options: "",
  currency: null,
  kinds: [],
  statuses: [],
  bases: [],
  confidences: [],
  classes: [],
  levels: [],
  companies: noCompanies,
  relations: noRelations,
  sources: noSources,
  dates: [],
  notes: [],
};

function rowsBy(end: Company[], companies: number): Rows {
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
  const block: GraphBlock = withDefaults(readBlock<GraphBlock>("graph"), nothing);
  block.companies = withDefaults(block.companies, noCompanies);
  for (const part of ["name", "local", "sector", "country", "ticker"] as const)
    block.companies[part] = short(block.companies[part]);
  block.relations = withDefaults(block.relations, noRelations);
  block.sources = withDefaults(block.sources, noSources);
  if (block.dates.length === 0) block.dates = [{ label: "latest", date: null }];
  const { companies, relations } = block;
  const count = companies.id.length;
  const out = rowsBy(relations.from, count);
  const into = rowsBy(relations.to, count);
  const of = (rows: Rows) => (c: Company) => rows.list.subarray(rows.first[c], rows.first[c + 1]);
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
    g.dates.findLastIndex((date) => date.date === null || date.date.slice(0, 4) >= label),
  );
}

export const isSupply = (g: Graph, r: Relation): boolean => g.kinds[g.relations.kind[r]] === "supplies";

/** commercial | financing | control: what a line of a picture shows (definitions, section 1) */
export type RelationClass = "commercial" | "financing" | "control";
export function classOf(g: Graph, r: Relation): RelationClass {
  const kind = g.kinds[g.relations.kind[r]];
  return kind === "supplies" ? "commercial" : kind === "owns" ? "control" : "financing";
}
