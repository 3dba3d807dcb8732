// Numbers as words: the same as the program prints, and "unknown" for what nobody reported.

import type { PageQuantity, PageRange } from "./contract";

export const unknown = "unknown";
const space = "\u00a0";

// What is no exact number is rounded outwards, as the program does: .6438 · 10,000 is 6438, whatever its last bit says.
type Round = (value: number) => number;
const down: Round = (value) => Math.floor(value + 1e-9 * Math.abs(value));
const up: Round = (value) => Math.ceil(value - 1e-9 * Math.abs(value));
const digits = (value: number, places: number, round?: Round): string =>
  String(round ? round(value * 10 ** places) / 10 ** places : Number(value.toFixed(places)));

/** .6438 → "64.38 %"; as the program rounds, and something small is not nothing */
export function percent(fraction: number, round?: Round): string {
  const value = fraction * 100;
  if (value > 0 && value < 0.005) return `<0.01${space}%`;
  return `${digits(value, 2, round)}${space}%`;
}

/** Texts of the program, with a space that does not break before the sign. */
export const quantity = (q: PageQuantity | null | undefined): string =>
  q ? q.text.replace(/ %/g, `${space}%`) : unknown;

/** A number of a row, as good as the figures behind the row: "~80 % est." */
export function marked(text: string, marks: string): string {
  if (text === unknown || text === `0${space}%`) return text;
  return `${marks.startsWith("~") ? "~" : ""}${text}${marks.endsWith("est.") ? `${space}est.` : ""}`;
}

/** A part of a revenue: null is unknown. */
export const part = (fraction: number | null, marks: string) =>
  fraction === null ? unknown : marked(percent(fraction), marks);

/** The marks of something that rests on all these. */
export function marksOf(quantities: (PageQuantity | null | undefined)[]): string {
  const marks = [quantities.some((q) => q?.approximate) && "~", quantities.some((q) => q?.estimated) && "est."];
  return marks.filter(Boolean).join(" ");
}

/** Before the least that something can be: "at least" is for an exact bound alone. */
export const atLeast = (marks: string): string => (marks.startsWith("~") ? "about" : "at least");

/** in a legend */
export const estimateKey = "est.: an estimate, not a reported figure";

/** Behind a headline that counts or compares several figures. */
export function caveat(marks: string[]): string {
  const approximate = marks.some((m) => m.startsWith("~")) && "approximate";
  const estimated = marks.some((m) => m.endsWith("est.")) && "estimated";
  const words = [estimated, approximate].filter(Boolean).join(" or ");
  return words && ` (some figures ${words})`;
}

/** The number behind these words: .123456 is at least 12.34 %. */
export function least(fraction: number, marks: string): string {
  const bound = marks.startsWith("~") || fraction < 0.0001 ? undefined : down;
  return marked(percent(fraction, bound), marks.replace(/^~ ?/, ""));
}

export function range({ low, high }: PageRange, one: (n: number, round?: Round) => string): string {
  if (high === null) return `≥${one(low, down)}`;
  return one(low) === one(high) ? one(low) : `${one(low, down)}–${one(high, up)}`;
}
export const hhi = (interval: PageRange): string => range(interval, (n, round) => digits(n, 0, round));
export const decimal = (n: number, round?: Round): string => digits(n, 2, round);
export const count = (n: number): string => n.toLocaleString("en-GB");
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
const small = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
/** at the head of a sentence */
export const capitalCount = (n: number): string => small[n] ?? count(n);
/** the same where there may be more */
export const capitalAtLeast = (n: number, more: boolean): string => (more ? `At least ${count(n)}` : capitalCount(n));
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** "data-centre-hosting" → "data centre hosting": the short words of the data as a person reads them */
export const words = (code: string): string => code.replace(/-/g, " ");
