// Keeps what is seen: a file (SVG, PNG, CSV) or the clipboard. Nothing leaves the machine.

import { fonts, s, textWidth } from "./dom";

export function keep(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(
    content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }),
  );
  const anchor = document.createElement("a");
  anchor.setAttribute("href", address);
  anchor.setAttribute("download", name);
  document.body.appendChild(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The clipboard interface is missing on some pages opened from a file: then the old way. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    area.setAttribute("class", "hidden");
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** What the style sheet gives a picture, written into it: a file of its own has no style sheet. */
const carried = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linecap",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
  "stroke-linejoin",
  "text-decoration",
  "display",
];

/** A copy that keeps its looks, and nothing that only a page can answer: links, buttons. */
function lone(drawing: SVGSVGElement): SVGSVGElement {
  const made = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll("*")];
  const to = [made, ...made.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of carried) {
      const value = style.getPropertyValue(name);
      if ((value && value !== "none") || name === "fill") to[i].setAttribute(name, value);
    }
    for (const name of ["class", "tabindex", "role", "href", "data-why", "data-key", "aria-haspopup"])
      to[i].removeAttribute(name);
  });
  return made;
}

/** The text in lines no wider than the picture. */
function lines(text: string, width: number, size: number, weight: number): string[] {
  const made = [""];
  for (const word of text.split(" ")) {
    const longer = `${made[made.length - 1]} ${word}`.trim();
    if (made[made.length - 1] && textWidth(longer, size, weight) > width) made.push(word);
    else made[made.length - 1] = longer;
  }
  return made;
}

/** The picture as a file of its own: with a title above, its legend and a line on its origin below. */
export function standalone(picture: SVGSVGElement, title: string, origin: string): SVGSVGElement {
  const drawing = lone(picture);
  // a zoomed picture is kept whole
  drawing.querySelector("[data-zoomed]")?.removeAttribute("transform");
  const width = Number(picture.getAttribute("data-width"));
  const height = Number(picture.getAttribute("data-height"));
  const page = getComputedStyle(document.body);
  const heading = lines(title, width, 20, 700);
  const legend = [...document.querySelectorAll("main .legend li")];
  const top = 38 + 26 * heading.length;
  const whole = { x: -24, y: -top, width: width + 48, height: top + height + 46 + 20 * legend.length };
  const small = { "font-size": 12, fill: page.color, "fill-opacity": 0.75 };
  return s(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: whole.width,
      height: whole.height,
      viewBox: `${whole.x} ${whole.y} ${whole.width} ${whole.height}`,
      "font-family": fonts,
    },
    s("title", null, title),
    s("rect", { ...whole, fill: page.backgroundColor }),
    heading.map((line, i) =>
      s("text", { y: 36 - top + 26 * i, "font-size": 20, "font-weight": 700, fill: page.color }, line),
    ),
    [...drawing.childNodes],
    legend.map((item, i) => {
      const sample = lone(item.querySelector("svg")!);
      sample.setAttribute("y", String(height + 15 + 20 * i));
      return [sample, s("text", { ...small, x: 44, y: height + 24 + 20 * i }, item.textContent)];
    }),
    s("text", { ...small, y: height + 28 + 20 * legend.length }, origin),
  );
}

export const svgText = (svg: SVGSVGElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;

/** Twice the pixels, so that it is sharp on paper and on dense screens; a browser's largest canvas is not exceeded. */
export async function png(svg: SVGSVGElement): Promise<Blob | null> {
  const width = Number(svg.getAttribute("width"));
  const height = Number(svg.getAttribute("height"));
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const address = URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml;charset=utf-8" }));
  try {
    const image = new Image();
    image.width = width;
    image.height = height;
    await new Promise((done, failed) => {
      image.addEventListener("load", done);
      image.addEventListener("error", failed);
      image.setAttribute("src", address);
    });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
