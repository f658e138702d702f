/** The data that the checks of an http rule use, and their reports. */
import type { Diagnostic, Location, Span } from "../../diagnostics.js";
import type { DiagnosticCode } from "../../diagnostic-codes.js";
import type { HttpRule, Located, MethodDescriptor } from "../../proto/descriptor.js";
import type { Binding, Message } from "../api-model.js";

/** One method with the rules that apply to it. */
export interface BindingRequest {
  readonly method: MethodDescriptor;
  /** Package of the service: type names in messages are shown relative to it. */
  readonly package: string;
  /** Full name of the service. */
  readonly service: string;
  /** File of the method, to show. */
  readonly file: string;
  readonly rules: readonly SourcedRule[];
  readonly messages: ReadonlyMap<string, Message>;
  readonly allowDeleteBody: boolean;
  /** Bind the method to `POST /pkg.Service/Method` when no rule does. */
  readonly bindUnbound: boolean;
  /** Whether to bind a method that streams its requests: the messages of one HTTP body are then the stream. */
  readonly collectRequests: boolean;
  /** The profile. A rule that grpc-gateway accepts and others refuse is a warning in its profile. */
  readonly profile: "grpc-gateway" | "spec";
  /** The reading of a google.api.HttpBody in a request, if it is configured: as JSON, or as raw bytes. */
  readonly httpBodies: "json" | "raw" | undefined;
  /** The number of findings about other methods: only the first ones get advice. */
  readonly findings: number;
}

/** A rule with where it comes from. */
export interface SourcedRule {
  readonly rule: HttpRule;
  readonly origin: Exclude<Binding["origin"], "unbound">;
  /** File of the rule, to show. */
  readonly file: string;
}

/** The place of a rule and the destination of its findings. */
export interface RuleContext {
  readonly request: BindingRequest;
  readonly origin: Binding["origin"];
  readonly file: string;
  readonly diagnostics: Diagnostic[];
}

type Finding = Pick<Diagnostic, "code" | "severity" | "message" | "help">;

/** Reports about a span of the rule's file. */
export function report(context: RuleContext, span: Span, finding: Finding): void {
  context.diagnostics.push({ ...finding, location: place(context.file, span) });
}

/** Shorthand for an error. */
export function reportError(
  context: RuleContext,
  span: Span,
  code: DiagnosticCode,
  message: string,
  help: string,
): void {
  report(context, span, { code, severity: "error", message, help });
}

/** A span of a file as a plain location, whatever else the span object carries. */
export function place(file: string, { line, column, endLine, endColumn }: Span): Location {
  return { file, line, column, endLine, endColumn };
}

/** The place of `length` characters at `offset` inside a located text; the whole place when the source text is not at hand. */
export function spanInside({ value, span }: Located<string>, offset: number, length: number): Span {
  const exact = span.line === span.endLine && span.endColumn - span.column === value.length;
  if (!exact) return span;
  const column = span.column + offset;
  return { line: span.line, column, endLine: span.line, endColumn: column + length };
}

/** A type name as the service's file would write it. */
export function showType(fullName: string, packageName: string): string {
  return packageName !== "" && fullName.startsWith(`${packageName}.`)
    ? fullName.slice(packageName.length + 1)
    : fullName;
}
