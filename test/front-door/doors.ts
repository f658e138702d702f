/** Every front door in every style, from real HTTP requests to real HTTP responses: simulator, runtime, simulator. */
import { alb } from "../../src/runtime/doors/alb.js";
import type { DoorOptions, HandlerMaker } from "../../src/runtime/doors/door.js";
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import { functionUrl } from "../../src/runtime/doors/function-url.js";
import { functionUrlStream } from "../../src/runtime/doors/function-url-stream.js";
import { httpApi } from "../../src/runtime/doors/http-api.js";
import { restApi } from "../../src/runtime/doors/rest-api.js";
import { restApiStream } from "../../src/runtime/doors/rest-api-stream.js";
import { simulatedDoors } from "../../src/simulator/doors.js";
import { invokeStreamed, lambdaGlobal, type StreamingDoor } from "../../src/simulator/lambda-stream.js";
import type { DoorSettings, SimulatedDoor } from "../../src/simulator/simulated-door.js";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";

Object.assign(globalThis, { awslambda: lambdaGlobal });

/** The styles that a deviation can be listed for. */
export type DoorName =
  | "alb"
  | "alb single-value"
  | "rest-api"
  | "rest-api binary"
  | "rest-api stream"
  | "http-api"
  | "http-api 1.0"
  | "function-url"
  | "function-url stream";

/** A handler of any door. */
// biome-ignore lint/suspicious/noExplicitAny: what is called differs by door
type Handler = (...call: any[]) => Promise<unknown>;

/** A door with the way that its function is made. */
export interface TestDoor {
  readonly name: DoorName;
  readonly id: SimulatedDoor["id"];
  readonly streams: boolean;
  readonly settings: DoorSettings;
  readonly make: (endpoint: Endpoint, options?: DoorOptions, makeHandler?: HandlerMaker) => Handler;
}

const binary = { binaryMediaTypes: ["*/*"] };

/** All of them. */
export const testDoors: readonly TestDoor[] = [
  { name: "alb", id: "alb", streams: false, settings: {}, make: alb },
  { name: "alb single-value", id: "alb", streams: false, settings: { multiValueHeaders: false }, make: alb },
  { name: "rest-api", id: "rest-api", streams: false, settings: {}, make: restApi },
  { name: "rest-api binary", id: "rest-api", streams: false, settings: binary, make: restApi },
  { name: "rest-api stream", id: "rest-api", streams: true, settings: binary, make: restApiStream },
  { name: "http-api", id: "http-api", streams: false, settings: {}, make: httpApi },
  { name: "http-api 1.0", id: "http-api", streams: false, settings: { payloadFormatVersion: "1.0" }, make: httpApi },
  { name: "function-url", id: "function-url", streams: false, settings: {}, make: functionUrl },
  { name: "function-url stream", id: "function-url", streams: true, settings: {}, make: functionUrlStream },
];

/** What Lambda says about the invocation. */
export const lambda = { awsRequestId: "aws-1", getRemainingTimeInMillis: () => 28_000 };

/** The simulated half of a door. */
export function simulatorOf({ id }: Pick<TestDoor, "id">): SimulatedDoor {
  return simulatedDoors[id];
}

/** How the door reads what a function streams; fails where it takes responses whole only. */
export function streamingOf({ id }: Pick<TestDoor, "id">): StreamingDoor {
  const { streaming } = simulatedDoors[id];
  if (streaming === undefined) throw new Error(`${id} does not stream`);
  return streaming;
}

/** The event of a request; fails when the door refuses it. */
export function eventOf(door: TestDoor, request: WireRequest): object {
  const admission = admit(door, request);
  if (admission.kind === "refused") throw new Error(admission.reason);
  return admission.event;
}

/** What the simulated door makes of a request. */
export function admit(door: TestDoor, request: WireRequest) {
  return simulatorOf(door).admit(request, {
    route: () => ({ key: "ANY /{proxy+}", pathParameters: {} }),
    requestId: "request-1",
    now: 1783711145766,
    ...door.settings,
  });
}

/** Through the door and back. */
export async function exchange(door: TestDoor, handler: Handler, request: WireRequest): Promise<WireResponse> {
  const admission = admit(door, request);
  return admission.kind === "refused" ? admission.response : answerEvent(door, handler, admission.event);
}

/** From an event to what the client reads, by a handler in this process. Event and result cross as JSON, as they do in Lambda. */
export async function answerEvent(door: TestDoor, handler: Handler, event: unknown): Promise<WireResponse> {
  const input = event === undefined ? undefined : JSON.parse(JSON.stringify(event));
  const seen = typeof event === "object" && event !== null ? event : {};
  if (!door.streams) {
    const result = JSON.parse(JSON.stringify(await handler(input, lambda)));
    return simulatorOf(door).answer(result, seen, door.settings);
  }
  const { body, headers, ...response } = await invokeStreamed(
    streamingOf(door),
    handler as (...call: unknown[]) => Promise<void>,
    input,
    lambda,
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const shared = simulatorOf(door).shareStreamed?.(headers, seen, door.settings) ?? headers;
  return { ...response, headers: shared, body: Buffer.concat(chunks) };
}
