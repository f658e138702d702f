/** `main.go`: every Lambda function in one program. `_HANDLER` says which of them it is. */
import type { OutputFile } from "../../output/output-tree.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import type { GoListPart, GoServicePlan } from "../../plan/plan.js";
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import { createGoSource, goComment, goString, type GoSource, packages } from "./go-file.js";
import { copied, type PlanInGo } from "./go-plan.js";

const declared = [
  "main",
  "run",
  "rpcsOf",
  "newFunction",
  "register",
  "newMux",
  "newHandler",
  "refuse",
  "ctx",
  "conn",
  "err",
  "name",
  "mux",
  "fn",
  "rpcs",
  "ok",
  "service",
];

/** The program. */
export function emitMain(plan: PlanInGo): OutputFile {
  const file = createGoSource(declared);
  const body = [
    ...mainLines(file, plan),
    "",
    ...runLines(file, plan),
    "",
    ...rpcsLines(plan),
    "",
    ...newFunctionLines(file, plan),
    "",
    ...registerLines(file, plan),
    "",
    ...newMuxLines(file, plan),
    "",
    ...newHandlerLines(file, plan),
    "",
    ...refuseLines(file, plan),
  ];
  const comment = [
    "Command lambda is every Lambda function of this API in one program: _HANDLER says which of them it is.",
  ];
  const content = file.toString({ packageName: "main", comment, generated: true }, body);
  return { path: `${plan.layout.outDir}/main.go`, content, ownership: "generated" };
}

function mainLines(file: GoSource, plan: PlanInGo): string[] {
  const [os, slog, context] = [file.use(packages.os), file.use(packages.slog), file.use(packages.context)];
  return [
    "func main() {",
    `\t${slog}.SetDefault(${file.use(copied(plan, "function"))}.Log())`,
    `\tif err := run(${context}.Background(), ${os}.Getenv("_HANDLER")); err != nil {`,
    `\t\t${slog}.Error("the function cannot start", "error", err)`,
    `\t\t${os}.Exit(1)`,
    "\t}",
    "}",
  ];
}

/** Functions that stream start otherwise: Lambda has to know before the first event. */
function runLines(file: GoSource, plan: PlanInGo): string[] {
  const start = file.use(copied(plan, "function"));
  const streaming = functionsWithRpcs(plan).filter(({ streams }) => streams);
  const whole = `${start}.Start(fn.Invoke)`;
  return [
    "// run serves as the function called name. It returns only if that cannot start.",
    `func run(ctx ${file.use(packages.context)}.Context, name string) error {`,
    "\tfn, err := newFunction(ctx, name)",
    "\tif err != nil {",
    `\t\treturn ${file.use(packages.fmt)}.Errorf("start the function %q: %w", name, err)`,
    "\t}",
    ...(streaming.length === 0
      ? [`\t${whole}`]
      : [
          "\tswitch name {",
          `\tcase ${streaming.map(({ id }) => goString(id)).join(", ")}:`,
          `\t\t${start}.StartStream(fn.InvokeStream)`,
          "\tdefault:",
          `\t\t${whole}`,
          "\t}",
        ]),
    "\treturn nil",
    "}",
  ];
}

function rpcsLines(plan: PlanInGo): string[] {
  const { withoutRpcs } = plan.unrouted;
  const cases = functionsWithRpcs(plan).flatMap(({ id, methods }) => [
    `\tcase ${goString(id)}:`,
    "\t\treturn []string{",
    ...methods.map(({ service, method }) => `\t\t\t${goString(`/${service.fullName}/${method.name}`)},`),
    "\t\t}, true",
  ]);
  return [
    "// rpcsOf lists the RPCs of the function called name: it refuses all others. Without RPCs it answers requests that match none.",
    "func rpcsOf(name string) ([]string, bool) {",
    "\tswitch name {",
    ...cases,
    ...(withoutRpcs === undefined ? [] : [`\tcase ${goString(withoutRpcs.id)}:`, "\t\treturn nil, true"]),
    "\t}",
    "\treturn nil, false",
    "}",
  ];
}

