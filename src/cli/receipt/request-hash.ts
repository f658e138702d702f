/** A hash over everything besides files that decides what is generated: the tool, and what it is asked for. */
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Settings } from "../config/settings.js";

/** The hash; undefined for a request that holds more than data. */
export function hashRequest({ root, request }: Settings): string | undefined {
  let isData = true;
  const text = JSON.stringify({ root, request }, (_, value: unknown) => {
    if (typeof value === "function" || typeof value === "symbol") isData = false;
    if (value instanceof Map) return { map: [...value] };
    return value instanceof Set ? { set: [...value] } : value;
  });
  return isData ? createHash("sha256").update(toolIdentity()).update(text).digest("hex") : undefined;
}

const packageRoot = fileURLToPath(new URL("../../../", import.meta.url));

/** The parts of the package that output is made of. */
const parts = [
  "dist",
  "src/runtime",
  "src/emit/go/runtime",
  "src/proto/include",
  "templates",
  "schema.json",
  "package.json",
];

/** Path, size and time of every file of the tool: a newer version has others, and so has one that somebody patched. */
function toolIdentity(): string {
  const files = parts.flatMap((part) => {
    const path = join(packageRoot, part);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
    return readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name));
  });
  return files.sort().map(describeFile).join("\n");
}

function describeFile(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return `${path} ${stats?.size} ${stats?.mtimeMs}`;
}
