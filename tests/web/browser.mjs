// A page in Debian's Chromium, watched: every request that is not the file itself and every error is kept.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(new URL("../../src/web/package.json", import.meta.url))("playwright-core");

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

/** Opens a file at a fragment; the page is ready when its script has drawn once. */
export async function open(browser, file, fragment = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.errors = [];
  page.requests = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") page.errors.push(message.text());
  });
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|blob|data|about):/.test(request.url())) page.requests.push(request.url());
  });
  const began = performance.now();
  await page.goto(pathToFileURL(file).href + fragment);
  if (options.ready !== false) await page.waitForSelector("html[data-ready]", { timeout: 20_000 });
  page.readyAfter = performance.now() - began;
  return page;
}

/** To another fragment of the same page, drawn. */
export async function to(page, fragment) {
  await page.evaluate(
    (hash) =>
      new Promise((done) => {
        if (location.hash.replace(/^#$/, "") === hash.replace(/^#$/, "")) return done();
        addEventListener("hashchange", () => done(), { once: true });
        location.hash = hash;
      }),
    fragment,
  );
}

export const texts = (page, selector) =>
  page.$$eval(selector, (found) => found.map((element) => element.textContent.trim()));

/** Texts of data have a space that does not break before the sign. */
export const plain = (text) => text.replace(/\u00a0/g, " ");
