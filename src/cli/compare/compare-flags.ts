/** The command line of `compare`, after parsing. */
import { differenceClasses, type DifferenceClass } from "../../migrate/differences/difference.js";
import type { Header } from "../../migrate/requests/recorded-request.js";
import type { SourceFormat } from "../../migrate/requests/source-format.js";
import type { Terminal } from "../terminal.js";

/** Flags of `compare` alone. */
export interface CompareFlags {
  readonly old?: string;
  readonly new?: string;
  readonly header?: readonly string[];
  readonly oldHeader?: readonly string[];
  readonly newHeader?: readonly string[];
  readonly sign?: readonly string[];
  /** Seconds for one answer. Not `timeout`, which is that of functions. */
  readonly wait?: number;
  readonly format?: SourceFormat;
  /** Hosts of archives whose cookies and credentials are sent. */
  readonly host?: readonly string[];
  readonly generate?: number;
  readonly seed?: number;
  readonly unsafe?: readonly string[];
  readonly unsafeAll?: boolean;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly limit?: number;
  readonly sample?: number;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly noise?: "old" | "off";
  readonly plan?: boolean;
  readonly results?: string;
  readonly resume?: boolean;
  readonly accept?: boolean;
  readonly bodies: boolean;
  readonly failOn?: string;
  readonly requireAll?: boolean;
}

/** A mistake of the command line; the message is for the user. */
export class FlagError extends Error {
  override readonly name = "FlagError";
}

/** Reads `Name: value`; `env:NAME` as the value is a variable of the environment. Throws FlagError. */
export function readHeaderFlag(line: string, env: Terminal["env"]): Header {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    throw new FlagError(`expected a header such as "Authorization: env:TOKEN", found ${JSON.stringify(line)}`);
  }
  const [, variable] = /^env:(\w+)$/.exec(value) ?? [];
  if (variable === undefined) return [name, value];
  const found = env[variable];
  if (found === undefined || found === "") throw new FlagError(`header ${name}: the variable ${variable} is not set`);
  if (/[\r\n\0]/.test(found)) throw new FlagError(`header ${name}: the variable ${variable} has a line end in it`);
  return [name, found];
}

/** The classes of differences that count. Throws FlagError for an unknown one. */
export function readFailOn(flag: string | undefined): ReadonlySet<DifferenceClass> {
  const names = (flag ?? "missing,status,shape,value").split(",").map((name) => name.trim());
  const unknown = names.find((name) => !differenceClasses.some((known) => known === name));
  if (unknown !== undefined) {
    throw new FlagError(
      `--fail-on: "${unknown}" is no class of differences, expected some of ${differenceClasses.join(", ")}`,
    );
  }
  return new Set(["missing", ...differenceClasses.filter((known) => names.includes(known))] as const);
}

/** A signature that `--sign` asks for. */
export interface SignFlag {
  readonly side: "old" | "new";
  readonly service: string;
  readonly region: string;
}

/** Reads `new=execute-api:eu-west-1`. Throws FlagError. */
export function readSignFlag(text: string): SignFlag {
  const [, side, service, region] = /^(old|new)=([a-z0-9-]+):([a-z0-9-]+)$/.exec(text) ?? [];
  if ((side !== "old" && side !== "new") || service === undefined || region === undefined) {
    throw new FlagError(
      `--sign: expected new=execute-api:eu-west-1 or new=lambda:eu-west-1, found ${JSON.stringify(text)}`,
    );
  }
  return { side, service, region };
}
