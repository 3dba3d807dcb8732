// Numbers as words: the same as the program prints, and "unknown" for what nobody reported.

import type { PageQuantity, PageRange } from "./contract";

export const unknown = "unknown";
const space = "\u00a0";

const digits = (value: number, places: number): string => String(Number(value.toFixed(places)));

/** .6438 → "64.38 %"; as the program rounds, and something small is not nothing */
export function percent(fraction: number): string {
  const value = fraction * 100;
  if (value > 0 && value < 0.005) return `<0.01${space}%`;
  return `${digits(value, 2)}${space}%`;
}

/** Texts of the program, with a space that does not break before the sign. */
export const quantity = (q: PageQuantity | null | undefined): string =>
  q ? q.text.replace(/ %/g, `${space}%`) : unknown;

export function hhi({ low, high }: PageRange): string {
  const whole = (n: number) => String(Math.round(n));
  if (high === null) return `≥${whole(low)}`;
  return whole(low) === whole(high) ? whole(low) : `${whole(low)}–${whole(high)}`;
}

export function range({ low, high }: PageRange, one: (n: number) => string): string {
  if (high === null) return `≥${one(low)}`;
  return one(low) === one(high) ? one(low) : `${one(low)}–${one(high)}`;
}

export const decimal = (n: number): string => digits(n, 2);
export const count = (n: number): string => n.toLocaleString("en-GB");
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
const small = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
/** at the head of a sentence */
export const capitalCount = (n: number): string => small[n] ?? count(n);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** "data-centre-hosting" → "data centre hosting": the short words of the data as a person reads them */
export const words = (code: string): string => code.replace(/-/g, " ");
