/** The work of `event --all` and `event --power-tuning`: a folder of events. */
import { join, resolve } from "node:path";
import { type FrontDoorId, frontDoorIds } from "../../front-door/front-door-id.js";
import {
  eventFixture,
  type EventFixture,
  type FixtureDoor,
  type FixtureRequest,
} from "../../migrate/event/event-fixture.js";
import { type ObservedTarget, observedTargets } from "../../migrate/event/observed-targets.js";
import { mostPayloads, tuningInput } from "../../migrate/event/power-tuning.js";
import { plainRequest } from "../../migrate/generated/plain-request.js";
import { readResults, ResultsError, writeDocument } from "../../migrate/results/results-file.js";
import { indexModel, type ModelIndex } from "../../model/model-index.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { Flags } from "../config/flags.js";
import { displayPath } from "../config/project-paths.js";
import { localDoor } from "../dev/local-door.js";
import { exitCodes } from "../exit-codes.js";
import { readPlan } from "../read-plan.js";
import { printable } from "../report/printable.js";
import { count } from "../report/summary.js";
import type { Terminal } from "../terminal.js";

/** A folder of events, as the command line asks for it. */
export interface EventFilesOptions {
  readonly kind: "fixtures" | "power tuning";
  /** The folder. */
  readonly to: string;
  /** The door that was named; undefined: all for fixtures, that of the configuration for power tuning. */
  readonly door?: FrontDoorId;
  /** Flags of the project for a door. */
  readonly flagsFor: (door: FrontDoorId) => Flags;
}

/** A file to write. */
interface EventFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly content: object;
}

/** Writes the files; gives the exit code. */
export async function runEventFiles(
  options: EventFilesOptions,
  protos: readonly string[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const files = await (options.kind === "fixtures" ? fixtures : tuningInputs)(options, protos, flags, terminal);
  if (files === undefined) return exitCodes.badInput;
  const folder = resolve(terminal.cwd, options.to);
  try {
    for (const { path, content } of files)
      writeDocument(join(folder, path), `${JSON.stringify(content, undefined, 2)}\n`);
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    terminal.stderr.write(`error: ${printable(error.message)}\n`);
    return exitCodes.notCompared;
  }
  terminal.stdout.write(`${printable(displayPath(terminal.cwd, folder))}/   ${count(files.length, "file")}\n`);
  return exitCodes.clean;
}

type MakeFiles = (
  options: EventFilesOptions,
  protos: readonly string[],
  flags: Flags,
  terminal: Terminal,
) => Promise<EventFile[] | undefined>;

/** `alb/library-service/get-shelf.json` for each door and RPC; further bindings have numbers. */
const fixtures: MakeFiles = async ({ door, flagsFor }, protos, _flags, terminal) => {
  const files: EventFile[] = [];
  for (const id of door === undefined ? frontDoorIds : [door]) {
    const project = await readPlan(protos, flagsFor(id), terminal);
    if (project === undefined) return undefined;
    files.push(...doorFixtures(project.plan, terminal));
  }
  return files;
};

function doorFixtures(plan: Plan, terminal: Terminal): EventFile[] {
  const door = localDoor(plan);
  const index = indexModel(plan.model);
  const seen = new Map<string, number>();
  return plan.routes.flatMap((route): EventFile[] => {
    const { id } = route.method;
    const number = (seen.get(id) ?? 0) + 1;
    seen.set(id, number);
    const fixture = eventOf(door, schemaRequest(route, index), route, terminal);
    const path = `${plan.deployment.frontDoor}/${id}${number === 1 ? "" : `.${number}`}.json`;
    return fixture === undefined ? [] : [{ path, content: fixture.event }];
  });
}

/** `library-service/get-shelf.json` for each RPC: what a comparison asked for, or else one request by the schema. */
const tuningInputs: MakeFiles = async ({ door: id, flagsFor }, protos, flags, terminal) => {
  const project = await readPlan(protos, id === undefined ? flags : flagsFor(id), terminal);
  if (project === undefined) return undefined;
  const { plan, root } = project;
  const door = localDoor(plan);
  const index = indexModel(plan.model);
  const observed = observedTargets((await readResults(join(root, "compare/results.jsonl"))).observations);
  const first = new Map<string, RoutePlan>();
  for (const route of plan.routes) if (!first.has(route.method.id)) first.set(route.method.id, route);
  warnOfChanges([...first.values()], terminal);
  return [...first.values()].flatMap((route): EventFile[] => {
    const asked = (observed.get(route.method.method.fullName) ?? []).slice(0, mostPayloads);
    const events = weighted(asked, schemaRequest(route, index)).flatMap(({ request, weight }) => {
      const fixture = eventOf(door, request, route, terminal);
      return fixture === undefined ? [] : [{ payload: fixture.event, weight }];
    });
    const path = `${route.method.id}.json`;
    return events.length === 0 ? [] : [{ path, content: tuningInput(route.functionId, events) }];
  });
};

function weighted(
  asked: readonly ObservedTarget[],
  otherwise: FixtureRequest,
): { readonly request: FixtureRequest; readonly weight: number }[] {
  if (asked.length === 0) return [{ request: otherwise, weight: 1 }];
  return asked.map(({ target, count: weight }) => ({
    request: { method: "GET", target, headers: [["accept", "*/*"]], body: new Uint8Array() },
    weight,
  }));
}

/** A tuning calls its function hundreds of times. */
function warnOfChanges(routes: readonly RoutePlan[], { stderr, verbosity }: Terminal): void {
  const changing = routes.filter(
    ({ binding, method }) => !["GET", "HEAD"].includes(binding.httpMethod) && method.method.noSideEffects !== true,
  );
  if (changing.length === 0 || verbosity === "quiet") return;
  stderr.write(
    `note: these may change something with every call: ${changing.map(({ method }) => method.id).join(", ")}\n`,
  );
}

function schemaRequest({ method, binding }: RoutePlan, index: ModelIndex): FixtureRequest {
  return plainRequest({ method: method.method, binding }, index);
}

/** Undefined where the door answers by itself, which is said. */
function eventOf(
  door: FixtureDoor,
  request: FixtureRequest,
  { method }: RoutePlan,
  { stderr }: Terminal,
): Extract<EventFixture, { kind: "event" }> | undefined {
  const fixture = eventFixture(door, request);
  if (fixture.kind === "event") return fixture;
  stderr.write(
    `note: no event of ${method.id}: the front door answers ${request.method} ${printable(request.target)} with ${fixture.status}, ${printable(fixture.reason)}\n`,
  );
  return undefined;
}
