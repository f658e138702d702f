/** From a Go module and settings to what is generated in Go. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { GoProject } from "../../go/go-project.js";
import type { GoOptions, GoPlan, GoServicePlan } from "../go-plan.js";
import type { MethodPlan } from "../plan.js";
import { planImplementation, scaffoldFolders } from "./plan-implementation.js";
import { planList, planMiddleware, reportServerOptions } from "./plan-values.js";
import { planStubs } from "./plan-stubs.js";
import { missingRequirements } from "./requirements.js";

/** The plan, and the findings; a service with an error has no plan. */
export interface GoOutcome {
  readonly plan: GoPlan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans the Go part of `methods`. */
export function planGo(methods: readonly MethodPlan[], options: GoOptions, project: GoProject): GoOutcome {
  const diagnostics: Diagnostic[] = missingRequirements(project.module).map(({ message, command }) =>
    diagnostic("GO002", message, { help: `run: ${command}` }),
  );
  const report = (finding: Diagnostic): void => {
    diagnostics.push(finding);
  };
  const services = new Map(methods.map(({ service }) => [service.fullName, service]));
  const scaffolds = scaffoldFolders([...services.values()], options.handlersDir);
  const planned = [...services.values()].flatMap((service): GoServicePlan[] => {
    const stubs = planStubs(service, options, project, report);
    if (stubs === undefined) return [];
    const implementation = planImplementation(
      service,
      stubs,
      options,
      project,
      scaffolds.get(service.fullName) ?? "",
      report,
    );
    return implementation === undefined ? [] : [{ fullName: service.fullName, ...stubs, implementation }];
  });
  const { main } = project;
  const context = { project, report };
  const middleware = planMiddleware(options.middleware, context);
  reportServerOptions(main.serverOptions, report);
  return {
    plan: {
      importPath: `${project.module.path}/${options.outDir}`,
      services: planned,
      unaryInterceptors: planList("unaryInterceptors", options.unaryInterceptors, main.unaryInterceptors, context),
      streamInterceptors: planList("streamInterceptors", options.streamInterceptors, main.streamInterceptors, context),
      muxOptions: planList("muxOptions", options.muxOptions, main.muxOptions, context),
      ...(middleware === undefined ? {} : { middleware }),
    },
    diagnostics,
  };
}
