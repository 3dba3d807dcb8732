// Each view with the shipped graphs, and its numbers equal to the JSON of the pass.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, plain, texts, to } from "./browser.mjs";

const percent = (fraction) => {
  const value = fraction * 100;
  return value > 0 && value < 0.005 ? "<0.01 %" : `${Number(value.toFixed(2))} %`;
};

/** as good as the figures behind it */
const marked = (text, { approximate, confidence }) =>
  text === "0 %" ? text : `${approximate ? "~" : ""}${text}${confidence === "estimated" ? " est." : ""}`;

const quiet = (page) => {
  assert.deepEqual(page.errors, [], "console");
  assert.deepEqual(page.requests, [], "requests");
};

const fragments = [
  "#",
  "#view=focus",
  "#view=focus&tiers=2",
  "#view=focus&tiers=3&as=table",
  "#view=exposure",
  "#view=exposure&as=table",
  "#view=circular",
  "#view=circular&as=table",
  "#view=concentration",
  "#view=concentration&as=table",
  "#view=flows",
  "#view=flows&measure=links",
  "#view=flows&as=table",
  "#view=tables",
  "#view=tables&table=relations",
];

export default {
  async "every view of every shipped graph draws, asks nothing of the network and says nothing to the console"(world) {
    for (const graph of ["bytedance", "ai-circular", "ai-capex"]) {
      const page = await open(world.browser, world.page(graph));
      for (const fragment of fragments) {
        await to(page, fragment);
        assert.ok((await page.textContent("main h1")).trim().length > 3, `${graph} ${fragment}: a headline`);
        if (fragment.startsWith("#view=") && !fragment.includes("tables") && !fragment.includes("as=table"))
          assert.ok(
            (await page.$$("main svg[data-width]")).length === 1 || /No |nothing/i.test(await page.textContent("main")),
            `${graph} ${fragment}: a picture, or the sentence that there is none`,
          );
        if (fragment.includes("as=table"))
          assert.ok(
            (await page.$("main table")) || /No supplier/.test(await page.textContent("main")),
            `${graph} ${fragment}: a table`,
          );
      }
      quiet(page);
    }
  },

  async "exposure: bars and table hold what the pass says"(world) {
    for (const [graph, customer] of [
      ["bytedance", "bytedance"],
      ["ai-circular", "nvidia"],
    ]) {
      const said = world.json("exposure", `graphs/${graph}`, "--to", customer);
      const expected = said.results.filter((row) => row.total > 0);
      assert.ok(expected.length > 0);
      const page = await open(world.browser, world.page(graph), `#view=exposure&company=${customer}`);
      for (const row of expected)
        for (const part of ["total", "direct", "unattributed"]) {
          const shown = await texts(
            page,
            `main svg [data-why="exposure/${customer}/${row.supplier.id}/${part}"].number`,
          );
          if (part === "total" || row[part] > 0.2)
            assert.deepEqual(shown.map(plain), [marked(percent(row[part]), row)], `${row.supplier.id} ${part}`);
        }
      assert.equal((await page.$$("main .total")).length, expected.length);
      assert.match(await page.textContent("main"), new RegExp(`Unquantified: ${said.unquantified.length} supplier`));
      assert.equal((await page.$$("main .names li")).length, said.unquantified.length);
      await to(page, `#view=exposure&company=${customer}&as=table`);
      for (const row of expected)
        for (const part of ["direct", "indirect", "total", "other", "unattributed", "trapped"])
          assert.deepEqual(
            (await texts(page, `main td [data-why="exposure/${customer}/${row.supplier.id}/${part}"]`)).map(plain),
            [marked(percent(row[part]), row)],
            `${row.supplier.id} ${part} in the table`,
          );
      await page.context().close();
    }
  },

  async "concentration: matrix, list and table hold what the pass says"(world) {
    const said = world.json("concentration", "graphs/bytedance");
    const page = await open(world.browser, world.page("bytedance"), "#view=concentration&as=table");
    assert.equal((await page.$$("main tbody tr")).length, said.results.length);
    for (const p of said.results) {
      const key = (part) => `main td [data-why="purchase/${p.customer.id}/${encodeURIComponent(p.category)}/${part}"]`;
      assert.deepEqual(await texts(page, key("level")), [p.level]);
      assert.deepEqual(await texts(page, key("suppliers")), [String(p.count)]);
      const { low, high } = p.hhi;
      const range =
        Math.round(low) === Math.round(high)
          ? `${Math.round(low)}`
          : `${Math.floor(low + 1e-5)}–${Math.ceil(high - 1e-5)}`;
      assert.deepEqual((await texts(page, key("hhi"))).map(plain), [
        low === 0 && high === 10000 ? "unknown" : marked(range, p.hhi),
      ]);
    }
    await to(page, "#view=concentration");
    const cells = new Set(
      said.results.flatMap((p) =>
        p.suppliers.filter((s) => s.counted).map((s) => `sources/${p.customer.id}/${s.supplier.id}`),
      ),
    );
    assert.deepEqual(
      new Set(
        await page.$$eval("main svg [data-why^=sources]", (found) =>
          found.map((cell) => cell.getAttribute("data-why")),
        ),
      ),
      cells,
    );
    const hanging = said.results.filter((p) => ["sole-source", "single-source", "dominant"].includes(p.level));
    assert.equal((await page.$$("main tbody tr")).length, Math.min(25, hanging.length));
  },

  async "circular deals: list, amounts, classes and legs are those of the pass; the legs are drawn in order"(world) {
    const said = world.json("cycles", "graphs/ai-circular", "--limit", "0");
    const page = await open(world.browser, world.page("ai-circular"), "#view=circular&as=table");
    assert.equal(plain(await page.textContent('[data-why="loops"]')), `${said.count.pairs + said.count.triples} loops`);
    const first = await texts(page, "main tbody tr");
    said.results.slice(0, 20).forEach((loop, i) => {
      assert.ok(first[i].includes(loop.class.replace(/-/g, " ")), `${i}: ${first[i]} has ${loop.class}`);
      assert.ok(first[i].includes(String(loop.companies.length)));
    });
    await to(page, "#view=circular&loop=3");
    // a row a relation; the relations of a hop follow each other
    const legs = [];
    for (const leg of said.results[3].legs) (legs[leg.hop - 1] ??= []).push(leg);
    const steps = await page.$$eval("main .legs > ol > li", (found) =>
      found.map((leg) => [...leg.querySelectorAll("ul > li [data-why^=relation]")].length),
    );
    assert.deepEqual(
      steps,
      legs.map((rows) => rows.length),
    );
    assert.deepEqual(
      await texts(page, "main svg .step-number"),
      legs.map((_, i) => String(i + 1)),
    );
    const amounts = legs.map(([{ hop_amount: amount }]) => (amount && amount.high === amount.low ? amount.low : null));
    const shown = (await texts(page, "main .legs h3 [data-why^=hop]")).map(plain);
    const scale = { M: 1e6, B: 1e9 };
    amounts.forEach((amount, i) => {
      const [, number, unit] = shown[i].match(/^([\d.]+)([MB]) USD$/) ?? [];
      if (amount) assert.equal(Number(number) * scale[unit], amount, shown[i]);
    });
    assert.ok(amounts.some((amount) => amount));
    assert.match(await page.textContent("main"), /legal and usually disclosed vendor financing/);
    assert.doesNotMatch(await page.content(), /round-?tripping/i);
  },

  async "dependence: the revenue that has a known customer is the pass's"(world) {
    const said = world.json("dependence", "graphs/bytedance");
    const page = await open(world.browser, world.page("bytedance"), "#view=tables");
    const known = said.results.filter((row) => row.customers.some((c) => c.share));
    assert.ok(known.length > 0 && known.length < said.results.length);
    assert.equal((await page.$$('main td [data-why^="dependence/"]')).length, known.length, "unknown is no number");
    for (const row of known)
      assert.deepEqual(
        (await texts(page, `main td [data-why="dependence/${row.supplier.id}/attributed"]`)).map(plain),
        [marked(percent(row.attributed), row.hhi)],
      );
  },

  async "focus: suppliers left, customers right, financing in its own colour, and it says what is not drawn"(world) {
    const page = await open(world.browser, world.page("ai-circular"), "#view=focus&company=coreweave");
    const at = await page.$$eval("main .card", (cards) =>
      Object.fromEntries(
        cards.map((card) => [
          card.querySelector("a").getAttribute("data-key"),
          Number(/translate\(([-\d.]+)/.exec(card.getAttribute("transform"))[1]),
        ]),
      ),
    );
    const said = world.json("show", "graphs/ai-circular", "--company", "coreweave");
    const drawn = (rows) => rows.filter((row) => !["ended", "rumoured"].includes(row.status));
    const suppliers = new Set(drawn(said.suppliers).map((row) => row.from.id));
    const customers = new Set(drawn(said.customers).map((row) => row.to.id));
    assert.ok(suppliers.size > 1 && customers.size > 1);
    for (const id of suppliers) assert.ok(at[`card-${id}`] < at["card-coreweave"], `${id} to the left`);
    for (const id of customers)
      if (!suppliers.has(id)) assert.ok(at[`card-${id}`] > at["card-coreweave"], `${id} to the right`);
    for (const row of drawn(said.financed_by)) assert.ok(`card-${row.from.id}` in at, `${row.from.id} is drawn`);
    const colour = (selector) => page.$eval(selector, (line) => getComputedStyle(line).stroke);
    assert.notEqual(await colour("main .tie.financing .line"), await colour("main .tie.commercial .line"));
    await to(page, "#view=focus&company=nvidia&top=2");
    assert.match(await page.textContent("main .left"), /Not drawn: \d+ more tier-1/);
    assert.ok((await page.$$("main .card")).length < 8);
  },

  async "what a newer figure replaces is not drawn, and what nobody reported is unknown"(world) {
    const page = await open(world.browser, world.page("bytedance"), "#view=focus&company=chindata&as=table");
    const shares = () =>
      page.$$eval("main tbody tr", (rows) =>
        rows
          .filter((row) => /hyperscale/.test(row.textContent) && /ByteDance/.test(row.children[2].textContent))
          .map((row) => row.children[4].textContent),
      );
    assert.deepEqual((await shares()).map(plain), ["83.54 % est."]);
    await to(page, "#view=focus&company=chindata&as=table&at=2022");
    assert.deepEqual((await shares()).map(plain), ["86.3 %"]);
    await to(page, "#view=tables");
    assert.deepEqual(await texts(page, 'main td [data-why="revenue/baidu"]'), ["unknown"]);
  },

  async "flows: loops are cut, the cut links are listed, nothing is lost"(world) {
    const page = await open(world.browser, world.page("ai-circular"), "#view=flows&measure=links&top=1000");
    const drawn = (await page.$$("main svg .flow")).length;
    const cut = (await page.$$("main .names li")).length;
    assert.ok(cut > 0, "this graph has loops of supplies");
    await to(page, "#view=flows&measure=links&top=1000&as=table");
    const said = await page.textContent("main .pages");
    assert.match(said, new RegExp(`of ${drawn + cut}\\b`));
    assert.equal((await texts(page, "main tbody tr")).filter((row) => row.includes("cut: closes a loop")).length, cut);
  },

  async "focus: no line runs through a card that is not its end"(world) {
    for (const [graph, company] of [
      ["ai-circular", "nvidia"],
      ["ai-circular", "openai"],
      ["bytedance", "bytedance"],
    ]) {
      const page = await open(world.browser, world.page(graph), `#view=focus&company=${company}`);
      const through = await page.evaluate(() => {
        const cards = [...document.querySelectorAll("main .card")].map((card) => {
          const [x, y] = card
            .getAttribute("transform")
            .match(/[-\d.]+/g)
            .map(Number);
          const plate = card.querySelector("rect");
          return {
            id: card.getAttribute("data-company"),
            x,
            y,
            width: Number(plate.getAttribute("width")),
            height: Number(plate.getAttribute("height")),
          };
        });
        const found = [];
        for (const tie of document.querySelectorAll("main .tie[data-ends]")) {
          const ends = tie.getAttribute("data-ends").split(" ");
          const line = tie.querySelector(".line");
          for (let at = 0; at < line.getTotalLength(); at += 4) {
            const p = line.getPointAtLength(at);
            for (const c of cards)
              if (!ends.includes(c.id) && p.x > c.x && p.x < c.x + c.width && p.y > c.y && p.y < c.y + c.height)
                found.push(`${tie.querySelector("title").textContent} through ${c.id}`);
          }
        }
        return [...new Set(found)];
      });
      assert.deepEqual(through, [], `${graph} ${company}`);
    }
  },

  async "start: the first circular deal is a circular deal, and a sole source is said to be one on record"(world) {
    const folder = join(world.folder, "trade");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "companies.csv"), "id,name\na,Alpha\nb,Beta\nc,Gamma\n");
    writeFileSync(
      join(folder, "relations.csv"),
      "from,to,kind,category,value,supply_share\n" +
        "a,b,supplies,chips,90B USD,\nb,a,supplies,power,90B USD,30%\na,c,invests,,2B USD,\na,c,supplies,x,2B USD,\n",
    );
    const page = await open(world.browser, world.page(folder));
    assert.equal(plain(await page.textContent("main h1")), "1 circular deal; in the first, 2B USD can go round");
    assert.match(await page.textContent("main .questions"), /Beta's chips: Alpha, sole source on record/);
  },

  async "a share reported as about is not said to be at least"(world) {
    const page = await open(world.browser, world.page("ai-circular"));
    const first = (await texts(page, "main .question:first-child li")).map(plain);
    assert.match(first[0], /^75 % Nscale earns about this share of its revenue from ByteDance$/);
    assert.match(first[1], /^67 % est\. CoreWeave earns at least this share of its revenue from Microsoft$/);
    await to(page, "#view=exposure&company=bytedance");
    assert.equal(plain(await page.textContent("main h1")), "Nscale earns about 75 % of its revenue from ByteDance");
  },

  async "an estimated figure is marked wherever it stands, and drawn hollow"(world) {
    const folder = join(world.folder, "graded");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "relations.csv"),
      "from,to,kind,category,revenue_share,supply_share,confidence\n" +
        "e,t,supplies,chips,64%,60%,estimated\np,t,supplies,wafers,~80%,~70%,disclosed\n" +
        "l,t,supplies,boards,<10%,<10%,reported\nd,t,supplies,power,30%,,disclosed\n",
    );
    const page = await open(world.browser, world.page(folder));
    assert.equal(
      plain(await page.textContent("main h1")),
      "Two suppliers earn most of their revenue from t (some figures estimated or approximate)",
    );
    const first = (await texts(page, "main .question:first-child li")).map(plain);
    assert.match(first[0], /^80 % p earns about this share/);
    assert.match(first[1], /^64 % est\. e earns at least this share/);
    assert.match(first[2], /^30 % d earns at least this share/);
    await to(page, "#view=exposure&company=t");
    const total = async (id) =>
      (await texts(page, `main svg [data-why="exposure/t/${id}/total"].number`)).map(plain).join();
    assert.equal(await total("e"), "64 % est.");
    assert.equal(await total("p"), "~80 %");
    assert.equal(await total("d"), "30 %");
    assert.equal((await page.$$('main svg .estimated[data-why="exposure/t/e/direct"]')).length, 1, "hollow");
    assert.equal((await page.$$("main svg .estimated[data-why]")).length, 1, "the others are not");
    assert.match(await page.textContent("main svg"), /est\.: an estimate/);
    await to(page, "#view=focus&company=t");
    assert.equal((await page.$$("main svg .core")).length, 1, "one hollow line");
    assert.match(plain(await page.textContent("main svg")), /64 % est\./);
    assert.match(plain(await page.textContent("main svg")), /<10 %/);
    await to(page, "#view=concentration&as=table");
    assert.deepEqual((await texts(page, 'main td [data-why="purchase/t/chips/share"]')).map(plain), ["60 % est."]);
    assert.match((await texts(page, 'main td [data-why="purchase/t/chips/hhi"]')).map(plain)[0], /^3600–\d+ est\.$/);
    assert.match((await texts(page, 'main td [data-why="purchase/t/wafers/hhi"]')).map(plain)[0], /^~4900–\d+$/);
    quiet(page);
  },

  async "matrix: a cell tells the share as reported, and none where it cannot"(world) {
    const folder = join(world.folder, "cells");
    mkdirSync(folder, { recursive: true });
    const shares = ["37.53%", "<10%", ">85%", "", "~43%", "0.2%"];
    writeFileSync(
      join(folder, "companies.csv"),
      `id,name\n${shares.map((_, i) => `s${i},S${i}\nc${i},C${i}`).join("\n")}\n`,
    );
    writeFileSync(
      join(folder, "relations.csv"),
      `from,to,kind,category,supply_share\n${shares.map((share, i) => `s${i},c${i},supplies,wide-category,${share}`).join("\n")}\n`,
    );
    const told = async (width) => {
      const page = await open(world.browser, world.page(folder), "#view=concentration", {
        viewport: { width, height: 800 },
      });
      return page.$$eval("main .cell[role=button]", (cells) =>
        Object.fromEntries(
          cells
            .map((cell) => [
              cell.getAttribute("aria-label").slice(0, 2),
              [...cell.querySelectorAll("text")]
                .map((text) => text.textContent)
                .join(" ")
                .replace(/\u00a0/g, " "),
            ])
            .sort(),
        ),
      );
    };
    const wide = await told(1440);
    assert.match(wide.S0, /^wide category 37\.53 %$/);
    assert.match(wide.S1, /10 %$/);
    assert.match(wide.S3, /\?$/);
    const narrow = await told(390);
    assert.equal(narrow.S0, "38");
    assert.equal(narrow.S1.replace(/up to |[<≤]|10|…/g, ""), "", "the low end of a range is not its share");
    assert.match(narrow.S2, /85|…/);
    assert.equal(narrow.S3, "?");
    assert.match(narrow.S4, /^~43$|…/);
    assert.match(narrow.S5, /^0\.2$|^<1$/);
  },

  async "tables: sorted, filtered, copied as CSV"(world) {
    const page = await open(world.browser, world.page("bytedance"), "#view=tables&table=relations");
    const count = (text) => Number(/of ([\d,]+)/.exec(text)[1].replace(/,/g, ""));
    const { relations: all, companies } = world.json("check", "graphs/bytedance");
    assert.equal(count(await page.textContent("main .pages")), Number(all));
    // a stake is no property of a supply, nor a share of revenue one of an investment: neither is unknown
    const cells = await page.$$eval("main tbody tr", (rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    const ofKind = (kind) => cells.filter((row) => row[1] === kind);
    assert.ok(ofKind("supplies").length > 5 && ofKind("invests").length > 1);
    for (const row of ofKind("supplies")) assert.equal(row[8], "–");
    for (const row of ofKind("invests")) assert.deepEqual(row.slice(6, 8), ["–", "–"]);
    await page.fill('main [data-key="first-filter"]', "寒武纪");
    await page.waitForFunction(() => /without the filter/.test(document.querySelector("main .pages").textContent));
    for (const row of await texts(page, "main tbody tr")) assert.ok(row.includes("寒武纪"));
    assert.equal(
      await page.evaluate(() => document.activeElement.getAttribute("data-key")),
      "first-filter",
      "typing goes on",
    );
    await to(page, "#view=tables&sort=-6");
    const sorted = await page.$$eval('main tbody td [data-why^="revenue"]', (found) =>
      found.map((cell) => cell.textContent),
    );
    assert.ok(
      sorted.indexOf("unknown") > 0 && sorted.slice(sorted.indexOf("unknown")).every((text) => text === "unknown"),
      "unknown comes last",
    );
    await page.click('main [data-key="first-copy"]');
    await page.waitForFunction(
      (rows) => document.querySelector("main .tools [role=status]").textContent === `Copied ${rows} rows`,
      companies,
    );
    const [file] = await Promise.all([page.waitForEvent("download"), page.click('main [data-key="first-file"]')]);
    const stream = await file.createReadStream();
    let text = "";
    for await (const piece of stream) text += piece;
    const lines = text.trim().split("\r\n");
    assert.equal(lines.length, 1 + companies, "a header and the companies");
    assert.match(lines[0], /Company,Local name,Ticker/);
    assert.ok(!text.includes("unknown"), "unknown is an empty cell");
  },

  async "as of: the slider moves between the program's results"(world) {
    const page = await open(world.browser, world.page("bytedance"), "#view=exposure&company=bytedance");
    const slider = 'main [data-key="as-of"]';
    assert.ok(Number(await page.getAttribute(slider, "max")) >= 2);
    await page.focus(slider);
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
    const year = await page.evaluate(() => /at=(\d+)/.exec(location.hash)?.[1]);
    assert.match(year, /^20\d\d$/);
    const said = world.json("exposure", "graphs/bytedance", "--to", "bytedance", "--as-of", `${year}-12-31`);
    const expected = said.results.filter((row) => row.total > 0);
    assert.equal((await page.$$("main .total")).length, expected.length);
    for (const row of expected)
      assert.deepEqual(
        (await texts(page, `main svg .total[data-why="exposure/bytedance/${row.supplier.id}/total"]`)).map(plain),
        [marked(percent(row.total), row)],
      );
  },
};
