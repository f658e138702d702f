/** The cases of one set, sent to the gateway and through every leg of the product. */
import type { FileRegistry } from "@bufbuild/protobuf";
import type { BuiltGateways } from "./build/build-gateways.js";
import type { GatewayVersion } from "./build/go-tools.js";
import { protoSets, type SetName } from "./build/proto-sets.js";
import type { Difference } from "./classes/difference-class.js";
import { differences } from "./compare/differences.js";
import { type Observation, observe } from "./compare/observation.js";
import { byteServices, startGrpcServer } from "./peers/byte-server.js";
import { type Peer, startGateway } from "./peers/gateway-process.js";
import { createHandlers, type Handlers } from "./peers/handlers.js";
import { requestOf } from "./peers/http-answer.js";
import { loadDefinitions, loaderOptions, messageObjects } from "./peers/message-objects.js";
import { grpcJsObjects, grpcJsServices } from "./product/grpc-js-objects.js";
import type { Leg } from "./product/leg.js";
import { startProduct } from "./product/product-peer.js";
import { scaffoldedHandlers } from "./product/scaffolded-handlers.js";
import { type Api, type Binding, readApi, readRegistry } from "./requests/api.js";
import type { RequestCase } from "./requests/request-case.js";

/** What one set is run with. */
export interface SetRun {
  readonly set: SetName;
  readonly version: GatewayVersion;
  readonly gateways: BuiltGateways;
}

/** Hears of what a run finds. */
export interface RunListener {
  /** A leg was compared; `requests` counts the cases that it could be sent. */
  leg(leg: Leg, requests: number): void;
  /** A leg cannot be run. */
  skipped(leg: Leg, reason: string): void;
  difference(difference: Difference): void;
}

/** A set with the servers behind the gateway. */
export interface SetSession {
  readonly api: Api;
  readonly details: FileRegistry;
  /** Runs cases through the legs. Those behind the first leg only tell of what it does not show, too. */
  run(cases: readonly RequestCase[], legs: readonly Leg[], listener: RunListener): Promise<void>;
}

/** Prepares a set. */
export function openSet({ set, version, gateways }: SetRun): SetSession {
  const api = readApi(gateways.images, protoSets[set]);
  const details = readRegistry(gateways.images, "details");
  return {
    api,
    details,
    run: async (cases, legs, listener) => {
      const handlers = createHandlers(api, details);
      const program = gateways.programs.get(version);
      if (program === undefined) throw new Error(`no gateway ${version}`);
      const run = { handlers, cases, version, program, protos: gateways.protos, listener };
      const [objectLegs, scaffoldedLegs] = [true, false].map((isObject) =>
        legs.filter(({ handlers: name }) => (name === "grpc-js") === isObject),
      ) as [Leg[], Leg[]];
      await runScaffolded(run, scaffoldedLegs);
      for (const leg of objectLegs) await runObjects(run, leg);
    },
  };
}

interface Run {
  readonly handlers: Handlers;
  readonly cases: readonly RequestCase[];
  readonly version: GatewayVersion;
  readonly program: string;
  readonly protos: string;
  readonly listener: RunListener;
}

async function runScaffolded(run: Run, legs: readonly Leg[]): Promise<void> {
  if (legs.length === 0) return;
  const { handlers, listener, version, protos, cases } = run;
  const server = await startGrpcServer(byteServices(handlers));
  const gateway = await startGateway(run.program, handlers.api.set.name, server.address);
  const expected = await observeAll(run, gateway);
  let reference: readonly Observation[] | undefined;
  for (const leg of legs) {
    if (leg.handlers === "grpc-js") continue;
    process.env["OLD_ADDRESS"] = server.address;
    const objects = leg.handlers === "proxy" ? undefined : await messageObjects(leg.handlers, handlers.api, protos);
    if (typeof objects === "string") {
      listener.skipped(leg, objects);
      continue;
    }
    const global = objects === undefined ? {} : scaffoldedHandlers(handlers, objects);
    const product = await startProduct(handlers, leg, version, protos, global);
    const actual = await observeAll(run, product);
    listener.leg(leg, cases.length);
    await report(run, leg, gateway, expected, actual, reference);
    reference ??= actual;
    await product.stop();
  }
  await gateway.stop();
  server.stop();
}

async function runObjects(run: Run, leg: Leg): Promise<void> {
  const { handlers, listener, version, protos, cases } = run;
  const definitions = loadDefinitions(handlers.api, protos, loaderOptions);
  if (definitions === undefined) return listener.skipped(leg, "proto-loader cannot parse its protos");
  const objects = grpcJsObjects(handlers, definitions);
  const server = await startGrpcServer(grpcJsServices(definitions, objects));
  const gateway = await startGateway(run.program, handlers.api.set.name, server.address);
  const expected = await observeAll(run, gateway);
  const product = await startProduct(handlers, leg, version, protos, { services: objects });
  const actual = await observeAll(run, product);
  listener.leg(leg, cases.length);
  await report(run, leg, gateway, expected, actual, undefined);
  await product.stop();
  await gateway.stop();
  server.stop();
}

async function observeAll({ handlers, cases }: Run, peer: Peer): Promise<Observation[]> {
  const observations: Observation[] = [];
  for (const one of cases) observations.push(await ask(handlers, peer, one));
  return observations;
}

/**
 * Asks once more where the connection failed before any handler ran: it may have been kept from an earlier request, and on its way to be
 * closed by the other side. https://nodejs.org/api/http.html#requestreusedsocket
 */
async function ask(handlers: Handlers, peer: Peer, request: RequestCase): Promise<Observation> {
  const first = await askOnce(handlers, peer, request);
  const isLost = first.failed !== undefined && first.failed !== "timeout" && first.calls.length === 0;
  return isLost ? askOnce(handlers, peer, request) : first;
}

async function askOnce(handlers: Handlers, peer: Peer, request: RequestCase): Promise<Observation> {
  handlers.begin(request.plan);
  return observe(await peer.send(requestOf(request)), handlers);
}

/** Tells of the differences of a leg; of one that is held against a reference only where it is not as that. */
async function report(
  run: Run,
  leg: Leg,
  gateway: Peer,
  expected: readonly Observation[],
  actual: readonly Observation[],
  reference: readonly Observation[] | undefined,
): Promise<void> {
  const { handlers, version, listener } = run;
  for (const [index, request] of run.cases.entries()) {
    const [theirs, ours, known] = [expected[index], actual[index], reference?.[index]];
    if (theirs === undefined || ours === undefined) continue;
    if (known !== undefined && differences(known, ours).length === 0) continue;
    const aspects = differences(theirs, ours);
    if (aspects.length === 0 && ours.crashed === undefined) continue;
    if (await isUnstable(handlers, gateway, request, theirs)) continue;
    const binding = bindingOf(handlers.api, request);
    listener.difference({ request, theirs, ours, aspects, binding, api: handlers.api, version, leg });
  }
}

/** A gateway that does not agree with itself proves nothing: where two parameters set one field, Go's maps decide. */
async function isUnstable(
  handlers: Handlers,
  gateway: Peer,
  request: RequestCase,
  first: Observation,
): Promise<boolean> {
  if (first.failed === "timeout") return false;
  for (let round = 0; round < 3; round++)
    if (differences(first, await ask(handlers, gateway, request)).length > 0) return true;
  return false;
}

function bindingOf({ bindings }: Api, { rpc, binding }: RequestCase): Binding {
  const found = bindings.find((one) => one.rpc === rpc && one.index === binding);
  if (found === undefined) throw new Error(`${rpc} has no rule ${binding}`);
  return found;
}
