/** The `require` of bundled CommonJS packages, in the bundles that have any. */
import type { Metafile } from "esbuild";
import { requireBanner } from "./bundle-options.js";
import type { Bundle } from "./built-function.js";

/** esbuild's stand-in for `require` throws an error with this text; it is in a bundle that calls `require` of anything. */
const standIn = 'Dynamic require of "';

/** Tells whether code in a bundle calls `require`: by what esbuild says of its imports, or by a call that it could not follow. */
export function needsRequire({ imports }: Metafile["outputs"][string], code: Uint8Array): boolean {
  const called = imports.some(({ kind }) => kind === "require-call" || kind === "require-resolve");
  return called || Buffer.from(code.buffer, code.byteOffset, code.byteLength).includes(standIn);
}

/** The bundle with a `require`, in a line before its own. */
export function withRequire(bundle: Bundle): Bundle {
  const code = Buffer.concat([Buffer.from(`${requireBanner}\n`), bundle.code]);
  return { ...bundle, code, ...(bundle.map === undefined ? {} : { map: moveDown(bundle.map) }) };
}

/** A semicolon ends a line of the mappings (https://tc39.es/ecma426/#sec-mappings). */
function moveDown(map: string): string {
  return map.replace('"mappings":"', '"mappings":";');
}
