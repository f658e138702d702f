/** The codec functions that the RPCs of one message style need. */
import type { Binding, Field, Method } from "../../model/api-model.js";
import { wellKnownFacts } from "../../model/well-known-types.js";
import type { MethodPlan } from "../plan.js";
import { findJsonForms, type JsonForms } from "./json-forms.js";
import { addFormTypes, addParamTypes, addReachable, elementOf, type MessageGraph, typeOf } from "./reachable.js";

/** The full name of Any, whose JSON form needs codecs of what it may hold. */
export const anyName = "google.protobuf.Any";

/** Full names by what is needed of them. */
export interface CodecUse {
  readonly types: ReadonlySet<string>;
  readonly decodeJson: ReadonlySet<string>;
  /** Printed in one form or another; `forms` says in which. */
  readonly encodeJson: ReadonlySet<string>;
  readonly forms: JsonForms;
  readonly decodeBinary: ReadonlySet<string>;
  readonly encodeBinary: ReadonlySet<string>;
  readonly params: ReadonlySet<string>;
}

/** Finds the types that request bodies, parameters and replies reach; messages in an Any need no codecs. */
export function findCodecUse(graph: MessageGraph, methods: readonly MethodPlan[]): CodecUse {
  const types = new Set<string>();
  const decodeJson = new Set<string>();
  const encodeJson = new Set<string>();
  const printed = { texts: [] as string[], objects: [] as string[] };
  const decodeBinary = new Set<string>();
  const encodeBinary = new Set<string>();
  const params = { types: new Set<string>(), whole: new Set<string>() };
  for (const planned of methods) {
    const { method, bindings } = planned;
    addReachable(graph, [method.input, method.output], types);
    if (takesBinary(planned)) {
      addReachable(graph, [method.input], encodeBinary);
      addReachable(graph, [method.output], decodeBinary);
    }
    for (const { binding, takesQuery, takesRaw, body, bodyForms, reply, binaryReply } of bindings) {
      const bodies = bodyTypes(method, binding);
      if (!takesRaw) addReachable(graph, bodies, decodeJson);
      addParamTypes(graph, method.input, binding, params, takesQuery);
      if (takesRaw) for (const name of bodies) params.types.add(name);
      const { texts, objects } = reply === "json" ? replyForms(method, binding) : { texts: [], objects: [] };
      addReachable(graph, [...texts, ...objects], encodeJson);
      printed.texts.push(...texts);
      printed.objects.push(...objects);
      if (body !== undefined && bodyForms.includes("form")) addFormTypes(graph, body, params);
      if (body !== undefined && bodyForms.includes("binary")) addReachable(graph, [body], decodeBinary);
      if (binaryReply) addReachable(graph, [method.output], encodeBinary);
    }
  }
  addReachable(
    graph,
    [...params.types].filter((name) => readsJson(graph, name)),
    decodeJson,
  );
  addReachable(graph, [...decodeJson, ...encodeJson], types);
  const forms = findJsonForms(graph, printed.texts, printed.objects);
  return { types, decodeJson, encodeJson, forms, decodeBinary, encodeBinary, params: params.types };
}

/** Tells whether messages go to an implementation, and come from it, in binary. */
function takesBinary({ implementation, traffic }: MethodPlan): boolean {
  const isProxied = implementation.kind === "proxy" && implementation.protocol === "grpc";
  return isProxied || traffic !== undefined || isBridged(implementation);
}

/** Tells whether an implementation in the same process takes messages in binary. */
export function isBridged(implementation: MethodPlan["implementation"]): boolean {
  return implementation.kind === "server" && implementation.server.bridge === true;
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

/** A reply, or the one field of it that is the body: a text, or the elements of a list or map. */
function replyForms(method: Method, { responseBody }: Binding): { texts: string[]; objects: string[] } {
  const types = responseBody === undefined ? [method.output] : typesOfField(responseBody);
  const kind = responseBody?.shape.kind;
  return kind === "list" || kind === "map" ? { texts: [], objects: types } : { texts: types, objects: [] };
}

function typesOfField(field: Field): string[] {
  const type = typeOf(elementOf(field.shape));
  return type === undefined ? [] : [type];
}

function readsJson(graph: MessageGraph, name: string): boolean {
  return wellKnownFacts(graph.index.messages.get(name)?.wellKnown)?.readsJsonInUrl === true;
}
