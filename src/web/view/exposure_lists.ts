// What stands beside the bars: chains, suppliers without figures, other customers.

import { chainMarks, companyLink, nameOf, sectorKept, type Context } from "../context";
import type { CompanyPlace, PageTarget, PageExposure } from "../data/contract";
import { count, marked, percent, plural } from "../data/words";
import { link } from "../state";
import { h, number, type Child } from "../ui/dom";
import { keysOf } from "../why/keys";

export function chains(x: Context, result: PageTarget, rows: PageExposure[]): Child {
  const { id } = x.graph.companies;
  const keys = keysOf(x.graph);
  const one = x.graph.byId.get(x.state.supplier);
  const all = rows
    .filter((row) => one === undefined || row.supplier === one)
    .flatMap((row) => row.chains.map((chain, n) => ({ row, chain, n })))
    .sort((a, b) => b.chain.share - a.chain.share);
  const shown = all.slice(0, 12);
  return h(
    "section",
    { "aria-labelledby": "chains" },
    h("h2", { id: "chains" }, "Strongest supply chains", one !== undefined && [" of ", companyLink(x, one)]),
    one !== undefined &&
      h(
        "p",
        null,
        h("a", { href: link({ supplier: "" }, x.state), "data-key": "all-chains" }, "Chains of all suppliers"),
      ),
    shown.length === 0 && h("p", { class: "muted" }, "None with figures."),
    h(
      "ol",
      { class: "chains" },
      shown.map(({ row, chain, n }) =>
        h(
          "li",
          null,
          number(
            marked(percent(chain.share), chainMarks(x, chain.companies)),
            keys.chain(result.target, row.supplier, n),
          ),
          " ",
          chain.companies.map((c, i) => [i > 0 && h("span", { class: "muted" }, " → "), companyLink(x, c)]),
        ),
      ),
    ),
    all.length > shown.length &&
      h(
        "p",
        { class: "muted" },
        `${plural(all.length - shown.length, "weaker chain")} not listed; choose a supplier to see its own.`,
      ),
    one === undefined &&
      rows.length > 1 &&
      h(
        "p",
        { class: "pick" },
        "Chains of one supplier: ",
        rows
          .slice(0, 12)
          .map((row, i) => [
            i > 0 && " · ",
            h(
              "a",
              { href: link({ supplier: id[row.supplier] }, x.state), "data-key": `chains-${id[row.supplier]}` },
              h("bdi", null, nameOf(x, row.supplier)),
            ),
          ]),
      ),
  );
}

export function unquantified(x: Context, result: PageTarget): Child {
  const keys = keysOf(x.graph);
  const listed = result.unquantified.filter((c) => sectorKept(x, c));
  const beyond = Math.max(0, listed.length - 60) + (result.unquantified_left_out ?? 0);
  if (listed.length === 0) return null;
  return h(
    "section",
    { "aria-labelledby": "unquantified" },
    h(
      "h2",
      { id: "unquantified" },
      `Unquantified: ${plural(listed.length + (result.unquantified_left_out ?? 0), "supplier")}`,
    ),
    h(
      "p",
      { class: "muted" },
      "A recorded chain leads to ",
      companyLink(x, result.target),
      ", but nobody reported the figures. Unknown is not zero.",
    ),
    h(
      "ul",
      { class: "names" },
      listed
        .slice(0, 60)
        .map((c) =>
          h(
            "li",
            null,
            companyLink(x, c),
            " ",
            number("unknown", keys.exposure(result.target, c, "total"), `Exposure of ${nameOf(x, c)}: unknown. Why?`),
          ),
        ),
    ),
    beyond > 0 && h("p", { class: "muted" }, `and ${count(beyond)} more`),
  );
}

/** The customers on whom most depends by the figures, to pick from. */
export function others(x: Context, target: CompanyPlace): Child {
  const list = x.at.block.exposure.results
    .filter((result) => result.target !== target && result.suppliers.length > 0)
    .map((result) => ({
      t: result.target,
      n: result.suppliers.filter((row) => row.total >= 0.1).length,
      most: result.suppliers[0].total,
    }))
    .sort((a, b) => b.n - a.n || b.most - a.most)
    .slice(0, 8);
  return (
    list.length > 0 &&
    h(
      "p",
      { class: "others muted" },
      "Other customers that suppliers depend on: ",
      list.map(({ t }, i) => [
        i > 0 && " · ",
        h(
          "a",
          {
            href: link({ company: x.graph.companies.id[t], supplier: "", top: 0, page: 1 }, x.state),
            "data-key": `customer-${t}`,
          },
          h("bdi", null, nameOf(x, t)),
        ),
      ]),
    )
  );
}
