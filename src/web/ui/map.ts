// Pan and zoom of a picture: drag, two fingers, Ctrl and wheel. Pointer events do all of it in these few lines; d3-zoom with
// what it stands on is 62 KB, half of what the page may weigh.

export interface Place {
  k: number;
  x: number;
  y: number;
}

export interface ZoomMap {
  place(): Place;
  move(to: Place): void;
  /** about a point of the frame, the middle when none is given */
  zoom(by: number, at?: { x: number; y: number }): void;
}

const smallest = 0.1;
const largest = 4;
/** Pixels that a hand trembles in a click. */
const tremble = 4;

export function zoomMap(svg: SVGSVGElement, inner: SVGGElement, width: number, height: number): ZoomMap {
  let now: Place = { k: 1, x: 0, y: 0 };
  const move = (to: Place) => {
    now = to;
    inner.setAttribute("transform", `translate(${to.x} ${to.y}) scale(${to.k})`);
  };
  const zoom = (by: number, at = { x: width / 2, y: height / 2 }) => {
    const k = Math.min(largest, Math.max(smallest, now.k * by));
    const ratio = k / now.k;
    move({ k, x: at.x - (at.x - now.x) * ratio, y: at.y - (at.y - now.y) * ratio });
  };
  const within = (event: MouseEvent) => {
    const frame = svg.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };

  svg.addEventListener(
    "wheel",
    (event) => {
      // a bare wheel scrolls the page, as the reader expects
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / (event.deltaMode === 1 ? 20 : 300)), within(event));
    },
    { passive: false },
  );

  const fingers = new Map<number, { x: number; y: number }>();
  let dragged = false;
  let from = { x: 0, y: 0 };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, within(event));
    if (fingers.size === 1) {
      dragged = false;
      from = within(event);
    }
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const at = within(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (!other && !dragged && Math.hypot(at.x - from.x, at.y - from.y) < tremble) return;
    // only now: a pointer held from the start would take the click away from what lies under it
    if (!dragged) svg.setPointerCapture(event.pointerId);
    dragged = true;
    fingers.set(event.pointerId, at);
    if (other) {
      const apart = (p: { x: number; y: number }) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
      zoom(apart(at) / apart(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
      move({ ...now, x: now.x + (at.x - before.x) / 2, y: now.y + (at.y - before.y) / 2 });
    } else move({ ...now, x: now.x + at.x - before.x, y: now.y + at.y - before.y });
  });
  const up = (event: PointerEvent) => fingers.delete(event.pointerId);
  for (const name of ["pointerup", "pointercancel", "pointerleave"] as const) svg.addEventListener(name, up);
  // the end of a drag is no click on what it ends at; and a link is not dragged away as a link
  svg.addEventListener(
    "click",
    (event) => {
      if (dragged) {
        event.preventDefault();
        event.stopPropagation();
        dragged = false;
      }
    },
    true,
  );
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  return { place: () => now, move, zoom };
}
