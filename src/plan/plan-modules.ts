/** Which modules exist, what they declare, and which codec functions something reachable calls. */
import { createHash } from "node:crypto";
import { compareText } from "../diagnostics.js";
import type { Binding, Enum, Field, Message, Method, ProtoFile } from "../model/api-model.js";
import { idiomaticStyle, type MessageStyle } from "../model/message-style.js";
import type { ModelIndex } from "../model/model-index.js";
import { typeName, uniqueNames } from "./naming.js";
import type { EnumPlan, MessagePlan, MethodPlan, ModulePlan } from "./plan.js";
import { styleKey } from "./plan-index.js";
import { addParamTypes, addReachable, createMessageGraph, elementOf, type MessageGraph, typeOf } from "./reachable.js";

const anyName = "google.protobuf.Any";

/** Travels as bytes with a content type, never as JSON. */
const httpBodyName = "google.api.HttpBody";

/** Well-known types whose text in a path or query is read by their JSON decoder. */
const jsonParams: ReadonlySet<string> = new Set(["Timestamp", "Duration", "Struct", "Value", "ListValue"]);

/** Full names by what is needed of them. */
interface StyleUse {
  readonly types: ReadonlySet<string>;
  readonly decodeJson: ReadonlySet<string>;
  readonly encodeJson: ReadonlySet<string>;
  readonly decodeBinary: ReadonlySet<string>;
  readonly encodeBinary: ReadonlySet<string>;
  readonly params: ReadonlySet<string>;
}

/** The modules, and the types that an Any may hold (empty when nothing reaches an Any). */
export interface PlannedModules {
  readonly modules: readonly ModulePlan[];
  readonly anyTypes: readonly string[];
}

/**
 * Plans the modules of every style that a method uses. The modules of `primary` (or else of the first style in use) live at the
 * root of the output and declare every type of the target files; those of a further style live in a folder of their own and
 * declare what its services reach.
 */
export function planModules(
  index: ModelIndex,
  methods: readonly MethodPlan[],
  primary: MessageStyle,
  anyTypes: readonly string[],
): PlannedModules {
  const graph = createMessageGraph(index);
  const [first, ...further] = stylesInUse(methods, primary);
  const folders = nameStyles(further);
  const uses = [...(first === undefined ? [] : [first]), ...further].map((style) => {
    const own = methods.filter((method) => styleKey(method.style) === styleKey(style));
    const folder = folders.get(style);
    return { style, prefix: folder === undefined ? "" : `${folder}/`, use: findUse(graph, own, anyTypes) };
  });
  const targets = [...index.files.values()].filter((file) => file.target).flatMap(declaredNames);
  const paths = modulePaths(index);
  const modules = uses.flatMap(({ style, prefix, use }) => {
    const types = new Set(use.types);
    if (style === first) addReachable(graph, targets, types);
    return [...index.files.values()].flatMap((file) => {
      const path = prefix + (paths.get(file.path) ?? file.path);
      return planModule(file, style, path, { ...use, types });
    });
  });
  const reachesAny = uses.some(({ use }) => use.decodeJson.has(anyName) || use.encodeJson.has(anyName));
  return {
    modules: modules.sort((a, b) => compareText(a.path, b.path)),
    anyTypes: reachesAny ? [...new Set(anyTypes)].sort(compareText) : [],
  };
}

function stylesInUse(methods: readonly MethodPlan[], primary: MessageStyle): MessageStyle[] {
  const inOrder = new Map<string, MessageStyle>();
  const used = methods.map((method) => method.style);
  if (used.length === 0 || used.some((style) => styleKey(style) === styleKey(primary)))
    inOrder.set(styleKey(primary), primary);
  for (const style of used) if (!inOrder.has(styleKey(style))) inOrder.set(styleKey(style), style);
  return [...inOrder.values()];
}

/** Folders of the further styles: `proto-loader`, with a hash of the style where two would have the same. */
function nameStyles(styles: readonly MessageStyle[]): Map<MessageStyle, string> {
  const words = styles.map(styleWord);
  return new Map(
    styles.map((style) => {
      const word = styleWord(style);
      const hash = createHash("sha256").update(styleKey(style)).digest("hex").slice(0, 6);
      return [style, words.filter((other) => other === word).length === 1 ? word : `${word}-${hash}`];
    }),
  );
}

/** What a reader knows the style by. */
function styleWord(style: MessageStyle): "idiomatic" | "proto-loader" | "messages" {
  if (styleKey(style) === styleKey(idiomaticStyle)) return "idiomatic";
  return style.names !== "lowerCamel" && style.wellKnownTypes === "message" ? "proto-loader" : "messages";
}

