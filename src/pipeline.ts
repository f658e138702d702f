/**
 * From .proto files to what would be written: load -> model -> plan -> emit. Pure, apart from reading the inputs. A stage with
 * errors is the last one, so that nobody reads about consequences of a mistake; all that it found is reported.
 */
import { compareFrontDoors, type FrontDoorComparison } from "./deploy/compare-front-doors.js";
import { deployPlan } from "./deploy/targets.js";
import { compareText, type Diagnostic, diagnostic, hasErrors } from "./diagnostics.js";
import { checkNames } from "./emit/check-names.js";
import { checkAnySize } from "./emit/json/any-size.js";
import { emitFiles } from "./emit/emit-files.js";
import { type GoProject, readGoProject } from "./go/go-project.js";
import { type BuildModelRequest, buildModel } from "./model/build-model.js";
import type { ApiModel } from "./model/api-model.js";
import { readServiceConfig } from "./model/service-config/service-config.js";
import type { OutputFile, OutputTree } from "./output/output-tree.js";
import { profileOf } from "./plan/behaviour.js";
import { gatewayVersionOf } from "./plan/gateway-version.js";
import { collectRequests } from "./plan/rpcs/client-streaming.js";
import type { Plan } from "./plan/plan.js";
import { planGeneration } from "./plan/plan-generation.js";
import type { PlanOptions } from "./plan/plan-options.js";
import { type LoadRequest, loadProtos } from "./proto/load.js";

/** The inputs and options of a generation. */
export interface GenerateRequest extends Pick<BuildModelRequest, "unboundMethods" | "allowDeleteBody" | "skip"> {
  readonly load: LoadRequest;
  /** Each a google.api.Service in YAML: its text, and the name to show. */
  readonly serviceConfigs?: readonly { readonly file: string; readonly text: string }[];
  readonly plan: PlanOptions;
}

/** The stages, in their order. */
export type Stage = "load" | "model" | "plan" | "emit";

/** Gets each stage as it begins. */
export type StageListener = (stage: Stage) => void;

/** A .proto file that was read. */
export interface SourceFile {
  /** Import path. */
  readonly path: string;
  /** Relative to the working directory, or the import path of a file that the tool brings along. */
  readonly displayPath: string;
}

/** A model, or the errors that forbid one. */
export interface ModelOutcome {
  readonly sources: readonly SourceFile[];
  readonly model?: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** A model, its plan and the files of its deployment, as far as errors let it come. */
export interface PlanOutcome extends ModelOutcome {
  readonly plan?: Plan;
  readonly deployment?: readonly OutputFile[];
}

/** A model, its plan and the files, as far as errors let it come. */
export interface TreeOutcome extends PlanOutcome {
  readonly tree?: OutputTree;
}

/** Loads and models. */
export function buildProjectModel(request: GenerateRequest, listener: StageListener = () => {}): ModelOutcome {
  listener("load");
  const loaded = loadProtos(request.load);
  const configs = (request.serviceConfigs ?? []).map(({ text, file }) => readServiceConfig(text, file));
  const diagnostics = [...loaded.diagnostics, ...configs.flatMap((config) => config.diagnostics)];
  const sources = loaded.files.map(({ path, displayPath }) => ({ path, displayPath }));
  if (hasErrors(diagnostics)) return { sources, diagnostics };
  listener("model");
  const httpBodies = request.plan.transcoding.behaviour?.httpBodyRequests;
  const built = buildModel({
    files: loaded.files,
    targets: loaded.targets,
    ...(request.plan.services === undefined ? {} : { only: request.plan.services }),
    precedence: profileOf(request.plan.transcoding).precedence,
    profile: request.plan.transcoding.profile,
    ...(httpBodies === undefined ? {} : { httpBodies }),
    unboundMethods: request.unboundMethods,
    ...(request.allowDeleteBody === undefined ? {} : { allowDeleteBody: request.allowDeleteBody }),
    ...(request.skip === undefined ? {} : { skip: request.skip }),
    collectRequests: collectRequests(request.plan),
    serviceConfigs: configs.flatMap(({ config }) => config ?? []),
  });
  for (const finding of built.diagnostics) diagnostics.push(finding);
  return hasErrors(diagnostics) ? { sources, diagnostics } : { sources, model: built.model, diagnostics };
}

/** Loads, models and plans, the deployment too. */
export function planProject(request: GenerateRequest, listener: StageListener = () => {}): PlanOutcome {
  const modelled = buildProjectModel(request, listener);
  if (modelled.model === undefined) return modelled;
  listener("plan");
  const project = request.plan.go && readGoProject({ cwd: request.load.cwd, ...request.plan.go });
  const planned = planGeneration(modelled.model, withGatewayOf(project, request.plan), project);
  const deployment = deployPlan(planned.plan);
  const diagnostics = [
    ...modelled.diagnostics,
    ...planned.diagnostics,
    ...checkNames(planned.plan),
    ...deployment.diagnostics,
    ...missingModule(request.plan, project),
  ];
  if (hasErrors(diagnostics)) return { ...modelled, diagnostics };
  return { ...modelled, plan: planned.plan, deployment: deployment.files, diagnostics };
}

/** Routes follow the gateway that the module requires. */
function withGatewayOf(project: GoProject | undefined, options: PlanOptions): PlanOptions {
  const version = project?.module.requires.get("github.com/grpc-ecosystem/grpc-gateway/v2");
  if (version === undefined || options.transcoding.gateway !== undefined) return options;
  return { ...options, transcoding: { ...options.transcoding, gateway: gatewayVersionOf(version) } };
}

/** GO001 for a folder without a Go module. */
function missingModule({ go }: PlanOptions, project: GoProject | undefined): Diagnostic[] {
  if (go === undefined || project !== undefined) return [];
  return [
    diagnostic("GO001", "there is no go.mod with a module line in the folder that go.module names", {
      location: go.location,
      help: "go.module is the folder of go.mod, relative to grpc2lambda.yaml; default: the same folder",
    }),
  ];
}

/** A model and what each front door makes of it, as far as errors of the model let it come. */
export interface ComparisonOutcome extends ModelOutcome {
  readonly comparison?: FrontDoorComparison;
}

/** Loads, models, and plans once per front door. */
export function compareProject(request: GenerateRequest, listener: StageListener = () => {}): ComparisonOutcome {
  const modelled = buildProjectModel(request, listener);
  if (modelled.model === undefined) return modelled;
  listener("plan");
  return { ...modelled, comparison: compareFrontDoors(modelled.model, request.plan) };
}

/** Loads, models, plans and emits. Emitting cannot fail on anything a user can get wrong. */
export function generateTree(request: GenerateRequest, listener: StageListener = () => {}): TreeOutcome {
  const planned = planProject(request, listener);
  const { plan, deployment = [] } = planned;
  if (plan === undefined) return planned;
  listener("emit");
  const files = [...emitFiles(plan), ...deployment];
  const diagnostics = [...planned.diagnostics, ...(plan.go ? [] : checkAnySize(files, plan))];
  return { ...planned, diagnostics, tree: { files: files.sort((a, b) => compareText(a.path, b.path)) } };
}
