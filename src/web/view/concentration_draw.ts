// The matrix: suppliers down, customers across, a cell for what one supplies the other, coloured by how much hangs on it.

import { nameOf, type Context } from "../context";
import type { CompanyPlace, PagePurchase, PageQuantity } from "../data/contract";
import { quantity, words } from "../data/words";
import { link } from "../state";
import { fitted, isolated, s, textWidth, type Child } from "../ui/dom";
import { scrolling } from "../ui/picture";
import { keysOf } from "../why/keys";

const mostSuppliers = 60;
const mostCustomers = 40;

/** Without its sign; an exact one to the whole percent where even that is too wide. A range is not cut to its low end. */
function narrow(share: PageQuantity, room: number): string {
  const bare = quantity(share).replace(/\s?%/, "");
  if (textWidth(bare, 12, 600) <= room) return bare;
  if (share.low !== share.high || share.estimated) return "…";
  return share.low < 0.005 ? "<1" : String(Math.round(share.low * 100));
}

interface Cell {
  /** the strictest level of what it supplies: smaller hangs more */
  level: number;
  purchases: PagePurchase[];
}

export function matrix(
  x: Context,
  purchases: PagePurchase[],
  available: number,
): { picture: HTMLElement | undefined; left: number } {
  if (purchases.length === 0) return { picture: undefined, left: 0 };
  const keys = keysOf(x.graph);
  const { id } = x.graph.companies;
  // what hangs most first: 10 for a sole source … 5 for a moderate one
  const weight = (p: PagePurchase) => 10 - p.level;
  const suppliers = new Map<CompanyPlace, number>();
  const customers = new Map<CompanyPlace, number>();
  for (const p of purchases) {
    customers.set(p.customer, (customers.get(p.customer) ?? 0) + weight(p));
    for (const entry of p.suppliers) suppliers.set(entry.supplier, (suppliers.get(entry.supplier) ?? 0) + weight(p));
  }
  const first = (by: Map<CompanyPlace, number>, n: number) =>
    [...by]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, n)
      .map(([c]) => c);
  let across = first(customers, mostCustomers);
  if (customers.size > mostCustomers) {
    // the heaviest customers and the heaviest suppliers may have nothing to do with each other: then whoever buys from the few
    // heaviest suppliers is drawn
    const heavy = new Set(first(suppliers, 12));
    const theirs = new Map<CompanyPlace, number>();
    for (const p of purchases)
      for (const entry of p.suppliers)
        if (heavy.has(entry.supplier)) theirs.set(p.customer, (theirs.get(p.customer) ?? 0) + weight(p));
    across = first(theirs, mostCustomers);
  }
  const column = new Map(across.map((c, i) => [c, i]));
  const near = new Map<CompanyPlace, number>();
  for (const p of purchases)
    if (column.has(p.customer))
      for (const entry of p.suppliers) near.set(entry.supplier, suppliers.get(entry.supplier)!);
  const down = first(near, mostSuppliers);
  const downSet = new Set(down);
  const cells = new Map<string, Cell>();
  let left = 0;
  for (const p of purchases) {
    let all = column.has(p.customer);
    for (const { supplier } of p.suppliers) {
      if (!downSet.has(supplier) || !column.has(p.customer)) {
        all = false;
        continue;
      }
      const key = `${supplier}|${p.customer}`;
      const found = cells.get(key) ?? { level: p.level, purchases: [] };
      found.level = Math.min(found.level, p.level);
      found.purchases.push(p);
      cells.set(key, found);
    }
    if (!all) left++;
  }
  // suppliers in the order of their first customer: the filled cells gather along a diagonal
  const firstColumn = (supplier: CompanyPlace) =>
    Math.min(...across.map((c, i) => (cells.has(`${supplier}|${c}`) ? i : Infinity)));
  const ordered = down
    .filter((supplier) => firstColumn(supplier) < Infinity)
    .sort((a, b) => firstColumn(a) - firstColumn(b) || suppliers.get(b)! - suppliers.get(a)!);
  const row = new Map(ordered.map((c, i) => [c, i]));

  const nameWidth = Math.min(
    available < 640 ? 130 : 220,
    Math.max(90, ...ordered.map((c) => textWidth(nameOf(x, c), 13, 500))) + 12,
  );
  const cell = Math.round(Math.max(28, Math.min(104, (available - nameWidth - 120) / across.length)));
  const high = Math.min(cell, 42);
  const headHeight = 128;
  const bottom = headHeight + ordered.length * high;
  const content: Child[] = [];
  ordered.forEach((c, i) =>
    content.push(
      s(
        "a",
        { href: link({ view: "focus", company: id[c] }, x.state), "data-key": `row-${id[c]}` },
        s(
          "text",
          { x: nameWidth - 8, y: headHeight + (i + 0.5) * high + 4.5, "text-anchor": "end", class: "axis" },
          isolated(fitted(nameOf(x, c), nameWidth - 10, 13, 500)),
        ),
      ),
      s("line", {
        x1: nameWidth,
        x2: nameWidth + across.length * cell,
        y1: headHeight + (i + 1) * high,
        y2: headHeight + (i + 1) * high,
        class: "grid",
      }),
    ),
  );
  across.forEach((c, i) =>
    content.push(
      s(
        "a",
        { href: link({ view: "focus", company: id[c] }, x.state), "data-key": `column-${id[c]}` },
        s(
          "text",
          { transform: `translate(${nameWidth + (i + 0.5) * cell + 4} ${headHeight - 8}) rotate(-45)`, class: "axis" },
          isolated(fitted(nameOf(x, c), 145, 13, 500)),
        ),
      ),
      s("line", {
        x1: nameWidth + (i + 1) * cell,
        x2: nameWidth + (i + 1) * cell,
        y1: headHeight,
        y2: bottom,
        class: "grid",
      }),
    ),
  );
  for (const [key, found] of cells) {
    const [supplier, customer] = key.split("|").map(Number);
    if (!row.has(supplier)) continue;
    const [cx, cy] = [nameWidth + column.get(customer)! * cell, headHeight + row.get(supplier)! * high];
    const level = x.graph.levels[found.level];
    const shares = found.purchases.map((p) => p.suppliers.find((e) => e.supplier === supplier)?.share ?? null);
    const told = `${nameOf(x, supplier)} to ${nameOf(x, customer)}: ${found.purchases.map((p, i) => `${p.category} ${words(x.graph.levels[p.level])}, share ${quantity(shares[i])}`).join("; ")}`;
    const share = shares.length === 1 ? shares[0] : null;
    const middle = { x: cx + cell / 2, "text-anchor": "middle" };
    // what is bought, where there is room for it
    const what =
      found.purchases.length > 1 ? `${found.purchases.length} categories` : words(found.purchases[0].category);
    const roomy = cell >= 84;
    content.push(
      s(
        "g",
        {
          role: "button",
          tabindex: 0,
          "data-why": keys.sources(customer, supplier),
          "data-key": `cell-${key}`,
          "aria-haspopup": "dialog",
          "aria-label": told,
          class: `cell ${level}`,
        },
        s("title", null, told),
        s("rect", { x: cx + 2, y: cy + 2, width: cell - 4, height: high - 4, rx: 3 }),
        roomy && s("text", { ...middle, y: cy + 18, class: "what" }, isolated(fitted(what, cell - 12, 11))),
        s(
          "text",
          { ...middle, y: cy + (roomy ? 33 : high / 2 + 4.5) },
          share === null ? "?" : cell < 60 ? narrow(share, cell - 6) : quantity(share),
        ),
      ),
    );
  }
  const used = [...new Set([...cells.values()].map((found) => found.level))]
    .sort((a, b) => a - b)
    .map((level) => x.graph.levels[level]);
  // in the corner, before the eye meets a colour
  used.forEach((level, i) =>
    content.push(
      s("g", { class: `cell ${level}` }, s("rect", { x: 0, y: 4 + i * 18, width: 14, height: 14, rx: 3 })),
      s("text", { x: 20, y: 15 + i * 18, class: "small" }, words(level)),
    ),
  );
  content.push(
    s("text", { x: 0, y: bottom + 24, class: "small" }, "Number: % of the customer's purchases; ? = unknown"),
  );
  const width = Math.max(nameWidth + across.length * cell + 110, 330);
  return {
    picture: scrolling(
      { width, height: bottom + 34, label: `Matrix of ${ordered.length} suppliers and ${across.length} customers` },
      content,
    ),
    left,
  };
}
