/** Counts what a run found, and prints it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Difference, DifferenceClass } from "./classes/difference-class.js";
import { explain } from "./classes/explain.js";
import { errorIn } from "./compare/differences.js";
import type { Observation } from "./compare/observation.js";

/** How often a class was seen, and with what. */
interface Seen {
  count: number;
  readonly sets: Map<string, number>;
  example: Difference;
}

/** What was found so far. */
export interface Tally {
  readonly compared: number;
  readonly different: number;
  readonly unexplained: readonly { readonly difference: Difference; readonly left: readonly string[] }[];
  add(difference: Difference): void;
  compare(requests: number): void;
  /** A line per class, the most frequent first. */
  lines(): string[];
  /** Ids of classes that were seen. */
  seen(): ReadonlySet<string>;
}

/** Starts at zero. */
export function createTally(classes: readonly DifferenceClass[]): Tally {
  const found = new Map<string, Seen>();
  const state = { compared: 0, different: 0 };
  const unexplained: { difference: Difference; left: readonly string[] }[] = [];
  return {
    get compared() {
      return state.compared;
    },
    get different() {
      return state.different;
    },
    unexplained,
    compare: (requests) => {
      state.compared += requests;
    },
    add: (difference) => {
      state.different++;
      const { classes: ids, left } = explain(difference, classes);
      for (const id of ids) count(found, id, difference);
      if (left.length > 0 || difference.ours.crashed !== undefined) unexplained.push({ difference, left });
    },
    lines: () =>
      [...found]
        .sort(([, one], [, other]) => other.count - one.count)
        .map(([id, seen]) => {
          const isOpen = classes.some((one) => one.id === id && one.state.kind === "open");
          const sets = [...seen.sets].map(([set, number]) => `${set} ${number}`).join(", ");
          const shown = isOpen ? `\n           ${describeRequest(seen.example)}` : "";
          return `${String(seen.count).padStart(7)}  ${isOpen ? "OPEN  " : ""}${id}  [${sets}]${shown}`;
        }),
    seen: () => new Set(found.keys()),
  };
}

function count(found: Map<string, Seen>, id: string, difference: Difference): void {
  const seen = found.get(id) ?? { count: 0, sets: new Map(), example: difference };
  found.set(id, seen);
  if (describeRequest(difference).length < describeRequest(seen.example).length) seen.example = difference;
  seen.count++;
  const { name } = difference.api.set;
  seen.sets.set(name, (seen.sets.get(name) ?? 0) + 1);
}

/** The request of a difference in one line. */
function describeRequest({ request, version, leg }: Difference): string {
  const headers = request.headers
    .filter(([name, value]) => name !== "Host" && value !== "application/json")
    .map((pair) => pair.join(": "));
  const body = Buffer.from(request.body, "base64").toString();
  const written = body === "" ? "" : cut(JSON.stringify(body), 300);
  return `${version} ${leg.name}: ${request.method} ${cut(request.target, 300)} ${headers.join("; ")} ${written}`;
}

/** A difference for the eye. */
export function describeDifference(difference: Difference): string {
  const { request, theirs, ours, version, leg, aspects, api } = difference;
  const at = firstDifference(theirs.body, ours.body);
  return [
    `${api.set.name} ${version} ${leg.name} ${request.id} (${aspects.join(", ")}) ${request.rpc}`,
    `  ${describeRequest(difference)}`,
    `  gateway ${describeObservation(theirs)}`,
    `  product ${describeObservation(ours)}`,
    ...(aspects.includes("body") && at > shownBody
      ? [`  body at ${at}: ${around(theirs.body, at)} | ${around(ours.body, at)}`]
      : []),
  ].join("\n");
}

/** How much of a body is shown. */
const shownBody = 300;

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
}

function describeObservation(one: Observation): string {
  const calls = one.calls.map(
    ({ requests, metadata, deadline }) => `${requests.join(" ")} ${JSON.stringify(metadata)} ${deadline}`,
  );
  const body = errorIn(one.body) === undefined ? cut(one.body, shownBody) : one.body.slice(0, 500);
  const answer =
    one.failed ?? `${one.status} ${one.contentType} ${JSON.stringify(one.headers)} ${JSON.stringify(body)}`;
  const ending = [one.broken, one.refused, one.crashed].filter((text) => text !== undefined);
  return `${answer} ${ending.join(" ")} handler: ${calls.length === 0 ? "-" : cut(calls.join(" | "), 500)}`;
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

/** Writes all of what no class accounts for, to be read after the run. */
export function writeUnexplained(path: string, { unexplained }: Tally): void {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  const lines = unexplained.map(
    ({ difference, left }) =>
      `# ${left.join(", ")}\n${describeDifference(difference)}\n${JSON.stringify(difference.request)}\n`,
  );
  writeFileSync(path, lines.join("\n"));
}
