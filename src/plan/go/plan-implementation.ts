/** The implementation of a service: named in the configuration, found in a main package, or a scaffold. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { GoProject, GoSymbol } from "../../go/go-project.js";
import type { Service } from "../../model/api-model.js";
import { kebabCase } from "../naming.js";
import type { GoImplementation, GoOptions, GoServicePlan, NamedValue } from "../go-plan.js";
import { lookUp } from "./look-up.js";

/** The implementation; undefined after an error. */
export function planImplementation(
  service: Service,
  { goName }: Pick<GoServicePlan, "goName">,
  options: GoOptions,
  project: GoProject,
  report: (finding: Diagnostic) => void,
): GoImplementation | undefined {
  const named = options.implementations.get(service.fullName);
  if (named !== undefined) return namedImplementation(service, named, project, report);
  const found = project.main.implementations.filter((each) => each.goName === goName);
  const usable = found.find(({ expression }) => expression !== undefined);
  if (usable?.expression !== undefined) {
    const { expression, returnsError, location } = usable;
    return { expression, returnsError, origin: `that of ${location.file}` };
  }
  const [first] = found;
  if (first === undefined) return scaffolded(service, goName, options, project);
  report(
    diagnostic(
      "GO006",
      `the implementation of ${service.fullName} is made of names that only this main package has: ${first.text}`,
      {
        location: first.location,
        help: `move what makes it into a function of another package, and name that as services.${service.fullName}.implementation`,
      },
    ),
  );
  return undefined;
}

/** `func() T`, `func(context.Context) T`, either with an error, a variable, or a type whose zero value is made. */
function namedImplementation(
  { fullName }: Service,
  named: NamedValue,
  project: GoProject,
  report: (finding: Diagnostic) => void,
): GoImplementation | undefined {
  const symbol = lookUp(named, project, report);
  if (symbol === undefined) return undefined;
  const origin = `services.${fullName}.implementation of grpc2lambda.yaml`;
  const { parts } = symbol.expression;
  switch (symbol.kind) {
    case "variable":
      return { expression: symbol.expression, returnsError: false, origin };
    case "type":
      return { expression: { parts: ["&", ...parts] }, returnsError: false, origin };
    case "function": {
      const takes = contextOf(symbol);
      if (takes === undefined) {
        report(
          diagnostic("GO005", `${named.text} takes (${symbol.parameters}), expected nothing or a context.Context`, {
            location: named.location,
            help: "name a function that makes everything that it needs itself: it runs once for each function that starts",
          }),
        );
        return undefined;
      }
      const returnsError = /[\s,]error\s*\)$/.test(symbol.results);
      return { expression: { parts: [...parts, takes] }, returnsError, origin };
    }
    default:
      return symbol.kind satisfies never;
  }
}

/** The call's arguments; undefined for a function that takes something else. */
function contextOf({ parameters }: GoSymbol): string | undefined {
  if (parameters === "") return "()";
  return /^(?:\w+ )?context\.Context$/.test(parameters) ? "(ctx)" : undefined;
}

/** A first version in the user's folder. */
function scaffolded({ name }: Service, goName: string, options: GoOptions, project: GoProject): GoImplementation {
  const folder = `${options.handlersDir}/${kebabCase(name).replaceAll("-", "")}`;
  const from = { importPath: `${project.module.path}/${folder}`, name: folder.split("/").at(-1) ?? "" };
  return {
    expression: { parts: [from, `.New${goName}(ctx)`] },
    returnsError: true,
    origin: `the first version in ${folder}`,
    scaffold: folder,
  };
}
