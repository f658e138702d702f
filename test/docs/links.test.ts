/** Every relative link of the pages leads to a file of the repository, and its anchor to a heading. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { pages, prose } from "./pages.js";

const root = resolve(import.meta.dirname, "../..");
/** GitHub's anchors of headings: lower case, without punctuation, hyphens for spaces, numbered where they repeat. */
function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of prose(page).matchAll(/^#{1,6} +(.*)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Why a link of a page leads nowhere; undefined for one that does not, or that leaves the repository. */
function faultOf(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(root, resolve(root, dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined || !target.endsWith(".md")) return undefined;
  return anchorsOf(target).has(anchor) ? undefined : `${page}: ${link}: no such heading`;
}

test.each(pages)("%s: links lead somewhere", (page) => {
  const links = [...prose(page).matchAll(/\]\(([^()]+)\)/g)].map(([, link = ""]) => link);
  expect(links.map((link) => faultOf(page, link)).filter((fault) => fault !== undefined)).toEqual([]);
});

test("the README leads to every page of docs/", () => {
  const readme = prose("README.md");
  const unlinked = pages.filter((page) => page.startsWith("docs/") && !readme.includes(`](${page})`));
  expect(unlinked).toEqual([]);
});

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md"])("%s: files that it names exist", (page) => {
  const named = [...prose(page).matchAll(/`((?:[a-z][\w.-]*\/)+[\w.-]+\.(?:ts|mjs|hbs|md|json))`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(30);
  const isThere = (path: string): boolean => existsSync(join(root, path)) || existsSync(join(root, "src", path));
  expect(named.filter((path) => !isThere(path) && !path.startsWith("gen/"))).toEqual([]);
});

test.each([
  ["docs/nowhere.md", "README.md: docs/nowhere.md: no such file"],
  ["docs/streams.md#nowhere", "README.md: docs/streams.md#nowhere: no such heading"],
  ["#nowhere", "README.md: #nowhere: no such heading"],
  ["docs/streams.md#streams-of-requests", undefined],
  ["https://example.com", undefined],
])("a link to %s is %s", (link, fault) => expect(faultOf("README.md", link)).toBe(fault));
