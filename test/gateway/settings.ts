/** What a run is told by flags: `--count 20000 --seed 7 --sets library,zoo --doors alb,http-api --versions 2.33`. */
import { parseArgs } from "node:util";
import { type GatewayVersion, gatewayVersions } from "./build/go-tools.js";
import { protoSets, type SetName } from "./build/proto-sets.js";
import { type Leg, legs, referenceLeg } from "./product/leg.js";

/** The settings of a run. */
export interface Settings {
  /** Random requests per set, seed and generation. */
  readonly count: number;
  readonly seeds: readonly number[];
  readonly sets: readonly SetName[];
  readonly versions: readonly GatewayVersion[];
  /** The reference is always among them. */
  readonly legs: readonly Leg[];
  /** How many of the cases by design are sent: every nth. 0: none. */
  readonly designedStep: number;
  /** Whether each leg is run with the sets that tell most about it, and with the newest generation only: what CI has time for. */
  readonly quick: boolean;
  /** The id of the only case to send: `7/421`. */
  readonly only: string | undefined;
}

/** Reads flags. Throws at what no flag has. */
export function readSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: "string", default: "300" },
      seed: { type: "string", default: "1" },
      sets: { type: "string", default: Object.keys(protoSets).join(",") },
      doors: { type: "string", default: "function-url,alb,http-api,rest-api" },
      functions: { type: "string", default: "per-rpc,single" },
      handlers: { type: "string", default: "idiomatic,proto-loader,ts-proto,protobuf-es,grpc-js,proxy" },
      versions: { type: "string", default: gatewayVersions.join(",") },
      designed: { type: "string", default: "1" },
      case: { type: "string" },
      quick: { type: "boolean", default: false },
    },
  });
  const list = (text: string): readonly string[] => text.split(",");
  const chosen = { doors: list(values.doors), functions: list(values.functions), handlers: list(values.handlers) };
  return {
    count: Number(values.count),
    seeds: list(values.seed).map(Number),
    sets: oneOf(list(values.sets), Object.keys(protoSets) as SetName[]),
    versions: oneOf(list(values.versions), gatewayVersions),
    legs: legs.filter((leg) => leg === referenceLeg || isChosen(leg, chosen)),
    designedStep: Number(values.designed),
    quick: values.quick,
    only: values.case,
  };
}

/** The legs of one set and generation. */
export function legsOf({ legs, quick }: Settings, set: SetName, version: GatewayVersion): readonly Leg[] {
  return quick ? legs.filter((leg) => leg === referenceLeg || isTelling(leg, set, version)) : legs;
}

/** Doors differ by paths and headers, styles by types. */
function isTelling(leg: Leg, set: SetName, version: GatewayVersion): boolean {
  if (version !== gatewayVersions[0]) return false;
  if (leg.handlers !== "idiomatic") return set === "zoo";
  return set === "library" || (set === "vectors" && leg.functions === "per-rpc");
}

function isChosen(
  leg: Leg,
  { doors, functions, handlers }: Readonly<Record<"doors" | "functions" | "handlers", readonly string[]>>,
): boolean {
  return doors.includes(leg.door) && functions.includes(leg.functions) && handlers.includes(leg.handlers);
}

function oneOf<Name extends string>(names: readonly string[], known: readonly Name[]): Name[] {
  return names.map((name) => {
    const found = known.find((candidate) => candidate === name);
    if (found === undefined) throw new Error(`${name} is none of ${known.join(", ")}`);
    return found;
  });
}
