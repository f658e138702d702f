/** INTERIM: proto text -> Plan through buf, until the readers and the planner land. Same signature afterwards. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  createFileRegistry,
  fromBinary,
  getOption,
  hasOption,
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescMethod,
  ScalarType as S,
  isFieldSet,
  clone,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema, FieldDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type {
  ApiModel,
  Binding,
  ElementShape,
  Enum,
  Field,
  FieldShape,
  Message,
  Method,
  ProtoFile,
  ScalarType,
  Service,
  WellKnownType,
} from "../../src/model/api-model.js";
import { idiomaticStyle, type MessageStyle } from "../../src/model/message-style.js";
import type { PathTemplate, Segment, Variable } from "../../src/http-rule/path-template.js";
import { camelCase, kebabCase, pascalCase, typeName } from "../../src/plan/naming.js";
import type { FunctionPlan, MethodPlan, ModulePlan, Plan, RoutePlan, TranscodingOptions } from "../../src/plan/plan.js";

export interface PlanFromProtoOptions {
  readonly style?: MessageStyle;
  readonly transcoding?: Partial<TranscodingOptions>;
  readonly outDir?: string;
  /** Service full names served by a grpc-js object, with the module and the export. */
  readonly grpcJs?: Readonly<
    Record<string, { readonly module: string; readonly exportName: string; readonly messages?: MessageStyle }>
  >;
}

const none = { file: "t.proto", line: 1, column: 1, endLine: 1, endColumn: 1 };
const scalarNames: Record<number, ScalarType> = {
  [S.DOUBLE]: "double",
  [S.FLOAT]: "float",
  [S.INT64]: "int64",
  [S.UINT64]: "uint64",
  [S.INT32]: "int32",
  [S.FIXED64]: "fixed64",
  [S.FIXED32]: "fixed32",
  [S.BOOL]: "bool",
  [S.STRING]: "string",
  [S.BYTES]: "bytes",
  [S.UINT32]: "uint32",
  [S.SFIXED32]: "sfixed32",
  [S.SFIXED64]: "sfixed64",
  [S.SINT32]: "sint32",
  [S.SINT64]: "sint64",
};
const wkt = new Set(
  "Any Duration Empty FieldMask ListValue Struct Timestamp Value BoolValue BytesValue DoubleValue FloatValue Int32Value Int64Value StringValue UInt32Value UInt64Value".split(
    " ",
  ),
);

