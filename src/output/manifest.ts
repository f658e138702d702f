/**
 * `<outDir>/manifest.json`: what was generated, and from what. It is committed with the generated files; `check` and
 * `generate` learn from it which files are ours, which of them were edited by hand, and which are left over.
 *
 * It does not hold the version of the tool: an upgrade that emits the same bytes must not be a diff in every project. The ABI
 * version is there because it says which runtime the emitted code was written against.
 */
import { compareText } from "../diagnostics.js";
import { escapeDirections } from "../text-directions.js";
import { generatedMarker } from "./generated-content.js";

/** The layout of the manifest itself; raised when a reader of the old one would misunderstand the new one. */
const manifestVersion = 1;

/** More is not a manifest that this tool wrote (compute, with 988 RPCs, needs about 200 kB). */
const maximumLength = 64 * 1024 * 1024;

/** The record of a generation. Paths are relative to the project root. */
export interface Manifest {
  readonly abiVersion: number;
  /** Import path (or file) -> SHA-256 of what was read. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Generated file -> SHA-256 of what was written; the manifest itself is not listed. */
  readonly files: ReadonlyMap<string, string>;
  /** User-owned files whose first version the tool has written. */
  readonly scaffolds: ReadonlySet<string>;
}

/** The manifest as text; keys sorted, one entry a line, so that a merge sees entries. */
export function renderManifest(manifest: Manifest): string {
  const document = {
    $comment: `${generatedMarker}. DO NOT EDIT.`,
    manifestVersion,
    abiVersion: manifest.abiVersion,
    inputs: toSortedObject(manifest.inputs),
    files: toSortedObject(manifest.files),
    scaffolds: [...manifest.scaffolds].sort(compareText),
  };
  return `${escapeDirections(JSON.stringify(document, undefined, 2))}\n`;
}

/** Tells whether a text ends before the marker of a manifest: a crash of the system can leave the beginning of a file. */
export function isTornManifest(text: string): boolean {
  return `{\n  "$comment": "${generatedMarker}`.startsWith(text);
}

/** Reads a manifest back; a string says in a few words why it is none. */
export function parseManifest(text: string): Manifest | string {
  if (text.length > maximumLength) return "it is larger than 64 MB";
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return /^(<{7}|={7}|>{7})( |$)/m.test(text) ? "it holds merge conflict markers" : "it is not JSON";
  }
  if (!isRecord(document)) return "it is not an object";
  const { manifestVersion: version, abiVersion } = document;
  if (version !== manifestVersion) {
    return `its manifestVersion is ${JSON.stringify(version)}, expected ${manifestVersion}`;
  }
  const inputs = readHashes(document["inputs"]);
  const files = readHashes(document["files"]);
  const scaffolds = readTexts(document["scaffolds"]);
  if (inputs === undefined) return 'its "inputs" is not an object of hashes';
  if (files === undefined) return 'its "files" is not an object of hashes';
  if (scaffolds === undefined) return 'its "scaffolds" is not a list of paths';
  if (typeof abiVersion !== "number") return 'its "abiVersion" is not a number';
  return { abiVersion, inputs, files, scaffolds };
}

/** The version in a manifest that is newer than this tool's: `its manifestVersion is 2, this one knows 1`. Undefined for every other text. */
export function newerVersion(text: string, abiVersion: number): string | undefined {
  const isBounded = text.length <= maximumLength;
  let document: unknown;
  try {
    document = isBounded ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
  if (!isRecord(document)) return undefined;
  const known = { manifestVersion, abiVersion };
  for (const name of ["manifestVersion", "abiVersion"] as const) {
    const found = document[name];
    if (typeof found === "number" && found > known[name])
      return `its ${name} is ${found}, this one knows ${known[name]}`;
  }
  return undefined;
}

/**
 * JSON.stringify prints own keys in order of insertion, except for integer-like ones; a null prototype keeps
 * `__proto__` a key.
 */
function toSortedObject(entries: ReadonlyMap<string, string>): Record<string, string> {
  const object: Record<string, string> = Object.create(null);
  for (const [key, value] of [...entries].sort(([a], [b]) => compareText(a, b))) object[key] = value;
  return object;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readHashes(value: unknown): Map<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const hashes = new Map<string, string>();
  for (const [path, hash] of Object.entries(value)) {
    if (typeof hash !== "string") return undefined;
    hashes.set(path, hash);
  }
  return hashes;
}

function readTexts(value: unknown): Set<string> | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = new Set<string>();
  for (const text of value) {
    if (typeof text !== "string") return undefined;
    texts.add(text);
  }
  return texts;
}
