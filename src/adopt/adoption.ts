/** Decides what `init` writes and says: from a repository and answers to files and a report. */
import { relative, sep } from "node:path";
import { settingDefaults } from "../plan/setting-defaults.js";
import type { FoundImplementation } from "./code/find-implementations.js";
import { type Answers, configurationText } from "./files/configuration.js";
import { tsconfigName, tsconfigText } from "./files/tsconfig.js";
import { addCommand, checksFolder, toolCommand, workflowText } from "./files/workflow.js";
import type { GivenSet, Repository } from "./look.js";
import { readText } from "./read-text.js";
import { pipelineFiles } from "./pipeline/pipeline-files.js";
import type { PipelineId } from "./pipeline/pipeline-project.js";

/** A file to write; `path` is relative to the project, and above it for a workflow of a repository around it. */
export interface AdoptedFile {
  readonly path: string;
  readonly text: string | Uint8Array;
}

/** Choices of files beside the configuration. */
export interface FileChoices {
  readonly ci: "github" | "none";
  /** A pipeline that deploys. */
  readonly pipeline: PipelineId | "none";
  readonly gitattributes: boolean;
  readonly tsconfig: boolean;
}

/** Wishes of the command line that answer no question. */
export interface Wishes {
  /** A file in place of .proto files. */
  readonly descriptorSet?: string;
  /** Files whose servers are preferred to others of the same service. */
  readonly servers?: readonly string[];
  /** Services to generate, where they are not those that have an implementation. */
  readonly only?: readonly string[];
}

/** The answers that the repository itself gives. */
export function proposeAnswers(
  { protos, services, tools, implementations, files, package: own }: Repository,
  { descriptorSet, servers = [], only }: Wishes = {},
): Answers & FileChoices {
  const { handlers, template } = settingDefaults.top;
  const gateway = tools.gateway;
  const isBound = services.some(({ bound }) => bound > 0) || gateway?.serviceConfig !== undefined;
  return {
    protos: protos.protos,
    include: protos.include,
    ...(descriptorSet === undefined ? {} : { descriptorSet }),
    only: only ?? [],
    out: freeFolder(files),
    handlers,
    template: files.some((file) => /^template\.ya?ml$/.test(file)) ? "template.grpc2lambda.yaml" : template,
    frontDoor: settingDefaults.deployment.frontDoor,
    unbound: gateway?.unbound ?? (isBound ? "report" : "bind"),
    collectStreams: services.some(({ takesStreams }) => takesStreams),
    allowDeleteBody: gateway?.allowDeleteBody ?? settingDefaults.transcoding.allowDeleteBody,
    gateway: gateway?.version ?? settingDefaults.transcoding.gateway,
    ...(gateway?.serviceConfig === undefined ? {} : { serviceConfig: gateway.serviceConfig }),
    wired: wirable(implementations, services, servers),
    ci: "github",
    pipeline: "none",
    gitattributes: true,
    tsconfig: own.usesTypeScript,
  };
}

/** The folder for generated files: nothing else may live in it, and `gen` is where other generators write, too. */
function freeFolder(files: readonly string[]): string {
  const { out } = settingDefaults.top;
  const isTaken = files.some((file) => file.startsWith(`${out}/`)) && !files.includes(`${out}/manifest.json`);
  return isTaken ? `${out}-lambda` : out;
}

/** The best implementation of each service that functions can run unchanged. */
function wirable(
  implementations: readonly FoundImplementation[],
  services: Repository["services"],
  servers: readonly string[],
): FoundImplementation[] {
  const rank = (found: FoundImplementation): number =>
    (servers.includes(found.file) ? 0 : 1e6) + distance(found.file) * 1e4 + missingMethods(found, services).length;
  const wired = new Map<string, FoundImplementation>();
  for (const found of [...implementations].sort((a, b) => rank(a) - rank(b)))
    if (found.service !== undefined && !wired.has(found.service) && obstacle(found) === undefined)
      wired.set(found.service, found);
  return [...wired.values()];
}

/**
 * The answers without services that nothing implements, if others are implemented: the protos of a repository are often those of several
 * servers.
 */
