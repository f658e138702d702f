/** Services that handlers call. */
import type { ModuleExport } from "./method-plan.js";
import type { DeploymentPlan, EnvironmentVariable, Policy, TemplateValue } from "./deployment-plan.js";

/** `http`: requests go through as they are, to a gateway. */
export type DependencyProtocol = "grpc" | "http";

/** A service that handlers call. */
export interface DependencyPlan {
  /** Kebab case: `stock-service`. */
  readonly name: string;
  /** Host and port. */
  readonly address: TemplateValue;
  readonly tls: boolean;
  /** The protocol of proxied RPCs. */
  readonly protocol: DependencyProtocol;
  /** Options of TLS for proxied RPCs, an object or a function that gives it. Absent: Node's own. */
  readonly tlsOptions?: ModuleExport;
  /** ARN of a secret in Secrets Manager that handlers read. Absent: they need none. */
  readonly secret?: TemplateValue;
}

/** The beginning of a dependency's variables: `STOCK_SERVICE`. */
export function variablePrefix({ name }: Pick<DependencyPlan, "name">): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** Variables and permissions of every function, with those that the services need. A variable of the configuration itself goes before. */
export function withDependencies(
  { environment, policies }: Pick<DeploymentPlan, "environment" | "policies">,
  dependencies: readonly DependencyPlan[],
): Pick<DeploymentPlan, "environment" | "policies"> {
  const taken = new Set(environment.map(({ name }) => name));
  const variables = dependencies.flatMap(variablesOf).filter(({ name }) => !taken.has(name));
  return { environment: [...variables, ...environment], policies: [...dependencies.flatMap(policiesOf), ...policies] };
}

/** The variable that has a dependency's address: `STOCK_SERVICE_ADDRESS`. */
export function addressVariable(dependency: Pick<DependencyPlan, "name">): string {
  return `${variablePrefix(dependency)}_ADDRESS`;
}

function variablesOf(dependency: DependencyPlan): EnvironmentVariable[] {
  const prefix = variablePrefix(dependency);
  const { address, secret } = dependency;
  return [
    { name: addressVariable(dependency), value: address },
    ...(secret === undefined ? [] : [{ name: `${prefix}_SECRET_ARN`, value: secret }]),
  ];
}

function policiesOf({ secret }: DependencyPlan): Policy[] {
  if (secret === undefined) return [];
  return [{ kind: "statement", actions: ["secretsmanager:GetSecretValue"], resources: [secret] }];
}

/** Ports to which functions in a VPC are let out, by TCP. */
export interface EgressPort {
  readonly from: number;
  readonly to: number;
  readonly description: string;
}

/** HTTPS, for AWS itself, and the port of each service: every port, where the address is said when deploying. */
export function egressPorts(dependencies: readonly DependencyPlan[]): EgressPort[] {
  const https = { from: 443, to: 443, description: "HTTPS" };
  return [https, ...dependencies.map(portsOf)].filter(isFirst);
}

function portsOf({ name, address }: DependencyPlan): EgressPort {
  const port = address.kind === "text" ? Number(/:(\d{1,5})$/.exec(address.text)?.[1]) : Number.NaN;
  return { from: port || 0, to: port || 65_535, description: name };
}

/** EC2 refuses a second rule for the same ports. */
function isFirst({ from, to }: EgressPort, at: number, all: readonly EgressPort[]): boolean {
  return all.findIndex((other) => other.from === from && other.to === to) === at;
}
