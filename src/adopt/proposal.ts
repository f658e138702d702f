/** The answers that a repository itself gives to the questions of `init`. */
import { defaultPlaces } from "../plan/go/default-places.js";
import { settingDefaults } from "../plan/setting-defaults.js";
import type { FoundImplementation } from "./code/find-implementations.js";
import type { Answers } from "./files/configuration.js";
import type { Repository } from "./look.js";
import { ownServices } from "./repository/go-server.js";
import type { PipelineId } from "./pipeline/pipeline-project.js";

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
  { protos, services, tools, implementations, files, package: own, go }: Repository,
  { descriptorSet, servers = [], only }: Wishes = {},
): Answers & FileChoices {
  const { template } = settingDefaults.top;
  const language = go === undefined ? "typescript" : "go";
  const places = defaultPlaces[language];
  const gateway = tools.gateway;
  const isBound = services.some(({ bound }) => bound > 0) || gateway?.serviceConfig !== undefined;
  return {
    protos: protos.protos,
    include: protos.include,
    ...(descriptorSet === undefined ? {} : { descriptorSet }),
    language,
    only: only ?? [],
    out: go === undefined ? freeFolder(files) : places.outDir,
    handlers: places.handlersDir,
    template: files.some((file) => /^template\.ya?ml$/.test(file)) ? "template.grpc2lambda.yaml" : template,
    frontDoor: settingDefaults.deployment.frontDoor,
    unbound: gateway?.unbound ?? (isBound ? "report" : "bind"),
    collectStreams: go === undefined && services.some(({ takesStreams }) => takesStreams),
    allowDeleteBody: gateway?.allowDeleteBody ?? settingDefaults.transcoding.allowDeleteBody,
    // In Go the gateway is the project's own.
    gateway: (go === undefined ? gateway?.version : undefined) ?? settingDefaults.transcoding.gateway,
    ...(gateway?.serviceConfig === undefined ? {} : { serviceConfig: gateway.serviceConfig }),
    wired: wirable(implementations, services, servers),
    ci: "github",
    pipeline: "none",
    gitattributes: true,
    tsconfig: own.usesTypeScript && go === undefined,
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
  { services, implementations, go }: Repository,
): Given {
  if (answers.only.length > 0 || (answers.wired.length === 0 && go === undefined)) return answers;
  const known = new Set(go === undefined ? implementations.map(({ service }) => service) : ownServices(go));
  const own = services.map(({ name }) => name).filter((name) => known.has(name));
  return own.length === services.length ? answers : { ...answers, only: own };
}

/** Distance of a file from what runs in production: own sources, then examples and doubles, then output of a compiler, which git does not have. */
function distance(file: string): number {
  if (/(?:^|\/)(?:dist|build|out|output|target)\//.test(file)) return 2;
  return /(?:^|\/)(?:examples?|samples?|demos?|__mocks__|mocks?|stubs?|fakes?|fixtures?)\//.test(file) ? 1 : 0;
}

/** The reason for which an implementation is not wired; undefined if it is. */
export function obstacle({ library, service, start }: FoundImplementation): string | undefined {
  if (library === "grpc")
    return `functions do not run services of ${library} unchanged: call it from a handler per RPC`;
  if (service === undefined) return "the text does not tell which service of the protos it is";
  return start.kind === "unknown" ? start.reason : undefined;
}

/** Methods of the protos that an implementation lacks, as far as the text tells. */
export function missingMethods({ service, methods }: FoundImplementation, services: Repository["services"]): string[] {
  const declared = services.find(({ name }) => name === service)?.methods ?? [];
  const known = new Set(methods?.map((name) => name.toLowerCase()));
  return methods === undefined ? [] : declared.filter((name) => !known.has(name.toLowerCase()));
}
