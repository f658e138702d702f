/** Descriptors in a few words. Spans of rules are columns in the rule's text, on the line given. */
import type { Span } from "../../src/diagnostics.js";
import type {
  Declaration,
  Edition,
  ElementType,
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  HttpPattern,
  HttpRule,
  Located,
  MessageDescriptor,
  MethodDescriptor,
  ScalarType,
  ServiceDescriptor,
} from "../../src/proto/descriptor.js";

const scalars: ReadonlySet<string> = new Set<ScalarType>(
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(
    " ",
  ) as ScalarType[],
);

export const at: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

export function declaration(fullName: string): Declaration {
  const name = fullName.slice(fullName.lastIndexOf(".") + 1);
  return { name, fullName, comment: "", deprecated: false, span: at };
}

export function file(path: string, contents: Partial<FileDescriptor>): FileDescriptor {
  const nothing = { imports: [], messages: [], enums: [], services: [], extensions: [], features: {} };
  return { path, displayPath: path, package: "t", edition: "proto3" as Edition, ...nothing, ...contents };
}

/** `string id; repeated N ns; map<string, N> m; enum E e; oneof o: N on`, types relative to the package `t`. */
export function message(fullName: string, fields = "", more: Partial<MessageDescriptor> = {}): MessageDescriptor {
  const parsed = fields.split(";").filter((text) => text.trim() !== "");
  return {
    ...declaration(fullName),
    fields: parsed.map((text, index) => field(fullName, text.trim(), index + 1)),
    oneofs: [],
    messages: [],
    enums: [],
    extensions: [],
    messageSetWireFormat: false,
    extensionRanges: [],
    features: {},
    ...more,
  };
}

const fieldForm =
  /^(?:oneof (\w+): )?(?:(optional|required|repeated) )?(enum |group )?(map<(\w+), *([\w.]+)>|[\w.]+) (\w+)$/;

export function field(
  parent: string,
  text: string,
  number: number,
  more: Partial<FieldDescriptor> = {},
): FieldDescriptor {
  const [, oneof, label, kind, type = "", mapKey, mapValue, name] = fieldForm.exec(text) ?? [];
  if (name === undefined) throw new Error(`not a field: ${text}`);
  return {
    ...declaration(`${parent}.${name}`),
    number,
    type:
      mapKey === undefined
        ? elementType(type, kind?.trim())
        : { kind: "map", key: mapKey as ScalarType, value: elementType(mapValue ?? "", undefined) },
    label: mapKey !== undefined ? "repeated" : ((label as FieldDescriptor["label"] | undefined) ?? "singular"),
    jsonName: name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    ...(oneof === undefined ? {} : { oneof }),
    features: {},
    ...more,
  };
}

function elementType(type: string, kind: string | undefined): ElementType {
  if (scalars.has(type)) return { kind: "scalar", scalar: type as ScalarType };
  const fullName = type.includes(".") ? type : `t.${type}`;
  return { kind: kind === "enum" || kind === "group" ? kind : "message", fullName };
}

export function enumeration(fullName: string, more: Partial<EnumDescriptor> = {}): EnumDescriptor {
  const zero = { ...declaration(`${fullName.slice(0, fullName.lastIndexOf("."))}.ZERO`), number: 0 };
  return { ...declaration(fullName), values: [zero], allowAlias: false, features: {}, ...more };
}

export function service(fullName: string, methods: readonly MethodDescriptor[]): ServiceDescriptor {
  return { ...declaration(fullName), methods };
}

/** `R(stream M) returns (M)`, with an http rule in text format on the line given. */
export function method(serviceName: string, rpc: string, ruleText?: string, line = 1): MethodDescriptor {
  const [, name, inStream, input, outStream, output] =
    /^(\w+)\((stream )?([\w.]+)\) returns \((stream )?([\w.]+)\)$/.exec(rpc) ?? [];
  if (name === undefined || input === undefined || output === undefined) throw new Error(`not an rpc: ${rpc}`);
  const type = (text: string): Located<string> => ({ value: text.includes(".") ? text : `t.${text}`, span: at });
  return {
    ...declaration(`${serviceName}.${name}`),
    span: { ...at, line, endLine: line },
    input: type(input),
    output: type(output),
    clientStreaming: inStream !== undefined,
    serverStreaming: outStream !== undefined,
    ...(ruleText === undefined ? {} : { http: httpRule(ruleText, line) }),
  };
}

/** `get: "/v1/a" body: "*" additional_bindings { … } custom { kind: "HEAD" path: "/v1/a" }`. */
export function httpRule(text: string, line = 1): HttpRule {
  const tokens = [...text.matchAll(/"([^"]*)"|\w+|[{}:]/g)];
  const reader = { next: 0 };
  const take = (): RegExpExecArray | undefined => tokens[reader.next++];
  const readText = (): Located<string> => {
    const token = take();
    if (token?.[1] === undefined) throw new Error(`not a text in ${text}`);
    const column = token.index + 2;
    return { value: token[1], span: { line, column, endLine: line, endColumn: column + token[1].length } };
  };
  const readRule = (span: Span): HttpRule => {
    const additionalBindings: HttpRule[] = [];
    let rule: Omit<HttpRule, "additionalBindings" | "span"> = {};
    for (let token = take(); token !== undefined && token[0] !== "}"; token = take()) {
      const key = token[0];
      take();
      const column = token.index + 1;
      if (key === "additional_bindings") {
        additionalBindings.push(readRule({ line, column, endLine: line, endColumn: column + key.length }));
      } else if (key === "custom") {
        rule = { ...rule, pattern: readCustom() };
      } else if (key === "body" || key === "selector") rule = { ...rule, [key]: readText() };
      else if (key === "response_body") rule = { ...rule, responseBody: readText() };
      else rule = { ...rule, pattern: verbPattern(key, readText()) };
    }
    return { ...rule, additionalBindings, span };
  };
  const readCustom = (): HttpPattern => {
    take();
    take();
    const kind = readText();
    take();
    take();
    const path = readText();
    take();
    return { kind: "custom", httpMethod: kind.value, path };
  };
  return readRule({ line, column: 1, endLine: line, endColumn: text.length + 1 });
}

function verbPattern(key: string, path: Located<string>): HttpPattern {
  if (key !== "get" && key !== "put" && key !== "post" && key !== "delete" && key !== "patch") {
    throw new Error(`not a key of a rule: ${key}`);
  }
  return { kind: key, httpMethod: key.toUpperCase(), path };
}

/** The google.protobuf types that the tests use. */
export const wellKnownFile: FileDescriptor = file("google/protobuf/all.proto", {
  package: "google.protobuf",
  messages: [
    message("google.protobuf.Timestamp", "int64 seconds; int32 nanos"),
    message("google.protobuf.Duration", "int64 seconds; int32 nanos"),
    message("google.protobuf.StringValue", "string value"),
    message("google.protobuf.FieldMask", "repeated string paths"),
    message("google.protobuf.Value", ""),
    message("google.protobuf.Empty", ""),
  ],
});
