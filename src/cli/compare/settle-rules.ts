/** The rules of the configuration, each name and path held against the schema. */
import { type Diagnostic, diagnostic, helpWith, suggest } from "../../diagnostics.js";
import { fieldOf, isOpen, messageBelow, pathNames, plainMessage } from "../../migrate/fields/field-path.js";
import type { ComparisonRule } from "../../migrate/rules/comparison-rules.js";
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { Plan } from "../../plan/plan.js";
import type { CompareRuleConfig } from "../config/config.js";
import type { LocatedConfig } from "../config/read-config.js";
import type { ConfigPath } from "../config/yaml-places.js";

/** Rules that can be applied, and what is wrong with the others. */
export interface SettledRules {
  readonly rules: readonly ComparisonRule[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Settling {
  readonly plan: Plan;
  readonly index: ModelIndex;
  readonly located: LocatedConfig;
  readonly diagnostics: Diagnostic[];
}

/** Settles the rules of a configuration; none without one. */
export function settleRules(located: LocatedConfig | undefined, plan: Plan, index: ModelIndex): SettledRules {
  if (located === undefined) return { rules: [], diagnostics: [] };
  const settling: Settling = { plan, index, located, diagnostics: [] };
  const rules = (located.config.compare?.rules ?? []).map((rule, at) => settleRule(rule, at, settling));
  return { rules, diagnostics: settling.diagnostics };
}

function settleRule(rule: CompareRuleConfig, at: number, settling: Settling): ComparisonRule {
  const place: ConfigPath = ["compare", "rules", at];
  const replies = repliesOf(rule.rpc, [...place, "rpc"], settling);
  const check = (path: string, where: ConfigPath): void => checkPath(path, replies, rule.rpc, where, settling);
  const unordered = (rule.unordered ?? []).map((each) => (typeof each === "string" ? { path: each } : each));
  for (const [index, path] of (rule.ignore ?? []).entries()) check(path, [...place, "ignore", index]);
  for (const [index, { path }] of unordered.entries()) check(path, [...place, "unordered", index]);
  const tolerance = Object.entries(rule.tolerance ?? {}).map(([path, value]) => {
    check(path, [...place, "tolerance", path]);
    return { path, within: amount(path, value, [...place, "tolerance", path], settling) };
  });
  return {
    rpc: rule.rpc,
    ignore: rule.ignore ?? [],
    unordered,
    tolerance,
    headers: (rule.ignoreHeaders ?? []).map((name) => name.toLowerCase()),
    status: rule.status ?? [],
    ...(rule.latency === undefined ? {} : { p95: Number.parseFloat(rule.latency) / 100 }),
  };
}

/** The reply messages that the paths of a rule are of; undefined after an error, and where the reply has a form of its own. */
function repliesOf(rpc: string, place: ConfigPath, { plan, index, located, diagnostics }: Settling) {
  const methods = plan.methods.map(({ method }) => method).filter(({ fullName }) => rpc === "*" || fullName === rpc);
  if (methods.length === 0) {
    const near = suggest(
      rpc,
      plan.methods.map(({ method }) => method.fullName),
    );
    const help = helpWith(near, "expected package.Service.Method of an RPC that has a route, or *");
    diagnostics.push(diagnostic("CF030", `there is no RPC ${rpc}`, { location: located.places.ofValue(place), help }));
    return undefined;
  }
  return methods.flatMap(({ output }): Message[] => {
    const reply = plainMessage(index.messages.get(output));
    return reply === undefined ? [] : [reply];
  });
}

function checkPath(
  path: string,
  replies: readonly Message[] | undefined,
  rpc: string,
  place: ConfigPath,
  { index, located, diagnostics }: Settling,
): void {
  // Errors have the members of google.rpc.Status, and the paths below details are those of any message.
  if (replies === undefined || replies.length === 0 || pathNames(path)[0] === "error" || path === "body") return;
  const problems = replies.map((reply) => pathProblem(path, reply, index));
  const [first] = problems;
  if (first === undefined || problems.some((problem) => problem === undefined)) return;
  const { name, message } = first;
  const near = suggest(
    name,
    message.fields.map((field) => field.name),
  );
  const help = helpWith(
    near,
    `its fields: ${message.fields
      .slice(0, 12)
      .map((field) => field.name)
      .join(", ")}`,
  );
  const of = rpc === "*" ? "any reply" : message.fullName;
  const found = `"${path}": there is no field "${name}" in ${of}`;
  diagnostics.push(diagnostic("CF031", found, { location: located.places.ofValue(place), help }));
}

/** The first name of a path that is no field, with the message that lacks it. */
function pathProblem(path: string, reply: Message, index: ModelIndex): { name: string; message: Message } | undefined {
  let message: Message | undefined = reply;
  for (const name of pathNames(path)) {
    if (message === undefined) return { name, message: reply };
    const field = fieldOf(message, name);
    if (field === undefined) return { name, message };
    if (isOpen(field, index)) return undefined;
    message = messageBelow(field, index);
  }
  return undefined;
}

/** A number as it is; a duration in milliseconds. */
function amount(path: string, value: number | string, place: ConfigPath, { located, diagnostics }: Settling): number {
  if (typeof value === "number") return value;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value) ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? ""];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  const message = `the tolerance of "${path}" is ${JSON.stringify(value)}, expected a number, or a duration such as 2s or 50ms`;
  diagnostics.push(diagnostic("CF032", message, { location: located.places.ofValue(place) }));
  return 0;
}
