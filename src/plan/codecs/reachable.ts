/** Closures over the message graph: the declarations that something needs. Results are sets of full names. */
import type { Binding, ElementShape, Field, FieldShape, Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { findFlatMessages } from "./flat-messages.js";
import { findRecursive } from "./recursive-messages.js";

/** The message graph: what each message refers to. */
export interface MessageGraph {
  readonly index: ModelIndex;
  /** Extension fields by the full name of the message they extend. */
  readonly extensions: ReadonlyMap<string, readonly Field[]>;
  /** Full names of the messages whose JSON text is joined from its parts. */
  readonly flat: ReadonlySet<string>;
  /** Full names of the messages that can contain themselves, at any depth. */
  readonly recursive: ReadonlySet<string>;
  /** Full names of the messages with a required field, of their own or of a message in a singular field. */
  readonly requiring: ReadonlySet<string>;
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
  const flat = findFlatMessages(index, extensions);
  const recursive = findRecursive(index.messages.keys(), (name) => {
    const message = index.messages.get(name);
    return message === undefined ? [] : typesIn(extensions, message);
  });
  return { index, extensions, flat, recursive, requiring: findRequiring(index) };
}

/** Goes from messages with a required field of their own to those that hold them. */
function findRequiring(index: ModelIndex): ReadonlySet<string> {
  const holders = new Map<string, string[]>();
  const found: string[] = [];
  for (const { fullName, fields } of index.messages.values()) {
    if (fields.some(({ presence }) => presence === "required")) found.push(fullName);
    for (const { shape } of fields)
      if (shape.kind === "message") {
        const known = holders.get(shape.fullName);
        if (known === undefined) holders.set(shape.fullName, [fullName]);
        else known.push(fullName);
      }
  }
  const requiring = new Set<string>();
  for (let name = found.pop(); name !== undefined; name = found.pop()) {
    if (requiring.has(name)) continue;
    requiring.add(name);
    found.push(...(holders.get(name) ?? []));
  }
  return requiring;
}

/** Adds `roots` and every message and enum that they reach through fields and extensions to `into`. */
export function addReachable(graph: MessageGraph, roots: Iterable<string>, into: Set<string>): void {
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (into.has(name)) continue;
    into.add(name);
    const message = graph.index.messages.get(name);
    if (message === undefined) continue;
    for (const type of typesIn(graph.extensions, message)) pending.push(type);
  }
}

/** The messages and enums of a message's fields and extensions. */
function typesIn(extensions: MessageGraph["extensions"], { fullName, fields }: Message): string[] {
  const all = [...fields, ...(extensions.get(fullName) ?? [])];
  return all.map(({ shape }) => typeOf(elementOf(shape))).filter((type) => type !== undefined);
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

/** The types that path and query parameters can set. */
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
  addRequiring(graph, request, binding, into);
  if (!hasQuery) {
    addCreated(graph, request, binding, into);
    return;
  }
  const bound = binding.pathParams.map(({ fields }) => fields.map((field) => field.name));
  if (binding.body.kind === "field") bound.push([...binding.body.above, binding.body.field].map(({ name }) => name));
  addQueryTypes(graph, request, bound, into);
}

/** Messages that an empty body leaves empty: their required fields are looked for when path and query have been read. */
function addRequiring({ requiring }: MessageGraph, request: string, { body }: Binding, into: ParamTypes): void {
  const type = body.kind === "field" ? typeOf(elementOf(body.field.shape)) : request;
  for (const name of [request, type]) if (name !== undefined && requiring.has(name)) into.types.add(name);
}

/** Messages that are made empty before a path variable, or a body that is a field, is put into them. */
function addCreated(graph: MessageGraph, request: string, { body, pathParams }: Binding, into: ParamTypes): void {
  if (body.kind !== "all") into.types.add(request);
  const above = body.kind === "field" ? [body.above] : [];
  for (const fields of [...above, ...pathParams.map((param) => param.fields.slice(0, -1))])
    for (const { shape } of fields) {
      const type = typeOf(elementOf(shape));
      if (type !== undefined && graph.index.messages.has(type)) into.types.add(type);
    }
}

/** Adds the types that the fields of a form reach, for a form that sets a message of type `name`. */
export function addFormTypes(graph: MessageGraph, name: string, into: ParamTypes): void {
  addQueryTypes(graph, name, [], into);
}

/** Paths of fields below a message that the query cannot set. */
type BoundPaths = readonly (readonly string[])[];

/** A message that the query reaches. */
interface QueryTarget {
  readonly name: string;
  readonly bound: BoundPaths;
}

/** Uses a list instead of recursion, because users decide how deep messages nest. */
function addQueryTypes(graph: MessageGraph, root: string, boundBelow: BoundPaths, into: ParamTypes): void {
  const waiting: QueryTarget[] = [{ name: root, bound: boundBelow }];
  for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
    const { name, bound } = target;
    const message = graph.index.messages.get(name);
    if (message === undefined) continue;
    if (bound.length === 0) {
      if (into.whole.has(name)) continue;
      into.whole.add(name);
    }
    into.types.add(name);
    for (const field of message.fields) {
      const below = queryTarget(graph, field, bound, into);
      if (below !== undefined) waiting.push(below);
    }
  }
}

/** The message below a field that the query sets; adds what has no fields of its own. */
function queryTarget(graph: MessageGraph, field: Field, bound: BoundPaths, into: ParamTypes): QueryTarget | undefined {
  const below = bound.filter(([first]) => first === field.name).map((path) => path.slice(1));
  if (below.some((path) => path.length === 0)) return undefined;
  const element = elementOf(field.shape);
  switch (element.kind) {
    case "scalar":
      return undefined;
    case "enum":
      into.types.add(element.fullName);
      return undefined;
    case "message":
      if (field.shape.kind === "message") return { name: element.fullName, bound: below };
      if (isWellKnown(graph.index.messages.get(element.fullName))) into.types.add(element.fullName);
      return undefined;
    default:
      return element satisfies never;
  }
}

function isWellKnown(message: Message | undefined): boolean {
  return message?.wellKnown !== undefined;
}
