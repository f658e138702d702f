/** The http rules of one method -> its bindings. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { HttpPattern, HttpRule } from "../../proto/descriptor.js";
import type { Binding, Message } from "../api-model.js";
import type { LeftOutReason } from "../left-out.js";
import { bindBody, bindResponseBody, checkBodyAgainstPath } from "./bind-body.js";
import { checkFile } from "./bind-file.js";
import { bindPath } from "./bind-path.js";
import { bindStreamBody, checkStreamPath, refuseStream } from "./bind-stream.js";
import { type BindingRequest, place, type RuleContext, report, reportError, type SourcedRule } from "./rule-context.js";

/** The bindings of a method, in order, without those that have errors. */
export interface BoundMethod {
  readonly bindings: readonly Binding[];
  readonly diagnostics: readonly Diagnostic[];
  /** The reason why there is none, although nothing is wrong. */
  readonly leftOut?: LeftOutReason;
}

/** Binds a method by all its rules. Unknown request and reply types (which the readers report) bind nothing. */
export function bindMethod(request: BindingRequest): BoundMethod {
  const diagnostics: Diagnostic[] = [];
  const input = request.messages.get(request.method.input.value);
  const output = request.messages.get(request.method.output.value);
  if (input === undefined || output === undefined) return { bindings: [], diagnostics };
  if (request.rules.length === 0) return bindWithoutRule(request);
  const contexts = request.rules.map((sourced) => ruleContext(request, sourced, diagnostics));
  const bindings: Binding[] = [];
  let index = 0;
  for (const [at, { rule }] of request.rules.entries()) {
    const context = contexts[at];
    if (context === undefined) continue;
    checkRule(context, rule);
    for (const [depth, each] of [rule, ...rule.additionalBindings].entries()) {
      if (depth > 0) checkAdditional(context, each);
      const binding = bindRule(context, each, index, input, output);
      if (binding !== undefined) bindings.push(binding);
      index++;
    }
  }
  return { bindings, diagnostics };
}

function ruleContext(request: BindingRequest, { origin, file }: SourcedRule, diagnostics: Diagnostic[]): RuleContext {
  return { request, origin, file, diagnostics };
}

/** HR011, HR018, and the refusal of a stream of requests: what holds for a rule as a whole. */
function checkRule(context: RuleContext, rule: HttpRule): void {
  const { method } = context.request;
  if (rule.pattern === undefined && rule.additionalBindings.length === 0) {
    const message = `the http rule of ${method.name} has no pattern, expected get, put, post, delete, patch or custom`;
    const help = `without one it binds nothing; add for example get: "/v1/…"`;
    report(context, rule.span, diagnostic("HR011", message, { help }));
  }
  if (rule.selector !== undefined && context.origin === "annotation") {
    const message = `selector "${rule.selector.value}" in an annotation, expected none: the rule is for ${method.name}, where it stands`;
    const help = "remove it; selectors are for rules in a service configuration";
    report(context, rule.selector.span, diagnostic("HR018", message, { help }));
  }
  const pattern = rule.pattern ?? rule.additionalBindings.find((each) => each.pattern !== undefined)?.pattern;
  if (isRefused(context.request) && pattern !== undefined) refuseStream(context, pattern);
}

/** HR011, HR012: what holds for an entry of additional_bindings. */
function checkAdditional(context: RuleContext, rule: HttpRule): void {
  const nested = rule.additionalBindings[0];
  if (nested !== undefined) {
    const message = "additional_bindings inside additional_bindings, expected one level";
    reportError(context, nested.span, "HR012", message, "move the inner ones up to the rule of the method");
  }
  if (rule.pattern === undefined) {
    const message = "an entry of additional_bindings has no pattern, expected get, put, post, delete, patch or custom";
    const help = "without one it binds nothing; add a pattern or remove the entry";
    report(context, rule.span, diagnostic("HR011", message, { help }));
  }
}

/** One pattern with its body and response_body. All of it is checked, even when a part is wrong. */
function bindRule(
  context: RuleContext,
  rule: HttpRule,
  index: number,
  input: Message,
  output: Message,
): Binding | undefined {
  const { pattern } = rule;
  const errorsBefore = countErrors(context);
  if (pattern === undefined) return undefined;
  checkHttpMethod(context, pattern);
  const path = bindPath(context, pattern.path, input);
  const { clientStreaming } = context.request.method;
  const ownBody = bindBody(context, rule, pattern.httpMethod, input);
  const responseBody = bindResponseBody(context, rule, output);
  if (path === undefined || ownBody === undefined) return undefined;
  checkBodyAgainstPath(context, rule, ownBody, path);
  if (isRefused(context.request)) return undefined;
  if (clientStreaming) checkStreamPath(context, pattern, path);
  const body = clientStreaming ? bindStreamBody(context, rule, pattern, ownBody) : ownBody;
  checkFile(context, rule, pattern, body);
  if (countErrors(context) > errorsBefore) return undefined;
  return {
    index,
    httpMethod: pattern.httpMethod,
    ...path,
    body,
    ...(responseBody === undefined ? {} : { responseBody }),
    origin: context.origin,
    location: place(context.file, pattern.path.span),
  };
}

function isRefused({ method, collectRequests }: BindingRequest): boolean {
  return method.clientStreaming && !collectRequests;
}

function countErrors(context: RuleContext): number {
  return context.diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
}

const standardMethods: ReadonlySet<string> = new Set("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" "));

/** HR013, HR014. A method is a token (https://www.rfc-editor.org/rfc/rfc9110#section-9.1); `*` stands for all of them. */
function checkHttpMethod(context: RuleContext, { kind, httpMethod, path }: HttpPattern): void {
  if (kind !== "custom") return;
  if (!/^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/.test(httpMethod)) {
    const message = `custom kind "${httpMethod}", expected the name of an HTTP method`;
    reportError(context, path.span, "HR013", message, 'write for example kind: "HEAD", or kind: "*" for every method');
    return;
  }
  const upper = httpMethod.toUpperCase();
  if (upper === httpMethod || !standardMethods.has(upper)) return;
  const message = `custom kind "${httpMethod}", expected "${upper}": HTTP methods are case-sensitive`;
  const help = `no client sends "${httpMethod}"; write "${upper}"`;
  report(context, path.span, diagnostic("HR014", message, { help }));
}

/** Nothing, or the route that gRPC itself uses. */
function bindWithoutRule(request: BindingRequest): BoundMethod {
  const { method, service, file } = request;
  if (isRefused(request)) return { bindings: [], diagnostics: [], leftOut: "streams" };
  if (!request.bindUnbound) return { bindings: [], diagnostics: [], leftOut: "unbound" };
  const path = `/${service}/${method.name}`;
  const segments = [service, method.name].map((text) => ({ kind: "literal", text }) as const);
  const template = { source: path, segments, verb: "", variables: [] };
  const body = { kind: "all" } as const;
  const binding: Binding = {
    index: 0,
    httpMethod: "POST",
    template,
    pathParams: [],
    body,
    origin: "unbound",
    location: place(file, method.span),
  };
  return { bindings: [binding], diagnostics: [] };
}
