/**
 * Zips that are the same bytes for the same files, on every machine and in every folder: the order is that of the paths, dates and mode
 * bits are fixed, and the compressor is JavaScript, because that of Node differs between processors and versions.
 */
import { type Zippable, zipSync } from "fflate";
import { compareText } from "../diagnostics.js";

/** A file in a zip. */
export interface ZipFile {
  /** With forward slashes, relative to the zip's root. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Whether it may be a program to run; code is not. */
  readonly executable: boolean;
}

/** The first moment that a zip can hold. The writer takes its parts in local time, and so does this constructor. */
const date = new Date(1980, 0, 1);

/** Unix, as the maker of the mode bits (APPNOTE.TXT 4.4.2). */
const unix = 3;

/** Makes the zip. */
export function zipFiles(files: readonly ZipFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => compareText(a.path, b.path));
  const entries: Zippable = Object.create(null);
  for (const { path, content, executable } of sorted) {
    const mode = executable ? 0o100755 : 0o100644;
    entries[path] = [content, { level: 9, mtime: date, os: unix, attrs: mode * 0x10000 }];
  }
  return zipSync(entries);
}
