/** The definition that a service is registered with: its full name, and the messages that its methods get. */
import { Node } from "ts-morph";
import { type FoundStyle, styleOfDefinition, styleOfOnlyLoader } from "./loader-call.js";
import type { Sources } from "./sources.js";
import { trace } from "./trace.js";

/** A definition that was recognized. */
export interface FoundDefinition {
  /** Full name; undefined if neither the text nor the protos tell it. */
  readonly service: string | undefined;
  readonly style: FoundStyle;
}

/** Reads the first argument of `addService`; `services` are the full names that the protos declare. */
export function readDefinition(sources: Sources, definition: Node, services: readonly string[]): FoundDefinition {
  const found = readTraced(sources, definition, services);
  return found.style.kind === "unknown"
    ? { ...found, style: styleOfOnlyLoader(sources, definition, found.style) }
    : found;
}

function readTraced(sources: Sources, definition: Node, services: readonly string[]): FoundDefinition {
  const { root, names } = trace(sources, definition);
  if (Node.isCallExpression(root)) {
    const [argument] = root.getArguments();
    const isLoaded = /(?:^|\.)loadPackageDefinition$/.test(root.getExpression().getText());
    if (isLoaded && argument !== undefined)
      return {
        service: knownName(names.filter((name, at) => name !== "service" || at < names.length - 1).join("."), services),
        style: styleOfDefinition(sources, argument),
      };
    return { service: bySimpleName(names, services), style: styleOfDefinition(sources, root) };
  }
  const text = Node.isSourceFile(root) ? root.getFullText() : "";
  const [exported = ""] = names;
  const written = Node.isSourceFile(root) ? nameInGenerated(text, exported) : undefined;
  return {
    service: written ?? bySimpleName([...names, definition.getText()], services),
    style: styleOfGenerated(text),
  };
}

function knownName(name: string, services: readonly string[]): string | undefined {
  return services.includes(name) ? name : bySimpleName(name.split("."), services);
}

/** The service whose name is the last word that only one has: `GreeterService` for `acme.Greeter`, too. */
export function bySimpleName(names: readonly string[], services: readonly string[]): string | undefined {
  const words = names.flatMap((name) => name.split(/\W+/)).reverse();
  for (const word of words) {
    const stem = word.replace(/(?:Service|Client|Definition)$/, "");
    for (const simple of [word, stem]) {
      const found = services.filter((service) => simple !== "" && service.split(".").at(-1) === simple);
      if (found.length === 1) return found[0];
    }
  }
  return undefined;
}

/** The full name beside an export of generated code: in the paths of its methods, or in its own members. */
function nameInGenerated(text: string, exported: string): string | undefined {
  const at = text.search(new RegExp(`\\b${exported}\\b\\s*(?::[^=]+)?=`));
  if (exported === "" || at === -1) return undefined;
  const after = text.slice(at, at + 5000);
  const [, path] = /path:\s*["']\/([\w.]+)\//.exec(after) ?? [];
  const [, full] = /(?:fullName|typeName):\s*["']([\w.]+)["']/.exec(after) ?? [];
  const [, comment] = /@generated from service ([\w.]+)[^@]*$/.exec(text.slice(0, at)) ?? [];
  return path ?? full ?? comment;
}

/** The style of messages by the generator that wrote a file. */
function styleOfGenerated(text: string): FoundStyle {
  if (/protoc-gen-ts_proto|protoc-gen-ts-proto/.test(text)) return tsProtoStyle(text);
  if (/protoc-gen-(?:es|connect-es)\b/.test(text)) return { kind: "messages", messages: "protobuf-es" };
  if (/google-protobuf|_pb\.js|GENERATED CODE -- DO NOT EDIT/.test(text)) return { kind: "bridge" };
  return { kind: "unknown", reason: "the generator of its definition is not known" };
}

/** Signs of ts-proto's options that no style has: oneofs as unions, enums as text, `$type`, maps as Map, null, timestamps, names as declared. */
const unlikeTsProto =
  /\$case\b|\$type: "|^ {2}\w+ = "\w+",$|\bnew Map\(\)|: null\b|\bTimestamp \| undefined|\bdateStr: string|^ {2}[a-z]\w*_\w*\??: /m;

/** Signs of ts-proto's options for 64-bit integers. */
const longs = [
  ["Long", /\bfrom ["']long["']|\bLong\.fromString\(/],
  ["BigInt", /\breader\.\w+64\(\) as bigint/],
  ["String", /\breader\.\w+64\(\)\.toString\(\);/],
] as const;

/** The style by ts-proto's options, as they show in what it writes; `bridge` for those that no style has. */
function tsProtoStyle(text: string): FoundStyle {
  if (unlikeTsProto.test(text)) return { kind: "bridge" };
  const long = longs.find(([, sign]) => sign.test(text));
  const options = {
    ...(long === undefined ? {} : { longs: long[0] }),
    ...(/(?:^|\{)\s*\w+\??: Buffer\b/m.test(text) ? { bytes: "Buffer" } : {}),
  };
  const isPlain = Object.keys(options).length === 0;
  return { kind: "messages", messages: isPlain ? "ts-proto" : { preset: "ts-proto", ...options } };
}
