// Search, filters, and the newcomer's way to an answer and its source.

import assert from "node:assert/strict";
import { open, texts, to } from "./browser.mjs";

async function found(page, typed) {
  await page.fill("[data-key=start-find]", typed);
  return texts(page, ".found [role=option]");
}

export default {
  async "search: Chinese, typing errors, full-width characters, ticker, part of a name; nonsense finds nothing"(world) {
    const page = await open(world.browser, world.page("bytedance"));
    for (const typed of [
      "寒武纪",
      "cambricn",
      "Cambirc",
      "ｃａｍｂｒｉｃｏｎ",
      "688256",
      "６８８２５６",
      "CAMBRICON tech",
    ])
      assert.match((await found(page, typed))[0] ?? "", /Cambricon.*寒武纪/, typed);
    assert.match((await found(page, "bytdance"))[0], /^ByteDance/);
    assert.match((await found(page, "byte"))[0], /^ByteDance/);
    assert.deepEqual(await found(page, "zzqqxx"), []);
    assert.match(await page.textContent(".found"), /No company/);
    await found(page, "cambricn");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.includes("company=cambricon"));
    assert.match(await page.textContent("main h1"), /Cambricon.*寒武纪/);
  },

  async "a newcomer finds ByteDance's largest proven dependents and their sources in three clicks"(world) {
    const page = await open(world.browser, world.page("bytedance"));
    const best = world.json("exposure", "graphs/bytedance", "--to", "bytedance").results[0];
    for (const words of [/Who depends on whom/, /only one supplier/, /round in a circle/])
      assert.match(await page.textContent("main"), words);
    await page.click(".question:first-child .finding");
    assert.match(await page.textContent("main h1"), /revenue from ByteDance/);
    await page.click(`main svg .total[data-why="exposure/bytedance/${best.supplier.id}/total"]`);
    const link = await page.waitForSelector(".drawer .sources a");
    const [address, rel, target] = await link.evaluate((a) => [a.href, a.rel, a.target]);
    assert.match(address, /^https?:/);
    assert.match(rel, /noopener/);
    assert.equal(target, "_blank");
    assert.match(await page.textContent(".drawer"), /as of.*confidence/s);
    assert.match(await page.textContent(".drawer"), /total = direct \+ indirect/);
    return "sentence, number, source";
  },

  async "a coverage that nobody reported is unknown in the drawer too, never 0 %"(world) {
    const page = await open(world.browser, world.page("ai-circular"));
    const none = world
      .json("concentration", "graphs/ai-circular", "--limit", "0")
      .results.filter((row) => row.covered === null && row.hhi.low === 0);
    assert.ok(none.length > 5);
    for (const part of ["covered", "hhi", "share", "effective"]) {
      const { customer, category } = none[0];
      await to(
        page,
        `#view=concentration&why=${encodeURIComponent(["purchase", customer.id, category, part].join("/"))}`,
      );
      assert.equal(await page.textContent(".drawer .value"), "unknown", part);
      assert.doesNotMatch(await page.textContent(".drawer .inputs"), /\b0\s%/, part);
    }
  },

  async "the number of a headline is a button too, and a relation with the figure stands first"(world) {
    const page = await open(world.browser, world.page("ai-circular"));
    for (const view of ["#", "#view=exposure&company=nvidia", "#view=circular", "#view=flows"]) {
      await to(page, view);
      const loose = await page.$eval("main h1", (head) => {
        const copy = head.cloneNode(true);
        for (const told of copy.querySelectorAll("button, a")) told.remove();
        return copy.textContent;
      });
      assert.doesNotMatch(loose, /\d/, view);
    }
    const other = await open(
      world.browser,
      world.page("bytedance"),
      "#view=exposure&why=exposure%2Fbytedance%2Frunze%2Ftotal",
    );
    assert.equal((await other.$$(".drawer .relation")).length, 2);
    assert.match(await other.textContent(".drawer .relation"), /64\.38/);
  },

  async "every number opens a drawer with formula or source, and unknown is told as unknown"(world) {
    const page = await open(world.browser, world.page("ai-circular"));
    let opened = 0;
    for (const view of [
      "#",
      "#view=focus&company=coreweave",
      "#view=exposure&company=nvidia",
      "#view=circular",
      "#view=concentration",
      "#view=flows",
      "#view=tables&table=relations",
    ]) {
      await to(page, view);
      const keys = [
        ...new Set(
          await page.$$eval("main [data-why]", (all) => all.map((element) => element.getAttribute("data-why"))),
        ),
      ];
      assert.ok(keys.length > 0, view);
      for (const key of keys) {
        await to(page, `${view === "#" ? "#" : `${view}&`}why=${encodeURIComponent(key)}`);
        const said = await page
          .$eval(".drawer", (drawer) => ({
            value: drawer.querySelector(".value").textContent,
            text: drawer.textContent,
          }))
          .catch(() => null);
        assert.ok(said, `${view}: ${key} opens no drawer`);
        assert.match(said.text, /Formula|relation behind it|Inputs/, key);
        assert.doesNotMatch(said.text, /undefined|NaN|null|\[object/, key);
        assert.ok(said.value.trim().length > 0, key);
        opened++;
      }
    }
    assert.deepEqual(page.errors, []);
    return `${opened} drawers`;
  },

  async "filters by kind, sector and status choose what is drawn, and say so"(world) {
    const page = await open(world.browser, world.page("ai-circular"), "#view=focus&company=nvidia");
    const before = (await page.$$("main .tie .line")).length;
    await page.click('[data-key="filter-kinds"]');
    await page.click('[data-key="kinds-supplies"]');
    await page.waitForFunction(() => location.hash.includes("kinds=supplies"));
    assert.equal(
      await page.evaluate(() => document.activeElement.getAttribute("data-key")),
      "kinds-supplies",
      "the menu stays open under the reader's hand",
    );
    assert.ok(await page.isVisible('[data-key="kinds-invests"]'));
    assert.equal((await page.$$("main svg .tie.financing")).length, 0);
    assert.ok((await page.$$("main .tie .line")).length < before);
    assert.match(await page.textContent("main .left"), /filters hide/);
    await to(page, "#view=tables&sectors=model-lab");
    for (const row of await texts(page, "main tbody tr")) assert.match(row, /model-lab/);
    await to(page, "#view=tables&table=relations&statuses=rumoured");
    for (const row of await texts(page, "main tbody tr")) assert.match(row, /rumoured/);
  },
};
