// A number's key: which explanation its drawer shows. It stands in the address, so an open drawer can be sent to somebody.

import type { Company, Relation } from "../data/contract";
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

export type ExposurePart = "direct" | "indirect" | "total" | "other" | "unattributed" | "trapped" | "value";

export const keysOf = (g: Graph) => {
  const id = (c: Company) => g.companies.id[c];
  return {
    relation: (r: Relation) => key("relation", r),
    revenue: (c: Company) => key("revenue", id(c)),
    exposure: (target: Company, supplier: Company, part: ExposurePart) =>
      key("exposure", id(target), id(supplier), part),
    chain: (target: Company, supplier: Company, n: number) => key("chain", id(target), id(supplier), n),
    link: (target: Company, supplier: Company) => key("link", id(supplier), id(target)),
    dependence: (supplier: Company, part: "attributed" | "hhi") => key("dependence", id(supplier), part),
    pair: (from: Company, to: Company) => key("pair", id(from), id(to)),
    between: (from: Company, to: Company) => key("between", id(from), id(to)),
    purchase: (
      customer: Company,
      category: string,
      part: "share" | "hhi" | "level" | "suppliers" | "effective" | "covered",
    ) => key("purchase", id(customer), category, part),
    sources: (customer: Company, supplier: Company) => key("sources", id(customer), id(supplier)),
    loop: (n: number) => key("loop", n),
    loops: () => key("loops"),
    hop: (n: number) => key("hop", n),
  };
};
