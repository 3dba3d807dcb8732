// A field that finds a company: a combobox with a list below it, all by keyboard.

import { nameOf, type Context } from "../context";
import type { CompanyPlace } from "../data/contract";
import { bdi, h } from "./dom";

let made = 0;

export interface FindOptions {
  label: string;
  placeholder: string;
  key: string;
  /** where a choice leads */
  choose(company: CompanyPlace): void;
}

export function find(x: Context, options: FindOptions): HTMLElement {
  const id = `find-${made++}`;
  const { local, ticker, sector } = x.graph.companies;
  const input = h("input", {
    type: "search",
    role: "combobox",
    id,
    "aria-label": options.label,
    placeholder: options.placeholder,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "data-key": options.key,
  });
  const list = h("ul", {
    role: "listbox",
    id: `${id}-list`,
    "aria-label": options.label,
    class: "found",
    hidden: true,
  });
  const told = h("span", { role: "status", class: "hidden" });
  let hits: CompanyPlace[] = [];
  let active = -1;

  const show = (open: boolean) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  };
  const mark = (n: number) => {
    active = n;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === n)));
    if (n >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${n}`);
      list.children[n]?.scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (n: number) => {
    if (hits[n] === undefined) return;
    input.value = "";
    show(false);
    options.choose(hits[n]);
  };
  const look = () => {
    hits = x.search(input.value, 8);
    list.replaceChildren(
      ...hits.map((c, n) => {
        const item = h(
          "li",
          { role: "option", id: `${id}-${n}`, "aria-selected": "false" },
          h("strong", null, bdi(nameOf(x, c))),
          local[c] && [" ", bdi(local[c])],
          h(
            "span",
            { class: "muted" },
            [ticker[c], sector[c]].filter(Boolean).map((text) => [" · ", bdi(text)]),
          ),
        );
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(n);
        });
        return item;
      }),
    );
    const asked = input.value.trim() !== "";
    if (asked && hits.length === 0)
      list.replaceChildren(h("li", { class: "muted none" }, "No company of this graph has such a name"));
    told.textContent = asked ? `${hits.length} found` : "";
    show(asked);
    mark(hits.length ? 0 : -1);
  };
  input.addEventListener("input", look);
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) mark((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((active + hits.length - 1) % hits.length);
    else if (event.key === "Enter") choose(Math.max(0, active));
    else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      show(false);
    } else return;
    event.preventDefault();
  });
  return h("div", { class: "find" }, input, list, told);
}
