// One loop as a ring: companies clockwise, arrows follow the money, numbered as the legs below.

import { nameOf, type Context } from "../context";
import type { CompanyPlace } from "../data/contract";
import { classOf, type RelationClass } from "../data/graph";
import { quantity } from "../data/words";
import { link } from "../state";
import { fitted, isolated, pictureNumber, s, textWidth, type Child } from "../ui/dom";
import { scrolling } from "../ui/picture";
import { keysOf } from "../why/keys";
import { marks } from "./focus_draw";

const boxHeight = 34;
type Point = { x: number; y: number };

/** Where the ray from the middle of a box towards `to` leaves the box. */
function leave(at: Point, half: Point, to: Point): Point {
  const [dx, dy] = [to.x - at.x, to.y - at.y];
  const t = Math.min(dx ? half.x / Math.abs(dx) : Infinity, dy ? half.y / Math.abs(dy) : Infinity, 1);
  return { x: at.x + dx * t, y: at.y + dy * t };
}

/** As what a hop is drawn: a hop with a sale among its rows as one. */
export function hopClass(x: Context, hop: number): RelationClass {
  const classes = new Set(x.at.block.cycles.hops[hop].rows.map((r) => classOf(x.graph, r)));
  return (["commercial", "payment"] as const).find((name) => classes.has(name)) ?? "financing";
}

export function loopPicture(x: Context, n: number, available: number): HTMLElement {
  const { cycles } = x.at.block;
  const loop = cycles.results[n];
  const size = loop.companies.length;
  const keys = keysOf(x.graph);
  const width = Math.max(320, Math.round(available));
  const boxWidth = Math.min(150, width * 0.36);
  const height = Math.round(size === 2 ? Math.min(340, width * 0.8) : Math.min(width * 0.9, 260 + size * 28));
  const middle = { x: width / 2, y: height / 2 };
  const radius = { x: width / 2 - boxWidth / 2 - 6, y: height / 2 - boxHeight / 2 - 8 };
  const angle = (i: number) => (size === 2 ? Math.PI * (i + 1) : -Math.PI / 2 + (2 * Math.PI * i) / size);
  const at = loop.companies.map((_, i) => ({
    x: middle.x + radius.x * Math.cos(angle(i)),
    y: middle.y + radius.y * Math.sin(angle(i)),
  }));
  const half = { x: boxWidth / 2, y: boxHeight / 2 };

  const arrows: Child[] = loop.hops.map((index, i) => {
    const hop = cycles.hops[index];
    const [a, b] = [at[i], at[(i + 1) % size]];
    const kind = hopClass(x, index);
    const firm = hop.rows.some((r) => x.graph.statuses[x.graph.relations.status[r]] === "active");
    // bowed outwards, so that there and back of a pair lie apart
    const chord = { x: b.x - a.x, y: b.y - a.y };
    const length = Math.hypot(chord.x, chord.y) || 1;
    const bow = size === 2 ? Math.min(90, height * 0.34) : Math.min(36, length * 0.12);
    const control = {
      x: (a.x + b.x) / 2 + (chord.y / length) * bow * 1.6,
      y: (a.y + b.y) / 2 - (chord.x / length) * bow * 1.6,
    };
    const start = leave(a, { x: half.x + 2, y: half.y + 2 }, control);
    const end = leave(b, { x: half.x + 4, y: half.y + 4 }, control);
    const mark = { x: start.x / 4 + control.x / 2 + end.x / 4, y: start.y / 4 + control.y / 2 + end.y / 4 };
    const text = quantity(hop.amount);
    const wide = textWidth(text, 12, 600);
    // towards the middle there is always room for the words
    const inward = { x: middle.x - mark.x, y: middle.y - mark.y };
    const far = Math.hypot(inward.x, inward.y) || 1;
    const step = 15 + (Math.abs(inward.x) / far) * (wide / 2) + (Math.abs(inward.y) / far) * 6;
    const labelAt = { x: mark.x + (inward.x / far) * step, y: mark.y + (inward.y / far) * step + 4 };
    const d = `M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`;
    const estimated = hop.amount?.estimated ?? false;
    return s(
      "g",
      { class: `tie ${kind}${firm ? "" : " soft"}` },
      s("path", { d, class: "line", "stroke-width": estimated ? 3.4 : 2, "marker-end": `url(#head-${kind})` }),
      estimated && s("path", { d, class: "core", "stroke-width": 1.4 }),
      s("circle", { cx: mark.x, cy: mark.y, r: 9, class: "step" }),
      s("text", { x: mark.x, y: mark.y + 4, "text-anchor": "middle", class: "step-number" }, i + 1),
      pictureNumber(
        text,
        keys.hop(index),
        { x: labelAt.x, y: labelAt.y, "text-anchor": "middle" },
        `${i + 1}. ${nameOf(x, hop.from)} pays ${nameOf(x, hop.to)}: ${text}`,
      ),
    );
  });
  const box = (c: CompanyPlace, p: Point): SVGElement =>
    s(
      "a",
      {
        href: link({ view: "focus", company: x.graph.companies.id[c] }, x.state),
        class: "card",
        "aria-label": nameOf(x, c),
        "data-key": `ring-${c}`,
      },
      s("rect", { x: p.x - half.x, y: p.y - half.y, width: boxWidth, height: boxHeight, rx: 8, class: "plate" }),
      s(
        "text",
        { x: p.x, y: p.y + 4.5, "text-anchor": "middle", class: "name" },
        isolated(fitted(nameOf(x, c), boxWidth - 14, 13, 600)),
      ),
    );
  return scrolling(
    {
      width,
      height,
      label: `The loop ${n + 1}: ${loop.companies.map((c) => nameOf(x, c)).join(" pays ")} pays ${nameOf(x, loop.companies[0])}`,
    },
    [marks(), arrows, loop.companies.map((c, i) => box(c, at[i]))],
  );
}
