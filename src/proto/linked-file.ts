/** A file and the result of linking it. */
import type { FileDescriptor } from "./descriptor.js";
import type { ParsedFile } from "./parsed-file.js";

/** A file before and after linking. */
export interface LinkedFile {
  readonly parsed: ParsedFile;
  readonly descriptor: FileDescriptor;
}
