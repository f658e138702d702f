/** Methods that no HTTP request reaches, as one note for each reason: nobody reads one for each of hundreds of RPCs. */
import type { Diagnostic, Location } from "../diagnostics.js";

/** The reason why a correct method has no binding. */
export type LeftOutReason = "streams" | "unbound" | "skipped";

/** A method without bindings. */
export interface LeftOutMethod {
  readonly reason: LeftOutReason;
  /** Simple name. */
  readonly name: string;
  /** Full name of its service. */
  readonly service: string;
  readonly location: Location;
}

/** HR016, HR017 and HR029, each once, at the first method that it is about. */
export function reportLeftOut(methods: readonly LeftOutMethod[]): Diagnostic[] {
  return (["streams", "unbound", "skipped"] as const).flatMap((reason) => {
    const alike = methods.filter((method) => method.reason === reason);
    const [first] = alike;
    if (first === undefined) return [];
    const { code, one, many, help } = notes[reason];
    const message = alike.length === 1 ? `${first.name} ${one}` : `${alike.length} methods ${many}: ${listSome(alike)}`;
    const path = alike.length === 1 ? `/${first.service}/${first.name}` : "/package.Service/Method";
    return [{ code, severity: "info", message, location: first.location, help: help(path) } as const];
  });
}

const silence = "`unbound: ignore` silences this";

const notes = {
  streams: {
    code: "HR016",
    one: "streams its requests: no HTTP request reaches it, and no Lambda function is made for it",
    many: "stream their requests: no HTTP request reaches them, and no Lambda function is made for them",
    help: () =>
      `keep such RPCs on a gRPC server; or give them a rule and take the messages of one request body (clientStreaming: collect), or take one request with a repeated field; ${silence}`,
  },
  unbound: {
    code: "HR017",
    one: "has no google.api.http rule: no HTTP request reaches it",
    many: "have no google.api.http rule, and no HTTP request reaches them",
    help: (path: string) => `add a rule, or bind such methods to POST ${path} with --bind-unbound; ${silence}`,
  },
  skipped: {
    code: "HR029",
    one: "is skipped: no HTTP request reaches it, and no Lambda function is made for it",
    many: "are skipped: no HTTP request reaches them, and no Lambda function is made for them",
    help: () => `the configuration's skip, or --skip, names what to leave out; ${silence}`,
  },
} as const satisfies Record<LeftOutReason, object>;

/** Names that are shown; the others are counted. */
const mostNames = 4;

function listSome(methods: readonly LeftOutMethod[]): string {
  const names = methods.slice(0, mostNames).map(({ service, name }) => `${service.split(".").at(-1)}.${name}`);
  const more = methods.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
