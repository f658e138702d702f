/** A disk that fails, or a process that ends, at a chosen writing call. Patches `node:fs` for the whole process. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What happens at the `at`-th writing call (from 0). */
export type Fault =
  /** The process ends: before the call, or in the middle of it. No later call does anything. */
  | { readonly kind: "killed"; readonly at: number; readonly half: boolean }
  /** The system refuses the call, in the middle of it. */
  | { readonly kind: "once"; readonly at: number; readonly code: string }
  /** The system refuses this call and later ones that need space. */
  | { readonly kind: "full"; readonly at: number }
  /** The system refuses this call and all later ones. */
  | { readonly kind: "dead"; readonly at: number };

/** What a run with a fault did. */
export interface FaultyRun<Result> {
  /** Undefined when the process was killed. */
  readonly result?: Result;
  /** Names of the writing calls, in their order. */
  readonly calls: readonly string[];
}

class Killed extends Error {}

/** Everything that changes the disk. */
const writingCalls = [
  "copyFileSync",
  "linkSync",
  "mkdirSync",
  "mkdtempSync",
  "openSync",
  "renameSync",
  "rmdirSync",
  "rmSync",
  "unlinkSync",
  "writeFileSync",
] as const;

const needSpace: ReadonlySet<string> = new Set([
  "copyFileSync",
  "linkSync",
  "mkdirSync",
  "mkdtempSync",
  "openSync",
  "writeFileSync",
]);

// Node loads its own removal with the first call, and with it the functions of that moment: they must not be patched ones.
const warmUp = fs.mkdtempSync(join(tmpdir(), "g2l-warm-up-"));
fs.mkdirSync(join(warmUp, "folder"));
fs.rmSync(warmUp, { recursive: true });

type Call = (...args: readonly unknown[]) => unknown;

/** Runs `work` with the fault, or without one to count the calls; without `links`, on a disk that has none (FAT). */
export function runWithFault<Result>(fault: Fault | undefined, work: () => Result, links = true): FaultyRun<Result> {
  const calls: string[] = [];
  const table = fs as unknown as Record<string, Call>;
  const originals = new Map(writingCalls.map((name) => [name, table[name] as Call]));
  let inside = false;
  const perform = (original: Call, args: readonly unknown[]): unknown => {
    inside = true;
    try {
      return original(...args);
    } finally {
      inside = false;
    }
  };
  for (const [name, original] of originals) {
    table[name] = (...args) => {
      // Node's own removal calls others; they are the middle of one call.
      if (inside) return original(...args);
      const index = calls.push(name) - 1;
      const refusal = fault && refuse(fault, name, index);
      if (refusal === undefined && name === "linkSync" && !links && fs.existsSync(String(args[0]))) {
        throw systemError("EPERM", name);
      }
      if (refusal === undefined) return perform(original, args);
      if (index === fault?.at && (fault.kind !== "killed" || fault.half))
        perform(() => doHalf(name, args, originals), []);
      throw refusal;
    };
  }
  syncBuiltinESMExports();
  try {
    const result = work();
    // What is done as well as can be may run into the end of the process without a word.
    return fault?.kind === "killed" && calls.length > fault.at ? { calls } : { result, calls };
  } catch (error) {
    if (error instanceof Killed) return { calls };
    throw error;
  } finally {
    Object.assign(table, Object.fromEntries(originals));
    syncBuiltinESMExports();
  }
}

function refuse(fault: Fault, name: string, index: number): Error | undefined {
  if (index < fault.at) return undefined;
  switch (fault.kind) {
    case "killed":
      return new Killed();
    case "once":
      return index === fault.at ? systemError(fault.code, name) : undefined;
    case "full":
      return index === fault.at || needSpace.has(name) ? systemError("ENOSPC", name) : undefined;
    case "dead":
      return systemError("EIO", name);
    default:
      return fault satisfies never;
  }
}

function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: ${call}`), { code, syscall: call });
}

/** What a call that takes several steps leaves when it ends in between: half a text, a folder with one file less. */
function doHalf(name: string, args: readonly unknown[], originals: ReadonlyMap<string, Call>): void {
  const [first, second] = args.map(String);
  if (name === "writeFileSync" && second !== undefined) {
    originals.get(name)?.(first, second.slice(0, second.length / 2), args[2]);
  }
  if (name === "rmSync" && first !== undefined && fs.existsSync(first)) {
    const entry = fs.readdirSync(first).sort().at(-1);
    if (entry !== undefined) originals.get("unlinkSync")?.(join(first, entry));
  }
}
