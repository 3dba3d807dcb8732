// A table by columns. Cells are made when they are seen, sorted by or copied: 100,000 relations cost nothing until then.

import type { Child } from "./dom";
import { bdi, h, number } from "./dom";
import { unknown } from "../data/words";

export interface Cell {
  text: string;
  /** sorted by this instead of the text; null sorts last */
  sort?: number | string | null;
  why?: string;
  href?: string;
  /** shown instead of a long text; a copy has the whole */
  short?: string;
}

export interface Column {
  label: string;
  numeric?: boolean;
  /** holds sentences: gets room */
  wide?: boolean;
  /** a date or a short word: not broken */
  whole?: boolean;
  cell(row: number): Cell;
  /** its text alone, for the filter of a long table, where making whole cells takes too long */
  text?(row: number): string;
}

export interface Sheet {
  /** of the file that it is kept in */
  name: string;
  caption: string;
  rows: number;
  columns: Column[];
}

export function cellContent(cell: Cell): Child {
  if (cell.text === "") return "–";
  const shown = cell.short ?? cell.text;
  if (cell.why) return number(shown, cell.why);
  if (cell.href)
    return h(
      "a",
      cell.href.startsWith("#")
        ? { href: cell.href }
        : { href: cell.href, rel: "noopener noreferrer", target: "_blank" },
      bdi(shown),
    );
  return cell.text === unknown ? h("span", { class: "unknown" }, unknown) : bdi(cell.text);
}

/** The rows that hold every word of the filter, in any column. */
export function filtered(sheet: Sheet, query: string): number[] {
  const all = Array.from({ length: sheet.rows }, (_, i) => i);
  const words = query.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter((row) => {
    const text = sheet.columns
      .map((column) => (column.text ? column.text(row) : column.cell(row).text))
      .join("\n")
      .normalize("NFKC")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** `sort`: column number, with a minus for descending; what is unknown comes last either way. */
export function sorted(sheet: Sheet, rows: number[], sort: string): number[] {
  const column = sheet.columns[Math.abs(Number(sort)) - 1];
  if (!sort || !column) return rows;
  const down = sort.startsWith("-") ? -1 : 1;
  const keys = new Map(
    rows.map((row) => {
      const cell = column.cell(row);
      return [
        row,
        cell.sort === undefined ? (cell.text === unknown || cell.text === "" ? null : cell.text) : cell.sort,
      ];
    }),
  );
  const order = new Intl.Collator("en", { numeric: true });
  return rows.slice().sort((a, b) => {
    const [p, q] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if (p === null || q === null) return p === q ? a - b : p === null ? 1 : -1;
    const by = typeof p === "number" && typeof q === "number" ? p - q : order.compare(String(p), String(q));
    return by * down || a - b;
  });
}

/** A spreadsheet must not take a name from the data for a formula: such text gets an apostrophe before it. */
const plain = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[-+]?[\d.,]+\s?%?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

export function csv(sheet: Sheet, rows: number[]): string {
  const lines = [sheet.columns.map((column) => plain(column.label)).join(",")];
  for (const row of rows)
    lines.push(
      sheet.columns
        .map((column) => {
          const { text } = column.cell(row);
          return plain(text === unknown ? "" : text.replace(/\u00a0/g, " "));
        })
        .join(","),
    );
  return `${lines.join("\r\n")}\r\n`;
}
