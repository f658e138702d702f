/** google.api.HttpBody as what a request's body is. */
import { diagnostic } from "../../diagnostics.js";
import type { HttpPattern, HttpRule } from "../../proto/descriptor.js";
import type { Body } from "../api-model.js";
import { type RuleContext, report } from "./rule-context.js";

const httpBody = "google.api.HttpBody";

/** Tells whether the body is a google.api.HttpBody: the whole request, or a field of it. */
export function holdsFile({ request }: RuleContext, body: Body): boolean {
  if (body.kind !== "field") return body.kind === "all" && request.method.input.value === httpBody;
  return body.field.shape.kind === "message" && body.field.shape.fullName === httpBody;
}

/** Tells whether such a body is the bytes as they come, and not the JSON of the message. */
export function isRaw({ request }: RuleContext): boolean {
  return (request.httpBodies ?? (request.profile === "spec" ? "raw" : "json")) === "raw";
}

/** HR032, until the configuration says how to read it. */
export function checkFile(context: RuleContext, rule: HttpRule, { path }: HttpPattern, body: Body): void {
  if (context.request.httpBodies !== undefined || isRaw(context) || !holdsFile(context, body)) return;
  const { name } = context.request.method;
  const message = `google.api.HttpBody as the body of ${name}: requests hold the JSON {"contentType", "data"}, as for grpc-gateway; Envoy takes the bytes of the file itself`;
  const help = "say which one it is: transcoding: { httpBodyRequests: json } or { httpBodyRequests: raw }";
  report(context, rule.body?.span ?? path.span, diagnostic("HR032", message, { help }));
}
