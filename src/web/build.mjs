// Builds page.html, the template that the program fills: one file with the script, the style, their hashes and the licences.
// Same input, same bytes.

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "page.html");
const largest = 120_000;

const bundle = async (entry, more) => {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [join(here, entry)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    charset: "utf8",
    legalComments: "none",
    ...more,
  });
  return { text: outputFiles[0].text.trim(), inputs: Object.keys(metafile.inputs) };
};

/** The notices of the packages whose files are in the bundle, the same text once. */
async function notices(inputs) {
  const packages = [
    ...new Set(inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean)),
  ].sort();
  const byText = new Map();
  for (const name of packages) {
    const { version } = JSON.parse(await readFile(join(here, "node_modules", name, "package.json"), "utf8"));
    const text = (await readFile(join(here, "node_modules", name, "LICENSE"), "utf8")).trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...byText].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n\n");
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const demand = (fact, words) => {
  if (!fact) throw new Error(words);
};

const script = await bundle("main.ts", { format: "iife", target: "es2022" });
const style = await bundle("page.css", {});

const policy = [
  "default-src 'none'",
  `script-src ${hash(script.text)}`,
  `style-src ${hash(style.text)}`,
  "img-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const parts = {
  CSP: policy,
  STYLE: style.text,
  SCRIPT: script.text,
  NOTICES: escaped(await notices(script.inputs)),
};
const template = await readFile(join(here, "page.in.html"), "utf8");
const page = template.replace(/@@(CSP|STYLE|SCRIPT|NOTICES)@@/g, (_, name) => parts[name]);

demand(
  page.split("@@TITLE@@").length === 2 && page.split("@@DATA@@").length === 2,
  "each place of the data stands once",
);
demand(
  !/<\/script|<!--/i.test(script.text) && !/<\/style/i.test(style.text),
  "nothing in the script or the style ends it",
);
demand(
  !/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(page),
  "no markup from text, no code from text",
);
demand(
  !/https?:\/\/(?!www\.w3\.org\/)/.test(script.text + style.text),
  "no address in the script or the style but name spaces",
);
const size = Buffer.byteLength(script.text) + Buffer.byteLength(style.text);
demand(size <= largest, `page code is ${size} bytes, at most ${largest}`);

await writeFile(target, page);
console.log(
  `page code ${(size / 1024).toFixed(1)} KB (script ${(Buffer.byteLength(script.text) / 1024).toFixed(1)}, style ${(Buffer.byteLength(style.text) / 1024).toFixed(1)}), template ${(Buffer.byteLength(page) / 1024).toFixed(1)} KB`,
);
