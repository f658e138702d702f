/** Starts the user's server with the function that does, and again after it failed. */
import { startFailed } from "./registrations.js";

/** The function that starts a server, in a module that is named in errors. */
export interface Starter {
  readonly file: string;
  /** Absent: importing the module starts the server. */
  readonly start?: () => unknown;
}

/** The texts of failures by the functions that ran; undefined for those that have not failed. */
const started = new WeakMap<() => unknown, string | undefined>();

/**
 * Runs the function that starts a server, once. Throws what it throws, with the file's name. If it throws, or the
 * promise that it returns rejects, the log says so at once, waiting calls fail, and the next call starts the server
 * again.
 */
export function startServer(starter: Starter): void {
  const { start } = starter;
  if (start === undefined || started.has(start)) return;
  started.set(start, undefined);
  const fail = (error: unknown): Error => failed(starter, start, error);
  let result: unknown;
  try {
    result = start();
  } catch (error) {
    throw fail(error);
  }
  if (result instanceof Promise) result.catch(fail);
}

function failed(starter: Starter, start: () => unknown, error: unknown): Error {
  const text = `${starter.file} failed while it started: ${error}`;
  console.error(`${text}; the next request starts it again`, error);
  started.set(start, text);
  startFailed(() => {
    started.delete(start);
    startServer(starter);
  });
  return new Error(text, { cause: error });
}

/** The text of the failure of a function that starts a server; undefined if it has not failed. */
export function failureOf(start: () => unknown): string | undefined {
  return started.get(start);
}
