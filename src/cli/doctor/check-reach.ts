/** Services that handlers call, tried from this machine. */
import type { DependencyPlan } from "../../plan/plan.js";
import { dependencyAddresses } from "../../reach/dependency-addresses.js";
import { type Reach, reachDependencies } from "../../reach/reach-dependencies.js";
import { printable } from "../report/printable.js";
import type { Terminal } from "../terminal.js";
import type { HealthCheck } from "./health-check.js";

/** Tries each service, at most five seconds; one whose address is said when deploying is tried at its variable. */
export async function checkReach(
  dependencies: readonly DependencyPlan[],
  env: Terminal["env"],
): Promise<HealthCheck[]> {
  const { known, unknown } = dependencyAddresses(dependencies, env);
  const outcomes = await reachDependencies(known);
  return [
    ...outcomes.map(checkOf),
    ...unknown.map(({ name, variable }): HealthCheck => {
      const text = "not tried, its address is said when deploying";
      return { area: "services", name, state: "note", text, help: `${variable}=host:port grpc2lambda doctor --reach` };
    }),
  ];
}

function checkOf(reach: Reach): HealthCheck {
  const { name, ms } = reach;
  const address = printable(reach.address);
  if (reach.kind === "reached")
    return { area: "services", name, state: "ok", text: `${address}, ${health(reach.health)}, ${ms} ms` };
  return {
    area: "services",
    name,
    state: "warning",
    text: `${address}, ${titles[reach.step]}: ${printable(reach.reason)}`,
    help: advice[reach.step],
  };
}

type Failed = Extract<Reach, { readonly kind: "failed" }>;
type Reached = Extract<Reach, { readonly kind: "reached" }>;

const titles: Readonly<Record<Failed["step"], string>> = {
  address: "address",
  dns: "name",
  tcp: "connection",
  tls: "TLS",
  health: "health",
};

const advice: Readonly<Record<Failed["step"], string>> = {
  address: "write host:port, without a scheme",
  dns: "a name of a private zone is known in its VPC only: try from there",
  tcp: "start it, or open its port (security group, firewall) for whoever runs this",
  tls: "set tls: false if it speaks none, or have it send a certificate for this name",
  health: "look at the log of the service",
};

function health(found: Reached["health"]): string {
  switch (found.kind) {
    case "serving":
      return "serving";
    case "no health service":
      return "speaks gRPC";
    case "no gRPC":
      return `speaks HTTP/2, and answers ${found.status}`;
    case "no HTTP/2":
      return "takes connections, and speaks no HTTP/2";
    default:
      return found satisfies never;
  }
}
