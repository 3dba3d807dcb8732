// Exposure: who depends on one customer, and by how much.

import { chains, others, unquantified } from "./exposure_lists";
import { bothNames, chosen, command, companyLink, nameOf, sectorKept, type Context } from "../context";
import type { CompanyPlace, PageTarget, PageExposure } from "../data/contract";
import { atLeast, capitalAtLeast, caveat, least, part as share, plural, quantity } from "../data/words";
import { go, link } from "../state";
import { h, number, type Child } from "../ui/dom";
import { find } from "../ui/find";
import type { ViewParts } from "../ui/frame";
import type { Sheet } from "../ui/sheet";
import { keysOf, type ExposurePart } from "../why/keys";
import { bars } from "./exposure_draw";

/** The customer on whom most depends by the figures: what a reader without a choice is shown. */
export function strongestTarget(x: Context): CompanyPlace {
  let best = -1;
  let most = -1;
  for (const result of x.at.block.exposure.results) {
    const sum = result.suppliers.reduce((total, row) => total + (row.total >= 0.1 ? row.total : 0), 0);
    if (sum > most) {
      best = result.target;
      most = sum;
    }
  }
  return best >= 0 ? best : 0;
}

const shownAtFirst = 25;
const most = 300;

function sheetOf(x: Context, result: PageTarget, rows: PageExposure[]): Sheet {
  const { id, sector } = x.graph.companies;
  const keys = keysOf(x.graph);
  const t = result.target;
  const part = (label: string, name: Exclude<ExposurePart, "amount">) => ({
    label,
    numeric: true,
    cell: (i: number) => ({
      text: share(rows[i][name], rows[i].marks),
      sort: rows[i][name],
      why: keys.exposure(t, rows[i].supplier, name),
    }),
  });
  return {
    name: `${x.graph.title}-exposure-${id[t]}`,
    caption: `Exposure of suppliers to ${nameOf(x, t)}`,
    rows: rows.length,
    columns: [
      {
        label: "Supplier",
        cell: (i) => ({
          text: bothNames(x, rows[i].supplier),
          href: link({ view: "focus", company: id[rows[i].supplier] }, x.state),
        }),
      },
      { label: "Sector", cell: (i) => ({ text: sector[rows[i].supplier] }) },
      part("Direct", "direct"),
      part("Indirect", "indirect"),
      part("Total", "total"),
      part("Other", "other"),
      part("Unattributed", "unattributed"),
      part("Trapped", "trapped"),
      {
        label: "Amount",
        numeric: true,
        cell: (i) => ({
          text: quantity(rows[i].amount),
          sort: rows[i].amount?.low ?? null,
          why: keys.exposure(t, rows[i].supplier, "amount"),
        }),
      },
    ],
  };
}

function headline(x: Context, target: CompanyPlace, rows: PageExposure[], leftOut: boolean): Child {
  const name = h("bdi", null, nameOf(x, target));
  const half = rows.filter((row) => row.total >= 0.5);
  if (half.length > 1)
    return [
      `${capitalAtLeast(half.length, leftOut && half.length === rows.length)} suppliers earn most of their revenue from `,
      name,
      caveat(half.map((row) => row.marks)),
    ];
  const first = rows[0];
  if (first)
    return [
      h("bdi", null, nameOf(x, first.supplier)),
      ` earns ${atLeast(first.marks)} `,
      number(least(first.total, first.marks), keysOf(x.graph).exposure(target, first.supplier, "total")),
      " of its revenue from ",
      name,
      first.indirect > 0 && ", over all tiers (estimate)",
    ];
  return ["No supplier's dependence on ", name, " has a figure"];
}

const notThere = (x: Context, target: CompanyPlace): ViewParts => ({
  headline: x.graph.count ? ["Who depends on ", h("bdi", null, nameOf(x, target)), "?"] : "No company is recorded",
  lead: x.at.block.exposure.left_out.includes(target)
    ? [
        "This page holds no exposure for it, for its size. The program answers: ",
        h("code", null, command(x, `exposure --to ${x.graph.companies.id[target]}`)),
      ]
    : "No supplier with a recorded chain to it, at this date.",
});

export function exposure(x: Context, width: number): ViewParts {
  const target = chosen(x, strongestTarget(x));
  const result = x.at.exposure(target);
  const picker = find(x, {
    label: "Pick a customer",
    placeholder: "Pick a customer",
    key: "exposure-find",
    choose: (c) => go({ company: x.graph.companies.id[c], supplier: "", top: 0, page: 1 }),
  });
  if (!result) return { ...notThere(x, target), controls: picker, aside: others(x, target) };
  const rows = result.suppliers.filter((row) => sectorKept(x, row.supplier));
  const shown = rows.slice(0, Math.min(most, x.state.top || shownAtFirst));
  const left: Child[] = [];
  if (rows.length > shown.length)
    left.push([
      `Not drawn: ${plural(rows.length - shown.length, "supplier")} with a smaller total; the table has them. `,
      x.state.top < most &&
        h("a", { href: link({ top: most }, x.state), "data-key": "draw-more" }, `Draw up to ${most}`),
    ]);
  if (result.left_out)
    left.push(`${plural(result.left_out, "supplier")} with a smaller total left out of this page for its size.`);
  if (result.zero) left.push(`${plural(result.zero, "supplier")} with figures and a total of 0 % not listed.`);
  return {
    headline: headline(x, target, rows, result.left_out > 0),
    lead: [
      "Share of each supplier's revenue that comes from ",
      companyLink(x, target),
      ", over all tiers: the least that the figures add up to. Every number tells where it comes from.",
    ],
    controls: picker,
    filters: ["sectors"],
    aside: others(x, target),
    picture: shown.length ? bars(x, target, shown, width) : undefined,
    sheet: sheetOf(x, result, rows),
    left,
    below: [unquantified(x, result), chains(x, result, rows)],
    notes: [...(result.notes ?? []), ...x.at.block.exposure.notes],
  };
}