/** Files by import path -> model. google/* imports come from google-proto-files. All given files are targets. */
export function modelFromProto(files: Readonly<Record<string, string>> | string): ApiModel {
  const sources = typeof files === "string" ? { "test.proto": files } : files;
  const dir = mkdtempSync(join(tmpdir(), "g2l-plan-"));
  try {
    const add = (name: string, text: string): void => {
      if (existsSync(join(dir, name)) || (name.startsWith("google/protobuf/") && !Object.hasOwn(sources, name))) return;
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
      for (const [, path = ""] of text.matchAll(/^\s*import\s+(?:public\s+)?"([^"]+)"/gm)) {
        const own =
          sources[path] ??
          (path.startsWith("google/") && !path.startsWith("google/protobuf/")
            ? readFileSync(join("node_modules/google-proto-files", path), "utf8")
            : undefined);
        if (own !== undefined) add(path, own);
      }
    };
    for (const [name, text] of Object.entries(sources)) add(name, text);
    writeFileSync(join(dir, "buf.yaml"), "version: v2\n");
    execFileSync(join(process.cwd(), "node_modules/@bufbuild/buf-linux-x64/bin/buf"), ["build", "-o", "image.binpb"], {
      cwd: dir,
      stdio: "pipe",
    });
    return fromImage(readFileSync(join(dir, "image.binpb")), new Set(Object.keys(sources)));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function fromImage(bytes: Uint8Array, targets: ReadonlySet<string>): ApiModel {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
  const methods = new Map<string, Method>();
  const isUtf8 = (field: DescField): boolean => {
    const file =
      (field as { parent?: { file: { edition: number } } }).parent?.file ??
      (field as unknown as { file: { edition: number } }).file;
    return file.edition !== 998;
  };
  const element = (field: DescField): ElementShape => {
    const message = field.fieldKind === "map" ? undefined : field.message;
    if (message !== undefined)
      return {
        kind: "message",
        fullName: message.typeName,
        delimited: (field as { delimitedEncoding?: boolean }).delimitedEncoding ?? false,
      };
    if (field.enum !== undefined) return { kind: "enum", fullName: field.enum.typeName, closed: !field.enum.open };
    const scalar = scalarNames[field.scalar as number] as ScalarType;
    return { kind: "scalar", scalar, utf8: isUtf8(field) };
  };
  const shape = (field: DescField): FieldShape => {
    if (field.fieldKind === "list") return { kind: "list", item: element(field), packed: field.packed };
    if (field.fieldKind === "map") {
      const value: ElementShape =
        field.mapKind === "message"
          ? { kind: "message", fullName: field.message.typeName, delimited: false }
          : field.mapKind === "enum"
            ? { kind: "enum", fullName: field.enum.typeName, closed: !field.enum.open }
            : { kind: "scalar", scalar: scalarNames[field.scalar] as ScalarType, utf8: isUtf8(field) };
      return { kind: "map", key: scalarNames[field.mapKey] as ScalarType, value };
    }
    return element(field);
  };
  const named = (d: { name: string; typeName?: string; deprecated: boolean }, fullName: string) => ({
    name: d.name,
    fullName,
    comment: "",
    deprecated: d.deprecated,
    location: none,
  });
  const toExtension = (x: DescExtension): Field => ({
    ...toField(x as unknown as DescField, ""),
    ...named(x, x.typeName),
    jsonName: `[${x.typeName}]`,
    extendee: x.extendee.typeName,
  });
  const toField = (field: DescField, parent: string): Field => {
    const s = shape(field);
    const def = field.proto.defaultValue;
    return {
      ...named(field, `${parent}.${field.name}`),
      number: field.number,
      jsonName: field.jsonName,
      shape: s,
      proto3Optional: field.proto.proto3Optional,
      presence:
        s.kind === "list" || s.kind === "map"
          ? "implicit"
          : field.presence === 3
            ? "required"
            : field.presence === 2
              ? "implicit"
              : "explicit",
      ...(field.oneof !== undefined ? { oneof: field.oneof.name } : {}),
      ...(isFieldSet(field.proto, FieldDescriptorProtoSchema.field.defaultValue) ? { defaultValue: def } : {}),
    };
  };
  const toEnum = (e: DescEnum): Enum => ({
    ...named(e, e.typeName),
    file: `${e.file.name}.proto`,
    closed: !e.open,
    allowAlias: e.proto.options?.allowAlias ?? false,
    values: e.values.map((v) => ({ ...named(v, `${e.typeName}.${v.name}`), number: v.number })),
  });
  const toMessage = (m: DescMessage): Message => ({
    ...named(m, m.typeName),
    file: `${m.file.name}.proto`,
    fields: m.fields.map((f) => toField(f, m.typeName)),
    oneofs: m.oneofs.map((o) => ({ ...named(o, `${m.typeName}.${o.name}`), fields: o.fields.map((f) => f.name) })),
    messages: m.nestedMessages.map(toMessage),
    enums: m.nestedEnums.map(toEnum),
    extensions: m.nestedExtensions.map(toExtension),
    ...(m.typeName.startsWith("google.protobuf.") && wkt.has(m.name) ? { wellKnown: m.name as WellKnownType } : {}),
    messageSetWireFormat: m.proto.options?.messageSetWireFormat ?? false,
  });
  const bindings = (m: DescMethod): Binding[] => {
    const http = registry.getExtension("google.api.http");
    if (http === undefined || !hasOption(m, http)) return [];
    const fieldOf = (name: string): Field => {
      const f = m.input.fields.find((x) => x.name === name);
      if (!f) throw new Error(name);
      return toField(f, m.input.typeName);
    };
    // biome-ignore lint/suspicious/noExplicitAny: interim
    const one = (rule: any, index: number): Binding => {
      const kind: string = rule.pattern.case;
      const [httpMethod, path]: [string, string] =
        kind === "custom"
          ? [rule.pattern.value.kind, rule.pattern.value.path]
          : [kind.toUpperCase(), rule.pattern.value];
      const template = parse(path);
      const responseField = m.output.fields.find((f) => f.name === rule.responseBody);
      return {
        index,
        httpMethod,
        template,
        origin: "annotation",
        location: none,
        pathParams: template.variables.map((v, i) => {
          let at: DescMessage | undefined = m.input;
          const fields: Field[] = [];
          for (const n of v.fieldPath) {
            const f: DescField | undefined = at?.fields.find((x) => x.name === n);
            if (!f || !at) throw new Error(`${path} ${n}`);
            fields.push(toField(f, at.typeName));
            at = f.fieldKind === "message" ? f.message : undefined;
          }
          return { variable: i, fields };
        }),
        body:
          rule.body === "*"
            ? { kind: "all" }
            : rule.body === ""
              ? { kind: "none" }
              : { kind: "field", field: fieldOf(rule.body) },
        ...(responseField ? { responseBody: toField(responseField, m.output.typeName) } : {}),
      };
    };
    // biome-ignore lint/suspicious/noExplicitAny: interim
    const rule = getOption(m, http) as any;
    return [one(rule, 0), ...rule.additionalBindings.map((r: unknown, i: number) => one(r, i + 1))];
  };
  void methods;
  void clone;
  const files: ProtoFile[] = [...registry.files].map((f) => ({
    path: `${f.name}.proto`,
    package: f.proto.package,
    edition: f.edition === 998 ? "proto2" : f.edition === 999 ? "proto3" : "2023",
    target: targets.has(`${f.name}.proto`),
    imports: f.dependencies.map((d) => `${d.name}.proto`),
    messages: f.messages.map(toMessage),
    enums: f.enums.map(toEnum),
    extensions: f.extensions.map(toExtension),
    services: f.services.map(
      (s): Service => ({
        ...named(s, s.typeName),
        file: `${f.name}.proto`,
        methods: s.methods.map((m) => ({
          ...named(m, `${s.typeName}.${m.name}`),
          input: m.input.typeName,
          output: m.output.typeName,
          clientStreaming: m.methodKind.startsWith("client") || m.methodKind.startsWith("bidi"),
          serverStreaming: m.methodKind.startsWith("server") || m.methodKind.startsWith("bidi"),
          bindings: bindings(m),
        })),
      }),
    ),
  }));
  return { files };
}

function parse(source: string): PathTemplate {
  const segments: Segment[] = [];
  const variables: Variable[] = [];
  let rest = source.slice(1);
  let verb = "";
  const v = /:([^/{}]+)$/.exec(rest);
  if (v?.[1] !== undefined) {
    verb = v[1];
    rest = rest.slice(0, -v[0].length);
  }
  const seg = (t: string): Segment =>
    t === "**" ? { kind: "deepWildcard" } : t === "*" ? { kind: "wildcard" } : { kind: "literal", text: t };
  for (const part of rest.match(/\{[^}]*\}|[^/]+/g) ?? []) {
    if (!part.startsWith("{")) {
      segments.push(seg(part));
      continue;
    }
    const [path = "", pattern = "*"] = part.slice(1, -1).split("=");
    const start = segments.length;
    for (const p of pattern.split("/")) segments.push(seg(p));
    variables.push({ fieldPath: path.split("."), start, end: segments.length, offset: source.indexOf(part) + 1 });
  }
  return { source, segments, verb, variables };
}

