// Circular deals: the list of loops, and one of them drawn with its legs in order.

import { legs, list } from "./circular_lists";
import { companyLink, nameOf, narrowed, ring, type Context } from "../context";
import type { PageLoop } from "../data/contract";
import { capital, count, plural, quantity, words } from "../data/words";
import { go, link } from "../state";
import { choice } from "../ui/controls";
import { h, number } from "../ui/dom";
import { find } from "../ui/find";
import type { ViewParts } from "../ui/frame";
import type { Sheet } from "../ui/sheet";
import { keysOf } from "../why/keys";
import { hopClass, loopPicture } from "./circular_draw";
import { legend } from "./focus_draw";

const round = (x: Context, loop: PageLoop): string =>
  [...loop.companies, loop.companies[0]].map((c) => nameOf(x, c)).join(" → ");
const orderOf = (loop: PageLoop): string =>
  loop.time_ordered === null ? "unknown" : loop.time_ordered ? "money first" : "not in order";

function sheetOf(x: Context, shown: number[]): Sheet {
  const { results } = x.at.block.cycles;
  const keys = keysOf(x.graph);
  const of = (i: number) => results[shown[i]];
  return {
    name: `${x.graph.title}-loops`,
    caption: "Loops of payments",
    rows: shown.length,
    columns: [
      {
        label: "Loop",
        cell: (i) => ({ text: round(x, of(i)), href: link({ loop: shown[i], as: "picture" }, x.state) }),
      },
      {
        label: "Length",
        numeric: true,
        cell: (i) => ({ text: String(of(i).companies.length), sort: of(i).companies.length, why: keys.loop(shown[i]) }),
      },
      {
        label: "Amount that can go round",
        numeric: true,
        cell: (i) => ({ text: quantity(of(i).amount), sort: of(i).amount?.low ?? null, why: keys.loop(shown[i]) }),
      },
      {
        label: "In force",
        numeric: true,
        cell: (i) => ({ text: quantity(of(i).amount_in_force), sort: of(i).amount_in_force?.low ?? null }),
      },
      { label: "Class", cell: (i) => ({ text: words(x.graph.classes[of(i).class]) }) },
      {
        label: "Contingent",
        cell: (i) => ({ text: of(i).hinges_on_contingent ? "hinges on it" : of(i).contingent ? "yes" : "no" }),
      },
      { label: "Dates", cell: (i) => ({ text: orderOf(of(i)) }) },
    ],
  };
}

export function circular(x: Context, width: number): ViewParts {
  const { cycles } = x.at.block;
  const only = narrowed(x);
  const sectors = new Set(x.state.sectors);
  const shown = cycles.results
    .map((_, n) => n)
    .filter((n) => {
      const loop = cycles.results[n];
      return (
        (only < 0 || loop.companies.includes(only)) &&
        (!x.state.class || x.graph.classes[loop.class] === x.state.class) &&
        (sectors.size === 0 || loop.companies.some((c) => sectors.has(x.graph.companies.sector[c] || "none")))
      );
    });
  const perClass = x.graph.classes
    .map((name, i) => ({ name, n: cycles.results.filter((loop) => loop.class === i).length }))
    .filter((c) => c.n > 0);
  const n = shown.includes(x.state.loop) ? x.state.loop : (shown[0] ?? -1);
  const loop = cycles.results[n];
  const keys = keysOf(x.graph);
  const wide = width >= 900;
  const state = { ...x.state, loop: n };
  return {
    headline: loop
      ? [
          number(loop.amount ? capital(quantity(loop.amount)) : "An unknown amount", keys.loop(n)),
          " can go round: ",
          ring(x, loop.companies),
        ]
      : cycles.count === 0
        ? "No deal of this graph goes round in a circle"
        : "No loop fits the choice",
    lead: [
      cycles.complete ? "" : "At least ",
      number(plural(cycles.pairs + cycles.triples, "loop"), keys.loops()),
      ` at this date: ${count(cycles.pairs)} between two companies, ${count(cycles.triples)} among three`,
      cycles.longer ? `; ${plural(cycles.longer, "longer chain")} that close` : "",
      cycles.complete ? ". " : `; complete up to ${cycles.complete_to} companies. `,
      "A circular deal has a financing and a commercial leg. It is legal and usually disclosed vendor financing.",
    ],
    controls: [
      find(x, {
        label: "Loops through a company",
        placeholder: "Loops through a company",
        key: "circular-find",
        choose: (c) => go({ only: x.graph.companies.id[c], loop: 0, page2: 1 }),
      }),
      only >= 0 &&
        h(
          "p",
          { class: "chosen-company" },
          "Through ",
          companyLink(x, only),
          " · ",
          h(
            "a",
            { href: link({ only: "", loop: 0, page2: 1 }, x.state), "data-key": "any-company" },
            "through any company",
          ),
        ),
      perClass.length > 1 &&
        choice(
          "Class",
          [
            ["all", { class: "", loop: 0, page2: 1 }, !x.state.class],
            ...perClass.map(({ name, n: loops }): [string, object, boolean] => [
              `${words(name)} ${count(loops)}`,
              { class: name, loop: 0, page2: 1 },
              x.state.class === name,
            ]),
          ],
          x.state,
        ),
    ],
    filters: ["sectors"],
    picture: loop
      ? h(
          "div",
          { class: "two" },
          list({ ...x, state }, shown, wide ? 14 : 5),
          h(
            "div",
            null,
            loopPicture(x, n, wide ? width * 0.6 : width),
            legend(new Set(["commercial", "financing", ...loop.hops.map((hop) => hopClass(x, hop))]), false),
            legs(x, n),
          ),
        )
      : undefined,
    sheet: sheetOf(x, shown),
    left: cycles.left_out ? [`${plural(cycles.left_out, "loop")} left out of this page for its size.`] : [],
    notes: cycles.notes,
  };
}
