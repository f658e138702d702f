/** One google.api.HttpRule of a service configuration. */
import { diagnostic } from "../../diagnostics.js";
import { isMap, isSeq } from "yaml";
import type { HttpPattern, HttpRule, Located } from "../../proto/descriptor.js";
import {
  entriesOf,
  nodeSpan,
  readText,
  rejectUnknownKeys,
  type YamlContext,
  type YamlEntry,
  yamlError,
} from "./yaml-reading.js";

const verbs = ["get", "put", "post", "delete", "patch"] as const;
const ruleKeys: readonly string[] = [...verbs, "custom", "selector", "body", "response_body", "additional_bindings"];

/** More levels of additional_bindings than this are not read; one is allowed, and more than one is reported by the model. */
const MAX_DEPTH = 3;

/** Reads a rule of `http.rules`; undefined when anything in it is wrong, so that nothing is reported twice. */
export function readServiceRule(node: unknown, context: YamlContext): HttpRule | undefined {
  const before = context.diagnostics.length;
  const rule = readRule(node, context, 0);
  return context.diagnostics.length === before ? rule : undefined;
}

function readRule(node: unknown, context: YamlContext, depth: number): HttpRule | undefined {
  if (!isMap(node)) {
    yamlError(context, nodeSpan(context, node), "a rule is not a mapping", 'start each rule with "- selector:"');
    return undefined;
  }
  const entries = entriesOf(node, context);
  rejectUnknownKeys(context, entries, ruleKeys, "an http rule");
  const text = (key: string): Located<string> | undefined => readKey(context, entries, key);
  const selector = text("selector");
  const span = nodeSpan(context, node);
  if (depth === 0) checkSelector(context, selector, span);
  const pattern = readPattern(context, entries);
  const body = text("body");
  const responseBody = text("response_body");
  return {
    ...(selector === undefined ? {} : { selector }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(body === undefined ? {} : { body }),
    ...(responseBody === undefined ? {} : { responseBody }),
    additionalBindings: readAdditional(context, entries, depth),
    span,
  };
}

function readKey(context: YamlContext, entries: readonly YamlEntry[], key: string): Located<string> | undefined {
  const entry = entries.find((candidate) => candidate.key === key);
  return entry === undefined ? undefined : readText(context, entry.value, entry.span, entry.written);
}

/** HR026. Like grpc-gateway: exactly one method, no wildcards, no lists. */
function checkSelector(context: YamlContext, selector: Located<string> | undefined, span: HttpRule["span"]): void {
  if (selector !== undefined && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/.test(selector.value)) return;
  const found = selector === undefined ? "a rule without selector" : `selector "${selector.value}"`;
  context.diagnostics.push(
    diagnostic("HR026", `${found}, expected the full name of one method`, {
      location: { file: context.file, ...(selector?.span ?? span) },
      help: "write package.Service.Method, without wildcards and commas; one rule per method",
    }),
  );
}

function readPattern(context: YamlContext, entries: readonly YamlEntry[]): HttpPattern | undefined {
  const set = entries.filter(({ key }) => key === "custom" || verbs.some((verb) => verb === key));
  const [first, second] = set;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    const problem = `"${second.written}" beside "${first.written}" in one rule`;
    yamlError(context, second.span, problem, "a rule has one pattern; put the other one in additional_bindings");
  }
  if (first.key === "custom") return readCustom(context, first);
  const path = readText(context, first.value, first.span, first.written);
  const kind = verbs.find((verb) => verb === first.key);
  if (path === undefined || kind === undefined) return undefined;
  return { kind, httpMethod: kind.toUpperCase(), path };
}

function readCustom(context: YamlContext, { value, span }: YamlEntry): HttpPattern | undefined {
  const entries = entriesOf(value, context);
  rejectUnknownKeys(context, entries, ["kind", "path"], '"custom"');
  const kind = readKey(context, entries, "kind");
  const path = readKey(context, entries, "path");
  if (kind !== undefined && path !== undefined) return { kind: "custom", httpMethod: kind.value, path };
  if (entries.length < 2)
    yamlError(context, span, '"custom" without kind and path', "write kind: HEAD and path: /v1/…");
  return undefined;
}

function readAdditional(context: YamlContext, entries: readonly YamlEntry[], depth: number): HttpRule[] {
  const entry = entries.find(({ key }) => key === "additional_bindings");
  if (entry === undefined || depth >= MAX_DEPTH) return [];
  if (!isSeq(entry.value)) {
    yamlError(context, entry.span, `"${entry.written}" is not a list`, 'start each entry with "- "');
    return [];
  }
  return entry.value.items.flatMap((item) => readRule(item, context, depth + 1) ?? []);
}
