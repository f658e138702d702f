/** Addresses of the services that handlers call, as far as they are known before a deployment. */
import { addressVariable, type DependencyPlan } from "../plan/dependency-plan.js";
import type { ReachableDependency } from "./reach-dependencies.js";

/** Services with an address, and those whose address is said when deploying, with the variable that has it. */
export interface DependencyAddresses {
  readonly known: readonly ReachableDependency[];
  readonly unknown: readonly { readonly name: string; readonly variable: string }[];
}

/** Takes addresses from the variables of the functions (STOCK_ADDRESS), and otherwise from the configuration. */
export function dependencyAddresses(
  dependencies: readonly DependencyPlan[],
  environment: Readonly<Record<string, string | undefined>>,
): DependencyAddresses {
  const known: ReachableDependency[] = [];
  const unknown: { name: string; variable: string }[] = [];
  for (const dependency of dependencies) {
    const { name, tls } = dependency;
    const variable = addressVariable(dependency);
    const address = environment[variable] || writtenAddress(dependency);
    if (address === undefined) unknown.push({ name, variable });
    else known.push({ name, address, tls });
  }
  return { known, unknown };
}

/** A text without substitutions of the deployment target. */
function writtenAddress({ address }: DependencyPlan): string | undefined {
  return address.kind === "text" && !address.text.includes("${") ? address.text : undefined;
}
