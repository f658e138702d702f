/** The functions that the configuration asks for, before the front door has its say. */
import { type Diagnostic, diagnostic, didYouMean, suggestFor } from "../../diagnostics.js";
import type { ApiModel } from "../../model/api-model.js";
import type { MethodPlan } from "../plan.js";
import type { FunctionGrouping } from "../plan-options.js";
import type { ServiceName } from "../service-names.js";

/** RPCs that go into one function; `name` is the function's. */
export interface ConfiguredGroup {
  readonly name: string;
  readonly methods: readonly MethodPlan[];
}

/** Groups in the order of their first method; RPCs of none have a function each. Full names that match nothing count for nothing. */
export function configuredGroups(
  methods: readonly MethodPlan[],
  grouping: FunctionGrouping,
  names: ReadonlyMap<string, ServiceName>,
  apiName: string,
): ConfiguredGroup[] {
  switch (grouping.kind) {
    case "per-rpc":
      return [];
    case "single":
      return methods.length === 0 ? [] : [{ name: apiName, methods }];
    case "per-service": {
      const services = [...new Set(methods.map(({ service }) => service))];
      return services.map((service) => ({
        name: names.get(service.fullName)?.kebab ?? service.name,
        methods: methods.filter((method) => method.service === service),
      }));
    }
    case "groups":
      return grouping.groups
        .map(({ name }) => ({ name, methods: methods.filter((method) => groupOf(method, grouping) === name) }))
        .filter((group) => group.methods.length > 0);
    default:
      return grouping satisfies never;
  }
}

/** An RPC that is named goes before a service that is. */
function groupOf(method: MethodPlan, { groups }: Extract<FunctionGrouping, { kind: "groups" }>): string | undefined {
  const byRpc = groups.find(({ members }) => members.includes(method.method.fullName));
  const byService = groups.find(({ members }) => members.includes(method.service.fullName));
  return (byRpc ?? byService)?.name;
}

/** PL011: members that are nothing that is declared, and members of two groups. */
export function checkGroups(model: ApiModel, grouping: FunctionGrouping): Diagnostic[] {
  if (grouping.kind !== "groups") return [];
  const services = model.files.filter((file) => file.target).flatMap((file) => file.services);
  const known = new Set(
    services.flatMap((service) => [service.fullName, ...service.methods.map((method) => method.fullName)]),
  );
  const seen = new Map<string, string>();
  return grouping.groups.flatMap(({ name, members }) =>
    members.flatMap((member): Diagnostic[] => {
      const first = seen.get(member);
      seen.set(member, name);
      if (first !== undefined) return [problem(`${member} is in group ${name} and in group ${first}`)];
      if (known.has(member)) return [];
      const nearest = suggestFor(seen.size, member, () => known);
      const hint = didYouMean(nearest);
      return [problem(`group ${name} holds "${member}", which no given file declares${hint}`)];
    }),
  );
}

function problem(message: string): Diagnostic {
  return diagnostic("PL011", message, {
    help: "deployment.functions takes full names of services and RPCs, such as acme.library.v1.LibraryService.GetShelf, each in one group",
  });
}
