/** Runs cases of the vectors against generated code. */
import { expect } from "vitest";
import { segmentTexts } from "../../src/emit/http/http-bindings.js";
import { parsePathTemplate } from "../../src/http-rule/parse-path-template.js";
import { overriddenMembers } from "../../src/plan/behaviour.js";
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import type { HttpRequest, HttpResponse } from "../../src/runtime/http.js";
import type { Profile } from "../../src/runtime/routing/profile.js";
import type { Context } from "../../src/runtime/rpc.js";
import { collectBody } from "./collect-body.js";
import { loadEnvoyCases, type RunEnvoyCase } from "./envoy-cases.js";
import { type Generated, loadVectors, planVectors, type VectorCase } from "./load-vectors.js";
import { type Received, vectorEndpoints } from "./vectors-service.js";

/** What the cases were made with. */
const gateway = "2.30";
const older = overriddenMembers({ profile: "grpc-gateway", gateway });

/** Checks one case by its suite's rules; fails like an assertion. */
export interface Harness {
  check(suite: string, vector: VectorCase): Promise<void> | void;
}

/** What generated code exports for the modes; the others are `legacy`. */
const unescapings: Readonly<Record<string, string>> = {
  AllExceptReserved: "unescapeExceptReserved",
  AllExceptSlash: "unescapeExceptSlash",
  AllCharacters: "unescapeAllUpperCase",
};

function unescapingOf(generated: Generated, mode: string): Profile["pathUnescaping"] {
  return generated[unescapings[mode] ?? ""] ?? "legacy";
}

/** Generates: what is tested, and encoders that leave out defaults, for what the RPC received. */
export async function loadHarness(): Promise<Harness> {
  const generated = await loadVectors(planVectors({ gateway }));
  const sparse = await loadVectors(planVectors({ gateway, emitDefaults: false }));
  const runEnvoyCase = await loadEnvoyCases();
  const check = (suite: string, vector: VectorCase): Promise<void> | void => {
    switch (suite) {
      case "path-match":
        return checkPathMatch(generated, vector);
      case "query":
        return checkQuery(generated, sparse, vector);
      case "field-mask-from-body":
        return checkFieldMask(generated, vector);
      case "error-map":
        return expect({ httpStatus: generated.httpStatus(vector.input.grpcCode) }).toEqual(vector.expect);
      case "header-map":
        return checkHeaders(generated, vector);
      case "envoy-json-request":
        return checkEnvoyCase(runEnvoyCase, vector);
      default:
        return checkCall(generated, sparse, vector);
    }
  };
  return { check };
}

function checkPathMatch(generated: Generated, { input, expect: expected }: VectorCase): void {
  const modes =
    expected.byUnescapingMode ??
    Object.fromEntries(["legacy", ...Object.keys(unescapings)].map((mode) => [mode, expected]));
  for (const mode of Object.keys(modes)) {
    const noForms = input.options?.disablePathLengthFallback === true ? { formPost: false } : {};
    const profile = { ...generated.grpcGateway, ...older, pathUnescaping: unescapingOf(generated, mode), ...noForms };
    for (const tabulate of [generated.scanRoutes, generated.treeOfRoutes]) {
      const matched = matchPath(generated, input, profile, tabulate);
      expect({ mode, ...matched }).toMatchObject({ mode, ...withoutText(modes[mode]) });
    }
  }
}

function withoutText(expected: Record<string, unknown>): Record<string, unknown> {
  const { message: _, template: __, ...rest } = expected;
  return rest;
}

// biome-ignore lint/suspicious/noExplicitAny: cases of a suite
function matchPath(generated: Generated, input: any, profile: unknown, tabulate: any): Record<string, unknown> {
  const routes = input.routes.map(([httpMethod, source]: [string, string], index: number) => {
    const parsed = parsePathTemplate(source);
    if (parsed.kind === "error") throw new Error(`${source}: ${parsed.message}`);
    const { verb, variables } = parsed.template;
    const captures = variables.map(({ start, end }) => [start, end]);
    return { index, httpMethod, verb, variables, captures, segments: segmentTexts(parsed.template) };
  });
  const { method, path } = input.request;
  const headers = lowerCase(input.headers ?? input.request.headers ?? {});
  const request = { method, path: path.split("?")[0], pathIsDecoded: false, headers };
  const selection = generated.selectRoute(tabulate(generated.orderRoutes(routes, profile)), request, profile);
  if (selection.kind === "notFound") return { status: 404, code: 5 };
  if (selection.kind === "malformed") return { status: 400, code: 3 };
  if (selection.kind === "methodNotAllowed") return { status: 501, code: 12 };
  const { index, variables } = selection.route;
  const bindings = Object.fromEntries(
    variables.map((variable: { fieldPath: string[] }, at: number) => [
      variable.fieldPath.join("."),
      selection.captures[at],
    ]),
  );
  return { status: 200, route: index, bindings };
}

function lowerCase(headers: Record<string, string | string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
}

function checkQuery(generated: Generated, sparse: Generated, { input, expect: expected }: VectorCase): void {
  expect(input.message).toBe("transcoding.vectors.v1.AllTypes");
  const message = generated.createAllTypes();
  const bind = (): void =>
    generated.bindQuery({ query: input.query }, message, generated.setAllTypesParam, bothSpellings(input), gateway);
  if (expected.ok === false) {
    expect(bind).toThrow(generated.DecodeError);
    return;
  }
  bind();
  if (expected.memory !== undefined) {
    expect(message).toMatchObject(expected.memory);
    return;
  }
  const json = JSON.parse(sparse.encodeAllTypes(message));
  if (expected.oneOf !== undefined) expect(expected.oneOf).toContainEqual({ ok: true, json });
  else expect({ ok: true, json }).toEqual(expected);
}

