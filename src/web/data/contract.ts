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
  /** absent: false */
  estimated?: true;
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
  /** what was left out of the page for its size, and who is taken as no company */
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
  /** paid in a year; null: unknown; whole units of the currency */
  amount: PageQuantity | null;
  /** why the share is unknown */
  reason: string;
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
  /** what stands around its numbers: ~ before, est. behind */
  marks: string;
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
  /** paid by the customer itself; null: a direct link without a figure; fraction, 0 to 1 */
  direct: number | null;
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
  /** what stands around its numbers: ~ before, est. behind */
  marks: string;
  /** the total of the supplier's revenue, at least; null: unknown; whole units of the currency */
  amount: PageQuantity | null;
  /** the strongest; of the first suppliers alone */
  chains: PageChain[];
}

export interface PageTarget {
  /** the customer that the revenue comes from */
  target: CompanyPlace;
  /** largest total first */
  suppliers: PageExposure[];
  /** how many suppliers have figures, of which nothing adds up here */
  zero: number;
  /** how many suppliers are left out for size */
  left_out: number;
  /** suppliers of whom a chain is recorded, but no share, or not the direct one */
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
  /** of the suppliers' shares; 0 to 10,000 where none is known; 0 to 10,000 */
  hhi: PageRange;
  /** the largest supplier's share lies between; null: nothing says what is bought; fraction, 0 to 1 */
  top: PageRange | null;
  /** what the known shares come to; null: no share is known; fraction, 0 to 1 */
  covered: PageQuantity | null;
  /** number of suppliers, 10,000 / HHI */
  effective: PageRange;
  /** what stands around its numbers: ~ before, est. behind */
  marks: string;
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
  /** what the known cash comes to; whole units of the currency */
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
  /** the same of active legs; whole units of the currency */
  amount_in_force: PageQuantity | null;
  /** why there is none */
  amount_reason: string;
  /** some leg is a guarantee or a grant */
  contingent: boolean;
  /** a hop has no other legs */
  hinges_on_contingent: boolean;
  /** financing first, and never back in time; null: no leg is financing, or a hop has no date */
  time_ordered: boolean | null;
}

