/** The enums of grpc-js, names to numbers and back. https://grpc.github.io/grpc/node/grpc.html */
import { codeNames } from "../status.js";

function both(names: readonly string[]): { readonly [key: string]: number | string } {
  return Object.fromEntries(names.flatMap((name, number) => [[number, name] as const, [name, number] as const]));
}

/** Codes of a status. */
export const status = both(codeNames);

/** Levels of grpc-js' log. */
export const logVerbosity = both(["DEBUG", "INFO", "ERROR", "NONE"]);
/** States of a connection. */
export const connectivityState = both(["IDLE", "CONNECTING", "READY", "TRANSIENT_FAILURE", "SHUTDOWN"]);
/** Compressions of messages. */
export const compressionAlgorithms = both(["identity", "deflate", "gzip"]);

/** Bits for the parts of a server's call that a client's call takes over. */
export const propagate = {
  1: "DEADLINE",
  2: "CENSUS_STATS_CONTEXT",
  4: "CENSUS_TRACING_CONTEXT",
  8: "CANCELLATION",
  65535: "DEFAULTS",
  DEADLINE: 1,
  CENSUS_STATS_CONTEXT: 2,
  CENSUS_TRACING_CONTEXT: 4,
  CANCELLATION: 8,
  DEFAULTS: 65535,
};
