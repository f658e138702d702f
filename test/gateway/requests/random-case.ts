/** Random requests for an API: half of them without a mistake, four in ten with about one, one in ten with many. */
import { type Choice, createChoice } from "../messages/choice.js";
import { type Api, type Binding, bodyField, streamsReplies, streamsRequests } from "./api.js";
import { damageJson } from "./damaged-json.js";
import { randomHeaders, withHeader } from "./header-fields.js";
import { type JsonSource, jsonFieldValue, jsonMessage } from "./json-message.js";
import type { Mistakes } from "./json-scalar.js";
import { pathText } from "./path-text.js";
import { queryText } from "./query-text.js";
import { randomPlan } from "./random-plan.js";
import type { RequestCase } from "./request-case.js";
import { type HeaderPair, texts } from "./texts.js";

const averageOdd = 0.06;
const form = ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8"] as const;

interface Draft {
  readonly method: string;
  readonly headers: readonly HeaderPair[];
  readonly body: string;
}

/** The case of a seed and a number. */
export function randomCase(api: Api, seed: number, number: number): RequestCase {
  const choice = createChoice(seed * 1_000_003 + number);
  const odd = choice.weighted([
    [5, 0],
    [4, averageOdd],
    [1, averageOdd * 5],
  ]);
  const mistakes = { choice, odd };
  const binding = choice.pick(api.bindings);
  const path = pathText(mistakes, binding);
  const hasQuery = binding.body !== "*" || choice.chance(0.1);
  const query = hasQuery ? queryText(mistakes, binding.input, boundFields(binding)) : "";
  const { method, headers, body } = override(mistakes, binding, draft(mistakes, api, binding));
  return {
    id: `${seed}/${number}`,
    rpc: binding.rpc,
    binding: binding.index,
    method,
    target: query === "" && !choice.chance(0.03) ? path : `${path}${path.includes("?") ? "&" : "?"}${query}`,
    headers,
    body: Buffer.from(body, "utf8").toString("base64"),
    plan: randomPlan(choice, streamsReplies(binding)),
  };
}

/** Names of fields that path and body take. */
function boundFields(binding: Binding): ReadonlySet<string> {
  const paths = binding.parts.flatMap((part) => (part.kind === "variable" ? part.path.split(".").slice(0, 1) : []));
  return new Set([...paths, binding.body]);
}

function draft(mistakes: Mistakes, api: Api, binding: Binding): Draft {
  const { choice, odd } = mistakes;
  const method = choice.chance(odd * 0.25)
    ? choice.pick(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"])
    : binding.httpMethod;
  const body = bodyText(mistakes, api, binding);
  const headers = randomHeaders(mistakes, body !== "");
  const isForm = binding.body === "" && /^(POST|PUT|PATCH)$/.test(method) && choice.chance(0.15);
  const isGet = !isForm && binding.httpMethod === "GET" && choice.chance(odd * 0.4);
  if (!isForm && !isGet) return { method, headers, body };
  return {
    method: isGet ? "POST" : method,
    headers: withHeader(headers, "Content-Type", choice.chance(0.8) ? form[0] : form[1]),
    body: queryText(mistakes, binding.input, boundFields(binding)),
  };
}

function bodyText(mistakes: Mistakes, api: Api, binding: Binding): string {
  const { choice, odd } = mistakes;
  if (binding.body === "") return choice.chance(0.08) ? choice.pick(["{}", "x", '{"a":1}', " "]) : "";
  const source = { ...mistakes, registry: api.registry, anyTypes: api.set.anyTypes, spaced: choice.chance(0.3) };
  const text = streamsRequests(binding)
    ? Array.from({ length: choice.below(4) }, () => jsonMessage(source, binding.input)).join(
        choice.pick(["", "\n", " ", "\r\n"]),
      )
    : wholeBody(choice, odd, source, binding);
  return choice.chance(odd * 0.6) ? damageJson(choice, text) : text;
}

function wholeBody(choice: Choice, odd: number, source: JsonSource, binding: Binding): string {
  if (choice.chance(odd * 0.3)) return choice.pick(texts.json.oddBody);
  const field = bodyField(binding);
  return field === undefined ? jsonMessage(source, binding.input) : jsonFieldValue(source, field, 0);
}

/** A few requests name another method in a header. */
function override({ choice, odd }: Mistakes, binding: Binding, request: Draft): Draft {
  if (!choice.chance(odd * 0.15)) return request;
  const { httpMethod } = binding;
  const name = choice.pick([httpMethod, httpMethod.toLowerCase(), "GET", "DELETE", "nonsense", ""]);
  const headers = withHeader(request.headers, "X-HTTP-Method-Override", name);
  if (!choice.chance(0.7)) return { ...request, headers };
  const typed = choice.chance(0.7) ? withHeader(headers, "Content-Type", form[0]) : headers;
  return { ...request, method: "POST", headers: typed };
}
