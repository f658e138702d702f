/** The event with which Lambda calls the function of a request, as the front door would make it: for a test, or for a console. */
import type { DoorSettings, RouteChoice, SimulatedDoor } from "../../simulator/simulated-door.js";
import type { WireRequest } from "../../simulator/wire.js";

/** A simulated front door with what it leads to. */
export interface FixtureDoor {
  readonly simulator: SimulatedDoor;
  readonly settings: DoorSettings;
  readonly choose: (method: string, path: string) => RouteChoice<{ readonly id: string }> | undefined;
}

/** The request of a fixture. */
export interface FixtureRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Names and values as sent. `Host` and, with a body, a JSON `Content-Type` and the length are added where they are missing. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** An event with the function that gets it, or the reason why the door answers by itself. */
export type EventFixture =
  | { readonly kind: "event"; readonly event: object; readonly functionId: string; readonly routeKey: string }
  | { readonly kind: "refused"; readonly status: number; readonly reason: string };

/** The time of every fixture, so that the same request makes the same event: 2026-01-01T00:00:00Z in milliseconds. */
const fixtureTime = 1_767_225_600_000;
const requestId = "00000000-0000-4000-8000-000000000000";

/** Takes a request to the door, over HTTPS from an address that is reserved for documentation (RFC 5737). */
export function eventFixture({ simulator, settings, choose }: FixtureDoor, request: FixtureRequest): EventFixture {
  let functionId = "";
  const admission = simulator.admit(onTheWire(request), {
    ...settings,
    requestId,
    now: fixtureTime,
    route: (method, path) => {
      const choice = choose(method, path);
      functionId = choice?.target.id ?? "";
      return choice;
    },
  });
  if (admission.kind === "event") {
    return { kind: "event", event: admission.event, functionId, routeKey: admission.routeKey };
  }
  return { kind: "refused", status: admission.response.status, reason: admission.reason };
}

function onTheWire({ method, target, headers, body }: FixtureRequest): WireRequest {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const added: readonly (readonly [string, string])[] = [
    ["Host", "api.example.com"],
    ...(body.length === 0
      ? []
      : ([
          ["Content-Type", "application/json"],
          ["Content-Length", String(body.length)],
        ] as const)),
  ];
  return {
    method,
    target,
    httpVersion: "1.1",
    headers: [...added.filter(([name]) => !given.has(name.toLowerCase())), ...headers],
    body,
    sourceIp: "203.0.113.10",
    scheme: "https",
  };
}
