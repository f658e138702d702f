/** The key `routes`: routes of the user's own. */
import { extname } from "node:path";
import { readBounded } from "../../bounded-file.js";
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { parsePathTemplate } from "../../http-rule/parse-path-template.js";
import { pathInside } from "../../path-inside.js";
import type { FixedAnswer } from "../../plan/plan.js";
import type { OwnRouteOptions } from "../../plan/plan-options.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { FixedAnswerConfig, OwnRouteConfig } from "./config.js";
import { definedMembers } from "./defined-members.js";
import { absolutePath } from "./project-paths.js";
import { settleAuth } from "./settle-auth.js";
import { settleHandler } from "./settle-values.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** A document that is part of the code is loaded at every cold start. */
const maximumBytes = 1_000_000;

/** The routes that can be planned; every mistake in others is reported. */
export function settleRoutes(sources: SettingSources): OwnRouteOptions[] | undefined {
  const { routes } = sources.config;
  return routes?.flatMap((route, at) => settleRoute(sources, route, ["routes", at]));
}

function settleRoute(sources: SettingSources, route: OwnRouteConfig, at: ConfigPath): OwnRouteOptions[] {
  const location = sources.located?.places.ofValue(at);
  const parsed = parsePathTemplate(route.path);
  const answer = location && settleAnswer(sources, route, at);
  if (location === undefined || answer === undefined || parsed.kind === "error") return [];
  const auth = settleAuth(sources, route.auth, [...at, "auth"]);
  return [{ httpMethod: route.method, template: parsed.template, location, answer, ...definedMembers({ auth }) }];
}

function settleAnswer(
  sources: SettingSources,
  { method: _, path: __, auth: ___, fixed, function: handler, ...settings }: OwnRouteConfig,
  at: ConfigPath,
): OwnRouteOptions["answer"] | undefined {
  const location = sources.located?.places.ofValue(at);
  if ((fixed === undefined) === (handler === undefined)) {
    const found = fixed === undefined ? "neither fixed nor function" : "fixed and function";
    sources.report(diagnostic("CF004", `routes[${at[1]}] has ${found}, expected one of them`, { location }));
    return undefined;
  }
  if (fixed !== undefined) {
    const unused = Object.keys(settings);
    if (unused.length > 0) sources.report(unusedByFixed(unused, at, location));
    const answer = settleFixed(sources, fixed, [...at, "fixed"]);
    return answer && { kind: "fixed", fixed: answer };
  }
  return settleHandler(sources, handler ?? "", settings, [...at, "function"]);
}

function unusedByFixed(unused: readonly string[], at: ConfigPath, location: Diagnostic["location"]): Diagnostic {
  const names = unused.join(" and ");
  return diagnostic("CF004", `routes[${at[1]}] has ${names}, which a fixed answer has no use for`, {
    ...(location === undefined ? {} : { location }),
    help: "leave them out, or name a function",
  });
}

function settleFixed(
  sources: SettingSources,
  { status, headers = {}, body = "", file }: FixedAnswerConfig,
  at: ConfigPath,
): FixedAnswer | undefined {
  const text = file === undefined ? body : readDocument(sources, file, [...at, "file"]);
  if (text === undefined) return undefined;
  const given = Object.entries(headers);
  const type = contentTypes[extname(file ?? "").toLowerCase()] ?? "text/plain; charset=utf-8";
  const isTyped = given.some(([name]) => name.toLowerCase() === "content-type");
  return {
    status: status ?? settingDefaults.fixedAnswer.status,
    headers: isTyped ? given : [["Content-Type", type], ...given],
    body: text,
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
  ".html": "text/html; charset=utf-8",
  ".xml": "application/xml",
};

function readDocument({ root, located, report }: SettingSources, file: string, at: ConfigPath): string | undefined {
  const location = located?.places.ofValue(at);
  const refuse = (problem: string): undefined => {
    report(diagnostic("CF004", `${file} ${problem}, expected a file of UTF-8 text in the project`, { location }));
  };
  const path = absolutePath({ base: root, value: file });
  if (pathInside(root, path) === undefined) return refuse("is outside of the project");
  try {
    const read = readBounded(path, maximumBytes);
    if (read.kind === "tooLarge") return refuse(`has ${read.size}, more than 1 MB`);
    return new TextDecoder("utf-8", { fatal: true }).decode(read.bytes);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return refuse("cannot be read");
  }
}
