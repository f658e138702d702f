/** The RPCs of a set with their HTTP rules, from its descriptors. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  createFileRegistry,
  type DescField,
  type DescMessage,
  type DescMethod,
  type FileRegistry,
  fromBinary,
  getExtension,
  hasExtension,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { ProtoSet } from "../build/proto-sets.js";
import { parseTemplate, type Template } from "./template.js";

/** One HTTP rule of an RPC. */
export interface Binding extends Template {
  /** `/package.Service/Method`. */
  readonly rpc: string;
  readonly service: string;
  readonly method: string;
  readonly kind: DescMethod["methodKind"];
  readonly input: DescMessage;
  readonly output: DescMessage;
  /** Among the rules of its RPC. */
  readonly index: number;
  readonly httpMethod: string;
  /** "", "*" or a field's name. */
  readonly body: string;
  /** "" or a field's name. */
  readonly responseBody: string;
  /** Whether the RPC has no rule of its own. */
  readonly unbound: boolean;
}

/** A set as it is called. */
export interface Api {
  readonly set: ProtoSet;
  readonly registry: FileRegistry;
  readonly bindings: readonly Binding[];
  /** A binding of each RPC. */
  readonly rpcs: ReadonlyMap<string, Binding>;
}

interface HttpRule {
  readonly pattern:
    | { readonly case: undefined }
    | { readonly case: "custom"; readonly value: { readonly kind: string; readonly path: string } }
    | { readonly case: "get" | "put" | "post" | "delete" | "patch"; readonly value: string };
  readonly body: string;
  readonly responseBody: string;
  readonly additionalBindings: readonly HttpRule[];
}

/** Reads a descriptor image. */
export function readRegistry(images: string, name: string): FileRegistry {
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(join(images, `${name}.binpb`))));
}

/** Reads the API of a set. */
export function readApi(images: string, set: ProtoSet): Api {
  const registry = readRegistry(images, set.name);
  const methods = set.files.flatMap((file) => registry.getFile(file)?.services.flatMap((service) => service.methods));
  const bindings = methods.flatMap((method) => (method === undefined ? [] : bindingsOf(method, registry)));
  const compared = bindings.filter(({ service, method }) => !set.skip.includes(`${service}.${method}`));
  return { set, registry, bindings: compared, rpcs: new Map(compared.map((binding) => [binding.rpc, binding])) };
}

function bindingsOf(method: DescMethod, registry: FileRegistry): Binding[] {
  const service = method.parent.typeName;
  const { name, methodKind: kind, input, output } = method;
  const common = { rpc: `/${service}/${name}`, service, method: name, kind, input, output };
  const rule = ruleOf(method, registry);
  if (rule === undefined) {
    const post = { index: 0, httpMethod: "POST", body: "*", responseBody: "", unbound: true };
    return [{ ...common, ...post, ...parseTemplate(common.rpc) }];
  }
  return [rule, ...rule.additionalBindings].flatMap(({ pattern, body, responseBody }, index) => {
    if (pattern.case === undefined) return [];
    const isCustom = pattern.case === "custom";
    const httpMethod = isCustom ? pattern.value.kind : pattern.case.toUpperCase();
    const template = parseTemplate(isCustom ? pattern.value.path : pattern.value);
    return [{ ...common, index, httpMethod, body, responseBody, unbound: false, ...template }];
  });
}

function ruleOf({ proto: { options } }: DescMethod, registry: FileRegistry): HttpRule | undefined {
  const extension = registry.getExtension("google.api.http");
  if (options === undefined || extension === undefined || !hasExtension(options, extension)) return undefined;
  return getExtension(options, extension) as unknown as HttpRule;
}

/** The field that a path of proto names leads to; undefined where there is none. */
export function fieldAt(message: DescMessage, path: string): DescField | undefined {
  const [first, ...rest] = path.split(".");
  const field = message.fields.find(({ name }) => name === first);
  if (rest.length === 0) return field;
  return field?.message === undefined ? undefined : fieldAt(field.message, rest.join("."));
}

/** The field that is the body of a binding; undefined where the body is none or the whole message. */
export function bodyField({ body, input }: Binding): DescField | undefined {
  return body === "" || body === "*" ? undefined : fieldAt(input, body);
}

/** Whether requests are a stream. */
export function streamsRequests({ kind }: Binding): boolean {
  return kind === "client_streaming" || kind === "bidi_streaming";
}

/** Whether replies are a stream. */
export function streamsReplies({ kind }: Binding): boolean {
  return kind === "server_streaming" || kind === "bidi_streaming";
}
