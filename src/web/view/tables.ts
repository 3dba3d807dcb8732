// Tables: all companies and all relations, to sort, filter and copy.

import { bothNames, nameOf, relationKept, sectorKept, type Context } from "../context";
import { isSupply } from "../data/graph";
import { count, marked, percent, plural, quantity, unknown } from "../data/words";
import { link } from "../state";
import { choice } from "../ui/controls";
import { webAddress } from "../ui/dom";
import type { ViewParts } from "../ui/frame";
import type { Column, Sheet } from "../ui/sheet";
import { keysOf } from "../why/keys";

function companies(x: Context): Sheet {
  const g = x.graph;
  const c = g.companies;
  const keys = keysOf(g);
  const shown = c.id.map((_, i) => i).filter((i) => sectorKept(x, i));
  return {
    name: `${g.title}-companies`,
    caption: "Companies",
    rows: shown.length,
    columns: [
      {
        label: "Company",
        cell: (i) => ({ text: nameOf(x, shown[i]), href: link({ view: "focus", company: c.id[shown[i]] }, x.state) }),
      },
      { label: "Local name", cell: (i) => ({ text: c.local[shown[i]] }) },
      { label: "Ticker", cell: (i) => ({ text: c.ticker[shown[i]] }) },
      { label: "Sector", cell: (i) => ({ text: c.sector[shown[i]] }) },
      { label: "Country", cell: (i) => ({ text: c.country[shown[i]] }) },
      {
        label: "Revenue",
        numeric: true,
        cell: (i) => ({
          text: quantity(c.revenue[shown[i]]),
          sort: c.revenue[shown[i]]?.low ?? null,
          why: keys.revenue(shown[i]),
        }),
      },
      { label: "Period", cell: (i) => ({ text: c.period[shown[i]] }) },
      {
        label: "Revenue with a known customer",
        numeric: true,
        cell: (i) => {
          const row = x.at.dependence(shown[i]);
          return row?.quantified
            ? {
                text: marked(percent(row.attributed), row.marks),
                sort: row.attributed,
                why: keys.dependence(shown[i], "attributed"),
              }
            : { text: unknown, sort: null };
        },
      },
      {
        label: "Relations",
        numeric: true,
        cell: (i) => {
          const n = g.outgoing(shown[i]).length + g.incoming(shown[i]).length;
          return { text: count(n), sort: n, href: link({ view: "focus", company: c.id[shown[i]] }, x.state) };
        },
      },
      { label: "Id", cell: (i) => ({ text: c.id[shown[i]] }) },
    ],
  };
}

function relations(x: Context): Sheet {
  const g = x.graph;
  const r = g.relations;
  const keys = keysOf(g);
  const asked = x.state.statuses.length > 0;
  // without a choice of status all are listed: a table hides nothing of its own accord
  const shown = r.from
    .map((_, i) => i)
    .filter(
      (i) =>
        (asked ? relationKept(x, i) : relationKept({ ...x, state: { ...x.state, statuses: g.statuses } }, i)) &&
        (sectorKept(x, r.from[i]) || sectorKept(x, r.to[i])),
    );
  const address = (c: number) => link({ view: "focus", company: g.companies.id[c] }, x.state);
  const column = (label: string, text: (r: number) => string, form: Partial<Column> = {}): Column => ({
    ...form,
    label,
    text: (i) => text(shown[i]),
    cell: (i) => ({ text: text(shown[i]) }),
  });
  const company = (label: string, end: number[]): Column => ({
    label,
    wide: true,
    text: (i) => bothNames(x, end[shown[i]]),
    cell: (i) => ({ text: bothNames(x, end[shown[i]]), href: address(end[shown[i]]) }),
  });
  const titles = (n: number) =>
    (r.sources[n] ?? []).map((source) => g.sources.title[source] || g.sources.id[source]).join("; ");
  /** A share belongs to a supply and a stake to what is not one: the others have none, which is not the same as unknown. */
  const figure = (label: string, of: typeof r.value, ofSupplies?: boolean): Column => {
    const text = (n: number) =>
      !of[n] && ofSupplies !== undefined && isSupply(g, n) !== ofSupplies ? "" : quantity(of[n]);
    return {
      label,
      numeric: true,
      text: (i) => text(shown[i]),
      cell: (i: number) => ({ text: text(shown[i]), sort: of[shown[i]]?.low ?? null, why: keys.relation(shown[i]) }),
    };
  };
  const stateWords: Record<string, string> = {
    l: "counts",
    s: "superseded by a newer one",
    n: "not live",
    g: "inside a group",
  };
  return {
    name: `${g.title}-relations`,
    caption: "Relations",
    rows: shown.length,
    columns: [
      company("From", r.from),
      column("Kind", (n) => g.kinds[r.kind[n]]),
      company("To", r.to),
      column("Category", (n) => r.category[n]),
      column("Item", (n) => r.item[n], { wide: true }),
      figure("Amount", r.value),
      figure("Share of supplier's revenue", r.revenue_share, true),
      figure("Share of customer's purchases", r.supply_share, true),
      figure("Stake", r.stake, false),
      column("Status", (n) => g.statuses[r.status[n]]),
      column("Since", (n) => r.since[n], { whole: true }),
      column("Until", (n) => r.until[n], { whole: true }),
      column("As of", (n) => r.as_of[n] || unknown, { whole: true }),
      column("At the date", (n) => stateWords[x.at.block.state[n] ?? "l"] ?? unknown),
      column("Confidence", (n) => (r.confidence[n] >= 0 ? g.confidences[r.confidence[n]] : unknown)),
      {
        label: "Source",
        wide: true,
        text: (i) => titles(shown[i]),
        cell: (i) => {
          const list = r.sources[shown[i]] ?? [];
          const text = titles(shown[i]);
          if (list.length === 0) return { text: unknown };
          const first = g.sources.publisher[list[0]] || g.sources.title[list[0]] || g.sources.id[list[0]];
          const short = list.length > 1 ? `${first} and ${list.length - 1} more` : first;
          return list.length === 1 && webAddress(g.sources.url[list[0]])
            ? { text, short, href: g.sources.url[list[0]] }
            : { text, short, why: keys.relation(shown[i]) };
        },
      },
    ],
  };
}

export function tables(x: Context): ViewParts {
  const isCompanies = x.state.table === "companies";
  const sheet = isCompanies ? companies(x) : relations(x);
  return {
    headline: isCompanies ? plural(sheet.rows, "company", "companies") : plural(sheet.rows, "relation"),
    controls: choice(
      "Table",
      [
        ["companies", { table: "companies", query: "", sort: "", page: 1 }, isCompanies],
        ["relations", { table: "relations", query: "", sort: "", page: 1 }, !isCompanies],
      ],
      x.state,
    ),
    filters: isCompanies ? ["sectors"] : ["kinds", "sectors", "statuses"],
    sheet,
  };
}