// biome-ignore lint/suspicious/noExplicitAny: cases of a suite
function bothSpellings({ boundFieldPaths = [] }: any): string[] {
  return boundFieldPaths.flatMap((path: string) => [path, path.replace(/_(.)/g, (_, letter) => letter.toUpperCase())]);
}

function checkFieldMask(generated: Generated, { input, expect: expected }: VectorCase): void {
  const json = input.body === "" ? null : generated.parseJson(input.body, "ignore");
  const paths = (): string[] => generated.bodyPaths(json, generated.addResourcePaths);
  if (expected.ok === true) expect(paths()).toEqual(expected.paths);
  else if (expected.ok === false) expect(paths).toThrow(generated.DecodeError);
  else throw new Error("the reference implementation crashes here");
}

function groupByName(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) groups[name.toLowerCase()] = [...(groups[name.toLowerCase()] ?? []), value];
  return groups;
}

function checkHeaders(generated: Generated, { input, expect: expected }: VectorCase): void {
  const headers = groupByName(input.headers);
  if (input.host !== undefined) headers.host = [input.host];
  const remoteAddress = /^\[?([^\]]*)\]?:\d+$/.exec(input.remoteAddr ?? "")?.[1];
  const request = { headers, ...(remoteAddress === undefined ? {} : { remoteAddress }) };
  const all = (given: unknown): unknown => generated.matchedMetadata(given, (header: string) => header);
  const readMetadata = input.matcher === "all" ? all : generated.forwardMetadata;
  const read = (): unknown => {
    const timeoutMs = generated.parseSignedTimeout(headers["grpc-timeout"]?.[0] ?? "");
    const metadata = readMetadata(request).toJSON();
    const texts = Object.entries<(string | Buffer)[]>(metadata).map(([key, values]) => [key, values.map(String)]);
    return { ok: true, metadata: Object.fromEntries(texts), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  };
  if (expected.ok === true) expect(read()).toEqual(expected);
  else expect(read).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
}

async function checkEnvoyCase(run: RunEnvoyCase, vector: VectorCase): Promise<void> {
  const { remark: _, ...expected } = vector.expect;
  expect(await run(vector)).toEqual(expected);
}

async function checkCall(
  generated: Generated,
  sparse: Generated,
  { input, expect: expected }: VectorCase,
): Promise<void> {
  const received: Received[] = [];
  const endpoint: Endpoint = generated.router(vectorEndpoints(generated, received));
  const profile = { ...endpoint.profile, pathUnescaping: unescapingOf(generated, input.mode ?? "legacy") };
  const serve = generated.serveEndpoint({ ...endpoint, profile });
  const response = await serve(toRequest(input), { event: {}, lambda: undefined });
  const text = await collectBody(response);
  const [call] = received;
  expect(received.length).toBeLessThanOrEqual(1);
  // Upstream begins a stream before all of it is decoded.
  expect(call?.rpc).toBe(expected.rpc === "Collect" && expected.error !== undefined ? undefined : expected.rpc);
  if (expected.requests !== undefined)
    expect(call?.request.map((request: unknown) => receivedJson(sparse, { ...call, request }))).toEqual(
      expected.requests,
    );
  if (expected.request !== undefined) expect(receivedJson(sparse, call)).toEqual(expected.request);
  checkMetadata(expected, call?.context);
  checkResponse(expected, response, text);
}

// biome-ignore lint/suspicious/noExplicitAny: cases of a suite
function toRequest(input: any): HttpRequest {
  const [path = "", ...query] = input.path.split("?");
  return {
    method: input.method,
    path,
    pathIsDecoded: false,
    query: query.join("?"),
    headers: lowerCase(input.headers ?? {}),
    body: input.body ?? "",
  };
}

function receivedJson(sparse: Generated, call: Received | undefined): unknown {
  if (call === undefined) return undefined;
  const encode = sparse[`encode${call.input}`];
  return encode === undefined ? {} : JSON.parse(encode(call.request));
}

// biome-ignore lint/suspicious/noExplicitAny: cases of a suite
function checkMetadata(expected: any, context: Context | undefined): void {
  if (expected.hasDeadline !== undefined) expect(context?.deadline !== undefined).toBe(expected.hasDeadline);
  if (expected.metadata === undefined) return;
  const sent = Object.keys(context?.metadata.getMap() ?? {}).map((key) => [key, context?.metadata.get(key)]);
  expect(Object.fromEntries(sent)).toEqual(expected.metadata);
}

// biome-ignore lint/suspicious/noExplicitAny: cases of a suite
function checkResponse(expected: any, response: HttpResponse, text: string): void {
  const headers = groupByName(response.headers);
  expect({ status: response.status, text }).toMatchObject({ status: expected.status });
  if (expected.contentType !== undefined) expect(headers["content-type"]).toEqual([expected.contentType]);
  if (expected.responseHeaders !== undefined) expect(headers).toMatchObject(expected.responseHeaders);
  if (expected.responseTrailers !== undefined) throw new Error("there are no HTTP trailers behind a front door");
  if (expected.responseJson !== undefined) expect(JSON.parse(text)).toEqual(expected.responseJson);
  if (expected.responseBody !== undefined) expect(text).toBe(expected.responseBody);
  if (expected.responseLines !== undefined) expect(parseLines(text)).toEqual(expected.responseLines);
  if (expected.error !== undefined) {
    expect(JSON.parse(text)).toEqual({ code: expected.error.grpcCode, message: expect.any(String), details: [] });
  }
}

function parseLines(text: string): unknown[] {
  expect(text).toMatch(/\n$/);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}
