// The twin of the focus picture: its relations as a table.

import { bothNames, nameOf, type Context } from "../context";
import type { CompanyPlace } from "../data/contract";
import { isSupply } from "../data/graph";
import { quantity, unknown } from "../data/words";
import type { Neighbourhood } from "../layout/neighbourhood";
import { link } from "../state";
import type { Sheet } from "../ui/sheet";
import { keysOf } from "../why/keys";

export function twin(x: Context, near: Neighbourhood, centre: CompanyPlace): Sheet {
  const rows = near.ties.flatMap((tie) => tie.rows.map((r) => ({ tie, r })));
  const g = x.graph;
  const rel = g.relations;
  const keys = keysOf(g);
  const address = (c: CompanyPlace) => link({ view: "focus", company: g.companies.id[c] }, x.state);
  return {
    name: `${g.title}-focus-${g.companies.id[centre]}`,
    caption: `Relations around ${nameOf(x, centre)}`,
    rows: rows.length,
    columns: [
      { label: "From", cell: (i) => ({ text: bothNames(x, rows[i].tie.from), href: address(rows[i].tie.from) }) },
      { label: "Kind", cell: (i) => ({ text: g.kinds[rel.kind[rows[i].r]] }) },
      { label: "To", cell: (i) => ({ text: bothNames(x, rows[i].tie.to), href: address(rows[i].tie.to) }) },
      { label: "What", cell: (i) => ({ text: rel.item[rows[i].r] || rel.category[rows[i].r] }) },
      {
        label: "Share of supplier's revenue",
        numeric: true,
        cell: (i) => ({
          text: isSupply(g, rows[i].r) ? quantity(rel.revenue_share[rows[i].r]) : "",
          sort: rel.revenue_share[rows[i].r]?.low ?? null,
          why: keys.relation(rows[i].r),
        }),
      },
      {
        label: "Amount",
        numeric: true,
        cell: (i) => ({
          text: quantity(rel.value[rows[i].r]),
          sort: rel.value[rows[i].r]?.low ?? null,
          why: keys.relation(rows[i].r),
        }),
      },
      { label: "Status", cell: (i) => ({ text: g.statuses[rel.status[rows[i].r]] }) },
      { label: "As of", whole: true, cell: (i) => ({ text: rel.as_of[rows[i].r] || unknown }) },
    ],
  };
}
