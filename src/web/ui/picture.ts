// The frame of a picture: it scrolls where it is wider than the page, or it is a map that zooms.

import { h, s, type Child } from "./dom";
import { zoomMap } from "./map";

export interface PictureSize {
  width: number;
  height: number;
  /** what the picture shows, for those who do not see it; the twin tells the rest */
  label: string;
}

/** Scrolls sideways inside its frame, so that the page itself never does. */
export const scrolling = (size: PictureSize, content: Child[]): HTMLElement =>
  h(
    "div",
    { class: "picture scroll", tabindex: 0, role: "region", "aria-label": size.label },
    s(
      "svg",
      {
        width: size.width,
        height: size.height,
        viewBox: `0 0 ${size.width} ${size.height}`,
        "data-width": size.width,
        "data-height": size.height,
        role: "group",
        "aria-label": size.label,
      },
      content,
    ),
  );

/** Smaller than this its words cannot be read; then a part is shown first. */
const smallestReadable = 0.72;

/** A map. It starts at its focus, as large as can be read. */
export function zooming(
  size: PictureSize,
  content: Child[],
  focus: { x: number; y: number },
  available: number,
): HTMLElement {
  const inner = s("g", { "data-zoomed": true }, content);
  const narrow = available < 640;
  const readable = narrow ? 0.85 : smallestReadable;
  // no higher than the picture is at the scale that it starts at
  const across = Math.min(1, available / size.width);
  const scale = narrow || across < readable ? readable : across;
  const height = Math.round(Math.max(260, Math.min(size.height * scale, narrow ? 1400 : 1150)));
  const svg = s(
    "svg",
    {
      width: available,
      height,
      viewBox: `0 0 ${available} ${height}`,
      "data-width": size.width,
      "data-height": size.height,
      role: "group",
      "aria-label": size.label,
      class: "map",
    },
    inner,
  );
  const view = zoomMap(svg, inner, available, height);
  const fit = Math.min(across, height / size.height);
  const whole = { k: fit, x: (available - size.width * fit) / 2, y: (height - size.height * fit) / 2 };
  const within = (at: number, room: number, extent: number) =>
    extent * readable <= room
      ? (room - extent * readable) / 2
      : Math.min(0, Math.max(room - extent * readable, room / 2 - at * readable));
  view.move(
    fit >= readable
      ? whole
      : { k: readable, x: within(focus.x, available, size.width), y: within(focus.y, height, size.height) },
  );

  // what the keyboard reaches is brought into sight
  svg.addEventListener("focusin", (event) => {
    if (!(event.target as Element).matches(":focus-visible")) return;
    const at = (event.target as Element).getBoundingClientRect();
    const frame = svg.getBoundingClientRect();
    const past = (low: number, high: number, from: number, to: number) =>
      low < from ? from - low + 16 : high > to ? to - high - 16 : 0;
    const { k, x, y } = view.place();
    view.move({
      k,
      x: x + past(at.left, at.right, frame.left, frame.right),
      y: y + past(at.top, at.bottom, frame.top, frame.bottom),
    });
  });
  const button = (words: string, label: string, act: () => void) => {
    const element = h(
      "button",
      { type: "button", "aria-label": label, title: label, "data-key": `zoom-${label}` },
      words,
    );
    element.addEventListener("click", act);
    return element;
  };
  const buttons = h(
    "div",
    { class: "zoom", role: "group", "aria-label": "Zoom; arrow keys move the picture" },
    button("+", "Zoom in", () => view.zoom(1.3)),
    button("−", "Zoom out", () => view.zoom(1 / 1.3)),
    button("⤢", "Show the whole picture", () => view.move(whole)),
  );
  // what a drag does, for those without a pointer
  buttons.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[event.key];
    if (!way) return;
    event.preventDefault();
    const { k, x, y } = view.place();
    view.move({ k, x: x + way[0], y: y + way[1] });
  });
  return h("div", { class: "picture" }, svg, buttons);
}
