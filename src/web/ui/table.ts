// A sheet as a table: filter, sort, pages. A page has a hundred rows at most, whatever the sheet holds.

import type { State } from "../state";
import { go, link } from "../state";
import { count, plural } from "../data/words";
import { h } from "./dom";
import { cellContent, csv, filtered, sorted, type Sheet } from "./sheet";
import { copy, keep } from "./keep";

/** Which keys of the state this table uses: a page may show two. */
export type TableKeys = "first" | "second";
const keysOfTable = {
  first: { query: "query", sort: "sort", page: "page" },
  second: { query: "query2", sort: "sort2", page: "page2" },
} as const;

/** The rows as the table shows them: filtered and sorted. */
export function rowsShown(sheet: Sheet, state: State, which: TableKeys = "first"): number[] {
  const keys = keysOfTable[which];
  return sorted(sheet, filtered(sheet, state[keys.query]), state[keys.sort]);
}

export function table(sheet: Sheet, state: State, which: TableKeys = "first", size = 50): HTMLElement {
  const keys = keysOfTable[which];
  const rows = rowsShown(sheet, state, which);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(state[keys.page], pages);
  const sort = state[keys.sort];

  const heading = (label: string, i: number, numeric?: boolean) => {
    const own = Math.abs(Number(sort)) === i + 1;
    const descending = own && sort.startsWith("-");
    // a number is asked for its largest first
    const next = own ? (descending ? String(i + 1) : `-${i + 1}`) : numeric ? `-${i + 1}` : String(i + 1);
    return h(
      "th",
      {
        scope: "col",
        class: numeric ? "numeric" : null,
        "aria-sort": own ? (descending ? "descending" : "ascending") : "none",
      },
      h(
        "a",
        { href: link({ [keys.sort]: next, [keys.page]: 1 }, state), "data-key": `${which}-sort-${i}`, class: "sort" },
        label,
        h("span", { "aria-hidden": "true", class: "arrow" }, own ? (descending ? " ↓" : " ↑") : ""),
      ),
    );
  };

  const filter = h("input", {
    type: "search",
    value: state[keys.query],
    placeholder: "Filter rows",
    "aria-label": `Filter: ${sheet.caption}`,
    "data-key": `${which}-filter`,
    autocomplete: "off",
    spellcheck: "false",
  });
  let waiting = 0;
  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => go({ [keys.query]: filter.value, [keys.page]: 1 }, true), 180);
  });

  const copied = h("span", { role: "status", class: "muted" });
  const copyButton = h("button", { type: "button", class: "quiet", "data-key": `${which}-copy` }, "Copy as CSV");
  copyButton.addEventListener("click", () => {
    void copy(csv(sheet, rows)).then((done) => {
      copied.textContent = done ? `Copied ${plural(rows.length, "row")}` : "The browser refused; take the file";
    });
  });
  const fileButton = h("button", { type: "button", class: "quiet", "data-key": `${which}-file` }, "CSV file");
  fileButton.addEventListener("click", () => keep(`${sheet.name}.csv`, "text/csv", `\ufeff${csv(sheet, rows)}`));

  const turn = (to: number, words: string) =>
    h("a", { href: link({ [keys.page]: to }, state), "data-key": `${which}-page-${words}` }, words);
  return h(
    "section",
    { class: "sheet", "aria-label": sheet.caption },
    h("div", { class: "tools" }, filter, copyButton, fileButton, copied),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": sheet.caption },
      h(
        "table",
        null,
        h("caption", { class: "hidden" }, sheet.caption),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            sheet.columns.map((column, i) => heading(column.label, i, column.numeric)),
          ),
        ),
        h(
          "tbody",
          null,
          rows.slice((page - 1) * size, page * size).map((row) =>
            h(
              "tr",
              null,
              sheet.columns.map((column, i) =>
                h(
                  i === 0 ? "th" : "td",
                  {
                    class: column.numeric ? "numeric" : column.wide ? "wide" : column.whole ? "unbroken" : null,
                    scope: i === 0 ? "row" : null,
                  },
                  cellContent(column.cell(row)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    h(
      "p",
      { class: "pages" },
      rows.length === 0
        ? "No row."
        : `${count((page - 1) * size + 1)}–${count(Math.min(page * size, rows.length))} of ${count(rows.length)}`,
      rows.length < sheet.rows && ` (${count(sheet.rows)} without the filter)`,
      page > 1 && [" ", turn(page - 1, "Previous")],
      page < pages && [" ", turn(page + 1, "Next")],
    ),
  );
}
