// The only way that anything gets into the document: elements, attributes, text. Data never becomes markup.

export type Child = Node | string | number | null | undefined | false | Child[];
export type Attributes = Record<string, string | number | boolean | null | undefined>;

const svgSpace = "http://www.w3.org/2000/svg";

/** http and https only; anything else (javascript:, data:, a typing error) is no link. */
export function webAddress(text: string): string | null {
  try {
    const { protocol, href } = new URL(text);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}

function fill<E extends Element>(element: E, attributes: Attributes | null, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    // a handler or a style in markup is what the content security policy forbids; an address is a place in this page or goes
    // through webAddress
    if (/^(on|style$|src)/.test(name)) throw new Error(`attribute ${name}`);
    if (name === "href" && !String(value).startsWith("#") && webAddress(String(value)) === null) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

export function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export const h = <T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes | null = null,
  ...children: Child[]
): HTMLElementTagNameMap[T] => fill(document.createElement(tag), attributes, children);

export const s = <T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Attributes | null = null,
  ...children: Child[]
): SVGElementTagNameMap[T] => fill(document.createElementNS(svgSpace, tag), attributes, children);

/** A name from the data, kept apart from the direction of the text around it. */
export const bdi = (text: string): HTMLElement => h("bdi", null, text);

/** The same in a picture, where <bdi> does not exist: isolating characters, only where a text turns the direction. */
export const isolated = (text: string): string =>
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;

/** A number that tells where it comes from. */
export const number = (text: string, why: string, label?: string): HTMLElement =>
  h(
    "button",
    {
      type: "button",
      class: text === "unknown" ? "number unknown" : "number",
      "data-why": why,
      "data-key": why,
      "aria-haspopup": "dialog",
      "aria-label": label,
    },
    text,
  );

/** The same in a picture. */
export const pictureNumber = (text: string, why: string, attributes: Attributes, label = text): SVGElement =>
  s(
    "text",
    {
      ...attributes,
      class: `number ${attributes.class ?? ""}`.trim(),
      role: "button",
      tabindex: 0,
      "data-why": why,
      "data-key": why,
      "aria-haspopup": "dialog",
      "aria-label": label,
    },
    text,
  );

let canvas: CanvasRenderingContext2D | null = null;
/** Pixels that a text takes, in the fonts of the page. */
export function textWidth(text: string, size: number, weight = 400): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return text.length * size * 0.6;
  canvas.font = `${weight} ${size}px ${fonts}`;
  return canvas.measureText(text).width;
}
export const fonts =
  '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** The text, cut with … where it is wider than `width`. */
export function fitted(text: string, width: number, size: number, weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  let low = 0,
    high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${letters.slice(0, middle).join("")}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join("").trimEnd()}…`;
}
