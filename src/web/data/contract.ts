// Made by scripts/web from the program's own descriptions (tierscope_contract). What must change, change there.

// The page: what the program embeds. null = unknown, never 0; text that is not known is empty.

/** Rows as columns: a list for each field. */
export type Columns<Row> = { [Name in keyof Row]: Row[Name][] };

export interface PageQuantity {
  /** a fraction, or whole units of the currency */
  low: number;
  /** null: no upper bound */
  high: number | null;
  /** as the program prints it for a person */
  text: string;
  /** as the source prints it; absent where computed */
  reported?: string;
  /** of amounts */
  currency?: string;
  /** absent: false */
  approximate?: true;
}

export type SourcePlace = number;

export interface PageCompany {
  /** as relations name it */
  id: string;
  /** the id where none is given */
  name: string;
  /** name in the company's own language */
  local: string;
  /** its sector */
  sector: string;
  /** its country */
  country: string;
  /** where it is listed */
  ticker: string;
  /** of the period; whole units of the currency */
  revenue: PageQuantity | null;
  /** of the revenue */
  period: string;
  /** 1: not one company */
  aggregate: number;
  /** cited for it */
  sources: SourcePlace[];
}

export type CompanyPlace = number;

export interface PageRelation {
  /** supplier, investor, lender, guarantor, issuer or parent */
  from: CompanyPlace;
  /** customer, investee, borrower, beneficiary, holder or subsidiary */
  to: CompanyPlace;
  /** index into kinds */
  kind: number;
  /** index into statuses */
  status: number;
  /** what is bought, a controlled word */
  category: string;
  /** the product */
  item: string;
  /** the amount, as reported; whole units of the currency */
  value: PageQuantity | null;
  /** index into bases; -1: not stated */
  basis: number;
  /** of the supplier's revenue; fraction, 0 to 1 */
  revenue_share: PageQuantity | null;
  /** of the customer's purchases of the category; fraction, 0 to 1 */
  supply_share: PageQuantity | null;
  /** of the subsidiary; fraction, 0 to 1 */
  stake: PageQuantity | null;
  /** when it began */
  since: string;
  /** when it ended or will */
  until: string;
  /** the date that the figures describe */
  as_of: string;
  /** 1: the amount is contained in another relation */
  restates: number;
  /** index into confidences; -1: not stated */
  confidence: number;
  /** cited for it */
  sources: SourcePlace[];
  /** the compiler's */
  note: string;
  /** file and line, without folders */
  place: string;
}

export interface PageSource {
  /** all that is known of a source that is cited but not listed */
  id: string;
  /** of the article or filing */
  title: string;
  /** who published it */
  publisher: string;
  /** as the publisher prints it */
  date: string;
  /** http(s) alone: what a click may open */
  url: string;
  /** its language */
  language: string;
}

export interface PageDay {
  /** latest, the date as typed, or a year */
  label: string;
  /** its last day; empty: no limit */
  date: string;
}

/** The block `graph`. */
export interface PageGraph {
  /** of these blocks */
  format: number;
  /** version of the program */
  program: string;
  /** of the page */
  title: string;
  /** names of the graphs, without folders */
  graphs: string[];
  /** of the view, as typed: shown with the commands that answer alike */
  options: string;
  /** that amounts are converted to; empty: none */
  currency: string;
  /** the words that numbers of relations point at */
  kinds: string[];
  /** likewise */
  statuses: string[];
  /** likewise */
  bases: string[];
  /** likewise */
  confidences: string[];
  /** of loops */
  classes: string[];
  /** of concentration */
  levels: string[];
  /** in input order */
  companies: Columns<PageCompany>;
  /** in input order */
  relations: Columns<PageRelation>;
  /** in input order; those that are only cited stand at the end */
  sources: Columns<PageSource>;
  /** newest first; block at-i belongs to dates[i]; a year that holds the same as the next one has none */
  dates: PageDay[];
  /** what was left out of the page for its size */
  notes: string[];
}

