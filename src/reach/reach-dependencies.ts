/** Trying the services that handlers call, one step after the other, so that the step that fails says what is wrong. */
import { connectTo, type Connection, lookUp, secure } from "./connect.js";
import { askHealth, type Health } from "./health.js";
import { parseAddress } from "./parse-address.js";
import { StepError, type ReachStep } from "./step-error.js";

/** A service to try. */
export interface ReachableDependency {
  /** Name in the configuration: `stock`. */
  readonly name: string;
  /** `host:port`; an IPv6 address in brackets. */
  readonly address: string;
  readonly tls: boolean;
}

/** The way in which services are tried. */
export interface ReachOptions {
  /** Milliseconds for one service, all steps together. Default: 5000. */
  readonly timeout?: number;
  /** Certificates (PEM) that are trusted instead of those of Node. */
  readonly ca?: string;
}

/** Outcome of trying a service. */
export type Reach = Pick<ReachableDependency, "name" | "address"> & {
  /** Milliseconds until the outcome was known. */
  readonly ms: number;
} & (
    | { readonly kind: "reached"; readonly health: Health }
    /** `reason` is a phrase without a full stop: `connection refused (ECONNREFUSED)`. */
    | { readonly kind: "failed"; readonly step: ReachStep; readonly reason: string }
  );

/** Tries all services at the same time; gives the outcomes in their order. Never fails. */
export async function reachDependencies(
  dependencies: readonly ReachableDependency[],
  options: ReachOptions = {},
): Promise<Reach[]> {
  return Promise.all(dependencies.map((dependency) => reach(dependency, options)));
}

async function reach({ name, address, tls }: ReachableDependency, options: ReachOptions): Promise<Reach> {
  const { timeout = 5000, ca } = options;
  const start = performance.now();
  const outcome = (result: Outcome): Reach => ({ name, address, ms: Math.round(performance.now() - start), ...result });
  const limit = { signal: AbortSignal.timeout(timeout), timeout };
  let connection: Connection | undefined;
  try {
    const target = parseAddress(address);
    const addresses = await lookUp(target.host, limit);
    connection = await connectTo(addresses, target.port, limit);
    if (tls) connection = await secure(connection, target.host, ca, limit);
    return outcome({ kind: "reached", health: await askHealth(connection, target, limit) });
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return outcome({ kind: "failed", step: error.step, reason: error.message });
  } finally {
    connection?.socket.destroy();
  }
}

type Outcome = { readonly kind: "reached"; readonly health: Health } | Failure;

interface Failure {
  readonly kind: "failed";
  readonly step: ReachStep;
  readonly reason: string;
}