export interface PageCycles {
  /** how many loops were found */
  count: number;
  /** false: the search was stopped */
  complete: boolean;
  /** of them, loops of two companies */
  pairs: number;
  /** of three */
  triples: number;
  /** of more: chains that close */
  longer: number;
  /** all loops of up to so many companies were found; 0: all */
  complete_to: number;
  /** loops of up to so many companies are listed, longer ones counted; 0: all */
  listed_to: number;
  /** of the loops that were searched, in hops; 0: all */
  max_length: number;
  /** shortest first */
  by_length: PageLength[];
  /** of the loops listed, each once */
  hops: PageHop[];
  /** shortest first, then by amount */
  results: PageLoop[];
  /** how many that would be listed are not, for the page's size */
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
    pairs: 0,
    triples: 0,
    longer: 0,
    complete_to: 0,
    listed_to: 0,
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

export interface Finding {
  /** error: rows contradict each other, and answers leave them out; else warning */
  severity: string | null;
  /** the rule, such as contradicting-shares, duplicate-row or deal-twice */
  kind: string | null;
  /** file and line */
  place: string | null;
  /** the file */
  file: string | null;
  /** from 1; null: the whole file */
  line: number | null;
  /** the attribute that it is about */
  attribute: string | null;
  /** what is wrong, quoted */
  what: string | null;
  /** what would be right */
  remedy: string | null;
}

export interface FindingKind {
  /** error or warning */
  severity: string | null;
  /** the rule */
  kind: string | null;
  /** how often it found something */
  count: number;
  /** file and line of the first */
  first: string | null;
  /** what is wrong there */
  what: string | null;
}

/** is the data sound? a line for each kind of problem; every one with --limit 0 */
export interface CheckAnswer extends Answer {
  /** what is wrong, where, and what would be right */
  results: Finding[];
  /** the findings by rule */
  kinds: FindingKind[];
  /** findings that are errors: rows that contradict each other */
  errors: number;
  /** all other findings */
  warnings: number;
  /** of the data */
  companies: number;
  /** of the data, whatever their dates and statuses */
  relations: number;
  /** listed sources */
  source_count: number;
  /** deals whose amounts are summed with others of their link: of other days, or of other names */
  separate_deals: number;
}

export interface ListedCompany {
  /** the company */
  company: Company;
  /** relations in which it supplies */
  as_supplier: number;
  /** relations in which it is supplied */
  as_customer: number;
  /** its other relations: financing and ownership, either way */
  other: number;
  /** its name in its own language */
  name_local: string | null;
  /** its sector */
  sector: string | null;
  /** its country */
  country: string | null;
  /** where it is listed */
  ticker: string | null;
  /** its legal entity identifier */
  lei: string | null;
  /** other names */
  aliases: string[];
  /** of the period; whole units of the currency */
  revenue: Money | null;
  /** the period of the revenue */
  revenue_period: string | null;
  /** consolidated: it holds the subsidiaries' revenue */
  revenue_scope: string | null;
  /** not one company */
  aggregate: boolean;
  /** the oldest date of its relations */
  oldest: string | null;
  /** the newest date of its relations */
  as_of: string | null;
  /** ids of its own sources, then of its relations'; ids of sources */
  sources: string[];
  /** file and line; null: known only from a relation */
  place: string | null;
}

export interface ListedSource {
  /** as relations and companies name it */
  id: string | null;
  /** relations that cite it */
  relations: number;
  /** companies that cite it */
  companies: number;
  /** exchange rates that cite it */
  rates: number;
  /** of the article or filing; null: not listed among the sources */
  title: string | null;
  /** who published it */
  publisher: string | null;
  /** as the publisher prints it */
  date: string | null;
  /** where it can be read */
  url: string | null;
  /** its language */
  language: string | null;
  /** file and line */
  place: string | null;
}

export interface ListedCategory {
  /** what is bought, a controlled word; null: not stated */
  category: string | null;
  /** relations in which it is supplied */
  purchases: number;
  /** companies that supply it */
  suppliers: number;
  /** companies that are supplied with it */
  customers: number;
  /** the oldest date of these relations */
  oldest: string | null;
  /** the newest date of these relations */
  as_of: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
}

export interface ListedKind {
  /** supplies, pays, invests, lends, guarantees, grants or owns */
  kind: string | null;
  /** of this kind */
  relations: number;
  /** of them */
  rumoured: number;
  /** of them */
  planned: number;
  /** of them */
  announced: number;
  /** of them */
  testing: number;
  /** of them */
  active: number;
  /** of them */
  ended: number;
  /** the oldest date of these relations */
  oldest: string | null;
  /** the newest date of these relations */
  as_of: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
}

/** companies, sources, categories and kinds of relations, counted */
export interface ListAnswer extends Answer {
  /** companies and how many relations they have */
  results: ListedCompany[];
  /** sources and how many rows cite them */
  sources: ListedSource[];
  /** what is bought, from how many and by how many */
  categories: ListedCategory[];
  /** kinds of relations by status */
  kinds: ListedKind[];
}

export interface CompanyRow {
  /** the company */
  company: Company;
  /** its name in its own language */
  name_local: string | null;
  /** its sector */
  sector: string | null;
  /** its country */
  country: string | null;
  /** where it is listed */
  ticker: string | null;
  /** its legal entity identifier */
  lei: string | null;
  /** other names */
  aliases: string[];
  /** of the period; whole units of the currency */
  revenue: Money | null;
  /** the period of the revenue */
  revenue_period: string | null;
  /** consolidated: it holds the subsidiaries' revenue */
  revenue_scope: string | null;
  /** not one company */
  aggregate: boolean;
  /** ids of sources; ids of sources */
  sources: string[];
  /** file and line; null: known only from a relation */
  place: string | null;
}

export interface PartnerRow {
  /** the other company */
  partner: Company;
  /** the item, else the category, else the kind; of financing and ownership the kind before it */
  what: string | null;
  /** share, stake and amount in words */
  figures: string | null;
  /** supplier, investor, lender, guarantor, issuer or parent */
  from: Company;
  /** customer, investee, borrower, beneficiary, holder or subsidiary */
  to: Company;
  /** supplies, pays, invests, lends, guarantees, grants or owns */
  kind: string | null;
  /** what is bought, a controlled word */
  category: string | null;
  /** the product */
  item: string | null;
  /** the amount; whole units of the currency */
  value: Money | null;
  /** annual, contract, order, investment or plan */
  value_basis: string | null;
  /** of the supplier's revenue; fraction, 0 to 1 */
  revenue_share: Quantity | null;
  /** of the customer's purchases of the category; fraction, 0 to 1 */
  supply_share: Quantity | null;
  /** of the subsidiary; fraction, 0 to 1 */
  stake: Quantity | null;
  /** the date that the figures describe */
  as_of: string | null;
  /** rumoured, planned, announced, testing, active or ended */
  status: string | null;
  /** when it began */
  since: string | null;
  /** when it ended or will */
  until: string | null;
  /** the amount is contained in another row */
  restates: boolean;
  /** the deal that the row is about */
  deal: string | null;
  /** what the source says of the supplier: sole, primary, major or named */
  claim: string | null;
  /** disclosed, reported or estimated; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** the compiler's */
  note: string | null;
  /** file and line */
  place: string | null;
}

export interface RelationRow {
  /** supplier, investor, lender, guarantor, issuer or parent */
  from: Company;
  /** customer, investee, borrower, beneficiary, holder or subsidiary */
  to: Company;
  /** the item, else the category, else the kind */
  what: string | null;
  /** supplies, pays, invests, lends, guarantees, grants or owns */
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
  /** the deal that the row is about */
  deal: string | null;
  /** what the source says of the supplier: sole, primary, major or named */
  claim: string | null;
  /** disclosed, reported or estimated; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** the compiler's */
  note: string | null;
  /** file and line */
  place: string | null;
}

/** one company: customers, suppliers, investors, sources */
export interface ShowAnswer extends Answer {
  /** the company */
  results: CompanyRow[];
  /** what it supplies */
  customers: PartnerRow[];
  /** what it is supplied with */
  suppliers: PartnerRow[];
  /** who pays it without a recorded reason, invests in it, lends to it, guarantees for it, grants to it or owns it */
  financed_by: PartnerRow[];
  /** whom it pays without a recorded reason, finances or owns */
  finances: PartnerRow[];
  /** the companies of its group, where the view consolidates */
  members: CompanyRow[];
  /** relations of other statuses */
  not_counted: RelationRow[];
}

export interface CustomerRow {
  /** who buys */
  customer: Company;
  /** of the supplier's revenue; null: unquantified; fraction, 0 to 1 */
  share: Quantity | null;
  /** paid in a year: as the rows report, else share and revenue of one year; null: unknown; whole units of the currency */
  amount: Money | null;
  /** why the share is unknown; null: it is known */
  reason: string | null;
  /** it has 10 % or more at least, and is no aggregate */
  major: boolean;
  /** the newest date of the figures behind the share, without one of the relations */
  as_of: string | null;
  /** the weakest of the figures behind the share, without one of the relations; null: not stated */
  confidence: string | null;
  /** links of items that add nothing to the share */
  relations_without_figure: number;
  /** ids of sources; ids of sources */
  sources: string[];
}

export interface DependenceRow {
  /** who sells */
  supplier: Company;
  /** sum of the low shares; null: no customer is quantified; fraction, 0 to 1 */
  attributed: number | null;
  /** the rest of the revenue: nobody reported whose it is; fraction, 0 to 1 */
  unattributed: number;
  /** of the customers' shares, from what is reported to what is possible; an aggregate is no customer; 0 to 10,000 */
  hhi: Quantity | null;
  /** with the largest low share, no aggregate */
  largest_customer: Company | null;
  /** with 10 % or more, no aggregates */
  major_customers: Company[];
  /** the oldest date of the figures behind it */
  oldest: string | null;
  /** the newest date of the figures behind it */
  newest: string | null;
  /** its customers, largest share first */
  customers: CustomerRow[];
}

/** who relies on which customers */
export interface DependenceAnswer extends Answer {
  /** the suppliers and what share of their revenue each customer pays */
  results: DependenceRow[];
  /** relations of other statuses */
  not_counted: RelationRow[];
  /** links without a share and without an annual amount of a year whose revenue is known, and those whose figures are too old or contradict each other */
  unquantified_links: number;
}

export interface SupplyChain {
  /** product of the low shares along it; fraction, 0 to 1 */
  share: number;
  /** some share along it is */
  approximate: boolean;
  /** the weakest of the shares along it; null: not stated */
  confidence: string | null;
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
  /** paid by the customer itself; null: a direct link is recorded, but not how much; fraction, 0 to 1 */
  direct: number | null;
  /** paid by it through other companies; fraction, 0 to 1 */
  indirect: number;
  /** direct and indirect, the least that the figures add up to; fraction, 0 to 1 */
  total: number;
  /** ends at companies with no recorded customer; fraction, 0 to 1 */
  other: number;
  /** nobody reported whose it is, or it is an aggregate's; fraction, 0 to 1 */
  unattributed: number;
  /** circles for ever in a closed loop; fraction, 0 to 1 */
  trapped: number;
  /** the total of the supplier's revenue, at least; null: unknown, or revenue and figures are not of one year; whole units of the currency */
  amount: Money | null;
  /** some figure on the chains behind the total is, be its low share 0 */
  approximate: boolean;
  /** the weakest of the figures on the chains behind the total; null: not stated */
  confidence: string | null;
  /** the oldest date of the figures behind it */
  oldest: string | null;
  /** the newest date of the figures behind it */
  as_of: string | null;
  /** ids of sources: of its own links on the way to the customer, and of its chains; ids of sources */
  sources: string[];
  /** the strongest supply chains behind it */
  chains: SupplyChain[];
}

export interface UnquantifiedSupplier {
  /** who sells */
  supplier: Company;
  /** to whom a recorded chain leads */
  customer: Company;
  /** the first company on a chain: the customer itself, where that link is unknown */
  sells_to: Company;
  /** what is sold */
  what: string | null;
  /** why it is unknown how much */
  reason: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
}

/** how much of a supplier's revenue one customer pays, over all tiers */
export interface ExposureAnswer extends Answer {
  /** the suppliers and what of their revenue the customer pays */
  results: ExposureRow[];
  /** suppliers of whom a chain is recorded, but no share, or not that of the customer itself */
  unquantified: UnquantifiedSupplier[];
  /** relations of other statuses */
  not_counted: RelationRow[];
  /** false: the totals lie below the solution by up to error */
  converged: boolean;
  /** bound of the error of each part: where it did not converge, or where a loop leaks so little that 16 digits are few */
  error: number;
}

export interface SupplierRow {
  /** who sells */
  supplier: Company;
  /** of the customer's purchases of the category; null: unknown; fraction, 0 to 1 */
  share: Quantity | null;
  /** of recorded spend, where the purchase has recorded_hhi; it says nothing about what is not recorded; fraction, 0 to 1 */
  recorded_share: Quantity | null;
  /** what the source itself calls the supplier: sole, primary, major or named */
  supplier_claim: string | null;
  /** of its first relation */
  status: string | null;
  /** false: a relation that stands beside, in no figure of the purchase */
  counted: boolean;
  /** it is not counted (aggregate: not one company; or its status), or a share that is stated does not count */
  why: string | null;
  /** the newest date of the relations behind it */
  as_of: string | null;
  /** the weakest of the figures behind the share, without one of the relations; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
}

export interface ConcentrationRow {
  /** who buys */
  customer: Company;
  /** what is bought, else the item; null: neither is given */
  category: string | null;
  /** item: named by its item, for want of a category */
  by: string | null;
  /** of recorded suppliers that count */
  count: number;
  /** what the known shares come to; null: no share is known; fraction, 0 to 1 */
  covered: Quantity | null;
  /** of the suppliers' shares, from what is reported to what is possible; 0 to 10,000 */
  hhi: Quantity | null;
  /** sole-source, single-source, dominant, partly-recorded, high, moderate, low or unknown; null: nothing says what is bought */
  level: string | null;
  /** what the source itself calls the only recorded supplier: sole, primary, major or named */
  claim: string | null;
  /** of the largest supplier, recorded or not; fraction, 0 to 1 */
  top_share: Quantity | null;
  /** 10,000 / HHI */
  effective_suppliers: Quantity | null;
  /** of recorded spend, where all recorded suppliers have an annual amount of one year and currency; it says nothing about what is not recorded; 0 to 10,000 */
  recorded_hhi: Quantity | null;
  /** the oldest date of the relations that count */
  oldest: string | null;
  /** the newest date of the relations that count */
  newest: string | null;
  /** those that count, then those beside */
  suppliers: SupplierRow[];
}

/** where there is only one supplier, per customer and category */
export interface ConcentrationAnswer extends Answer {
  /** the purchases and their recorded suppliers */
  results: ConcentrationRow[];
}

export interface LoopLeg {
  /** of the loop, from 1 */
  hop: number;
  /** whose money it is */
  payer: Company;
  /** who is paid */
  payee: Company;
  /** kind and item in words */
  what: string | null;
  /** in the currency asked for where it adds to the hop, else as reported; whole units of the currency */
  amount: Money | null;
  /** since, else as_of */
  date: string | null;
  /** rumoured, planned, announced, testing, active or ended */
  status: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** supplies, pays, invests, lends, guarantees or grants */
  kind: string | null;
  /** what is bought, a controlled word */
  category: string | null;
  /** the product */
  item: string | null;
  /** the amount, as reported; whole units of the currency */
  value: Money | null;
  /** when it began */
  since: string | null;
  /** the date that the figures describe */
  as_of: string | null;
  /** a guarantee or a grant: it carries no cash */
  contingent: boolean;
  /** the amount is contained in another row and adds nothing */
  restates: boolean;
  /** disclosed, reported or estimated; null: not stated */
  confidence: string | null;
  /** what the hop's known cash legs come to; whole units of the currency */
  hop_amount: Money | null;
}

export interface LoopRow {
  /** place in the order of the answer, from 1 */
  number: number;
  /** the names of its companies in words, closed; the middle of a long loop is left out */
  loop: string | null;
  /** each once, with the money, from the smallest id */
  companies: Company[];
  /** number of its companies, and of its hops */
  length: number;
  /** circular-deal, reciprocal-trade, trade-loop or cross-financing */
  class: string | null;
  /** a hop has guarantees and grants alone */
  hinges_on_contingent: boolean;
  /** what can circulate: the smallest of the hops' sums; high null: at least the low; whole units of the currency */
  amount: Money | null;
  /** why there is none: its currencies are not comparable */
  amount_reason: string | null;
  /** the same of active legs alone; a hop without any is 0; whole units of the currency */
  amount_in_force: Money | null;
  /** amount_in_force in words, where it differs from the amount */
  in_force: string | null;
  /** some leg is a guarantee or a grant */
  contingent: boolean;
  /** money goes out first and no date goes back; null: no leg is financing, or a hop has no date */
  time_ordered: boolean | null;
  /** the oldest date of the figures behind it */
  oldest: string | null;
  /** the newest date of the figures behind it */
  as_of: string | null;
  /** the weakest of the legs that give the amount; null: not stated */
  confidence: string | null;
  /** ids of the sources of its legs; ids of sources */
  sources: string[];
  /** the relations of its hops */
  legs: LoopLeg[];
}

export interface LoopLength {
  /** in hops */
  length: number;
  /** of that length */
  loops: number;
  /** a financing and a commercial leg */
  circular_deal: number;
  /** two companies buy from each other */
  reciprocal_trade: number;
  /** three or more buy in a circle */
  trade_loop: number;
  /** all legs are financing */
  cross_financing: number;
}

export interface PassingAmount {
  /** sum of the loops' low amounts; whole units of the currency */
  amount: Money | null;
}

export interface PassedCompany {
  /** on loops */
  company: Company;
  /** that pass it */
  loops: number;
  /** what circulates on them, a row each currency */
  amounts: PassingAmount[];
}

export interface LoopRelation {
  /** that pass its hop */
  loops: number;
  /** loops that there would not be without it */
  gone_without: number;
  /** supplier, investor, lender, guarantor or issuer */
  from: Company;
  /** customer, investee, borrower, beneficiary or holder */
  to: Company;
  /** supplies, pays, invests, lends, guarantees or grants */
  kind: string | null;
  /** what is bought, a controlled word */
  category: string | null;
  /** the product */
  item: string | null;
  /** the amount, as reported; whole units of the currency */
  value: Money | null;
  /** rumoured, planned, announced, testing, active or ended */
  status: string | null;
  /** when it began */
  since: string | null;
  /** the date that the figures describe */
  as_of: string | null;
  /** the amount is contained in another row */
  restates: boolean;
  /** disclosed, reported or estimated; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** file and line */
  place: string | null;
}

export interface LoopComponent {
  /** number of its companies */
  size: number;
  /** by id */
  companies: Company[];
}

export interface CirculatingHop {
  /** who pays */
  payer: Company;
  /** who is paid */
  payee: Company;
  /** of one of possibly several largest circulations; whole units of the currency */
  flow: Money | null;
}

export interface NullLength {
  /** in hops */
  length: number;
  /** loops of that length */
  observed: number;
  /** over the shuffles */
  mean: number;
  /** standard deviation over the shuffles */
  deviation: number;
  /** (observed - mean) / deviation; null where all shuffles have the same number */
  z: number | null;
  /** (1 + shuffles with as many or more) / (1 + shuffles); fraction, 0 to 1 */
  p: number;
}

export interface LoopCount {
  /** of two companies */
  pairs: number | null;
  /** of three */
  triples: number | null;
  /** of more, up to six or to --max-length: chains that close */
  longer: number | null;
}

export interface LoopClasses {
  /** a financing and a commercial leg */
  circular_deal: number;
  /** two companies buy from each other */
  reciprocal_trade: number;
  /** three or more buy in a circle */
  trade_loop: number;
  /** all legs are financing */
  cross_financing: number;
}

export interface CircularityRow {
  /** the most that can flow in circles within the hops' low amounts; whole units of the currency */
  circulation: Money | null;
  /** sum of the hops' low amounts; whole units of the currency */
  total: Money | null;
}

export interface NullModelRun {
  /** shuffles that were made */
  runs: number;
  /** of the shuffles */
  seed: number;
}

/** circular deals and other loops of payments */
export interface CyclesAnswer extends Answer {
  /** the loops listed; none where they are only counted */
  results: LoopRow[];
  /** how many loops there are of each length and class */
  by_length: LoopLength[];
  /** how many of the loops listed pass a company */
  companies: PassedCompany[];
  /** how many of the loops listed rest on a relation */
  relations: LoopRelation[];
  /** companies among which loops run */
  components: LoopComponent[];
  /** the hops of the largest circulation */
  carriers: CirculatingHop[];
  /** how many loops chance would make */
  null_lengths: NullLength[];
  /** relations of other statuses */
  not_counted: RelationRow[];
  /** loops found, by length */
  count: LoopCount;
  /** false: the search was stopped, there are more loops */
  complete: boolean;
  /** how many loops there are of each class */
  by_class: LoopClasses;
  /** of the loops' amounts */
  currencies: string[];
  /** circulation of total; null: no amounts, several currencies or too many hops */
  circularity_index: number | null;
  /** what the index is made of */
  circularity: CircularityRow | null;
  /** null: not asked for */
  null_model: NullModelRun | null;
}

export interface SharedSupplier {
  /** the company upstream */
  who: Company;
  /** what is bought */
  category: string | null;
  /** direct suppliers of it upstream of which the company is, or which it is */
  reaches: number;
  /** recorded direct suppliers of it */
  of: number;
  /** direct suppliers that its loss would stop, itself among them; null: not followed */
  needed_by: number | null;
  /** waist: needed by all of them; shared: it reaches all; partly: two or more */
  level: string | null;
}

export interface ChokepointSale {
  /** who buys, on the way or at its end */
  buyer: Company;
  /** the category, else the item; null: neither is given */
  what: string | null;
  /** of the customer's purchases of it; null: unknown; fraction, 0 to 1 */
  supply_share: Quantity | null;
  /** of the relation */
  as_of: string | null;
  /** of the relation; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** file and line */
  place: string | null;
}

export interface ChokepointRow {
  /** who is upstream */
  company: Company;
  /** the company that is supplied */
  customer: Company;
  /** supply links to the company that is supplied, by the shortest chain */
  tier: number;
  /** of the purchases: those of which no recorded supplier would be left without it */
  categories_lost: string[];
  /** how many others would stop with it, as nothing recorded replaces it; null: not followed */
  stopped: number | null;
  /** who they are, upstream or not; the first 1,000 */
  stops: Company[];
  /** how many companies upstream reach the one that is supplied through it alone */
  dominated: number;
  /** who they are; the first 1,000 */
  behind: Company[];
  /** purchases with several direct suppliers behind two or more of which it stands */
  shared: SharedSupplier[];
  /** the newest date of its sales on the way */
  as_of: string | null;
  /** ids of sources, of its sales on the way; ids of sources */
  sources: string[];
  /** its sales to the company that is supplied, or on the way to it */
  sales: ChokepointSale[];
}

/** whose loss stops a company, who stands between, which second source is none */
export interface ChokepointsAnswer extends Answer {
  /** the companies upstream */
  results: ChokepointRow[];
  /** relations of other statuses */
  not_counted: RelationRow[];
}

export interface PathHop {
  /** which link of the path, from 1 */
  hop: number;
  /** the nearer end */
  from: Company;
  /** →: as the relation is recorded; ←: against it */
  arrow: string | null;
  /** the farther end */
  to: Company;
  /** supplies, pays, invests, lends, guarantees, grants or owns */
  kind: string | null;
  /** the item, else the category */
  what: string | null;
  /** what the relation states: a revenue share, else a supply share, else a stake; fraction, 0 to 1 */
  share: Quantity | null;
  /** revenue, supply or stake: what the share is of */
  of: string | null;
  /** the amount, as reported; whole units of the currency */
  value: Money | null;
  /** rumoured, planned, announced, testing, active or ended */
  status: string | null;
  /** the date that the figures describe */
  as_of: string | null;
  /** disclosed, reported or estimated; null: not stated */
  confidence: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** file and line */
  place: string | null;
}

export interface PathRow {
  /** place in the order of the answer, from 1 */
  number: number;
  /** the names of its companies in words; ← where a link is walked against its arrow */
  path: string | null;
  /** from the first to the last */
  companies: Company[];
  /** links */
  length: number;
  /** product of the low shares along it, of the supplier's revenue or of a stake; null: some are unknown; fraction, 0 to 1 */
  share: number | null;
  /** product of those that are known; null: none is; fraction, 0 to 1 */
  known_share: number | null;
  /** some share of the product is */
  approximate: boolean;
  /** the weakest of the shares of the product; null: not stated */
  confidence: string | null;
  /** links without a known share */
  unknown_hops: number;
  /** the oldest date of its relations */
  oldest: string | null;
  /** the newest date of its relations */
  as_of: string | null;
  /** ids of sources; ids of sources */
  sources: string[];
  /** the relations of its links */
  hops: PathHop[];
}

/** how two companies are connected */
export interface PathsAnswer extends Answer {
  /** the paths */
  results: PathRow[];
}

export interface OwnerRow {
  /** who holds */
  holder: Company;
  /** what is held */
  company: Company;
  /** its own stake; null: none is recorded, or not how much; fraction, 0 to 1 */
  direct: Quantity | null;
  /** over all chains the products of the stakes, from what is stated to what is possible; fraction, 0 to 1 */
  integrated: Quantity | null;
  /** yes: majorities lead from the holder to it, or it and what it controls hold one; possible: stakes that are not stated would make it so; no */
  control: string | null;
  /** of the shortest chain */
  links: number;
  /** no owner of the holder is recorded */
  ultimate: boolean;
  /** the shortest, from the holder to the company */
  chain: Company[];
  /** the oldest date of the stakes on all chains */
  oldest: string | null;
  /** the newest date of the stakes on all chains */
  as_of: string | null;
  /** ids of sources: of the holder's own stakes on the way; ids of sources */
  sources: string[];
}

/** who holds and controls a company, or what a company holds, through chains */
export interface OwnersAnswer extends Answer {
  /** who holds what */
  results: OwnerRow[];
  /** relations of other statuses */
  not_counted: RelationRow[];
}

export interface ShockRow {
  /** who loses; without --fail and --demand: who fails */
  company: Company;
  /** it is what fails, or buys less */
  shocked: boolean;
  /** of what it makes and sells, from what is recorded to what is possible; fraction, 0 to 1 */
  loss: Quantity | null;
  /** for want of inputs; fraction, 0 to 1 */
  down: Quantity | null;
  /** for want of customers; fraction, 0 to 1 */
  up: Quantity | null;
  /** that part of its revenue, of whatever year; null: its revenue is unknown; whole units of the currency */
  revenue_loss: Money | null;
  /** economic systemic risk index: what is lost of all firms if it fails, as the notes weigh them; fraction, 0 to 1 */
  esri: Quantity | null;
  /** the same for want of inputs alone; fraction, 0 to 1 */
  esri_down: Quantity | null;
  /** the same for want of customers alone; fraction, 0 to 1 */
  esri_up: Quantity | null;
  /** other firms that may lose something */
  hit: number;
  /** ids of sources, of what it buys and sells; ids of sources */
  sources: string[];
}

/** what breaks if a company fails, or buys less */
export interface ShockAnswer extends Answer {
  /** who loses how much */
  results: ShockRow[];
  /** what is lost of all firms in this scenario, as the notes weigh them; null: of a demand shock, and where each firm is asked for; fraction, 0 to 1 */
  esri: Quantity | null;
  /** leontief or linear; null: of a demand shock */
  production: string | null;
  /** of each loss */
  tolerance: number;
  /** of the longest cascade */
  steps: number;
  /** false: losses are larger by up to bound */
  converged: boolean;
  /** how far losses lie below their limits at most */
  bound: number;
  /** companies that sell or buy, and are no aggregates */
  firms: number;
  /** pairs of a supplier and a purchase that names its category */
  purchases: number;
  /** those with a known share of the purchase */
  known_shares: number;
  /** linear: firms whose purchases do not all have an annual amount of one year and currency */
  not_computable: number;
}
