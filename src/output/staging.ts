/** The folder where a write is prepared, on the disk that it goes to. */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const prefix = ".staging-";

/** How long a run can take at most, in milliseconds; writing takes a second. */
const longestRun = 60 * 60 * 1000;

/** Makes one in `folder` (absolute, there), and removes those that killed runs have left. */
export function makeStaging(folder: string): string {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(prefix) && statSync(path).mtimeMs < Date.now() - longestRun) rmSync(path, { recursive: true });
  }
  return mkdtempSync(join(folder, prefix));
}
