/** Declarations of the user's code that the configuration names. */
import { type Diagnostic, diagnostic, didYouMean, suggest } from "../../diagnostics.js";
import { type GoProject, type GoSymbol, splitSymbol } from "../../go/go-project.js";
import type { NamedValue } from "../go-plan.js";

/** The declaration; undefined after GO005. */
export function lookUp(
  { text, location }: NamedValue,
  project: GoProject,
  report: (finding: Diagnostic) => void,
): GoSymbol | undefined {
  const name = splitSymbol(text);
  const symbol = project.symbol(name);
  switch (symbol.kind) {
    case "missing": {
      const near = suggest(name.name, symbol.names);
      report(
        diagnostic("GO005", `package ${name.importPath} declares no ${name.name}${didYouMean(near)}`, {
          location,
          help: `expected a function, a variable or a type; it has ${symbol.names.slice(0, 10).join(", ") || "none that are exported"}`,
        }),
      );
      return undefined;
    }
    case "unknown":
      report(
        diagnostic("GO005", `there is no package ${name.importPath} in the module ${project.module.path}`, {
          location,
          help: "name a package of the module, not its main package: example.com/library/internal/server.New",
        }),
      );
      return undefined;
    default:
      return symbol;
  }
}
