// Restores the contract's form of a packed block (README.md, "Large pages"): columns instead of objects, and each quantity once.

import type { PageQuantity } from "./contract";

// A packed block is any JSON; what comes out is typed where it is read (blocks.ts).
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/** Quantities of the graph block: what the blocks of the dates build on. */
let shared: (PageQuantity | null)[] = [];

function quantity(text: string): PageQuantity {
  const [low, high, words, reported, currency, marks] = text.split("|");
  const q: PageQuantity = { low: Number(low), high: high === "-" ? null : Number(high || low), text: words };
  if (reported) q.reported = reported;
  if (currency) q.currency = currency;
  if (marks?.startsWith("~")) q.approximate = true;
  if (marks?.endsWith("est.")) q.estimated = true;
  return q;
}

function table(columns: Json): Json[] {
  const names = Object.keys(columns);
  const length = names.length ? columns[names[0]].length : 0;
  const rows: Json[] = new Array(length);
  for (let i = 0; i < length; i++) {
    const row: Json = {};
    for (const name of names) row[name] = columns[name][i];
    rows[i] = row;
  }
  return rows;
}

export type Unpack = (part: Json) => Json;

/** Unpacks parts of one block, each when it is asked for. */
export function unpackerOf(block: Json, isGraph: boolean): Unpack {
  const texts: string[] = block.$s ?? [];
  const own: string[] = block.$q ?? [];
  const before = isGraph ? [] : shared;
  const made: (PageQuantity | null)[] = new Array(own.length).fill(null);
  if (isGraph) {
    own.forEach((text, i) => {
      made[i] = quantity(text);
    });
    shared = made;
  }
  const q = (i: number | null) =>
    i === null ? null : i < before.length ? before[i] : (made[i - before.length] ??= quantity(own[i - before.length]));

  const whole = (value: Json): Json => {
    if (Array.isArray(value))
      return value.length && value[0] && typeof value[0] === "object" ? value.map(whole) : value;
    return value && typeof value === "object" ? members(value) : value;
  };
  const members = (object: Json): Json => {
    const out: Json = {};
    for (const [key, value] of Object.entries<Json>(object)) {
      if (key.startsWith("$")) continue;
      const name = key.replace(/\$.$/, "");
      switch (key.slice(name.length)) {
        case "$q":
          out[name] = value.map(q);
          break;
        case "$s":
          out[name] = value.map((i: number) => texts[i]);
          break;
        case "$l":
          out[name] = value.map((l: Json) => (Array.isArray(l) ? l : [l]));
          break;
        case "$t":
          out[name] = table(members(value));
          break;
        case "$n": {
          const rows = table(members(value));
          let next = 0;
          out[name] = value.$n.map((length: number) => rows.slice(next, (next += length)));
          break;
        }
        default:
          out[name] = whole(value);
      }
    }
    return out;
  };
  return members;
}
