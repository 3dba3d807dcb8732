// The head of the page: where one is, the views, the search, light or dark.

import type { Context } from "../context";
import { go, link, type State, type View } from "../state";
import { h } from "./dom";
import { find } from "./find";

const names: [View, string][] = [
  ["start", "Overview"],
  ["focus", "Focus"],
  ["exposure", "Exposure"],
  ["circular", "Circular deals"],
  ["concentration", "Concentration"],
  ["flows", "Flows"],
  ["tables", "Tables"],
];

/** As chosen, else as the system has it. */
export const isDark = (state: State): boolean =>
  state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

export function header(x: Context): HTMLElement {
  const dark = isDark(x.state);
  const toggle = h(
    "button",
    {
      type: "button",
      class: "quiet theme",
      "data-key": "theme",
      "aria-label": dark ? "Switch to light" : "Switch to dark",
    },
    dark ? "Light" : "Dark",
  );
  toggle.addEventListener("click", () => go({ theme: dark ? "light" : "dark", why: x.state.why }));
  return h(
    "header",
    { class: "head" },
    h(
      "div",
      { class: "brand" },
      h("a", { href: link({ view: "start", company: "" }, x.state), class: "mark", "data-key": "home" }, "Tierscope"),
      h("span", { class: "of" }, h("bdi", null, x.graph.title)),
    ),
    h(
      "nav",
      { class: "views", "aria-label": "Views" },
      names.map(([view, words]) =>
        h(
          "a",
          {
            href: link({ view }, x.state),
            "aria-current": view === x.state.view ? "page" : null,
            "data-key": `view-${view}`,
          },
          words,
        ),
      ),
    ),
    x.state.view !== "start" &&
      find(x, {
        label: "Find a company",
        placeholder: "Find: name, 中文, ticker",
        key: "find",
        choose: (c) => go({ view: "focus", company: x.graph.companies.id[c], top: 0 }),
      }),
    toggle,
  );
}
