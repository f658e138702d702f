/** Receipts at work: one is taken after a generation, and saves a `check` from doing it again. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Diagnostic, hasErrors } from "../../diagnostics.js";
import { hashContent, normaliseLineEnds } from "../../output/generated-content.js";
import type { OutputFile } from "../../output/output-tree.js";
import { openProjectFolder } from "../../output/project-folder.js";
import { hashInputs } from "../../output/hash-inputs.js";
import { bundledFolder } from "../../proto/sources/include-paths.js";
import { abiVersion } from "../../runtime/abi.js";
import type { Flags } from "../config/flags.js";
import { readSettings, type Settings } from "../config/settings.js";
import type { ProjectOutput } from "../project-output.js";
import { listInputs } from "../projects/project-inputs.js";
import type { Terminal } from "../terminal.js";
import { type InputsSeen, seeInputs } from "./inputs-seen.js";
import { type MadeFile, type Receipt, readReceipt, receiptFolder, writeReceipt } from "./receipt.js";
import { hashRequest } from "./request-hash.js";

/**
 * The receipt of a generation; undefined where files take part that it does not know: a descriptor set, a module in Go, existing
 * implementations (`check` reads them too), or anything that was found while reading.
 */
function takeReceipt(prepared: ProjectOutput, started: number): Receipt | undefined {
  const { settings, sources, plan, output, stageDiagnostics: diagnostics } = prepared;
  if (settings === undefined || plan === undefined || output === undefined || hasErrors(prepared.diagnostics))
    return undefined;
  const { load } = settings.request;
  const isOwn = plan.methods.every(({ implementation }) => implementation.kind === "function");
  if (load.descriptorSet !== undefined || plan.go !== undefined || !isOwn) return undefined;
  const request = hashRequest(settings);
  if (request === undefined || diagnostics.some(({ code }) => code.startsWith("PB"))) return undefined;
  const files = sources
    .map(({ path, displayPath }): [string, string] => [path, resolve(load.cwd, displayPath)])
    .filter(([, file]) => existsSync(file));
  if (files.some(([, file]) => changedSince(file, started))) return undefined;
  const imports = [...new Set(plan.model.files.flatMap((file) => [file.path, ...file.imports]))];
  const made = output.tree.files.map(
    ({ path, ownership, content }): MadeFile => ({ path, ownership, hash: hashContent(content) }),
  );
  const seen = seeInputs(load, files, imports);
  const targets = plan.model.files.filter(({ target }) => target).map(({ path }) => path);
  return agrees(seen, files, targets) ? { request, files, imports, seen, diagnostics, made } : undefined;
}

/** Milliseconds by which the clocks of this machine and of a disk on another one may differ. */
const clockSkew = 2000;

/** A file that was saved while it was read may have another text by now. */
function changedSince(file: string, started: number): boolean {
  const { mtimeMs, ctimeMs } = statSync(file);
  return Math.max(mtimeMs, ctimeMs) > started - clockSkew;
}

/** Tells whether the files that are there now are those that were read: others may have appeared meanwhile. */
function agrees({ named, imports }: InputsSeen, files: Receipt["files"], targets: readonly string[]): boolean {
  const places = new Map(files);
  const paths = named.map((line) => line.split("\n")[0] ?? "");
  const isRead = (line: string): boolean => {
    const [path = "", place = ""] = line.split("\n");
    return places.has(path) ? places.get(path) === place : place === "" || place.startsWith(bundledFolder);
  };
  return isDeepStrictEqual([...paths].sort(), [...targets].sort()) && imports.every(isRead);
}

/** Takes and keeps the receipt of a generation that began at `started` (milliseconds since the epoch). */
export function keepReceipt(prepared: ProjectOutput, started: number, env: Terminal["env"]): void {
  const folder = receiptFolder(env);
  const receipt = folder === undefined ? undefined : takeReceipt(prepared, started);
  if (folder !== undefined && receipt !== undefined) writeReceipt(folder, prepared.root, receipt);
}

/** A project as generating would give it, without generating, and without a plan; undefined if it has to be generated to know. */
export async function preparedByReceipt(
  protos: readonly string[],
  flags: Flags,
  { cwd, env }: Pick<Terminal, "cwd" | "env">,
): Promise<ProjectOutput | undefined> {
  const folder = receiptFolder(env);
  if (folder === undefined) return undefined;
  const { root, settings, diagnostics } = await readSettings(protos, flags, cwd);
  const receipt = settings && readReceipt(folder, root);
  const tree = receipt && treeByReceipt(settings, receipt);
  if (tree === undefined || settings === undefined || receipt === undefined) return undefined;
  const { outDir } = settings.request.plan.layout;
  const sources = receipt.files.map(([path, file]) => ({ path, displayPath: file }));
  const inputs = hashInputs(listInputs(settings, sources));
  const output = { root, outDir, tree, inputs, abiVersion };
  return {
    root,
    settings,
    sources,
    output,
    diagnostics: [...diagnostics, ...tree.diagnostics],
    stageDiagnostics: tree.diagnostics,
  };
}

/** The tree that a generation would make, as it is on the disk, and its findings. */
interface KnownTree {
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The tree that generating would give, without generating; undefined if anything is not as it was, or not on the disk. */
function treeByReceipt(settings: Settings, receipt: Receipt): KnownTree | undefined {
  if (hashRequest(settings) !== receipt.request) return undefined;
  const seen = seeAgain(settings, receipt);
  if (seen === undefined || !isDeepStrictEqual(seen, receipt.seen)) return undefined;
  const folder = openProjectFolder(settings.root);
  const files = receipt.made.map(({ path, ownership, hash }): OutputFile | undefined => {
    const entry = folder.look(path);
    if (entry.kind !== "file") return undefined;
    const content = normaliseLineEnds(entry.text);
    return ownership === "user" || hashContent(content) === hash ? { path, ownership, content } : undefined;
  });
  const known = files.flatMap((file) => file ?? []);
  return known.length === files.length ? { files: known, diagnostics: receipt.diagnostics } : undefined;
}

/** A file that is gone is another answer. */
function seeAgain({ request }: Settings, { files, imports }: Receipt): InputsSeen | undefined {
  try {
    return seeInputs(request.load, files, imports);
  } catch {
    return undefined;
  }
}
