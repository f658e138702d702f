/** Addresses of services. */
import { StepError } from "./step-error.js";

/** Host and port of a service. */
export interface Target {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Parses `stock.internal:50051` or `[::1]:50051`; throws a StepError for anything else. */
export function parseAddress(address: string): Target {
  const [, v6, name, digits] = /^(?:\[([\da-fA-F:.]+)\]|([^[\]:/\s]+)):(\d{1,5})$/.exec(address) ?? [];
  const host = v6 ?? name;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535)
    throw new StepError("address", `found ${JSON.stringify(address)}, expected host:port such as stock.internal:50051`);
  return { host, port };
}
