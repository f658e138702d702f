/** The parts of an entry that functions with and without RPCs have: the handler of a front door, and its options. */
import type { FunctionPlan, ModuleExport, Plan } from "../../plan/plan.js";
import { moduleName } from "../names/module-name.js";
import { useRuntime } from "../objects/runtime.js";
import type { CodeFile, Statement } from "../print/code-file.js";
import { call, type Expression, literal, type Member, object } from "../print/expression.js";
import { constant, exported } from "../print/statement.js";
import { corsModule } from "./cors.js";
import { doorModules } from "./door-modules.js";
import { observerCall } from "./observability.js";

/** The options of a door that functions with and without RPCs have. */
export function commonOptions(
  plan: Plan,
  file: CodeFile,
  { cors, secrets }: Pick<FunctionPlan, "cors" | "secrets">,
): Record<"basePath" | "cors" | "observer", Expression | undefined> {
  const { basePath } = plan.deployment;
  return {
    basePath: basePath === undefined ? undefined : literal(basePath),
    cors: cors ? corsOf(plan, file) : undefined,
    observer: observerCall(plan, file, secrets),
  };
}

/** The function of the front door's runtime module, for responses sent whole or in parts. */
export function handlerMaker(
  { deployment, layout }: Plan,
  { streams }: Pick<FunctionPlan, "streams">,
  file: CodeFile,
): string {
  const { whole, inParts } = doorModules[deployment.frontDoor];
  return useRuntime({ file, plan: { layout } }, ...(streams ? (inParts ?? whole) : whole));
}

/** The local name of an export of the user's code. */
export function useExport(file: CodeFile, { module, exportName }: ModuleExport): string {
  return file.use(moduleName(module), exportName);
}

function corsOf(plan: Plan, file: CodeFile): string {
  return file.use(corsModule(plan), "corsSettings");
}

/** An object literal of what is set; undefined when nothing is. */
export function objectOf(members: Readonly<Record<string, Expression | undefined>>): Expression | undefined {
  const set = Object.entries(members).flatMap(([key, value]): Member[] => (value === undefined ? [] : [[key, value]]));
  return set.length === 0 ? undefined : object(...set);
}

/** The statement that makes the handler. */
export function handlerConstant(handlerOf: string, ...args: readonly Expression[]): Statement {
  return exported(constant("handler", call(handlerOf, ...args)));
}
