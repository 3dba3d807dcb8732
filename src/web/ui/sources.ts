// Relations and their sources as a drawer and a table show them.

import { nameOf, companyLink, type Context } from "../context";
import type { RelationPlace, SourcePlace } from "../data/contract";
import { classOf } from "../data/graph";
import { capital, quantity, unknown } from "../data/words";
import { bdi, h, webAddress, type Child } from "./dom";

/** Title, publisher, date; a link where the data give one that a browser may open. */
export function sourceItem(x: Context, source: SourcePlace): HTMLElement {
  const { id, title, publisher, date, url } = x.graph.sources;
  const words = title[source] || id[source] || unknown;
  const address = webAddress(url[source] ?? "");
  return h(
    "li",
    { class: "source" },
    address
      ? h("a", { href: address, rel: "noopener noreferrer", target: "_blank", class: "out" }, bdi(words))
      : bdi(words),
    h(
      "span",
      { class: "muted" },
      [publisher[source], date[source] || "date unknown"].filter(Boolean).map((text) => [" · ", bdi(text)]),
    ),
  );
}

export function relationSources(x: Context, r: RelationPlace): Child {
  const list = x.graph.relations.sources[r] ?? [];
  return list.length
    ? h(
        "ul",
        { class: "sources" },
        list.map((source) => sourceItem(x, source)),
      )
    : h("p", { class: "muted" }, "No source is named.");
}

/** Everything that is recorded about a relation. */
export function relationCard(x: Context, r: RelationPlace): HTMLElement {
  const g = x.graph;
  const rel = g.relations;
  const commercial = classOf(g, r) === "commercial";
  const facts: [string, string][] = [];
  const fact = (name: string, value: string, always = false) => {
    if (value && (always || value !== unknown)) facts.push([name, value]);
  };
  const confidence = rel.confidence[r] >= 0 ? g.confidences[rel.confidence[r]] : unknown;
  fact("share of supplier's revenue", quantity(rel.revenue_share[r]), commercial);
  fact("share of customer's purchases", quantity(rel.supply_share[r]), commercial);
  const basis = rel.basis[r] >= 0 ? ` (${g.bases[rel.basis[r]]})` : "";
  fact("amount", rel.value[r] ? quantity(rel.value[r]) + basis : unknown, true);
  fact("stake", quantity(rel.stake[r]));
  fact("status", g.statuses[rel.status[r]], true);
  fact("since", rel.since[r]);
  fact("until", rel.until[r]);
  fact("as of", rel.as_of[r] || unknown, true);
  fact("confidence", confidence, true);
  if (rel.restates[r]) fact("restates", "yes: contained in another row, never summed");
  fact("row", rel.place[r]);
  const what = [rel.category[r], rel.item[r]].filter(Boolean);
  return h(
    "article",
    { class: `relation ${classOf(g, r)}` },
    h("h4", null, companyLink(x, rel.from[r]), ` ${g.kinds[rel.kind[r]]} `, companyLink(x, rel.to[r])),
    what.length > 0 && h("p", { class: "what" }, bdi(capital(what.join(": ")))),
    h(
      "dl",
      null,
      facts.map(([name, value]) =>
        h("div", null, h("dt", null, name), h("dd", { class: value === unknown ? "unknown" : null }, bdi(value))),
      ),
    ),
    rel.note[r] && h("p", { class: "note" }, bdi(rel.note[r])),
    relationSources(x, r),
  );
}

/** "Runze Technology → ByteDance" as text */
export const arrow = (x: Context, companies: number[]): string => companies.map((c) => nameOf(x, c)).join(" → ");