function newFunctionLines(file: GoSource, plan: PlanInGo): string[] {
  const { go } = plan;
  const inproc = file.use(copied(plan, "inproc"));
  const grpc = go.unaryInterceptors.length + go.streamInterceptors.length > 0 ? file.use(packages.grpc) : "";
  const members = [
    ["Serves", "rpcs"],
    ["Keep", `${file.use(copied(plan, "function"))}.Keep`],
    ...listMember(file, "Unary", go.unaryInterceptors, `${grpc}.UnaryServerInterceptor`),
    ...listMember(file, "Stream", go.streamInterceptors, `${grpc}.StreamServerInterceptor`),
  ] as const;
  const width = Math.max(...members.map(([name]) => name.length)) + 1;
  return [
    "// newFunction makes the function called name, with what it needs of the server.",
    `func newFunction(ctx ${file.use(packages.context)}.Context, name string) (*${file.use(copied(plan, "httpevent"))}.Function, error) {`,
    "\trpcs, ok := rpcsOf(name)",
    "\tif !ok {",
    `\t\treturn nil, ${file.use(packages.errors)}.New("there is no such function")`,
    "\t}",
    `\tconn := ${inproc}.New(${inproc}.Options{`,
    ...members.map(([name, value]) => `\t\t${`${name}:`.padEnd(width)} ${value},`),
    "\t})",
    "\tif err := register(ctx, conn); err != nil {",
    "\t\treturn nil, err",
    "\t}",
    "\tmux, err := newMux(ctx, conn)",
    "\tif err != nil {",
    "\t\treturn nil, err",
    "\t}",
    "\treturn newHandler(mux), nil",
    "}",
  ];
}

function listMember(file: GoSource, name: string, parts: readonly GoListPart[], element: string): [string, string][] {
  return parts.length === 0 ? [] : [[name, listText(file, parts, element, 2)]];
}

/** One list as it is, or a list of elements, with lists appended to it. */
function listText(file: GoSource, parts: readonly GoListPart[], element: string, tabs: number): string {
  const texts = parts.map(({ expression, form }) => ({ text: file.text(expression, tabs), form }));
  const [first] = texts;
  if (texts.length === 1 && first?.form === "list") return first.text.replace(/\.\.\.$/, "");
  const elements = texts.filter(({ form }) => form === "element").map(({ text }) => text);
  const lists = texts.filter(({ form }) => form === "list").map(({ text }) => text.replace(/\.\.\.$/, ""));
  return lists.reduce((list, more) => `append(${list}, ${more}...)`, `[]${element}{${elements.join(", ")}}`);
}

function registerLines(file: GoSource, plan: PlanInGo): string[] {
  return [
    "// register makes the implementations of the services that the function serves.",
    `func register(ctx ${file.use(packages.context)}.Context, conn *${file.use(copied(plan, "inproc"))}.Conn) error {`,
    ...plan.go.services.flatMap((service) => registerService(file, service)),
    "\treturn nil",
    "}",
  ];
}

function registerService(file: GoSource, { fullName, goName, stubs, implementation }: GoServicePlan): string[] {
  const register = `${file.use(stubs)}.Register${goName}Server`;
  const made = file.text(implementation.expression, 2);
  const lines = implementation.returnsError
    ? [
        `\t\tservice, err := ${made}`,
        "\t\tif err != nil {",
        `\t\t\treturn ${file.use(packages.fmt)}.Errorf("make ${goName}: %w", err)`,
        "\t\t}",
        `\t\t${register}(conn, service)`,
      ]
    : [`\t\t${register}(conn, ${made})`];
  return [
    `\tif conn.Needs(${goString(fullName)}) {`,
    `\t\t${goComment(`The implementation is ${implementation.origin}.`)}`,
    ...lines,
    "\t}",
  ];
}

