/** Reasons why functions failed, which Lambda tells nobody but its log: a front door answers 502. */
import { printable } from "../report/printable.js";
import type { Terminal } from "../terminal.js";

/** Hears of failures by function. */
export type FailureLog = (functionId: string, error: unknown) => void;

/** Further reasons are not told: a message may differ with every request. */
const mostTold = 20;
const shownCharacters = 500;

/** Tells each reason of a function once on standard error. */
export function failureLog({ stderr }: Pick<Terminal, "stderr">): FailureLog {
  const told = new Set<string>();
  return (functionId, error) => {
    const line = `function ${functionId} failed: ${reasonOf(error)}`;
    if (told.has(line) || told.size > mostTold) return;
    told.add(line);
    stderr.write(told.size > mostTold ? "further failures of functions are not shown\n" : `${printable(line)}\n`);
  };
}

/** The message, and the place in the stack that is the first one. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return cut(String(error));
  const place = /^ {4}at .*$/m.exec(error.stack ?? "")?.[0].trim();
  return `${cut(`${error.name}: ${error.message}`)}${place === undefined ? "" : ` (${cut(place)})`}`;
}

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
