/** The vectors' proto generated, bundled and loaded, with an echo implementation behind every RPC. */
import { readFileSync } from "node:fs";
import { emitBinaryCodec } from "../../src/emit/binary/binary-codec.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitHttpBindings } from "../../src/emit/http/http-bindings.js";
import { runtimePaths } from "../../src/emit/objects/runtime-paths.js";
import { emitJsonCodec } from "../../src/emit/json/json-codec.js";
import { emitMessageTypes } from "../../src/emit/objects/message-types.js";
import { emitParams } from "../../src/emit/http/params.js";
import { emitPatchMasks } from "../../src/emit/http/patch-mask.js";
import { emitProfile } from "../../src/emit/http/profile.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { Plan, TranscodingOptions } from "../../src/plan/plan.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";

/** One suite of `fixtures/vectors/transcoding.json`; a suite's name can occur several times. */
export interface Suite {
  readonly suite: string;
  readonly cases: readonly VectorCase[];
}

/** A case; what `input` and `expect` hold depends on the suite. */
export interface VectorCase {
  readonly id: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the suites' fields differ, a wrong one fails the case
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expect: any;
  readonly upstreamBug?: string;
}

export const vectorsProto = readFileSync("fixtures/vectors/transcoding.proto", "utf8");

/** All suites of a name as one. */
export function readSuite(name: string): readonly VectorCase[] {
  const suites = JSON.parse(readFileSync("fixtures/vectors/transcoding.json", "utf8")) as readonly Suite[];
  return suites.filter(({ suite }) => suite === name).flatMap(({ cases }) => cases);
}

/** The plan of the vectors' proto with the unbound RPC bound, and with its client stream. */
export function planVectors(transcoding: Partial<TranscodingOptions> = {}): Plan {
  const settings = { clientStreaming: "collect", ...transcoding } as const;
  return planFromProto({ "transcoding.proto": vectorsProto }, { transcoding: settings, unboundMethods: "bind" });
}

/** Every emitted module that bindings need, and the runtime's modules under one name. */
export function emitVectors(plan: Plan, modules: readonly string[] = vectorsModules): OutputFile[] {
  const scope = indexEmission(plan);
  return [
    ...emitMessageTypes(scope),
    ...emitJsonCodec(scope),
    ...emitBinaryCodec(scope),
    ...emitParams(scope),
    ...emitPatchMasks(scope),
    ...emitHttpBindings(scope),
    ...emitProfile(plan),
    { path: "gen/all.ts", content: runtimeModules + exportModules(modules), ownership: "generated" },
  ];
}

const vectorsModules = ["transcoding.http", "transcoding.json", "transcoding.params", "transcoding.mask"];

function exportModules(modules: readonly string[]): string {
  return modules.map((name) => `export * from "./${name}.js";\n`).join("");
}

const runtimeNames = [
  "client-stream",
  "endpoint",
  "grpc-js",
  "grpc-js-stream",
  "http-api",
  "metadata",
  "query",
  "request-metadata",
  "matched-metadata",
  "forward-metadata",
  "signed-timeout",
  "rpc",
  "server-stream",
  "status",
  "unary",
  "deadline",
  "select-route",
  "route-tree",
  "profile",
  "path-unescaping",
  "patch-mask",
  "parse-json",
  "decode-error",
] as const;
const runtimeModules = runtimeNames.map((name) => `export * from "./runtime/${runtimePaths[name]}.js";\n`).join("");

/** What `gen/all.ts` exports. */
// biome-ignore lint/suspicious/noExplicitAny: emitted code is looked up by name
export type Generated = Readonly<Record<string, any>>;

/** Generates, bundles and imports; `modules` are those of the plan to export. */
export async function loadVectors(plan: Plan, modules?: readonly string[]): Promise<Generated> {
  const [all] = await loadEmitted(emitVectors(plan, modules), ["gen/all"]);
  if (all === undefined) throw new Error("nothing was loaded");
  return all as Generated;
}
