// What is looked at: all of it stands in the address fragment, so a link, a bookmark and the back button keep a view.

export const views = ["start", "focus", "exposure", "circular", "concentration", "flows", "tables"] as const;
export type View = (typeof views)[number];

export interface State {
  view: View;
  /** id of the company that the view is about, "" = the view's own choice */
  company: string;
  /** id of the company that circular deals, concentration and flows are narrowed to, "" = all */
  only: string;
  /** id of the supplier chosen in exposure */
  supplier: string;
  /** of focus, 1–3 */
  tiers: number;
  /** label of a date of the graph, "" = the newest */
  at: string;
  kinds: string[];
  sectors: string[];
  statuses: string[];
  /** of flows: a currency, or "links" */
  measure: string;
  /** index of the loop that is drawn */
  loop: number;
  class: string;
  table: "companies" | "relations";
  /** the picture or its twin */
  as: "picture" | "table";
  /** how many are drawn or listed, 0 = the view's own measure */
  top: number;
  query: string;
  sort: string;
  page: number;
  sort2: string;
  page2: number;
  query2: string;
  /** what the drawer explains, "" = closed */
  why: string;
  theme: "" | "light" | "dark";
}

export const initial: State = {
  view: "start",
  company: "",
  only: "",
  supplier: "",
  tiers: 1,
  at: "",
  kinds: [],
  sectors: [],
  statuses: [],
  measure: "",
  loop: 0,
  class: "",
  table: "companies",
  as: "picture",
  top: 0,
  query: "",
  sort: "",
  page: 1,
  sort2: "",
  page2: 1,
  query2: "",
  why: "",
  theme: "",
};

/** What belongs to one view only, and is dropped on the way to another. */
const ofTheView: (keyof State)[] = [
  "only",
  "supplier",
  "loop",
  "class",
  "as",
  "top",
  "query",
  "sort",
  "page",
  "sort2",
  "page2",
  "query2",
  "why",
  "measure",
  "table",
];

/** The lists of a state are joined by a character that the fragment escapes inside their parts. */
export function write(state: State): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(state)) {
    const first = initial[key as keyof State];
    if (Array.isArray(value)) {
      if (value.length) parts.push(`${key}=${value.map(encodeURIComponent).join(",")}`);
    } else if (value !== first) parts.push(`${key}=${encodeURIComponent(String(value))}`);
  }
  return `#${parts.join("&")}`;
}

const oneOf = <T extends string>(text: string, allowed: readonly T[], otherwise: T): T =>
  allowed.includes(text as T) ? (text as T) : otherwise;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

/** Any fragment is a state: what it does not understand it leaves at its beginning. */
export function read(fragment: string): State {
  const state: State = { ...initial };
  const fields = state as unknown as Record<string, unknown>;
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut < 1) continue;
    const key = part.slice(0, cut);
    const raw = part.slice(cut + 1);
    if (!Object.hasOwn(initial, key)) continue;
    const first = initial[key as keyof State];
    if (Array.isArray(first)) fields[key] = raw.split(",").map(decoded).filter(Boolean);
    else if (typeof first === "number") {
      const number = Number(raw);
      if (Number.isSafeInteger(number) && number >= 0) fields[key] = number;
    } else fields[key] = decoded(raw);
  }
  state.view = oneOf(state.view, views, "start");
  state.table = oneOf(state.table, ["companies", "relations"], "companies");
  state.as = oneOf(state.as, ["picture", "table"], "picture");
  state.theme = oneOf(state.theme, ["", "light", "dark"], "");
  state.tiers = Math.min(3, Math.max(1, state.tiers));
  state.page = Math.max(1, state.page);
  state.page2 = Math.max(1, state.page2);
  return state;
}

export const current = (): State => read(location.hash);

/** The state after a change; another view starts at its own beginning. */
export function changed(state: State, change: Partial<State>): State {
  const next = { ...state, why: "" };
  if (change.view && change.view !== state.view)
    for (const key of ofTheView) (next as unknown as Record<string, unknown>)[key] = initial[key];
  return { ...next, ...change };
}

/** The address of a change: what a link of the page points at. */
export const link = (change: Partial<State>, from: State = current()): string => write(changed(from, change));

/** Goes there; `replace` for typing and sliding, which would fill the history with steps nobody wants back. */
export function go(change: Partial<State>, replace = false): void {
  const target = link(change);
  if (!replace) location.hash = target;
  else {
    history.replaceState(null, "", target);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
