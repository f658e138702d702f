/** Pages, comments and messages say things once and plainly: phrases that take two readings are refused. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { pages, prose } from "./pages.js";

const root = resolve(import.meta.dirname, "../..");

/** A phrase, and what to write instead. */
const refused: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\b(?:that|which) (?:is|are) none\b/i, 'say what it is: "an invalid name", "values of another type"'],
  [/\b(?:is|are) none of\b/i, '"is not one of"'],
  [/\bby way of\b/i, '"through"'],
  [/\bwhat no \w+ (?:has|takes|have)\b/i, 'name the thing: "requests that match no RPC"'],
  [/\bof no \w+ (?:has|have)\b/i, "turn the sentence round"],
  [/\bwho may not\b/i, '"callers that … rejects"'],
  [/\b(?:is|are) told\b(?! apart)/i, 'say who reports it, or "is passed", "knows"'],
  [/\bbeside (?:its own|those|that|what|the ones|JSON|writing)\b/i, '"in addition to"'],
  [/\bof which there\b/i, "make two sentences"],
  [/\bwhich see\b/i, '"see"'],
  [/\bbut for\b/i, '"except for"'],
];

/** Words with which a comment needs the name below it to be understood. */
const nameless = new Set("What Who Whose Whom Which Where How Why Of By For Beside Behind Inside".split(" "));

function faultsOf(name: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) =>
    refused.flatMap(([phrase, instead]) => {
      const found = phrase.exec(line);
      return found === null ? [] : [`${name}:${index + 1}: "${found[0]}": ${instead}`];
    }),
  );
}

test.each(pages)("%s", (page) => expect(faultsOf(page, prose(page))).toEqual([]));

test("a line of a page is a sentence or a paragraph, not a part of one", () => {
  const wrapped = pages.flatMap((page) => {
    const lines = prose(page).split("\n");
    return lines.flatMap((line, index) => {
      const next = lines[index + 1] ?? "";
      const isText = /^[^|#<!\s-]/.test(line) && /^[^|#<!\s-]/.test(next) && !/^\d+\. /.test(next);
      return isText && !/[.:!?)*`]$/.test(line) ? [`${page}:${index + 1}: ${line.slice(-40)}`] : [];
    });
  });
  expect(wrapped).toEqual([]);
});

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

test("sources", () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.flatMap((file) => faultsOf(`src/${file}`, readFileSync(join(root, "src", file), "utf8")))).toEqual([]);
});

test("a doc comment of the sources begins with a noun or a verb", () => {
  const beginnings = sources.flatMap((file) =>
    [...readFileSync(join(root, "src", file), "utf8").matchAll(/^ *\/\*\*\s+(?:\* )?(\w+) .*/gm)]
      .filter(([, word = ""]) => nameless.has(word))
      .map(([line]) => `src/${file}: ${line.trim()}`),
  );
  expect(beginnings).toEqual([]);
});

test("the phrases are found", () => {
  const text = "Names that are none.\nBodies go by way of S3.\nRequests that match no RPC.";
  expect(faultsOf("x.md", text).map((fault) => fault.split('"')[1])).toEqual(["that are none", "by way of"]);
});
