// Bars of exposure: direct, indirect, other, unattributed and trapped sum to the whole revenue.

import { nameOf, type Context } from "../context";
import type { CompanyPlace, PageExposure } from "../data/contract";
import { estimateKey, marked, percent } from "../data/words";
import { link } from "../state";
import { fitted, isolated, pictureNumber, s, type Child } from "../ui/dom";
import { scrolling } from "../ui/picture";
import { keysOf, type ExposurePart } from "../why/keys";

const parts: Exclude<ExposurePart, "total" | "amount">[] = ["direct", "indirect", "other", "trapped", "unattributed"];
const legendWords: Record<string, string> = {
  direct: "direct",
  indirect: "indirect",
  other: "other: no recorded customer",
  trapped: "trapped",
  unattributed: "unattributed: nobody reported it",
};

/** Hatched: what is unknown looks like a gap in the knowledge, not like a quantity. */
const hatch = (): SVGElement =>
  s(
    "defs",
    null,
    s(
      "pattern",
      { id: "unattributed", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      s("rect", { width: 6, height: 6, class: "hatch-ground" }),
      s("rect", { width: 1.5, height: 6, class: "hatch" }),
    ),
  );

export function bars(x: Context, target: CompanyPlace, rows: PageExposure[], available: number): HTMLElement {
  const keys = keysOf(x.graph);
  const { id, local } = x.graph.companies;
  const narrow = available < 640;
  const nameWidth = narrow ? 0 : Math.min(270, available * 0.3);
  const totalWidth = rows.some((row) => row.marks) ? 104 : 74;
  const barLeft = narrow ? 0 : nameWidth + totalWidth + 14;
  const barWidth = available - barLeft - 2;
  const rowHeight = narrow ? 64 : 44;
  const barHeight = 22;
  const used: { name: string; words: string }[] = parts
    .filter((part) => rows.some((row) => (row[part] ?? 0) > 0))
    .map((name) => ({ name, words: narrow ? name : legendWords[name] }));
  if (rows.some((row) => row.marks.endsWith("est.")))
    used.push({ name: "estimated", words: narrow ? "est.: an estimate" : estimateKey });
  const top = 18 + Math.ceil(used.length / (narrow ? 2 : 5)) * 20;
  const content: Child[] = [hatch()];

  let legendX = barLeft;
  used.forEach(({ name, words }, i) => {
    const at = narrow ? { x: (i % 2) * (available / 2), y: 4 + Math.floor(i / 2) * 20 } : { x: legendX, y: 4 };
    content.push(
      s("rect", { x: at.x, y: at.y, width: 12, height: 12, class: `part ${name}` }),
      s("text", { x: at.x + 18, y: at.y + 11, class: "small" }, words),
    );
    legendX += 34 + words.length * 6.4;
  });
  rows.forEach((row, i) => {
    const y = top + i * rowHeight;
    const name = nameOf(x, row.supplier);
    const barTop = narrow ? y + 24 : y + 7;
    const room = narrow ? available - totalWidth - 10 : nameWidth;
    const shortName = fitted(name, room, 14, 600);
    const localRoom = room - 8 - [...shortName].length * 8;
    content.push(
      s(
        "a",
        {
          href: link({ supplier: x.state.supplier === id[row.supplier] ? "" : id[row.supplier] }, x.state),
          "data-key": `supplier-${id[row.supplier]}`,
          "aria-label": `${name}: its chains`,
          class: x.state.supplier === id[row.supplier] ? "chosen" : null,
        },
        s(
          "text",
          { x: 0, y: narrow ? y + 14 : y + 23, class: "name" },
          isolated(shortName),
          local[row.supplier] &&
            localRoom > 40 &&
            s("tspan", { class: "local", dx: 6 }, isolated(fitted(local[row.supplier], localRoom, 12))),
        ),
      ),
      pictureNumber(
        marked(percent(row.total), row.marks),
        keys.exposure(target, row.supplier, "total"),
        {
          x: narrow ? available - 2 : nameWidth + totalWidth,
          y: narrow ? y + 14 : y + 23,
          "text-anchor": "end",
          class: "total",
        },
        `${name}: total ${marked(percent(row.total), row.marks)}`,
      ),
    );
    let at = barLeft;
    for (const part of parts) {
      const size = row[part] ?? 0;
      const wide = Math.max(0, size) * barWidth;
      if (wide <= 0) continue;
      const estimated = row.marks.endsWith("est.") && part !== "unattributed";
      const told = `${name}: ${part} ${marked(percent(size), row.marks)}`;
      content.push(
        s(
          "rect",
          {
            x: at,
            y: barTop,
            width: Math.max(0.5, wide),
            height: barHeight,
            class: `part ${part}${estimated ? " estimated" : ""}`,
            "data-why": keys.exposure(target, row.supplier, part),
          },
          s("title", null, told),
        ),
      );
      const text = marked(percent(size), row.marks);
      if (wide > text.length * 7 + 8)
        content.push(
          pictureNumber(
            text,
            keys.exposure(target, row.supplier, part),
            { x: at + 6, y: barTop + 15.5, class: estimated ? "on-estimated" : `on-${part}` },
            told,
          ),
        );
      at += wide;
    }
  });
  return scrolling(
    {
      width: available,
      height: top + rows.length * rowHeight + 4,
      label: `Suppliers of ${nameOf(x, target)} by their exposure to it`,
    },
    content,
  );
}