export const emptyPageGraph: PageGraph = {
  format: 0,
  program: "",
  title: "",
  graphs: [],
  options: "",
  currency: "",
  kinds: [],
  statuses: [],
  bases: [],
  confidences: [],
  classes: [],
  levels: [],
  companies: {
    id: [],
    name: [],
    local: [],
    sector: [],
    country: [],
    ticker: [],
    revenue: [],
    period: [],
    aggregate: [],
    sources: [],
  },
  relations: {
    from: [],
    to: [],
    kind: [],
    status: [],
    category: [],
    item: [],
    value: [],
    basis: [],
    revenue_share: [],
    supply_share: [],
    stake: [],
    since: [],
    until: [],
    as_of: [],
    restates: [],
    confidence: [],
    sources: [],
    note: [],
    place: [],
  },
  sources: {
    id: [],
    title: [],
    publisher: [],
    date: [],
    url: [],
    language: [],
  },
  dates: [],
  notes: [],
};

export interface PageRange {
  /** at least */
  low: number;
  /** at most; null: no upper bound */
  high: number | null;
}

export type RelationPlace = number;

export interface PageCustomer {
  /** who pays */
  customer: CompanyPlace;
  /** of the supplier's revenue; fraction, 0 to 1 */
  share: PageQuantity | null;
  /** that say so */
  rows: RelationPlace[];
}

export interface PageDependence {
  /** who sells */
  supplier: CompanyPlace;
  /** to recorded customers; fraction, 0 to 1 */
  attributed: number;
  /** of the customers' shares; 0 to 10,000 */
  hhi: PageRange;
  /** some share is known */
  quantified: boolean;
  /** customer, no aggregate */
  largest: CompanyPlace | null;
  /** customers with at least 10 % */
  major: CompanyPlace[];
  /** largest share first, unknown last */
  customers: PageCustomer[];
}

export interface PageDependences {
  /** largest customer's share first */
  results: PageDependence[];
  /** how to read them */
  notes: string[];
}

export interface PageChain {
  /** product of the low shares along it; fraction, 0 to 1 */
  share: number;
  /** from the supplier to the customer */
  companies: CompanyPlace[];
}

export interface PageExposure {
  /** who sells */
  supplier: CompanyPlace;
  /** paid by the customer itself; fraction, 0 to 1 */
  direct: number;
  /** paid by it through other companies; fraction, 0 to 1 */
  indirect: number;
  /** direct and indirect, the least that the figures add up to; fraction, 0 to 1 */
  total: number;
  /** ends at companies with no recorded customer; fraction, 0 to 1 */
  other: number;
  /** nobody reported whose it is; fraction, 0 to 1 */
  unattributed: number;
  /** circles for ever in a closed loop; fraction, 0 to 1 */
  trapped: number;
  /** the total of the supplier's revenue; whole units of the currency */
  value: PageQuantity | null;
  /** the strongest; of the first suppliers alone */
  chains: PageChain[];
}

export interface PageTarget {
  /** the customer that the revenue comes from */
  target: CompanyPlace;
  /** largest total first */
  suppliers: PageExposure[];
  /** how many suppliers have figures, of which nothing leads here */
  zero: number;
  /** how many suppliers are left out for size */
  left_out: number;
  /** suppliers of whom a chain is recorded, but no share */
  unquantified: CompanyPlace[];
  /** how many of these are left out for size */
  unquantified_left_out: number;
  /** of this target alone */
  notes: string[];
}

export interface PageExposures {
  /** customers with most suppliers first */
  results: PageTarget[];
  /** customers without an answer here, for size */
  left_out: CompanyPlace[];
  /** of all of them */
  notes: string[];
}

export interface PageSupplier {
  /** who sells */
  supplier: CompanyPlace;
  /** of the customer's purchases of the category; fraction, 0 to 1 */
  share: PageQuantity | null;
  /** that say so */
  rows: RelationPlace[];
}

