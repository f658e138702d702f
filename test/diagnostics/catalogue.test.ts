/** Codes, fixtures and docs/diagnostics.md speak of the same diagnostics. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagnosticCodes } from "../../src/diagnostic-codes.js";

const root = join(import.meta.dirname, "../..");
const codes = Object.entries(diagnosticCodes);
const page = readFileSync(join(root, "docs/diagnostics.md"), "utf8");

/** The text of an entry: from its heading to the next one. */
function entryOf(code: string): string {
  const start = page.indexOf(`### ${code} `);
  return start === -1
    ? ""
    : page.slice(start, page.indexOf("\n##", start + 1) === -1 ? undefined : page.indexOf("\n##", start + 1));
}

test("every code has a fixture, and every fixture a code", () => {
  expect(readdirSync(join(root, "fixtures/diagnostics")).sort()).toEqual(codes.map(([code]) => code).sort());
});

test("the page has every code once, in order, and no other", () => {
  const headings = [...page.matchAll(/^### (\w+) (.*)$/gm)].map(([, code, title]) => [code, title]);
  const order = ["PB", "MD", "HR", "PL", "DP", "CF", "BD", "GO", "OU"];
  const expected = codes
    .map(([code, { title }]) => [code, title])
    .sort(([a = ""], [b = ""]) => order.indexOf(a.slice(0, 2)) - order.indexOf(b.slice(0, 2)) || (a < b ? -1 : 1));
  expect(headings).toEqual(expected);
});

test.each(codes)("%s: the page says what to do, and shows what the fixture shows", (code, { severity }) => {
  const expected = readFileSync(join(root, "fixtures/diagnostics", code, "expected.txt"), "utf8");
  const entry = entryOf(code);
  expect(entry).toContain(`\`\`\`text\n${expected}\`\`\``);
  const [, ...paragraphs] = entry.split("```")[0]?.trim().split("\n\n") ?? [];
  expect(paragraphs.join(" ").length).toBeGreaterThan(40);
  expect(expected).toMatch(new RegExp(`^(?:\\S+ )?${severity} ${code}: `, "m"));
});

test("no code is used that is not listed", () => {
  const used = new Set<string>();
  for (const file of readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })) {
    const path = join(root, "src", file);
    if (!file.endsWith(".ts") || file === "diagnostic-codes.ts" || !existsSync(path)) continue;
    for (const [, code = ""] of readFileSync(path, "utf8").matchAll(/"((?:PB|MD|HR|CF|PL|DP|BD|GO|OU)\d{3})"/g))
      used.add(code);
  }
  expect([...used].filter((code) => !(code in diagnosticCodes))).toEqual([]);
  expect(codes.map(([code]) => code).filter((code) => !used.has(code))).toEqual([]);
});
