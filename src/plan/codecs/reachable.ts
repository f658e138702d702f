/** Which declarations something needs: closures over the message graph. Results are sets of full names. */
import type { Binding, ElementShape, Field, FieldShape, Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { findFlatMessages } from "./flat-messages.js";

/** The message graph: what each message refers to. */
export interface MessageGraph {
  readonly index: ModelIndex;
  /** Extension fields by the full name of the message they extend. */
  readonly extensions: ReadonlyMap<string, readonly Field[]>;
  /** Full names of the messages whose JSON text is joined from its parts. */
  readonly flat: ReadonlySet<string>;
}

/** Prepares the graph once per model. */
export function createMessageGraph(index: ModelIndex): MessageGraph {
  const extensions = new Map<string, Field[]>();
  const add = (fields: readonly Field[]): void => {
    for (const field of fields) {
      if (field.extendee === undefined) continue;
      const known = extensions.get(field.extendee);
      if (known === undefined) extensions.set(field.extendee, [field]);
      else known.push(field);
    }
  };
  for (const file of index.files.values()) add(file.extensions);
  for (const message of index.messages.values()) add(message.extensions);
  return { index, extensions, flat: findFlatMessages(index, extensions) };
}

/** Adds `roots` and every message and enum that they reach through fields and extensions to `into`. */
export function addReachable(graph: MessageGraph, roots: Iterable<string>, into: Set<string>): void {
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (into.has(name)) continue;
    into.add(name);
    const message = graph.index.messages.get(name);
    if (message === undefined) continue;
    pending.push(...typesIn(graph, message));
  }
}

/** The messages and enums of a message's fields and extensions. */
function typesIn(graph: MessageGraph, { fullName, fields }: Message): string[] {
  const all = [...fields, ...(graph.extensions.get(fullName) ?? [])];
  return all.map(({ shape }) => typeOf(elementOf(shape))).filter((type) => type !== undefined);
}

/** Whether a message can contain itself, at any depth. */
export function isRecursive(graph: MessageGraph, message: Message): boolean {
  const below = new Set<string>();
  addReachable(graph, typesIn(graph, message), below);
  return below.has(message.fullName);
}

/** The element of a list, the value of a map, the shape itself otherwise. */
export function elementOf(shape: FieldShape): ElementShape {
  switch (shape.kind) {
    case "list":
      return shape.item;
    case "map":
      return shape.value;
    case "scalar":
    case "enum":
    case "message":
      return shape;
    default:
      return shape satisfies never;
  }
}

/** Full name of the message or enum; undefined for a scalar. */
export function typeOf(element: ElementShape): string | undefined {
  return element.kind === "scalar" ? undefined : element.fullName;
}

/** What path and query parameters can set. */
export interface ParamTypes {
  /** Full names of messages and enums. */
  readonly types: Set<string>;
  /** Messages of which every field was seen, so that a recursive type ends. */
  readonly whole: Set<string>;
}

/**
 * Adds what the path and the query of a binding can set to `into`: the request itself and singular messages below it, enums,
 * and messages with a text form of their own (Timestamp, wrappers …). A field that the path or the body binds is left out,
 * and so is everything below it.
 */
export function addParamTypes(
  graph: MessageGraph,
  request: string,
  binding: Binding,
  into: ParamTypes,
  hasQuery: boolean,
): void {
  for (const { fields } of binding.pathParams) {
    const leaf = fields.at(-1);
    const type = leaf === undefined ? undefined : typeOf(elementOf(leaf.shape));
    if (type !== undefined) into.types.add(type);
  }
  if (!hasQuery) return;
  const bound = binding.pathParams.map(({ fields }) => fields.map((field) => field.name));
  if (binding.body.kind === "field") bound.push([binding.body.field.name]);
  addQueryTypes(graph, request, bound, into);
}

/** What the fields of a form reach that sets a message of type `name`. */
export function addFormTypes(graph: MessageGraph, name: string, into: ParamTypes): void {
  addQueryTypes(graph, name, [], into);
}

/** `bound`: paths below this message that the query cannot set. */
function addQueryTypes(
  graph: MessageGraph,
  name: string,
  bound: readonly (readonly string[])[],
  into: ParamTypes,
): void {
  const message = graph.index.messages.get(name);
  if (message === undefined) return;
  if (bound.length === 0) {
    if (into.whole.has(name)) return;
    into.whole.add(name);
  }
  into.types.add(name);
  for (const field of message.fields) addQueryField(graph, field, bound, into);
}

function addQueryField(
  graph: MessageGraph,
  field: Field,
  bound: readonly (readonly string[])[],
  into: ParamTypes,
): void {
  const below = bound.filter(([first]) => first === field.name).map((path) => path.slice(1));
  if (below.some((path) => path.length === 0)) return;
  const element = elementOf(field.shape);
  switch (element.kind) {
    case "scalar":
      return;
    case "enum":
      into.types.add(element.fullName);
      return;
    case "message":
      if (field.shape.kind === "message") addQueryTypes(graph, element.fullName, below, into);
      else if (isWellKnown(graph.index.messages.get(element.fullName))) into.types.add(element.fullName);
      return;
    default:
      element satisfies never;
  }
}

function isWellKnown(message: Message | undefined): boolean {
  return message?.wellKnown !== undefined;
}
