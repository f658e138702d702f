/**
 * Sends hostile requests to a generated function, in a process of its own: `attack.mjs <bundle> <front door> <plan>`, where the plan is a
 * JSON file of `Attack`s. Says on standard output what it begins, and how each ended, as JSON lines: whoever reads them knows which
 * request ended the process.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { linearGrowth } from "../support/growth.js";
import type { HostileRequest } from "./inputs/input.js";
import { hostileInputs } from "./inputs.js";

/** An input of the table at two sizes. */
export interface Attack {
  readonly input: number;
  readonly small: number;
  readonly large: number;
}

/** What became of one. */
export interface Outcome {
  readonly input: number;
  /** Of the answers to the small and to the large one. */
  readonly statuses: readonly number[];
  /** How many times the CPU time of the small one, which is an eighth as long, the large one took. */
  readonly growth: number;
  /** CPU milliseconds of the large one. */
  readonly millis: number;
  /** Why it is no clean answer. */
  readonly problem?: string;
}

type Handler = (event: unknown, lambda: object) => Promise<{ readonly statusCode: number; readonly body?: string }>;

const [bundle = "", frontDoor = "", plan = ""] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(bundle).href)) as { readonly handler: Handler };
console.error = () => undefined;

/** Seconds that Lambda gives the function; an answer that says DEADLINE_EXCEEDED is one, too. */
const lambda = { awsRequestId: "1", getRemainingTimeInMillis: () => 28_000 };

/** The request in the form of the function's front door; texts are in one piece, as those of a parsed event are. */
function eventOf({ method, path, query = "", headers = {}, body = "" }: HostileRequest): object {
  const isText = typeof body === "string";
  const sent = {
    body: isText ? flat(body) : body.toString("base64"),
    isBase64Encoded: !isText,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), flat(value)])),
  };
  if (frontDoor === "alb") {
    const parameters: Record<string, string> = {};
    for (const pair of query.split("&")) {
      const at = pair.indexOf("=");
      parameters[at < 0 ? pair : pair.slice(0, at)] = at < 0 ? "" : flat(pair.slice(at + 1));
    }
    const context = { requestContext: { elb: { targetGroupArn: "" } } };
    return { ...context, httpMethod: method, path: flat(path), queryStringParameters: parameters, ...sent };
  }
  const http = { method, path: flat(path), sourceIp: "203.0.113.10" };
  return {
    version: "2.0",
    rawPath: flat(path),
    rawQueryString: flat(query),
    requestContext: { http, stage: "$default", domainName: "a.execute-api.eu-west-1.amazonaws.com" },
    ...sent,
  };
}

/** What is shorter is not told from the compiler's work. */
const clockMillis = 0.5;

const flat = (text: string): string => Buffer.from(text).toString();

interface Answer {
  /** CPU time, at least what the clock can tell. */
  readonly millis: number;
  readonly status: number;
}

async function answer(event: object): Promise<Answer> {
  const start = process.cpuUsage();
  const { statusCode } = await handler(event, lambda);
  const { user, system } = process.cpuUsage(start);
  return { millis: Math.max((user + system) / 1000, clockMillis), status: statusCode };
}

async function attack({ input, small, large }: Attack): Promise<Outcome> {
  const { request, most } = hostileInputs[input] as (typeof hostileInputs)[number];
  const [first, last] = await compare(eventOf(request(small)), eventOf(request(large)), linearGrowth);
  const outcome = {
    input,
    statuses: [first.status, last.status],
    growth: last.millis / first.millis,
    millis: last.millis,
  };
  if (outcome.growth < linearGrowth) return outcome;
  // Where the small one is young garbage at most, the large one also pays for what has to be kept: then twice as much takes twice as long.
  for (const size of most >= large * 4 ? [large * 2, large * 4, large] : [large, large / 2]) {
    const [half, whole] = await compare(eventOf(request(size / 2)), eventOf(request(size)), linearDoubling);
    if (whole.millis / half.millis < linearDoubling) return { ...outcome, growth: linearGrowth - 1 };
  }
  return outcome;
}

/** What two answers take, the least of several rounds: what the compiler or a collection took once, it does not take again. */
async function compare(less: object, more: object, expected: number): Promise<readonly [Answer, Answer]> {
  let [first, last] = [await answer(less), await answer(more)];
  for (let round = 1; round < rounds && !(last.millis / first.millis < expected); round++) {
    const [again, later] = [await answer(less), await answer(more)];
    if (again.millis < first.millis) first = again;
    if (later.millis < last.millis) last = later;
  }
  return [first, last];
}

const rounds = 8;

/** Between the 2 of linear and the 4 of quadratic time. */
const linearDoubling = 3.3;

for (const each of JSON.parse(readFileSync(plan, "utf8")) as readonly Attack[]) {
  console.log(JSON.stringify({ begin: each.input }));
  try {
    console.log(JSON.stringify(await attack(each)));
  } catch (error) {
    const outcome = { input: each.input, statuses: [], growth: 0, millis: 0, problem: String(error) };
    console.log(JSON.stringify(outcome satisfies Outcome));
  }
}
