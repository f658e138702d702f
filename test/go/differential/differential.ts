/**
 * Functions in Go against the real system: a gateway in front of a server, over TCP, with the same handlers. Every answer and
 * everything that handlers saw is compared, the gateway's own words included.
 *
 *   node test/go/differential.mjs --count 20000 --seed 1 --sets library,zoo --legs function-url --version 2.30 --designed 0 --race
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { buildGateways } from "../../gateway/build/build-gateways.js";
import { gatewayVersions } from "../../gateway/build/go-tools.js";
import { protoSets, type SetName } from "../../gateway/build/proto-sets.js";
import { type HttpAnswer, type HttpRequest, requestOf } from "../../gateway/peers/http-answer.js";
import { type Api, readApi, readRegistry } from "../../gateway/requests/api.js";
import { designedCases } from "../../gateway/requests/designed-cases.js";
import { randomCase } from "../../gateway/requests/random-case.js";
import type { RequestCase } from "../../gateway/requests/request-case.js";
import { comparableAnswer } from "./comparable.js";
import { explanation } from "./explanations.js";
import { type GoLeg, startGoFunctions } from "./go-function-peer.js";
import { buildServices, type GoServices } from "./go-services.js";
import { sendTo } from "./http-client.js";

/** The entries of a small map in Go come in another order in as few as one of eight walks: 100 of them miss that once in 600,000. */
const repetitions = 100;

const planHeader = "if-schedule-tag-match";

const legs: readonly GoLeg[] = [
  { name: "function-url", frontDoor: "function-url", functions: "single", lists: true },
  { name: "alb", frontDoor: "alb", functions: "per-rpc", lists: true },
  { name: "alb without lists", frontDoor: "alb", functions: "per-rpc", lists: false },
  { name: "rest-api", frontDoor: "rest-api", functions: "per-rpc", lists: true },
  { name: "http-api", frontDoor: "http-api", functions: "per-rpc", lists: true },
];

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    sets: { type: "string", default: Object.keys(protoSets).join(",") },
    legs: { type: "string", default: legs.map(({ name }) => name).join(",") },
    race: { type: "boolean", default: false },
    version: { type: "string", default: "2.33" },
    designed: { type: "string", default: "0" },
    from: { type: "string", default: "0" },
  },
});

const totals = { passed: 0, failed: 0, skipped: 0 };
const built = buildGateways([], console.log);
if (typeof built === "string") {
  console.log(`skipped: ${built}`);
  totals.skipped++;
} else {
  const sets = values.sets.split(",").map((name) => protoSets[name as SetName]);
  const version = gatewayVersions.find((known) => known === values.version) ?? gatewayVersions[0];
  console.log(`grpc-gateway ${version}`);
  const services = buildServices(version, sets, built.protos, values.race);
  for (const set of sets) await compareSet(services, set, built);
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);

async function compareSet(
  services: GoServices,
  set: (typeof protoSets)[SetName],
  { images, protos }: { images: string; protos: string },
) {
  const api = readApi(images, set);
  const cases = casesOf(api, images);
  const seenThere = new Map<string, string[]>();
  const old = await startOld(services, set.name, (line) => note(seenThere, line));
  const theirs: HttpAnswer[] = [];
  for (const one of cases) theirs.push(await old.send(withPlan(one)));
  for (const leg of legs.filter(({ name }) => values.legs.split(",").includes(name))) {
    const seenHere = new Map<string, string[]>();
    const ours: HttpAnswer[] = [];
    const functions = await startGoFunctions(
      services,
      set,
      leg,
      protos,
      values.race,
      lineReader((line) => note(seenHere, line)),
    );
    for (const one of cases) ours.push(await functions.send(withPlan(one)));
    // What handlers saw is on its way through a pipe.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await functions.stop();
    await conclude(leg, cases, { theirs, ours, seenThere, seenHere }, old.send);
  }
  old.stop();
}

/** Random requests from a number on, and those by design: every nth of them, or none for 0. */
function casesOf(api: Api, images: string): RequestCase[] {
  const [seed, from, step] = [Number(values.seed), Number(values.from), Number(values.designed)];
  const random = Array.from({ length: Number(values.count) }, (_, number) => randomCase(api, seed, from + number));
  if (step === 0) return random;
  const designed = [...designedCases(api, readRegistry(images, "details"))];
  return [...random, ...designed.filter((_, index) => index % step === 0)];
}