/** proto text (or files by import path) -> a plan with everything flagged for emission, one function per RPC. */
export function planFromProto(
  files: Readonly<Record<string, string>> | string,
  options: PlanFromProtoOptions = {},
): Plan {
  const model = modelFromProto(files);
  const style = options.style ?? idiomaticStyle;
  const layout = { outDir: options.outDir ?? "gen", handlersDir: "src/handlers", template: "template.yaml" };
  const styles = new Map<MessageStyle, string>([[style, ""]]);
  for (const g of Object.values(options.grpcJs ?? {}))
    if (g.messages && !styles.has(g.messages)) styles.set(g.messages, `style${styles.size}/`);
  const flags = { decodeJson: true, encodeJson: true, decodeBinary: true, encodeBinary: true, params: true };
  const modules: ModulePlan[] = [...styles].flatMap(([s, prefix]) =>
    model.files.map((file) => {
      const messages = (list: readonly Message[]): Message[] => list.flatMap((m) => [m, ...messages(m.messages)]);
      const all = messages(file.messages);
      return {
        file,
        style: s,
        path: prefix + file.path.replace(/\.proto$/, ""),
        messages: all.map((message) => ({ message, name: typeName(message.fullName, file.package), ...flags })),
        enums: [...file.enums, ...all.flatMap((m) => m.enums)].map((e) => ({
          enum: e,
          name: typeName(e.fullName, file.package),
          ...flags,
        })),
      };
    }),
  );
  const methods = model.files
    .filter((f) => f.target)
    .flatMap((f) =>
      f.services.flatMap((service) =>
        service.methods.map((method): MethodPlan => {
          const g = options.grpcJs?.[service.fullName];
          return {
            service,
            method,
            id: camelCase(service.name) + pascalCase(method.name),
            style: g?.messages ?? style,
            implementation: g
              ? { kind: "grpc-js", module: g.module, exportName: g.exportName }
              : {
                  kind: "function",
                  file: `src/handlers/${kebabCase(service.name)}/${kebabCase(method.name)}.ts`,
                  exportName: camelCase(method.name),
                },
          };
        }),
      ),
    );
  const key = (b: Binding) => ({
    httpMethod: b.httpMethod,
    path: `/${b.template.segments.map((s, i) => (s.kind === "literal" ? s.text : `{p${i}}`)).join("/")}`,
    precision: b.template.verb === "" ? ("exact" as const) : ("widened" as const),
  });
  const functions = methods.map((m): FunctionPlan => {
    const id = `${kebabCase(m.service.name)}-${kebabCase(m.method.name)}`;
    return {
      id,
      logicalId: pascalCase(id),
      path: `functions/${id}.ts`,
      service: m.service,
      methods: [m],
      routeKeys: m.method.bindings.map(key),
      environment: [],
      policies: [],
    };
  });
  const routes = methods.flatMap((m, i) =>
    m.method.bindings.map(
      (binding): RoutePlan => ({ method: m, binding, routeKey: key(binding), functionId: functions[i]?.id ?? "" }),
    ),
  );
  return {
    model,
    layout,
    modules,
    methods,
    functions,
    routes,
    anyTypes: modules
      .filter((m) => m.file.target && m.style === style)
      .flatMap((m) => m.messages.map((x) => x.message.fullName))
      .sort(),
    transcoding: {
      profile: "grpc-gateway",
      emitDefaults: true,
      originalNames: false,
      enumsAsNumbers: false,
      unknownFields: "ignore",
      ...options.transcoding,
    },
    deployment: {
      apiName: "test",
      runtime: "nodejs24.x",
      architecture: "arm64",
      memorySize: 512,
      timeout: 28,
      logRetentionDays: 30,
      auth: "iam",
      environment: [],
      policies: [],
      vpc: false,
    },
  } as Plan;
}
