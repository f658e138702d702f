/** The types that a google.protobuf.Any may hold in JSON. */
import { compareText } from "../../diagnostics.js";
import type { Message, ProtoFile } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { addReachable, type MessageGraph } from "./reachable.js";

/**
 * Full names, sorted, of the messages that an Any may hold: those that `patterns` name (`acme.v1.Shelf`, `acme.*`), or else every message
 * that is linked into the API, and in both cases those that their fields reach. Types of google.protobuf that have a JSON form of their own
 * are not among them, because they always can be.
 */
export function resolvableTypes(graph: MessageGraph, patterns: readonly string[] | undefined): string[] {
  const reached = new Set<string>();
  const { index } = graph;
  addReachable(graph, patterns === undefined ? linkedTypes(graph) : matchingTypes(index, patterns), reached);
  const isTabled = (name: string): boolean => {
    const message = index.messages.get(name);
    return message !== undefined && message.wellKnown === undefined && !message.messageSetWireFormat;
  };
  return [...reached].filter(isTabled).sort(compareText);
}

/** The messages that match any of the patterns, in which `*` stands for any text. */
export function matchingTypes(index: ModelIndex, patterns: readonly string[]): string[] {
  const tests = patterns.map((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.$^()[\]{}|+?\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`);
  });
  return [...index.messages.keys()].filter((name) => tests.some((test) => test.test(name)));
}

/**
 * The types that grpc-gateway resolves, because they are in the registry of a Go program with this API: every message
 * of every loaded file. Files that are loaded for options only (descriptor.proto, annotations.proto and their own
 * imports) are left out, except for messages that other files reach.
 */
function linkedTypes({ index }: MessageGraph): string[] {
  const ofOptions = optionFiles([...index.files.values()]);
  const files = [...index.files.values()].filter(({ path }) => !ofOptions.has(path));
  return files.flatMap(({ messages }) => messages.flatMap(withNested));
}

/** Imports come before the files that import them, so that importers are seen first from the end. */
function optionFiles(files: readonly ProtoFile[]): Set<string> {
  const ofOptions = new Set<string>();
  const forOptions = new Set<string>();
  const forOthers = new Set<string>();
  for (const file of [...files].reverse()) {
    const isForOptions = !file.target && forOptions.has(file.path) && !forOthers.has(file.path);
    if (isForOptions || declaresOptions(file)) ofOptions.add(file.path);
    for (const path of file.imports) (ofOptions.has(file.path) ? forOptions : forOthers).add(path);
  }
  return ofOptions;
}

function declaresOptions({ path, target, extensions }: ProtoFile): boolean {
  const isOption = (extendee = ""): boolean => /^google\.protobuf\.\w+Options$/.test(extendee);
  return (
    path === "google/protobuf/descriptor.proto" || (!target && extensions.some(({ extendee }) => isOption(extendee)))
  );
}

function withNested({ fullName, messages }: Message): string[] {
  return [fullName, ...messages.flatMap(withNested)];
}
