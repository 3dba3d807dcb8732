// The address holds the view; back goes back; what is seen can be kept.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, plain, texts, to } from "./browser.mjs";

const kept = async (page, key) => {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(`main [data-key="${key}"]`)]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};

export default {
  async "the fragment restores view, company, filters, date and drawer in a fresh browser; nonsense does no harm"(
    world,
  ) {
    const file = world.page("ai-circular");
    const fragment =
      "#view=focus&company=coreweave&tiers=2&at=2025&kinds=supplies,invests&why=revenue%2Fcoreweave&theme=dark";
    const page = await open(world.browser, file, fragment);
    assert.equal(await page.textContent("main h1"), "CoreWeave");
    assert.equal(await page.textContent("main .as-of output"), "end of 2025");
    assert.match(await page.textContent(".drawer h2"), /Revenue of CoreWeave/);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.equal(await page.getAttribute('[data-key="Tiers-2"]', "aria-current"), "true");
    for (const odd of [
      "#view=nothing&tiers=99&page=-3&at=1066",
      "#%%%",
      "#why=relation%2F999999",
      "#view=circular&loop=123456",
      "#view=focus&company=__proto__",
      "#constructor=1&view=tables&sort=-99",
    ]) {
      const other = await open(world.browser, file, odd);
      assert.ok((await other.textContent("main h1")).length > 3, odd);
      assert.deepEqual(other.errors, [], odd);
    }
  },

  async "back and forward go through views and drawers"(world) {
    const page = await open(world.browser, world.page("bytedance"));
    await page.click('[data-key="view-exposure"]');
    await page.click("main svg .total");
    assert.ok(await page.waitForSelector(".drawer"));
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector(".drawer"));
    assert.match(await page.evaluate(() => location.hash), /view=exposure/);
    await page.goBack();
    await page.waitForSelector(".questions");
    await page.goForward();
    await page.waitForSelector("main.view-exposure");
    await page.fill("[data-key=find]", "runze");
    await page.keyboard.press("Enter");
    await page.waitForSelector("main.view-focus");
    await page.goBack();
    await page.waitForSelector("main.view-exposure");
  },

  async "SVG, PNG and CSV of a view"(world) {
    const page = await open(world.browser, world.page("ai-circular"));
    for (const view of ["focus&company=nvidia", "exposure&company=nvidia", "circular", "concentration", "flows"]) {
      await to(page, `#view=${view}`);
      const svg = await kept(page, "keep-SVG");
      const text = svg.bytes.toString("utf8");
      assert.match(svg.name, /\.svg$/);
      assert.match(text, /^<\?xml.*<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/s);
      assert.match(text, /Tierscope .* as of latest/);
      assert.doesNotMatch(text, /class=|<script|data-why|href/);
      // the whole headline in one or more lines, and what the colours mean
      const words = (value) => plain(value).replace(/\s+/g, " ").trim();
      const drawn = [...text.matchAll(/<text[^>]*font-size="20"[^>]*>([^<]*)</g)].map((found) => found[1]).join(" ");
      assert.equal(words(drawn), words(await page.textContent("main h1")), view);
      for (const item of await texts(page, "main .legend li")) assert.ok(text.includes(item), item);
      // it stands alone: drawn from its own file it is no blank sheet
      const alone = await world.browser.newPage();
      await alone.setContent("<img>");
      const size = await alone.evaluate(
        (source) =>
          new Promise((done, failed) => {
            const image = document.querySelector("img");
            image.onload = () => done([image.naturalWidth, image.naturalHeight]);
            image.onerror = () => failed(new Error("no picture"));
            image.src = `data:image/svg+xml;base64,${source}`;
          }),
        svg.bytes.toString("base64"),
      );
      assert.ok(size[0] > 200 && size[1] > 100, `${view} ${size}`);
      await alone.close();
      const png = await kept(page, "keep-PNG");
      assert.deepEqual([...png.bytes.subarray(1, 4)], [...Buffer.from("PNG")], view);
      assert.ok(png.bytes.length > 5000, `${view}: ${png.bytes.length} bytes`);
      const csv = (await kept(page, "keep-CSV")).bytes.toString("utf8");
      assert.ok(csv.startsWith("\ufeff") && csv.trim().split("\r\n").length > 1, view);
    }
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.requests, []);
  },

  async "light and dark by the system and by the button; on paper no controls"(world) {
    const page = await open(world.browser, world.page("bytedance"), "#view=exposure", { colorScheme: "dark" });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.click('[data-key="theme"]');
    await page.waitForFunction(() => location.hash.includes("theme=light"));
    const light = await paper();
    assert.notEqual(light, dark);
    await to(page, "#view=exposure");
    assert.equal(await paper(), dark);
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction(() => document.querySelector('[data-key="theme"]').textContent === "Dark");
    assert.equal(await paper(), light, "the page follows the system");
    assert.equal(await page.isVisible("main .origin"), false);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.isVisible("#head"), false);
    assert.equal(await page.isVisible("main .bar"), false);
    assert.equal(await page.isVisible("main svg"), true);
    assert.match(await page.textContent("main .origin"), /bytedance · as of latest/);
    assert.equal(await page.isVisible("main .origin"), true, "paper says which graph and date it shows");
  },
};
