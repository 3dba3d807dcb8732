// Keyboard, labels, twins, contrast, a phone.

import assert from "node:assert/strict";
import { open, to } from "./browser.mjs";

const views = [
  "#",
  "#view=focus&company=nvidia",
  "#view=exposure&company=nvidia",
  "#view=circular",
  "#view=concentration",
  "#view=flows",
  "#view=tables",
  "#view=tables&table=relations",
];

/** In the page: every text whose contrast with what it stands on is below AA. */
function weak() {
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (a, b) => {
    const [p, q] = [light(a), light(b)];
    return (Math.max(p, q) + 0.05) / (Math.min(p, q) + 0.05);
  };
  const clear = (colour) => colour === "none" || (parse(colour).length === 4 && parse(colour)[3] === 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!clear(backgroundColor)) return [parse(backgroundColor)];
    }
    return [[255, 255, 255]];
  };
  const under = (text) => {
    const style = getComputedStyle(text);
    // a halo: what surrounds the letters is its colour
    if (style.paintOrder.startsWith("stroke") && !clear(style.stroke) && style.stroke !== "none")
      return [parse(style.stroke)];
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const grounds = [...text.ownerSVGElement.querySelectorAll("rect, circle")].filter((shape) => {
      if (shape.closest("defs") || !(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING))
        return false;
      const r = shape.getBoundingClientRect();
      return r.left <= x && x <= r.right && r.top <= y && y <= r.bottom && !clear(getComputedStyle(shape).fill);
    });
    const last = grounds.at(-1);
    if (!last) return ground(text.ownerSVGElement);
    const fill = getComputedStyle(last).fill;
    return fill.startsWith("url")
      ? [...document.querySelectorAll("pattern rect")].map((r) => parse(getComputedStyle(r).fill))
      : [parse(fill)];
  };
  const found = [];
  let checked = 0;
  const look = (element, colour, grounds) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    checked++;
    const worst = Math.min(...grounds.map((g) => ratio(parse(colour), g)));
    if (worst < (large ? 3 : 4.5))
      found.push(
        `${element.textContent.trim().slice(0, 30)} (${element.getAttribute("class") ?? element.tagName}): ${worst.toFixed(2)}`,
      );
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (
      !node.data.trim() ||
      ["SCRIPT", "STYLE", "NOSCRIPT", "title"].includes(element.tagName) ||
      !element.checkVisibility?.({ visibilityProperty: true })
    )
      continue;
    if (element instanceof SVGElement) look(element, getComputedStyle(element).fill, under(element.closest("text")));
    else look(element, getComputedStyle(element).color, ground(element));
  }
  return { found: [...new Set(found)], checked };
}