interface Observed {
  readonly theirs: readonly HttpAnswer[];
  readonly ours: readonly HttpAnswer[];
  readonly seenThere: ReadonlyMap<string, readonly string[]>;
  readonly seenHere: ReadonlyMap<string, readonly string[]>;
}

async function conclude(
  leg: GoLeg,
  cases: readonly RequestCase[],
  { theirs, ours, seenThere, seenHere }: Observed,
  again: (request: HttpRequest) => Promise<HttpAnswer>,
): Promise<void> {
  const joins = leg.frontDoor === "function-url" || leg.frontDoor === "http-api" || !leg.lists;
  const explained = new Map<string, number>();
  let unexplained = 0;
  for (const [index, request] of cases.entries()) {
    const side = (answers: readonly HttpAnswer[], seen: Observed["seenHere"]) =>
      `${comparableAnswer(answers[index], joins)}\n${(seen.get(request.id) ?? []).map((line) => (joins ? joinedMetadata(line) : line)).join("\n")}`;
    const [there, here] = [side(theirs, seenThere), side(ours, seenHere)];
    const [expected, answer] = [theirs[index], ours[index]];
    if (there === here || expected === undefined || answer === undefined) continue;
    const isStable = !(await contradictsItself(comparableAnswer(expected, joins), async () =>
      comparableAnswer(await again(withPlan({ ...request, id: `${request.id}-again` })), joins),
    ));
    const why = isStable ? explanation(leg, request, expected, answer) : "the gateway contradicts itself";
    if (why !== undefined) explained.set(why, (explained.get(why) ?? 0) + 1);
    else if (unexplained++ < 5) {
      const body = Buffer.from(request.body, "base64").toString();
      console.log(
        `--- ${leg.name} ${request.id} ${request.method} ${request.target}\n${JSON.stringify(request.headers)}\n${body.slice(0, 400)}`,
      );
      console.log(`there: ${there.slice(0, 900)}\nhere:  ${here.slice(0, 900)}`);
    }
  }
  const reasons = [...explained].map(([why, count]) => `${count} ${why}`).join(", ");
  console.log(
    `${unexplained === 0 ? "ok  " : "FAIL"} ${leg.name}: ${cases.length} requests, ${unexplained} unexplained${reasons === "" ? "" : `; ${reasons}`}`,
  );
  totals[unexplained === 0 ? "passed" : "failed"]++;
}

/** Go's maps decide which of two mistakes is told, and where two parameters set one field: such an answer proves nothing. */
async function contradictsItself(answer: string, again: () => Promise<string>): Promise<boolean> {
  for (let times = 0; times < repetitions; times++) if ((await again()) !== answer) return true;
  return false;
}

/** Events of payload format 2.0 have one text for all values of a header. */
function joinedMetadata(line: string): string {
  return line.replace(/\{.*$/, (json) => {
    const metadata = Object.entries(JSON.parse(json) as Record<string, string[]>);
    return JSON.stringify(
      Object.fromEntries(metadata.map(([name, values]) => [name, values.join(",").replaceAll(", ", ",")])),
    );
  });
}

/** The plan goes to handlers in a header that every gateway passes on. */
function withPlan(one: RequestCase): HttpRequest {
  const plan = Buffer.from(JSON.stringify({ ...one.plan, id: one.id })).toString("base64");
  const request = requestOf(one);
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== planHeader);
  return { ...request, headers: [...headers, [planHeader, `plan:${plan}`]] };
}

function note(seen: Map<string, string[]>, line: string): void {
  const [, id = "", rest = ""] = /^SAW (\S+) (.*)$/.exec(line) ?? [];
  if (id !== "") seen.set(id, [...(seen.get(id) ?? []), rest]);
}

function lineReader(read: (line: string) => void): (text: string) => void {
  let left = "";
  return (text) => {
    const lines = `${left}${text}`.split("\n");
    left = lines.pop() ?? "";
    for (const line of lines) {
      if (line.includes("DATA RACE")) totals.failed++;
      read(line);
    }
  };
}

interface OldSystem {
  send(request: HttpRequest): Promise<HttpAnswer>;
  stop(): void;
}

async function startOld({ old }: GoServices, set: string, read: (line: string) => void): Promise<OldSystem> {
  const child: ChildProcess = spawn(old, [set], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess["stdout"]> });
  const port = await new Promise<number>((resolve) => {
    lines.on("line", (line) => {
      if (line.startsWith("PORT ")) resolve(Number(line.slice(5)));
      else read(line);
    });
  });
  const { send, close } = sendTo(port);
  return {
    send,
    stop: () => {
      close();
      child.kill();
    },
  };
}
