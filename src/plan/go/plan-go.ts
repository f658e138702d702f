/** From a Go module and settings to what is generated in Go. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { GoProject } from "../../go/go-project.js";
import type { GoOptions, GoPlan, GoServicePlan } from "../go-plan.js";
import type { MethodPlan } from "../plan.js";
import { planImplementation, scaffoldFolders } from "./plan-implementation.js";
import { planList, planMiddleware, reportServerOptions } from "./plan-values.js";
import { planStubs } from "./plan-stubs.js";

/** The plan, and the findings; a service with an error has no plan. */
export interface GoOutcome {
  readonly plan: GoPlan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans the Go part of `methods`. */
export function planGo(methods: readonly MethodPlan[], options: GoOptions, project: GoProject): GoOutcome {
  const diagnostics: Diagnostic[] = checkRequired(project);
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

const lambdaModule = "github.com/aws/aws-lambda-go";
const goMinorNeeded = 22;

/** GO002 for what go.mod lacks. It is the user's file: generating does not touch it. */
function checkRequired({ module }: GoProject): Diagnostic[] {
  const { path, goMinor, requires } = module;
  const isOld = goMinor < goMinorNeeded;
  // Version 1.55 needs Go 1.26, and `go get` would raise the version of the whole module to that.
  const version = goMinor < 26 ? "v1.54.0" : "v1.55.1";
  return [
    ...(isOld
      ? [
          lacking(
            `go.mod of module ${path} asks for ${goMinor === 0 ? "no version of Go" : `Go 1.${goMinor}`}, and generated code needs Go 1.${goMinorNeeded}`,
            `go@1.${goMinorNeeded}`,
          ),
        ]
      : []),
    ...(requires.has(lambdaModule)
      ? []
      : [
          lacking(
            `go.mod of module ${path} does not require ${lambdaModule}, which generated code imports`,
            `${lambdaModule}@${version}`,
          ),
        ]),
  ];
}

function lacking(message: string, wanted: string): Diagnostic {
  return diagnostic("GO002", message, { help: `run: go get ${wanted}` });
}
