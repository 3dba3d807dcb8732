// Finds companies by English name, local name, id or ticker, with typing errors and full-width characters.

import type { CompanyPlace } from "./contract";
import type { Graph } from "./graph";

/** One spelling of many: full-width to plain (NFKC), lower case, no accents, no punctuation. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Typing errors (letter added, lost, changed, or two swapped) between `word` and `typed`, or limit + 1 once it is more. */
export function typingErrors(word: string, typed: string, limit: number): number {
  if (Math.abs(word.length - typed.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: typed.length + 1 }, (_, j) => j);
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    for (let j = 1; j <= typed.length; j++) {
      const same = word[i - 1] === typed[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && word[i - 1] === typed[j - 2] && word[i - 2] === typed[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[typed.length];
}

/** Lower is nearer; -1 = no match. */
function distance(names: string[], typed: string): number {
  let best = -1;
  const offer = (d: number) => {
    if (best < 0 || d < best) best = d;
  };
  for (const name of names) {
    if (!name) continue;
    const at = name.indexOf(typed);
    if (name === typed) return 0;
    if (at === 0) offer(1);
    else if (at > 0) offer(name[at - 1] === " " ? 2 : 3);
  }
  return best;
}

function slips(names: string[], typed: string): number {
  const limit = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
  if (limit === 0) return -1;
  let best = limit + 1;
  for (const name of names)
    for (const word of [name, ...name.split(" ")]) {
      best = Math.min(best, typingErrors(word, typed, limit));
      // what is typed may be the beginning of a long name
      if (word.length > typed.length) best = Math.min(best, typingErrors(word.slice(0, typed.length), typed, limit));
    }
  return best > limit ? -1 : 10 + best;
}

export type Search = (typed: string, limit: number) => CompanyPlace[];

/** Names are folded at the first question: the start of a large page does not wait for it. */
export function searchOf(graph: Graph): Search {
  let folded: string[][] | undefined;
  const weight = (c: CompanyPlace) => graph.outgoing(c).length + graph.incoming(c).length;
  return (typed, limit) => {
    const wanted = fold(typed);
    if (!wanted) return [];
    const { id, name, local, ticker } = graph.companies;
    folded ??= id.map((text, c) => [fold(text), fold(name[c]), fold(local[c]), fold(ticker[c])]);
    const ranked = (near: (names: string[], typed: string) => number) =>
      folded!.map((names, c) => ({ c, d: near(names, wanted) })).filter((hit) => hit.d >= 0);
    let hits = ranked(distance);
    if (hits.length === 0) hits = ranked(slips);
    hits.sort((a, b) => a.d - b.d || weight(b.c) - weight(a.c) || a.c - b.c);
    return hits.slice(0, limit).map((hit) => hit.c);
  };
}
