/** The pages in Markdown that people read, and their text without code. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Relative to the repository. */
export const pages: readonly string[] = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The text of a page with the lines of code blocks empty, and without brackets in code: neither can be a link. */
export function prose(page: string): string {
  return readFileSync(join(root, page), "utf8")
    .replace(/^ *(```+)[\s\S]*?^ *\1 *$/gm, (block) => block.replace(/.+/g, ""))
    .replace(/(`+)[^`\n]*?\1/g, (code) => code.replace(/[[\]()]/g, " "));
}
