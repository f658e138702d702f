/** The process as commands see it: arguments in, text and an exit code out. */

/** A stream that text is written to. */
export interface TextStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** The amount that commands say: `quiet` errors and results alone, `verbose` every finding, and each step with its time. */
export type Verbosity = "quiet" | "normal" | "verbose";

/** The part of the process that a command needs; tests and the entry point provide it. */
export interface Terminal {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: TextStream;
  /** Findings and progress. */
  readonly stderr: TextStream;
  /** Default: normal. */
  readonly verbosity?: Verbosity;
  /** Asks the user a question; absent if nobody is at the terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Runs `work` to its end before an interrupt (Ctrl-C, SIGTERM) ends the process. */
  uninterrupted<T>(work: () => T): T;
  /** Resolves when the user or the system asks the process to end; until then the process stays up. */
  interrupted(): Promise<void>;
  /**
   * Listens to errors and rejections that nobody handles, which otherwise end the process, until `ignore` is called.
   */
  strayErrors(hear: (error: unknown) => void): { readonly ignore: () => void };
}

/** Tells of work that went well on stdout; with --quiet it goes without saying. */
export function tell({ stdout, verbosity }: Pick<Terminal, "stdout" | "verbosity">, text: string): void {
  if (verbosity !== "quiet") stdout.write(text);
}

/**
 * Tells whether to colour what goes to `stream`: NO_COLOR (https://no-color.org) forbids, FORCE_COLOR demands, else a terminal
 * that is not `dumb` decides.
 */
export function wantsColor(stream: TextStream, env: Terminal["env"]): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}
