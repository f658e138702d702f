/** The findings of `init` in words: what was found, what the text does not tell, and what to run next. */
import { missingRequirements } from "../plan/go/requirements.js";
import type { FoundImplementation } from "./code/find-implementations.js";
import type { Answers } from "./files/configuration.js";
import { addCommand, toolCommand } from "./files/workflow.js";
import type { Repository } from "./look.js";
import { missingMethods, obstacle } from "./proposal.js";
import type { GoService } from "./repository/go-server.js";

/** Facts about the repository, a line each. */
export function describeFound(repository: Repository, answers: Answers): string[] {
  const { package: own, protos, services, tools, go } = repository;
  const { gateway, ...deployments } = tools;
  const wired = new Set(answers.wired);
  return [
    `protos: ${protos.protos.join(", ") || "none"} (${protos.source}), ${count(services.length, "service")}, ${count(total(services), "RPC")}`,
    go === undefined ? describePackage(own) : `Go: module ${go.module.path}`,
    ...Object.entries(deployments).map(([tool, file]) => `${toolNames[tool] ?? tool}: ${file}`),
    ...(gateway === undefined ? [] : [`grpc-gateway: ${gateway.file ?? "go.mod"}`]),
    ...repository.implementations
      .filter((found) => wired.has(found))
      .map(({ file, line, service, form }) => `${service}: ${file}:${line}, ${form}`),
    ...goServices(repository, answers).flatMap(({ name, registered }) =>
      registered?.expression === undefined ? [] : [`${name}: ${placeOf(registered)}, ${registered.text}`],
    ),
  ];
}

function describePackage({ type, manager, libraries }: Repository["package"]): string {
  const kind = type === undefined ? "no package.json" : `${manager}, ${type}`;
  return `package: ${kind}${libraries.length === 0 ? "" : `, ${libraries.join(", ")}`}`;
}

/** The services in Go to generate for. */
function goServices({ go }: Repository, { only }: Pick<Answers, "only">): readonly GoService[] {
  return (go?.services ?? []).filter(({ name }) => only.length === 0 || only.includes(name));
}

function placeOf({ location }: NonNullable<GoService["registered"]>): string {
  return `${location.file}:${location.line}`;
}

/** Doubts about servers in Go: an implementation that another package cannot make is an error of `generate`. */
function unprovenInGo(repository: Repository, answers: Pick<Answers, "only">): string[] {
  return goServices(repository, answers).flatMap(({ name, registered }) => {
    if (registered === undefined || registered.expression !== undefined) return [];
    return [
      `${placeOf(registered)}: ${name} is registered with ${registered.text}, which only its own package can make: name a function that makes it as services.${name}.implementation`,
    ];
  });
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
  const inGo = repository.go?.services.flatMap(({ name, registered }) => (registered === undefined ? [] : [name]));
  const isWired = new Set([...wired.map(({ service }) => service), ...(inGo ?? [])]);
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
    ...unprovenInGo(repository, { only }),
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
export function nextCommands({ package: own, root, files, go }: Repository, hasTsconfig: boolean): string[] {
  const { manager } = own;
  const packages = ["grpc2lambda", ...(hasTsconfig ? ["typescript", "@types/node"] : [])];
  return [
    ...(files.includes("package.json") || root === "" ? [] : ["npm init --yes"]),
    addCommand(manager, packages),
    ...(go === undefined ? [] : missingRequirements(go.module).map(({ command }) => command)),
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
