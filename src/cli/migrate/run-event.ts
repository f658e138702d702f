/** The work of `event`. */
import { resolve } from "node:path";
import { readBounded } from "../../bounded-file.js";
import { eventFixture, type FixtureRequest } from "../../migrate/event/event-fixture.js";
import type { Flags } from "../config/flags.js";
import { localDoor } from "../dev/local-door.js";
import { exitCodes } from "../exit-codes.js";
import { readRequestLine } from "../explain/request-line.js";
import { readPlan } from "../read-plan.js";
import { printable } from "../report/printable.js";
import type { Terminal } from "../terminal.js";

/** The request as the command line has it. */
export interface EventArguments {
  readonly method: string;
  readonly path: string;
  /** Each `Name: value`. */
  readonly headers: readonly string[];
  /** Text, or `@` and a path. */
  readonly body: string;
}

/** More than any front door takes. */
const maximumBytes = 16 * 1024 * 1024;

/** Prints one event; gives the exit code. */
export async function runEvent(
  args: EventArguments,
  protos: readonly string[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const request = readRequest(args, terminal.cwd);
  if (typeof request === "string") {
    terminal.stderr.write(`error: ${printable(request)}\n`);
    return exitCodes.badInput;
  }
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  const fixture = eventFixture(localDoor(project.plan), request);
  if (fixture.kind === "refused") {
    terminal.stderr.write(`the front door answers by itself, with ${fixture.status}: ${printable(fixture.reason)}\n`);
    return exitCodes.drift;
  }
  if (terminal.verbosity !== "quiet")
    terminal.stderr.write(`${fixture.functionId} gets it, by ${printable(fixture.routeKey)}\n`);
  terminal.stdout.write(`${JSON.stringify(fixture.event, undefined, 2)}\n`);
  return exitCodes.clean;
}

/** A text says what is wrong. */
function readRequest({ method, path, headers, body }: EventArguments, cwd: string): FixtureRequest | string {
  const line = readRequestLine(method, path);
  if (typeof line === "string") return line;
  const pairs: (readonly [string, string])[] = [];
  for (const text of headers) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) return `expected a header such as "From: ada", found "${text}"`;
    pairs.push([name, value]);
  }
  const content = readBody(body, cwd);
  if (typeof content === "string") return content;
  const target = line.query === "" ? line.path : `${line.path}?${line.query}`;
  return { method: line.method, target, headers: pairs, body: content };
}

function readBody(body: string, cwd: string): Uint8Array | string {
  if (!body.startsWith("@")) return Buffer.from(body);
  const file = body.slice(1);
  try {
    const read = readBounded(resolve(cwd, file), maximumBytes);
    return read.kind === "tooLarge" ? `${file} has ${read.size}, expected at most 16 MB` : read.bytes;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return `${file} cannot be read (${String(error.code)})`;
  }
}
