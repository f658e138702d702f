/** The files of a repository that are its own: not those of packages, builds and tools. */
import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../../diagnostics.js";

/** Folders that hold nothing of the user's own. */
const foreign: ReadonlySet<string> = new Set(
  ".git .hg .svn node_modules bower_components .next .nuxt .turbo .cache .aws-sam cdk.out .terraform coverage".split(
    " ",
  ),
);

/** Most files that are looked at; of a larger repository the first ones are, folder by folder. */
const maxFiles = 20_000;

/** A repository's files, relative with forward slashes, sorted; `isComplete` is false if there are too many. */
export interface FileList {
  readonly files: readonly string[];
  readonly isComplete: boolean;
}

/** Lists the files below a folder. Links are not followed: what they lead to is elsewhere, or here twice. */
export function listFiles(root: string): FileList {
  const files: string[] = [];
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!foreign.has(entry.name)) folders.push(path);
      } else if (entry.isFile()) {
        if (files.length === maxFiles) return { files: files.sort(compareText), isComplete: false };
        files.push(path);
      }
    }
  }
  return { files: files.sort(compareText), isComplete: true };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing that could be adopted.
    return [];
  }
}
