// The sources of a revenue stand at the company, not at a relation.

import type { Context } from "../context";
import { h, type Child } from "../ui/dom";
import { sourceItem } from "../ui/sources";
import { parts } from "./keys";

export function explainCompanySources(x: Context): Child {
  const [kind, id] = parts(x.state.why);
  const c = x.graph.byId.get(id);
  if (kind !== "revenue" || c === undefined) return null;
  const sources = x.graph.companies.sources[c] ?? [];
  return (
    sources.length > 0 && [
      h("h3", null, "Sources"),
      h(
        "ul",
        { class: "sources" },
        sources.map((source) => sourceItem(x, source)),
      ),
    ]
  );
}
