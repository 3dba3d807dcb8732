// The frame of a view: headline, controls, the picture or its twin, and what stands below.

import type { Context } from "../context";
import { go } from "../state";
import { choice, dateSlider, filters } from "./controls";
import { h, type Child } from "./dom";
import { keep, png, standalone, svgText } from "./keep";
import { csv, type Sheet } from "./sheet";
import { rowsShown, table } from "./table";

export interface ViewParts {
  /** the finding, as a sentence */
  headline: Child;
  lead?: Child;
  /** chosen before anything else: the company, the measure … */
  controls?: Child;
  /** other choices, as links */
  aside?: Child;
  filters?: ("kinds" | "sectors" | "statuses")[];
  /** with its own frame: zoom or scroll */
  picture?: HTMLElement;
  /** the picture's twin, and the CSV of the view */
  sheet?: Sheet;
  /** what the picture leaves out, in sentences */
  left?: Child[];
  below?: Child;
  /** of the pass */
  notes?: string[];
}

/** What a file or a printed page says of itself. */
const originOf = (x: Context): string =>
  `Tierscope ${x.graph.program} · ${x.graph.title} · as of ${x.graph.dates[x.date].label}`;

function keeping(x: Context, parts: ViewParts): Child {
  const picture = parts.picture?.querySelector<SVGSVGElement>("svg[data-width]");
  const name = [x.graph.title, x.state.view, x.state.company || x.state.only]
    .filter(Boolean)
    .join("-")
    .replace(/[^\p{L}\p{N}-]+/gu, "-");
  const title = () => document.querySelector("main h1")?.textContent ?? x.graph.title;
  const button = (words: string, act: () => void, label: string) => {
    const element = h(
      "button",
      { type: "button", class: "quiet", "data-key": `keep-${words}`, "aria-label": label },
      words,
    );
    element.addEventListener("click", act);
    return element;
  };
  const alone = () => standalone(picture!, title(), originOf(x));
  return h(
    "div",
    { class: "keep", role: "group", "aria-label": "Keep this view" },
    h("span", { class: "label" }, "Keep"),
    picture && button("SVG", () => keep(`${name}.svg`, "image/svg+xml", svgText(alone())), "Keep the picture as SVG"),
    picture &&
      button(
        "PNG",
        () =>
          void png(alone()).then((blob) => {
            if (blob) keep(`${name}.png`, "image/png", blob);
          }),
        "Keep the picture as PNG",
      ),
    parts.sheet &&
      button(
        "CSV",
        () => keep(`${name}.csv`, "text/csv", `\ufeff${csv(parts.sheet!, rowsShown(parts.sheet!, x.state))}`),
        "Keep the numbers as CSV",
      ),
    button("Print", () => print(), "Print this view"),
  );
}

export function frame(x: Context, given: ViewParts): Child[] {
  // where there is nothing the headline says so; an empty table would say it again
  const parts = given.sheet?.rows || x.state.as === "table" ? given : { ...given, sheet: undefined };
  const twin = parts.picture && parts.sheet;
  const asTable = x.state.as === "table" || !parts.picture;
  const chosenFilters = filters(x, parts.filters ?? []);
  const clear = h("button", { type: "button", class: "quiet", "data-key": "clear" }, "Clear filters");
  clear.addEventListener("click", () => go({ kinds: [], sectors: [], statuses: [] }));
  const filtering = x.state.kinds.length + x.state.sectors.length + x.state.statuses.length > 0;
  return [
    h("p", { class: "origin muted" }, originOf(x)),
    h("h1", { tabindex: -1 }, parts.headline),
    parts.lead && h("p", { class: "lead" }, parts.lead),
    h("div", { class: "controls" }, parts.controls, chosenFilters, filtering && clear, dateSlider(x)),
    parts.aside,
    h(
      "div",
      { class: "bar" },
      twin &&
        choice(
          "View",
          [
            ["Picture", { as: "picture" }, !asTable],
            ["Table", { as: "table" }, asTable],
          ],
          x.state,
        ),
      keeping(x, asTable ? { ...parts, picture: undefined } : parts),
    ),
    asTable ? parts.sheet && table(parts.sheet, x.state) : parts.picture,
    (parts.left ?? []).length > 0 &&
      h(
        "div",
        { class: "left" },
        parts.left!.map((sentence) => h("p", null, sentence)),
      ),
    parts.below,
    (parts.notes ?? []).length > 0 &&
      h(
        "aside",
        { class: "notes", "aria-label": "Notes" },
        parts.notes!.map((note) => h("p", null, note)),
      ),
  ];
}
