/** What the generator makes of one mutated input: accepted, refused with findings, or a fault of its own. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type TransformFailure, transformSync } from "esbuild";
import { readSettings } from "../../src/cli/config/settings.js";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { type Diagnostic, hasErrors } from "../../src/diagnostics.js";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { compareOutput } from "../../src/output/compare.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import { type GenerateRequest, generateTree } from "../../src/pipeline.js";
import { buildImage, withFiles } from "../support/buf.js";
import { planOptions } from "../support/plan-options.js";
import type { Random } from "../support/random-message.js";
import { seededRandom } from "../support/random-message.js";
import { mutateSet } from "./mutate-set.js";
import { mutateTokens } from "./mutate-tokens.js";
import { configSeed, protoSeed, serviceConfigSeed } from "./seeds.js";

/** What is mutated. */
export const inputKinds = ["text", "set", "config", "service", "manifest"] as const;

export type InputKind = (typeof inputKinds)[number];

/** One input: everything about it follows from these. */
export interface FuzzInput {
  readonly kind: InputKind;
  readonly seed: number;
}

/** What became of an input. `files` are what would be written. */
export type Verdict =
  | { readonly kind: "accepted"; readonly files: readonly OutputFile[] }
  | { readonly kind: "refused" }
  | { readonly kind: "fault"; readonly fault: string };

/** Judges inputs in a folder of its own. */
export interface Judge {
  judge(input: FuzzInput): Promise<Verdict>;
  remove(): void;
}

/** The seeds have an RPC that streams its requests. */
const collect = { clientStreaming: "collect" } as const;

const styles: readonly MessageStyle[] = [idiomaticStyle, protoLoaderDefaults, tsProtoStyle, protobufEsStyle];

/** Prepares the folder: seeds, and an output whose manifest is mutated. */
export async function createJudge(): Promise<Judge> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "fuzz-inputs-")));
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const putSeeds = (folder: string): void => {
    for (const [path, text] of Object.entries(protoSeed)) put(`${folder}/${path}`, text);
  };
  for (const folder of ["text", "config", "service", "manifest"]) putSeeds(folder);
  const image = buildWithBundled();
  put("manifest/grpc2lambda.yaml", "protos: [.]\ntranscoding: { clientStreaming: collect }\n");
  execFileSync(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], {
    cwd: join(root, "manifest"),
    stdio: "pipe",
  });
  const manifest = readFileSync(join(root, "manifest/gen/manifest.json"), "utf8");
  const { output } = await prepareOutput([], {}, join(root, "manifest"), () => {});
  if (output === undefined) throw new Error("the seeds do not generate");

  const readers: Readonly<Record<InputKind, (random: Random) => Promise<Verdict> | Verdict>> = {
    text: (random) => {
      const [path = "", text = ""] = pick(Object.entries(protoSeed), random) ?? [];
      const [, other = ""] = pick(Object.entries(protoSeed), random) ?? [];
      putSeeds("text");
      put(`text/${path}`, mutateTokens(text, other, random));
      return verdictOn(requestFor({ cwd: join(root, "text"), protos: ["."], includePaths: ["."] }, random));
    },
    set: (random) => {
      put("set/image.binpb", mutateSet(image, random));
      const load = { cwd: join(root, "set"), protos: [], includePaths: [], descriptorSet: "image.binpb" };
      return verdictOn(requestFor(load, random));
    },
    config: async (random) => {
      put("config/grpc2lambda.yaml", mutateTokens(configSeed, serviceConfigSeed, random));
      const { settings, diagnostics } = await readSettings([], {}, join(root, "config"));
      return settings === undefined ? refused(diagnostics) : verdictOn(settings.request);
    },
    service: (random) => {
      const text = mutateTokens(serviceConfigSeed, configSeed, random);
      const load = { cwd: join(root, "service"), protos: ["."], includePaths: ["."] };
      return verdictOn({ ...requestFor(load, random), serviceConfigs: [{ file: "service.yaml", text }] });
    },
    manifest: (random) => {
      put("manifest/gen/manifest.json", mutateTokens(manifest, configSeed, random));
      const { diagnostics } = compareOutput(output);
      return hasErrors(diagnostics) ? refused(diagnostics) : { kind: "accepted", files: [] };
    },
  };
  return {
    judge: async ({ kind, seed }) => {
      try {
        return await readers[kind](seededRandom(seed));
      } catch (error) {
        return { kind: "fault", fault: `exit 3: ${error instanceof Error ? error.stack : error}` };
      }
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

function buildWithBundled(): Uint8Array {
  const bundled = ["google/api/annotations.proto", "google/api/http.proto"];
  const texts = bundled.map((path) => [path, readFileSync(join("src/proto/include", path), "utf8")]);
  return withFiles({ ...protoSeed, ...Object.fromEntries(texts) }, (folder) => buildImage(folder));
}

function requestFor(load: GenerateRequest["load"], random: Random): GenerateRequest {
  const defaults = planOptions();
  const isUnusual = random() < 0.3;
  const plan = planOptions({
    messages: pick(styles, random) ?? idiomaticStyle,
    transcoding: {
      ...defaults.transcoding,
      binary: isUnusual,
      formBodies: isUnusual,
      emitDefaults: !isUnusual,
      ...collect,
    },
    deployment: { ...defaults.deployment, auth: "none" },
  });
  return { load, plan, unboundMethods: random() < 0.3 ? "bind" : "report", allowDeleteBody: isUnusual };
}

function verdictOn(request: GenerateRequest): Verdict {
  const { tree, diagnostics } = generateTree(request);
  if (tree === undefined) return refused(diagnostics);
  const fault = tree.files.map(syntaxFault).find((found) => found !== undefined);
  return fault === undefined ? { kind: "accepted", files: tree.files } : { kind: "fault", fault };
}

/** Findings that stop a run are errors, and can be shown. */
export function refused(diagnostics: readonly Diagnostic[]): Verdict {
  if (!hasErrors(diagnostics)) return { kind: "fault", fault: "stopped without an error" };
  formatDiagnostics(diagnostics);
  return { kind: "refused" };
}

/** Sources that were looked at, as their text: most inputs change few files. */
const known = new Set<string>();

/** What keeps a file from being read; names that are declared or exported twice are among it. */
export function syntaxFault({ path, content }: OutputFile): string | undefined {
  if (!path.endsWith(".ts") || path.startsWith("gen/runtime/") || known.has(content)) return undefined;
  if (known.size > 20_000) known.clear();
  known.add(content);
  try {
    transformSync(content, { loader: "ts", logLevel: "silent" });
    return undefined;
  } catch (error) {
    const [first] = (error as TransformFailure).errors;
    return `${path} is no TypeScript: ${first?.text}\n  ${first?.location?.lineText.slice(0, 300)}`;
  }
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}
