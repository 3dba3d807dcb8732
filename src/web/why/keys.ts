// A number's key: which explanation its drawer shows. It stands in the address, so an open drawer can be sent to somebody.

import type { CompanyPlace, RelationPlace } from "../data/contract";
import type { Graph } from "../data/graph";

const key = (...parts: (string | number)[]): string => parts.map((part) => encodeURIComponent(String(part))).join("/");

export const parts = (text: string): string[] =>
  text.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return "";
    }
  });

export type ExposurePart = "direct" | "indirect" | "total" | "other" | "unattributed" | "trapped" | "amount";

export const keysOf = (g: Graph) => {
  const id = (c: CompanyPlace) => g.companies.id[c];
  return {
    relation: (r: RelationPlace) => key("relation", r),
    revenue: (c: CompanyPlace) => key("revenue", id(c)),
    exposure: (target: CompanyPlace, supplier: CompanyPlace, part: ExposurePart) =>
      key("exposure", id(target), id(supplier), part),
    chain: (target: CompanyPlace, supplier: CompanyPlace, n: number) => key("chain", id(target), id(supplier), n),
    link: (target: CompanyPlace, supplier: CompanyPlace) => key("link", id(supplier), id(target)),
    dependence: (supplier: CompanyPlace, part: "attributed" | "hhi") => key("dependence", id(supplier), part),
    pair: (from: CompanyPlace, to: CompanyPlace) => key("pair", id(from), id(to)),
    between: (from: CompanyPlace, to: CompanyPlace) => key("between", id(from), id(to)),
    purchase: (
      customer: CompanyPlace,
      category: string,
      part: "share" | "hhi" | "level" | "suppliers" | "effective" | "covered",
    ) => key("purchase", id(customer), category, part),
    sources: (customer: CompanyPlace, supplier: CompanyPlace) => key("sources", id(customer), id(supplier)),
    loop: (n: number) => key("loop", n),
    loops: () => key("loops"),
    hop: (n: number) => key("hop", n),
  };
};
