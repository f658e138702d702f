/**
 * Brings docs/diagnostics.md up to the codes and fixtures: headings from src/diagnostic-codes.ts, examples from
 * fixtures/diagnostics/<code>/expected.txt. What the page says of a code in words is kept; a new code gets none, and
 * test/diagnostics/catalogue.test.ts fails until somebody has written it.
 *
 *   node test/diagnostics/write-page.mjs
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const page = new URL("docs/diagnostics.md", root);

/** Sections of the page, in its order. */
const sections = [
  ["PB", "Reading .proto files and descriptor sets"],
  ["MD", "What the files say together"],
  ["HR", "google.api.http rules"],
  ["PL", "Functions and routes"],
  ["DP", "Deployment"],
  ["CF", "Configuration and command line"],
  ["BD", "Building"],
  ["GO", "Go modules"],
  ["OU", "Output"],
];

const before = existsSync(page) ? readFileSync(page, "utf8") : "";
const introduction = before.slice(0, Math.max(0, before.indexOf("\n## "))).trim();
const codes = [
  ...readFileSync(new URL("src/diagnostic-codes.ts", root), "utf8").matchAll(
    /^ {2}([A-Z]{2}\d{3}): \w+\(\s*"(.*)",?\s*\),$/gm,
  ),
].map(([, code, title]) => ({ code, title }));

/** The words of an entry: between its heading and its example. */
function wordsOf(code) {
  const [, words = ""] = new RegExp(`^### ${code} .*\\n([^]*?)(?=^(?:\`\`\`|#))`, "m").exec(before) ?? [];
  return words.trim();
}

function exampleOf(code) {
  const file = new URL(`fixtures/diagnostics/${code}/expected.txt`, root);
  return existsSync(file) ? `\`\`\`text\n${readFileSync(file, "utf8")}\`\`\`` : "";
}

const parts = [introduction];
for (const [prefix, title] of sections) {
  const own = codes.filter(({ code }) => code.startsWith(prefix)).sort((a, b) => (a.code < b.code ? -1 : 1));
  if (own.length === 0) continue;
  parts.push(`## ${title}`);
  for (const { code, title: heading } of own) {
    parts.push([`### ${code} ${heading}`, wordsOf(code), exampleOf(code)].filter((text) => text !== "").join("\n\n"));
  }
}
writeFileSync(page, `${parts.join("\n\n")}\n`);
