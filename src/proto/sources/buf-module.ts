/** Projects whose imports buf fetches: a `buf.yaml` with `deps`. https://buf.build/docs/configuration/v2/buf-yaml/ */
import { dirname, join } from "node:path";
import { readBounded } from "../../bounded-file.js";
import { displayPathOf } from "./include-paths.js";

/** A configuration of buf is a page. */
const maximumBytes = 1024 * 1024;

/** Folders above the importing file that are looked at. */
const mostFolders = 40;

/**
 * Advice how to get the dependencies of the nearest `buf.yaml` at or above `folder` (absolute) that has some; undefined
 * without one.
 */
export function bufAdvice(folder: string, cwd: string): string | undefined {
  const module = findModule(folder);
  if (module === undefined) return undefined;
  const shown = displayPathOf(module, cwd);
  const where = shown === "" ? "" : ` ${shown}`;
  const config = displayPathOf(join(module, "buf.yaml"), cwd);
  return (
    `${config} has deps: write them down with \`buf export${where === "" ? " ." : where} -o protos\` and read that folder with -I protos, ` +
    `or read the image of \`buf build${where} -o image.binpb\` with --descriptor-set image.binpb`
  );
}

function findModule(folder: string): string | undefined {
  let current = folder;
  for (let count = 0; count < mostFolders; count++) {
    if (hasDeps(join(current, "buf.yaml"))) return current;
    const above = dirname(current);
    if (above === current) return undefined;
    current = above;
  }
  return undefined;
}

/** Only whether the key is there: what it lists is buf's to read. */
function hasDeps(file: string): boolean {
  try {
    const read = readBounded(file, maximumBytes);
    return read.kind === "bytes" && /^deps[ \t]*:/m.test(Buffer.from(read.bytes).toString("utf8"));
  } catch {
    return false;
  }
}
