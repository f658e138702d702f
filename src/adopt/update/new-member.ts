/** The text of a new method, in the form of a method that is there already. */
import { Node, type SourceFile } from "ts-morph";
import { isInline, type Member, memberName, type WrittenFunction } from "./members.js";
import { type NewType, type Substituted, substituteMessages } from "./message-names.js";
import { libraryOf, type NewValue, refusalOf } from "./refusal.js";
import type { TextForm } from "./text-form.js";
import type { WantedMethod } from "./wanted-service.js";

/** A method as text in parts. */
export interface NewMember {
  /** Up to the opening brace, with it. */
  readonly head: string;
  readonly statement: string;
  /** The end of the member after the closing brace: `;` for a property of a class. */
  readonly end: string;
  readonly types: readonly NewType[];
  readonly values: readonly NewValue[];
}

/** A method that is there, the RPC that it implements, and its function. */
export interface Pattern {
  readonly member: Member;
  readonly method: WantedMethod;
  readonly written: WrittenFunction;
}

/** Writes the method for an RPC. Without a pattern it has no types. */
export function writeMember(
  method: WantedMethod,
  name: string,
  pattern: Pattern | undefined,
  file: SourceFile,
  form: TextForm,
): NewMember {
  const library = libraryOf(file, pattern !== undefined && isPromise(pattern));
  const hasCallbacks = library === "callbacks";
  const head =
    pattern !== undefined && isSameKind(pattern.method, method) && (!hasCallbacks || hasBoth(pattern))
      ? copiedHead(pattern, method, name)
      : hasCallbacks
        ? callbackHead(pattern, method, name, form)
        : promiseHead(pattern, method, name);
  const { statement, values } = refusalOf(library, method, head.parameters, file, form);
  return { ...head, statement, values: [...values, ...head.values] };
}

type Head = Pick<NewMember, "head" | "end" | "types" | "values"> & { readonly parameters: readonly string[] };

/** An async function whose second parameter is no callback. */
function isPromise({ written: { isAsync, isGenerator, parameters } }: Pattern): boolean {
  return (isAsync || isGenerator) && !/^_?(?:callback|cb|done|respond|next)\b/i.test(parameters[1]?.getText() ?? "");
}

function isSameKind(one: WantedMethod, other: WantedMethod): boolean {
  return one.clientStreaming === other.clientStreaming && one.serverStreaming === other.serverStreaming;
}

/** The names that the statement needs: the call of a stream of replies, otherwise the callback. */
function hasBoth({ method, written: { parameters } }: Pattern): boolean {
  const needed = parameters[method.serverStreaming ? 0 : 1];
  return needed !== undefined && Node.isIdentifier(nameOfParameter(needed));
}

function nameOfParameter(parameter: Node): Node {
  return Node.isParameterDeclaration(parameter) ? parameter.getNameNode() : parameter;
}

function copiedHead(pattern: Pattern, method: WantedMethod, name: string): Head {
  const { member, written } = pattern;
  const parameters = written.parameters.map((one) => nameOfParameter(one).getText());
  const old = memberName(member);
  if (!isInline(member, written)) {
    const { text, types } = substituteMessages(signatureOf(written), pattern.method, method);
    return { head: `${prefixOf(written)}${name}${text} {`, end: "", types, values: [], parameters };
  }
  const source = member.getSourceFile().getFullText();
  const all = source.slice(member.getStart(), headEnd(written));
  const at = all.search(new RegExp(`(["']?)\\b${old}\\b\\1\\s*[?!]?\\s*[(:<=]`));
  const before = all.slice(0, at).replace(new RegExp(`(["'])${pattern.method.name}\\1`), `$1${method.name}$1`);
  const after = all.slice(at).replace(new RegExp(`^(["']?)${old}\\1`), name);
  const { text, types } = substituteMessages(after, pattern.method, method);
  const end = member.getText().endsWith(";") ? ";" : "";
  const opening = written.isArrow && !Node.isBlock(written.body) ? " {" : "{";
  return { head: before + text + opening, end, types, values: [], parameters };
}

/** The place before the brace of the body; after `=>` where the body is an expression. */
function headEnd({ node, body }: WrittenFunction): number {
  return Node.isArrowFunction(node) && !Node.isBlock(body) ? node.getEqualsGreaterThan().getEnd() : body.getStart();
}

