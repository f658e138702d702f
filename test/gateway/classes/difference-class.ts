/** A class of differences between the gateway and the product: what is known of them, and which ones are of it. */
import type { GatewayVersion } from "../build/go-tools.js";
import type { SetName } from "../build/proto-sets.js";
import type { Aspect } from "../compare/differences.js";
import type { Observation, ValuesByName } from "../compare/observation.js";
import type { Leg } from "../product/leg.js";
import type { Api, Binding } from "../requests/api.js";
import type { HandlerPlan, RequestCase } from "../requests/request-case.js";
import type { HeaderPair } from "../requests/texts.js";

/** One difference. */
export interface Difference {
  readonly request: RequestCase;
  readonly theirs: Observation;
  readonly ours: Observation;
  readonly aspects: readonly Aspect[];
  readonly binding: Binding;
  readonly api: Api;
  readonly version: GatewayVersion;
  readonly leg: Leg;
}

/** Which of the two a rewritten text is of. */
export type Side = "theirs" | "ours";

/** How a class knows its differences. */
export type Explanation =
  /** Bodies that are the same once both are rewritten. */
  | { readonly kind: "body"; readonly rewrite: (body: string, side: Side, difference: Difference) => string }
  | {
      readonly kind: "headers";
      readonly rewrite: (headers: ValuesByName, side: Side, difference: Difference) => ValuesByName;
    }
  | {
      readonly kind: "metadata";
      readonly rewrite: (metadata: ValuesByName, side: Side, difference: Difference) => ValuesByName;
    }
  /** Differences of which this holds; `aspects` are what it accounts for. Default: all. */
  | {
      readonly kind: "outcome";
      readonly holds: (difference: Difference) => boolean;
      readonly aspects?: readonly Aspect[];
    };

/** A request that shows a class. */
export interface ClassExample {
  readonly set: SetName;
  /** `LibraryService.GetShelf`: the RPC that the request is meant for. */
  readonly rpc: string;
  /** Name of a leg. Default: `function-url single`. */
  readonly leg?: string;
  /** Default: GET. */
  readonly method?: string;
  readonly target: string;
  readonly headers?: readonly HeaderPair[];
  readonly body?: string;
  /** Default: an echo. */
  readonly plan?: HandlerPlan;
  /** Generations that it shows the class with. Default: those of the class. */
  readonly versions?: readonly GatewayVersion[];
}

/** A class. */
export interface DifferenceClass {
  /** Stable: the table and the runs name it. */
  readonly id: string;
  /** What it is about, a heading of the table. */
  readonly area: string;
  /** What the gateway does. */
  readonly gateway: string;
  /** What the product does. */
  readonly product: string;
  /** `stands`: by decision, and why. `open`: a fault that is to be mended. */
  readonly state: { readonly kind: "stands"; readonly reason: string } | { readonly kind: "open" };
  /** Generations that it is seen with. Default: both. */
  readonly versions?: readonly GatewayVersion[];
  /** What every run sends; the answers have to differ, and this class has to account for it. Each class that stands has one. */
  readonly example?: ClassExample;
  /** Why an example cannot be had: the gateway does not do it every time, or nobody can send the request. */
  readonly noExample?: string;
  readonly explanation: Explanation;
}
