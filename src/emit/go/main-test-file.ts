/** `main_test.go`: an event for each RPC reaches it. No implementation is made, so that the test needs nothing of its surroundings. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import { matchesPath } from "../../http-rule/overlap.js";
import type { OutputFile } from "../../output/output-tree.js";
import type { RoutePlan } from "../../plan/plan.js";
import { createGoSource, goString, type GoSource, packages } from "./go-file.js";
import type { PlanInGo } from "./go-plan.js";
import { samplePath } from "./sample-path.js";

/** The test. */
export function emitMainTest(plan: PlanInGo): OutputFile {
  const file = createGoSource(["noted", "event", "test", "t", "conn", "mux", "err", "handler"]);
  const body = [...testLines(file, plan), "", ...eventLines(file, plan), "", ...connLines(file)];
  const content = file.toString({ packageName: "main", comment: [], generated: true }, body);
  return { path: `${plan.layout.outDir}/main_test.go`, content, ownership: "generated" };
}

function testLines(file: GoSource, plan: PlanInGo): string[] {
  const [testing, context] = [file.use(packages.testing), file.use(packages.context)];
  return [
    "// TestEachRPC sends an event for each path of the API.",
    `func TestEachRPC(t *${testing}.T) {`,
    "\tfor _, test := range []struct{ rpc, method, path string }{",
    ...samples(plan).map(({ rpc, httpMethod, path }) => `\t\t{${[rpc, httpMethod, path].map(goString).join(", ")}},`),
    "\t} {",
    `\t\tt.Run(test.method+" "+test.path, func(t *${testing}.T) {`,
    "\t\t\tconn := &noted{}",
    `\t\t\tmux, err := newMux(${context}.Background(), conn)`,
    "\t\t\tif err != nil {",
    "\t\t\t\tt.Fatal(err)",
    "\t\t\t}",
    "\t\t\thandler := newHandler(mux)",
    "\t\t\thandler.Handler = mux",
    `\t\t\tif _, err := handler.Invoke(${context}.Background(), event(test.method, test.path)); err != nil {`,
    "\t\t\t\tt.Fatal(err)",
    "\t\t\t}",
    "\t\t\tif conn.method != test.rpc {",
    '\t\t\t\tt.Errorf("called %q, want %q", conn.method, test.rpc)',
    "\t\t\t}",
    "\t\t})",
    "\t}",
    "}",
  ];
}

interface Sample {
  readonly rpc: string;
  readonly httpMethod: string;
  readonly path: string;
}

/** A request for each binding, without those that a binding takes that is registered later. */
function samples({ routes, model }: PlanInGo): Sample[] {
  const later = [...routes].reverse();
  const taken = (httpMethod: string, path: string): RoutePlan | undefined =>
    later.find(
      ({ binding }) =>
        [httpMethod, "*"].includes(binding.httpMethod) && matchesPath(binding.template, path.split("/").slice(1)),
    );
  return routes.flatMap((route: RoutePlan) => {
    const { binding, method } = route;
    const path = samplePath(binding, method.method, model);
    const httpMethod = binding.httpMethod === "*" ? "GET" : binding.httpMethod;
    if (path === undefined || taken(httpMethod, path) !== route) return [];
    return [{ rpc: `/${method.service.fullName}/${method.method.name}`, httpMethod, path }];
  });
}

/** Events of the front doors, of which only the method and the path differ. */
const events = {
  alb: `{"requestContext":{"elb":{}},"httpMethod":%q,"path":%q,"multiValueHeaders":{"host":["localhost"]},"body":"","isBase64Encoded":false}`,
  "rest-api": `{"requestContext":{"stage":"test"},"httpMethod":%q,"path":%q,"multiValueHeaders":{"host":["localhost"]},"body":null,"isBase64Encoded":false}`,
  "http-api": `{"version":"2.0","requestContext":{"stage":"$default","http":{"method":%q}},"rawPath":%q,"headers":{"host":"localhost"},"isBase64Encoded":false}`,
  "function-url": `{"version":"2.0","requestContext":{"stage":"$default","http":{"method":%q}},"rawPath":%q,"headers":{"host":"localhost"},"isBase64Encoded":false}`,
} as const satisfies Readonly<Record<FrontDoorId, string>>;

function eventLines(file: GoSource, { deployment }: PlanInGo): string[] {
  return [
    "// event is a front door's event for a request without a body.",
    "func event(method, path string) []byte {",
    `\treturn ${file.use(packages.fmt)}.Appendf(nil, \`${events[deployment.frontDoor]}\`, method, path)`,
    "}",
  ];
}

function connLines(file: GoSource): string[] {
  const [context, grpc] = [file.use(packages.context), file.use(packages.grpc)];
  const refusal = `${file.use(packages.status)}.Error(${file.use(packages.codes)}.Unimplemented, "noted")`;
  return [
    "// noted is a connection that notes which RPC is called, and calls nothing.",
    "type noted struct{ method string }",
    "",
    `func (n *noted) Invoke(_ ${context}.Context, method string, _, _ any, _ ...${grpc}.CallOption) error {`,
    "\tn.method = method",
    `\treturn ${refusal}`,
    "}",
    "",
    `func (n *noted) NewStream(_ ${context}.Context, _ *${grpc}.StreamDesc, method string, _ ...${grpc}.CallOption) (${grpc}.ClientStream, error) {`,
    "\tn.method = method",
    `\treturn nil, ${refusal}`,
    "}",
  ];
}
