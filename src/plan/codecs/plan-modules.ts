/** Plans modules, their declarations, and the codec functions that reachable code calls. */
import { createHash } from "node:crypto";
import { compareText } from "../../diagnostics.js";
import type { Enum, Message, ProtoFile } from "../../model/api-model.js";
import { idiomaticStyle, type MessageStyle, protobufEsStyle, tsProtoStyle } from "../../model/message-style.js";
import type { ModelIndex } from "../../model/model-index.js";
import { anyName, type CodecUse, findCodecUse } from "./codec-use.js";
import { portableName } from "../../windows-names.js";
import { typeName, uniqueNames } from "../naming.js";
import type { EnumPlan, MessagePlan, MethodPlan, ModulePlan } from "../plan.js";
import { styleKey } from "../plan-index.js";
import { addReachable, type MessageGraph } from "./reachable.js";

/** The modules, and whether their codecs read or print an Any. */
export interface PlannedModules {
  readonly modules: readonly ModulePlan[];
  readonly reachesAny: boolean;
}

/**
 * Plans the modules of every style that a method uses. The modules of `primary` (or else of the first style in use) live at the
 * root of the output and declare every type of the target files; those of a further style live in a folder of their own and
 * declare what its services reach.
 */
export function planModules(
  graph: MessageGraph,
  methods: readonly MethodPlan[],
  primary: MessageStyle,
): PlannedModules {
  const { index } = graph;
  const [first, ...further] = stylesInUse(methods, primary);
  const folders = nameStyles(further);
  const uses = [...(first === undefined ? [] : [first]), ...further].map((style) => {
    const own = methods.filter((method) => styleKey(method.style) === styleKey(style));
    const folder = folders.get(style);
    return {
      style,
      serving: new Set(own.map(({ service }) => service.file)),
      prefix: folder === undefined ? "" : `${folder}/`,
      use: findCodecUse(graph, own),
    };
  });
  const targets = [...index.files.values()].filter((file) => file.target).flatMap(declaredNames);
  const paths = modulePaths(index);
  const modules = uses.flatMap(({ style, serving, prefix, use }) => {
    const types = new Set(use.types);
    if (style === first) addReachable(graph, targets, types);
    return [...index.files.values()].flatMap((file) => {
      const path = prefix + (paths.get(file.path) ?? file.path);
      const module = planModule(file, style, path, { ...use, types }, graph);
      // A file of services alone still has their bindings.
      const isNeeded = module.messages.length + module.enums.length > 0 || serving.has(file.path);
      return isNeeded ? [module] : [];
    });
  });
  const reachesAny = uses.some(({ use }) => use.decodeJson.has(anyName) || use.encodeJson.has(anyName));
  return {
    modules: modules.sort((a, b) => compareText(a.path, b.path)),
    reachesAny,
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

/** The name of the style that readers know. */
function styleWord(style: MessageStyle): "idiomatic" | "proto-loader" | "ts-proto" | "protobuf-es" | "messages" {
  if (styleKey(style) === styleKey(idiomaticStyle)) return "idiomatic";
  if (styleKey(style) === styleKey(tsProtoStyle)) return "ts-proto";
  if (styleKey(style) === styleKey(protobufEsStyle)) return "protobuf-es";
  return (style.names === "proto" || style.names === "protobufjs") && style.wellKnownTypes === "message"
    ? "proto-loader"
    : "messages";
}

function planModule(
  file: ProtoFile,
  style: MessageStyle,
  path: string,
  use: CodecUse,
  graph: MessageGraph,
): ModulePlan {
  const declared = declarations(file);
  const names = uniqueNames(
    new Map(
      [...declared.messages, ...declared.enums].map(({ fullName }) => [fullName, typeName(fullName, file.package)]),
    ),
  );
  const nameOf = (fullName: string): string => names.get(fullName) ?? fullName;
  const messages = declared.messages
    .filter((message) => use.types.has(message.fullName))
    .map((message): MessagePlan => {
      const { fullName } = message;
      const form = {
        flat: graph.flat.has(fullName),
        recursive: graph.recursive.has(fullName),
        requires: graph.requiring.has(fullName),
      };
      return { message, name: nameOf(fullName), ...form, ...messageFlags(fullName, use) };
    });
  const enums = declared.enums
    .filter((declaration) => use.types.has(declaration.fullName))
    .map((declaration): EnumPlan => {
      const { fullName } = declaration;
      return {
        enum: declaration,
        name: nameOf(fullName),
        decodeJson: use.decodeJson.has(fullName),
        encodeJson: use.encodeJson.has(fullName),
        params: use.params.has(fullName),
      };
    });
  return { file, style, path, messages, enums };
}

function messageFlags(
  fullName: string,
  use: CodecUse,
): Omit<MessagePlan, "message" | "name" | "flat" | "recursive" | "requires"> {
  return {
    decodeJson: use.decodeJson.has(fullName),
    encodeJson: use.forms.texts.has(fullName),
    buildJson: use.forms.objects.has(fullName),
    decodeBinary: use.decodeBinary.has(fullName),
    encodeBinary: use.encodeBinary.has(fullName),
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

/**
 * Module path by import path: without `.proto`, and apart from the paths that the output uses itself, on a disk that does not tell
 * upper from lower case, too.
 */
function modulePaths(index: ModelIndex): Map<string, string> {
  return uniqueNames(new Map([...index.files.keys()].map((path) => [path, modulePath(path)])));
}

function modulePath(path: string): string {
  const bare = path
    .replace(/\.proto$/, "")
    .split("/")
    .map(portableName)
    .join("/");
  const [first = "", ...rest] = bare.split("/");
  const ownFolder =
    /^(functions|runtime|(idiomatic|proto-loader|ts-proto|protobuf-es|messages)(-[0-9a-f]{6})?)$/i.test(first) &&
    rest.length > 0;
  const ownFile =
    /^(any-types|cors|error-details|routes|manifest|long|profile)$/i.test(bare) ||
    /\.(json|binary|params|mask|http)$/i.test(bare);
  if (ownFolder) return [`${first}_`, ...rest].join("/");
  return ownFile ? `${bare}_` : bare;
}
