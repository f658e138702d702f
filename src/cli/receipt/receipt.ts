/**
 * Hashes of everything that the last `generate` of a project read and made: a `check` for which all of that is as it was need not generate
 * again to know the answer. Receipts are in the user's cache folder, not in the project, where somebody could commit one.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readBounded } from "../../bounded-file.js";
import { compareText, type Diagnostic } from "../../diagnostics.js";
import type { InputsSeen } from "./inputs-seen.js";

/** The record of a generation without errors. */
export interface Receipt {
  /** Hash of the tool and of everything that it was asked for. */
  readonly request: string;
  /** Import path and absolute path of the .proto files that were read, without those of the tool. */
  readonly files: readonly (readonly [path: string, file: string])[];
  /** Every import path in them. */
  readonly imports: readonly string[];
  readonly seen: InputsSeen;
  /** Findings of the stages behind the settings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly made: readonly MadeFile[];
}

/** A file that was made. */
export interface MadeFile {
  readonly path: string;
  readonly ownership: "generated" | "user";
  readonly hash: string;
}

/** Most bytes of a receipt; 20,000 files need four million. */
const maxBytes = 16_000_000;

/** Projects whose receipts are kept. */
const maxReceipts = 100;

/** The folder of receipts; undefined if the environment names no place for caches, or is that of a pipeline. */
export function receiptFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env["CI"] !== undefined && env["CI"] !== "") return undefined;
  const { XDG_CACHE_HOME: cache = "", HOME: home = "", LOCALAPPDATA: local = "" } = env;
  const place = cache !== "" ? cache : local !== "" ? local : home === "" ? "" : join(home, ".cache");
  return place === "" ? undefined : join(place, "grpc2lambda", "receipts");
}

/** The receipt of a project (absolute path); undefined without one that can be read. */
export function readReceipt(folder: string, root: string): Receipt | undefined {
  try {
    const read = readBounded(join(folder, nameOf(root)), maxBytes);
    return read.kind === "tooLarge" ? undefined : parse(JSON.parse(read.bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** Only what this tool wrote for this user is there; a receipt of another version has another hash of the tool, whatever its form. */
function parse(value: unknown): Receipt | undefined {
  const isReceipt =
    typeof value === "object" && value !== null && "request" in value && "seen" in value && "made" in value;
  return isReceipt ? (value as Receipt) : undefined;
}

/** Writes a receipt. What goes wrong costs time later, and nothing else. */
export function writeReceipt(folder: string, root: string, receipt: Receipt): void {
  try {
    const text = JSON.stringify(receipt);
    if (Buffer.byteLength(text) > maxBytes) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `${nameOf(root)}.${process.pid}`);
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, join(folder, nameOf(root)));
    removeOldest(folder);
  } catch {
    // A full disk, a folder of somebody else.
  }
}

function removeOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= maxReceipts) return;
  const ages = names.map((name) => ({ name, age: statSync(join(folder, name)).mtimeMs }));
  const oldest = ages.sort((a, b) => a.age - b.age || compareText(a.name, b.name)).slice(0, names.length - maxReceipts);
  for (const { name } of oldest) rmSync(join(folder, name), { force: true });
}

function nameOf(root: string): string {
  return `${createHash("sha256").update(root).digest("hex")}.json`;
}