export interface PagePurchase {
  /** who buys */
  customer: CompanyPlace;
  /** or the item where none is given */
  category: string;
  /** index into levels */
  level: number;
  /** of the suppliers' shares; 0 to 10,000 */
  hhi: PageRange;
  /** the largest supplier's share lies between; null: no share is known; fraction, 0 to 1 */
  top: PageRange | null;
  /** by known shares; fraction, 0 to 1 */
  covered: number;
  /** number of suppliers, 10,000 / HHI */
  effective: PageRange;
  /** largest share first, unknown last */
  suppliers: PageSupplier[];
  /** not counted: for their status, or of aggregates */
  beside: RelationPlace[];
}

export interface PageConcentrations {
  /** most severe first */
  results: PagePurchase[];
  /** how many are left out for size */
  left_out: number;
  /** how to read them */
  notes: string[];
}

export interface PageLength {
  /** in hops */
  length: number;
  /** how many loops of each class, in the order of classes */
  classes: number[];
}

export interface PageHop {
  /** who pays */
  from: CompanyPlace;
  /** who is paid */
  to: CompanyPlace;
  /** sum of the known cash; whole units of the currency */
  amount: PageQuantity | null;
  /** its legs */
  rows: RelationPlace[];
}

export interface PageLoop {
  /** in the order of the money, from the smallest id */
  companies: CompanyPlace[];
  /** indices into hops, that from companies[i] at i */
  hops: number[];
  /** index into classes */
  class: number;
  /** that circulates: the least of its hops; whole units of the currency */
  amount: PageQuantity | null;
  /** some leg is a guarantee or a grant */
  contingent: boolean;
  /** a hop has no other legs */
  hinges_on_contingent: boolean;
  /** a hop has further cash of unknown amount */
  at_least: boolean;
  /** financing first, and never back in time; null: some date is wanting */
  time_ordered: boolean | null;
}

export interface PageCycles {
  /** how many loops were found */
  count: number;
  /** false: the search was stopped */
  complete: boolean;
  /** of the loops that were searched, in hops; 0: all */
  max_length: number;
  /** shortest first */
  by_length: PageLength[];
  /** of the loops listed, each once */
  hops: PageHop[];
  /** largest amount first */
  results: PageLoop[];
  /** how many are counted, not listed */
  left_out: number;
  /** how to read them */
  notes: string[];
}

export interface PagePair {
  /** who sells */
  from: CompanyPlace;
  /** who pays */
  to: CompanyPlace;
  /** sum where it is of one currency, without rows that restate others; whole units of the currency */
  amount: PageQuantity | null;
  /** of the supplier's revenue; fraction, 0 to 1 */
  share: PageQuantity | null;
  /** that count */
  rows: RelationPlace[];
}

export interface PageMember {
  /** that was joined into a group */
  company: CompanyPlace;
  /** that answers for it */
  parent: CompanyPlace;
}

/** The blocks `at-0`, `at-1` …: the answers at one date. */
export interface PageAnswers {
  /** a letter a relation: l live and the newest of its link, s superseded, n not live, g inside a group */
  state: string;
  /** who relies on which customers */
  dependence: PageDependences;
  /** how much of a supplier's revenue a customer pays over all tiers */
  exposure: PageExposures;
  /** where there are few suppliers */
  concentration: PageConcentrations;
  /** which deals go round in a circle */
  cycles: PageCycles;
  /** each supplier and customer with supplies that count */
  pairs: PagePair[];
  /** with --consolidate alone */
  groups: PageMember[];
}

export const emptyPageAnswers: PageAnswers = {
  state: "",
  dependence: {
    results: [],
    notes: [],
  },
  exposure: {
    results: [],
    left_out: [],
    notes: [],
  },
  concentration: {
    results: [],
    left_out: 0,
    notes: [],
  },
  cycles: {
    count: 0,
    complete: false,
    max_length: 0,
    by_length: [],
    hops: [],
    results: [],
    left_out: 0,
    notes: [],
  },
  pairs: [],
  groups: [],
};

// Answers: what each question gives with --format json. null = not known.

export interface Company {
  id: string;
  /** the id where no name is given */
  name: string;
}

export interface Quantity {
  /** a fraction, or an index from 0 to 10,000 */
  low: number;
  /** null: no upper bound */
  high: number | null;
  /** as the source prints it; null where computed */
  reported: string | null;
  approximate: boolean;
  confidence: string | null;
}

