/** The http rules of RPCs that stream their requests: refused, or bound so that the messages of one HTTP body are the stream. */
import { diagnostic } from "../../diagnostics.js";
import type { HttpPattern, HttpRule } from "../../proto/descriptor.js";
import type { Body } from "../api-model.js";
import type { BoundPath } from "./bind-path.js";
import { holdsFile, isRaw } from "./bind-file.js";
import { type RuleContext, report, reportError } from "./rule-context.js";

/** HR015: the configuration does not ask for the messages of a body. */
export function refuseStream(context: RuleContext, { path }: HttpPattern): void {
  const { method } = context.request;
  const message = `${method.name} streams its requests, expected one request: a Lambda function gets one whole HTTP request per call`;
  const help = `take the messages of one request body as the stream (methods: { ${method.fullName}: { clientStreaming: collect } }); keep this RPC on a gRPC server and skip it here (--skip ${method.fullName}); or change it: one request with a repeated field, a queue, a WebSocket API`;
  reportError(context, path.span, "HR015", message, help);
}

/** HR031: variables are set in the first message, as Envoy does it; grpc-gateway refuses them. */
export function checkStreamPath(context: RuleContext, { path }: HttpPattern, { template }: BoundPath): void {
  const [first] = template.variables;
  if (first === undefined) return;
  const { name } = context.request.method;
  const message = `path variable "${first.fieldPath.join(".")}" of ${name}, which streams its requests: it is set in the first message, as in Envoy, and grpc-gateway refuses it`;
  const help = "let a handler take it from the first message; what the others say is theirs";
  report(context, path.span, diagnostic("HR031", message, { help }));
}

/**
 * Each message of a stream is a whole request, as in grpc-gateway, which does not look at `body` here (HR031). Without a body there
 * is no stream (HR030) but in grpc-gateway, which reads it whatever the rule says. The one thing that a field can be is a file as it is.
 */
export function bindStreamBody(
  context: RuleContext,
  rule: HttpRule,
  { httpMethod, path }: HttpPattern,
  body: Body,
): Body {
  if (body.kind === "all" || (isRaw(context) && holdsFile(context, body))) return body;
  const { name } = context.request.method;
  if (body.kind === "none") {
    const what = `${httpMethod} without a body for ${name}, which streams its requests`;
    const help = `use post with body: "*", or leave the RPC out with --skip ${context.request.method.fullName}`;
    if (context.request.profile === "spec") {
      reportError(context, path.span, "HR030", `${what}, expected body "*": no message would arrive`, help);
      return body;
    }
    const message = `${what}: the body is read all the same, as in grpc-gateway, and few clients send one with ${httpMethod}`;
    report(context, path.span, diagnostic("HR030", message, { help }));
    return { kind: "all" };
  }
  const message = `body "${bodyPath(body)}" of ${name}, which streams its requests: it is read as "*", as in grpc-gateway, and Envoy takes each message for the field`;
  const span = rule.body?.span ?? path.span;
  report(context, span, diagnostic("HR031", message, { help: 'write body: "*"' }));
  return { kind: "all" };
}

function bodyPath({ above, field }: Body & { readonly kind: "field" }): string {
  return [...above, field].map((each) => each.name).join(".");
}
