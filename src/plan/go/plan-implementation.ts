/** The implementation of a service: named in the configuration, found where a package registers it, or a scaffold. */
import { compareText, type Diagnostic, diagnostic } from "../../diagnostics.js";
import { type GoProject, type GoSymbol, packageName } from "../../go/go-project.js";
import type { Service } from "../../model/api-model.js";
import { kebabCase } from "../naming.js";
import type { GoImplementation, GoOptions, GoServicePlan, NamedValue } from "../go-plan.js";
import { lookUp } from "./look-up.js";

/** The implementation; undefined after an error. */
export function planImplementation(
  service: Service,
  { goName, stubs }: Pick<GoServicePlan, "goName" | "stubs">,
  options: GoOptions,
  project: GoProject,
  scaffold: string,
  report: (finding: Diagnostic) => void,
): GoImplementation | undefined {
  const named = options.implementations.get(service.fullName);
  if (named !== undefined) return namedImplementation(service, named, project, report);
  const found = project.main.implementations.filter(
    // Two versions of an API have services of the same name.
    ({ goName: name, importPath = stubs.importPath }) => name === goName && importPath === stubs.importPath,
  );
  const usable = found.find(({ expression }) => expression !== undefined);
  if (usable?.expression !== undefined) {
    const { expression, returnsError, location } = usable;
    return { expression, returnsError, origin: `that of ${location.file}` };
  }
  const [first] = found;
  if (first === undefined) return scaffolded(goName, scaffold, project);
  report(
    diagnostic(
      "GO006",
      `the implementation of ${service.fullName} is made of names that only its own package has: ${first.text}`,
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
function scaffolded(goName: string, folder: string, project: GoProject): GoImplementation {
  const from = { importPath: `${project.module.path}/${folder}`, name: folder.split("/").at(-1) ?? "" };
  return {
    expression: { parts: [from, `.New${goName}(ctx)`] },
    returnsError: true,
    origin: `the first version in ${folder}`,
    scaffold: folder,
  };
}

/**
 * The folders of first versions by full name of the service, each a package of its own. Of services with the same name the first keeps it,
 * so that a new version of an API moves nothing.
 */
export function scaffoldFolders(
  services: readonly Pick<Service, "name" | "fullName">[],
  handlersDir: string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const sorted = [...services].sort((a, b) => compareText(a.fullName, b.fullName));
  return new Map(
    sorted.map(({ name, fullName }) => {
      const plain = packageName(kebabCase(name).replaceAll("-", ""));
      const version = fullName.split(".").at(-2) ?? "";
      const wanted = taken.has(plain) ? packageName(`${plain}${version.toLowerCase()}`) : plain;
      let folder = wanted;
      for (let number = 2; taken.has(folder); number++) folder = `${wanted}${number}`;
      taken.add(folder);
      return [fullName, `${handlersDir}/${folder}`];
    }),
  );
}
