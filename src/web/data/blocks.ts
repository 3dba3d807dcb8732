// Reads a data block when it is first needed, and each part of it when it is first asked for: a page of 20,000 companies holds
// megabytes, a reader looks at one view of one date.

import { unpackerOf } from "./unpack";

/** The block, or null where the page has none. The element goes: its text is not kept twice in memory. */
export function readBlock<T extends object>(id: string): Partial<T> | null {
  const element = document.getElementById(id);
  if (!element) return null;
  const parsed = JSON.parse(element.textContent || "null") as Record<string, unknown> | null;
  element.remove();
  if (!parsed || typeof parsed !== "object") return null;
  const unpack = unpackerOf(parsed, id === "graph");
  const block = {};
  for (const key of Object.keys(parsed)) {
    if (key.startsWith("$")) continue;
    const name = key.replace(/\$.$/, "");
    let made = false;
    let value: unknown;
    Object.defineProperty(block, name, {
      enumerable: true,
      get() {
        if (!made) {
          value = unpack({ [key]: parsed[key] })[name];
          made = true;
          parsed[key] = null;
        }
        return value;
      },
    });
  }
  return block;
}

/** What an older or smaller program left out, so that a view never meets `undefined`. Reads every part. */
export function withDefaults<T extends object>(value: Partial<T> | null | undefined, defaults: T): T {
  const whole = { ...defaults };
  if (value)
    for (const key of Object.keys(value) as (keyof T)[])
      if (value[key] !== undefined && value[key] !== null) whole[key] = value[key]!;
  return whole;
}
