// What chooses what is shown: filters, the date, a row of alternatives.

import type { Context } from "../context";
import type { State } from "../state";
import { go, link } from "../state";
import { count } from "../data/words";
import { h, type Child } from "./dom";

/** Alternatives as links: the one in force is marked for eyes and for screen readers. */
export function choice(label: string, options: [string, Partial<State>, boolean][], state: State): HTMLElement {
  return h(
    "div",
    { class: "choice", role: "group", "aria-label": label },
    h("span", { class: "label" }, label),
    options.map(([words, change, on]) =>
      h("a", { href: link(change, state), "aria-current": on ? "true" : null, "data-key": `${label}-${words}` }, words),
    ),
  );
}

type FilterKey = "kinds" | "sectors" | "statuses";

function filter(x: Context, key: FilterKey, label: string, values: [string, number][], usual: string): HTMLElement {
  const chosen = x.state[key];
  const box = ([value, n]: [string, number]) => {
    const input = h("input", { type: "checkbox", checked: chosen.includes(value), "data-key": `${key}-${value}` });
    input.addEventListener("change", () => {
      const next = input.checked ? [...chosen, value] : chosen.filter((other) => other !== value);
      go({ [key]: next, page: 1 } as Partial<State>);
    });
    return h("label", null, input, " ", h("bdi", null, value), h("span", { class: "muted" }, ` ${count(n)}`));
  };
  const summary = chosen.length === 0 ? usual : chosen.length <= 2 ? chosen.join(", ") : `${chosen.length} chosen`;
  const details = h(
    "details",
    { class: "filter" },
    h("summary", { "data-key": `filter-${key}` }, h("span", { class: "label" }, label), " ", h("bdi", null, summary)),
    h(
      "div",
      { class: "menu" },
      values.slice(0, 60).map(box),
      chosen.length > 0 &&
        h(
          "p",
          null,
          h(
            "a",
            { href: link({ [key]: [], page: 1 } as Partial<State>, x.state), "data-key": `${key}-clear` },
            "Clear",
          ),
        ),
    ),
  );
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  return details;
}

function tally(values: Iterable<string>): [string, number][] {
  const by = new Map<string, number>();
  for (const value of values) by.set(value, (by.get(value) ?? 0) + 1);
  return [...by].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

const tallies = new WeakMap<object, [string, number][]>();
const once = (of: object, make: () => [string, number][]) => {
  if (!tallies.has(of)) tallies.set(of, make());
  return tallies.get(of)!;
};

/** The filters that act in a view. They choose what is shown; the numbers stay those of the whole graph. */
export function filters(x: Context, keys: FilterKey[]): Child[] {
  const { companies, relations, kinds, statuses } = x.graph;
  return keys.map((key) => {
    if (key === "sectors")
      return filter(
        x,
        key,
        "Sector",
        once(companies.sector, () => tally(companies.sector.map((sector) => sector || "none"))),
        "all",
      );
    if (key === "kinds")
      return filter(
        x,
        key,
        "Kind",
        once(relations.kind, () => tally(relations.kind.map((k) => kinds[k]))),
        "all",
      );
    return filter(
      x,
      key,
      "Status",
      once(relations.status, () => tally(relations.status.map((k) => statuses[k]))),
      x.state.view === "tables" ? "all" : "all but ended, rumoured",
    );
  });
}

/** The dates that the program computed, oldest to the left. */
export function dateSlider(x: Context): HTMLElement | null {
  const { dates } = x.graph;
  if (dates.length < 2) return null;
  const last = dates.length - 1;
  // a year that holds the same as the next one has no date of its own
  const say = (i: number) => {
    const year = Number(dates[i].label);
    const older = Number(dates[i + 1]?.label);
    return !dates[i].date ? dates[i].label : older + 1 < year ? `${older + 1} to ${year}` : `end of ${year}`;
  };
  const shown = h("output", null, say(x.date));
  const input = h("input", {
    type: "range",
    min: 0,
    max: last,
    step: 1,
    value: last - x.date,
    "aria-label": "As of",
    "aria-valuetext": say(x.date),
    "data-key": "as-of",
  });
  input.addEventListener("input", () => {
    shown.textContent = say(last - Number(input.value));
  });
  input.addEventListener("change", () => {
    const i = last - Number(input.value);
    go({ at: i === 0 ? "" : dates[i].label, loop: 0, page: 1 });
  });
  return h("div", { class: "as-of" }, h("label", null, h("span", { class: "label" }, "As of"), input), shown);
}
