// What the program embeds: README.md is the contract, these are its words as types. Companies, relations and sources are
// indexes into the arrays of the graph block. null = unknown, never 0.

export type Company = number;
export type Relation = number;
export type Source = number;
/** [low, high]; high null = no upper bound */
export type Range = [number, number | null];

export interface Quantity {
  low: number;
  high: number | null;
  /** as the program prints it for a person */
  text: string;
  /** as the source prints it */
  reported?: string;
  currency?: string;
  approximate?: boolean;
}

export interface GraphBlock {
  format: number;
  program: string;
  title: string;
  graphs: string[];
  options: string;
  currency: string | null;
  kinds: string[];
  statuses: string[];
  bases: string[];
  confidences: string[];
  classes: string[];
  levels: string[];
  companies: {
    id: string[];
    name: string[];
    local: string[];
    sector: string[];
    country: string[];
    ticker: string[];
    revenue: (Quantity | null)[];
    period: string[];
    aggregate: (0 | 1)[];
    sources: Source[][];
  };
  relations: {
    from: Company[];
    to: Company[];
    kind: number[];
    status: number[];
    category: string[];
    item: string[];
    value: (Quantity | null)[];
    basis: number[];
    revenue_share: (Quantity | null)[];
    supply_share: (Quantity | null)[];
    stake: (Quantity | null)[];
    since: string[];
    until: string[];
    as_of: string[];
    restates: (0 | 1)[];
    confidence: number[];
    sources: Source[][];
    note: string[];
    place: string[];
  };
  sources: {
    id: string[];
    title: string[];
    publisher: string[];
    date: string[];
    url: string[];
    language: string[];
  };
  dates: { label: string; date: string | null }[];
  notes: string[];
}

export interface DependenceRow {
  supplier: Company;
  attributed: number;
  hhi: Range;
  quantified: boolean;
  largest: Company | null;
  major: Company[];
  customers: { customer: Company; share: Quantity | null; rows: Relation[] }[];
}

export interface Chain {
  share: number;
  companies: Company[];
}

export interface ExposureRow {
  supplier: Company;
  direct: number;
  indirect: number;
  total: number;
  other: number;
  unattributed: number;
  trapped: number;
  value: Quantity | null;
  chains: Chain[];
}

export interface ExposureResult {
  target: Company;
  suppliers: ExposureRow[];
  zero: number;
  left_out: number;
  unquantified: Company[];
  unquantified_left_out?: number;
  /** sentences of this target alone */
  notes?: string[];
}

export interface Purchase {
  customer: Company;
  category: string;
  level: number;
  hhi: Range;
  top: Range | null;
  covered: number;
  effective: Range;
  suppliers: { supplier: Company; share: Quantity | null; rows: Relation[] }[];
  beside: Relation[];
}

export interface Hop {
  from: Company;
  to: Company;
  amount: Quantity | null;
  rows: Relation[];
}

export interface Loop {
  companies: Company[];
  hops: number[];
  class: number;
  amount: Quantity | null;
  contingent: boolean;
  hinges_on_contingent: boolean;
  at_least: boolean;
  time_ordered: boolean | null;
}

export interface Pair {
  from: Company;
  to: Company;
  amount: Quantity | null;
  share: Quantity | null;
  rows: Relation[];
}

export interface AtBlock {
  state: string;
  dependence: { results: DependenceRow[]; notes: string[] };
  exposure: { results: ExposureResult[]; left_out: Company[]; notes: string[] };
  concentration: { results: Purchase[]; left_out: number; notes: string[] };
  cycles: {
    count: number;
    complete: boolean;
    max_length: number;
    by_length: Record<string, number[]>;
    hops: Hop[];
    results: Loop[];
    left_out: number;
    notes: string[];
  };
  pairs: Pair[];
  /** only with --consolidate: [company, the parent that answers for it] */
  groups: [Company, Company][];
}
