/** `functions.json`: what was built, for any tool that deploys. */
import { createHash } from "node:crypto";
import type { EnvironmentVariable, FunctionPlan, Plan, TemplateValue } from "../plan/plan.js";
import { entryPoint } from "../emit/entry-point.js";
import { limitsOf } from "../plan/functions/function-limits.js";
import { plainBundle } from "../plan/functions/plan-bundle.js";
import { functionsWithRpcs } from "../plan/functions/every-function.js";

/** The name of the file, in the folder of the zips. */
export const functionsFileName = "functions.json";

/** A document that is versioned for its readers; paths are relative to the folder of the file unless said otherwise. */
export interface FunctionsDocument {
  readonly version: 1;
  readonly apiName: string;
  /** Generated files that the zips were made of, relative to the project: the zips of another output need a folder of their own. */
  readonly out: string;
  readonly frontDoor: string;
  readonly runtime: string;
  readonly architecture: string;
  readonly functions: readonly FunctionRecord[];
  /** Templates beside the zips, the one to deploy first; absent where the generated one is deployed. */
  readonly templates?: readonly string[];
}

/** A function as it was built. */
export interface FunctionRecord {
  readonly id: string;
  /** Full names: `acme.library.v1.LibraryService.GetShelf`. Empty for the function that answers requests without an RPC. */
  readonly rpcs: readonly string[];
  /** Entry module, relative to the project. */
  readonly entry: string;
  readonly handler: string;
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
  /** Whether its responses are streamed. */
  readonly streams: boolean;
  /** Texts as in the configuration, and parameters of the template as `{ ref }`. */
  readonly environment: Readonly<Record<string, string | { readonly ref: string }>>;
  readonly zip: string;
  readonly zipBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** The same in base64, as Lambda's CodeSha256 and Terraform's source_code_hash have it. */
  readonly codeSha256: string;
  /** Bytes of the module. */
  readonly codeBytes: number;
  readonly sourceMap?: string;
}

/** A function of the plan, whether it has RPCs or not. */
export type PlannedFunction = Pick<FunctionPlan, "id" | "streams" | "methods" | "environment" | "bundle" | "limits">;

/** Every function that the template deploys, in its order. */
export function plannedFunctions(plan: Plan): PlannedFunction[] {
  const { withoutRpcs } = plan.unrouted;
  const nothing = { streams: false, methods: [], environment: [], bundle: plainBundle };
  return [
    ...functionsWithRpcs(plan),
    ...(withoutRpcs === undefined ? [] : [{ ...withoutRpcs, ...nothing }]),
    ...[...plan.ownFunctions, ...plan.authorizers].map((fn) => ({ ...nothing, ...fn })),
  ];
}

/** The files of a function. */
export interface FunctionFiles {
  readonly fileName: string;
  readonly codeBytes: number;
  readonly zip: string;
  readonly zipContent: Uint8Array;
  readonly sourceMap?: string;
}

/** The record of a function. */
export function functionRecord(fn: PlannedFunction, files: FunctionFiles, plan: Plan): FunctionRecord {
  const { deployment } = plan;
  const { memorySize, timeout } = limitsOf(fn, deployment);
  const hash = createHash("sha256").update(files.zipContent).digest();
  return {
    id: fn.id,
    rpcs: fn.methods.map(({ service, method }) => `${service.fullName}.${method.name}`),
    entry: entryPoint(plan, fn.id).file,
    handler: `${files.fileName.replace(/\.[cm]js$/, "")}.handler`,
    memorySize,
    timeout,
    streams: fn.streams,
    environment: describeEnvironment([...deployment.environment, ...fn.environment], plan),
    zip: files.zip,
    zipBytes: files.zipContent.length,
    sha256: hash.toString("hex"),
    codeSha256: hash.toString("base64"),
    codeBytes: files.codeBytes,
    ...(files.sourceMap === undefined ? {} : { sourceMap: files.sourceMap }),
  };
}

/** Variables in the order of their names' first use; of two with one name the last counts, as in the template. */
function describeEnvironment(
  environment: readonly EnvironmentVariable[],
  { deployment }: Plan,
): FunctionRecord["environment"] {
  const bucket: EnvironmentVariable[] =
    deployment.largePayloads === undefined
      ? []
      : [{ name: "GRPC2LAMBDA_PAYLOAD_BUCKET", value: { kind: "parameter", name: "PayloadBucketName" } }];
  const stage: EnvironmentVariable = { name: "STAGE", value: { kind: "parameter", name: "Stage" } };
  return Object.fromEntries([...environment, ...bucket, stage].map(({ name, value }) => [name, describeValue(value)]));
}

function describeValue(value: TemplateValue): string | { readonly ref: string } {
  return value.kind === "parameter" ? { ref: value.name } : value.text;
}

/** The document as text. The same build gives the same bytes. */
export function functionsText(
  plan: Plan,
  functions: readonly FunctionRecord[],
  templates: readonly string[] = [],
): string {
  const { apiName, frontDoor, runtime, architecture } = plan.deployment;
  const document: FunctionsDocument = {
    version: 1,
    apiName,
    out: plan.layout.outDir,
    frontDoor,
    runtime,
    architecture,
    functions,
    ...(templates.length === 0 ? {} : { templates }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
