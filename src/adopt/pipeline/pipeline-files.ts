/** The files of a pipeline: what deploys, and the roles with which it does. */
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { apiNameOf } from "../../plan/api-name.js";
import { defaultTarget, defaultTemplates, type TargetId, targetIds } from "../../plan/deployment-target-id.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import { installCommand, prepareCommands } from "../files/workflow.js";
import type { Repository } from "../look.js";
import { readYaml } from "../read-text.js";
import { buildspec } from "./buildspec.js";
import { deployWorkflow } from "./github-workflow.js";
import type { PipelineId, PipelineProject } from "./pipeline-project.js";
import { releaseScript, releaseScriptPath } from "./release-script.js";

/** A file of a pipeline; `path` is relative to the project, and above it for a workflow of a repository around it. */
interface PipelineFile {
  readonly path: string;
  readonly text: string;
}

/** The files for a pipeline; `template` is the path of a template that is not configured yet. */
export function pipelineFiles(repository: Repository, pipeline: PipelineId, template: string): PipelineFile[] {
  const project = projectOf(repository, template);
  const up = project.folder === "" ? "" : "../".repeat(project.folder.split("/").length);
  const suffix = project.folder === "" ? "" : `-${project.folder.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
  const common = [
    { path: releaseScriptPath, text: releaseScript(project) },
    { path: "deploy/roles.yaml", text: templateText("roles", project) },
    ...(project.target === "terraform" ? [{ path: backendPath(project), text: backend }] : []),
  ];
  switch (pipeline) {
    case "github":
      return [
        { path: `${up}.github/workflows/deploy${suffix}.yml`, text: deployWorkflow(project) },
        ...common,
        { path: "deploy/github-role.yaml", text: templateText("github-role", project) },
      ];
    case "codepipeline":
      return [
        { path: "deploy/buildspec.yml", text: buildspec(project) },
        ...common,
        { path: "deploy/pipeline.yaml", text: templateText("pipeline", project) },
      ];
    default:
      return pipeline satisfies never;
  }
}

const backend = `# The state is in the bucket of the pipeline; deploy/release.sh says which. Made by \`grpc2lambda init\`, yours to change.
terraform {
  backend "s3" {
    use_lockfile = true
  }
}
`;

function backendPath({ template }: PipelineProject): string {
  return `${template.slice(0, template.lastIndexOf("/") + 1)}backend.tf`;
}

/** The settings of a configuration that is there; what it leaves out is as `generate` decides it. */
function projectOf({ root, gitRoot, package: own, services }: Repository, template: string): PipelineProject {
  const configuration = readYaml(root, "grpc2lambda.yaml");
  const deployment = memberOf(configuration, "deployment");
  const target = targetIds.find((id) => id === memberOf(deployment, "target")) ?? defaultTarget;
  const apiName = memberOf(deployment, "apiName");
  const isNamed = typeof apiName === "string" && /^[a-z][a-z0-9-]{0,39}$/.test(apiName);
  const folder = gitRoot === undefined ? "" : relative(gitRoot, root).split(sep).join("/");
  return {
    manager: own.manager,
    prepare: prepareCommands(own),
    install: installCommand(own),
    target,
    apiName: isNamed ? apiName : apiNameOf(services.map(({ name }) => name)),
    template: hasBuiltTemplate(target, memberOf(deployment, "release"))
      ? `${textOr(memberOf(configuration, "zips"), settingDefaults.top.zips)}/released.yaml`
      : templateOf(memberOf(configuration, "template"), target, configuration === undefined ? template : undefined),
    folder,
  };
}

/** `build` writes the template to deploy where it names versions by their code. */
function hasBuiltTemplate(target: TargetId, release: unknown): boolean {
  return target === "cloudformation" && release !== undefined && release !== false;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function templateOf(configured: unknown, target: TargetId, proposed: string | undefined): string {
  if (typeof configured === "string") return configured;
  return target === "terraform" ? defaultTemplates.terraform : (proposed ?? defaultTemplates[target]);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function templateText(name: string, { apiName }: PipelineProject): string {
  const text = readFileSync(new URL(`../../../templates/pipeline/${name}.yaml`, import.meta.url), "utf8");
  return text.replaceAll("__API_NAME__", apiName);
}
