// The list of loops, and the legs of one in order.

import { companyLink, ring, type Context } from "../context";
import { classOf } from "../data/graph";
import { count, quantity, words } from "../data/words";
import { link } from "../state";
import { bdi, h, number, type Child } from "../ui/dom";
import { relationSources } from "../ui/sources";
import { keysOf } from "../why/keys";

export function list(x: Context, shown: number[], size: number): Child {
  const { results } = x.at.block.cycles;
  const keys = keysOf(x.graph);
  const at = Math.max(0, shown.indexOf(x.state.loop));
  // the page of the list that holds the chosen loop
  const first = x.state.page2 > 1 ? (x.state.page2 - 1) * size : Math.floor(at / size) * size;
  const page = Math.floor(first / size) + 1;
  const pages = Math.ceil(shown.length / size);
  return h(
    "nav",
    { class: "loops", "aria-label": "Loops" },
    h(
      "ol",
      { start: first + 1 },
      shown.slice(first, first + size).map((n) => {
        const loop = results[n];
        return h(
          "li",
          { class: n === x.state.loop ? "chosen" : null },
          h(
            "a",
            {
              href: link({ loop: n }, x.state),
              "aria-current": n === x.state.loop ? "true" : null,
              "data-key": `loop-${n}`,
            },
            ring(x, loop.companies),
          ),
          h(
            "p",
            { class: "muted" },
            number(quantity(loop.amount), keys.loop(n)),
            ` · ${words(x.graph.classes[loop.class])}`,
            loop.hinges_on_contingent ? " · hinges on a contingent leg" : loop.contingent ? " · contingent leg" : "",
            loop.time_ordered ? " · money first" : "",
          ),
        );
      }),
    ),
    h(
      "p",
      { class: "pages" },
      `${count(first + 1)}–${count(Math.min(first + size, shown.length))} of ${count(shown.length)} `,
      page > 1 &&
        h(
          "a",
          { href: link({ page2: page - 1, loop: shown[(page - 2) * size] }, x.state), "data-key": "loops-before" },
          "Previous",
        ),
      " ",
      page < pages &&
        h(
          "a",
          { href: link({ page2: page + 1, loop: shown[page * size] }, x.state), "data-key": "loops-next" },
          "Next",
        ),
    ),
  );
}

export function legs(x: Context, n: number): Child {
  const { cycles } = x.at.block;
  const loop = cycles.results[n];
  const keys = keysOf(x.graph);
  const rel = x.graph.relations;
  return h(
    "section",
    { class: "legs", "aria-labelledby": "legs" },
    h("h2", { id: "legs" }, "Its legs, in order"),
    h(
      "ol",
      null,
      loop.hops.map((hop) => {
        const { from, to, amount, rows } = cycles.hops[hop];
        return h(
          "li",
          null,
          h(
            "h3",
            null,
            companyLink(x, from),
            " pays ",
            companyLink(x, to),
            ": ",
            number(quantity(amount), keys.hop(hop)),
          ),
          h(
            "ul",
            null,
            rows.map((r) =>
              h(
                "li",
                { class: classOf(x.graph, r) },
                companyLink(x, rel.from[r]),
                ` ${x.graph.kinds[rel.kind[r]]} `,
                companyLink(x, rel.to[r]),
                ": ",
                rel.item[r] && [bdi(rel.item[r]), ", "],
                number(quantity(rel.value[r]), keys.relation(r)),
                h(
                  "span",
                  { class: "muted" },
                  ` · ${x.graph.statuses[rel.status[r]]} · ${rel.since[r] || rel.as_of[r] || "date unknown"}`,
                  rel.restates[r] ? " · contained in another row" : "",
                ),
                relationSources(x, r),
              ),
            ),
          ),
        );
      }),
    ),
  );
}
