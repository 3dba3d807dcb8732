// Names of the data stay text; the policy lets no other script run; the page asks nobody.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, texts, to } from "./browser.mjs";

const names = [
  "</script><script>window.hurt=1</script>",
  '" onload="window.hurt=1',
  "javascript:window.hurt=1",
  "line\u2028separator",
  "@@DATA@@",
  "@@TITLE@@",
  "\u202egnp.exe",
  "<img src=x onerror=window.hurt=1>",
  "&lt;b&gt;",
  "<!--",
  '=HYPERLINK("http://a.example")',
];
const quoted = (text) => `"${text.replace(/"/g, '""')}"`;

function hostile(world) {
  const folder = join(world.folder, "hostile");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "companies.csv"),
    "id,name,name_local,sector,ticker,source\n" +
      names.map((name, i) => `c${i},${quoted(name)},${quoted(name)},${quoted(name)},${quoted(name)},s`).join("\n") +
      "\n",
  );
  writeFileSync(
    join(folder, "relations.csv"),
    "from,to,kind,category,item,revenue_share,value,as_of,source,note\n" +
      names
        .map(
          (name, i) =>
            `c${i},c${(i + 1) % names.length},supplies,${quoted(name)},${quoted(name)},60%,1B USD,2025,s,${quoted(name)}`,
        )
        .join("\n") +
      `\nc1,c0,invests,,${quoted(names[0])},,2B USD,2025,s,${quoted(names[1])}\n`,
  );
  writeFileSync(
    join(folder, "sources.csv"),
    `id,title,publisher,date,url\ns,${quoted(names[0])},${quoted(names[1])},2025,javascript:window.hurt=1\n`,
  );
  return folder;
}

export default {
  async "hostile names stay text in every view, drawer and export"(world) {
    const file = world.page(hostile(world));
    const page = await open(world.browser, file);
    for (const view of [
      "#",
      "#view=focus&company=c0",
      "#view=exposure&company=c0",
      "#view=circular",
      "#view=concentration",
      "#view=flows&measure=links",
      "#view=tables",
      "#view=tables&table=relations",
      "#view=tables&table=relations&why=relation%2F0",
    ]) {
      await to(page, view);
      assert.equal(await page.evaluate(() => window.hurt), undefined, view);
      assert.equal(
        await page.evaluate(
          () => document.querySelectorAll("main script, main img, #side img, [onload], [onerror]").length,
        ),
        0,
        view,
      );
      assert.deepEqual(
        await page.$$eval("a[href]", (links) =>
          links.map((a) => a.getAttribute("href")).filter((href) => !/^(#|https?:)/.test(href)),
        ),
        [],
        view,
      );
    }
    await to(page, "#view=tables");
    const shown = await texts(page, "main tbody th");
    assert.deepEqual(
      shown,
      names.map((name) => name.trim()),
    );
    assert.equal(await page.$eval("main tbody th bdi", (element) => getComputedStyle(element).unicodeBidi), "isolate");
    const [csv] = await Promise.all([page.waitForEvent("download"), page.click('main [data-key="keep-CSV"]')]);
    const text = readFileSync(await csv.path(), "utf8");
    assert.ok(text.includes("'=HYPERLINK"), "a spreadsheet takes no name for a formula");
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.requests, []);
    assert.equal(
      await page.evaluate(() => document.querySelectorAll("script:not([type])").length),
      1,
      "the page's own script alone",
    );
  },

  async "ids of every object, names of 5,000 letters and no company at all do no harm"(world) {
    const folder = join(world.folder, "odd");
    mkdirSync(folder, { recursive: true });
    const ids = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    writeFileSync(
      join(folder, "companies.csv"),
      `id,name,sector\n${ids.map((id, i) => `${id},${i ? id : "X".repeat(5000)},${ids[(i + 1) % 4]}`).join("\n")}\n`,
    );
    writeFileSync(
      join(folder, "relations.csv"),
      `from,to,kind,category,revenue_share,value\n${ids.map((id, i) => `${id},${ids[(i + 1) % 4]},supplies,${id},60%,`).join("\n")}\n` +
        `toString,constructor,invests,,,999999999T USD\n__proto__,__proto__,supplies,,,\n`,
    );
    const nobody = join(world.folder, "nobody");
    mkdirSync(nobody, { recursive: true });
    writeFileSync(join(nobody, "companies.csv"), "id,name\n");
    writeFileSync(join(nobody, "relations.csv"), "from,to,kind\n");
    for (const made of [folder, nobody]) {
      const page = await open(world.browser, world.page(made));
      for (const view of ["start", "focus", "exposure", "circular", "concentration", "flows", "tables"]) {
        const hash = `#view=${view}&company=__proto__&only=constructor&sectors=toString&why=<img src=x onerror=window.hurt=1>`;
        for (const fragment of [`#view=${view}`, `#view=${view}&company=constructor`, encodeURI(hash)]) {
          await to(page, fragment);
          assert.equal(await page.evaluate(() => window.hurt), undefined);
          assert.ok((await page.textContent("main h1")).trim().length > 0, `${fragment}: a headline`);
          const [wide, high] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.scrollHeight,
          ]);
          assert.ok(wide <= 1440 && high < 6000, `${fragment}: ${wide} by ${high} pixels`);
        }
      }
      assert.equal(await page.evaluate(() => Object.keys(Object.prototype).length), 0);
      assert.deepEqual(page.errors, []);
    }
  },

  async "a title that looks like a place or like markup is a title"(world) {
    const page = await open(
      world.browser,
      world.page("bytedance", "--title", "</title><script>window.hurt=1</script>@@DATA@@"),
    );
    assert.equal(await page.title(), "</title><script>window.hurt=1</script>@@DATA@@");
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    assert.equal(await page.textContent(".of"), "</title><script>window.hurt=1</script>@@DATA@@");
  },

  async "a tampered script is blocked, and so is an added one"(world) {
    const whole = readFileSync(world.page("bytedance"), "utf8");
    const cut = whole.lastIndexOf("<script>") + "<script>".length;
    const variants = {
      tampered: `${whole.slice(0, cut)}window.hurt=1;${whole.slice(cut)}`,
      added: whole.replace("</body>", "<script>window.hurt=1</script></body>"),
      handler: whole.replace("<body>", '<body onload="window.hurt=1">'),
    };
    for (const [name, text] of Object.entries(variants)) {
      const file = join(world.folder, `${name}.html`);
      writeFileSync(file, text);
      const page = await open(world.browser, file, "", { ready: false });
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => window.hurt), undefined, name);
      assert.equal(
        await page.evaluate(() => document.documentElement.hasAttribute("data-ready")),
        name !== "tampered",
        name,
      );
      assert.ok(
        page.errors.some((error) => /Content Security Policy/.test(error)),
        `${name}: the browser says why`,
      );
    }
  },

  async "the policy is tight and the page holds no way to make markup from text"(world) {
    const text = readFileSync(join(world.root, "src/web/page.html"), "utf8");
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)[1];
    for (const part of [
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ])
      assert.ok(policy.includes(part), part);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\son\w+="/);
    assert.match(text, /Mike Bostock/, "the licences of what is in it");
    assert.doesNotMatch(text.replace(/<details>[^]*?<\/details>/, ""), /(src|href)="(?!#|data:,)/);
  },
};