export interface Money extends Quantity {
  /** ISO 4217; low and high are whole units of it */
  currency: string;
}

export interface CitedSource {
  /** as relations and companies name it */
  id: string | null;
  /** of the article or filing */
  title: string | null;
  /** who published it */
  publisher: string | null;
  /** as the publisher prints it */
  date: string | null;
  /** where it can be read */
  url: string | null;
}

export interface Answer {
  schema: 2;
  command: string;
  graphs: string[];
  /** null: no limit */
  as_of: string | null;
  /** that counted */
  status: string[];
  /** the finding */
  title: string;
  /** there only where the user stopped it */
  interrupted?: true;
  /** how to read the answer */
  notes: string[];
  /** that it cites */
  sources: CitedSource[];
}

export interface SupplyChain {
  /** product of the low shares along it; fraction, 0 to 1 */
  share: number;
  /** from the supplier to the customer */
  companies: Company[];
  /** ids of sources; ids of sources */
  sources: string[];
}

export interface ExposureRow {
  /** who sells */
  supplier: Company;
  /** who pays in the end */
  customer: Company;
  /** paid by the customer itself; fraction, 0 to 1 */
  direct: number;
  /** paid by it through other companies; fraction, 0 to 1 */
  indirect: number;
  /** direct and indirect, the least that the figures add up to; fraction, 0 to 1 */
  total: number;
  /** ends at companies with no recorded customer; fraction, 0 to 1 */
  other: number;
  /** nobody reported whose it is; fraction, 0 to 1 */
  unattributed: number;
  /** circles for ever in a closed loop; fraction, 0 to 1 */
  trapped: number;
  /** the total of the supplier's revenue; whole units of the currency */
  value: Money | null;
  /** some figure behind it is */
  approximate: boolean;
  /** the weakest of the figures behind it; null: not stated */
  confidence: string | null;
  /** the oldest date of the figures behind it */
  oldest: string | null;
  /** the newest date of the figures behind it */
  as_of: string | null;
  /** ids of the sources of its chains; ids of sources */
  sources: string[];
  /** the strongest supply chains behind it */
  chains: SupplyChain[];
}

export interface UnquantifiedSupplier {
  /** who sells */
  supplier: Company;
  /** to whom a recorded chain leads */
  customer: Company;
  /** the first company on a chain */
  sells_to: Company;
  /** what is sold */
  what: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
}

export interface RelationRow {
  /** supplier, investor, lender, guarantor, issuer or parent */
  from: Company;
  /** customer, investee, borrower, beneficiary, holder or subsidiary */
  to: Company;
  /** supplies, invests, lends, guarantees, grants or owns */
  kind: string | null;
  /** what is bought, a controlled word */
  category: string | null;
  /** the product */
  item: string | null;
  /** the amount, as reported; whole units of the currency */
  value: Money | null;
  /** annual, contract, order, investment or plan */
  value_basis: string | null;
  /** of the supplier's revenue; fraction, 0 to 1 */
  revenue_share: Quantity | null;
  /** of the customer's purchases of the category; fraction, 0 to 1 */
  supply_share: Quantity | null;
  /** of the subsidiary; fraction, 0 to 1 */
  stake: Quantity | null;
  /** rumoured, planned, announced, testing, active or ended */
  status: string | null;
  /** when it began */
  since: string | null;
  /** when it ended or will */
  until: string | null;
  /** the date that the figures describe */
  as_of: string | null;
  /** the amount is contained in another row */
  restates: boolean;
  /** disclosed, reported or estimated; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** the compiler's */
  note: string | null;
  /** file and line */
  place: string | null;
}

/** how much of a supplier's revenue one customer pays, over all tiers */
export interface ExposureAnswer extends Answer {
  /** the suppliers and what of their revenue the customer pays */
  results: ExposureRow[];
  /** suppliers of whom a chain is recorded, but no share */
  unquantified: UnquantifiedSupplier[];
  /** relations of other statuses */
  not_counted: RelationRow[];
  /** false: the totals lie below the solution by up to error */
  converged: boolean;
  /** bound of the error where it did not converge */
  error: number;
}
