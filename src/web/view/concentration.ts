// Concentration: where there is only one supplier. A matrix, and the list of sole, single and dominant sources.

import { bothNames, companyLink, narrowed, sectorKept, type Context } from "../context";
import type { PagePurchase } from "../data/contract";
import { capitalAtLeast, count, hhi, marked, percent, plural, quantity, range, unknown } from "../data/words";
import { go, link } from "../state";
import { h, type Child } from "../ui/dom";
import { find } from "../ui/find";
import type { ViewParts } from "../ui/frame";
import type { Sheet } from "../ui/sheet";
import { table } from "../ui/table";
import { keysOf } from "../why/keys";
import { matrix } from "./concentration_draw";

/** Levels at which a purchase hangs on one supplier. */
export const hangs = (x: Context, p: PagePurchase): boolean =>
  ["sole-source", "single-source", "dominant"].includes(x.graph.levels[p.level]);

export function purchases(x: Context): PagePurchase[] {
  const only = narrowed(x);
  return x.at.block.concentration.results.filter(
    (p) =>
      (only < 0 || p.customer === only || p.suppliers.some((s) => s.supplier === only)) &&
      (x.state.sectors.length === 0 || sectorKept(x, p.customer) || p.suppliers.some((s) => sectorKept(x, s.supplier))),
  );
}

export function sheetOf(x: Context, list: PagePurchase[], name: string, caption: string): Sheet {
  const { id } = x.graph.companies;
  const keys = keysOf(x.graph);
  const address = (c: number) => link({ view: "focus", company: id[c] }, x.state);
  const largest = (p: PagePurchase) =>
    p.suppliers.reduce((best, s) => ((s.share?.low ?? -1) > (best?.share?.low ?? -1) ? s : best), p.suppliers[0]);
  return {
    name,
    caption,
    rows: list.length,
    columns: [
      { label: "Customer", cell: (i) => ({ text: bothNames(x, list[i].customer), href: address(list[i].customer) }) },
      { label: "Category", cell: (i) => ({ text: list[i].category }) },
      {
        label: "Largest supplier",
        cell: (i) => {
          const s = largest(list[i]);
          return s ? { text: bothNames(x, s.supplier), href: address(s.supplier) } : { text: "" };
        },
      },
      {
        label: "Its share",
        numeric: true,
        cell: (i) => {
          const s = largest(list[i]);
          return {
            text: quantity(s?.share),
            sort: s?.share?.low ?? null,
            why: keys.purchase(list[i].customer, list[i].category, "share"),
          };
        },
      },
      {
        label: "Suppliers",
        numeric: true,
        cell: (i) => ({
          text: count(list[i].suppliers.length),
          sort: list[i].suppliers.length,
          why: keys.purchase(list[i].customer, list[i].category, "suppliers"),
        }),
      },
      {
        label: "HHI",
        numeric: true,
        cell: (i) => ({
          text: list[i].covered ? marked(hhi(list[i].hhi), list[i].marks) : unknown,
          sort: list[i].covered ? list[i].hhi.low : null,
          why: keys.purchase(list[i].customer, list[i].category, "hhi"),
        }),
      },
      {
        label: "Covered",
        numeric: true,
        cell: (i) => ({
          text: quantity(list[i].covered),
          sort: list[i].covered?.low ?? null,
          why: keys.purchase(list[i].customer, list[i].category, "covered"),
        }),
      },
      {
        label: "Level",
        cell: (i) => ({
          text: x.graph.levels[list[i].level],
          sort: list[i].level,
          why: keys.purchase(list[i].customer, list[i].category, "level"),
        }),
      },
    ],
  };
}

export const topShare = (p: PagePurchase): string => (p.top ? marked(range(p.top, percent), p.marks) : unknown);

export function concentration(x: Context, width: number): ViewParts {
  const all = purchases(x);
  const one = all.filter((p) => hangs(x, p));
  const only = narrowed(x);
  const recorded = all.filter((p) => x.graph.levels[p.level] !== "dominant" && hangs(x, p)).length;
  const drawn = matrix(x, all, width);
  const beyond = x.at.block.concentration.left_out > 0;
  const left: Child[] = [];
  if (drawn.left)
    left.push(
      `Not drawn: ${plural(drawn.left, "purchase")} of smaller customers and suppliers; the table has all ${count(all.length)}.`,
    );
  if (x.at.block.concentration.left_out)
    left.push(
      `${plural(x.at.block.concentration.left_out, "purchase")} of lower levels left out of this page for its size.`,
    );
  return {
    headline:
      all.length === 0
        ? "No purchase is recorded here"
        : beyond
          ? `${capitalAtLeast(recorded, true)} purchases have one recorded supplier`
          : [
              `${count(recorded)} of ${plural(all.length, "purchase")} ${recorded === 1 ? "has" : "have"} one recorded supplier`,
            ],
    lead: [
      "For each customer and category: who supplies it, and how much hangs on the largest. Only recorded suppliers count; one who is not in the data is not seen.",
    ],
    controls: [
      find(x, {
        label: "A customer or supplier",
        placeholder: "A customer or supplier",
        key: "concentration-find",
        choose: (c) => go({ only: x.graph.companies.id[c], page: 1, page2: 1 }),
      }),
      only >= 0 &&
        h(
          "p",
          { class: "chosen-company" },
          "With ",
          companyLink(x, only),
          " · ",
          h(
            "a",
            { href: link({ only: "", page: 1, page2: 1 }, x.state), "data-key": "any-company" },
            "of all companies",
          ),
        ),
    ],
    filters: ["sectors"],
    picture: drawn.picture,
    sheet: sheetOf(x, all, `${x.graph.title}-concentration`, "Purchases by customer and category"),
    left,
    below:
      x.state.as === "picture" &&
      one.length > 0 &&
      h(
        "section",
        { "aria-labelledby": "one-source" },
        h("h2", { id: "one-source" }, "Sole, single and dominant sources"),
        table(sheetOf(x, one, `${x.graph.title}-sources`, "Sole, single and dominant sources"), x.state, "second", 25),
      ),
    notes: x.at.block.concentration.notes,
  };
}
