// What a view is given: the graph, the date's results, and the state. And the few words that all views share.

import type { At } from "./data/at";
import type { CompanyPlace, RelationPlace } from "./data/contract";
import type { Graph } from "./data/graph";
import type { Search } from "./data/search";
import { marksOf } from "./data/words";
import type { State } from "./state";
import { link } from "./state";
import { bdi, h, type Child } from "./ui/dom";

export interface Context {
  graph: Graph;
  at: At;
  /** index into graph.dates */
  date: number;
  state: State;
  search: Search;
}

export const nameOf = (x: Context, c: CompanyPlace): string => x.graph.companies.name[c] || x.graph.companies.id[c];

/** "Cambricon 寒武纪" */
export const bothNames = (x: Context, c: CompanyPlace): string => {
  const local = x.graph.companies.local[c];
  return local && local !== nameOf(x, c) ? `${nameOf(x, c)} ${local}` : nameOf(x, c);
};

export const companyLink = (x: Context, c: CompanyPlace): HTMLElement =>
  h(
    "a",
    { class: "company", href: link({ view: "focus", company: x.graph.companies.id[c] }, x.state) },
    bdi(nameOf(x, c)),
  );

/** The marks of a chain's share: of all shares along it. */
export const chainMarks = (x: Context, companies: CompanyPlace[]): string =>
  marksOf(
    companies.slice(1).map((to, i) => x.at.dependence(companies[i])?.customers.find((c) => c.customer === to)?.share),
  );

/** A loop in words, no name broken where it need not be. */
export const ring = (x: Context, companies: CompanyPlace[]): Child =>
  [...companies, companies[0]].map((c, i) => [i > 0 && " → ", h("bdi", { class: "whole" }, nameOf(x, c))]);

/** The company that the state names, or the fallback. */
export const chosen = (x: Context, fallback: CompanyPlace): CompanyPlace =>
  x.graph.byId.get(x.state.company) ?? fallback;

/** The company that the view is narrowed to, -1 = none. */
export const narrowed = (x: Context): CompanyPlace => x.graph.byId.get(x.state.only) ?? -1;

export const sectorKept = (x: Context, c: CompanyPlace): boolean =>
  x.state.sectors.length === 0 || x.state.sectors.includes(x.graph.companies.sector[c] || "none");

/** Without a choice everything that is or may come to be; what ended or is only rumoured is drawn when it is asked for. */
export function relationKept(x: Context, r: RelationPlace): boolean {
  const { kinds, statuses, relations } = x.graph;
  const status = statuses[relations.status[r]];
  if (x.state.kinds.length && !x.state.kinds.includes(kinds[relations.kind[r]])) return false;
  return x.state.statuses.length ? x.state.statuses.includes(status) : status !== "ended" && status !== "rumoured";
}

/** The command that prints the same numbers. */
export function command(x: Context, words: string): string {
  const quoted = (text: string) => (/^[\w./:,@%+-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`);
  const [verb, ...rest] = words.split(" ");
  const date = x.graph.dates[x.date]?.date;
  return ["tierscope", verb, ...x.graph.graphs.map(quoted), ...rest, x.graph.options, date ? `--as-of ${date}` : ""]
    .filter(Boolean)
    .join(" ");
}
