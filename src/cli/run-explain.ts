/** The work of `explain`. */
import type { Plan } from "../plan/plan.js";
import { parseQuery } from "../runtime/binding/query.js";
import type { HttpRequest, QueryPair } from "../runtime/http.js";
import { DecodeError } from "../runtime/values/decode-error.js";
import type { Flags } from "./config/flags.js";
import { exitCodes } from "./exit-codes.js";
import { explainRequest } from "./explain/explain-request.js";
import type { Explanation } from "./explain/explanation.js";
import { readRequestLine } from "./explain/request-line.js";
import type { RequestReading } from "./explain/request-reading.js";
import { paints } from "./paint.js";
import { readPlan } from "./read-plan.js";
import { explanationToJson } from "./report/explanation-json.js";
import { renderExplanation } from "./report/explanation-text.js";
import { type Terminal, wantsColor } from "./terminal.js";

/** Options of `explain` alone. */
export interface ExplainOptions {
  readonly json: boolean;
}

/** Explains one request; gives the exit code. Findings about the protos go to stderr, errors only: they are not the question. */
export async function runExplain(
  target: { readonly method: string; readonly path: string },
  protos: readonly string[],
  flags: Flags,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<number> {
  const request = readRequestLine(target.method, target.path);
  if (typeof request === "string") {
    terminal.stderr.write(`error: ${request}\n`);
    return exitCodes.badInput;
  }
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  const { root, plan } = project;
  const explanation = explainRequest(plan, request);
  const reading = await readRequest(plan, explanation, root);
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  const text = options.json
    ? `${JSON.stringify(explanationToJson(explanation, reading), undefined, 2)}\n`
    : renderExplanation(explanation, reading, paint);
  terminal.stdout.write(text);
  return reading !== undefined && reading.refusal === undefined ? exitCodes.clean : exitCodes.drift;
}

/** The reading of the request by the answering RPC; undefined if no RPC answers. */
async function readRequest(
  plan: Plan,
  { answer, door }: Explanation,
  root: string,
): Promise<RequestReading | undefined> {
  if (answer.kind !== "rpc" || door.kind === "refused") return undefined;
  const [{ loadDecoder }, { explainQuery }] = await Promise.all([
    import("./explain/decode-request.js"),
    import("./explain/query-effect.js"),
  ]);
  const pairs = readQuery(door.query);
  const decode = await loadDecoder(plan, answer.route, answer.captures, root);
  const decoded = decode?.(door.query);
  // A binding without a field for the query does not read it, malformed or not.
  if (typeof pairs === "string" && decoded?.kind !== "decoded") return { query: [], refusal: pairs };
  const query = typeof pairs === "string" ? [] : explainQuery(plan, answer.route, pairs, decode);
  if (decoded === undefined) return { query };
  return decoded.kind === "refused" ? { query, refusal: decoded.message } : { query, request: decoded.request };
}

/** Parameters by name and value; a text says what is malformed. */
function readQuery(query: HttpRequest["query"]): readonly QueryPair[] | string {
  try {
    return typeof query === "string" ? parseQuery(query) : query;
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
}