export default {
  async "WCAG AA contrast of every text, light and dark, with the drawer open"(world) {
    let checked = 0;
    for (const colorScheme of ["light", "dark"])
      for (const graph of ["bytedance", "ai-circular"]) {
        const page = await open(world.browser, world.page(graph), "", { colorScheme });
        for (const view of [
          ...views,
          "#view=exposure&why=loops",
          "#view=exposure&company=bytedance&why=exposure%2Fbytedance%2Fnscale%2Ftotal",
        ]) {
          await to(page, view);
          const said = await page.evaluate(weak);
          assert.deepEqual(said.found, [], `${colorScheme} ${graph} ${view}`);
          checked += said.checked;
        }
        await page.context().close();
      }
    return `${checked} texts`;
  },

  async "keyboard alone: search, a view, a number, its drawer, back to where one was"(world) {
    const page = await open(world.browser, world.page("bytedance"));
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement.getAttribute("data-key") ??
          document.activeElement.getAttribute("class") ??
          document.activeElement.tagName,
      );
    const tabUntil = async (wanted, most = 200) => {
      for (let i = 0; i < most; i++) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press("Tab");
        const ring = await page.evaluate(() => {
          const s = getComputedStyle(document.activeElement);
          return document.activeElement === document.body || s.outlineStyle !== "none";
        });
        assert.ok(ring, `focus is visible on ${await focused()}`);
      }
      assert.fail(`${wanted} is not reached`);
    };
    await page.keyboard.press("/");
    await page.keyboard.type("cambricn");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("main.view-focus");
    assert.match(await page.textContent("main h1"), /Cambricon/);
    await page.evaluate(() => document.activeElement.blur());
    await tabUntil(/^view-exposure$/);
    await page.keyboard.press("Enter");
    await to(page, "#view=exposure&company=bytedance");
    await tabUntil(/^exposure\/bytedance\/.*\/total$/);
    const number = await focused();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".drawer");
    assert.equal(
      await page.evaluate(() => document.activeElement.closest(".drawer") !== null),
      true,
      "the drawer has the focus",
    );
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "close");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(".drawer"));
    assert.equal(await focused(), number, "back at the number");
    await tabUntil(/^View-Table$/, 400);
    await page.keyboard.press("Enter");
    await page.waitForSelector("main table");
    assert.equal(await focused(), "View-Table", "the control keeps the focus");
    await tabUntil(/^first-sort-2$/);
    await page.keyboard.press("Enter");
    await page.waitForSelector('th:nth-child(3)[aria-sort="descending"]');
  },

  async "focus view by keyboard: cards are links, the picture moves to what is reached"(world) {
    const page = await open(world.browser, world.page("ai-circular"), "#view=focus&company=nvidia&tiers=3");
    for (let i = 0; i < 3; i++) await page.click('[aria-label="Zoom in"]');
    // the outermost, which the picture does not show at first
    const cards = await page.$$eval("main .card a", (found) => {
      const frame = document.querySelector("svg.map").getBoundingClientRect();
      return found
        .filter((card) => {
          const at = card.getBoundingClientRect();
          return at.left < frame.left || at.right > frame.right;
        })
        .map((card) => card.getAttribute("data-key"));
    });
    assert.ok(cards.length > 1, "some cards are out of sight");
    // arrow keys do what a drag does
    const place = () => page.getAttribute("main [data-zoomed]", "transform");
    await page.focus('[data-key="zoom-Zoom in"]');
    const before = await place();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowUp");
    assert.notEqual(await place(), before);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    assert.equal(await place(), before);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Tab");
    for (const key of [cards[0], cards.at(-1)]) {
      for (
        let i = 0;
        i < 300 && (await page.evaluate(() => document.activeElement.getAttribute("data-key"))) !== key;
        i++
      )
        await page.keyboard.press("Tab");
      const inside = await page.evaluate(() => {
        const a = document.activeElement.getBoundingClientRect();
        const f = document.querySelector("svg.map").getBoundingClientRect();
        return a.left >= f.left - 1 && a.right <= f.right + 1 && a.top >= f.top - 1 && a.bottom <= f.bottom + 1;
      });
      assert.ok(inside, key);
    }
    await page.keyboard.press("Enter");
    await page.waitForFunction((key) => location.hash.includes(`company=${key.replace("card-", "")}`), cards.at(-1));
  },

  async "every control has a name, every picture a label and a twin"(world) {
    const page = await open(world.browser, world.page("ai-circular"));
    for (const view of views) {
      await to(page, view);
      const nameless = await page.$$eval(
        "button, a[href], input, summary, [role=button], svg[data-width], [role=region], [role=dialog]",
        (found) =>
          found
            .filter(
              (element) =>
                !(
                  element.getAttribute("aria-label") ||
                  element.getAttribute("aria-labelledby") ||
                  element.textContent.trim() ||
                  element.closest("label")?.textContent.trim()
                ),
            )
            .map((element) => element.outerHTML.slice(0, 100)),
      );
      assert.deepEqual(nameless, [], view);
      if (await page.$("main svg[data-width]")) {
        await page.click('[data-key="View-Table"]');
        await page.waitForSelector("main .sheet tbody tr");
        assert.ok(await page.$("main table caption"), view);
      }
      assert.equal((await page.$$("main h1")).length, 1);
    }
    assert.equal(await page.getAttribute("html", "lang"), "en");
  },

  async "390 pixels wide: nothing makes the page scroll sideways"(world) {
    for (const graph of ["bytedance", "ai-circular"]) {
      const page = await open(world.browser, world.page(graph), "", {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
      });
      for (const view of [
        ...views,
        "#view=focus&tiers=3&as=table",
        "#view=circular&as=table",
        "#view=concentration&as=table",
        "#view=exposure&why=loops",
      ]) {
        await to(page, view);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, `${graph} ${view}`);
      }
      await page.context().close();
    }
  },
};
