// The drawer "why": where a number comes from. It stands beside the view and never covers the keyboard's way back.

import type { Context } from "../context";
import { plural, unknown } from "../data/words";
import { explain } from "../why/explain";
import { explainCompanySources } from "../why/company_sources";
import { h, number } from "./dom";
import { relationCard } from "./sources";

const shownAtFirst = 12;

export function drawer(x: Context, shut: () => void): HTMLElement | null {
  const said = x.state.why ? explain(x, x.state.why) : null;
  if (!said) return null;
  const close = h("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  close.addEventListener("click", shut);
  const rows = [...new Set(said.rows)];
  const cards = h(
    "div",
    { class: "relations" },
    rows.slice(0, shownAtFirst).map((r) => relationCard(x, r)),
  );
  const rest = rows.slice(shownAtFirst);
  const more = h("button", { type: "button", class: "quiet" }, `Show ${plural(rest.length, "more relation")}`);
  more.addEventListener("click", () => {
    more.remove();
    for (const r of rest.slice(0, 200)) cards.appendChild(relationCard(x, r));
  });
  return h(
    "aside",
    { class: "drawer", role: "dialog", "aria-modal": "false", "aria-labelledby": "why-title", id: "why", tabindex: -1 },
    h("div", { class: "top" }, h("p", { class: "eyebrow" }, "Why this number"), close),
    h("h2", { id: "why-title" }, said.title),
    h("p", { class: said.value === unknown ? "value unknown" : "value" }, said.value),
    h("p", { class: "says" }, said.says),
    said.formula.length > 0 && [h("h3", null, "Formula"), h("pre", { class: "formula" }, said.formula.join("\n"))],
    said.inputs.length > 0 && [
      h("h3", null, "Inputs"),
      h(
        "dl",
        { class: "inputs" },
        said.inputs
          .slice(0, 60)
          .map((input) =>
            h(
              "div",
              null,
              h("dt", null, h("bdi", null, input.name)),
              h(
                "dd",
                { class: input.value === unknown ? "unknown" : null },
                input.why ? number(input.value, input.why) : input.value,
              ),
            ),
          ),
      ),
    ],
    said.notes.map((note) => h("p", { class: "note" }, note)),
    explainCompanySources(x),
    rows.length > 0 && [h("h3", null, plural(rows.length, "relation"), " behind it"), cards, rest.length > 0 && more],
    said.command && [h("h3", null, "The same from the command line"), h("pre", { class: "formula" }, said.command)],
  );
}