function signatureOf({ node, parameters }: WrittenFunction): string {
  const result = Node.isReturnTyped(node) ? node.getReturnTypeNode()?.getText() : undefined;
  return `(${parameters.map((one) => one.getText()).join(", ")})${result === undefined ? "" : `: ${result}`}`;
}

function prefixOf({ isAsync, isGenerator }: Pick<WrittenFunction, "isAsync" | "isGenerator">): string {
  return `${isAsync ? "async " : ""}${isGenerator ? "*" : ""}`;
}

/** Types of grpc-js for each kind of RPC: of the call, and of a whole handler. */
const callTypes = /(\w+\.)?\b(?:Server(?:UnaryCall|ReadableStream|WritableStream|DuplexStream))\s*<([^<>]*)>/;
const handlerTypes = /:\s*(\w+\.)?\bhandle(?:Unary|ClientStreaming|ServerStreaming|BidiStreaming)Call\s*<([^<>]*)>/;

function typesOf({ clientStreaming, serverStreaming }: WantedMethod): readonly [call: string, handler: string] {
  if (clientStreaming) {
    return serverStreaming
      ? ["ServerDuplexStream", "handleBidiStreamingCall"]
      : ["ServerReadableStream", "handleClientStreamingCall"];
  }
  return serverStreaming
    ? ["ServerWritableStream", "handleServerStreamingCall"]
    : ["ServerUnaryCall", "handleUnaryCall"];
}

/** `watch(call: grpc.ServerWritableStream<A, B>): void`, with types where the pattern has them. */
function callbackHead(pattern: Pattern | undefined, method: WantedMethod, name: string, { semicolon }: TextForm): Head {
  const parameters = method.serverStreaming ? ["call"] : ["call", "callback"];
  const own = pattern?.written.node.getText() ?? "";
  const property = pattern?.member.getText() ?? "";
  const whole = handlerTypes.exec(property);
  const [, prefix = "", messages] = whole ?? callTypes.exec(own) ?? [];
  if (pattern === undefined || messages === undefined)
    return { head: `${name}(${parameters.join(", ")}) {`, end: "", types: [], values: [], parameters };
  const substituted = substituteMessages(messages, pattern.method, method);
  const reply = substituteMessages(messages.split(",")[1]?.trim() ?? "", pattern.method, method).text;
  const [call, handler] = typesOf(method);
  const values = (names: readonly string[]): NewValue[] =>
    prefix === "" ? names.map((one) => ({ name: one, module: /^@grpc\/grpc-js$/, isType: true })) : [];
  const shared = { types: substituted.types, parameters };
  if (whole !== null) {
    const head = `${name}: ${prefix}${handler}<${substituted.text}> = (${parameters.join(", ")}) => {`;
    return { ...shared, head, end: semicolon, values: values([handler]) };
  }
  const callback = method.serverStreaming ? "" : `, callback: ${prefix}sendUnaryData<${reply}>`;
  const head = `${name}(call: ${prefix}${call}<${substituted.text}>${callback}): void {`;
  return { ...shared, head, end: "", values: values(callback === "" ? [call] : [call, "sendUnaryData"]) };
}

/** `async *watch(request: A, context: CallContext)`, with types where the pattern has them. */
function promiseHead(pattern: Pattern | undefined, method: WantedMethod, name: string): Head {
  const prefix = prefixOf({ isAsync: true, isGenerator: method.serverStreaming });
  const { clientStreaming } = method;
  const first = clientStreaming ? "requests" : "request";
  const [, type] = /:\s*(.+)$/s.exec(pattern?.written.parameters[0]?.getText() ?? "") ?? [];
  const { text, types } = requestType(type, pattern, method);
  const typed = text === "" ? first : `${first}: ${clientStreaming ? `AsyncIterable<${text}>` : text}`;
  const context = pattern?.written.parameters[1]?.getText();
  const parameters = context === undefined ? [typed] : [typed, context];
  return { head: `${prefix}${name}(${parameters.join(", ")}) {`, end: "", types, values: [], parameters: [] };
}

/** The type of a request, without the iterable around it. */
function requestType(type: string | undefined, pattern: Pattern | undefined, method: WantedMethod): Substituted {
  if (type === undefined || pattern === undefined) return { text: "", types: [] };
  const [, inner = type] = /^AsyncIterable<(.*)>$/s.exec(type) ?? [];
  return substituteMessages(inner, pattern.method, method);
}
