/** Interceptors, options of the gateway and middleware: named in the configuration, or found where a package makes a server. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { Found, GoExpression, GoMain, GoProject } from "../../go/go-project.js";
import type { GoListPart, NamedValue } from "../go-plan.js";
import { lookUp } from "./look-up.js";

/** The module, and where findings go. */
export interface ValueContext {
  readonly project: GoProject;
  readonly report: (finding: Diagnostic) => void;
}

type ListName = "unaryInterceptors" | "streamInterceptors" | "muxOptions";

/** A list of values; what the configuration names goes before what is found. */
export function planList(
  name: ListName,
  named: readonly NamedValue[] | undefined,
  found: readonly Found[],
  context: ValueContext,
): GoListPart[] {
  if (named !== undefined) return named.flatMap((value) => namedPart(name, value, context) ?? []);
  return found.flatMap(({ expression, text, location }) => {
    if (expression !== undefined)
      return [{ expression, form: text.endsWith("...") ? "list" : "element" } satisfies GoListPart];
    context.report(
      diagnostic("GO007", `${text} is not taken over: it is made of names that only its own package has`, {
        // A function without them might let in anybody, or answer in other words.
        severity: "error",
        location,
        help: `move it into a function or variable of another package and name all of them in go.${name}, an empty list for none`,
      }),
    );
    return [];
  });
}

/** Parameters of a function that is an element of the list itself. */
const elements = {
  unaryInterceptors: /grpc\.UnaryServerInfo/,
  streamInterceptors: /grpc\.StreamServerInfo/,
  muxOptions: /^\*\w+\.ServeMux$/,
} as const satisfies Readonly<Record<ListName, RegExp>>;

function namedPart(name: ListName, value: NamedValue, { project, report }: ValueContext): GoListPart | undefined {
  const symbol = lookUp(value, project, report);
  if (symbol === undefined) return undefined;
  const form = symbol.results.includes("[]") ? "list" : "element";
  if (symbol.kind === "variable") return { expression: symbol.expression, form };
  if (symbol.kind === "function" && elements[name].test(symbol.parameters))
    return { expression: symbol.expression, form: "element" };
  if (symbol.kind === "function" && symbol.parameters === "") return { expression: call(symbol.expression), form };
  report(
    diagnostic(
      "GO005",
      `${value.text} takes (${symbol.parameters}), expected a function without parameters, or a variable`,
      {
        location: value.location,
        help: `go.${name} takes the elements themselves, a list of them, or functions that give either`,
      },
    ),
  );
  return undefined;
}

function call({ parts }: GoExpression): GoExpression {
  return { parts: [...parts, "()"] };
}

/** `func(http.Handler) http.Handler`. */
export function planMiddleware(
  value: NamedValue | undefined,
  { project, report }: ValueContext,
): GoExpression | undefined {
  const symbol = value && lookUp(value, project, report);
  if (value === undefined || symbol === undefined) return undefined;
  if (/http\.Handler\b/.test(symbol.parameters) || symbol.kind === "variable") return symbol.expression;
  report(
    diagnostic("GO005", `${value.text} takes (${symbol.parameters}), expected an http.Handler`, {
      location: value.location,
      help: "go.middleware takes a function from http.Handler to http.Handler",
    }),
  );
  return undefined;
}

/** GO007 for options of a server that no Lambda function has. Limits and timeouts of connections are no loss. */
export function reportServerOptions(options: GoMain["serverOptions"], report: (finding: Diagnostic) => void): void {
  for (const { option, text, location } of options) {
    const why = lost[option];
    if (why === undefined && harmless.test(option)) continue;
    report(
      diagnostic("GO007", `${text} is not taken over: ${why ?? "only a server has options"}`, {
        location,
        help: lostHelp[option] ?? "check that handlers do without it",
      }),
    );
  }
}

const harmless =
  /^(?:Max\w+Size|Initial\w+|\w*(?:Buffer|WindowSize)\w*|Keepalive\w+|ConnectionTimeout|MaxConcurrentStreams|NumStreamWorkers|MaxHeaderListSize|StaticConnWindowSize|StaticStreamWindowSize|WaitForHandlers)$/;

const lost: Readonly<Record<string, string>> = {
  StatsHandler: "handlers are called without a server, and no stats handler hears of it",
  Creds: "there is no TLS between gateway and handlers, and peer.AuthInfo is nil",
};

const lostHelp: Readonly<Record<string, string>> = {
  StatsHandler:
    "use interceptors, for OpenTelemetry those of go.opentelemetry.io/contrib/instrumentation or an HTTP middleware",
  Creds: "let the front door authenticate callers; handlers that read the peer's certificate need another source",
};
