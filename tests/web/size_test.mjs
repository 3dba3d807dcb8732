// Weight and speed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open, texts, to } from "./browser.mjs";

export default {
  async "the page's code is at most 120 KB"(world) {
    const text = readFileSync(join(world.root, "src/web/page.html"), "utf8");
    const code = [...text.matchAll(/<(script|style)>([^]*?)<\/\1>/g)].map(([, , body]) => Buffer.byteLength(body));
    assert.equal(code.length, 2, "one script, one style");
    const sum = code.reduce((a, b) => a + b, 0);
    assert.ok(sum <= 120_000, `${sum} bytes`);
    return `${(sum / 1000).toFixed(1)} KB`;
  },

  async "a curated graph is interactive within 0.5 s"(world) {
    const times = [];
    for (let i = 0; i < 3; i++) {
      const page = await open(world.browser, world.page("ai-circular"));
      assert.equal((await texts(page, ".question")).length, 3);
      times.push(page.readyAfter);
      await page.context().close();
    }
    const best = Math.min(...times);
    assert.ok(best <= 500, `${Math.round(best)} ms`);
    return `${Math.round(best)} ms`;
  },

  async "20,000 companies are interactive within 2 s, draw at most 300 and say what they leave out"(world) {
    const folder = join(world.folder, "large");
    world.run("generate", "--companies", "20000", "--seed", "7", "--output", folder);
    const file = world.page(folder);
    const times = [];
    for (let i = 0; i < 2; i++) {
      const page = await open(world.browser, file);
      times.push(page.readyAfter);
      if (i === 0) await page.context().close();
      else {
        const timed = async (act) => {
          const began = performance.now();
          await act();
          return Math.round(performance.now() - began);
        };
        const search = await timed(() => page.fill("[data-key=start-find]", "firn 1234"));
        assert.ok((await texts(page, ".found [role=option]")).length > 0);
        const slow = [`search ${search}`];
        for (const view of [
          "#view=focus",
          "#view=focus&top=300&tiers=3",
          "#view=exposure",
          "#view=circular",
          "#view=concentration",
          "#view=flows&top=1000",
          "#view=tables&table=relations",
          "#view=tables&table=relations&sort=-6",
          "#view=tables&table=relations&query=chips",
        ]) {
          const took = await timed(() => to(page, view));
          slow.push(`${view.slice(6)} ${took}`);
          assert.ok(took < 2000, `${view}: ${took} ms`);
          const drawn = await page.evaluate(() => document.querySelectorAll("main svg .card, main svg .node").length);
          assert.ok(drawn <= 300, `${view}: ${drawn} companies`);
          assert.ok((await page.evaluate(() => document.querySelectorAll("*").length)) < 12_000, `${view}: elements`);
          if (/focus|flows|exposure/.test(view))
            assert.match(await page.textContent("main .left"), /Not drawn|left out/, view);
        }
        assert.deepEqual(page.errors, []);
        assert.ok(Math.min(...times) <= 2000, `${times.map(Math.round)} ms`);
        return `${Math.round(Math.min(...times))} ms; then ${slow.join(", ")} ms`;
      }
    }
  },
};
