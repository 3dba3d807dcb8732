// node tests/web/run.mjs PROGRAM [NAME]: makes pages from the shipped graphs with the program and checks them in a browser,
// offline. Every file *_test.mjs beside this one holds checks; NAME runs those whose words contain it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
if (!process.argv[2]) {
  console.error("usage: node tests/web/run.mjs PROGRAM [NAME]");
  process.exit(2);
}
const program = resolve(process.argv[2]);
const only = process.argv[3] ?? "";
const folder = mkdtempSync(join(tmpdir(), "tierscope-web-"));
const made = new Map();

const world = {
  folder,
  root,
  browser: await launch(),
  run: (...words) =>
    execFileSync(program, words, {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "ignore"],
    }),
  json: (...words) => JSON.parse(world.run(...words, "-f", "json")),
  /** the page of a graph of the repository or of a path, made once */
  page(graph, ...options) {
    const key = [graph, ...options].join(" ");
    if (!made.has(key)) {
      const file = join(folder, `page-${made.size}.html`);
      world.run("explore", graph.includes("/") ? graph : `graphs/${graph}`, ...options, "-o", file);
      made.set(key, file);
    }
    return made.get(key);
  },
};

let passed = 0;
let failed = 0;
for (const file of readdirSync(here)
  .filter((name) => name.endsWith("_test.mjs"))
  .sort()) {
  const { default: checks } = await import(join(here, file));
  for (const [name, check] of Object.entries(checks)) {
    if (!`${file} ${name}`.includes(only)) continue;
    const began = performance.now();
    try {
      const said = await Promise.race([
        check(world),
        new Promise((_, late) => {
          setTimeout(() => late(new Error("not done after 90 s")), 90_000).unref();
        }),
      ]);
      passed++;
      console.log(`ok      ${name} (${Math.round(performance.now() - began)} ms)${said ? `: ${said}` : ""}`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${file}: ${name}\n        ${String(error.message ?? error).replace(/\n/g, "\n        ")}`);
    }
    for (const context of world.browser.contexts()) await context.close();
  }
}
await world.browser.close();
rmSync(folder, { recursive: true, force: true });
if (passed + failed === 0) {
  console.log(`no check is called "${only}"`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
