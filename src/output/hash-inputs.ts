/** Hashes of what was read, for the manifest. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hashContent } from "./generated-content.js";

/** An input by the name that is the same on every machine, and where it is on this one. */
export interface InputFile {
  /** Import path, or path relative to the project root. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** A text is hashed with LF line ends, so that a checkout's line ends don't matter. */
  readonly kind: "text" | "binary";
}

/** SHA-256 by name. A file that cannot be read is left out: the .proto files that the tool brings along are not on the user's disk. */
export function hashInputs(inputs: readonly InputFile[]): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const { name, file, kind } of inputs) {
    const bytes = readQuietly(file);
    if (bytes === undefined) continue;
    const hash =
      kind === "text" ? hashContent(bytes.toString("utf8")) : createHash("sha256").update(bytes).digest("hex");
    hashes.set(name, hash);
  }
  return hashes;
}

function readQuietly(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