/** Constructors of front doors in the copied package. */
const doors = {
  alb: "ALB",
  "http-api": "HTTPAPI",
  "rest-api": "RestAPI",
  "function-url": "FunctionURL",
} as const satisfies Readonly<Record<FrontDoorId, string>>;

function newMuxLines(file: GoSource, { go }: PlanInGo): string[] {
  const gateway = file.use(packages.gateway);
  const options = go.muxOptions.length === 0 ? "" : spreadText(file, go.muxOptions, `${gateway}.ServeMuxOption`);
  return [
    "// newMux makes the gateway in front of conn. It has every path of the API, so that it answers as the whole gateway does.",
    `func newMux(ctx ${file.use(packages.context)}.Context, conn ${file.use(packages.grpc)}.ClientConnInterface) (*${gateway}.ServeMux, error) {`,
    `\tmux := ${gateway}.NewServeMux(${options})`,
    ...go.services.flatMap(({ goName, stubs, gateway: from }) => [
      `\tif err := ${file.use(from)}.Register${goName}HandlerClient(ctx, mux, ${file.use(stubs)}.New${goName}Client(conn)); err != nil {`,
      `\t\treturn nil, ${file.use(packages.fmt)}.Errorf("register the gateway of ${goName}: %w", err)`,
      "\t}",
    ]),
    "\treturn mux, nil",
    "}",
  ];
}

function newHandlerLines(file: GoSource, plan: PlanInGo): string[] {
  const { go, deployment } = plan;
  const httpevent = file.use(copied(plan, "httpevent"));
  const handler = go.middleware === undefined ? "mux" : `${file.text(go.middleware, 2)}(mux)`;
  const basePath =
    deployment.basePath === undefined
      ? `${file.use(packages.os)}.Getenv("GRPC2LAMBDA_BASE_PATH")`
      : goString(deployment.basePath);
  return [
    "// newHandler puts the gateway behind the front door.",
    `func newHandler(mux *${file.use(packages.gateway)}.ServeMux) *${httpevent}.Function {`,
    `\treturn &${httpevent}.Function{`,
    `\t\tDoor:     ${httpevent}.${doors[deployment.frontDoor]}(),`,
    `\t\tHandler:  ${handler},`,
    `\t\tBasePath: ${basePath},`,
    "\t\tRefuse:   refuse(mux),",
    "\t}",
    "}",
  ];
}

function spreadText(file: GoSource, parts: readonly GoListPart[], element: string): string {
  if (parts.every(({ form }) => form === "element"))
    return parts.map(({ expression }) => file.text(expression, 1)).join(", ");
  return `${listText(file, parts, element, 1)}...`;
}

function refuseLines(file: GoSource, plan: PlanInGo): string[] {
  const [http, gateway, codes] = [file.use(packages.http), file.use(packages.gateway), file.use(packages.codes)];
  const httpevent = file.use(copied(plan, "httpevent"));
  return [
    "// refuse answers where the gateway's own answer cannot be sent, with the gateway's error handler.",
    `func refuse(mux *${gateway}.ServeMux) func(${http}.ResponseWriter, *${http}.Request, ${httpevent}.Refusal) {`,
    `\treturn func(w ${http}.ResponseWriter, r *${http}.Request, refusal ${httpevent}.Refusal) {`,
    `\t\tcode := ${codes}.Internal`,
    `\t\tif refusal.TooLarge != "" {`,
    `\t\t\tcode = ${codes}.ResourceExhausted`,
    "\t\t}",
    `\t\t_, marshaler := ${gateway}.MarshalerForRequest(mux, r)`,
    `\t\t${gateway}.HTTPError(r.Context(), mux, marshaler, w, r, ${file.use(packages.status)}.Error(code, refusal.Message()))`,
    "\t}",
    "}",
  ];
}
