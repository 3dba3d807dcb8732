// Data goes one way: the blocks of the page and the address fragment make a state, the state makes the view. Whatever a reader
// does changes the address; nothing else is kept.

import type { Context } from "./context";
import { datesOf } from "./data/at";
import { dateOf, readGraph } from "./data/graph";
import { searchOf } from "./data/search";
import { current, link, write, type State } from "./state";
import { append, h, type Child } from "./ui/dom";
import { drawer } from "./ui/drawer";
import { frame, type ViewParts } from "./ui/frame";
import { header, isDark } from "./ui/header";
import { circular } from "./view/circular";
import { concentration } from "./view/concentration";
import { exposure } from "./view/exposure";
import { flows } from "./view/flows";
import { focus } from "./view/focus";
import { start } from "./view/start";
import { tables } from "./view/tables";

const graph = readGraph();
const at = datesOf(graph);
const search = searchOf(graph);

const made: Record<Exclude<State["view"], "start">, (x: Context, width: number) => ViewParts> = {
  focus,
  exposure,
  circular,
  concentration,
  flows,
  tables,
};

const head = h("div", { id: "head" });
const main = h("main", { id: "main" });
const side = h("div", { id: "side" });
const app = document.getElementById("app")!;
append(app, [h("a", { class: "skip", href: "#main" }, "Skip to the content"), head, main, side]);
app.querySelector(".skip")!.addEventListener("click", (event) => {
  event.preventDefault();
  main.querySelector<HTMLElement>("h1")?.focus();
});

function contextOf(state: State): Context {
  const date = dateOf(graph, state.at);
  return { graph, at: at(date), date, state, search };
}

/** What the view depends on: the drawer and the theme change without a new picture. */
const viewOf = (state: State): string => write({ ...state, why: "", theme: "" });

/** The control that the reader stands on is found again in the new view by its key. */
const keyOf = (element: Element | null): string => element?.getAttribute("data-key") ?? "";
function refocus(key: string): boolean {
  const again = key
    ? [...document.querySelectorAll<HTMLElement>("[data-key]")].find((element) => keyOf(element) === key)
    : undefined;
  again?.focus({ preventScroll: true });
  return again !== undefined;
}

let last: State | undefined;
let opener = "";

function render(): void {
  const state = current();
  const x = contextOf(state);
  const focused = keyOf(document.activeElement);
  const caret =
    document.activeElement instanceof HTMLInputElement && document.activeElement.type === "search"
      ? document.activeElement.selectionStart
      : null;
  document.documentElement.setAttribute("data-theme", isDark(state) ? "dark" : "light");
  const elsewhere = !last || last.view !== state.view || last.company !== state.company || last.only !== state.only;
  const redraw = !last || viewOf(last) !== viewOf(state) || drawnWidth !== main.clientWidth;
  head.replaceChildren(header(x));
  // on a phone the row of views is longer than the screen
  const views = head.querySelector<HTMLElement>(".views");
  const own = views?.querySelector<HTMLElement>("[aria-current]");
  if (views && own) views.scrollLeft = own.offsetLeft - views.offsetLeft - 60;
  if (redraw) draw(x, state);
  side.replaceChildren();
  const panel = drawer(x, shut);
  if (panel) side.appendChild(panel);

  if (panel && state.why !== last?.why) {
    if (!last?.why) opener = focused;
    panel.focus({ preventScroll: true });
  } else if (last?.why && !state.why && !elsewhere) refocus(opener);
  else if (last && redraw && elsewhere) {
    scrollTo(0, 0);
    main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  } else if (last) refocus(focused);
  if (caret !== null && document.activeElement instanceof HTMLInputElement && document.activeElement.type === "search")
    document.activeElement.setSelectionRange(caret, caret);
  last = state;
}

let drawnWidth = 0;
function draw(x: Context, state: State): void {
  drawnWidth = main.clientWidth;
  const style = getComputedStyle(main);
  const width = Math.floor(main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
  const content: Child[] = state.view === "start" ? start(x) : frame(x, made[state.view](x, width));
  // a menu stays open while its boxes are ticked
  const open = last?.view === state.view ? [...main.querySelectorAll("details[open] > summary")].map(keyOf) : [];
  main.setAttribute("class", `view-${state.view}`);
  main.replaceChildren();
  append(main, content);
  for (const summary of main.querySelectorAll("details > summary"))
    if (open.includes(keyOf(summary))) summary.parentElement!.setAttribute("open", "");
}

function shut(): void {
  const state = current();
  location.hash = write({ ...state, why: "" });
}

// numbers are buttons wherever they stand, in the text and in pictures
function ask(event: Event): void {
  const why = (event.target as Element | null)?.closest?.("[data-why]")?.getAttribute("data-why");
  if (!why) return;
  event.preventDefault();
  location.hash = link({ why });
}
document.addEventListener("click", ask);
document.addEventListener("click", (event) => {
  for (const menu of main.querySelectorAll("details.filter[open]"))
    if (!menu.contains(event.target as Node)) menu.removeAttribute("open");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && current().why) shut();
  if ((event.key === "Enter" || event.key === " ") && (event.target as Element).namespaceURI?.endsWith("svg"))
    ask(event);
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    document.querySelector<HTMLInputElement>("[role=combobox]")?.focus();
    event.preventDefault();
  }
});
addEventListener("hashchange", render);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
let resizing = 0;
addEventListener("resize", () => {
  clearTimeout(resizing);
  // the on-screen keyboard of a phone changes the height alone: nothing to draw anew
  resizing = window.setTimeout(() => {
    if (main.clientWidth !== drawnWidth) render();
  }, 150);
});
render();
document.documentElement.setAttribute("data-ready", "");
