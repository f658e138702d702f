/** First versions of implementations: every RPC answers UNIMPLEMENTED. Written once. */
import type { OutputFile } from "../../output/output-tree.js";
import type { GoServicePlan } from "../../plan/plan.js";
import { createGoSource, packages } from "./go-file.js";
import type { PlanInGo } from "./go-plan.js";

/** One file for each service without an implementation. */
export function emitGoScaffolds({ go, layout }: PlanInGo): OutputFile[] {
  return go.services.flatMap((service) => {
    const { scaffold } = service.implementation;
    if (scaffold === undefined) return [];
    const folder = `${layout.handlersDir}/${scaffold.split("/").at(-1)}`;
    return [{ path: `${folder}/service.go`, content: scaffoldText(service, scaffold), ownership: "user" }];
  });
}

function scaffoldText({ goName, fullName, stubs }: GoServicePlan, folder: string): string {
  const file = createGoSource([goName, `New${goName}`]);
  const context = file.use(packages.context);
  const embedded = `${file.use(stubs)}.Unimplemented${goName}Server`;
  const packageName = folder.split("/").at(-1) ?? "handlers";
  return file.toString({ packageName, comment: [`Package ${packageName} implements ${fullName}.`], generated: false }, [
    `// ${goName} implements ${fullName}. RPCs without a method of their own answer UNIMPLEMENTED.`,
    `type ${goName} struct {`,
    `\t${embedded}`,
    "}",
    "",
    `// New${goName} makes the implementation, once for each Lambda function that starts.`,
    `func New${goName}(_ ${context}.Context) (*${goName}, error) {`,
    `\treturn &${goName}{}, nil`,
    "}",
  ]);
}
