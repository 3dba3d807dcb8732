// The Sankey diagram.

import { sankey, sankeyLinkHorizontal, sankeyRight } from "d3-sankey";
import { nameOf, type Context } from "../context";
import type { CompanyPlace, PagePair } from "../data/contract";
import { quantity } from "../data/words";
import { link } from "../state";
import { fitted, isolated, pictureNumber, s, type Child } from "../ui/dom";
import { scrolling } from "../ui/picture";
import { keysOf } from "../why/keys";

export interface PairFlow {
  from: CompanyPlace;
  to: CompanyPlace;
  weight: number;
  pair: PagePair;
}
interface NodeDatum {
  company: CompanyPlace;
  /** set by the layout; missing in its types */ layer?: number;
}
interface LinkDatum {
  flow: PairFlow;
}

const leastLabel = 128;

export function sankeyPicture(x: Context, flows: PairFlow[], measure: string, available: number): HTMLElement {
  const keys = keysOf(x.graph);
  const companies = [...new Set(flows.flatMap((flow) => [flow.from, flow.to]))];
  const index = new Map(companies.map((c, i) => [c, i]));
  // tiers are known only after a layout: two passes, the second with the room that the first asks for
  let labelWidth = leastLabel;
  const lay = (width: number, height: number) =>
    sankey<NodeDatum, LinkDatum>()
      .nodeAlign(sankeyRight)
      .nodeWidth(10)
      .nodePadding(18)
      .extent([
        [4, 24],
        [width - labelWidth, height - 8],
      ])
      .iterations(24)({
      nodes: companies.map((company) => ({ company })),
      links: flows.map((flow) => ({
        source: index.get(flow.from)!,
        target: index.get(flow.to)!,
        value: flow.weight,
        flow,
      })),
    });
  const rough = lay(1000, 600);
  const tiers = Math.max(...rough.nodes.map((n) => n.layer ?? 0)) + 1;
  const perTier = new Map<number, number>();
  for (const n of rough.nodes) perTier.set(n.layer ?? 0, (perTier.get(n.layer ?? 0) ?? 0) + 1);
  const width = Math.max(available, tiers * 150);
  const height = Math.max(320, Math.max(...perTier.values()) * 30 + 60);
  labelWidth = Math.min(220, Math.max(leastLabel, width / tiers - 20));
  const { nodes, links } = lay(width, height);
  const path = sankeyLinkHorizontal();
  const last = tiers - 1;
  const columns = [...new Set(nodes.map((n) => n.layer ?? 0))].sort((a, b) => a - b);
  const content: Child[] = columns.map((layer) => {
    const n = nodes.find((node) => node.layer === layer)!;
    return s("text", { x: n.x0!, y: 14, class: "column-head" }, layer === last ? "Customers" : `Tier ${last - layer}`);
  });
  for (const l of links) {
    const flow = l.flow;
    const told = `${nameOf(x, flow.from)} → ${nameOf(x, flow.to)}: ${quantity(flow.pair.amount)}`;
    const d = path(l as never) ?? "";
    content.push(
      s(
        "path",
        {
          d,
          class: `flow${(flow.pair.share?.low ?? 0) >= 0.1 ? " strong" : ""}`,
          "stroke-width": Math.max(1, l.width ?? 1),
          "data-why": keys.pair(flow.from, flow.to),
        },
        s("title", null, told),
      ),
      (measure === "links" ? flow.pair.share : flow.pair.amount)?.estimated &&
        s("path", { d, class: "core", "stroke-width": Math.max(0.5, (l.width ?? 1) - 3) }),
    );
  }
  for (const l of links) {
    // a number where the band is thick enough to hold it
    if (measure === "links" || (l.width ?? 0) < 13) continue;
    const source = l.source as { x1?: number };
    const target = l.target as { x0?: number };
    const text = quantity(l.flow.pair.amount);
    content.push(
      pictureNumber(
        text,
        keys.pair(l.flow.from, l.flow.to),
        { x: (source.x1! + target.x0!) / 2 + 34, y: ((l.y0 ?? 0) + (l.y1 ?? 0)) / 2 + 4, "text-anchor": "middle" },
        `${nameOf(x, l.flow.from)} to ${nameOf(x, l.flow.to)}: ${text}`,
      ),
    );
  }
  for (const n of nodes) {
    const name = nameOf(x, n.company);
    content.push(
      s(
        "a",
        {
          href: link({ view: "focus", company: x.graph.companies.id[n.company] }, x.state),
          "aria-label": name,
          class: "node",
          "data-key": `node-${n.company}`,
        },
        s("title", null, name),
        s("rect", { x: n.x0!, y: n.y0!, width: n.x1! - n.x0!, height: Math.max(1.5, n.y1! - n.y0!), rx: 1.5 }),
        s(
          "text",
          { x: n.x1! + 6, y: (n.y0! + n.y1!) / 2 + 4, class: "name" },
          isolated(fitted(name, labelWidth - 12, 12, 600)),
        ),
      ),
    );
  }
  const picture = scrolling(
    { width, height, label: `Flows among ${companies.length} companies in ${tiers} tiers` },
    content,
  );
  // the customers, to the right, are what it is about
  requestAnimationFrame(() => {
    picture.scrollLeft = width;
  });
  return picture;
}