function findUse(graph: MessageGraph, methods: readonly MethodPlan[], anyTypes: readonly string[]): StyleUse {
  const types = new Set<string>();
  const decodeJson = new Set<string>();
  const encodeJson = new Set<string>();
  const decodeBinary = new Set<string>();
  const encodeBinary = new Set<string>();
  const params = { types: new Set<string>(), whole: new Set<string>() };
  for (const { method } of methods) {
    addReachable(graph, [method.input, method.output], types);
    for (const binding of method.bindings) {
      const bodies = bodyTypes(method, binding);
      addReachable(graph, bodies.filter(isJson), decodeJson);
      addParamTypes(graph, method.input, binding, params);
      for (const name of bodies) if (!isJson(name)) params.types.add(name);
      addReachable(graph, replyTypes(method, binding).filter(isJson), encodeJson);
    }
  }
  addReachable(
    graph,
    [...params.types].filter((name) => readsJson(graph, name)),
    decodeJson,
  );
  if (decodeJson.has(anyName)) {
    addReachable(graph, anyTypes, decodeJson);
    addReachable(graph, anyTypes, encodeBinary);
  }
  if (encodeJson.has(anyName)) {
    addReachable(graph, anyTypes, encodeJson);
    addReachable(graph, anyTypes, decodeBinary);
  }
  addReachable(graph, [...decodeJson, ...encodeJson], types);
  return { types, decodeJson, encodeJson, decodeBinary, encodeBinary, params: params.types };
}

function bodyTypes(method: Method, { body }: Binding): string[] {
  switch (body.kind) {
    case "none":
      return [];
    case "all":
      return [method.input];
    case "field":
      return typesOfField(body.field);
    default:
      return body satisfies never;
  }
}

function replyTypes(method: Method, { responseBody }: Binding): string[] {
  return responseBody === undefined ? [method.output] : typesOfField(responseBody);
}

function typesOfField(field: Field): string[] {
  const type = typeOf(elementOf(field.shape));
  return type === undefined ? [] : [type];
}

function isJson(name: string): boolean {
  return name !== httpBodyName;
}

function readsJson(graph: MessageGraph, name: string): boolean {
  const wellKnown = graph.index.messages.get(name)?.wellKnown;
  return wellKnown !== undefined && jsonParams.has(wellKnown);
}

function planModule(file: ProtoFile, style: MessageStyle, path: string, use: StyleUse): ModulePlan[] {
  const declared = declarations(file);
  const names = uniqueNames(
    new Map(
      [...declared.messages, ...declared.enums].map(({ fullName }) => [fullName, typeName(fullName, file.package)]),
    ),
  );
  const nameOf = (fullName: string): string => names.get(fullName) ?? fullName;
  const messages = declared.messages
    .filter((message) => use.types.has(message.fullName))
    .map((message): MessagePlan => ({ message, name: nameOf(message.fullName), ...messageFlags(message, use) }));
  const enums = declared.enums
    .filter((declaration) => use.types.has(declaration.fullName))
    .map((declaration): EnumPlan => {
      const { fullName } = declaration;
      return { enum: declaration, name: nameOf(fullName), ...jsonFlags(fullName, use) };
    });
  return messages.length + enums.length === 0 ? [] : [{ file, style, path, messages, enums }];
}

function messageFlags({ fullName }: Message, use: StyleUse): Omit<MessagePlan, "message" | "name"> {
  return {
    ...jsonFlags(fullName, use),
    decodeBinary: use.decodeBinary.has(fullName),
    encodeBinary: use.encodeBinary.has(fullName),
  };
}

function jsonFlags(fullName: string, use: StyleUse): Omit<EnumPlan, "enum" | "name"> {
  return {
    decodeJson: use.decodeJson.has(fullName),
    encodeJson: use.encodeJson.has(fullName),
    params: use.params.has(fullName),
  };
}

/** Every message and enum of a file, nested ones after the message that holds them. */
function declarations(file: ProtoFile): { messages: Message[]; enums: Enum[] } {
  const withNested = (message: Message): Message[] => [message, ...message.messages.flatMap(withNested)];
  const messages = file.messages.flatMap(withNested);
  return { messages, enums: [...file.enums, ...messages.flatMap((message) => message.enums)] };
}

function declaredNames(file: ProtoFile): string[] {
  const { messages, enums } = declarations(file);
  return [...messages, ...enums].map((declaration) => declaration.fullName);
}

/** Module path by import path: without `.proto`, and apart from the paths that the output uses itself. */
function modulePaths(index: ModelIndex): Map<string, string> {
  return uniqueNames(new Map([...index.files.keys()].map((path) => [path, modulePath(path)])));
}

function modulePath(path: string): string {
  const bare = path.replace(/\.proto$/, "");
  const [first = "", ...rest] = bare.split("/");
  const ownFolder =
    /^(functions|runtime|(idiomatic|proto-loader|messages)(-[0-9a-f]{6})?)$/.test(first) && rest.length > 0;
  const ownFile = /^(routes|manifest|long)$/.test(bare) || /\.(json|binary|params|mask|http)$/.test(bare);
  if (ownFolder) return [`${first}_`, ...rest].join("/");
  return ownFile ? `${bare}_` : bare;
}
