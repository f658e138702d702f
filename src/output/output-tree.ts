/** The files that a run would write: paths and contents. */

/** One file of the output. */
export interface OutputFile {
  /** Relative to the project root, forward slashes. */
  readonly path: string;
  /** Ends with a newline. */
  readonly content: string;
  /** `generated`: always rewritten, edits by hand are reported. `user`: written once, never touched again. */
  readonly ownership: "generated" | "user";
  /** The text of a user's file that `content` adds to: only where the file still is that text, it is written. Absent: written once. */
  readonly replaces?: string;
}

/** The whole output, sorted by path (UTF-16 order), no path twice. */
export interface OutputTree {
  readonly files: readonly OutputFile[];
}