export function leaveOutForeign<Given extends Answers>(
  answers: Given,
  { services, implementations }: Repository,
): Given {
  if (answers.only.length > 0 || answers.wired.length === 0) return answers;
  const known = new Set(implementations.map(({ service }) => service));
  const own = services.map(({ name }) => name).filter((name) => known.has(name));
  return own.length === services.length ? answers : { ...answers, only: own };
}

/** Distance of a file from what runs in production: own sources, then examples and doubles, then output of a compiler, which git does not have. */
function distance(file: string): number {
  if (/(?:^|\/)(?:dist|build|out|output|target)\//.test(file)) return 2;
  return /(?:^|\/)(?:examples?|samples?|demos?|__mocks__|mocks?|stubs?|fakes?|fixtures?)\//.test(file) ? 1 : 0;
}

/** The reason for which an implementation is not wired; undefined if it is. */
function obstacle({ library, service, start }: FoundImplementation): string | undefined {
  if (library === "grpc")
    return `functions do not run services of ${library} unchanged: call it from a handler per RPC`;
  if (service === undefined) return "the text does not tell which service of the protos it is";
  return start.kind === "unknown" ? start.reason : undefined;
}

/** The files for the answers, the configuration first; a descriptor set with bytes is one of them. */
export function adoptedFiles(
  repository: Repository,
  answers: Answers & FileChoices,
  set?: Pick<GivenSet, "path" | "bytes">,
): AdoptedFile[] {
  const { root, gitRoot } = repository;
  const inRepository = gitRoot === undefined ? "" : relative(gitRoot, root).split(sep).join("/");
  const up = inRepository === "" ? "" : "../".repeat(inRepository.split("/").length);
  const suffix = inRepository === "" ? "" : `-${inRepository.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
  return [
    { path: "grpc2lambda.yaml", text: configurationText(answers) },
    ...(set?.bytes === undefined ? [] : [{ path: set.path, text: set.bytes }]),
    ...(answers.ci === "github" && gitRoot !== undefined
      ? [
          {
            path: `${up}${freeWorkflow(gitRoot, suffix, inRepository)}`,
            text: workflowText(repository.package, inRepository),
          },
        ]
      : []),
    ...(answers.pipeline === "none" || gitRoot === undefined
      ? []
      : pipelineFiles(repository, answers.pipeline, answers.template)),
    ...(answers.gitattributes && gitRoot !== undefined
      ? [{ path: ".gitattributes", text: `${gitattributesLines(answers).join("\n")}\n` }]
      : []),
    ...(answers.tsconfig ? [{ path: tsconfigName, text: tsconfigText([answers.out, answers.handlers]) }] : []),
  ];
}

/** The file of the workflow: one of the name that checks another folder is somebody else's. `folder` is relative to the repository. */
function freeWorkflow(gitRoot: string, suffix: string, folder: string): string {
  const path = `.github/workflows/grpc2lambda${suffix}`;
  const text = readText(gitRoot, `${path}.yml`);
  return text === undefined || checksFolder(text, folder) ? `${path}.yml` : `${path}-check.yml`;
}

/** Lines by which code hosts fold generated files in reviews, and git keeps their line ends. */
export function gitattributesLines({ out, template }: Pick<Answers, "out" | "template">): string[] {
  return [`${out}/** linguist-generated text eol=lf`, `${template} linguist-generated text eol=lf`];
}

/** Facts about the repository, a line each. */
export function describeFound(repository: Repository, answers: Answers): string[] {
  const { package: own, protos, services, tools } = repository;
  const { gateway, ...deployments } = tools;
  const wired = new Set(answers.wired);
  return [
    `protos: ${protos.protos.join(", ") || "none"} (${protos.source}), ${count(services.length, "service")}, ${count(total(services), "RPC")}`,
    `package: ${own.type === undefined ? "no package.json" : `${own.manager}, ${own.type}`}${own.libraries.length === 0 ? "" : `, ${own.libraries.join(", ")}`}`,
    ...Object.entries(deployments).map(([tool, file]) => `${toolNames[tool] ?? tool}: ${file}`),
    ...(gateway === undefined ? [] : [`grpc-gateway: ${gateway.file ?? "go.mod"}`]),
    ...repository.implementations
      .filter((found) => wired.has(found))
      .map(({ file, line, service, form }) => `${service}: ${file}:${line}, ${form}`),
  ];
}

const toolNames: Readonly<Record<string, string>> = {
  sam: "AWS SAM",
  cdk: "AWS CDK",
  terraform: "Terraform",
  serverless: "Serverless Framework",
};

/** Doubts that the text of the repository leaves, a line each. */
export function describeUnproven(
  repository: Repository,
  { wired, unbound, protos, descriptorSet, only }: Answers,
): string[] {
  const { services, implementations, errors, protos: layout } = repository;
  const others = only.length === 0 ? [] : services.map(({ name }) => name).filter((name) => !only.includes(name));
  const isWired = new Set(wired.map(({ service }) => service));
  return [
    ...(repository.isComplete ? [] : ["the repository has more than 20,000 files: not all were looked at"]),
    ...(protos.length === 0 && descriptorSet === undefined
      ? [`there are no .proto files${elsewhere(repository)}: name them, or read a running server with --reflect`]
      : []),
    ...errors.slice(0, 3).map(({ message, location }) => `${location?.file ?? "protos"}: ${message}`),
    ...(errors.length > 3 ? [`${errors.length - 3} more errors of the protos: grpc2lambda inspect shows them`] : []),
    ...(errors.length > 0 && layout.dependencies.length > 0
      ? [
          `buf.yaml depends on ${layout.dependencies.join(", ")}: \`buf export . -o proto-deps\` brings them, then add --include proto-deps`,
        ]
      : []),
    ...(unbound === "bind" && services.every(({ bound }) => bound === 0) && services.length > 0
      ? ["no RPC has a google.api.http rule: each becomes POST /package.Service/Method (unbound: bind)"]
      : []),
    ...implementations.flatMap((found) => {
      const reason =
        obstacle(found) ??
        (wired.includes(found) ? undefined : `another implementation is used; --server ${found.file} uses this one`);
      return reason === undefined ? [] : [`${found.file}:${found.line} (${found.service ?? found.library}): ${reason}`];
    }),
    ...wired.flatMap((found) => unprovenOf(found, services)),
    ...(others.length === 0 ? [] : [`no implementation was found of ${listSome(others)}: left out (only)`]),
    ...services
      .filter(({ name }) => !others.includes(name))
      .filter(({ name }) => !isWired.has(name) && implementations.every(({ service }) => service !== name))
      .map(({ name }) => `${name}: no implementation was found, handlers will be scaffolded`),
  ];
}

function elsewhere({ protosElsewhere }: Repository): string {
  return protosElsewhere.length === 0 ? "" : ` here; the repository has some in ${listSome(protosElsewhere)}`;
}

/** `a, b, c and 5 more`. */
function listSome(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** Methods of the protos that an implementation lacks, as far as the text tells. */
function missingMethods({ service, methods }: FoundImplementation, services: Repository["services"]): string[] {
  const declared = services.find(({ name }) => name === service)?.methods ?? [];
  const known = new Set(methods?.map((name) => name.toLowerCase()));
  return methods === undefined ? [] : declared.filter((name) => !known.has(name.toLowerCase()));
}

/** Doubts about an implementation that is used. */
function unprovenOf(found: FoundImplementation, services: Repository["services"]): string[] {
  const { file, line, service, style } = found;
  const missing = missingMethods(found, services);
  return [
    ...(style.kind === "unknown"
      ? [`${file}:${line}: ${style.reason}; if messages differ from the defaults, the first start says what to set`]
      : []),
    ...(missing.length === 0
      ? []
      : [`${file}:${line}: ${service} has no method ${missing.join(", ")}: UNIMPLEMENTED, as today`]),
  ];
}

/** The commands to run next, in order. */
export function nextCommands({ package: own, root, files }: Repository, hasTsconfig: boolean): string[] {
  const { manager } = own;
  const packages = ["grpc2lambda", ...(hasTsconfig ? ["typescript", "@types/node"] : [])];
  return [
    ...(files.includes("package.json") || root === "" ? [] : ["npm init --yes"]),
    addCommand(manager, packages),
    toolCommand(manager, "generate"),
    toolCommand(manager, "dev"),
  ];
}

function total(services: Repository["services"]): number {
  return services.reduce((sum, { methods }) => sum + methods.length, 0);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
