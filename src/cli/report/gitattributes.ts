/** The lines of .gitattributes by which code hosts fold generated files in reviews. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readBounded } from "../../bounded-file.js";
import type { OutputComparison } from "../../output/compare.js";

/** More than any real file; of a larger one nothing is known. */
const maximumBytes = 1_048_576;

/**
 * The lines to offer after the first run in a git repository, with what they are for; none if the files were there before, or if
 * .gitattributes speaks of the folder. https://docs.github.com/en/repositories/working-with-files/managing-files/customizing-how-changed-files-appear-on-github
 */
export function offerGitattributes(root: string, template: string, { outDir, files }: OutputComparison): string[] {
  const isFirst = files.every(({ ownership, state }) => ownership === "user" || state === "new");
  const folders = isFirst ? foldersOfRepository(root) : [];
  if (folders.length === 0 || folders.some((folder) => mentions(join(folder, ".gitattributes"), `${outDir}/`)))
    return [];
  return [
    "",
    "to fold generated files in reviews, add to .gitattributes:",
    `  ${outDir}/** linguist-generated`,
    `  ${template} linguist-generated`,
  ];
}

/** The folder and those above it up to the root of the git repository; none outside of one. */
function foldersOfRepository(folder: string): string[] {
  if (existsSync(join(folder, ".git"))) return [folder];
  const above = dirname(folder);
  const rest = above === folder ? [] : foldersOfRepository(above);
  return rest.length === 0 ? [] : [folder, ...rest];
}

function mentions(path: string, text: string): boolean {
  try {
    const read = readBounded(path, maximumBytes);
    return read.kind === "tooLarge" || read.bytes.includes(text);
  } catch {
    return false;
  }
}
